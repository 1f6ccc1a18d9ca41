"""A price on each hour beyond a limit; several make tiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from planner._messages import Message
from planner.rota import Shift
from planner.rules.calendar import AgentCalendar
from planner.rules.kinds import carried_since
from planner.rules.rule import Hours, Rule, Violation, hours_text
from planner.rules.shapes import ANY_DUTY, Shape, Sum
from planner.rules.telling import counted, outside
from planner.rules.windows import Per, windows


class Overtime(Rule):
    """Each paid hour that counts towards the contract beyond a limit costs the penalty.

    Write it several times for tiers: above 40 h at 4, and above 48 h at 3 more, make hours from the 49th
    on cost 7. It limits nothing: say the hard limit as ``weekly_hours``, which otherwise is the contract.

    Attributes
    ----------
    above: hours, or "contract" (of each week; a fortnight has two of them, a period its share by days).
    per: "week" (ISO), "fortnight" (two, from the first week of the period on), "month" or "period".
        Where the period cuts one off, the limit holds in full, with last period's hours that are known.
    penalty: for an hour; must be given.

    Examples
    --------
    >>> str(Overtime(above="40 h", penalty=4).explain())
    'Hours beyond 40 in each week cost more'
    >>> str(Overtime(above="contract", per="period", penalty=4).explain())
    "Hours beyond the contract's over the period cost more"
    """

    name: ClassVar[str] = "overtime"
    unit: ClassVar[str] = "minute"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"above": "24 h", "penalty": 4},
        {"above": "contract", "per": "month", "penalty": 6},
        {"above": "contract", "per": "week", "penalty": 3},
    )

    above: Literal["contract"] | Hours
    per: Per = "week"

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if self.penalty is None:
            raise ValueError("give overtime a penalty for an hour; a limit is weekly_hours or period_hours")
        return self

    def most(self, calendar: AgentCalendar, length: int) -> int:
        """Minutes that cost nothing in a window of so many days."""
        if self.above == "contract":
            return calendar.agent.weekly_minutes * length // 7
        return round(self.above * 60)

    def shapes(self, calendar: AgentCalendar) -> tuple[Shape, ...]:
        """One priced sum of counted minutes per window."""
        return tuple(
            Sum(
                self.name,
                ANY_DUTY,
                "counted_minutes",
                window.begins,
                window.last,
                most=self.most(calendar, window.length),
                carried=sum(o.counted_minutes for o in carried_since(calendar, ANY_DUTY, window.first)),
                price=self.price,
            )
            for window in windows(calendar, self.per)
        )

    def check(
        self, calendar: AgentCalendar, tour: Sequence[Shift], carried: Sequence[Shift]
    ) -> tuple[Violation, ...]:
        """Add up the paid minutes of the shifts that start in each window."""
        now, earlier = ([s for s in shifts if s.counted] for shifts in (tour, carried))
        found = []
        for window in windows(calendar, self.per):
            totals = counted(calendar, window, now, earlier, lambda shift: shift.paid_minutes)
            limits = (None, self.most(calendar, window.length))
            found += outside(self, calendar, window, totals, limits, hours_text)
        return tuple(found)

    def explain(self) -> Message:
        """In a sentence."""
        hours = "" if self.above == "contract" else hours_text(self.above * 60)
        return Message(f"rules.overtime_{self.per}" + "_contract" * (not hours), {"hours": hours})
