"""Who is there when: the rota as changes of duty, with no-shows and spells away drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from planner.clock import quarter_of
from planner.demand import stream_of
from planner.rota import Rota
from planner.service.rows import AWAY, BREAK, END, ON
from planner.service.settings import ServiceSettings

QUARTER = 900.0
_SHOWS, _AWAY = 0, 1
# People's random numbers are kept apart from queues' by the first number of their key.
_PEOPLE = 1


class Duty(NamedTuple):
    """One shift of work, in quarter-hours from the start of the simulation; no break: break_end 0."""

    person: int
    day: int
    start: int
    end: int
    break_start: int = 0
    break_end: int = 0


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes of duty in order of time: seconds, person, END / BREAK / ON / AWAY, seconds away."""

    at: np.ndarray
    of: np.ndarray
    what: np.ndarray
    seconds: np.ndarray


def duties_of(
    rota: Rota, people: Mapping[str, int], first_quarter: int, quarters: int, settings: ServiceSettings
) -> tuple[Duty, ...]:
    """The shifts that answer customers within the period: only work does, and people of the team.

    ``settings.absent`` is left out.
    """
    duties = []
    for shift in rota.shifts:
        if shift.kind != "work" or shift.agent not in people or settings.absent == (shift.agent, shift.day):
            continue
        start, end = _first_whole(shift.start) - first_quarter, quarter_of(shift.end) - first_quarter
        rest = (0, 0)
        if shift.break_start is not None and shift.break_minutes > 0:
            begins = quarter_of(shift.break_start) - first_quarter
            ends = _first_whole(shift.break_start + timedelta(minutes=shift.break_minutes))
            rest = (begins, ends - first_quarter)
            if rest[1] >= end:
                end, rest = rest[0], (0, 0)
        if end > 0 and start < quarters:
            duties.append(Duty(people[shift.agent], (shift.day - rota.first_day).days, start, end, *rest))
    return tuple(duties)


def on_duty(duties: tuple[Duty, ...], people: int, quarters: int) -> np.ndarray:
    """Whether each person is there by the rota, breaks apart, in each quarter-hour."""
    in_shift, on_break = _covered(np.array(duties, dtype=np.int64).reshape(-1, 6), people, quarters)
    there: np.ndarray = (in_shift & ~on_break)[:, :quarters]
    return there


def _covered(table: np.ndarray, people: int, quarters: int) -> tuple[np.ndarray, np.ndarray]:
    """Quarter-hours inside shifts and breaks, duties as rows; one column more, in which nobody is there."""
    person, _, start, end, break_start, break_end = table.T
    covered = []
    for begins, ends in ((start, end), (break_start, break_end)):
        steps = np.zeros((people, quarters + 1), dtype=np.int32)
        np.add.at(steps, (person, np.clip(begins, 0, quarters)), 1)
        np.add.at(steps, (person, np.clip(ends, 0, quarters)), -1)
        covered.append(np.cumsum(steps, axis=1) > 0)
    return covered[0], covered[1]


def _first_whole(at: datetime) -> int:
    """The first absolute quarter-hour at or after an instant: people are there in whole ones."""
    return quarter_of(at + timedelta(minutes=15, microseconds=-1))


def changes_of(
    duties: tuple[Duty, ...],
    names: Sequence[str],
    quarters: int,
    settings: ServiceSettings,
    replication: int,
) -> Changes:
    """One replication's changes of duty.

    The random numbers belong to (seed, replication, name) and to the day or quarter-hour, so two
    rotas, or one with a person absent, are lived through with the same surprises.

    Examples
    --------
    >>> changes = changes_of((Duty(0, 0, 4, 8, 5, 6),), ["Ana"], 96, ServiceSettings(), 0)
    >>> changes.at.tolist(), changes.what.tolist() == [ON, BREAK, ON, END]
    ([3600.0, 4500.0, 5400.0, 7200.0], True)
    """
    table = np.array(duties, dtype=np.int64).reshape(-1, 6)
    days = int(table[:, 1].max(initial=-2)) + 2
    people = len(names)
    shows = _draws(settings, replication, names, _SHOWS, settings.no_shows, days)
    if shows is not None:
        table = table[shows[table[:, 0], np.maximum(0, table[:, 1] + 1)] >= settings.no_shows]
    in_shift, on_break = _covered(table, people, quarters)
    there = in_shift & ~on_break
    before = np.zeros_like(there)
    before[:, 1:] = there[:, :-1]
    leaves = before & ~there
    rows = [
        (leaves & ~in_shift, END, 0.0),
        (leaves & in_shift, BREAK, 0.0),
        (there & ~before, ON, 0.0),
    ]
    away = _draws(settings, replication, names, _AWAY, settings.busy_inside_shift, quarters + 1)
    if away is not None:
        rows.append((there & (away < settings.busy_inside_shift), AWAY, QUARTER))
    return _in_order(rows)


def _draws(
    settings: ServiceSettings, replication: int, names: Sequence[str], stream: int, share: float, count: int
) -> np.ndarray | None:
    """Uniform numbers per person, or None where nothing is to be drawn."""
    if share <= 0 or count <= 0:
        return None
    return np.array(
        [
            np.random.default_rng(
                np.random.SeedSequence(
                    settings.seed, spawn_key=(_PEOPLE, replication, stream_of(name), stream)
                )
            ).random(count)
            for name in names
        ]
    ).reshape(len(names), count)


def _in_order(rows: list[tuple[np.ndarray, int, float]]) -> Changes:
    """Marked cells (person, quarter) as events sorted by time, kind, person."""
    people, quarters = rows[0][0].shape
    keys, seconds_of = [], np.zeros(AWAY + 1)
    for mask, what, seconds in rows:
        of, quarter = np.divmod(np.flatnonzero(mask), quarters)
        keys.append((quarter * (AWAY + 1) + what) * people + of)
        seconds_of[what] = seconds
    cell, person = np.divmod(np.sort(np.concatenate(keys)), max(1, people))
    at, kind = np.divmod(cell, AWAY + 1)
    return Changes(at * QUARTER, person, kind, seconds_of[kind])
