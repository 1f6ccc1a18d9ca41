"""Gaps between duties in the CP-SAT model: cliques sorted by start and end, never all pairs.

Duties stand on the line of absolute quarters as (start, end, literal). Carried ones are constants; where
the period repeats, the line goes on with copies one cycle later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.rules import ANY_DUTY, Gap, Mark, Shape, selects
from planner.scheduling.cpsat_variables import Literal, Variables

Duty = tuple[int, int, Literal]

ONE_AT_A_TIME = Gap("no two duties at once", ANY_DUTY, ANY_DUTY, 0)


def carried_duties(variables: Variables, p: int, mark: Mark) -> list[Duty]:
    """Marked duties of before the period, as constants."""
    calendar = variables.people[p].calendar
    return [(o.start, o.end, variables.yes) for o in calendar.carried if selects(mark, o, calendar)]


def duties_of_day(variables: Variables, p: int, d: int, mark: Mark) -> list[Duty]:
    """Marked duties that may start on a day; days past the end are those of the next cycle."""
    cycles, day = divmod(d, len(variables.people[p].days))
    later = cycles * variables.people[p].cycle
    return [(c.option.start + later, c.option.end + later, x) for c, x in variables.marked(p, day, mark)]


def days_ahead(variables: Variables, p: int) -> int:
    """Days that the line has: those of the period, twice where it repeats."""
    person = variables.people[p]
    return len(person.days) * (2 if person.cycle else 1)


def widest_gaps(variables: Variables, p: int) -> list[Shape]:
    """A person's shapes, and that nobody is on two duties at once, without hard gaps that others imply."""
    person = variables.people[p]
    shapes = list(person.shapes)
    if any(not choice.locked for day in person.days for choice in day):
        shapes.append(ONE_AT_A_TIME)
    plain = [
        s
        for s in shapes
        if isinstance(s, Gap) and s.before == s.after and (s.price, s.days, s.most) == (None, None, None)
    ]
    looked = [_looked_at(variables, p, gap.before) for gap in plain]
    implied: list[Shape] = []
    for i, gap in enumerate(plain):
        for j, wider in enumerate(plain):
            first = (wider.minutes, -j) > (gap.minutes, -i)
            if first and looked[i] <= looked[j]:
                implied.append(gap)
    return [shape for shape in shapes if not any(shape is gap for gap in implied)]


def _looked_at(variables: Variables, p: int, mark: Mark) -> frozenset[tuple[int, int]]:
    """What a mark selects: literals of the model, and carried duties by their instants."""
    days = range(len(variables.people[p].days))
    mine = {(x.index, 0) for d in days for _choice, x in variables.marked(p, d, mark)}
    return frozenset(mine | {(start, end) for start, end, _x in carried_duties(variables, p, mark)})


