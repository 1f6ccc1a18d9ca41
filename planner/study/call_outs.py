"""Call-outs: how often somebody on call is expected to be called, what that costs, and who then rests.

A call-out is a contact that needs the role: at its stated share of all contacts that come while their
queue is open, and every one of a queue that it answers while that is closed (``also``). Their number in a
duty is taken as Poisson around that mean, so that a duty has one with chance 1 - exp(-mean).
Approximations, all on the safe side: two call-outs within the paid minimum are each paid in full, at the
hourly cost without premiums; rest is counted from the end of the duty.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planner._messages import Message
from planner._values import DaySet, days_text, duration_text
from planner.clock import quarter_of
from planner.rota import options_for
from planner.rules import REGISTRY
from planner.study.scenario.views import opening_from

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.rota import Rota, Shift
    from planner.rules import Rule
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario
    from planner.study.scenario.parts import EscalationSaid, OpeningSaid

WEEK = DaySet(frozenset(range(7)))


@dataclass(frozen=True)
class CallOuts:
    """What is expected of one role over the duties of a rota.

    Attributes
    ----------
    duties: on call for it. expected: call-outs in all of them. chance: of one, in a mean duty.
    paid_hours: at least the minimum for each. cents: their cost, expected and not rostered.
    """

    role: str
    duties: int
    expected: float
    chance: float
    paid_hours: float
    cents: int


def chance_of(expected: float) -> float:
    """Chance of at least one call-out where so many are expected.

    Examples
    --------
    >>> chance_of(0.0), round(chance_of(0.7), 3)
    (0.0, 0.503)
    """
    return -math.expm1(-expected)


class Contacts(NamedTuple):
    """Expected contacts of all queues in each quarter-hour of the period, from its first one on."""

    first: int
    came: np.ndarray

    def span(self, start: int, end: int) -> np.ndarray:
        """Places of a span of absolute quarter-hours; after the last week comes one like the first."""
        found: np.ndarray = np.arange(start - self.first, end - self.first) % len(self.came)
        return found


def contacts_while_open(scenario: Scenario) -> Contacts | None:
    """Contacts that are expected while their queue is open; None where the need is stated."""
    volumes = scenario.expected
    if volumes is None:
        return None
    step = volumes.interval_minutes // 15
    came = np.zeros(volumes.intervals * step)
    for name, mean in zip(volumes.queues, volumes.mean, strict=True):
        is_open = scenario.opening[name].mask(volumes.first_quarter, len(came))
        came += np.where(is_open, np.repeat(mean, step) / step, 0.0)
    return Contacts(volumes.first_quarter, came)


def _expected(line: EscalationSaid, scenario: Scenario, contacts: Contacts) -> Contacts:
    """Call-outs that are expected of a role in each quarter-hour."""
    came = contacts.came * line.share
    volumes = scenario.expected
    if line.also and volumes is not None:
        for name in volumes.queues:
            step = volumes.interval_minutes // 15
            mean = np.repeat(volumes.mean[volumes.queues.index(name)], step) / step
            came = came + np.where(
                answered_closed(line, name, scenario, contacts.first, len(came)), mean, 0.0
            )
    return Contacts(contacts.first, came)


def called_out_by(hours: OpeningSaid, scenario: Scenario) -> tuple[str, ...]:
    """Queues whose contacts call somebody out in hours on call."""
    names = tuple(queue.name for queue in scenario.queues)
    return names if "all" in hours.queues else tuple(name for name in names if name in hours.queues)


def answered_closed(
    line: EscalationSaid, queue: str, scenario: Scenario, first: int, quarters: int
) -> np.ndarray:
    """Quarter-hours from an absolute one on in which a contact of a closed queue is a call-out of a role."""
    mine = [hours for hours in line.also if queue in called_out_by(hours, scenario)]
    if not mine:
        return np.zeros(quarters, dtype=bool)
    there = opening_from(scenario.said, mine).mask(first, quarters)
    found: np.ndarray = there & ~scenario.opening[queue].mask(first, quarters)
    return found


def call_outs(rota: Rota, scenario: Scenario) -> tuple[CallOuts, ...]:
    """Expected call-outs of each role that has any and a paid minimum, from the duties of a rota.

    Contacts during somebody's own shifts of work are not call-outs of theirs, and people on call at the
    same time share them.
    """
    lines = [line for line in scenario.said.escalation if _called(line) and line.call_out_minimum]
    contacts = contacts_while_open(scenario) if lines else None
    return () if contacts is None else tuple(_of_role(line, rota, scenario, contacts) for line in lines)


def _called(line: EscalationSaid) -> bool:
    return line.share > 0 or bool(line.also)


def _of_role(line: EscalationSaid, rota: Rota, scenario: Scenario, contacts: Contacts) -> CallOuts:
    able = scenario.skills.able[line.role]
    duties = [shift for shift in rota.shifts if shift.kind == "on_call" and shift.agent in able]
    there = {shift: _reachable(shift, rota, contacts) for shift in duties}
    together = np.maximum(1, np.sum([*there.values(), np.zeros(len(contacts.came))], axis=0))
    each_one = _expected(line, scenario, contacts).came / together
    paid = max(line.call_out_minimum, line.takes) if line.call_out_minimum else line.takes
    hours = paid.total_seconds() / 3600
    means = [float(each_one[there[shift]].sum()) for shift in duties]
    costs = [
        mean * hours * scenario.team.agent(shift.agent).cost_per_hour
        for shift, mean in zip(duties, means, strict=True)
    ]
    chance = sum(map(chance_of, means)) / len(means) if means else 0.0
    return CallOuts(
        line.role, len(duties), sum(means), chance, sum(means) * hours, round(100 * math.fsum(costs))
    )


def _reachable(duty: Shift, rota: Rota, contacts: Contacts) -> np.ndarray:
    """Quarter-hours of the period in which somebody is on call and not at work."""
    found = np.zeros(len(contacts.came), dtype=bool)
    found[contacts.span(quarter_of(duty.start), quarter_of(duty.end))] = True
    for shift in rota.tour(duty.agent):
        if shift.kind != "on_call":
            found[contacts.span(quarter_of(shift.start), quarter_of(shift.end))] = False
    return found


def rests_after_call_outs(scenario: Scenario) -> Mapping[str, tuple[Rule, ...]]:
    """By person: rest before work after the duties in which a call-out is likely, as rules.

    A duty is a kind of shift on a weekday; it is likely to have one from the stated chance on.
    """
    lines = [line for line in scenario.said.escalation if _called(line) and line.rest_after_call_out]
    contacts = contacts_while_open(scenario) if lines else None
    if contacts is None:
        return {}
    make = REGISTRY["rest_after_on_call"]
    found: dict[str, tuple[Rule, ...]] = {}
    known: dict[tuple[str, str], dict[str, dict[int, float]]] = {}
    for line in lines:
        for agent in scenario.team.agents:
            if agent.name not in scenario.skills.able[line.role] or agent.outside:
                continue
            key = (line.role, agent.zone)
            if key not in known:
                known[key] = expected_by_duty(line, agent, scenario, contacts)
            for names, weekdays in _likely(known[key], line.rest_from_chance):
                rule = make(hours=line.rest_after_call_out, shifts=names, weekdays=weekdays)
                found[agent.name] = (*found.get(agent.name, ()), rule)
    return found


def expected_by_duty(
    line: EscalationSaid, agent: Agent, scenario: Scenario, contacts: Contacts
) -> dict[str, dict[int, float]]:
    """Call-outs that a person of the role may expect, by kind of duty and weekday (0 is Monday)."""
    kinds = [kind for kind in scenario.shift_types if kind.kind == "on_call"]
    contacts = _expected(line, scenario, contacts)
    means: dict[str, dict[int, list[float]]] = {}
    for day in options_for(agent, kinds, scenario.first_day, scenario.days):
        for duty in day:
            came = float(contacts.came[contacts.span(duty.start, duty.end)].sum())
            weekday = (scenario.first_day.weekday() + duty.day) % 7
            means.setdefault(duty.name, {}).setdefault(weekday, []).append(came / line.people)
    return {
        name: {weekday: sum(each) / len(each) for weekday, each in sorted(days.items())}
        for name, days in means.items()
    }


def _likely(duties: Mapping[str, Mapping[int, float]], chance: float) -> list[tuple[tuple[str, ...], str]]:
    """Names of duties and their weekdays with so likely a call-out; duties of the same days together."""
    by_days: dict[frozenset[int], list[str]] = {}
    for name, days in duties.items():
        likely = frozenset(day for day, mean in days.items() if chance_of(mean) >= chance and mean > 0)
        if likely:
            every = likely == frozenset(days)
            by_days.setdefault(WEEK.weekdays if every else likely, []).append(name)
    return [
        (tuple(names), "" if days == WEEK.weekdays else days_text(DaySet(days)))
        for days, names in by_days.items()
    ]


def call_out_notices(scenario: Scenario) -> tuple[Message, ...]:
    """After which duties there is rest before work because a call-out is likely, or that it is after none."""
    rests = rests_after_call_outs(scenario)
    found = []
    for line in scenario.said.escalation:
        if not _called(line) or line.rest_after_call_out is None or scenario.expected is None:
            continue
        rules = {str(r.explain()) for name in scenario.skills.able[line.role] for r in rests.get(name, ())}
        values = {
            "role": line.role,
            "chance": f"{100 * line.rest_from_chance:g}",
            "rest": duration_text(line.rest_after_call_out),
            "rules": "; ".join(sorted(rules)),
        }
        found.append(Message("study.call_out_rest" if rules else "study.call_out_no_rest", values))
    return tuple(found)


def call_out_lines(made: Plan) -> list[Message]:
    """A sentence for each role: call-outs expected, and what they cost beside the rota."""
    return [
        Message(
            "study.call_outs",
            {
                "role": each.role,
                "expected": f"{each.expected:,.1f}",
                "duties": each.duties,
                "chance": f"{100 * each.chance:.0f}",
                "hours": f"{each.paid_hours:,.1f}",
                "cost": f"{each.cents / 100:,.0f}",
                "currency": made.scenario.currency,
            },
        )
        for each in call_outs(made.rota, made.scenario)
    ]


def call_out_record(made: Plan) -> dict[str, Any] | None:
    """What ``plan.json`` says of call-outs; None where no role has a share and a paid minimum."""
    found: Sequence[CallOuts] = call_outs(made.rota, made.scenario)
    if not found:
        return None
    cents = sum(each.cents for each in found)
    rostered = made.result.objective.pay
    return {
        "expected": round(sum(each.expected for each in found), 4),
        "cost": round(cents / 100, 2),
        "cost_with_call_outs": round((rostered + cents) / 100, 2),
        "roles": [
            {
                "role": each.role,
                "duties": each.duties,
                "expected": round(each.expected, 4),
                "chance": round(each.chance, 4),
                "paid_hours": round(each.paid_hours, 4),
                "cost": round(each.cents / 100, 2),
            }
            for each in found
        ],
    }
