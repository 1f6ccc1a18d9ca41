"""Nights with nobody on duty: somebody on call for what is urgent, or closed with a cleared morning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._messages import Message
from planner._values import clock_text, duration_text, number_text, share_text
from planner.study import steps
from planner.study.call_outs import answered_closed
from planner.study.night_hours import DAY, Window, hours_without, night_window, open_at_night, said_again
from planner.study.night_ways import NightWay, by_partner, new_contracts, no_nights, volunteers, with_rules

if TYPE_CHECKING:
    from planner.demand import Queue
    from planner.study.scenario import Scenario
    from planner.study.scenario.parts import EscalationSaid

REPETITIVE, SOLVED = 0.5, 0.2
"""Where no self-service is said: share of contacts that are about repetitive topics, and of those solved."""
CLEARED_WITHIN = 3600.0
"""Seconds after the opening in which what came at night is to be answered."""


def on_call(scenario: Scenario) -> NightWay:
    """Nobody on duty at night; a role on call, whom contacts of live queues call out.

    Without a live queue at night it is those of the highest priority. Other contacts wait for the opening.
    """
    if not scenario.said.escalation:
        return NightWay("on call", None, Message("nights.no_on_call"))
    window, found = night_window(scenario), _closing(scenario, "on call")
    if found is not None:
        return found
    line, queues = scenario.said.escalation[0], [queue.name for queue in _urgent(scenario, window)]
    also = [
        {**said_again(hours), "queues": queues}
        for hours in scenario.said.opening_hours
        if "all" in hours.queues or set(queues) & set(hours.queues)
    ]
    roles = [dict(one) for one in scenario.plain["escalation"]]
    said_also = list(scenario.plain["escalation"][0].get("also", ()))
    roles[0]["also"] = [*said_also, *also]
    if line.call_out_minimum is None:
        roles[0]["call_out_minimum"] = duration_text(line.takes)
    closed = _closed(scenario, window).replace(escalation=roles)
    if _always_answered(closed, queues):
        doors = {  # nobody waits who was called back
            name: {**dict.fromkeys(scenario.said.when_closed.get(name, {}), "0%"), "lost": "100%"}
            for name in queues
        }
        closed = closed.replace(when_closed=doors)
    assumed = _assumed_on_call(line, queues)
    return NightWay("on call", closed, None, assumed, (line.role, tuple(queues)))


def _assumed_on_call(line: EscalationSaid, queues: list[str]) -> tuple[Message, ...]:
    values = {
        "role": line.role,
        "queues": ", ".join(queues),
        "reach": duration_text(line.reach),
        "takes": duration_text(line.takes),
    }
    paid = () if line.call_out_minimum else (Message("nights.no_call_out_minimum", values),)
    return (Message("nights.on_call_assumed", values), *paid)


def _urgent(scenario: Scenario, window: Window) -> list[Queue]:
    """Queues open at night that cannot wait: the live ones, else those of the highest priority."""
    there = _at_night(scenario, window)
    live = [queue for queue in there if queue.handled_as == "live"]
    most = max((queue.priority for queue in there), default=0)
    return live or [queue for queue in there if queue.priority == most]


def _always_answered(closed: Scenario, queues: list[str]) -> bool:
    """Whether every contact that comes while these queues are closed is a call-out."""
    first, intervals = steps.horizon(closed)
    quarters = intervals * closed.interval_minutes // 15
    return all(
        bool(
            np.all(
                closed.opening[name].mask(first, quarters)
                | answered_closed(closed.said.escalation[0], name, closed, first, quarters)
            )
        )
        for name in queues
    )


def stay_closed(scenario: Scenario) -> NightWay:
    """Closed at night: self-service solves some of it, and the rest is answered an hour after opening.

    Deferred queues that promise longer than that promise an hour of open time here, all day, because a
    promise is one for all hours; what comes while closed is then due an hour after the opening.
    """
    window, found = night_window(scenario), _closing(scenario, "closed")
    if found is not None:
        return found
    closed, assumed = _closed(scenario, window), []
    if scenario.said.self_service:
        said_so = ", ".join(line.name for line in scenario.said.self_service)
        assumed.append(Message("nights.self_service_said", {"names": said_so}))
    else:
        closed = closed.replace(by_hand=[*_listed(scenario), *_solved(scenario, window)])
        shares = {
            "all": share_text(REPETITIVE * SOLVED),
            "topics": share_text(REPETITIVE),
            "solved": share_text(SOLVED),
        }
        assumed.append(Message("nights.self_service_assumed", shares))
    sooner = [queue for queue in _at_night(scenario, window) if _later_than_cleared(queue)]
    if sooner:
        names = {queue.name: f"{share_text(queue.promise.share)} within 1 business hour" for queue in sooner}
        said = [
            {**one, "promise": names[str(one["name"])]} if one["name"] in names else one
            for one in scenario.plain.get("queues", ())
        ]
        closed = closed.replace(queues=said)
        assumed.append(Message("nights.cleared", {"queues": ", ".join(names)}))
    return NightWay("closed", closed, None, tuple(assumed))


def _listed(scenario: Scenario) -> list[Any]:
    said = scenario.plain.get("by_hand", [])
    return list(said) if isinstance(said, list) else [said]


def _solved(scenario: Scenario, window: Window) -> list[dict[str, Any]]:
    """The share that self-service solves at night, as a forecast set by hand says it."""
    begins, ends = window
    hours = [(begins, ends)] if begins < ends else [(begins, DAY), (0, ends)]
    last = scenario.first_day.fromordinal(scenario.first_day.toordinal() + scenario.days - 1)
    said = {
        "days": f"{scenario.first_day} to {last}",
        "factor": f"x{number_text(1 - REPETITIVE * SOLVED)}",
        "reason": "self-service at night, assumed",
    }
    return [{**said, "hours": f"{clock_text(a)}-{clock_text(b)}"} for a, b in hours if a < b]


def _at_night(scenario: Scenario, window: Window) -> list[Queue]:
    first, intervals = steps.horizon(scenario)
    masks = open_at_night(scenario, window, first, intervals * scenario.interval_minutes // 15)
    return [queue for queue in scenario.queues if masks[queue.name].any()]


def _later_than_cleared(queue: Queue) -> bool:
    """Whether the promise leaves what came at night longer than an hour after the opening."""
    promise = queue.promise
    if queue.handled_as == "live":
        return False
    return promise.clock == "by weekday" or promise.within_seconds > CLEARED_WITHIN


def _closing(scenario: Scenario, way: str) -> NightWay | None:
    """Why nights cannot be closed: nothing is open then, or a queue only then."""
    window = night_window(scenario)
    code = None
    if scenario.fixed_need or scenario.posts_alone:
        code = Message("nights.stated_need", {"way": str(Message(f"nights.way_{way.replace(' ', '_')}"))})
    elif not _at_night(scenario, window):
        code = Message(
            "nights.not_open_at_night", {"way": str(Message(f"nights.way_{way.replace(' ', '_')}"))}
        )
    lines = hours_without(scenario, window)
    named = {str(name) for line in lines if "closed" not in line for name in line["queues"]}
    only = [queue.name for queue in scenario.queues if "all" not in named and queue.name not in named]
    if only and code is None:
        values = {"way": str(Message(f"nights.way_{way.replace(' ', '_')}")), "queues": ", ".join(only)}
        code = Message("nights.only_at_night", values)
    return NightWay("on call" if way == "on call" else "closed", None, code) if code else None


def _closed(scenario: Scenario, window: Window) -> Scenario:
    """Closed in the window of every day, and none of ours on a night shift."""
    day = scenario.replace(
        opening_hours=hours_without(scenario, window), solve={"hire": "no", "outsource": False}
    )
    return with_rules(day, *no_nights(scenario))


OTHERS: Mapping[str, Callable[[Scenario], NightWay]] = MappingProxyType(
    {
        "volunteers": volunteers,
        "new contracts": new_contracts,
        "partner": by_partner,
        "on call": on_call,
        "closed": stay_closed,
    }
)
"""Every way but rotation for all, which they are compared with."""
