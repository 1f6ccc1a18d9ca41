"""Who of a rota's people is on duty when they meet, and who is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner.clock import local_at, local_text, quarter_at

if TYPE_CHECKING:
    from datetime import datetime

    from planner.demand import PlannedWindow, PlannedWork
    from planner.rota import Rota
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario

MET = ("meeting", "training", "mentoring")
MOST_NAMES = 6
"""Told in a sentence; all of them stand in ``plan.json``."""


@dataclass(frozen=True)
class Attendance:
    """One meeting, all its turns.

    Attributes
    ----------
    start, end: of its first and last turn. asked: people in all turns together.
    there: who is on duty for the whole of a turn, and not on a break. away: who of the others is employed
        and not on leave.
    """

    work: str
    start: datetime
    end: datetime
    asked: int
    there: tuple[str, ...]
    away: tuple[str, ...]


def attendance(rota: Rota, scenario: Scenario) -> tuple[Attendance, ...]:
    """Each meeting, training and mentoring at fixed hours, in order of the scenario and then of time."""
    works = (*scenario.stated_work, *(placement.work for placement in scenario.placements))
    found = []
    for work in works:
        if work.fixed and work.what in MET:
            found += [_of(work, turns, rota, scenario) for turns in _together(work.windows)]
    return tuple(found)


def _together(windows: Sequence[PlannedWindow]) -> list[list[PlannedWindow]]:
    """Windows that follow one another without a gap: the turns of one meeting."""
    found: list[list[PlannedWindow]] = []
    for window in windows:
        if found and found[-1][-1].end == window.start:
            found[-1].append(window)
        else:
            found.append([window])
    return found


def _of(work: PlannedWork, turns: Sequence[PlannedWindow], rota: Rota, scenario: Scenario) -> Attendance:
    day = local_at(turns[0].start, scenario.zone).date()
    able = [agent for agent in scenario.team.agents if agent.does(work, scenario.queues)]
    there = {agent.name for agent in able if any(_free(rota, agent.name, turn) for turn in turns)}
    return Attendance(
        work.name,
        quarter_at(turns[0].start),
        quarter_at(turns[-1].end),
        sum(turn.people for turn in turns),
        tuple(agent.name for agent in able if agent.name in there),
        tuple(
            agent.name
            for agent in able
            if agent.name not in there and agent.employed_on(day) and day not in agent.unavailable
        ),
    )


def _free(rota: Rota, agent: str, turn: PlannedWindow) -> bool:
    """Whether a person works through the whole of a turn, without their break in it."""
    start, end = quarter_at(turn.start), quarter_at(turn.end)
    for shift in rota.tour(agent):
        if shift.kind != "on_call" and shift.start <= start and end <= shift.end:
            rest = shift.break_start
            return rest is None or rest >= end or rest + timedelta(minutes=shift.break_minutes) <= start
    return False


def attendance_record(made: Plan) -> dict[str, list[dict[str, Any]]]:
    """By work: its meetings, with who is on duty and who is not."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in attendance(made.rota, made.scenario):
        found.setdefault(each.work, []).append(
            {
                "start": each.start,
                "end": each.end,
                "start_local": local_text(each.start, made.scenario.zone),
                "people": each.asked,
                "on_duty": list(each.there),
                "not_on_duty": list(each.away),
            }
        )
    return found


def attendance_lines(made: Plan) -> list[Message]:
    """A sentence for each work: how many of its people are on duty then, and who never is."""
    lines = []
    for work, each in groupby(attendance(made.rota, made.scenario), key=lambda found: found.work):
        held = list(each)
        often = sum(len(found.there) for found in held) / len(held)
        people = sum(len(found.there) + len(found.away) for found in held) / len(held)
        met = {name for found in held for name in found.there}
        never = list(dict.fromkeys(name for found in held for name in found.away if name not in met))
        values = {
            "work": work,
            "times": len(held),
            "there": f"{often:.1f}",
            "people": f"{people:.1f}",
            "never": ", ".join(never[:MOST_NAMES]) + (" ..." if len(never) > MOST_NAMES else ""),
        }
        lines.append(Message("study.attendance_never" if never else "study.attendance", values))
    return lines
