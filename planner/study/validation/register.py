"""Every check, by group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from planner.study.validation.chains import changing, chats
from planner.study.validation.chances import chances
from planner.study.validation.check import Check
from planner.study.validation.clocks import clocks
from planner.study.validation.forecasts import forecasts
from planner.study.validation.formulas import fifty_digits, published
from planner.study.validation.law import law
from planner.study.validation.rotas import rotas
from planner.study.validation.teams import pools, shrinkage

GROUPS = (
    "erlang",
    "inverse",
    "shrinkage",
    "pools",
    "chat",
    "transient",
    "chance",
    "forecast",
    "clock",
    "law",
    "rota",
)
"""Groups in the order of the document; ``validation.group_...`` names each."""

_PARTS = (published, fifty_digits, shrinkage, pools, chats, changing, chances, forecasts, clocks, law, rotas)


def run() -> Iterator[Check]:
    """Run every check anew, in no particular order."""
    return chain.from_iterable(part() for part in _PARTS)


@lru_cache(maxsize=1)
def checks() -> tuple[Check, ...]:
    """All checks of this process, run once: by group, published numbers before our own."""
    return tuple(sorted(run(), key=lambda check: (GROUPS.index(check.group), not check.published)))
