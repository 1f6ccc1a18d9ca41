"""Chance: quantiles of a forecast that may be wrong, days on which the mean is enough, the noise floor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner._messages import Message
from planner.demand import noise_floor
from planner.requirement import chance_below, measures, quantile_factor, required_agents
from planner.study.validation.check import Case, Check

CHI_SQUARE = "chi-square tables (Fisher & Yates 1938; NIST/SEMATECH e-Handbook 1.3.6.7.4)"
DAYS = "own measurement with simulated days at 50 erlang, 80 % in 20 s: on 55 to 64 % of days"
CROW = "Crow (1958): mean deviation of the Poisson distribution, 2 e^-m m^(k+1) / k!; own 50 digits"


def chances() -> Iterator[Check]:
    """What a spread around the forecast asks for."""
    for name, freedom, share, expected in (
        ("X001", 1, 0.99, "6.635"),
        ("X002", 2, 0.80, "3.219"),
        ("X003", 10, 0.95, "18.307"),
        ("X004", 30, 0.80, "36.250"),
        ("X005", 100, 0.95, "124.342"),
    ):
        # chi square over its degrees of freedom is gamma around 1 with variance 2 / freedom
        what = Message("validation.chi_square", {"freedom": freedom, "share": f"{share:g}"})
        got = freedom * quantile_factor(2 / freedom, share)
        yield Case(name, "chance", what, CHI_SQUARE).printed(expected, got)
    days = [(handle, spread) for handle in (180, 300, 370) for spread in (5, 10)]
    for number, (handle, spread) in enumerate(days, start=1):
        what = Message("validation.mean_days", {"handle": handle, "spread": spread})
        case = Case(f"D{number:03d}", "chance", what, DAYS, published=False)
        yield case.between("0.55", "0.64", days_kept(float(handle), spread / 100))
    for name, mean, expected in (
        ("N001", 1.0, "0.735758882342885"),
        ("N002", 0.4, "0.536256036828511"),
        ("N003", 10.0, "2.50220071442267"),
    ):
        what = Message("validation.noise_floor", {"mean": f"{mean:g}"})
        got = float(noise_floor(np.array([mean]))[0])
        yield Case(name, "chance", what, CROW, published=False).digits(expected, got)


def days_kept(handle: float, spread: float) -> float:
    """Share of days with 80 % in 20 s when 50 erlang are planned for and days vary by so much around them."""
    agents = required_agents(50 / handle, handle, 20.0, target=0.8)
    low, high = 0.5, 2.0
    for _ in range(40):
        middle = (low + high) / 2
        kept = measures(50 * middle / handle, handle, agents, 20.0).service_level >= 0.8
        low, high = (middle, high) if kept else (low, middle)
    return chance_below(low, spread**2)
