"""How far a finished tour breaks a shape: the vocabulary read as plain numbers.

Engine, judge and this reader are held together by tests, amount for amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from planner.rota import Option
from planner.rules.calendar import AgentCalendar
from planner.rules.marks import selects, units_left
from planner.rules.shapes import Each, Gap, Mark, Rest, Run, Shape, Span, Sum, Team


def amounts(shape: Shape, calendar: AgentCalendar, options: Sequence[Option]) -> int:
    """Violation of one shape by a finished tour, in the shape's own unit; 0 if it holds.

    What carried-over duties alone break does not count.

    Parameters
    ----------
    shape: any of the vocabulary.
    calendar: of the person, with the duties carried over.
    options: the person's duties of the period, in any order.
    """
    tour = sorted(options, key=lambda option: (option.start, option.end))
    if isinstance(shape, Each):
        return _each(shape, calendar, tour)
    if isinstance(shape, Gap):
        return _gap(shape, calendar, tour)
    if isinstance(shape, Run):
        return _run(shape, calendar, tour)
    if isinstance(shape, Sum):
        return _sum(shape, calendar, tour)
    if isinstance(shape, Span):
        return _span(shape, calendar, tour)
    return _rest(shape, calendar, tour)


def _each(shape: Each, calendar: AgentCalendar, tour: Sequence[Option]) -> int:
    days = [option.day for option in tour if selects(shape.mark, option, calendar)]
    if not shape.force:
        return len(days)
    asked = range(calendar.days) if shape.mark.days is None else shape.mark.days
    return len(set(asked) - set(days))


def _earlier(calendar: AgentCalendar, tour: Sequence[Option]) -> list[tuple[Option, Option]]:
    """Duties before the period, each with the option that marks are asked about."""
    if not calendar.cyclic:
        return [(option, option) for option in calendar.carried]
    period = calendar.day_starts[-1] - calendar.day_starts[0]
    return [
        (replace(option, start=option.start - period, end=option.end - period), option) for option in tour
    ]


def _days_off(shape: Gap, calendar: AgentCalendar, tour: Sequence[Option], least: int) -> int:
    earlier = [(o.day - calendar.days, o) for o in tour] if calendar.cyclic else []
    earlier += [(o.day, o) for o in (() if calendar.cyclic else calendar.carried)]
    duties = [*earlier, *((o.day, o) for o in tour)]
    lacking = 0
    for (day, duty), (next_day, following) in pairwise(duties):
        succession = selects(shape.before, duty, calendar) and selects(shape.after, following, calendar)
        if succession and next_day >= 0:
            lacking += max(0, least - max(0, next_day - day - 1))
    return lacking


def _gap(shape: Gap, calendar: AgentCalendar, tour: Sequence[Option]) -> int:
    if shape.days is not None:
        return _days_off(shape, calendar, tour, shape.days)
    lacking, often, latest, waiting = 0, shape.carried, 0, False
    earlier = _earlier(calendar, tour)
    duties = [(*pair, False) for pair in earlier] + [(option, option, True) for option in tour]
    for duty, asked, in_period in duties:
        if selects(shape.after, asked, calendar):
            if waiting and in_period:
                short = max(0, shape.minutes - (duty.start - latest) * 15)
                lacking += short
                often += short > 0 and shape.first <= asked.day <= shape.last
            waiting = False
        if selects(shape.before, asked, calendar):
            latest, waiting = max(latest, duty.end), True
    return lacking if shape.most is None else max(0, often - max(shape.most, shape.carried))


def _marked_days(mark: Mark, calendar: AgentCalendar, options: Sequence[Option]) -> set[int]:
    return {option.day for option in options if selects(mark, option, calendar)}


def _run(shape: Run, calendar: AgentCalendar, tour: Sequence[Option]) -> int:
    marked = _marked_days(shape.mark, calendar, tour)
    shape, units = units_left(shape, calendar)
    states = [any(day in marked for day in unit) != shape.off for unit in units]
    if not calendar.cyclic:
        return _linear_run(shape, states, shape.carried)
    if all(states):
        return 0 if shape.most is None else len(states)
    turn = states.index(False)
    # Begun on a day of the other kind, the circle has no run across its ends.
    return _linear_run(shape, states[turn:] + states[:turn] + [False], 0)


def _linear_run(shape: Run, states: Sequence[bool], carried: int | None) -> int:
    amount, length, limit, known = 0, carried or 0, max(shape.most or 0, carried or 0), carried is not None
    for inside in states:
        if inside:
            length += 1
            amount += shape.most is not None and length > limit
        else:
            if length and known and shape.least is not None:
                amount += max(0, shape.least - length)
            length, limit, known = 0, shape.most or 0, True
    return amount


def total_of(shape: Sum | Team, mark: Mark, calendar: AgentCalendar, options: Sequence[Option]) -> int:
    """What one person's marked duties in the window of a shape come to, in its unit.

    Parameters
    ----------
    shape: whose window and unit. mark: the shape's, or the member's own.
    calendar, options: of the person.
    """
    inside = [o for o in options if shape.first <= o.day <= shape.last and selects(mark, o, calendar)]
    if shape.unit == "count":
        return len(inside)
    if shape.unit == "weekends":
        days = {calendar.day_at(o.day) for o in inside if calendar.weekday(o.day) >= 5}
        return len({day.isocalendar()[:2] for day in days})
    return sum(o.paid_minutes if shape.unit == "paid_minutes" else o.counted_minutes for o in inside)


def team_amount(
    shape: Team, calendars: Mapping[str, AgentCalendar], tours: Mapping[str, Sequence[Option]]
) -> int:
    """Violation of a shape over several people by their finished tours; 0 if it holds.

    Parameters
    ----------
    calendars, tours: by name; who has no tour has no duty.
    """
    return shape.outside(
        sum(
            weight * total_of(shape, mark, calendars[name], tours.get(name, ()))
            for name, weight, mark in shape.parts
        )
    )


def _sum(shape: Sum, calendar: AgentCalendar, tour: Sequence[Option]) -> int:
    total = total_of(shape, shape.mark, calendar, tour) + shape.carried
    away = 0 if shape.totals is None else min(abs(total - value) for value in shape.totals)
    over = 0 if shape.most is None else max(0, total - max(shape.most, shape.carried))
    under = 0 if shape.least is None else max(0, shape.least - total)
    return over + under + away


def _span(shape: Span, calendar: AgentCalendar, tour: Sequence[Option]) -> int:
    inside = [o for o in tour if shape.first <= o.day <= shape.last and selects(shape.mark, o, calendar)]
    starts = [*shape.carried, *(option.start_minute for option in inside)]
    allowed = max(shape.minutes, max(shape.carried, default=0) - min(shape.carried, default=0))
    return max(0, max(starts) - min(starts) - allowed) if inside else 0


def _rest(shape: Rest, calendar: AgentCalendar, tour: Sequence[Option]) -> int:
    if shape.days is not None:
        marked = _marked_days(shape.mark, calendar, (*calendar.carried, *tour))
        rests, length = 0, 0
        for day in range(shape.first, shape.last + 1):
            length = 0 if day in marked else length + 1
            rests += length > 0 and length % shape.days == 0
        return max(0, shape.count - rests)
    duties = [*_earlier(calendar, tour), *((option, option) for option in tour)]
    rests, free_from = 0, shape.start_quarter
    for duty, asked in duties:
        if selects(shape.mark, asked, calendar):
            rests += _rests(min(duty.start, shape.end_quarter) - free_from, shape.minutes)
            free_from = max(free_from, duty.end)
    rests += _rests(shape.end_quarter - free_from, shape.minutes)
    return max(0, shape.count - rests)


def _rests(quarters: int, minutes: int | None) -> int:
    return max(0, quarters * 15) // minutes if minutes else 0
