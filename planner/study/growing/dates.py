"""When a stage can start, and what its hires cost once."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import duration_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Earliest:
    """When what needs so many hires can start.

    Attributes
    ----------
    day: None: no day of the decision is said. weeks: from the decision, rounded up.
    reasons: what takes the time, in order.
    """

    day: date | None
    weeks: int
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class OneOff:
    """What hires cost once, in currency units.

    Attributes
    ----------
    recruiting, equipment: as said, for all hires. training: wages of the time in which nobody is answered.
    stated: which of recruiting and equipment somebody said; what nobody said counts nothing.
    """

    recruiting: float
    training: float
    equipment: float
    stated: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """All of it."""
        return self.recruiting + self.training + self.equipment


def earliest(scenario: Scenario, hires: int, beside: timedelta = AT_ONCE) -> Earliest:
    r"""From the decision to the first day with a rota that needs so many hires.

    With hires it is the lead time, training and the ramp, for all of them at once; without, the notice that
    people get of a changed rota. A rota with hires is known in time, for nobody hires in less than a notice,
    or the notice counts.

    Parameters
    ----------
    beside: what takes its time from the same decision on, such as the set-up of a partner; the longer counts.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5\nhiring: {decided: 2026-01-05}")
    >>> earliest(desk, 2).weeks, earliest(desk, 2).day.isoformat()
    (18, '2026-05-11')
    >>> earliest(desk, 0).weeks, earliest(desk, 0, timedelta(weeks=6)).weeks
    (4, 6)
    """
    said = scenario.said.hiring
    hired = said.lead_time + said.until_full
    if hires and hired >= said.notice:
        length = hired
        values = {
            "lead": duration_text(said.lead_time),
            "training": duration_text(said.training),
            "ramp": duration_text(said.until_full - said.training),
        }
        reasons = [Message("growing.takes_lead", values)]
        reasons += [Message("growing.takes_training", values)] if said.training else []
        reasons += [Message("growing.takes_ramp", values)] if said.ramp else []
    else:
        length = said.notice
        reasons = [Message("growing.takes_notice", {"notice": duration_text(length)})]
    length = max(length, beside)
    weeks = math.ceil(length / timedelta(weeks=1))
    return Earliest(said.decided + length if said.decided else None, weeks, tuple(reasons))


def one_off(scenario: Scenario, hires: int, names: Collection[str] = ()) -> OneOff:
    r"""What so many hires cost once.

    The wage of a hire is that of those who join, where they stand in the team by name; else of the kinds that
    may be hired, on average, or of the team where none is said.

    Parameters
    ----------
    names: of those who join, as the team has them.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5\nhiring: {recruiting: 3000, equipment: 1500}")
    >>> one_off(desk, 2)
    OneOff(recruiting=6000.0, training=2400.0, equipment=3000.0, stated=('recruiting', 'equipment'))
    """
    said = scenario.said.hiring
    return OneOff(
        hires * said.recruiting,
        round(hires * weekly_wage(scenario, names) * (said.training / timedelta(weeks=1)), 2),
        hires * said.equipment,
        tuple(key for key in ("recruiting", "equipment") if key in said.model_fields_set),
    )


def weekly_wage(scenario: Scenario, names: Collection[str] = ()) -> float:
    """What a hire costs a week, in currency units: contract hours at the employer's cost.

    Parameters
    ----------
    names: of people of the team who are the hires; their mean then.
    """
    joining = [agent for agent in scenario.team.agents if agent.name in names]
    if joining:
        return sum(a.cost_per_hour * a.weekly_minutes / 60 for a in joining) / len(joining)
    agents = [agent for agent in scenario.team.agents if not agent.outside]
    usual = sum(a.cost_per_hour for a in agents) / len(agents) if agents else 0.0
    sites = {site.name: site.full_time_minutes / 60 for site in scenario.sites}
    first = next(iter(sites.values()))
    kinds = scenario.said.hires.types
    if not kinds:
        return usual * first
    wages = [
        (usual if kind.cost is None else kind.cost)
        * (sites.get(kind.site, first) if kind.weekly_hours is None else kind.weekly_hours)
        for kind in kinds
    ]
    return sum(wages) / len(wages)
