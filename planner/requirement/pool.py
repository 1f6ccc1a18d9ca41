"""A live queue, or several that share people, as one queue to which the staffing formulas apply."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from planner.demand import Definition
from planner.requirement.chat import chat_measures_at, one_person, smallest_chat_team
from planner.requirement.erlang import ROUNDING, ErlangMeasures, measures_at
from planner.requirement.erlang_inverse import SAME, first_that_meets, smallest_team, teams_of
from planner.requirement.forward import Goal
from planner.requirement.interval import Callers
from planner.requirement.sending import Replies
from planner.requirement.uncertainty import QUANTILE, Policy, expected_shares, quantile_factor


@dataclass(frozen=True, slots=True)
class Pool:
    """Customers who wait together.

    Attributes
    ----------
    aht_seconds: mean handle time; of a chat held alone.
    within_seconds, share, definition, over: what they are promised, as of a ``Promise``.
    patience_seconds: mean patience; None: endless.
    chats_at_once, chat_speed, max_abandon: as of a ``Queue``.
    variance: of the factor by which a day may differ from its forecast.
    policy, quantile: what the forecast is staffed for.
    replies: first replies that are promised to be sent in time, by the share and time of this pool; None:
        contacts are promised to be taken up.

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
    definition: Definition = "offered"
    max_abandon: float | None = None
    over: Literal["interval", "day"] = "interval"
    replies: Replies | None = None

    @property
    def method(self) -> str:
        """Name of the formula, for the report."""
        name = "Erlang C" if self.patience_seconds is None else "Erlang A"
        if self.chats_at_once > 1:
            name = f"chat, {self.chats_at_once} at once"
        if self.replies is not None:
            name += ", reply sent"
        if self.policy == "quantile":
            return f"{name}, {self.quantile:g} quantile"
        return name if self.policy == "mean" else f"{name}, expected"

    @property
    def one_person(self) -> float:
        """Erlang that one person can do."""
        return float(one_person(self.chats_at_once, self.chat_speed))

    @property
    def may_hang_up(self) -> bool:
        """Whether a cap of hang-ups asks for people."""
        return self.patience_seconds is not None and self.max_abandon is not None

    @property
    def callers(self) -> Callers:
        """Its customers, as they are followed through a period."""
        chats = (self.chats_at_once, self.chat_speed[: self.chats_at_once])
        return Callers(self.aht_seconds, self.within_seconds, self.patience_seconds, *chats)

    @property
    def goal(self) -> Goal:
        """What the customers of each interval are promised."""
        return Goal(self.share, self.definition, self.max_abandon)

    @property
    def aim(self) -> float:
        """Share that the people are chosen to reach, by ``planned_for``."""
        return self.share if self.replies is None else self.replies.aim

    def promising(self, share: float) -> Pool:
        """The same customers, promised another share."""
        replies = None if self.replies is None else replace(self.replies, share=share)
        return replace(self, share=share, replies=replies)

    def staffed(self, loads: np.ndarray) -> np.ndarray:
        """Loads that the promise is planned for."""
        if self.policy != "quantile":
            return loads
        return loads * quantile_factor(self.variance, self.quantile)

    def teams(self, loads: np.ndarray) -> np.ndarray:
        """The smallest team that keeps the promise, for each load."""
        return teams_of(self.staffed(loads), self.team)

    def teams_who_stay(self, loads: np.ndarray) -> np.ndarray:
        """The smallest team with which no more hang up than may, for each load; 0 without a cap."""
        if not self.may_hang_up:
            return np.zeros(np.shape(loads), dtype=np.int64)
        return teams_of(self.staffed(loads), lambda load, guess: self.team(load, guess, cap=True))

    def team(self, load: float, guess: int | None = None, cap: bool = False) -> int:
        """The smallest team for a load, as ``staffed`` gives it: for the promise, or for the cap."""
        usual = self._usual_team(load, guess, cap)
        if self.policy != "expected service level" or load == 0.0:
            return usual

        def meets(people: int) -> bool:
            got = self.planned_for(load, people)
            return (got[2] <= self.most_gone + SAME) if cap else (got[0] >= (self.aim - SAME) * got[1])

        return first_that_meets(meets, 1, usual)

    @property
    def most_gone(self) -> float:
        """Share that may hang up."""
        return 1.0 if self.max_abandon is None else self.max_abandon

    def _usual_team(self, load: float, guess: int | None, cap: bool) -> int:
        if self.replies is not None and not cap:
            return self._team_who_send(load, guess)
        call = (load, self.aht_seconds, self.within_seconds, self.patience_seconds)
        target, most_gone = (None, self.max_abandon) if cap else (self.share, None)
        if self.chats_at_once == 1:
            return smallest_team(*call, target, None, most_gone, self.definition, guess)
        chats = (self.chats_at_once, self.chat_speed, self.definition)
        return smallest_chat_team(*call, target, None, most_gone, *chats, guess)

    def _team_who_send(self, load: float, guess: int | None) -> int:
        if load == 0.0:
            return 0
        stable = math.floor(load * (1.0 + ROUNDING)) + 1
        first = guess if guess is not None else math.ceil(load)
        return first_that_meets(
            lambda people: self._as_planned(load, people)[0] >= self.aim - SAME, stable, first
        )

    def measures(self, load: float, agents: int) -> ErlangMeasures:
        """All that so many people give at a load."""
        call = (load, self.aht_seconds, agents, self.within_seconds, self.patience_seconds)
        if self.chats_at_once == 1:
            return measures_at(*call)
        return chat_measures_at(*call, self.chats_at_once, self.chat_speed)

    def level(self, load: float, agents: int) -> float:
        """Service level, by the definition of the promise, that so many people give at a load."""
        if self.replies is not None:
            return self.replies.level(load, agents, self.aht_seconds)
        return self.measures(load, agents).level(self.definition)

    def outcome(self, load: float, agents: int) -> tuple[float, float, float]:
        """Shares of all customers: in time, those it is a share of, hung up. The level is first / second."""
        if self.replies is not None:
            return self.level(load, agents), 1.0, 0.0
        got = self.measures(load, agents)
        if self.definition == "gone":
            return got.service_level_gone, 1.0, got.p_abandon
        of = 1.0 if self.definition == "offered" else 1.0 - got.p_abandon
        return got.service_level, of, got.p_abandon

    def over_days(self, load: float, agents: int) -> tuple[float, float, float]:
        """The same over all customers of all days that may come."""
        in_time, of, gone = expected_shares(load, self.variance, lambda other: self.outcome(other, agents))
        return in_time, of, gone

    def planned_for(self, load: float, agents: int) -> tuple[float, float, float]:
        """What the people are chosen by, for a load as ``staffed`` gives it."""
        if self.policy != "expected service level":
            return self._as_planned(load, agents)
        shares = expected_shares(load, self.variance, lambda other: self._as_planned(other, agents))
        return shares[0], shares[1], shares[2]

    def _as_planned(self, load: float, agents: int) -> tuple[float, float, float]:
        """The outcome; of replies that nobody could send in time, what waiting does not cost."""
        if self.replies is None:
            return self.outcome(load, agents)
        if load == 0.0:
            return 1.0, 1.0, 0.0
        return self.replies.planned(load, agents, self.aht_seconds), 1.0, 0.0

    def predicted(self, load: float, agents: int) -> float:
        """Service level over all days that may come, unless only the mean is planned for."""
        if self.policy == "mean" or self.variance == 0.0:
            return self.level(load, agents)
        in_time, of, _ = self.over_days(load, agents)
        return in_time / of if of > 0.0 else 0.0
