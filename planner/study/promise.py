"""The price of a promise: the same desk planned for each promise, from loose to tight.

One engine, one data set, one seed; each promise starts from the rota of its neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Literal

from planner.requirement import reachable_share
from planner.rota import Rota
from planner.study import steps
from planner.study.compare import any_soft, verdict
from planner.study.goals import Asked, asked, variants
from planner.study.misses import TOLERANCE
from planner.study.more_people import More, people_more
from planner.study.plan import Plan, plan
from planner.study.priced import Kept, Takes, kept_in, mean_hour_cost, takes, worst
from planner.study.progress import OnPlanProgress, for_stage

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

_CENT = 0.01
NoPrice = Literal["no team", "nobody comes"]


@dataclass(frozen=True, eq=False)
class Priced:
    """One point of the curve.

    Attributes
    ----------
    plan: its plan; where the rota of a tighter promise serves this one for less, that rota.
    kept: how much each queue of the desk keeps of its promise. worst: the asked queue that keeps least.
    takes: people, hours and money; None where there is no price. reachable: share that the best of teams
        could answer in time, the smallest of the asked queues to which somebody comes.
    no_price: why: no team could keep it, or nobody comes to any asked queue; None where there is one.
    more: where this team does not keep the promise, the people who would beside it; else None.
    rota_of: label of the tighter promise whose rota it uses; "" for its own.
    difference, difference_share: of cost a month against today's promise; None while that is not known.
    verdict: against today's promise, as far as proven ranges allow; see ``compare``.
    """

    asked: Asked
    plan: Plan
    kept: Mapping[str, Kept]
    worst: Kept | None
    takes: Takes | None
    reachable: float
    no_price: NoPrice | None = None
    more: More | None = None
    rota_of: str = ""
    difference: float | None = None
    difference_share: float | None = None
    verdict: str = "no range"


@dataclass(frozen=True, eq=False)
class PriceCurve:
    """What each promise takes, from loose to tight.

    Attributes
    ----------
    points: those worked out, today's promise among them.
    wanted: how many there would be. hour_cost: what an hour of a missing person is counted at.
    """

    scenario: Scenario
    queues: tuple[str, ...]
    points: tuple[Priced, ...]
    wanted: int
    hour_cost: float

    @property
    def cancelled(self) -> bool:
        """Whether the work was stopped before the last promise."""
        return len(self.points) < self.wanted

    def of(self, label: str) -> Priced:
        """The point of one promise (KeyError if there is none)."""
        return {point.asked.label: point for point in self.points}[label]


def promise(
    scenario: Scenario,
    goals: Sequence[str],
    queues: Sequence[str] = (),
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> PriceCurve:
    """Plan a desk for today's promise and for others, and say what each takes.

    Parameters
    ----------
    goals, queues: as ``asked`` takes them.
    on_progress: told which promise of how many is worked on, as stages.
    is_cancelled: once true, the promise under way is dropped (a rota that is half searched would look
        dearer than it is) and those before it are kept; the first one is kept as it stands.

    Raises
    ------
    ScenarioError: with all mistakes, before anything is planned.

    Notes
    -----
    Today's promise is planned first, then the others from loose to tight, each from the rota of its nearest
    looser neighbour. Whoever keeps a tight promise keeps a looser one: where the search found a looser one
    dearer, it takes the tighter one's rota. A promise that no team could keep, or that is made to nobody,
    has no price and no say in those of others.
    """
    every = asked(scenario, goals, queues)
    made_for = variants(scenario, every)
    hour_cost = mean_hour_cost(scenario, every[0].goals)
    order = sorted(every, key=lambda each: not each.today)
    points: dict[str, Priced] = {}
    for number, each in enumerate(order, start=1):
        listen = for_stage(on_progress, number, len(order))
        made = plan(made_for[each.label], listen, is_cancelled, _neighbour(every, points, each))
        stopped = is_cancelled is not None and is_cancelled()
        if not (stopped and points):
            points[each.label] = _priced(each, made, hour_cost)
        if stopped:
            break
    done = _against_today(_in_order([points[a.label] for a in every if a.label in points], hour_cost))
    return PriceCurve(scenario, tuple(every[0].goals), done, len(every), hour_cost)


def _neighbour(every: Sequence[Asked], done: Mapping[str, Priced], each: Asked) -> Rota | None:
    """The rota of the nearest promise that is planned already and has a price."""
    place = [a.label for a in every]
    here = place.index(each.label)
    priced = [label for label, point in done.items() if point.takes is not None]
    known = sorted(priced, key=lambda label: abs(place.index(label) - here))
    return done[known[0]].plan.rota if known else None


def _priced(each: Asked, made: Plan, hour_cost: float, rota_of: str = "") -> Priced:
    kept = kept_in(made.service) if made.service else {}
    least, names = worst(kept, each.goals), tuple(each.goals)
    table = made.scenario.skills
    best = {q.name: reachable_share(q, table.factor(q.name)) for q in made.scenario.queues if q.name in names}
    visited = [name for name in names if name in kept and kept[name].enough is not None]
    reachable = min(best[name] for name in visited or names)
    if made.service is not None and least is None:
        return Priced(each, made, kept, None, None, reachable, "nobody comes")
    if any(kept[name].enough is False and kept[name].promised > best[name] + TOLERANCE for name in visited):
        return Priced(each, made, kept, least, None, reachable, "no team")
    more = None
    if least is not None and not least.enough and made.volumes is not None:
        more = people_more(made.scenario, made.rota, made.volumes, names, kept)
    # People who do not keep the promise are no price of it.
    figures = takes(made, hour_cost, any_soft(made), more if more and more.enough else None)
    return Priced(each, made, kept, least, figures, reachable, more=more, rota_of=rota_of)


def _in_order(points: Sequence[Priced], hour_cost: float) -> list[Priced]:
    """A tighter promise never needs less: from tight to loose, use what serves for less; then from loose to
    tight, whoever falls short of its promise counts at least as much as a looser one.
    """
    done: list[Priced] = []
    for point in reversed(points):
        cheaper = [t for t in done if t.takes is not None and t.asked.tighter_than(point.asked)]
        best = min(reversed(cheaper), key=_cost, default=point)  # the nearest of equals
        if _cost(best) < _cost(point) - _CENT:
            point = _with_rota_of(point, best, hour_cost)
        done.append(point)
    rising: list[Priced] = []
    for point in reversed(done):
        looser = [p.takes for p in rising if p.takes is not None and point.asked.tighter_than(p.asked)]
        if point.takes is not None and looser:
            point = replace(point, takes=_at_least(point.takes, looser))
        rising.append(point)
    return rising


def _cost(point: Priced) -> float:
    """What promises with a price are compared by; those without are below everything, and so never dear."""
    return -inf if point.takes is None else point.takes.cost


def _with_rota_of(point: Priced, tight: Priced, hour_cost: float) -> Priced:
    """A promise with the rota of a tighter one, where that keeps it no worse than its own rota does."""
    theirs, volumes, own = tight.plan, point.plan.volumes, point.takes
    if volumes is None or own is None:
        return point
    made = replace(
        theirs,
        scenario=point.plan.scenario,
        service=steps.simulate(theirs.rota, volumes, point.plan.scenario),
        notices=point.plan.notices,
    )
    found = _priced(point.asked, made, hour_cost, tight.rota_of or tight.asked.label)
    if found.worst is None or point.worst is None or found.takes is None:
        return point
    if not found.worst.enough and found.worst.share < point.worst.share:
        return point
    lower = replace(  # what is proven for the tighter promise need not hold for this one
        found.takes,
        cost_low=_capped(own.cost_low, found.takes.cost),
        missing_low=_capped(own.missing_low, found.takes.missing_hours),
        least_hours=min(own.least_hours, found.takes.paid_hours),
    )
    return replace(found, takes=lower)


def _capped(low: float | None, reached: float) -> float | None:
    """A bound of what was reached."""
    return None if low is None else min(low, reached)


def _at_least(mine: Takes, looser: Sequence[Takes]) -> Takes:
    """A promise takes no less than a looser one: one that comes out below it is one that is not kept."""
    dearest = max(looser, key=lambda takes: takes.cost)
    mine = replace(mine, least_hours=max(takes.least_hours for takes in (mine, *looser)))
    if mine.cost >= dearest.cost - _CENT:
        return mine
    return replace(
        mine,
        cost=dearest.cost,
        cost_low=_higher(mine.cost_low, dearest.cost_low),
        people=max(mine.people, dearest.people),
        missing_hours=max(mine.missing_hours, dearest.missing_hours),
        missing_low=_higher(mine.missing_low, dearest.missing_low),
    )


def _higher(one: float | None, other: float | None) -> float | None:
    """The larger of two bounds, as far as known: both hold for the tighter of two promises."""
    return max((low for low in (one, other) if low is not None), default=None)


def _against_today(points: Sequence[Priced]) -> tuple[Priced, ...]:
    """Differences to today's promise, of those that have a price."""
    base = next((point.takes for point in points if point.asked.today), None)
    if base is None:
        return tuple(points)
    told = []
    for point in points:
        mine = point.takes
        if mine is None:
            told.append(point)
            continue
        more = mine.cost - base.cost
        said = verdict(mine.cost_low, mine.cost, base.cost_low, base.cost)
        share = more / base.cost if base.cost else None
        said = "same" if point.asked.today else said
        told.append(replace(point, difference=more, difference_share=share, verdict=said))
    return tuple(told)
