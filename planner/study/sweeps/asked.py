"""What a need asks for, as plain data, and how much less one need can ask for than another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.study import steps

if TYPE_CHECKING:
    from planner.requirement import Backlog
    from planner.study.plan import Plan


def asked_of(made: Plan) -> dict[str, Any]:
    """The need of a plan and the prices of what is missing: numbers, texts, lists."""
    need, problem = made.need, steps.problem_of(made.need, made.scenario)
    return {
        "prices": [problem.missing_cents, problem.extra_cents, len(need.posts)],
        "groups": [list(names) for names in need.groups],
        "people": {_named(s): row.tolist() for s, row in zip(need.sets, need.required, strict=True)},
        "work": {f"{_named(row.queues)}: {row.what}": _work(row) for row in need.backlogs},
    }


def _named(names: frozenset[str]) -> str:
    return " + ".join(sorted(names))


def _work(row: Backlog) -> dict[str, Any]:
    return {
        "per_person": row.per_person,
        "carried_in": row.carried_in,
        "arriving": row.arriving.tolist(),
        "not_due": row.not_due.tolist(),
        "limits": {_named(names): taken.tolist() for names, taken in row.limits},
    }


def asks_at_least(more: Mapping[str, Any], less: Mapping[str, Any]) -> bool:
    """Whether every rota misses at least as much of one need as of another, whatever the rota."""
    return cents_less(more, less) == 0


def cents_less(more: Mapping[str, Any], less: Mapping[str, Any]) -> int | None:
    """Cents by which a rota can cost less for one need than for another, at most; None: that is not known.

    No rota for the first need can cost less than the bound proven for the second, less these cents, if
    people, rules and pay are the same: wages are, and missing people cost no less but for these. Not known
    where people more than needed have a price, which falls as more are needed, nor with posts, nor where
    fewer people are asked for in some interval.

    Notes
    -----
    Deferred work: in each span of intervals so much must be done, by people who do no more in an interval
    and of whom live work takes no less. What flows over, summed up, is the most that disjoint spans ask for
    above what people can do in them. So it falls by no more than spans that are disjoint ask less in all:
    whole units, into which work is rounded, make it one here and there though more comes.
    """
    prices, theirs = more["prices"], less["prices"]
    if prices != theirs or prices[1] or prices[2] or more["groups"] != less["groups"]:
        return None
    for name, row in less["people"].items():
        if name not in more["people"] or np.any(np.less(more["people"][name], row)):
            return None
    most = 0
    for name, work in less["work"].items():
        units = _units_less(more["work"][name], work) if name in more["work"] else None
        if units is None:
            return None
        most = max(most, -(-units * prices[0] // work["per_person"]))
    return int(most) * len(more["groups"])  # of each group, the work that misses most has its price


def _units_less(more: Mapping[str, Any], less: Mapping[str, Any]) -> int | None:
    """Units by which less can flow over; None where people do more, or live work takes less of them."""
    if more["per_person"] > less["per_person"]:
        return None
    for name, taken in less["limits"].items():
        if name not in more["limits"] or np.any(np.less(more["limits"][name], taken)):
            return None
    lacking = np.maximum(0, _spans(less) - _spans(more))
    if not lacking.any():
        return 0
    most = np.zeros(len(lacking) + 1, dtype=np.int64)  # by spans that end before an interval
    for end in range(len(lacking)):
        most[end + 1] = max(most[end], int((most[: end + 1] + lacking[: end + 1, end]).max()))
    return int(most[-1])


def _spans(work: Mapping[str, Any]) -> np.ndarray:
    """Work that must be done from each interval to each later one; 0 where nothing must be."""
    came = np.cumsum(work["arriving"])
    before = np.concatenate([[0], came[:-1]]) - np.eye(1, len(came), dtype=np.int64)[0] * work["carried_in"]
    due = came - np.asarray(work["not_due"])
    spans: np.ndarray = np.triu(np.maximum(0, due[None, :] - before[:, None]))
    return spans
