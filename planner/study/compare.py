"""Scenarios side by side, differences first, each only as far as proof goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner.rota import fairness
from planner.service import service_frame
from planner.study.money import DAYS_A_MONTH, hours_of, people_to_employ
from planner.study.plan import Plan, plan

if TYPE_CHECKING:
    import pandas as pd

    from planner.study.scenario import Scenario

COLUMNS = ("scenario", "figure", "unit", "value", "low", "high", "difference", "verdict")


@dataclass(frozen=True)
class Figure:
    """One figure of one scenario.

    Attributes
    ----------
    figure, unit: what and in which unit. value: of the plan.
    low, high: proven or simulated range; None where there is none.
    difference: against the first scenario. verdict: "lower", "higher", "same" or "not distinguishable".
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
    >>> verdict(10, 12, 13, 15), verdict(10, 14, 13, 15), verdict(5, 5, 5, 5)
    ('lower', 'not distinguishable', 'same')
    """
    if low is None or high is None or base_low is None or base_high is None:
        return "not distinguishable"
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
    least = None if result.unavoidable_cents is None else result.unavoidable_cents * month
    bound = None if result.bound_cents is None else result.bound_cents * month
    nights = fairness(made.rota, made.scenario.team)["nights"] * (DAYS_A_MONTH / made.scenario.days)
    employed = people_to_employ(made)
    whole, missing = objective.total * month, result.missing_hours
    rows: list[tuple[str, str, float, float | None, float | None]] = [
        ("people with a contract", "people", people, people, people),
        ("full-time people to employ, with leave and sickness", "people", employed, employed, employed),
        ("rostered hours", "hours a period", hours["rostered"], hours["rostered"], hours["rostered"]),
        ("contracted but idle hours", "hours a period", hours["idle"], hours["idle"], hours["idle"]),
        ("wages and premiums", f"{money} a month", wages * month, least, wages * month),
        ("cost with missing people priced", f"{money} a month", whole, bound, whole),
        ("people missing", "person-hours a period", missing, result.missing_hours_bound, missing),
        ("most nights of one person", "nights a month", float(nights.max()), None, None),
    ]  # fmt: skip
    if made.service is not None:
        frame = service_frame(made.service, made.scenario.zone)
        for row in frame[(frame["weekday"] == "") & (frame["arrived"] == "open")].to_dict("records"):
            name = f"answered within the promise: {row['queue']}"
            kept, low, high = (float(row[key]) for key in ("kept_share", "kept_low", "kept_high"))
            rows.append((name, "share", kept, low, high))
    return rows


def compare(plans: Sequence[Plan | Scenario]) -> Comparison:
    """Figures of two or more scenarios against the first; scenarios that are not planned yet are planned.

    Notes
    -----
    A figure is said to be lower or higher only when its range does not overlap the first's:
    cost between proven bound and cost found, service between its 10th and 90th percentile.
    """
    made = [p if isinstance(p, Plan) else plan(p) for p in plans]
    base = {name: (value, low, high) for name, _, value, low, high in _figures(made[0])}
    figures = []
    for each in made:
        for name, unit, value, low, high in _figures(each):
            first = base.get(name)
            if first is None:
                figures.append(Figure(each.scenario.name, name, unit, value, low, high, value, "new"))
                continue
            said = "same" if each is made[0] else verdict(low, high, first[1], first[2])
            figures.append(Figure(each.scenario.name, name, unit, value, low, high, value - first[0], said))
    return Comparison(tuple(figures))


def in_words(figure: Figure) -> Message:
    """One figure and its difference as a sentence."""
    values = {
        "scenario": figure.scenario,
        "figure": figure.figure,
        "value": f"{figure.value:,.2f}",
        "unit": figure.unit,
        "difference": f"{figure.difference:+,.2f}",
        "verdict": figure.verdict,
    }
    return Message("study.figure", values)
