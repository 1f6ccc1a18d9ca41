"""The story of a calibration: its rounds, what each asked for, and what binds each deferred pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Binding = Literal[
    "safety",
    "one person",
    "presence",
    "live cover",
    "bare work",
    "contract hours",
    "whole shifts",
    "nobody more",
    "rounds",
]


@dataclass(frozen=True)
class Asked:
    """What a round asks of a set of queues on top of the round it builds on.

    Attributes
    ----------
    queues: the set.
    hours: hours of the week (0 is Monday 00:00) in which it is asked; empty: wherever work comes.
    person_hours: of need, over the period; below 0 where less is tried.
    z: safety of deferred work; 0 where people are asked for.
    """

    queues: tuple[str, ...]
    hours: tuple[int, ...]
    person_hours: float
    z: float = 0.0


@dataclass(frozen=True)
class Round:
    """One round: a need, its rota, and what the simulation found.

    Attributes
    ----------
    cost_cents: whole cost of its rota; rounds have different needs, so only wages compare.
    wages_cents: the same without the price of missing people.
    kept: share within the promise per queue, of the contacts that it is judged on.
    missed: queues below their promise by more than half a point.
    after: number of the round it builds on; 0 for the first.
    asked: what it asks for on top of that one. brought: points of the share kept that this gave, per
        queue it gave or took half a point and more.
    weak_hours: hours of the week in which a queue keeps ten points less than it promises.
    better: whether later rounds build on it. chosen: whether the plan is this round's.
    """

    number: int
    need_id: str
    cost_cents: int
    wages_cents: int
    missing_hours: float
    kept: Mapping[str, float]
    missed: tuple[str, ...]
    after: int = 0
    asked: tuple[Asked, ...] = ()
    brought: Mapping[str, float] = field(default_factory=dict)
    weak_hours: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    better: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class PoolSafety:
    """A deferred pool in the plan, and what binds it.

    Attributes
    ----------
    queues: its deferred queues.
    z: their safety. kept: share within the promise per queue.
    less: the next smaller safety that was tried and misses; None: none was.
    less_kept: what that kept, per queue.
    binding: "safety": one step less misses the promise; "one person": the same, and the step is a person
        worth more points than the promise has room for; "presence", "live cover", "bare work",
        "contract hours", "whole shifts": less safety would change nothing, for this reason; "nobody
        more": the promise is missed and nobody is left to roster; "rounds": none was left to find out.
    alone: safety that the pool alone would need if people came by the interval; None: not worked out.
    """

    queues: tuple[str, ...]
    z: float
    kept: Mapping[str, float]
    less: float | None
    less_kept: Mapping[str, float]
    binding: Binding
    alone: float | None = None
