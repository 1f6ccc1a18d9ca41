"""Runs of days and rests in the CP-SAT model, as window clauses (they beat automata by far)."""

from __future__ import annotations

from collections.abc import Sequence

from planner.rules import Rest, Run, selects, units_left
from planner.scheduling.cpsat_gaps import carried_duties, duties_of_day
from planner.scheduling.cpsat_variables import Literal, Variables


def add_run(variables: Variables, p: int, shape: Run) -> None:
    """Days, weeks or weekends in a row with (or without) a marked duty: not too many, not too few."""
    person = variables.people[p]
    shape, units = units_left(shape, person.calendar)
    on = [variables.any_of([variables.on(p, d, shape.mark) for d in unit]) for unit in units]
    if not on:
        return
    state = [literal.negated() for literal in on] if shape.off else on
    if shape.most is not None:
        _most(variables, shape, state, bool(person.cycle), shape.most)
    if shape.least is not None and shape.least > 1:
        _least(variables, shape, state, bool(person.cycle), shape.least)


def _most(variables: Variables, shape: Run, state: Sequence[Literal], cyclic: bool, most: int) -> None:
    """Every full window of ``most`` + 1 days is one day too many; carried days fill the first windows."""
    days = len(state)
    for last in range(days):
        first = last - most
        if cyclic:
            window = [state[d % days] for d in range(max(first, last - days + 1), last + 1)]
        elif first >= 0:
            window = list(state[first : last + 1])
        elif shape.carried is not None and last + 1 + shape.carried > most:
            window = list(state[: last + 1])
        else:
            continue
        _not_all(variables, shape, window, 1)


def _least(variables: Variables, shape: Run, state: Sequence[Literal], cyclic: bool, least: int) -> None:
    """No run of fewer than ``least`` days between two other days; runs that touch an open edge are free."""
    days = len(state)
    if cyclic:
        for first in range(days):
            for length in range(1, min(least, days)):
                run = [state[d % days] for d in range(first, first + length)]
                edges = [state[first - 1].negated(), state[(first + length) % days].negated()]
                _not_all(variables, shape, [*edges, *run], least - length)
        return
    for first in range(1, days):
        for length in range(1, min(least, days - first)):
            run = [*state[first : first + length]]
            edges = [state[first - 1].negated(), state[first + length].negated()]
            _not_all(variables, shape, [*edges, *run], least - length)
    if shape.carried is not None:
        for length in range(0 if shape.carried else 1, min(least - shape.carried, days)):
            run = [*state[:length], state[length].negated()]
            _not_all(variables, shape, run, least - length - shape.carried)


def _not_all(variables: Variables, shape: Run, literals: Sequence[Literal], units: int) -> None:
    """Not all of them are true, or so many units are paid."""
    some = [literal.negated() for literal in literals]
    if shape.price is None:
        variables.model.add_bool_or(some)
    else:
        broken = variables.model.new_bool_var("")
        variables.model.add_bool_or([*some, broken])
        variables.cost(shape.rule, shape.price * units, broken)


def add_rest(variables: Variables, p: int, shape: Rest) -> None:
    """At least so many rests in a window, each a literal that frees its time of marked duties."""
    rests = _day_rests(variables, p, shape) if shape.days is not None else _time_rests(variables, p, shape)
    if shape.price is None:
        variables.model.add(sum(rests) >= shape.count)
    else:
        variables.cost(shape.rule, shape.price, variables.amount(shape.count, [shape.count - sum(rests)]))


def _rest(variables: Variables, against: list[Literal]) -> Literal:
    """A rest that none of these stands against; one that nothing can, need not count where others overlap."""
    return variables.none_of(against) if against else variables.model.new_bool_var("")


def _day_rests(variables: Variables, p: int, shape: Rest) -> list[Literal]:
    """Rests may start on every day of the window; days before the period are as they were."""
    length, calendar = shape.days or 1, variables.people[p].calendar
    worked = {option.day for option in calendar.carried if selects(shape.mark, option, calendar)}

    def on(day: int) -> Literal:
        if 0 <= day < calendar.days:
            return variables.on(p, day, shape.mark)
        return variables.yes if day in worked else variables.no

    starts = range(shape.first, shape.last - length + 2)
    rests = [_rest(variables, [on(day) for day in range(start, start + length)]) for start in starts]
    if shape.count > 1:
        for i in range(len(rests)):
            variables.model.add_at_most_one(rests[i : i + length])
    return rests


def _time_rests(variables: Variables, p: int, shape: Rest) -> list[Literal]:
    """Rests may start where the window opens, a duty ends, or another rest from there ends."""
    length, days = -(-(shape.minutes or 0) // 15), len(variables.people[p].days)
    opens, closes = shape.start_quarter, shape.end_quarter
    line = carried_duties(variables, p, shape.mark)
    for d in range(-days if variables.people[p].cycle else 0, days):
        line += [
            duty
            for duty in duties_of_day(variables, p, d, shape.mark)
            if duty[0] < closes and duty[1] > opens
        ]
    ends = {end for _start, end, _x in line if opens < end <= closes - length}
    later = {start + i * length for start in (opens, *ends) for i in range(shape.count)}
    starts = sorted(start for start in later if start + length <= closes)
    rests = [
        _rest(variables, [x for begin, end, x in line if begin < start + length and end > start])
        for start in starts
    ]
    if shape.count > 1:
        for i, start in enumerate(starts):
            near = [rest for other, rest in zip(starts[i:], rests[i:], strict=True) if other < start + length]
            variables.model.add_at_most_one(near)
    return rests
