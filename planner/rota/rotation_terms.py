"""What a rotation must be: people per shift and weekday, and the shape of work and days off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.rota.rotation import WEEK

Limits = tuple[int, int | None]
"""At least and at most; None: no most."""


@dataclass(frozen=True, slots=True)
class Block:
    """Days in a row on one of these shifts: at least and at most so many.

    Attributes
    ----------
    shifts: names; a single one for blocks of that shift, several for such as all nights.
    least, most: days in a row, once a block has begun; None: no most.
    """

    shifts: tuple[str, ...]
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Forbidden:
    """After one shift, with exactly so many days off between, never the other.

    Attributes
    ----------
    days_off: 0: on the next day; 1: after a single day off; and so on.
    """

    before: str
    after: str
    days_off: int = 0


@dataclass(frozen=True)
class RotationTerms:
    """What a pattern must keep; weeks go from Monday to Sunday, and the last day joins the first.

    Attributes
    ----------
    shifts: names, in the order in which they start on a day.
    posts: by shift, people needed Monday to Sunday when each week is walked by one person.
    exactly: never more than these either; else more may come where some are needed at all.
    work: days of work in a row. days_off: days off in a row.
    blocks: days in a row on one shift, or one of several.
    forbidden: successions, directly or over days off.
    free_weekends: (m, k): in any k weeks on end at least m with Saturday and Sunday off; None: no matter.
    days_off_together: days off in a row within every week; 0: no matter.
    windows: (m, n): of any n days on end at most m of work.
    shifts_a_week: days of work in every week.
    """

    shifts: tuple[str, ...]
    posts: tuple[tuple[int, ...], ...]
    exactly: bool = True
    work: Limits = (1, None)
    days_off: Limits = (1, None)
    blocks: tuple[Block, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    free_weekends: tuple[int, int] | None = None
    days_off_together: int = 0
    windows: tuple[tuple[int, int], ...] = ()
    shifts_a_week: Limits = (0, None)

    @property
    def duties(self) -> int:
        """Shifts that the posts ask for in a week."""
        return sum(map(sum, self.posts))

    @property
    def least_weeks(self) -> int:
        """A team of fewer is too small for the posts alone: by the fullest day, and by days of work."""
        fullest = max(sum(row[day] for row in self.posts) for day in range(WEEK))
        most = min(WEEK, WEEK if self.shifts_a_week[1] is None else self.shifts_a_week[1])
        by_days = -(-self.duties // most) if most else 0
        return max(1, fullest, by_days)


def rest_after(shifts: Sequence[str], days_off: int, others: Sequence[str]) -> tuple[Forbidden, ...]:
    """After the last of some shifts at least so many days off before anything else, and before more of them.

    Parameters
    ----------
    shifts: such as the nights; they may follow each other directly.
    others: names of all other shifts.

    Examples
    --------
    >>> [(f.before, f.after, f.days_off) for f in rest_after(["N"], 2, ["D"])]
    [('N', 'D', 0), ('N', 'D', 1), ('N', 'N', 1)]
    """
    return tuple(
        Forbidden(before, after, gap)
        for before in shifts
        for gap in range(days_off)
        for after in (*others, *(shifts if gap else ()))
    )
