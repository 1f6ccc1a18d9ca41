"""A live queue, or several that share people, as one queue to which the staffing formulas apply."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.requirement.chat import chat_measures_at, one_person, smallest_chat_team
from planner.requirement.erlang import measures_at
from planner.requirement.erlang_inverse import SAME, first_that_meets, smallest_team, teams_of
from planner.requirement.uncertainty import QUANTILE, Policy, expected_service_level, quantile_factor


@dataclass(frozen=True, slots=True)
class Pool:
    """Customers who wait together.

    Attributes
    ----------
    aht_seconds: mean handle time; of a chat held alone.
    within_seconds, share: what they are promised. patience_seconds: mean patience; None: endless.
    chats_at_once, chat_speed: as of a ``Queue``.
    variance: of the factor by which a day may differ from its forecast.
    policy, quantile: what the forecast is staffed for.

    Examples
    --------
    >>> phone = Pool(180.0, 20.0, None, 0.8)
    >>> phone.team(10.0), round(phone.level(10.0, 14), 4), phone.method
    (14, 0.8884, 'Erlang C')
    >>> unsure = Pool(180.0, 20.0, None, 0.8, variance=0.04, policy="quantile")
    >>> unsure.teams(np.array([10.0])).tolist(), unsure.method
    ([15], 'Erlang C, 0.8 quantile')
    """

    aht_seconds: float
    within_seconds: float
    patience_seconds: float | None
    share: float
    chats_at_once: int = 1
    chat_speed: tuple[float, ...] = (1.0,)
    variance: float = 0.0
    policy: Policy = "mean"
    quantile: float = QUANTILE

    @property
    def method(self) -> str:
        """Name of the formula, for the report."""
        name = "Erlang C" if self.patience_seconds is None else "Erlang A"
        if self.chats_at_once > 1:
            name = f"chat, {self.chats_at_once} at once"
        if self.policy == "quantile":
            return f"{name}, {self.quantile:g} quantile"
        return name if self.policy == "mean" else f"{name}, expected"

    @property
    def one_person(self) -> float:
        """Erlang that one person can do."""
        return float(one_person(self.chats_at_once, self.chat_speed))

    def staffed(self, loads: np.ndarray) -> np.ndarray:
        """Loads that the promise is planned for."""
        if self.policy != "quantile":
            return loads
        return loads * quantile_factor(self.variance, self.quantile)

    def teams(self, loads: np.ndarray) -> np.ndarray:
        """The smallest team for each load."""
        return teams_of(self.staffed(loads), self.team)

    def team(self, load: float, guess: int | None = None) -> int:
        """The smallest team for a load, as ``staffed`` gives it."""
        if self.policy == "expected service level" and load > 0.0:
            usual = self._usual_team(load, guess)
            return first_that_meets(
                lambda people: self.predicted(load, people) >= self.share - SAME, 1, usual
            )
        return self._usual_team(load, guess)

    def _usual_team(self, load: float, guess: int | None) -> int:
        call = (load, self.aht_seconds, self.within_seconds, self.patience_seconds, self.share)
        if self.chats_at_once == 1:
            return smallest_team(*call, guess=guess)
        return smallest_chat_team(*call, None, None, self.chats_at_once, self.chat_speed, guess)

    def level(self, load: float, agents: int) -> float:
        """Service level that so many people give at a load."""
        call = (load, self.aht_seconds, agents, self.within_seconds, self.patience_seconds)
        if self.chats_at_once == 1:
            return measures_at(*call).service_level
        return chat_measures_at(*call, self.chats_at_once, self.chat_speed).service_level

    def predicted(self, load: float, agents: int) -> float:
        """The same over all days that may come, unless only the mean is planned for."""
        if self.policy == "mean":
            return self.level(load, agents)
        return expected_service_level(load, self.variance, lambda other: self.level(other, agents))
