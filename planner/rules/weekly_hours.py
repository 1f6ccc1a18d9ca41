"""Hours in each week: at most and at least, by contract or by number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.measure import weekly
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import ANY_DUTY, Shape, Sum

Limit = Literal["contract"] | Hours


class WeeklyHours(Rule):
    """Paid hours that count towards the contract, in each ISO week of the person's zone.

    A contract is credited: each Monday to Friday of leave, outside the contract or on a public holiday
    counts as a fifth of it. ``at_least: contract`` asks for the largest total that whole shifts can
    make within that, on the days that are left: 32 h of a 38-h contract with 8-h shifts. In a week in which
    clocks change, it also takes a total with one shift that the change made longer or shorter. Weeks that
    the period cuts off ask for a share by days; the first one is taken whole where last period's
    shifts are known. A number of hours as ``at_most`` is neither credited nor shared out. Nothing that is
    asked for is more than a shift on each day that is left can hold: on some days no shift is given.

    Attributes
    ----------
    at_most, at_least: "contract", hours such as "40 h", or None. Both "contract" if neither is given.

    Examples
    --------
    >>> str(WeeklyHours(at_most="contract").explain())
    "Hours in each week: at most the contract's"
    >>> str(WeeklyHours(at_most="40 h", at_least="32 h").explain())
    'Hours in each week: at most 40, at least 32'
    """

    name: ClassVar[str] = "weekly_hours"
    unit: ClassVar[str] = "minute"
    stricter: ClassVar[dict[str, Stricter]] = {"at_most": "lower", "at_least": "higher"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"at_most": "contract", "at_least": "contract"},
        {"at_most": "24 h", "at_least": "16 h", "penalty": 9},
    )

    at_most: Limit | None = Field(default=None, union_mode="left_to_right")
    at_least: Limit | None = Field(default=None, union_mode="left_to_right")

    @model_validator(mode="before")
    @classmethod
    def _both_by_default(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("at_most") is None and values.get("at_least") is None:
            return {**values, "at_most": "contract", "at_least": "contract"}
        return values

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        most, least = self.at_most, self.at_least
        if isinstance(most, float) and isinstance(least, float) and least > most:
            raise ValueError("at_least is more than at_most")
        return self

    def limits(
        self, calendar: AgentCalendar, first: int, last: int, carried: int = 0
    ) -> tuple[int | None, int | None]:
        """Least and most counted minutes of a week, what is carried counted in.

        Parameters
        ----------
        calendar: of the person.
        first, last: day indices of the week inside the period.
        carried: minutes that a week already begun holds before the period.
        """
        contract = _credited(calendar, first, last, calendar.agent.weekly_minutes)
        most = contract if self.at_most == "contract" else _minutes(self.at_most)
        days = _days_left(calendar, first, last)
        if self.at_least != "contract":
            asked = _minutes(self.at_least)
            if asked is None:
                return None, most
            longest = carried + sum(lengths[-1] for lengths in days.values())
            return min(longest, _credited(calendar, first, last, asked)), most
        room = (contract if most is None else min(contract, most)) - carried
        totals = [_largest_total(tuple(days.values()), room)]
        for day, change in _clock_changes(calendar, first, last):
            others = tuple(lengths for other, lengths in days.items() if other != day)
            totals += [
                length + change + _largest_total(others, room - length - change)
                for length in days.get(day, ())
                if length + change <= room
            ]
        return carried + min(totals), most

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum of counted minutes per week."""
        found = []
        for first, last in calendar.weeks:
            begun = [o for o in calendar.carried if first == 0 and o.day >= -calendar.days_before]
            carried = sum(option.counted_minutes for option in begun)
            least, most = self.limits(calendar, first, last, carried)
            found.append(
                Sum(
                    self.name,
                    ANY_DUTY,
                    "counted_minutes",
                    first,
                    last,
                    least=least,
                    most=most,
                    carried=carried,
                    price=self.price,
                )
            )
        return tuple(found)

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Add up the paid minutes of the shifts that start in each week."""
        broken = []
        now, earlier = ([s for s in shifts if s.counted] for shifts in (tour, carried))
        totals = weekly(calendar, now, earlier, lambda shift: shift.paid_minutes)
        for (first, last), (start, begun, total) in zip(calendar.weeks, totals, strict=True):
            least, most = self.limits(calendar, first, last, begun)
            said = {
                "hours": hours_text(total),
                "least": hours_text(least or 0),
                "most": hours_text(most or 0),
            }
            if most is not None and begun > most:
                values = {**said, "hours": hours_text(begun)}
                broken.append(self.found(calendar, start, begun - most, values, before_period=True))
            if most is not None and total > max(most, begun):
                broken.append(self.found(calendar, start, total - max(most, begun), said))
            if least is not None and total < least:
                broken.append(self.found(calendar, start, least - total, said, sentence="too_few"))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        sides = (("most", self.at_most), ("least", self.at_least))
        asked = {side: value for side, value in sides if value is not None}
        code = "".join(f"_{side}" + "_contract" * (value == "contract") for side, value in asked.items())
        return Message(
            f"rules.weekly_hours{code}",
            {side: hours_text(_minutes(value) or 0) for side, value in asked.items()},
        )


def _minutes(hours: Literal["contract"] | float | None) -> int | None:
    """Whole minutes of a number of hours."""
    return None if hours is None or hours == "contract" else round(hours * 60)


def _credited(calendar: AgentCalendar, first: int, last: int, weekly: int) -> int:
    """Minutes of a week that are left to work: its share by days, less a fifth for each credited day."""
    begun = first == 0 and calendar.carried_known
    days = last - first + 1 + (calendar.days_before if begun else 0)
    away = calendar.unavailable | calendar.holidays
    credited = sum(day in away and calendar.weekday(day) < 5 for day in range(first, last + 1))
    credited += calendar.credited_before if begun else 0
    return max(0, (5 * days - 7 * credited) * weekly // 35)


def _days_left(calendar: AgentCalendar, first: int, last: int) -> dict[int, tuple[int, ...]]:
    """Days of a week on which the person could have a shift that counts, and its possible lengths."""
    days = range(first, last + 1)
    return {
        day: calendar.lengths(day)
        for day in days
        if day not in calendar.unavailable and calendar.lengths(day)
    }


def _clock_changes(calendar: AgentCalendar, first: int, last: int) -> list[tuple[int, int]]:
    """Days of a week on which shifts may be longer by a clock change then or the day after, and minutes."""
    lengths = {day: calendar.starts_at(day + 1) - calendar.starts_at(day) for day in range(first, last + 2)}
    return [
        (day - before, (length - 96) * 15)
        for day, length in lengths.items()
        if length != 96
        for before in (0, 1)
    ]


@lru_cache(maxsize=4096)
def _largest_total(days: tuple[tuple[int, ...], ...], limit: int) -> int:
    """Largest total up to the limit of at most one length of each day; 0 if none fits."""
    totals = {0}
    for lengths in days:
        totals |= {total + length for total in totals for length in lengths if total + length <= limit}
    return max(totals)
