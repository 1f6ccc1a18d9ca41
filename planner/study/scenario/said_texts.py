"""Values at the top of a scenario: planning grain, currency, rules, and what one word there stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import duration_text, parse_duration
from planner.study.scenario.texts import reads, wrong


def _interval(text: str) -> int:
    minutes = parse_duration(text) / timedelta(minutes=1)
    if minutes not in (15, 30, 60):
        raise wrong("interval", given=text.strip())
    return int(minutes)


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text.strip()):
        raise wrong("currency", given=text.strip())
    return text.strip().upper()


def _rule(value: object) -> object:
    """A rule by name alone has no settings; what they mean is for the rules to say."""
    if isinstance(value, str):
        return {value: {}}
    if isinstance(value, Mapping) and len(value) == 1:
        ((name, settings),) = value.items()
        if settings and not isinstance(settings, Mapping):
            raise ValueTextError(Message("rules.not_settings", {"rule": name}))
        return {name: {} if settings == "" else settings}
    raise wrong("one_key", what="rule", example="max_days_in_row")


def from_text(wrap: str) -> BeforeValidator:
    """A text stands for the mapping with one key."""
    return BeforeValidator(lambda value: {wrap: value} if isinstance(value, str) else value)


def as_growth(value: object) -> object:
    """A share alone is more contacts of all queues."""
    return {"more_contacts": {"all": value}} if isinstance(value, str) else value


def as_people(value: object) -> object:
    """A number alone is so many people."""
    if isinstance(value, str):
        value = {"count": value}
    return [value] if isinstance(value, Mapping) else value


Interval = Annotated[
    int,
    reads(_interval),
    PlainSerializer(lambda minutes: duration_text(timedelta(minutes=minutes))),
]
Currency = Annotated[str, reads(_currency)]
RuleSaid = Annotated[dict[str, dict[str, Any]], BeforeValidator(_rule)]
