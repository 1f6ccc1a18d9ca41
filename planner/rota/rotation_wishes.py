"""What people like less in a rotation, counted from its pattern."""

from __future__ import annotations

from dataclasses import dataclass

from planner.rota.rotation import OFF, WEEK, Rotation, counts
from planner.rota.rotation_terms import RotationTerms


@dataclass(frozen=True, slots=True)
class Wishes:
    """Points that each of these costs; 0: no matter.

    Attributes
    ----------
    extra: one shift a week more than the posts ask for.
    worked_weekend: a weekend of the pattern with work on Saturday or Sunday.
    single_day_off: a day off between two days of work.
    backward: a change to a shift that starts earlier in the day, directly or after a single day off.
    """

    extra: int = 100
    worked_weekend: int = 10
    single_day_off: int = 3
    backward: int = 2

    @property
    def any(self) -> bool:
        """Whether anything costs points beside more shifts than are needed."""
        return bool(self.worked_weekend or self.single_day_off or self.backward)


NO_WISHES = Wishes(0, 0, 0, 0)
USUAL_WISHES = Wishes()


def wished(rotation: Rotation, terms: RotationTerms) -> Wishes:
    """How often each of these is in a pattern: times, not points.

    Examples
    --------
    >>> terms = RotationTerms(("D", "N"), ((0,) * 7, (1, 1, 0, 0, 0, 0, 0)), exactly=False)
    >>> wished(Rotation(("D", "N"), (("N", "N", "", "D", "", "D", ""),)), terms)
    Wishes(extra=2, worked_weekend=1, single_day_off=3, backward=1)
    """
    cycle, order = rotation.cycle, {name: index for index, name in enumerate(rotation.shifts)}
    singles = backward = 0
    for day, name in enumerate(cycle):
        after = [cycle[(day + step) % len(cycle)] for step in (1, 2)]
        if name == OFF:
            continue
        singles += after[0] == OFF and after[1] != OFF
        later = next((each for each in after if each != OFF), name)
        backward += order[later] < order[name]
    return Wishes(
        extra=sum(map(sum, counts(rotation).values())) - terms.duties,
        worked_weekend=sum(any(week[WEEK - 2 :]) for week in rotation.pattern),
        single_day_off=singles,
        backward=backward,
    )


def points(found: Wishes, prices: Wishes) -> int:
    """The points of what was found.

    Examples
    --------
    >>> points(Wishes(2, 1, 3, 1), Wishes())
    221
    """
    return (
        found.extra * prices.extra
        + found.worked_weekend * prices.worked_weekend
        + found.single_day_off * prices.single_day_off
        + found.backward * prices.backward
    )
