"""More or fewer contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import share_text
from planner.clock import day_starts
from planner.study.scenario.asking import ALL
from planner.study.scenario.asks_said import EVERYBODY
from planner.study.scenario.texts import Words
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import names_text, queues_named, unknown_queues
from planner.study.whatif.texts import MoreSaid, more_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

MOST = 6.0  # what growth.more_contacts takes


class Volume(Change):
    """More or fewer contacts than the scenario expects."""

    key: ClassVar[str] = "volume"

    by: MoreSaid = Field(
        description="share, factor or contacts a weekday of these queues together", examples=["+20%"]
    )
    queues: Words = Field(EVERYBODY, description="names, or all", examples=["email en"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues, a need without volumes, and less than nothing."""
        if scenario.fixed_need or scenario.posts_alone:
            yield refused("no_volume", ("by",))
            return
        wrong = list(unknown_queues(scenario, self.queues))
        yield from wrong
        if not wrong and not all(0 <= factor <= MOST for factor in self._factors(scenario).values()):
            yield refused("too_much", ("by",), given=more_text(self.by))

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As growth on top of the growth that is said."""
        if not self.by.contacts and self.by.factor == 1:
            return {}
        more = {name: share_text(round(f - 1, 12)) for name, f in self._factors(scenario).items()}
        return {"growth": {"more_contacts": more}}

    def explain(self, scenario: Scenario) -> Message:
        """How much, and of what."""
        return Message("whatif.volume", {"by": more_text(self.by), "queues": names_text(self.queues)})

    def _factors(self, scenario: Scenario) -> dict[str, float]:
        """What contacts are multiplied by in all: by queue; ``all`` for those that no other key names."""
        named = queues_named(scenario, self.queues)
        by = self.by.factor
        if self.by.contacts:
            usual = a_weekday(scenario)
            total = sum(usual[name] for name in named)
            by = (total + self.by.contacts) / total if total else -1.0
        everybody = len(named) == len(scenario.queues)
        keys = (ALL, *scenario.said.growth.more_contacts) if everybody else named
        return {name: (1 + _said(scenario, name)) * by for name in dict.fromkeys(keys)}


def _said(scenario: Scenario, queue: str) -> float:
    """What growth adds to a queue's contacts already."""
    more = scenario.said.growth.more_contacts
    return more.get(queue, more.get(ALL, 0.0))


def a_weekday(scenario: Scenario) -> dict[str, float]:
    """Contacts on a mean weekday of the period, by queue, as they are expected."""
    volumes = scenario.expected
    if volumes is None:
        return {}
    days = day_starts(scenario.first_day, scenario.days, scenario.zone)
    step = scenario.interval_minutes // 15
    found = dict.fromkeys(volumes.queues, 0.0)
    for number, (start, end) in enumerate(pairwise(days)):
        if (scenario.first_day.weekday() + number) % 7 < 5:
            rows = volumes.mean[:, (start - days[0]) // step : (end - days[0]) // step]
            for name, row in zip(volumes.queues, rows, strict=True):
                found[name] += float(row.sum()) / (5 * scenario.weeks)
    return found
