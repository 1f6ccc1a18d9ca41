"""A sudden change of level just before the end of a history: nobody can know whether it lasts.

The forecast follows such a step in part only, as most do not last; what it leaves out widens the bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WEEK, LOOK_BACK_DAYS, WEEKS_BEFORE = 7, 364, 8
# Weeks of which less could be seen are not held against a level.
LEAST_SEEN = 3.0
# A week this many times as far from the level as weeks usually are is no chance.
BEYOND_CHANCE = 3.0
# Where few weeks are known, weeks are taken to stray this much, as if seen so often.
USUAL_VARIANCE, USUAL_WEEKS = 0.015, 4.0
MOST_VARIANCE = 1.0
# So many of the last seven days must be on its side of the level: one day makes no turn.
LEAST_DAYS = 5


@dataclass(frozen=True)
class Turn:
    """The last seven days beside the level of a forecast.

    Attributes
    ----------
    variance: gamma variance of the level for what the forecast does not follow; 0: no more than chance.
    recent: contacts a day of the last seven days, with calendar factor 1.
    before: the same of the eight weeks before them, their median; 0: not known.
    """

    variance: float = 0.0
    recent: float = 0.0
    before: float = 0.0


NO_TURN = Turn()


def turn_at_end(
    values: np.ndarray, exposure: np.ndarray, lasting: np.ndarray, now: float, whole: np.ndarray | None = None
) -> Turn:
    """How much further the last week is from the level than weeks usually are.

    Parameters
    ----------
    values: contacts per day, outliers tamed, 0 where missing.
    exposure: calendar factor of each day times the share of it that was seen.
    lasting: level before each day, and after the last.
    now: level of the forecast's first day.
    whole: contacts per day, outliers left as they are: they tell how far a turn goes, not that there is one;
        None: as ``values``.

    Examples
    --------
    >>> counts = np.array([100.0, 104.0, 96.0, 100.0] * 30 + [200.0] * 7)
    >>> lasting = np.full(128, 100.0)
    >>> found = turn_at_end(counts, np.ones(127), lasting, 120.0)
    >>> round(found.variance, 2), found.recent, round(found.before, 1)
    (0.26, 200.0, 100.0)
    """
    days = len(values)
    came, due = (np.concatenate(([0.0], np.cumsum(part))) for part in (values, exposure))
    ends = np.arange(days, WEEK - 1, -1)[: LOOK_BACK_DAYS + 1]
    came, due = came[ends] - came[ends - WEEK], due[ends] - due[ends - WEEK]
    known = due >= LEAST_SEEN
    weekly = np.zeros(len(ends))
    np.divide(came, due, out=weekly, where=known)
    if not len(ends) or not known[0] or now <= 0:
        return NO_TURN
    past = slice(WEEK, WEEK * (WEEKS_BEFORE + 1), WEEK)
    before = float(np.median(weekly[past][known[past]])) if known[past].any() else 0.0
    away = np.log((came + 0.5) / (np.append(now, lasting[ends[1:]]) * due + 0.5))
    usual = np.median(np.abs(away[1:][known[1:]])) * 1.4826 if known[1:].any() else 0.0
    weeks = known[1:].sum() / WEEK
    strays = (weeks * usual**2 + USUAL_WEEKS * USUAL_VARIANCE) / (weeks + USUAL_WEEKS)
    chance = max(float(strays), 1 / (now * float(due[0]) + 0.5))
    if away[0] ** 2 <= BEYOND_CHANCE**2 * chance:
        return Turn(0.0, float(weekly[0]), before)
    whole = values if whole is None else whole
    seen = exposure[-WEEK:] > 0
    beyond = (whole[-WEEK:] - now * exposure[-WEEK:])[seen] * np.sign(away[0]) > 0
    if beyond.sum() < min(LEAST_DAYS, len(beyond)):
        return Turn(0.0, float(weekly[0]), before)
    recent = float(whole[-WEEK:][seen].sum())
    far = np.log((recent + 0.5) / (now * float(due[0]) + 0.5))
    return Turn(min(float(far) ** 2, MOST_VARIANCE), recent / float(due[0]), before)
