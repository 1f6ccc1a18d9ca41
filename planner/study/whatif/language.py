"""People who learn a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from planner._messages import Message
from planner.study.scenario.people import Channels, Level, languages_text
from planner.study.scenario.texts import Language
from planner.study.whatif.change import refused
from planner.study.whatif.chosen import Chosen, people_text
from planner.study.whatif.named import agents_said, contracts, staff
from planner.study.whatif.texts import Slower

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class LanguageChange(Chosen):
    """People learn a language, or speak it on more channels or faster than today."""

    key: ClassVar[str] = "language"

    language: Language = Field(description="code", examples=["it"])
    channels: Channels = Field(
        (), description="on which they speak it; default: on all of theirs", examples=["email"]
    )
    slower: Slower = Field(1.0, description="contacts in it take so much longer", examples=["x1.3"])

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown people, languages that no queue asks for."""
        yield from self.wrong_choice(scenario, self._able(scenario))
        asked = list(dict.fromkeys(queue.language for queue in scenario.queues))
        if self.language not in asked:
            known = ", ".join(asked)
            yield refused("no_such_language", ("language",), language=self.language, known=known)

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As a language of these people."""
        level = Level(frozenset(self.channels) or None, self.slower)
        every = {queue.language: Level() for queue in scenario.queues}
        spoken = {p.name: every if p.languages is None else p.languages for p in staff(scenario)}
        learn = {
            name: {"languages": languages_text({**spoken[name], self.language: level})}
            for name in self.chosen(self._able(scenario))
            if spoken[name].get(self.language) != level
        }
        return agents_said(scenario, learn) if learn else {}

    def explain(self, scenario: Scenario) -> Message:
        """Who learns what."""
        spoken = languages_text({self.language: Level(frozenset(self.channels) or None, self.slower)})
        who = people_text(self.chosen(self._able(scenario)))
        return Message("whatif.language", {"who": who, "language": spoken})

    def _able(self, scenario: Scenario) -> list[str]:
        """Those with a contract who do not speak it."""
        speak = {p.name for p in staff(scenario) if p.languages is None or self.language in p.languages}
        return [name for name in contracts(scenario) if name not in speak]
