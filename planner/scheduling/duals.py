"""Prices of cover: what one more person on duty is worth, by set of queues and interval.

They come from a linear programme over groups of alike agents (`duals_model`), solved by PDLP.
Any prices >= 0 give a valid bound by Lagrangian relaxation; good ones give a good bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class CoverPrices:
    """What one more person on duty is worth, in cents.

    Attributes
    ----------
    rows: per listed set and interval, shape (sets, intervals), each >= 0; in every interval they sum to
        at most ``missing_cents`` over the sets, because one person missing costs no more than that.
        A price is for the whole interval: a duty that covers half of its quarters earns half of it.
    limits: per backlog, cents for one unit of work that a limit lets through, shape (limits, intervals),
        each >= 0; one more person of limit l brings ``per_person`` such units.
    shares: per backlog, its weight in the largest-of-the-group cost; from 0 to 1, at most 1 together in
        each group of queues that share people.

    Examples
    --------
    >>> CoverPrices(np.zeros((2, 3)), (), ()).rows.shape
    (2, 3)
    """

    rows: np.ndarray
    limits: tuple[np.ndarray, ...] = ()
    shares: tuple[float, ...] = ()
