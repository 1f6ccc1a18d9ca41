"""The figures of a plan that are compared, as plain data: they travel from one process to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.rota import fairness, is_early
from planner.service import answered_by_period, kept_by_period, wait_by_period
from planner.study import steps
from planner.study.call_outs import call_outs
from planner.study.compare_ranges import Paired, paired_lives, verdict
from planner.study.hired import contract_hours
from planner.study.money import DAYS_A_MONTH, a_month, hours_of, people_to_employ
from planner.study.partner_owed import owed_beyond

if TYPE_CHECKING:
    from planner.service import Service
    from planner.study.plan import Plan


@dataclass(frozen=True)
class Measure:
    """One figure of one plan.

    Attributes
    ----------
    figure, unit: what and in which unit. value: of the plan.
    low, high: proven or simulated range; None where there is none.
    lives: the figure in each simulated period, NaN where it has none; empty: it is not simulated.
    """

    figure: str
    unit: str
    value: float
    low: float | None = None
    high: float | None = None
    lives: tuple[float, ...] = ()


@dataclass(frozen=True)
class Measured:
    """All figures of one plan, in order.

    Attributes
    ----------
    seed: of the simulation: plans of one seed met the same customers.
    """

    scenario: str
    seed: int
    measures: tuple[Measure, ...]

    def plain(self) -> dict[str, Any]:
        """As mappings, lists, numbers and texts; what is not known is None."""
        rows = [
            [m.figure, m.unit, *map(_told, (m.value, m.low, m.high)), [_told(life) for life in m.lives]]
            for m in self.measures
        ]
        return {"scenario": self.scenario, "seed": self.seed, "measures": rows}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Measured:
        """What ``plain`` wrote."""
        rows = tuple(
            Measure(figure, unit, nan if value is None else value, low, high, _lives(lives))
            for figure, unit, value, low, high, lives in plain["measures"]
        )
        return cls(str(plain["scenario"]), int(plain["seed"]), rows)


def _told(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else float(value)


def _lives(values: Sequence[float | None]) -> tuple[float, ...]:
    return tuple(nan if value is None else value for value in values)


def against(first: Measure, other: Measure, same_seed: bool) -> Paired | None:
    """The paired difference of two figures; None where they were not lived through together."""
    if not same_seed or not first.lives or not other.lives:
        return None
    found = paired_lives(other.value - first.value, first.lives, other.lives)
    return None if found.low is None else found


def difference_of(first: Measure, other: Measure, same_seed: bool) -> tuple[float | None, float | None, str]:
    """Range of the difference of two figures, and the verdict: by pairs, else by ranges apart."""
    pair = against(first, other, same_seed)
    if pair is not None and isfinite(pair.mean):
        return pair.low, pair.high, pair.verdict
    ends = (other.low, other.high, first.low, first.high)
    low, high, base_low, base_high = ends
    if low is None or high is None or base_low is None or base_high is None or not all(map(_known, ends)):
        return None, None, "no range"
    return low - base_high, high - base_low, verdict(*ends)


def _known(value: float | None) -> bool:
    return value is not None and isfinite(value)


def measures_of(made: Plan) -> Measured:
    """Every figure of a plan, with its range and its simulated periods."""
    rows = (*_costs(made), *_burdens(made))
    service = made.service
    served = () if service is None else tuple(_served(service))
    seed = made.scenario.seed if service is None else service.settings.seed
    return Measured(made.scenario.name, seed, (*rows, *served))


def _costs(made: Plan) -> Iterator[Measure]:
    """People, hours and money; cost lies between its proven bound and what rota and partner cost."""
    result, hours = made.result, hours_of(made)
    objective, money = result.objective, f"{made.scenario.currency} a month"
    days, owed = made.scenario.days, owed_beyond(made)
    wages = objective.pay + owed
    people = sum(1 for agent in made.scenario.team.agents if agent.weekly_minutes > 0)
    # The bound is on pay and soft rules together: on pay alone only where no rule is soft.
    least_cents = None if any_soft(made) else result.unavoidable_cents
    least = None if least_cents is None else a_month(least_cents, days)
    bound = None if result.bound_cents is None else a_month(result.bound_cents, days)
    whole, missing = a_month(objective.total + owed, days), result.missing_hours
    employed = people_to_employ(made)
    yield Measure("people with a contract", "people", people, people, people)
    yield Measure("full-time people to employ, with leave and sickness", "people", employed)
    yield Measure("rostered hours", "hours a period", hours["rostered"])
    yield Measure("contracted but idle hours", "hours a period", hours["idle"])
    yield Measure("wages and premiums", money, a_month(wages, days), least, a_month(wages, days))
    paid = a_month(wages + idle_cents(made), days)
    yield Measure("pay with idle contracted hours", money, paid, least, paid)
    yield Measure("cost with missing people priced", money, whole, bound, whole)
    yield Measure("people missing", "person-hours a period", missing, result.missing_hours_bound, missing)
    if owed:
        yield Measure("owed to a partner beyond the roster", money, a_month(owed, days))
    called = call_outs(made.rota, made.scenario)
    if called:
        yield Measure("call-outs expected", money, a_month(sum(each.cents for each in called), days))


def idle_cents(made: Plan) -> int:
    """Pay of contracted hours that no shift uses, cents of the period.

    Hours as in ``money.hours_of``: by person, so that one's hours too many do not hide another's idle.
    """
    calendars, terms = steps.calendars_of(made.scenario), steps.pay_terms(made.scenario)
    total = 0.0
    for agent in made.scenario.team.agents:
        worked = sum(s.paid_minutes for s in made.rota.tour(agent.name) if s.counted) / 60
        owed = contract_hours(agent, calendars[agent.name])
        total += max(0.0, owed - worked) * terms.hourly_cents[agent.name]
    return round(total)


def _burdens(made: Plan) -> Iterator[Measure]:
    """Nights, weekends and starts before 07:00 that are no nights: of one at most, of all; no partner's."""
    team, month = made.scenario.team, DAYS_A_MONTH / made.scenario.days
    own = [agent for agent in team.agents if not agent.outside]
    table = fairness(made.rota, team)
    table = table[table["agent"].isin([agent.name for agent in own])]
    for what in ("nights", "weekends"):
        most = max(table[what], default=0)
        yield Measure(f"most {what} of one person", f"{what} a month", float(most) * month)
        yield Measure(f"{what} of all people", f"{what} a month", float(table[what].sum()) * month)
    early = [
        sum(
            is_early(s, agent, team.site_of(agent)) for s in made.rota.tour(agent.name) if s.kind != "on_call"
        )
        for agent in own
    ]
    yield Measure("most starts before 07:00 of one person", "starts a month", max(early, default=0) * month)
    yield Measure("starts before 07:00 of all people", "starts a month", sum(early) * month)


