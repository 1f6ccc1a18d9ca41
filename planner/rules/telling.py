"""Violations that several rules tell alike, and what the judge counts in weeks, weekends and windows.

Belongs to the judge: shares nothing with the shapes or their reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from planner.clock import minutes_between, zone_named
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import Block, beyond, day_of, is_night, midnight, round_blocks, working
from planner.rules.rule import Rule, Violation
from planner.rules.windows import Window


def too_long(rule: Rule, calendar: AgentCalendar, found: Sequence[Block], most: int) -> tuple[Violation, ...]:
    """A violation for each block with more days than allowed."""
    return tuple(
        rule.found(
            calendar,
            block.first,
            more,
            {"length": block.before if earlier else block.length, "most": most},
            before_period=earlier,
        )
        for block, more, earlier in beyond(found, most)
    )


def too_short(
    rule: Rule, calendar: AgentCalendar, found: Sequence[Block], least: int, sentence: str = "broken"
) -> tuple[Violation, ...]:
    """A violation for each block with fewer days than needed that is known from end to end.

    A block of days on duty that was carried over, and that leave cuts off too soon, nothing can mend.
    """
    return tuple(
        rule.found(
            calendar,
            block.first,
            least - block.length,
            {"length": block.length, "least": least},
            before_period=cut_off(calendar, block.before, least),
            sentence=sentence,
        )
        for block in found
        if block.opened and block.closed and block.length < least
    )


def cut_off(calendar: AgentCalendar, before: int, least: int) -> bool:
    """Whether leave keeps a block of so many days before the period from reaching its least length."""
    return before > 0 and any(day in calendar.unavailable for day in range(least - before))


def nights_of(shifts: Iterable[Shift], calendar: AgentCalendar, hours: float) -> list[Shift]:
    """Working shifts with at least so many hours at night, in order."""
    return [shift for shift in working(shifts) if is_night(shift, calendar, round(hours * 60))]


def start_minute(shift: Shift) -> int:
    """Minutes after midnight at which a shift starts, on the clock of the person."""
    local = shift.start.astimezone(zone_named(shift.zone))
    return local.hour * 60 + local.minute


def successions(
    calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
) -> list[tuple[Shift, Shift, int]]:
    """Each duty of the period of any kind that follows another, the one before it, and days off between.

    Parameters
    ----------
    calendar: of the person; in a cyclic period the last duty stands before the first.
    tour, carried: all duties.
    """
    now = sorted(tour, key=lambda shift: (shift.start, shift.end))
    earlier = sorted(carried, key=lambda shift: (shift.start, shift.end))
    if calendar.cyclic:
        earlier = now
    period = timedelta(days=calendar.days if calendar.cyclic else 0)
    duties = [(day_of(shift, calendar) - period, shift) for shift in earlier]
    begins = len(duties)
    duties += [(day_of(shift, calendar), shift) for shift in now]
    return [
        (before, shift, max(0, (day - day_before).days - 1))
        for number, ((day_before, before), (day, shift)) in enumerate(pairwise(duties), start=1)
        if number >= begins
    ]


def counted(
    calendar: AgentCalendar,
    window: Window,
    tour: Iterable[Shift],
    carried: Iterable[Shift],
    amount: Callable[[Shift], int] = lambda _: 1,
) -> tuple[int, int]:
    """What a window holds before the period, and in all.

    Parameters
    ----------
    window: its days.
    tour, carried: shifts that matter. amount: of each; 1 by default.
    """
    first, start, last = (calendar.day_at(day) for day in (window.first, window.begins, window.last))
    begun = sum(amount(shift) for shift in carried if first <= day_of(shift, calendar) < start)
    return begun, begun + sum(amount(shift) for shift in tour if start <= day_of(shift, calendar) <= last)


def outside(
    rule: Rule,
    calendar: AgentCalendar,
    window: Window,
    totals: tuple[int, int],
    limits: tuple[int | None, int | None],
    text: Callable[[int], object] = lambda value: value,
) -> list[Violation]:
    """Violations of least and most over a window.

    Parameters
    ----------
    totals: what it holds before the period, and in all. limits: least and most.
    text: how a total is said.
    """
    (begun, total), (least, most) = totals, limits
    day = calendar.day_at(window.begins)
    said = {"count": text(total), "least": text(least or 0), "most": text(most or 0)}
    found = []
    if most is not None and begun > most:
        values = {**said, "count": text(begun)}
        found.append(rule.found(calendar, day, begun - most, values, before_period=True))
    if most is not None and total > max(most, begun):
        found.append(rule.found(calendar, day, total - max(most, begun), said))
    if least is not None and total < least:
        found.append(rule.found(calendar, day, least - total, said, sentence="too_few"))
    return found


def longest_rest(calendar: AgentCalendar, first: int, last: int, shifts: Sequence[Shift]) -> float:
    """Minutes of the longest time without a shift from the first to the last of some days, both included.

    Parameters
    ----------
    first, last: day indices. shifts: working ones, in order.
    """
    opens, closes = (midnight(calendar.day_at(day), calendar) for day in (first, last + 1))
    longest, free_from = 0.0, opens
    for shift in shifts:
        longest = max(longest, minutes_between(free_from, min(shift.start, closes)))
        free_from = max(free_from, shift.end)
    return max(longest, minutes_between(free_from, closes))


def weeks_in_row(
    calendar: AgentCalendar, marked: set[date], marked_before: set[date], since: int = 0
) -> list[Block]:
    """Blocks of weeks (or weekends) in a row with a marked day; their length is in weeks.

    A week begun before the period counts as one before it where a carried-over day marks it already.

    Parameters
    ----------
    calendar: of the person.
    marked, marked_before: days with a duty, inside the period and before it.
    since: first weekday that counts: 0 for the whole week, 5 for weekends, 6 for Sundays.
    """
    weeks = _weeks(calendar, since)
    has = [any(day in marked for day in week) for week in weeks.values()]
    firsts = [max(week[0], calendar.first_day) for week in weeks.values()]
    if calendar.cyclic:
        return round_blocks(firsts, has) if firsts else []
    counting = [day for day in marked_before if day.weekday() >= since]
    before = {day - timedelta(days=day.weekday()) for day in counting}
    monday = calendar.first_day - timedelta(days=calendar.first_day.weekday())
    begun = bool(weeks) and monday in before
    length = int(begun)
    while monday - timedelta(days=7) in before:
        length, monday = length + 1, monday - timedelta(days=7)
    return _in_row(firsts[begun:], has[begun:], length, calendar)


def _weeks(calendar: AgentCalendar, since: int) -> dict[date, list[date]]:
    """Days of each week from a weekday on, by their Monday; of weeks with a day in the period."""
    found: dict[date, list[date]] = {}
    for index in range(0 if calendar.cyclic else -calendar.days_before, calendar.days):
        day = calendar.day_at(index)
        monday = day - timedelta(days=index % 7 if calendar.cyclic and not since else day.weekday())
        if day.weekday() >= since:
            found.setdefault(monday, []).append(day)
    return {monday: days for monday, days in found.items() if days[-1] >= calendar.first_day}


def _in_row(firsts: Sequence[date], has: Sequence[bool], before: int, calendar: AgentCalendar) -> list[Block]:
    """Blocks of truths; ``before`` of them stand in a row before the first."""
    known = calendar.carried_known
    found = [Block(calendar.first_day, before, 0, known, True)] if before and not (has and has[0]) else []
    for number, (first, inside) in enumerate(zip(firsts, has, strict=True)):
        if inside and number and has[number - 1]:
            last = found.pop()
            found.append(replace(last, inside=last.inside + 1))
        elif inside:
            found.append(Block(first, 0 if number else before, 1, True if number else known, True))
    return found
