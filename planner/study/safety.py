"""Safety of deferred work: how much more or less to try, and what binds where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.study.asks import Asks, Names
from planner.study.floors import floor_of

if TYPE_CHECKING:
    from planner.demand import Queue
    from planner.requirement import Need
    from planner.study.misses import Misses
    from planner.study.rounds import Binding
    from planner.study.scenario import Scenario

UP, DOWN = 0.5, 0.25
"""Steps of z: up, scaled by the miss; down."""
HALF_STEP_BELOW = 0.25
"""Step up where only the tolerance keeps a promise."""
ROOM = 0.01
"""Share above the promise from which less safety is tried."""
MOST_SPARED = 0.01
"""Share above the promise that is kept at most because other customers may come than those simulated."""
ONE_PERSON = 0.03
"""Share above the promise from which one person, not safety, is what binds."""


@dataclass(frozen=True)
class Tried:
    """Less safety, tried for a pool.

    Attributes
    ----------
    z: the safety tried. kept: per queue of the pool.
    held: whether every promise still held. saved: whether it saved wages or missing work.
    """

    z: float
    kept: Mapping[str, float]
    held: bool
    saved: bool


def pools(need: Need, queues: Sequence[Queue]) -> tuple[Names, ...]:
    """Deferred work that shares people, by group: deferred queues, movable planned work, voicemail."""
    deferred = promises(queues).keys()
    found = []
    for group in need.groups:
        rows = [row.queues for row in need.backlogs if row.queues & frozenset(group)]
        pool = frozenset[str]().union(*rows)
        if pool & deferred:
            found.append(pool)
    return tuple(found)


def promises(queues: Sequence[Queue]) -> dict[str, float]:
    """Shares promised of the deferred queues."""
    return {queue.name: queue.promise.share for queue in queues if queue.handled_as != "live"}


def contracts_filled(scenario: Scenario) -> bool:
    """Whether contracts fill everybody's weeks, so that wages are paid whatever is needed."""
    everybody = scenario.personal_rules
    return bool(everybody) and all(
        any(rule.penalty is None and getattr(rule, "at_least", None) == "contract" for rule in theirs)
        for theirs in everybody.values()
    )


def z_of(scenario: Scenario, asks: Asks, pool: Names) -> float:
    """Safety of a pool."""
    return round(scenario.need_settings.z_of(pool) + asks.margins.get(pool, 0.0), 6)


def with_more_safety(asks: Asks, need: Need, scenario: Scenario, found: Misses, bold: int = 1) -> Asks:
    """What is asked, and more safety for deferred queues that are late at all hours, in step with the miss.

    It is the pool's; but a queue that has people of its own is raised alone while the others of its
    pool keep their promise with room to spare.

    Parameters
    ----------
    bold: how many times as much; above 1, the whole pool is raised.
    """
    table = scenario.skills
    promised = promises(scenario.queues)
    late = {n: by for n, by in found.short.items() if n in promised and n not in found.concentrated}
    late |= found.below
    for pool in pools(need, scenario.queues):
        worst = max((late[name] for name in pool if name in late), default=0.0)
        if not worst:
            continue
        barely = not any(name in found.short for name in pool)
        step = bold * (HALF_STEP_BELOW if barely else UP * (1 + round(worst * 10)))
        failing = frozenset(name for name in pool if name in late)
        easy = all(found.kept[name] >= promised[name] + ROOM for name in (pool & promised.keys()) - failing)
        everybody = table.of_set(pool, "work")
        own = easy and bold == 1 and all(table.able[name] != everybody for name in failing)
        for names in [frozenset({name}) for name in sorted(failing)] if own and failing != pool else [pool]:
            asks = asks.with_z(names, step)
    return asks


def room(pool: Names, found: Misses, queues: Sequence[Queue]) -> float:
    """Least share above the promise that a queue of the pool keeps; 1.0 where nobody comes."""
    promised = promises(queues)
    known = [found.kept[name] - promised[name] for name in sorted(pool & promised.keys())]
    return min((share for share in known if share == share), default=1.0)  # NaN: nobody comes


def surely_kept(pool: Names, found: Misses, queues: Sequence[Queue]) -> bool:
    """Whether the promises of a pool are kept with one standard error to spare, at most ``MOST_SPARED``."""
    return not any(
        found.kept[name] - min(found.error.get(name, 0.0), MOST_SPARED) < promised
        for name, promised in promises(queues).items()
        if name in pool
    )


def less_safety(z: float, room_: float, tried: Sequence[Tried]) -> float | None:
    """The next smaller safety worth a round; None: there is none.

    One step below the least that held, or more while the promise is kept by far; once something has
    missed, half-way to it. What held and saved nothing is passed: a little less may save a shift.

    Examples
    --------
    >>> less_safety(1.0, 0.02, []), less_safety(1.0, 0.08, [])
    (0.75, 0.5)
    >>> less_safety(1.0, 0.08, [Tried(0.5, {}, held=False, saved=True)])
    0.75
    """
    missed = [one.z for one in tried if not one.held]
    least = min([z, *(one.z for one in tried if one.held)])
    if room_ <= ROOM or least <= 0.0:
        return None
    if missed:
        middle = round((least + max(missed)) / 2, 2)
        return middle if least - max(missed) > DOWN + 1e-9 else None
    step = DOWN if room_ < ONE_PERSON else 2 * DOWN if room_ < 3 * ONE_PERSON else max(2 * DOWN, least / 2)
    return max(0.0, round(least - step, 6))


def binding(
    pool: Names,
    need: Need,
    scenario: Scenario,
    found: Misses,
    z: float,
    tried: Sequence[Tried],
    nobody_more: bool,
    paid_anyway: bool,
) -> Binding:
    """Why the safety of a pool is not less; see ``rounds.PoolSafety``.

    Parameters
    ----------
    nobody_more: what was asked for last found nobody. paid_anyway: wages cannot fall.
    """
    if any(name in found.short for name in pool):
        return "nobody more" if nobody_more else "rounds"
    spare = room(pool, found, scenario.queues)
    if any(one.held and not one.saved for one in tried):
        return "whole shifts"
    if any(not one.held for one in tried):
        return "one person" if spare > ONE_PERSON else "safety"
    floor = floor_of(pool, need, scenario)
    if floor is not None:
        return floor
    if z <= 0.0:
        return "bare work"
    if spare <= ROOM:
        return "safety"
    return "contract hours" if paid_anyway else "rounds"
