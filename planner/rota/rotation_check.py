"""The judge of rotations: reads a pattern day by day, and knows no solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from planner._messages import Message
from planner.rota.rotation import OFF, WEEK, WEEKDAYS, Rotation, counts
from planner.rota.rotation_terms import Limits, RotationTerms

SATURDAY, SUNDAY = 5, 6


def check_rotation(rotation: Rotation, terms: RotationTerms) -> tuple[Message, ...]:
    """Everything in which a pattern is not as it must be; empty: all is kept.

    Examples
    --------
    >>> terms = RotationTerms(("D",), ((1,) * 7,), days_off=(2, None))
    >>> week = Rotation(("D",), (("D", "D", "", "D", "D", "D", "D"),))
    >>> for message in check_rotation(week, terms):
    ...     print(message)
    wed: 0 people on D, 1 needed
    week 1 wed: 1 day off in a row, at least 2
    """
    cycle = rotation.cycle
    return (
        *_posts(rotation, terms),
        *_runs(cycle, lambda name: name != OFF, terms.work, "work"),
        *_runs(cycle, lambda name: name == OFF, terms.days_off, "off"),
        *_blocks(cycle, terms),
        *_forbidden(cycle, terms),
        *_weekends(rotation, terms),
        *_weeks(rotation, terms),
        *_windows(cycle, terms),
    )


def _posts(rotation: Rotation, terms: RotationTerms) -> Iterator[Message]:
    found = counts(rotation)
    for name, row in zip(terms.shifts, terms.posts, strict=True):
        for day, (there, needed) in enumerate(zip(found[name], row, strict=True)):
            values = {"day": WEEKDAYS[day], "there": there, "shift": name, "needed": needed}
            if there < needed:
                yield Message("rotation.too_few", values)
            elif there > needed and (terms.exactly or not needed):
                yield Message("rotation.too_many", values)


def _runs(
    cycle: Sequence[str], inside: Callable[[str], bool], limits: Limits, what: str, shifts: str = ""
) -> Iterator[Message]:
    """Runs of days on the circle that are too short or too long."""
    least, most = limits
    flags = [inside(name) for name in cycle]
    if all(flags) and most is not None:
        yield Message("rotation.endless", {"what": _what(what, shifts), "most": most})
    size = len(flags)
    for first in range(size):
        if not flags[first] or flags[first - 1]:
            continue
        length = next(step for step in range(1, size + 1) if not flags[(first + step) % size])
        values = {"where": _where(first), "days": length, "what": _what(what, shifts, length)}
        if length < least:
            yield Message("rotation.run_short", {**values, "least": least})
        if most is not None and length > most:
            yield Message("rotation.run_long", {**values, "most": most})


def _what(what: str, shifts: str, days: int = 2) -> str:
    """Days of what, in words."""
    word = "day" if days == 1 else "days"
    return {"work": f"{word} of work", "off": f"{word} off", "block": f"{word} on {shifts}"}[what]


def _where(day: int) -> str:
    return f"week {day // WEEK + 1} {WEEKDAYS[day % WEEK]}"


def _blocks(cycle: Sequence[str], terms: RotationTerms) -> Iterator[Message]:
    for block in terms.blocks:
        limits = (block.least, block.most)
        names = frozenset(block.shifts)
        yield from _runs(cycle, names.__contains__, limits, "block", " or ".join(block.shifts))


def _forbidden(cycle: Sequence[str], terms: RotationTerms) -> Iterator[Message]:
    size = len(cycle)
    for rule in terms.forbidden:
        for day, name in enumerate(cycle):
            between = [cycle[(day + step) % size] for step in range(1, rule.days_off + 1)]
            after = cycle[(day + rule.days_off + 1) % size]
            if name == rule.before and not any(between) and after == rule.after:
                values = {"where": _where(day), "before": rule.before, "after": rule.after}
                yield Message("rotation.forbidden", {**values, "days_off": rule.days_off})


def _weekends(rotation: Rotation, terms: RotationTerms) -> Iterator[Message]:
    if terms.free_weekends is None:
        return
    least, span = terms.free_weekends
    free = [week[SATURDAY] == week[SUNDAY] == OFF for week in rotation.pattern]
    for first in range(rotation.weeks):
        there = sum(free[(first + step) % rotation.weeks] for step in range(span))
        if there < least:
            values = {"week": first + 1, "span": span, "there": there, "least": least}
            yield Message("rotation.weekends", values)


def _weeks(rotation: Rotation, terms: RotationTerms) -> Iterator[Message]:
    least, most = terms.shifts_a_week
    wanted = terms.days_off_together
    for number, week in enumerate(rotation.pattern, start=1):
        work = sum(name != OFF for name in week)
        if work < least or (most is not None and work > most):
            limits = f"at least {least}" if work < least else f"at most {most}"
            yield Message("rotation.week_shifts", {"week": number, "days": work, "limits": limits})
        together = "".join("x" if name else "." for name in week)
        if "." * wanted not in together:
            yield Message("rotation.together", {"week": number, "wanted": wanted})


def _windows(cycle: Sequence[str], terms: RotationTerms) -> Iterator[Message]:
    size = len(cycle)
    for most, span in terms.windows:
        for first in range(size):
            work = sum(cycle[(first + step) % size] != OFF for step in range(span))
            if work > most:
                values = {"where": _where(first), "days": work, "span": span, "most": most}
                yield Message("rotation.window", values)
