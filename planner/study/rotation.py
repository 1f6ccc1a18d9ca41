"""A rotation for a scenario: the pattern, its dated rota, what the judge finds, and the smallest team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner import rota as rota_room
from planner._errors import ScenarioError
from planner._messages import Message
from planner.people import Agent
from planner.requirement import Need
from planner.rota import Rota, Rotation, RotationTerms, Wishes
from planner.rules import Violation
from planner.study import steps
from planner.study.edges import trim_edges
from planner.study.rotation_terms import Asked, asked_of
from planner.study.scenario.mistakes import place_of
from planner.study.scenario.rotation_said import RotationSaid
from planner.study.scenario.rotation_sense import HERE

if TYPE_CHECKING:
    from planner.scheduling.rotation import RotationProgress, RotationResult, RotationSettings
    from planner.study.scenario import Scenario

WORK_PER_ITERATION = 0.01  # deterministic seconds of the solver for one iteration of the scenario's effort
LONGEST_PERIOD = 13  # weeks that a scenario may have
FIRST_FIX = 0.2  # of the budget, for each rule that is left out to see whether it is the one

OnRotation = Callable[["RotationProgress"], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Rotated:
    """What was found for a scenario's rotation.

    Attributes
    ----------
    asked: group, posts and terms. terms: with the posts of one person a week.
    results: of every number of weeks that was tried, the last decides.
    people: who walks it; empty where the group is too small for it, or there is no pattern.
    rota: dated, over the scenario's period; None without people.
    violations: what the judge finds in it, of these people. without: rules of which any one, left out,
        would make an impossible rotation possible.
    need: of the scenario, where it has one for this period. missing_hours: of the rota against it.
    cost_cents: of the rota.
    """

    scenario: Scenario
    asked: Asked
    terms: RotationTerms
    results: tuple[RotationResult, ...]
    people: tuple[Agent, ...]
    rota: Rota | None
    violations: tuple[Violation, ...]
    without: tuple[Message, ...]
    need: Need | None
    missing_hours: float | None
    cost_cents: int | None

    @property
    def rotation(self) -> Rotation | None:
        """The pattern."""
        return self.results[-1].rotation

    @property
    def smallest_proved(self) -> bool:
        """Whether every smaller number of weeks that was tried is proved impossible."""
        return all(result.status == "impossible" for result in self.results[:-1])


def rotation(
    scenario: Scenario,
    weeks: int | None = None,
    smallest: bool = False,
    on_progress: OnRotation | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Rotated:
    """A rotation for a scenario.

    Parameters
    ----------
    weeks: of the cycle; default: as the scenario says, else as many as people walk it. A team of two or
        three times as many people has two or three in every week.
    smallest: try ever more weeks, one person in each, until there is a rotation.
    on_progress, is_cancelled: stopping keeps the best pattern so far.

    Raises
    ------
    ScenarioError
        If the rotation is not said as it must be, or its weeks cannot be shared by its people.
    SolveError
        If its rules together remember more than can be searched.
    """
    from planner.scheduling.rotation import rotate, smallest_rotation

    asked = asked_of(scenario)
    settings = _settings(scenario)
    if smallest:
        terms = asked.terms
        most = max(2 * terms.least_weeks + 10, len(asked.group))
        results = smallest_rotation(terms, most, settings, on_progress, is_cancelled)
    else:
        said = scenario.said.rotation or RotationSaid()
        cycle = weeks or said.weeks or len(asked.group)
        terms = _shared(asked, cycle, scenario)
        results = (rotate(terms, cycle, settings, on_progress, is_cancelled),)
    return _dated(scenario, asked, terms, results, _without(terms, results, settings, is_cancelled), smallest)


def _settings(scenario: Scenario) -> RotationSettings:
    from planner.scheduling.rotation import RotationSettings

    said = (scenario.said.rotation or RotationSaid()).wishes
    return RotationSettings(
        work=scenario.iterations * WORK_PER_ITERATION,
        seed=scenario.seed,
        seconds=scenario.time_limit_seconds,
        wishes=Wishes(said.extra_shift, said.worked_weekend, said.single_day_off, said.backward),
    )


def _shared(asked: Asked, weeks: int, scenario: Scenario) -> RotationTerms:
    """The terms of one person a week, where several walk each week."""
    people = len(asked.group)
    each, over = divmod(people, weeks)
    place = place_of(scenario.node, (HERE, "weeks"))
    if over or not each:
        raise ScenarioError(Message("rotation.not_shared", {"people": people, "weeks": weeks}, place))
    if asked.terms.exactly and any(needed % each for row in asked.terms.posts for needed in row):
        raise ScenarioError(Message("rotation.not_exactly", {"each": each}, place))
    posts = tuple(tuple(-(-needed // each) for needed in row) for row in asked.terms.posts)
    return replace(asked.terms, posts=posts)


def _without(
    terms: RotationTerms,
    results: tuple[RotationResult, ...],
    settings: RotationSettings,
    is_cancelled: IsCancelled | None,
) -> tuple[Message, ...]:
    """Of an impossible rotation, the rules of which any one left out would make it possible."""
    from planner.scheduling.rotation import rotate

    last = results[-1]
    if last.status != "impossible":
        return ()
    brief = replace(settings, work=settings.work * FIRST_FIX, wishes=rota_room.NO_WISHES)
    found = []
    for name, looser in _looser(terms):
        if is_cancelled and is_cancelled():
            break
        if rotate(looser, last.weeks, brief, None, is_cancelled).rotation is not None:
            found.append(Message(f"rotation.without_{name}"))
    return tuple(found)


def _looser(terms: RotationTerms) -> list[tuple[str, RotationTerms]]:
    """The terms with one kind of rule left out, where it says anything."""
    usual = RotationTerms(terms.shifts, terms.posts)
    keys = [
        *("work", "days_off", "blocks", "forbidden", "free_weekends"),
        *("days_off_together", "windows", "shifts_a_week"),
    ]
    pairs = [(key, replace(terms, **{key: getattr(usual, key)})) for key in keys]
    if terms.exactly:
        pairs.append(("exactly", replace(terms, exactly=False)))
    return [(key, looser) for key, looser in pairs if looser != terms]


def _dated(
    scenario: Scenario,
    asked: Asked,
    terms: RotationTerms,
    results: tuple[RotationResult, ...],
    without: tuple[Message, ...],
    smallest: bool,
) -> Rotated:
    """The rota of the people who walk the pattern, judged, re-counted and priced."""
    pattern = results[-1].rotation
    walkers = asked.group[: results[-1].weeks] if smallest else asked.group
    made = Rotated(scenario, asked, terms, results, (), None, (), without, None, None, None)
    if pattern is None or len(walkers) < pattern.weeks:
        return made
    scenario = _opened(scenario, pattern.weeks)
    days = (scenario.first_day, scenario.days)
    rota = rota_room.dated_rota(pattern, walkers, scenario.shift_types, *days, scenario.name, asked.starts)
    names = {agent.name for agent in walkers}
    found = tuple(each for each in steps.audit(rota, scenario) if each.agent in names)
    _, _, need = steps.demand_and_need(scenario)
    need, _ = trim_edges(need, scenario)
    cover = rota_room.recount(need, rota, scenario.skills, scenario.cyclic, steps.carried_of(scenario))
    return replace(
        made,
        scenario=scenario,
        people=walkers,
        rota=rota,
        violations=found,
        need=need,
        missing_hours=cover.missing_intervals * need.interval_minutes / 60,
        cost_cents=sum_cents(rota, scenario),
    )


def _opened(scenario: Scenario, weeks: int) -> Scenario:
    """Instead of a period that repeats for ever the whole cycle: nobody is back before its end."""
    if not scenario.cyclic:
        return scenario
    return scenario.replace(edge="open", period={"weeks": min(weeks, LONGEST_PERIOD)})


def sum_cents(rota: Rota, scenario: Scenario) -> int:
    """Wages and premiums of a rota."""
    cost = rota_room.rota_cost(rota, steps.pay_terms(scenario))
    return cost.base_cents + cost.premium_cents
