"""The level of a queue: what lasts, and a wave on top of it that fades.

On past origins of real series (none of those that the bars are measured on) this beat each single half-life
of 3.5 to 364 days, their choice by past errors and a flat mean of them: 2 to 4 % less daily error for queues
of 35 to 60 contacts a day, 1 % on average over nine series. The wave lives on for weeks after a change, but
not for ever; small queues show too little of it to be believed. How much of it comes true is learned from the
queue itself, too: 1 to 3 % less error on made call centres with a steady level, and none lost on others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.demand.curve.turns import NO_TURN, Turn, turn_at_end

HALF_LIFE_DAYS = (7.0, 14.0, 28.0, 56.0, 112.0)
WAVE_HALF_LIFE_DAYS = 3.5
# So many tickets inside the wave's memory make it half believed.
WAVE_TICKETS = 30.0
# It fades to a half in this time.
WAVE_FADES_DAYS = 42.0
MOST_WAVE = 10.0
# What tickets say of the wave counts as much as so many past waves of the queue.
USUAL_WAVES = 8.0
LEAST_SQUARE = 1e-3
AHEAD_DAYS, APART_DAYS, LOOK_BACK_DAYS = 28, 7, 364


@dataclass(frozen=True)
class Level:
    """Level after the last day of a history.

    Attributes
    ----------
    lasting: contacts of a day with calendar factor 1.
    wave: logarithm of the factor on the first day after the history; it fades.
    turn: what the last days brought that the level does not follow.

    Examples
    --------
    >>> Level(10.0, 0.2).ahead(0, 43)[[0, 42]].round(2).tolist()
    [12.21, 11.05]
    """

    lasting: float
    wave: float
    turn: Turn = NO_TURN

    def ahead(self, first: int, days: int) -> np.ndarray:
        """Level on so many days, the first one so many days after the history's end."""
        fading = 0.5 ** ((first + np.arange(days)) / WAVE_FADES_DAYS)
        return np.asarray(self.lasting * np.exp(self.wave * fading))


def level_at_end(values: np.ndarray, exposure: np.ndarray, whole: np.ndarray | None = None) -> Level:
    """Level after the last day: the mean of five exponential levels, and a quicker one as the wave.

    Parameters
    ----------
    values: contacts per day, outliers tamed, 0 where missing.
    exposure: calendar factor of each day times the share of it that was seen.
    whole: contacts per day, outliers left as they are; None: as ``values``.
    """
    if not values.any():
        return Level(0.0, 0.0)
    levels = [_path(values, exposure, half_life) for half_life in HALF_LIFE_DAYS]
    lasting = np.mean([level for level, _ in levels], axis=0)
    latest, remembered = _path(values, exposure, WAVE_HALF_LIFE_DAYS)
    waves = np.log(np.clip(latest / np.maximum(lasting, 1e-9), 1 / MOST_WAVE, MOST_WAVE))
    tickets = float(lasting[-1] * remembered[-1])
    believed = _believed(values, exposure, lasting, waves, tickets / (tickets + WAVE_TICKETS))
    wave = believed * float(waves[-1])
    turn = turn_at_end(values, exposure, lasting, float(lasting[-1] * np.exp(wave)), whole)
    return Level(float(lasting[-1]), wave, turn)


def _believed(
    values: np.ndarray, exposure: np.ndarray, lasting: np.ndarray, waves: np.ndarray, usual: float
) -> float:
    """Share of a wave that comes true: slope of what came on what past waves foretold, shrunk."""
    days = len(values)
    first = max(AHEAD_DAYS, days - AHEAD_DAYS - LOOK_BACK_DAYS)
    origins = np.arange(days - AHEAD_DAYS, first, -APART_DAYS)
    if len(origins) < 2:
        return usual
    came, due = (np.concatenate(([0.0], np.cumsum(part))) for part in (values, exposure))
    expected = lasting[origins] * (due[origins + AHEAD_DAYS] - due[origins])
    known = expected > 0
    actual = came[origins + AHEAD_DAYS] - came[origins]
    found = np.log((actual[known] + 0.5) / (expected[known] + 0.5))
    fading = float(0.5 ** (np.arange(AHEAD_DAYS) / WAVE_FADES_DAYS).mean())
    foretold = waves[origins][known] * fading
    square = max(float((foretold**2).mean()), LEAST_SQUARE) if known.any() else LEAST_SQUARE
    prior = USUAL_WAVES * square
    slope = (float(foretold @ found) + prior * usual) / (float(foretold @ foretold) + prior)
    return min(max(slope, 0.0), 1.0)


def two_sided_level(values: np.ndarray, exposure: np.ndarray, half_life: float) -> np.ndarray:
    """Level of each day: values over exposure, both with weights that halve over so many days either way."""
    reach = int(6 * half_life)
    kernel = 0.5 ** (np.abs(np.arange(-reach, reach + 1)) / half_life)
    above = np.convolve(values, kernel)[reach : reach + len(values)]
    below = np.convolve(exposure, kernel)[reach : reach + len(values)]
    return np.asarray((above + 1e-9) / (below + 1e-9))


def _path(values: np.ndarray, exposure: np.ndarray, half_life: float) -> tuple[np.ndarray, np.ndarray]:
    """Exponential level before each day and after the last, and the exposure that it remembers."""
    days = np.arange(len(values))
    older, younger = 0.5 ** (-days / half_life), 0.5 ** (np.arange(-1, len(values)) / half_life)
    above, below = (np.concatenate(([0.0], np.cumsum(part * older))) * younger for part in (values, exposure))
    start = values.sum() / max(exposure.sum(), 1e-9)
    return (above + 1e-6 * start) / (below + 1e-6), below
