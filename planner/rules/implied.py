"""Limits that other limits already keep, so that no engine needs to count for them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.rules.shapes import Shape, Sum


def without_implied(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """The shapes without upper limits that hard limits of shorter windows keep anyway.

    Forty hours in each of five weeks are never 48 on average over them. What is left out is never broken
    while the hard ones hold, so nothing is lost: neither a rota, nor a price, nor a bound.

    Parameters
    ----------
    shapes: of one person.

    Examples
    --------
    >>> from planner.rules.shapes import ANY_DUTY
    >>> weeks = [Sum("weekly", ANY_DUTY, "count", 7 * w, 7 * w + 6, most=5) for w in range(2)]
    >>> mean = Sum("mean", ANY_DUTY, "count", 0, 13, most=11)
    >>> [shape.rule for shape in without_implied([mean, *weeks])]
    ['weekly', 'weekly']
    """
    kept = list(shapes)
    for shape in sorted(
        (shape for shape in shapes if isinstance(shape, Sum) and _only_most(shape)),
        key=lambda shape: (shape.first - shape.last, -(_room(shape) or 0)),
    ):
        at = next(index for index, other in enumerate(kept) if other is shape)
        others = [
            other
            for index, other in enumerate(kept)
            if index != at and isinstance(other, Sum) and other.price is None and _same(other, shape)
        ]
        room, needed = _room(shape), _at_most(shape, others)
        if room is not None and needed is not None and needed <= room:
            del kept[at]
    return tuple(kept)


def _only_most(shape: Sum) -> bool:
    """Whether a shape asks for an upper limit and for nothing else."""
    return shape.most is not None and shape.least is None and shape.allowed is None


def _same(one: Sum, other: Sum) -> bool:
    """Whether two shapes count the same; weekends that stand in two windows count twice, so they do not."""
    return one.mark == other.mark and one.unit == other.unit and one.unit != "weekends"


def _room(shape: Sum) -> int | None:
    """What a window may hold besides what was carried into it; None: no limit."""
    return None if shape.most is None else max(shape.most, shape.carried) - shape.carried


def _at_most(shape: Sum, others: Sequence[Sum]) -> int | None:
    """The most that others let a window hold; None if they leave a day of it free."""
    least: dict[int, int] = {shape.last + 1: 0}
    for day in range(shape.last, shape.first - 1, -1):
        found = [
            room + least[min(other.last, shape.last) + 1]
            for other in others
            if other.first <= day <= other.last
            and (room := _room(other)) is not None
            and min(other.last, shape.last) + 1 in least
        ]
        if found:
            least[day] = min(found)
    return least.get(shape.first)
