"""Hours in each week, or averaged over the period: at most and at least, by contract or by number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.contract import days_left, left_to_work, whole_shifts, working_days
from planner.rules.measure import weekly
from planner.rules.rule import Hours, Rule, Stricter, Violation, hours_text
from planner.rules.shapes import ANY_DUTY, Shape, Sum

Limit = Literal["contract"] | Hours


class WeeklyHours(Rule):
    """Paid hours that count towards the contract, in each ISO week of the person's zone.

    A contract is credited: each Monday to Friday of leave, outside the contract or on a public holiday
    counts as a fifth of it, or as the planned shift where the site says so. ``at_least: contract`` asks
    for the largest total that whole shifts can make within that, on the days that are left: 32 h of a 38-h
    contract with 8-h shifts. In a week in which clocks change, it also takes a total with one shift that
    the change made longer or shorter. A first week that the period cuts off is taken whole where last
    period's shifts are known, else by its share of days; in a last one the whole contract may be worked
    (the next period holds to it), and its share is asked. A number of hours as ``at_most`` is neither
    credited nor shared out. Nothing that is asked for is more than a shift on each day that is left can
    hold: on some days no shift is given.

    ``per: period`` averages over the period (annualised hours): the contract of all its weeks together,
    with the minutes that the ledger carries over or under it; a number is then hours a week on average.

    Attributes
    ----------
    at_most, at_least: "contract", hours such as "40 h", or None. Both "contract" if neither is given.
    per: "week" or "period".

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
        {"at_most": "contract", "at_least": "contract", "per": "period"},
    )

    at_most: Limit | None = Field(default=None, union_mode="left_to_right")
    at_least: Limit | None = Field(default=None, union_mode="left_to_right")
    per: Literal["week", "period"] = "week"

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
        """Least and most counted minutes of a week or the period, what is carried counted in.

        Parameters
        ----------
        calendar: of the person.
        first, last: day indices of the week inside the period, or of the period.
        carried: minutes that a week already begun holds before the period.
        """
        weekly, shares = calendar.agent.weekly_minutes, self._shares(calendar, first, last)
        begun = first - (calendar.days_before if first == 0 and calendar.carried_known else 0)
        surplus = (calendar.balance("surplus_minutes") or 0) if self.per == "period" else 0
        low, high = (max(0, left_to_work(calendar, begun, last, weekly, each) - surplus) for each in shares)
        asked, most = _minutes(self.at_least), _minutes(self.at_most)
        if most is not None and self.per == "period":
            most = int(shares[1] * most)
        most = high if self.at_most == "contract" else most
        if self.at_least != "contract":
            if asked is None:
                return None, most
            longest = carried + sum(lengths[-1] for lengths in days_left(calendar, first, last).values())
            return min(longest, left_to_work(calendar, begun, last, asked, shares[0])), most
        room = (low if most is None else min(low, most)) - carried
        return carried + whole_shifts(calendar, first, last, room), most

    def _shares(self, calendar: AgentCalendar, first: int, last: int) -> tuple[Fraction, Fraction]:
        """How much of a week some days stand for, at least and at most."""
        if self.per == "period":
            share = Fraction(working_days(calendar, first, last), 5)
            return share, share
        known = first == 0 and calendar.carried_known
        days = last - first + 1 + (calendar.days_before if known else 0)
        before = calendar.days_before if first == 0 else 0
        part = sorted((Fraction(days, 7), Fraction(working_days(calendar, first - known * before, last), 5)))
        ends = last == calendar.days - 1 and before + last - first < 6 and not calendar.cyclic
        open_end = ends and (known or not before)
        return part[0], Fraction(1) if open_end else part[1]

    def _spans(self, calendar: AgentCalendar) -> tuple[tuple[int, int], ...]:
        """First and last day of each span that is judged."""
        return ((0, calendar.days - 1),) if self.per == "period" else calendar.weeks

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One sum of counted minutes per week, or over the period."""
        found = []
        for first, last in self._spans(calendar):
            begun = [o for o in calendar.carried if first == 0 and o.day >= -calendar.days_before]
            carried = sum(option.counted_minutes for option in begun) if self.per == "week" else 0
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
        """Add up the paid minutes of the shifts that start in each week or the period."""
        broken = []
        now, earlier = ([s for s in shifts if s.counted] for shifts in (tour, carried))
        totals = list(weekly(calendar, now, earlier, lambda shift: shift.paid_minutes))
        if self.per == "period":
            totals = [(calendar.first_day, 0, sum(total - begun for _, begun, total in totals))]
        words = {"week": ("broken", "too_few"), "period": ("broken_period", "too_few_period")}[self.per]
        for (first, last), (start, begun, total) in zip(self._spans(calendar), totals, strict=True):
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
                more = total - max(most, begun)
                broken.append(self.found(calendar, start, more, said, sentence=words[0]))
            if least is not None and total < least:
                broken.append(self.found(calendar, start, least - total, said, sentence=words[1]))
        return tuple(broken)

    def explain(self) -> Message:
        """In a sentence."""
        sides = (("most", self.at_most), ("least", self.at_least))
        asked = {side: value for side, value in sides if value is not None}
        code = "".join(f"_{side}" + "_contract" * (value == "contract") for side, value in asked.items())
        said = Message(
            f"rules.weekly_hours{code}",
            {side: hours_text(_minutes(value) or 0) for side, value in asked.items()},
        )
        return Message("rules.weekly_hours_period", {"text": str(said)}) if self.per == "period" else said


def _minutes(hours: Literal["contract"] | float | None) -> int | None:
    """Whole minutes of a number of hours."""
    return None if hours is None or hours == "contract" else round(hours * 60)
