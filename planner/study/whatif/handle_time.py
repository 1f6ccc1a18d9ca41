"""Contacts that take longer or shorter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import duration_text, parse_duration
from planner.study.scenario.asks_said import EVERYBODY
from planner.study.scenario.texts import Length, Words
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import names_text, queues_named, queues_said, unknown_queues
from planner.study.whatif.texts import By, change_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class HandleTime(Change):
    """Contacts take longer or shorter."""

    key: ClassVar[str] = "handle_time"

    by: By | None = Field(None, description="share or factor of the time of one touch", examples=["-10%"])
    to: Length | None = Field(None, description="instead of by: the time of one touch", examples=["8 min"])
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues, both or neither of by and to, nothing left."""
        yield from unknown_queues(scenario, self.queues)
        if (self.by is None) == (self.to is None):
            yield refused("by_or_to", ("to",) if self.to is not None else ())
        if self.by is not None and self.by <= 0:
            yield refused("no_time", ("by",))
        if scenario.fixed_need or scenario.posts_alone:
            yield refused("no_volume", ("by",) if self.by is not None else ("to",))

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As the handle times of these queues."""
        if self.by == 1:
            return {}
        named = queues_named(scenario, self.queues)
        usual = {queue.name: queue.aht_seconds for queue in scenario.queues}
        lines = queues_said(scenario)
        for line in lines:
            if line["name"] not in named:
                continue
            before = usual[line["name"]]
            after = self.to.total_seconds() if self.to is not None else before * (self.by or 1.0)
            line["aht"] = _text(after)
            if "chat_times" in line:
                line["chat_times"] = {
                    number: _text(parse_duration(took).total_seconds() * after / before)
                    for number, took in line["chat_times"].items()
                }
        return {"queues": lines}

    def explain(self, scenario: Scenario) -> Message:
        """How much, and of what."""
        by = duration_text(self.to) if self.to is not None else change_text(self.by or 1.0)
        code = "handle_time" if self.to is None else "handle_time_to"
        return Message(f"whatif.{code}", {"by": by, "queues": names_text(self.queues)})


def _text(seconds: float) -> str:
    return duration_text(timedelta(seconds=round(seconds, 3)))
