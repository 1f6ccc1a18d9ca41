"""Promises that are asked about: a manager's words, queue by queue, from loose to tight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner._errors import PlannerError, ScenarioError, ValueTextError
from planner._messages import Message
from planner._values import Goal, goal_text, parse_goal
from planner.demand import LIVE_CHANNELS, Promise, Queue

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

NOMINAL_MORE: Mapping[str, float] = {"after opening": 86_400.0, "by weekday": 604_800.0}
"""Seconds more that a promise takes on the whole on these clocks, to place it among those of other clocks."""
EXPECTATIONS: tuple[tuple[float, float], ...] = ((0.80, 24.0), (0.37, 1.0))
"""What people expect of companies by e-mail: share of people, and within how many elapsed hours."""
_TIMED = ("elapsed", "open hours")


@dataclass(frozen=True)
class Asked:
    """One promise of a price curve.

    Attributes
    ----------
    label: as it was asked, such as "15 min"; for today's promise, in words.
    goals: what each queue would promise.
    today: whether the scenario promises exactly this.
    """

    label: str
    goals: Mapping[str, Goal]
    today: bool = False

    @property
    def looseness(self) -> tuple[float, float]:
        """What promises are ordered by: the longest time of a queue, then the smallest share."""
        return max(map(_nominal, self.goals.values())), -min(goal.share for goal in self.goals.values())

    def tighter_than(self, other: Asked) -> bool:
        """Whether every queue promises at least as much as in the other one."""
        return all(at_least_as_tight(self.goals[name], goal) for name, goal in other.goals.items())


def at_least_as_tight(one: Goal, other: Goal) -> bool:
    """Whether a promise is kept only if the other is; False where the two cannot be ordered.

    Examples
    --------
    >>> hour, four = Goal(0.9, 3600.0), Goal(0.9, 14_400.0, "open hours")
    >>> at_least_as_tight(hour, four), at_least_as_tight(four, hour)
    (True, False)
    """
    if one._replace(share=0.0, seconds=0.0, clock="elapsed") != other._replace(
        share=0.0, seconds=0.0, clock="elapsed"
    ):
        return False
    # Time passes at least as fast as opening hours do.
    clocks = one.clock == other.clock or (one.clock, other.clock) == _TIMED
    return clocks and one.seconds <= other.seconds and one.share >= other.share


def asked(scenario: Scenario, goals: Sequence[str], queues: Sequence[str] = ()) -> tuple[Asked, ...]:
    """Today's promise and those asked about, from loose to tight.

    Parameters
    ----------
    goals: times such as "15 min" or "2 business hours" (share and clock stay as each queue has them,
        unless the text says another clock), or whole promises such as "80% within 15 min".
    queues: names; none: every deferred queue that promises a time.

    Raises
    ------
    ScenarioError: with all mistakes.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("queues: [{name: email en, promise: 90% within 4 h}]")
    >>> [(each.label, each.today) for each in asked(desk, ["1 h", "4 h", "8 h"])]
    [('8 h', False), ('4 h', True), ('1 h', False)]
    """
    mistakes: list[Message] = []
    if scenario.fixed_need:
        raise ScenarioError(Message("promise.stated_need", {"scenario": scenario.name}))
    chosen = _chosen(scenario, queues, mistakes)
    if not [text for text in goals if text.strip()]:
        mistakes.append(Message("promise.no_goals"))
    now = {queue.name: goal_of(queue.promise) for queue in chosen}
    found: dict[tuple[Goal, ...], Asked] = {}
    for text in filter(str.strip, goals):
        label = " ".join(text.split())
        try:
            its = {queue.name: _goal(label, queue) for queue in chosen}
        except ValueTextError:
            mistakes.append(Message("promise.goal", {"given": label}))
            continue
        found.setdefault(tuple(its.values()), Asked(label, its, its == now))
    if mistakes:
        raise ScenarioError(*dict.fromkeys(mistakes))
    found.setdefault(tuple(now.values()), Asked(str(Message("promise.today")), now, today=True))
    return tuple(sorted(found.values(), key=lambda each: each.looseness, reverse=True))


def usual_queues(scenario: Scenario) -> tuple[Queue, ...]:
    """Queues that are asked about when none is named: deferred ones that promise a time.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> [q.name for q in usual_queues(Scenario.from_text("queues: [{name: email en}, {name: phone en}]"))]
    ['email en']
    """
    return tuple(
        queue
        for queue in scenario.queues
        if queue.channel not in LIVE_CHANNELS and queue.promise.clock in _TIMED
    )


def goal_of(promise: Promise) -> Goal:
    """A queue's promise as a scenario file says it."""
    return Goal(promise.share, promise.within_seconds, promise.clock, promise.due, promise.definition)


def promise_text(promise: Promise) -> str:
    """A queue's promise as it is written in a scenario file.

    Examples
    --------
    >>> promise_text(Promise(0.9, 7200.0)), promise_text(Promise(0.8, 20.0, definition="answered"))
    ('90% within 2 h', '80% of answered within 20 s')
    """
    return goal_text(goal_of(promise))


def variants(scenario: Scenario, every: Sequence[Asked]) -> dict[str, Scenario]:
    """The scenario with each promise, by its label; mistakes of all of them at once.

    Raises
    ------
    ScenarioError: with all mistakes.
    """
    made: dict[str, Scenario] = {}
    mistakes: list[Message] = []
    for each in every:
        try:
            made[each.label] = scenario if each.today else with_promise(scenario, each)
        except PlannerError as error:
            mistakes += error.messages
    if mistakes:
        raise ScenarioError(*dict.fromkeys(mistakes))
    return made


def with_promise(scenario: Scenario, promise: Asked) -> Scenario:
    """The same scenario with another promise, and nothing else changed but its name."""
    said: list[dict[str, Any]] = [dict(queue) for queue in scenario.plain.get("queues", ())]
    if not said:  # queues that nobody stated follow from the team's languages
        said = [{"name": q.name, "channel": q.channel, "language": q.language} for q in scenario.queues]
    for queue in said:
        if queue["name"] in promise.goals:
            queue["promise"] = goal_text(promise.goals[queue["name"]])
    return scenario.replace(name=f"{scenario.name}, {promise.label}", queues=said)


def _chosen(scenario: Scenario, queues: Sequence[str], mistakes: list[Message]) -> tuple[Queue, ...]:
    known = {queue.name: queue for queue in scenario.queues}
    for name in dict.fromkeys(queues):
        if name not in known:
            mistakes.append(Message("promise.no_queue", {"queue": name, "known": ", ".join(known)}))
    if queues:
        return tuple(known[name] for name in dict.fromkeys(queues) if name in known)
    deferred = usual_queues(scenario)
    if not deferred:
        mistakes.append(Message("promise.no_deferred", {"known": ", ".join(known)}))
    return deferred


def _goal(text: str, queue: Queue) -> Goal:
    """A goal of a queue; what the text does not say stays as the queue has it."""
    if "%" in text or text.lower().startswith("0."):
        return parse_goal(text)
    now = goal_of(queue.promise)
    said = parse_goal(f"90% {text}" if text.lower().startswith("by ") else f"90% within {text}")
    if said.clock == "elapsed" and now.clock in _TIMED:
        return now._replace(seconds=said.seconds)
    return said._replace(share=now.share)


def _nominal(goal: Goal) -> float:
    """Seconds that a promise takes on the whole, to order those of different clocks."""
    return goal.seconds + NOMINAL_MORE.get(goal.clock, 0.0)
