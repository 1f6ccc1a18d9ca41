"""A queue that is closed, and where its contacts go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner._values import share_text
from planner.study.scenario.texts import Share, Words
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import names_text, queues_named, unknown, unknown_queues

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

LOST = "lost"
TO = "to "


class CloseChannel(Change):
    """Queues are closed for good; their contacts go to others or are lost."""

    key: ClassVar[str] = "close_channel"

    queues: Words = Field(description="names", examples=["urgent en"])
    to: dict[str, Share] = Field(
        {},
        description="shares of their contacts that go to other queues; what is left is lost",
        examples=["{email en: 70%, lost: 30%}"],
    )

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown queues, everything closed, more than all of the contacts."""
        yield from unknown_queues(scenario, self.queues)
        open_ = self._open(scenario)
        if not open_:
            yield refused("all_closed", ("queues",))
        else:
            yield from unknown("open queue", [name for name in self._doors() if name != LOST], open_, "to")
        total = sum(self.to.values())
        if total > 1 + 1e-9:
            yield refused("above_all", ("to",), total=share_text(round(total, 6)))
        if scenario.fixed_need or scenario.posts_alone:
            yield refused("no_volume", ("queues",))

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As opening hours and what becomes of contacts while closed."""
        closed = list(queues_named(scenario, self.queues))
        doors = {**scenario.plain.get("when_closed", {})}
        for name, said in scenario.said.when_closed.items():
            doors[name] = {door: share_text(s) for door, s in self._passed_on(said, closed).items()}
        doors |= {name: {door: share_text(s) for door, s in self._all_doors().items()} for name in closed}
        # Whatever is not said any more must go: mappings are merged.
        for name in closed:
            for door in scenario.said.when_closed.get(name, {}):
                doors[name].setdefault(door, "0%")
        lines = [*self._lines(scenario, closed), {"queues": closed, "days": "all", "closed": "yes"}]
        days = {"special_days": self._days(scenario, closed)} if scenario.said.special_days else {}
        return {"opening_hours": lines, **days, "when_closed": doors}

    def explain(self, scenario: Scenario) -> Message:
        """Which, and where their contacts go."""
        doors = ", ".join(f"{share_text(s)} {door}" for door, s in self._all_doors().items())
        return Message(
            "whatif.close_channel",
            {"queues": names_text(queues_named(scenario, self.queues)), "to": doors},
        )

    def _doors(self) -> dict[str, float]:
        """Shares by name of the queue, whether it was written with `to` or without."""
        return {door.removeprefix(TO): share for door, share in self.to.items()}

    def _all_doors(self) -> dict[str, float]:
        """Shares as when_closed says them, the rest lost."""
        doors = {f"{TO}{name}": share for name, share in self._doors().items() if name != LOST}
        return {**doors, LOST: round(1 - sum(doors.values()), 9)}

    def _passed_on(self, said: Mapping[str, float], closed: list[str]) -> dict[str, float]:
        """What becomes of another queue's contacts: those that went to a closed one go where its own go."""
        found: dict[str, float] = {}
        for door, share in said.items():
            inner = self._all_doors() if door.removeprefix(TO) in closed else {door: 1.0}
            found.setdefault(door, 0.0)
            for next_, part in inner.items():
                found[next_] = round(found.get(next_, 0.0) + share * part, 9)
        return found

    def _open(self, scenario: Scenario) -> list[str]:
        closed = queues_named(scenario, self.queues)
        return [queue.name for queue in scenario.queues if queue.name not in closed]

    def _lines(self, scenario: Scenario, closed: list[str]) -> Iterator[dict[str, Any]]:
        """Opening hours of the others."""
        plain = scenario.plain.get("opening_hours", [{}])
        for line, said in zip(scenario.said.opening_hours, plain, strict=True):
            left = [name for name in queues_named(scenario, line.queues) if name not in closed]
            if left:
                yield {**said, "queues": left}

    def _days(self, scenario: Scenario, closed: list[str]) -> list[dict[str, Any]]:
        """Special days of the others."""
        found = []
        for line, said in zip(scenario.said.special_days, scenario.plain["special_days"], strict=True):
            left = [name for name in queues_named(scenario, line.queues) if name not in closed]
            found += [{**said, "queues": left}] if left else []
        return found
