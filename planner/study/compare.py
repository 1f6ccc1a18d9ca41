"""Scenarios side by side, differences first, each only as far as proof goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner._errors import ScenarioError
from planner._messages import Message
from planner.rota import fairness
from planner.service import service_frame
from planner.study.money import DAYS_A_MONTH, hours_of, people_to_employ
from planner.study.plan import Plan, plan
from planner.study.progress import OnPlanProgress, for_stage

if TYPE_CHECKING:
    import pandas as pd

    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

COLUMNS = ("scenario", "figure", "unit", "value", "low", "high", "difference", "verdict")


@dataclass(frozen=True)
class Figure:
    """One figure of one scenario.

    Attributes
    ----------
    figure, unit: what and in which unit. value: of the plan.
    low, high: proven or simulated range; None where there is none.
    difference: against the first scenario.
    verdict: against the first scenario "lower", "higher", "same" or "not distinguishable", as far as
        ranges allow; "no range" where none is known, "new" where the first has no such figure.
    """

    scenario: str
    figure: str
    unit: str
    value: float
    low: float | None
    high: float | None
    difference: float
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """Figures of all scenarios, in the order given; the first is the one compared against."""

    figures: tuple[Figure, ...]

    def table(self) -> pd.DataFrame:
        """Long frame, columns as in ``comparison.csv``."""
        import pandas as pd

        rows: list[dict[str, Any]] = [{name: getattr(f, name) for name in COLUMNS} for f in self.figures]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def of(self, scenario: str, figure: str) -> Figure:
        """One figure (KeyError if there is none)."""
        return {(f.scenario, f.figure): f for f in self.figures}[scenario, figure]


def verdict(low: float | None, high: float | None, base_low: float | None, base_high: float | None) -> str:
    """Which of two ranges is higher, as far as they do not overlap.

    Examples
    --------
    >>> verdict(10, 12, 13, 15), verdict(10, 14, 13, 15), verdict(5, 5, 5, 5), verdict(None, 5, 6, 7)
    ('lower', 'not distinguishable', 'same', 'no range')
    """
    if low is None or high is None or base_low is None or base_high is None:
        return "no range"
    if (low, high) == (base_low, base_high) and low == high:
        return "same"
    if high < base_low:
        return "lower"
    return "higher" if low > base_high else "not distinguishable"


def _figures(made: Plan) -> list[tuple[str, str, float, float | None, float | None]]:
    """Name, unit, value and range of each figure of a plan."""
    result = made.result
    objective, hours = result.objective, hours_of(made)
    month = DAYS_A_MONTH / made.scenario.days / 100
    wages = objective.labour + objective.premiums
    money = made.scenario.currency
    people = sum(1 for agent in made.scenario.team.agents if agent.weekly_minutes > 0)
    # The bound is on pay and soft rules together: on pay alone only where no rule is soft.
    least = None if result.unavoidable_cents is None or any_soft(made) else result.unavoidable_cents * month
    bound = None if result.bound_cents is None else result.bound_cents * month
    nights = max(fairness(made.rota, made.scenario.team)["nights"], default=0) * DAYS_A_MONTH
    employed = people_to_employ(made)
    whole, missing = objective.total * month, result.missing_hours
    rows: list[tuple[str, str, float, float | None, float | None]] = [
        ("people with a contract", "people", people, people, people),
        ("full-time people to employ, with leave and sickness", "people", employed, None, None),
        ("rostered hours", "hours a period", hours["rostered"], None, None),
        ("contracted but idle hours", "hours a period", hours["idle"], None, None),
        ("wages and premiums", f"{money} a month", wages * month, least, wages * month),
        ("cost with missing people priced", f"{money} a month", whole, bound, whole),
        ("people missing", "person-hours a period", missing, result.missing_hours_bound, missing),
        ("most nights of one person", "nights a month", nights / made.scenario.days, None, None),
    ]  # fmt: skip
    if made.service is not None:
        frame = service_frame(made.service, made.scenario.zone)
        on = frame["queue"].map({queue.name: queue.promise.judged_on for queue in made.service.queues})
        for row in frame[(frame["weekday"] == "") & (frame["arrived"] == on)].to_dict("records"):
            name = f"answered within the promise: {row['queue']}"
            kept, low, high = (float(row[key]) for key in ("kept_share", "kept_low", "kept_high"))
            rows.append((name, "share", kept, low, high))
    return rows


def any_soft(made: Plan) -> bool:
    """Whether a rule of anybody is soft."""
    rules = made.scenario.personal_rules
    return any(not rule.hard for its in rules.values() for rule in its)


def comparable(scenarios: Sequence[Scenario]) -> tuple[Message, ...]:
    """Why scenarios cannot stand side by side: another period, grain or currency, or one name twice."""
    first = scenarios[0]
    mistakes = []
    for each in scenarios[1:]:
        values = {"stage": each.name, "first": first.name}
        if _grid(each) != _grid(first):
            mistakes.append(Message("study.other_period", values))
        if each.currency != first.currency:
            money = {"currency": each.currency, "other": first.currency}
            mistakes.append(Message("study.other_currency", {**values, **money}))
    names = [each.name for each in scenarios]
    twice = sorted({name for name in names if names.count(name) > 1})
    return (*mistakes, *(Message("study.same_name", {"name": name}) for name in twice))


def _grid(scenario: Scenario) -> tuple[object, ...]:
    return scenario.first_day, scenario.days, scenario.interval_minutes


def compare(
    plans: Sequence[Plan | Scenario],
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Comparison:
    """Figures of two or more scenarios against the first; scenarios that are not planned yet are planned.

    Parameters
    ----------
    on_progress, is_cancelled: as ``plan`` takes them; once cancelled, no further scenario is planned,
        and those planned so far are compared.

    Raises
    ------
    ScenarioError: when they cannot stand side by side.

    Notes
    -----
    A figure is said to be lower or higher only when its range does not overlap the first's:
    cost between proven bound and cost found, service between its 10th and 90th percentile.
    """
    mistakes = comparable([each.scenario if isinstance(each, Plan) else each for each in plans])
    if mistakes:
        raise ScenarioError(*mistakes)
    made: list[Plan] = []
    for number, each in enumerate(plans, start=1):
        if made and is_cancelled is not None and is_cancelled():
            break
        listen = for_stage(on_progress, number, len(plans))
        made.append(each if isinstance(each, Plan) else plan(each, listen, is_cancelled))
    base = {name: (value, low, high) for name, _, value, low, high in _figures(made[0])}
    figures = []
    for one in made:
        for name, unit, value, low, high in _figures(one):
            first = base.get(name)
            if first is None:
                figures.append(Figure(one.scenario.name, name, unit, value, low, high, value, "new"))
                continue
            said = "same" if one is made[0] else verdict(low, high, first[1], first[2])
            figures.append(Figure(one.scenario.name, name, unit, value, low, high, value - first[0], said))
    return Comparison(tuple(figures))


def in_words(figure: Figure, first: str = "") -> Message:
    """One figure and its difference as a sentence; without a difference for the scenario named ``first``."""
    values = {
        "scenario": figure.scenario,
        "figure": figure.figure,
        "value": _amount(figure.value, figure.unit, "{:,}"),
        "difference": _amount(figure.difference, figure.unit, "{:+,}"),
        "verdict": figure.verdict,
    }
    return Message("study.figure_first" if figure.scenario == first else "study.figure", values)


def _amount(value: float, unit: str, form: str) -> str:
    """A figure with its unit, in as many digits as people read."""
    if not isfinite(value):
        return "–"
    if unit == "share":
        points = form.startswith("{:+")
        return f"{form.format(round(100 * value, 1) + 0.0)} {'points' if points else '%'}"
    if unit == "people":
        return f"{form.format(round(value, 1) if value % 1 else round(value))} people"
    digits = 1 if unit.startswith(("nights", "person-hours")) else 0
    rounded = round(value, digits) + 0.0
    return f"{form.format(rounded if digits else int(rounded))} {unit}"
