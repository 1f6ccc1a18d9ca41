"""Queues and their promises: the nouns of demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Channel = Literal["email", "chat", "phone", "social"]
HandledAs = Literal["live", "deferred", "both"]
PromiseClock = Literal["elapsed", "open hours", "after opening", "by weekday"]
Definition = Literal["offered", "answered", "gone"]

LIVE_CHANNELS = ("phone", "chat")
LIVE_BELOW_HANDLE_TIMES = 3.0
DEFERRED_ABOVE_HANDLE_TIMES = 5.0
# Speed of each chat when 1, 2, 3, ... are open at once, relative to one alone.
CHAT_SPEED = (1.0, 0.85, 0.83, 0.73, 0.70)


@dataclass(frozen=True, slots=True)
class Promise:
    """What customers are told: a share answered within a time.

    Attributes
    ----------
    share: from 0 to 1.
    within_seconds: the time, from arrival to answer (live) or to first reply sent (deferred); of "after
        opening" the grace from the opening on; of "by weekday" 0.
    clock: "elapsed" counts every second; "open hours" counts only while the queue is open; "after
        opening": due so long after the first opening that follows the arrival; "by weekday": due at the
        next ``due`` after the arrival. The last two are for deferred channels.
    due: weekday (0 is Monday) and minute after local midnight of "by weekday", on the clock of the
        queue's opening hours; None for the other clocks.
    definition: what the share is of. "offered": answered in time of all who came; "answered": answered in
        time of those answered; "gone": answered or gone in time of all who came. They differ when
        customers hang up.
    over: "interval": a live promise is staffed to hold in every planning interval; "day": over each local
        day as a whole.

    Examples
    --------
    >>> Promise(0.9, 7200.0).clock, Promise(0.9, 0.0, "by weekday", (0, 600)).due
    ('elapsed', (0, 600))
    """

    share: float
    within_seconds: float
    clock: PromiseClock = "elapsed"
    due: tuple[int, int] | None = None
    definition: Definition = "offered"
    over: Literal["interval", "day"] = "interval"

    @property
    def judged_on(self) -> Literal["open", "all"]:
        """Which contacts the promise is judged on: those that come while the queue is open, or all.

        Whatever comes while open has long to go until the next opening or weekday: there, what comes while
        closed is what the promise is about. On the other clocks a rota can only keep what comes while open.

        Examples
        --------
        >>> Promise(0.9, 7200.0).judged_on, Promise(0.9, 3600.0, "after opening").judged_on
        ('open', 'all')
        """
        return "all" if self.clock in ("after opening", "by weekday") else "open"


@dataclass(frozen=True, slots=True)
class Queue:
    """Team x channel x language, with one handle time and one promise.

    Attributes
    ----------
    name: unique in a scenario.
    aht_seconds: talk, hold and after-contact work of one touch, in seconds.
    replies: touches per contact; 1 for live channels.
    promise: what customers are told.
    patience_seconds: mean time after which a waiting customer hangs up; None: they never do.
    team: skill that people need beside language and channel; "" means anyone.
    customers: tier, such as "premium"; "" means all.
    priority: higher is served first.
    interruptible: a contact that can be put down for a live one (the default for deferred channels).
    cv: coefficient of variation of the handle time (lognormal).
    chats_at_once: how many contacts of this queue one person holds at most; more than 1 for chat only.
    chat_speed: speed of each chat when 1, 2, 3, ... are open; ``aht_seconds`` is that of a chat alone.
    max_abandon: share of customers who may hang up at most; None: no cap of its own.

    Examples
    --------
    >>> q = Queue("email en", "email", "en", aht_seconds=600, promise=Promise(0.9, 7200), replies=2.2)
    >>> q.handled_as
    'deferred'
    >>> q.work_seconds
    1320.0
    """

    name: str
    channel: Channel
    language: str
    aht_seconds: float
    promise: Promise
    replies: float = 1.0
    patience_seconds: float | None = None
    team: str = ""
    customers: str = ""
    priority: int = 0
    interruptible: bool = True
    cv: float = 1.0
    chats_at_once: int = 1
    chat_speed: tuple[float, ...] = CHAT_SPEED
    max_abandon: float | None = None

    @property
    def handled_as(self) -> HandledAs:
        """Live below 3 handle times, deferred above 5, both between; phone and chat are live.

        A promise that is due at an hour of the day, not after a time, is deferred.
        """
        if self.channel in LIVE_CHANNELS:
            return "live"
        if self.promise.clock in ("after opening", "by weekday"):
            return "deferred"
        ratio = self.promise.within_seconds / self.aht_seconds
        if ratio < LIVE_BELOW_HANDLE_TIMES:
            return "live"
        return "both" if ratio <= DEFERRED_ABOVE_HANDLE_TIMES else "deferred"

    @property
    def work_seconds(self) -> float:
        """Work of one contact over all its touches, in seconds."""
        return self.aht_seconds * self.replies
