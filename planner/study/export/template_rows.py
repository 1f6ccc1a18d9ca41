"""Rows of a template: shifts, or their parts within local days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.clock import minutes_between, zone_named
from planner.people import Agent, Site
from planner.rota import Kind, Shift, pieces_of
from planner.study.export.dossier import Dossier

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
    number: place of the shift in the rota; of paid time, number of its plan.
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
