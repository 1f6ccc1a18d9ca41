"""Position in the month: pay and invoice cycles, taken only as far as other months foretell them."""

from __future__ import annotations

import numpy as np

# First day of each part of the month.
MONTH_PARTS = (1, 3, 5, 8, 11, 21, 28, 30)
LEAST_MONTHS = 4
MOST_EFFECT = 0.7


def month_effects(values: np.ndarray, expected: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Logarithms of the factors of the parts of the month.

    Each month's pattern is foretold from all the other months; the mean pattern is then shrunk by the slope
    of what came on what was foretold: about 0 where months have nothing in common, 1 where they are alike.

    Parameters
    ----------
    values: contacts per day, outliers tamed, 0 where missing.
    expected: by level and rest of the calendar, 0 where missing.
    parts: index of the part of the month of each day.

    Examples
    --------
    >>> month_effects(np.ones(60), np.ones(60), np.zeros(60, dtype=int)).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    none = np.zeros(len(MONTH_PARTS))
    month = np.concatenate(([0], np.cumsum(parts[1:] < parts[:-1])))
    if month[-1] + 1 < LEAST_MONTHS:
        return none
    cell = month * len(MONTH_PARTS) + parts
    shape = (int(month[-1]) + 1, len(MONTH_PARTS))
    came = np.bincount(cell, weights=values, minlength=shape[0] * shape[1]).reshape(shape)
    due = np.bincount(cell, weights=expected, minlength=shape[0] * shape[1]).reshape(shape)
    full = due.sum(axis=1) > 0
    came, due = came[full], due[full]
    if len(due) < LEAST_MONTHS or not came.any():
        return none
    # A month's own level is no matter of position in the month.
    due = due * (came.sum(axis=1) / due.sum(axis=1))[:, None]
    others_due = due.sum(axis=0) - due
    others_came = came.sum(axis=0) - came
    foretold = np.where(others_due > 0, others_came / np.maximum(others_due, 1e-9) - 1, 0.0)
    found = came - due
    power = float((due * foretold**2).sum())
    if power <= 0:
        return none
    slope = min(max(float((found * foretold).sum()) / power, 0.0), 1.0)
    pattern = came.sum(axis=0) / np.maximum(due.sum(axis=0), 1e-9) - 1
    return np.asarray(np.log1p(np.clip(slope * pattern, -MOST_EFFECT, MOST_EFFECT)))
