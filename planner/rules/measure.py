"""What the judge measures on clock times: local days, rest between shifts, blocks of days.

Shares nothing with the shapes or their reader, so that a mistake in one shows in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.clock import day_bounds, local_text, minutes_between, window_minutes, zone_named
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.rule import Rule, Violation, hours_text

WORKING_KINDS = ("work", "training", "meeting")


def working(shifts: Iterable[Shift]) -> list[Shift]:
    """Shifts that are working time (on call is not), in order of their starts."""
    return sorted((s for s in shifts if s.kind in WORKING_KINDS), key=lambda s: (s.start, s.end))


def on_call(shifts: Iterable[Shift]) -> list[Shift]:
    """Duties on call, in order of their starts."""
    return sorted((s for s in shifts if s.kind == "on_call"), key=lambda s: (s.start, s.end))


def day_of(shift: Shift, calendar: AgentCalendar) -> date:
    """Local day on which a shift starts, on the person's clock."""
    return shift.start.astimezone(zone_named(calendar.agent.zone)).date()


def days_of(shifts: Iterable[Shift], calendar: AgentCalendar) -> set[date]:
    """Local days on which any of the shifts starts."""
    return {day_of(shift, calendar) for shift in shifts}


def is_night(shift: Shift, calendar: AgentCalendar, at_least_minutes: float) -> bool:
    """Whether a shift has at least so many elapsed minutes in the night of the person's site."""
    inside = window_minutes(shift.start, shift.end, calendar.site.night, calendar.agent.zone)
    return inside >= at_least_minutes


def midnight(day: date, calendar: AgentCalendar) -> datetime:
    """The instant at which a local day of the person begins."""
    return day_bounds(day, calendar.agent.zone)[0]


def before(calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]) -> list[Shift]:
    """Shifts before the period: those carried over, or in a cyclic period its own, one round earlier."""
    if not calendar.cyclic:
        return list(carried)
    last = calendar.first_day + timedelta(days=calendar.days)
    period = timedelta(
        minutes=minutes_between(midnight(calendar.first_day, calendar), midnight(last, calendar))
    )
    return [replace(shift, start=shift.start - period, end=shift.end - period) for shift in tour]


def rests(
    calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
) -> list[tuple[Shift, float]]:
    """Each shift of the period that follows another, with the elapsed minutes since all earlier ones ended.

    Below 0 if it starts before that.

    Parameters
    ----------
    calendar, tour, carried: as ``Rule.check`` takes them; shifts that do not matter are left out before.
    """
    ends = [shift.end for shift in before(calendar, tour, carried)]
    found = []
    for shift in sorted(tour, key=lambda shift: (shift.start, shift.end)):
        if ends:
            found.append((shift, minutes_between(max(ends), shift.start)))
        ends.append(shift.end)
    return found


def short_rests(
    rule: Rule, calendar: AgentCalendar, found: Iterable[tuple[Shift, float]], least: int
) -> tuple[Violation, ...]:
    """A violation for each of the rests that is shorter than so many minutes."""
    return tuple(
        rule.found(
            calendar,
            day_of(shift, calendar),
            round(least - rest),
            {
                "rest": hours_text(rest),
                "least": hours_text(least),
                "start": local_text(shift.start, calendar.agent.zone)[11:16],
            },
        )
        for shift, rest in found
        if rest < least
    )


def weekly(
    calendar: AgentCalendar,
    tour: Iterable[Shift],
    carried: Iterable[Shift],
    amount: Callable[[Shift], int] = lambda _: 1,
) -> Iterator[tuple[date, int, int]]:
    """Of each week: its first day in the period, the amount that it brings along, and its whole amount.

    Parameters
    ----------
    tour, carried: shifts that matter.
    amount: of a shift; each counts 1 by default.
    """
    inside = [(day_of(shift, calendar), amount(shift)) for shift in tour]
    before = [(day_of(shift, calendar), amount(shift)) for shift in carried]
    for first, last in calendar.weeks:
        monday = calendar.day_at(first - (calendar.days_before if first == 0 else 0))
        start, end = calendar.day_at(first), calendar.day_at(last)
        begun = sum(value for day, value in before if monday <= day < start)
        yield start, begun, begun + sum(value for day, value in inside if start <= day <= end)


@dataclass(frozen=True, slots=True)
class Block:
    """Days in a row that are alike.

    Attributes
    ----------
    first: its first day inside the period (the period's first day if it lies before).
    before, inside: its days before and inside the period.
    opened, closed: whether a day of the other kind is known to stand before and after it.
    endless: it goes round a cyclic period for ever.
    """

    first: date
    before: int
    inside: int
    opened: bool
    closed: bool
    endless: bool = False

    @property
    def length(self) -> int:
        """All its days."""
        return self.before + self.inside


def blocks(
    calendar: AgentCalendar, worked: set[date], worked_before: set[date], off: bool = False
) -> list[Block]:
    """Blocks of days on (or, if ``off``, off) duty that touch the period, in order.

    Parameters
    ----------
    calendar: of the person.
    worked, worked_before: days with a duty, inside the period and before it.
    off: look at the days between instead.
    """
    days = [calendar.first_day + timedelta(days=n) for n in range(calendar.days)]
    alike = [(day in worked) != off for day in days]
    if calendar.cyclic:
        return round_blocks(days, alike)
    opened, length = _block_before(calendar, worked_before, off)
    found: list[Block] = []
    start = 0
    for index in range(1, len(days) + 1):
        if index < len(days) and alike[index] == alike[start]:
            continue
        first = start == 0
        if alike[start]:
            ended = index < len(days)
            found.append(
                Block(days[start], length if first else 0, index - start, opened if first else True, ended)
            )
        elif first and length:
            found.append(Block(days[0], length, 0, opened, True))
        start = index
    return found


def _block_before(calendar: AgentCalendar, worked_before: set[date], off: bool) -> tuple[bool, int]:
    """Whether the start of the block before the period is known, and its length."""
    if not calendar.carried_known or (off and not worked_before):
        return False, 0
    length = 0
    day = calendar.first_day - timedelta(days=1)
    while (day in worked_before) != off:
        length += 1
        day -= timedelta(days=1)
    return True, length


def round_blocks(days: list[date], alike: list[bool]) -> list[Block]:
    """Blocks of a period that joins its own beginning."""
    if all(alike):
        return [Block(days[0], 0, len(days), False, False, endless=True)]
    found = []
    for index, day in enumerate(days):
        if alike[index] and not alike[index - 1]:
            length = 1
            while alike[(index + length) % len(days)]:
                length += 1
            found.append(Block(day, 0, length, True, True))
    return found


def beyond(found: Sequence[Block], most: int) -> list[tuple[Block, int, bool]]:
    """Blocks with more days than allowed, by how many, and whether that was so before the period.

    Days before the period that already break the limit raise it for their block (nothing can mend
    them) and are told apart.

    Parameters
    ----------
    found: blocks.
    most: days allowed in a row.
    """
    broken = []
    for block in found:
        if block.before > most:
            broken.append((block, block.before - most, True))
        more = block.inside if block.endless else block.length - max(most, block.before)
        if more > 0:
            broken.append((block, more, False))
    return broken
