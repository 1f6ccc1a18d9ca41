"""People who join a team: what may be said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from planner._messages import Message
from planner._values import number_text
from planner.study.scenario.candidates import PARTNER
from planner.study.scenario.people import Channels, Level, Spoken, languages_text
from planner.study.scenario.texts import Least1, Money, Number, Words, YesNo
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import contracts, staff, unknown

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Joining(Change):
    """People who are not in the team yet."""

    people: Least1 = Field(1, description="how many", examples=["2"])
    languages: Spoken = Field(
        None, description="as of one person; default: every language", examples=["en, it"]
    )
    teams: Words = Field((), description="skills, escalation roles too", examples=["engineer"])
    channels: Channels = Field(
        (), description="channels they serve; default: every channel", examples=["email"]
    )
    weekly_hours: Number | None = Field(
        None, description="contract, such as 20 of part-timers; default: full time", examples=["20"]
    )
    cost: Money | None = Field(
        None, description="employer cost of an hour; default: the team's mean", examples=["14.0"]
    )
    nights: YesNo = Field(True, description="may work at night", examples=["no"])

    def persons(
        self, scenario: Scenario, names: list[str], site: str, slower: float = 1.0
    ) -> list[dict[str, Any]]:
        """Them, as a scenario file lists people.

        Parameters
        ----------
        names: one for each. site: of theirs, "" for the first. slower: factor on all handle times.
        """
        spoken: Mapping[str, Level] | None = self.languages
        if slower != 1:
            every = spoken or {queue.language: Level() for queue in scenario.queues}
            spoken = {code: Level(level.channels, level.factor * slower) for code, level in every.items()}
        said: dict[str, Any] = {
            "site": site,
            "languages": None if spoken is None else languages_text(spoken),
            "teams": list(self.teams),
            "channels": list(self.channels),
            "weekly_hours": None if self.weekly_hours is None else number_text(self.weekly_hours),
            "cost": number_text(self.hourly(scenario, site)),
            "nights": None if self.nights else "no",
        }
        kept = {key: value for key, value in said.items() if value not in (None, "", [])}
        return [{"name": name, **kept} for name in names]

    def hourly(self, scenario: Scenario, site: str) -> float:
        """What an hour of theirs costs: as said, else the mean of the site's people, else of the team's."""
        if self.cost is not None:
            return self.cost
        mine = {*contracts(scenario)}
        people = [agent for agent in scenario.team.agents if agent.name in mine]
        there = [agent.cost_per_hour for agent in people if agent.site == site or not site]
        costs = there or [agent.cost_per_hour for agent in people] or [0.0]
        return round(sum(costs) / len(costs), 2)

    def wrong_teams(self, scenario: Scenario) -> Iterator[Message]:
        """Teams that nobody is in, no queue asks for and no role is named after; no shift for their teams."""
        known = {team for person in staff(scenario) for team in person.teams}
        known |= {queue.team for queue in scenario.queues if queue.team}
        yield from unknown("team", self.teams, sorted({*known, *(r.name for r in scenario.roles)}), "teams")
        of_shifts = [kind.teams for kind in scenario.shift_types if PARTNER not in kind.teams]
        if of_shifts and all(teams and not teams & {*self.teams} for teams in of_shifts):
            asked = sorted(frozenset().union(*of_shifts))
            yield refused("no_shift", ("teams",) if self.teams else (), known=", ".join(asked))

    def spoken_text(self) -> str:
        """Their languages in a sentence."""
        return "every language" if self.languages is None else languages_text(self.languages)


def unknown_site(scenario: Scenario, site: str, setting: str = "site") -> Iterator[Message]:
    """A sentence for a site that there is not."""
    known = [line.name for line in scenario.said.sites]
    yield from unknown("site", [site] if site else [], known, setting)