def _served(service: Service) -> Iterator[Measure]:
    """What customers of each queue get, on the contacts that its promise is judged on."""
    rows = {(row["queue"], row["arrived"]): row for row in service.totals()}
    for queue in service.queues:
        on = queue.promise.judged_on
        row = rows[queue.name, on]
        kept = kept_by_period(service, queue=queue.name, arrived=on)
        low, high = (float(row[key]) for key in ("kept_low", "kept_high"))
        name, value = f"answered within the promise: {queue.name}", float(row["kept_share"])
        yield Measure(name, "share", value, low, high, tuple(kept.tolist()))
        for what, share, key in (("half", 0.5, "median"), ("9 of 10", 0.9, "p90")):
            name, value = f"{what} wait at most: {queue.name}", float(row[f"wait_{key}_seconds"])
            yield _simulated(name, "seconds", value, wait_by_period(service, queue.name, share, on))
        name, came = f"contacts answered: {queue.name}", answered_by_period(service, queue.name)
        yield _simulated(name, "contacts a week", float(came.mean()), came)


def _simulated(name: str, unit: str, value: float, lives: np.ndarray) -> Measure:
    """A figure with the range in which 8 of 10 periods lie, as ``kept_low`` and ``kept_high``."""
    known = lives[np.isfinite(lives)]
    if not len(known) or not isfinite(value):
        return Measure(name, unit, value)
    low, high = np.percentile(known, [10, 90])
    return Measure(name, unit, value, min(float(low), value), max(float(high), value), tuple(lives.tolist()))


def any_soft(made: Plan) -> bool:
    """Whether a rule of anybody is soft."""
    rules = made.scenario.personal_rules
    return any(not rule.hard for its in rules.values() for rule in its)
