"""What decides the need, as a form: promises, people on duty at least, time that is not for customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planner._values import duration_text, share_text
from planner.study.goals import promise_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

ALL = "all"
SHARES = ("busy_inside_shift", "no_shows", "occupancy_at_most")
LENGTHS = ("follow_up_within",)
FIELDS = (*SHARES, *LENGTHS)


@dataclass(frozen=True)
class NeedForm:
    """Everything as text.

    Attributes
    ----------
    promises: by queue. least: people on duty while open, by queue and for ``all``; "" is not said.
    fields: by key of ``FIELDS``.
    """

    promises: Mapping[str, str]
    least: Mapping[str, str]
    fields: Mapping[str, str]


def form_of(scenario: Scenario) -> NeedForm:
    """The form of a scenario, filled with what holds now.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> form = form_of(Scenario.from_text("people: 5"))
    >>> form.promises["email en"], form.least["all"], form.fields["no_shows"]
    ('90% within 4 h', '1', '3%')
    """
    said = scenario.said
    lengths: dict[str, timedelta] = {key: getattr(said, key) for key in LENGTHS}
    return NeedForm(
        {queue.name: promise_text(queue.promise) for queue in scenario.queues},
        {name: _count(said.minimum_on_duty.get(name)) for name in (ALL, *_names(scenario))},
        {key: share_text(getattr(said, key)) for key in SHARES}
        | {key: duration_text(value) for key, value in lengths.items()},
    )


def changes_of(scenario: Scenario, typed: NeedForm) -> dict[str, Any]:
    """What a new stage says: only what differs from the scenario; {} where nothing does.

    What was typed is written as it is: loading the new stage finds every mistake at once and names its place.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> form = form_of(desk)
    >>> found = changes_of(desk, NeedForm({"email en": "90% within 1 h"}, {"all": "2"}, form.fields))
    >>> found["minimum_on_duty"], found["queues"][0]["promise"]
    ({'all': '2'}, '90% within 1 h')
    """
    now = form_of(scenario)
    changes: dict[str, Any] = {}
    promises = _differing(now.promises, typed.promises)
    if promises:
        lines: list[dict[str, Any]] = [dict(line) for line in scenario.plain.get("queues", ())]
        if not lines:  # queues that nobody stated follow from the team's languages
            lines = [{"name": q.name, "channel": q.channel, "language": q.language} for q in scenario.queues]
        changes["queues"] = [
            {**line, "promise": promises[line["name"]]} if line["name"] in promises else line
            for line in lines
        ]
    least = _differing(now.least, typed.least)
    if least:
        # Mappings of a stage are laid over those it starts from: nothing can be taken out, so 0 is said.
        changes["minimum_on_duty"] = {name: text or "0" for name, text in least.items()}
    return {**changes, **_differing(now.fields, typed.fields)}


def _names(scenario: Scenario) -> list[str]:
    return [queue.name for queue in scenario.queues]


def _count(count: int | None) -> str:
    return "" if count is None else str(count)


def _differing(now: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed otherwise than it stands."""
    found = {name: (text or "").strip() for name, text in typed.items()}
    return {name: text for name, text in found.items() if text != now.get(name, "")}
