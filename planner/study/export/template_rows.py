"""Rows of a template: shifts, their parts within local days, or hours for payroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.clock import minutes_between, zone_named
from planner.people import Agent, Site
from planner.rota import Kind, Shift, pieces_of
from planner.study.export.dossier import Dossier
from planner.study.hours_columns import BUCKETS

CLOCKS = ("person", "site", "scenario", "utc")
ROWS = ("shift", "day", "pay")


@dataclass(frozen=True, eq=False)
class Line:
    """One row before it is written.

    Attributes
    ----------
    zone: clock of its local times.
    day: local day: on which the shift starts, or on which the part or the paid time lies.
    start, end, break_start: aware instants; None for paid time, and where no break is placed.
    break_minutes: unpaid, within the row. minutes: paid.
    bucket: what paid time is, such as "sunday_night"; "" for shifts.
    shift: that it comes from; None for paid time.
    number: place of the shift in the rota.
    """

    agent: Agent
    site: Site
    zone: str
    day: date
    minutes: int
    start: datetime | None = None
    end: datetime | None = None
    break_start: datetime | None = None
    break_minutes: int = 0
    bucket: str = ""
    shift: Shift | None = None
    number: int = 0

    @property
    def break_end(self) -> datetime | None:
        """End of the break."""
        if self.break_start is None:
            return None
        return self.break_start + timedelta(minutes=self.break_minutes)

    @property
    def elapsed_minutes(self) -> int:
        """Minutes from start to end."""
        return round(minutes_between(self.start, self.end)) if self.start and self.end else self.minutes


def shifts_of(of: Dossier, kinds: Sequence[Kind], clock: str) -> tuple[Line, ...]:
    """One row per shift, sorted by start and then person as in rota.csv."""
    people = {agent.name: agent for agent in of.team.agents}
    lines = []
    for number, shift in enumerate(
        sorted(of.rota.shifts, key=lambda each: (each.start, each.agent, each.end))
    ):
        if shift.kind not in kinds:
            continue
        agent = people[shift.agent]
        site = of.team.site_of(agent)
        zone = {"person": shift.zone, "site": site.zone, "scenario": of.zone, "utc": "UTC"}[clock]
        lines.append(
            Line(
                agent,
                site,
                zone,
                shift.start.astimezone(zone_named(zone)).date(),
                shift.paid_minutes,
                shift.start,
                shift.end,
                shift.break_start,
                shift.break_minutes,
                shift=shift,
                number=number,
            )
        )
    return tuple(lines)


def within_days(line: Line) -> Iterator[Line]:
    """A shift cut at the midnights of the row's clock; each part has its share of the break."""
    assert line.shift is not None
    for piece in pieces_of(replace(line.shift, zone=line.zone)):
        yield replace(
            line,
            day=piece.day,
            minutes=piece.paid_minutes,
            start=piece.start,
            end=piece.end,
            break_start=piece.break_start,
            break_minutes=piece.break_minutes,
        )


def between_breaks(line: Line) -> Iterator[Line]:
    """A row as the stretches before and after its unpaid break, if that is placed."""
    assert line.start is not None
    assert line.end is not None
    if line.break_start is None or line.break_end is None or not line.break_minutes:
        yield line
        return
    for start, end in ((line.start, line.break_start), (line.break_end, line.end)):
        if start < end:
            whole = replace(line, start=start, end=end, break_start=None, break_minutes=0)
            yield replace(whole, minutes=whole.elapsed_minutes)


def paid_of(of: Dossier, code: Callable[[Line], tuple[str, ...] | None]) -> tuple[Line, ...]:
    """One row per person, day and code of hours, as hours.csv counts them.

    Parameters
    ----------
    code: codes of a row; rows of one person and day with the same are added up. None: left out.
    """
    from planner.study.export.pay_hours import pieces_of as paid_pieces_of
    from planner.study.export.pay_plans import Duty, Plans

    days = {of.rota.first_day + timedelta(days=step): 0 for step in range(of.rota.days)}
    tours: dict[str, list[Duty]] = {agent.name: [] for agent in of.team.agents}
    for shift in sorted(of.rota.shifts):
        tours[shift.agent].append(Duty(shift, 0))
    plans = Plans((of,), {name: tuple(tour) for name, tour in tours.items()}, dict.fromkeys(tours, days))
    buckets = tuple(BUCKETS)
    found: dict[tuple[object, ...], Line] = {}
    order: dict[tuple[object, ...], tuple[int, date, int]] = {}
    for place, agent in enumerate(of.team.agents):
        site = of.team.site_of(agent)
        for piece in paid_pieces_of(agent.name, plans):
            line = Line(agent, site, site.zone, piece.day, piece.minutes, bucket=piece.bucket)
            codes = code(line)
            if codes is None or not piece.minutes:
                continue
            key = (agent.name, piece.day, *codes)
            before = found.get(key)
            rank = (place, piece.day, buckets.index(piece.bucket))
            if before is None or rank < order[key]:
                order[key] = rank
            found[key] = line if before is None else replace(before, minutes=before.minutes + piece.minutes)
    return tuple(found[key] for key in sorted(found, key=order.__getitem__))
