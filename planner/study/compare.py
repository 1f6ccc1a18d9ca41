"""Plans side by side: every figure with its range and its difference to the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from planner._errors import ScenarioError
from planner._messages import Message
from planner.study.compare_costs import CostPart, cost_parts
from planner.study.compare_figures import Measured, any_soft, difference_of, measures_of
from planner.study.compare_ranges import Paired, paired, verdict
from planner.study.goals import promise_text
from planner.study.plan import Plan, plan
from planner.study.progress import OnPlanProgress, for_stage

if TYPE_CHECKING:
    import pandas as pd

    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

__all__ = [
    "COLUMNS",
    "Comparison",
    "Figure",
    "Paired",
    "any_soft",
    "comparable",
    "compare",
    "in_words",
    "other_promises",
    "paired",
    "side_by_side",
    "verdict",
]

COLUMNS = (
    *("scenario", "figure", "unit", "value", "low", "high", "difference", "verdict"),
    *("difference_low", "difference_high"),
)


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
    difference_low, difference_high: range of the difference: of pairs of simulated periods where both are
        simulated with one seed, else between the ends of the two ranges; None where there is none.
    """

    scenario: str
    figure: str
    unit: str
    value: float
    low: float | None
    high: float | None
    difference: float
    verdict: str
    difference_low: float | None = None
    difference_high: float | None = None


@dataclass(frozen=True)
class Comparison:
    """Figures of all scenarios, in the order given; the first is the one compared against.

    Attributes
    ----------
    costs: what each cost is made of, and its difference to the first; parts add up to the cent.
    """

    figures: tuple[Figure, ...]
    costs: tuple[CostPart, ...] = ()

    def table(self) -> pd.DataFrame:
        """Long frame, columns as in ``comparison.csv``."""
        import pandas as pd

        rows: list[dict[str, Any]] = [{name: getattr(f, name) for name in COLUMNS} for f in self.figures]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def cost_table(self) -> pd.DataFrame:
        """Long frame, columns as in ``cost_parts.csv``."""
        import pandas as pd

        rows = [
            {"scenario": p.scenario, "part": p.part, "cost": p.cost, "difference": p.against_first}
            for p in self.costs
        ]
        return pd.DataFrame(rows, columns=["scenario", "part", "cost", "difference"])

    def of(self, scenario: str, figure: str) -> Figure:
        """One figure (KeyError if there is none)."""
        return {(f.scenario, f.figure): f for f in self.figures}[scenario, figure]


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
    A cost is said to be lower or higher only when the ranges between proven bound and cost found do not
    overlap. Service is compared period by period, each lived through by both plans with the same customers:
    lower or higher is said when the 95 % range of the mean difference leaves out 0.
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
    figures = side_by_side([measures_of(one) for one in made])
    return Comparison(figures, cost_parts(made))


def side_by_side(measured: Sequence[Measured]) -> tuple[Figure, ...]:
    """Figures that were measured anywhere, against the first."""
    first = measured[0]
    base = {measure.figure: measure for measure in first.measures}
    figures = []
    for one in measured:
        for m in one.measures:
            mine = (one.scenario, m.figure, m.unit, m.value, m.low, m.high)
            if m.figure not in base:
                figures.append(Figure(*mine, m.value, "new"))
                continue
            began = base[m.figure]
            if one is first:
                figures.append(Figure(*mine, m.value - began.value, "same", *_nothing(m.value)))
                continue
            low, high, said = difference_of(began, m, one.seed == first.seed)
            figures.append(Figure(*mine, m.value - began.value, said, low, high))
    return tuple(figures)


def _nothing(value: float) -> tuple[float | None, float | None]:
    """Range of the difference of a figure to itself."""
    return (0.0, 0.0) if isfinite(value) else (None, None)


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


def other_promises(scenarios: Sequence[Scenario]) -> tuple[Message, ...]:
    """Where scenarios promise otherwise than the first: shares within the promise then mean different things.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> fast = {"name": "email en", "channel": "email", "language": "en", "promise": "90% within 1 h"}
    >>> [str(line) for line in other_promises([desk, desk.replace(name="Fast", queues=[fast])])]
    ['Fast: email en promises 90% within 1 h, not 90% within 4 h; what is kept of the two does not compare']
    """
    first = {queue.name: promise_text(queue.promise) for queue in scenarios[0].queues}
    found = []
    for each in scenarios[1:]:
        now = {queue.name: promise_text(queue.promise) for queue in each.queues}
        changed: dict[tuple[str, str], list[str]] = {}
        for name in now:
            if first.get(name, now[name]) != now[name]:
                changed.setdefault((now[name], first[name]), []).append(name)
        for (promise, before), names in changed.items():
            values = {"scenario": each.name, "queues": ", ".join(names)}
            code = "one" if len(names) == 1 else "some"
            found.append(
                Message(f"compare.promises_{code}", {**values, "promise": promise, "before": before})
            )
    return tuple(found)


def _amount(value: float, unit: str, form: str) -> str:
    """A figure with its unit, in as many digits as people read."""
    if not isfinite(value):
        return "–"
    if unit == "share":
        points = form.startswith("{:+")
        return f"{form.format(round(100 * value, 1) + 0.0)} {'points' if points else '%'}"
    if unit == "people":
        return f"{form.format(round(value, 1) if value % 1 else round(value))} people"
    if unit == "seconds":
        return _time(value, form)
    digits = 1 if unit.startswith(("nights", "weekends", "starts", "person-hours", "contacts")) else 0
    rounded = round(value, digits) + 0.0
    return f"{form.format(rounded if digits else int(rounded))} {unit}"


def _time(seconds: float, form: str) -> str:
    """A wait in the unit that people say it in."""
    for unit, size in (("h", 3600), ("min", 60)):
        if abs(seconds) >= 2 * size:
            return f"{form.format(round(seconds / size, 1) + 0.0)} {unit}"
    return f"{form.format(round(seconds) + 0)} s"
