"""How often a period is lived through so that a share kept says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner._compiled import COMPILED

if TYPE_CHECKING:
    from planner.demand import Volumes

FEWEST_LIVES, MOST_LIVES = 4, 200
CONTACTS = 100_000 if COMPILED else 6_000
"""Simulated contacts that are enough for one guess."""


def lives_for(volumes: Volumes) -> int:
    """How often the period is lived through for one guess.

    A forecast errs by weeks and days, so that single lives differ much: 20 of them leave an error of some
    points in the share kept.
    """
    enough = CONTACTS / max(1.0, float(volumes.mean.sum()))
    return int(np.clip(enough, FEWEST_LIVES, MOST_LIVES))


def usual_lives(volumes: Volumes) -> int:
    """How often a rota is lived through when nobody says: the same wherever one is judged.

    More where few contacts come; less for a crowd without the compiled extra.
    """
    from planner.service import usual_replications  # only those who simulate wait for it

    return max(usual_replications(COMPILED, float(volumes.mean.sum())), lives_for(volumes))
