"""What a need asks for, as plain data, and when one need asks for at least what another asks."""

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
    """Whether every rota misses at least as much of one need as of another, whatever the rota.

    Then no rota for the first can cost less than the bound proven for the second, if people, rules and pay
    are the same: wages are, missing people cost no less. Not so where people more than needed have a price,
    which falls as more are needed, nor with posts.

    Notes
    -----
    People: each set asks for as many or more in each interval. Deferred work: in each span of intervals as
    much or more must be done, by people who do no more in an interval and of whom live work takes no less.
    What flows over, summed up, is the least that meets all spans, so it is no less.
    """
    prices, theirs = more["prices"], less["prices"]
    if prices != theirs or prices[1] or prices[2] or more["groups"] != less["groups"]:
        return False
    for name, row in less["people"].items():
        if name not in more["people"] or np.any(np.less(more["people"][name], row)):
            return False
    return all(name in more["work"] and _harder(more["work"][name], w) for name, w in less["work"].items())


def _harder(more: Mapping[str, Any], less: Mapping[str, Any]) -> bool:
    if more["per_person"] > less["per_person"]:
        return False
    for name, taken in less["limits"].items():
        if name not in more["limits"] or np.any(np.less(more["limits"][name], taken)):
            return False
    return bool(np.all(_spans(more) >= _spans(less)))


def _spans(work: Mapping[str, Any]) -> np.ndarray:
    """Work that must be done from each interval to each later one; 0 where nothing must be."""
    came = np.cumsum(work["arriving"])
    before = np.concatenate([[0], came[:-1]]) - np.eye(1, len(came), dtype=np.int64)[0] * work["carried_in"]
    due = came - np.asarray(work["not_due"])
    spans: np.ndarray = np.triu(np.maximum(0, due[None, :] - before[:, None]))
    return spans
