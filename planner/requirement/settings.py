"""What a manager decides about the need."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from planner._messages import Message
from planner.clock import OpeningHours
from planner.requirement.mistakes import refuse
from planner.requirement.shrinkage import confidence_mistakes, share_mistakes
from planner.requirement.uncertainty import QUANTILE, Policy, policy_mistakes

EVERYBODY = "all"
Method = Literal["interval", "forward"]


@dataclass(frozen=True)
class NeedSettings:
    """Floors, caps and shrinkage.

    Attributes
    ----------
    presence: queue, or "all" for the whole team, to the minimum number of people on duty while open.
    busy_inside_shift: share of time on duty taken by meetings, training and unplaced breaks.
    no_shows: share of people rostered who do not come, at the last minute.
    absence: leave and sickness; sizes the team (``payroll_fte``), never the duty.
    occupancy_cap: people are busy no more than this share of their time.
    safety: z of the safety work of deferred queues; 0.42 suits a promise of 90 %.
    margin: deferred queue to more z on top of ``safety``; a set takes the largest of its queues.
    follow_up_seconds: open hours in which the further touches of a deferred contact are done.
    policy: what live queues are staffed for, as the forecast may be wrong: its mean, the service
        level expected over all days that may come, or a quantile of them (see ``uncertainty``).
    quantile: share of days that the policy "quantile" is enough for.
    method: "interval": each planning interval as if its arrivals went on for ever; "forward": exact for
        arrivals that change, walking through the period (see ``forward``); promises over the day are
        staffed by intervals either way, and so are pools of more than 100 erlang, and first replies that
        must be sent in time, whose further touches move between hours. Not with the policy
        "expected service level".
    open_tickets: deferred queue to the contacts that wait when the period begins.
    voicemail_seconds: open time, from the opening of a queue that was closed, in which voicemail is
        called back.
    small_team_confidence: chance with which the people needed must be present when each one rostered
        may fail to come (see ``shrinkage.rostered_people``; never fewer than the ratio gives); None: the
        ratio alone. The minimum on duty counts people rostered either way.

    Raises
    ------
    ValueTextError: numbers that cannot be, all of them at once.

    Examples
    --------
    >>> NeedSettings({"all": 1}, busy_inside_shift=0.15, no_shows=0.03, absence=0.14).occupancy_cap
    0.85
    """

    presence: Mapping[str, int] = field(default_factory=dict)
    busy_inside_shift: float = 0.0
    no_shows: float = 0.0
    absence: float = 0.0
    occupancy_cap: float = 0.85
    safety: float = 0.42
    margin: Mapping[str, float] = field(default_factory=dict)
    follow_up_seconds: float = 8 * 3600.0
    policy: Policy = "mean"
    quantile: float = QUANTILE
    small_team_confidence: float | None = None
    method: Method = "interval"
    open_tickets: Mapping[str, int] = field(default_factory=dict)
    voicemail_seconds: float = 7200.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "presence", MappingProxyType(dict(self.presence)))
        object.__setattr__(self, "margin", MappingProxyType(dict(self.margin)))
        object.__setattr__(self, "open_tickets", MappingProxyType(dict(self.open_tickets)))
        wrong = [
            mistake
            for name in ("busy_inside_shift", "no_shows", "absence")
            for mistake in share_mistakes(name, getattr(self, name))
        ]
        if not 0.0 < self.occupancy_cap <= 1.0:
            wrong.append(Message("requirement.max_occupancy", {"value": f"{self.occupancy_cap:g}"}))
        for queue, people in self.presence.items():
            if people < 0 or people != int(people):
                wrong.append(Message("requirement.presence", {"queue": queue, "value": people}))
        for name, value in (("follow_up", self.follow_up_seconds), ("voicemail", self.voicemail_seconds)):
            if not (math.isfinite(value) and value >= 0.0):
                wrong.append(Message(f"requirement.{name}", {"value": f"{value:g}"}))
        for queue, tickets in self.open_tickets.items():
            if tickets < 0 or tickets != int(tickets):
                wrong.append(Message("requirement.open_tickets", {"queue": queue, "value": tickets}))
        wrong += policy_mistakes(self.policy, self.quantile)
        if self.method not in get_args(Method):
            wrong.append(Message("requirement.method", {"value": self.method}))
        if self.method == "forward" and self.policy == "expected service level":
            wrong.append(Message("requirement.forward_expected", {}))
        if self.small_team_confidence is not None:
            wrong += confidence_mistakes(self.small_team_confidence)
        refuse(wrong)

    def z_of(self, queues: frozenset[str]) -> float:
        """Safety of a set of deferred queues."""
        return self.safety + max((self.margin.get(queue, 0.0) for queue in queues), default=0.0)


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """An escalation role that must be reachable while any queue is open.

    Attributes
    ----------
    role: its name. count: people on call at once.
    reach_seconds: time in which they must be reachable; stated, it does not change the number.
    share: of all contacts that need this role as well; stated, it does not change the number.
    handle_seconds: handle time of such a contact by the role.
    also: hours in which it must be reachable though nothing is open; None: there are none.
    """

    role: str
    count: int = 1
    reach_seconds: float = 1800.0
    share: float = 0.0
    handle_seconds: float = 1800.0
    also: OpeningHours | None = None
