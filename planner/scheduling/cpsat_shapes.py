"""The shapes of labour rules as rows and clauses of the CP-SAT model: Each, Sum and Span, and who reads what.

A hard shape (price None) forbids; a priced one makes its amount of violation a variable with a cost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ortools.sat.python import cp_model

from planner.rules import Each, Gap, Rest, Run, Shape, Span, Sum
from planner.scheduling.cpsat_gaps import add_gap, widest_gaps
from planner.scheduling.cpsat_runs import add_rest, add_run
from planner.scheduling.cpsat_variables import Linear, Literal, Variables


def add_shapes(variables: Variables, p: int) -> None:
    """All shapes of one person."""
    for shape in widest_gaps(variables, p):
        add_shape(variables, p, shape)


def add_shape(variables: Variables, p: int, shape: Shape) -> None:
    """One shape of one person."""
    READERS[type(shape)](variables, p, shape)


def add_each(variables: Variables, p: int, shape: Each) -> None:
    """Marked duties are banned or cost; forced days must have one or pay."""
    for d in range(len(variables.people[p].days)):
        literals = [literal for _choice, literal in variables.marked(p, d, shape.mark)]
        if shape.force:
            if shape.mark.days is None or d in shape.mark.days:
                _force(variables, shape, literals)
        else:
            for literal in literals:
                if shape.price is None:
                    variables.model.add(literal == 0)
                else:
                    variables.cost(shape.rule, shape.price, literal)


def _force(variables: Variables, shape: Each, literals: list[Literal]) -> None:
    if shape.price is None:
        variables.model.add_bool_or(literals)
    else:
        variables.cost(shape.rule, shape.price, variables.amount(1, [1 - sum(literals)]))


def add_sum(variables: Variables, p: int, shape: Sum) -> None:
    """A linear row over the days of the window; what was carried counts first."""
    terms = _weekends(variables, p, shape) if shape.unit == "weekends" else _weights(variables, p, shape)
    total = shape.carried + sum(weight * literal for weight, literal in terms)
    largest = shape.carried + sum(weight for weight, _literal in terms)
    least = shape.least
    most = None if shape.most is None else max(shape.most, shape.carried)
    if shape.price is None:
        if least is not None:
            variables.model.add(total >= least)
        if most is not None and (largest > most) and not _one_a_day(variables, p, shape):
            variables.model.add(total <= most)
        if shape.totals is not None:
            _one_of(variables, total, shape.totals)
        return
    if least is not None and least > shape.carried:
        variables.cost(shape.rule, shape.price, variables.amount(least, [least - total]))
    if most is not None and largest > most:
        variables.cost(shape.rule, shape.price, variables.amount(largest, [total - most]))
    if shape.totals is not None:
        away = variables.amount(max(largest, *shape.totals))
        near = variables.model.new_int_var_from_domain(cp_model.Domain.from_values(shape.totals), "")
        variables.model.add(away >= total - near)
        variables.model.add(away >= near - total)
        variables.cost(shape.rule, shape.price, away)


def _one_of(variables: Variables, total: Linear, totals: Sequence[int]) -> None:
    """A total is one of the allowed ones."""
    variables.model.add_linear_expression_in_domain(total, cp_model.Domain.from_values(totals))


def add_span(variables: Variables, p: int, shape: Span) -> None:
    """Earliest and latest start of the window: neither may be far from any duty taken."""
    duties = [
        (choice.option.start_minute, literal)
        for d in _days(variables, p, shape)
        for choice, literal in variables.marked(p, d, shape.mark)
    ]
    starts = sorted({*(start for start, _literal in duties), *shape.carried})
    width = max(shape.minutes, max(shape.carried, default=0) - min(shape.carried, default=0))
    if not duties or starts[-1] - starts[0] <= width:
        return
    earliest, latest = (variables.model.new_int_var(starts[0], starts[-1], "") for _end in range(2))
    for start, literal in [*((start, variables.yes) for start in shape.carried), *duties]:
        variables.model.add(earliest <= start).only_enforce_if(literal)
        variables.model.add(latest >= start).only_enforce_if(literal)
    if shape.price is None:
        variables.model.add(latest - earliest <= width)
    else:
        over = variables.amount(starts[-1] - starts[0] - width, [latest - earliest - width])
        variables.cost(shape.rule, shape.price, over)


def _one_a_day(variables: Variables, p: int, shape: Sum) -> bool:
    """Whether the shape only says that there is one duty a day, which choices say already."""
    free = all(not choice.locked for choice in variables.people[p].days[shape.first])
    return free and shape.unit == "count" and shape.first == shape.last and shape.most == 1


def _weights(variables: Variables, p: int, shape: Sum) -> list[tuple[int, Literal]]:
    return [
        (1 if shape.unit == "count" else int(getattr(choice.option, shape.unit)), literal)
        for d in _days(variables, p, shape)
        for choice, literal in variables.marked(p, d, shape.mark)
    ]


def _weekends(variables: Variables, p: int, shape: Sum) -> list[tuple[int, Literal]]:
    """One literal per Saturday-Sunday pair of an ISO week."""
    calendar, pairs = variables.people[p].calendar, dict[tuple[int, int], list[Literal]]()
    for d in _days(variables, p, shape):
        if calendar.weekday(d) >= 5:
            year, week, _weekday = calendar.day_at(d).isocalendar()
            pairs.setdefault((year, week), []).append(variables.on(p, d, shape.mark))
    return [(1, variables.any_of(literals)) for literals in pairs.values()]


def _days(variables: Variables, p: int, shape: Sum | Span) -> range:
    return range(max(0, shape.first), min(len(variables.people[p].days), shape.last + 1))


READERS: Mapping[type[Shape], Callable[[Variables, int, Any], None]] = MappingProxyType(
    {Each: add_each, Gap: add_gap, Rest: add_rest, Run: add_run, Span: add_span, Sum: add_sum}
)