def add_gap(variables: Variables, p: int, shape: Gap) -> None:
    """From the end of a duty to the start of the next, at least so long."""
    quarters = -(-shape.minutes // 15)
    if shape.days is not None:
        _add_days_off(variables, p, shape, shape.days)
    elif shape.most is not None:
        _count_gaps(variables, p, shape, shape.most)
    elif shape.price is not None:
        _price_gap(variables, p, shape, shape.price)
    elif shape.before == shape.after:
        _add_cliques(variables, p, shape.before, quarters)
    else:
        for _day, earlier, later, _between in _day_pairs(variables, p, shape.before, shape.after, quarters):
            for start in sorted({duty[0] for duty in later}):
                first = [x for _start, end, x in earlier if end > start - quarters]
                if first:
                    second = [x for begin, _end, x in later if begin <= start]
                    _at_most_one(variables, first + second)


def _add_days_off(variables: Variables, p: int, shape: Gap, least: int) -> None:
    """A ``before`` duty, no duty for too few days, then an ``after`` duty: forbidden, or paid by the day."""
    person = variables.people[p]
    days, carried = len(person.days), person.calendar.carried[-1:]
    sources = [(d, variables.on(p, d, shape.before)) for d in range(days)]
    if not person.cycle:
        sources += [(o.day, variables.yes) for o in carried if selects(shape.before, o, person.calendar)]
    for d, before in sources:
        between: list[Literal] = []
        for e in range(max(d + 1, 0), min(d + least + 1, days_ahead(variables, p))):
            after = variables.on(p, e % days, shape.after)
            refused = [before.negated(), after.negated(), *between]
            if shape.price is None:
                variables.model.add_bool_or(refused)
            else:
                broken = variables.model.new_bool_var("")
                variables.model.add_bool_or([*refused, broken])
                variables.cost(shape.rule, shape.price * (least - (e - d - 1)), broken)
            between.append(variables.on(p, e % days, ANY_DUTY))


def _add_cliques(variables: Variables, p: int, mark: Mark, quarters: int) -> None:
    """Duties prolonged by the gap, as intervals: those that hold one instant exclude each other."""
    line = carried_duties(variables, p, mark)
    for d in range(days_ahead(variables, p)):
        line += duties_of_day(variables, p, d, mark)
    line.sort(key=lambda duty: duty[:2])
    active: list[Duty] = []
    fresh = False
    for duty in line:
        still = [other for other in active if other[1] + quarters > duty[0]]
        if fresh and len(still) < len(active):
            _at_most_one(variables, [x for _start, _end, x in active])
            fresh = False
        active = [*still, duty]
        fresh = True
    _at_most_one(variables, [x for _start, _end, x in active])


def _at_most_one(variables: Variables, literals: Sequence[Literal]) -> None:
    """At most one of them; what was carried counts as taken, but twice carried cannot be helped."""
    free = list({x.index: x for x in literals if x.index != variables.yes.index}.values())
    if len(free) < len(literals) and any(x.index == variables.yes.index for x in literals):
        for literal in free:
            variables.model.add(literal == 0)
    elif len(free) > 1:
        variables.model.add_at_most_one(free)


def _day_pairs(
    variables: Variables, p: int, before: Mark, after: Mark, quarters: int
) -> Iterator[tuple[int, list[Duty], list[Duty], list[Literal]]]:
    """A day, duties of an earlier day, those of the day that may come too soon, and marked ones between."""
    days = len(variables.people[p].days)
    sources = [(-1, _last_carried(variables, p, before, after))]
    sources += [(d, duties_of_day(variables, p, d, before)) for d in range(days)]
    for d, earlier in sources:
        if not earlier:
            continue
        reach = max(end for _start, end, _x in earlier) + quarters
        between: list[Literal] = []
        for e in range(d + 1, min(days_ahead(variables, p), d + days + 1)):
            candidates = duties_of_day(variables, p, e, after)
            later = [duty for duty in candidates if duty[0] < reach]
            if later:
                yield e % days, earlier, later, list(between)
            both = candidates + duties_of_day(variables, p, e, before)
            between += {x.index: x for _start, _end, x in both}.values()


def _last_carried(variables: Variables, p: int, before: Mark, after: Mark) -> list[Duty]:
    """The carried duty that the first one of the period is measured from, if any."""
    calendar = variables.people[p].calendar
    latest: list[Duty] = []
    for option in calendar.carried:
        if selects(before, option, calendar):
            end = max([option.end, *(duty[1] for duty in latest)])
            latest = [(option.start, end, variables.yes)]
        elif selects(after, option, calendar):
            latest = []
    return latest


def _count_gaps(variables: Variables, p: int, shape: Gap, most: int) -> None:
    """How many duties come too soon after the one that they are measured from."""
    quarters, often = -(-shape.minutes // 15), []
    for day, earlier, later, between in _day_pairs(variables, p, shape.before, shape.after, quarters):
        if not shape.first <= day <= shape.last:
            continue
        soon = variables.model.new_bool_var("")
        often.append(soon)
        for start in sorted({duty[0] for duty in later}):
            first = [x for _start, end, x in earlier if end > start - quarters]
            second = [x for begin, _end, x in later if begin <= start]
            variables.model.add(soon >= sum(first) + sum(second) - sum(between) - 1)
    allowed = max(0, most - shape.carried)
    if shape.price is None:
        variables.model.add(sum(often) <= allowed)
    elif len(often) > allowed:
        amount = variables.amount(len(often), [sum(often) - allowed])
        variables.cost(shape.rule, shape.price, amount)


def _price_gap(variables: Variables, p: int, shape: Gap, price: int) -> None:
    """What a later duty lacks, unless a marked duty stands between the two: that one is measured instead."""
    quarters = -(-shape.minutes // 15)
    for _day, earlier, later, between in _day_pairs(variables, p, shape.before, shape.after, quarters):
        ends, starts = sorted({duty[1] for duty in earlier}), sorted({duty[0] for duty in later})
        amount = variables.amount(shape.minutes + 15 * max(0, ends[-1] - starts[0]))
        variables.cost(shape.rule, price, amount)
        for end in ends:
            first = [x for _start, stop, x in earlier if stop >= end]
            for start in starts:
                shortfall = shape.minutes - 15 * (start - end)
                if shortfall > 0:
                    second = [x for begin, _end, x in later if begin <= start]
                    both = sum(first) + sum(second) - sum(between)
                    variables.model.add(amount >= shortfall * (both - 1))
