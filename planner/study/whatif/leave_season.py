"""A season in which many people are on leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from pydantic import Field

from planner._messages import Message
from planner._values import duration_text
from planner.study.scenario.asking import ALL
from planner.study.scenario.people import leave_text
from planner.study.scenario.texts import Day, Least1, Length
from planner.study.whatif.change import Change, refused
from planner.study.whatif.chosen import number_of
from planner.study.whatif.named import agents_said, contracts, staff, unknown
from planner.study.whatif.texts import BySite

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

FORTNIGHT = timedelta(weeks=2)


class _Given(NamedTuple):
    """Days of leave by person, and by site how many people found none and how many did."""

    days: dict[str, frozenset[date]]
    left: dict[str, tuple[int, int]]


class LeaveSeason(Change):
    """So many people take leave between two days, one after the other as far as that spreads them."""

    key: ClassVar[str] = "leave_season"

    from_: Day = Field(alias="from", description="first day of the season", examples=["2026-08-01"])
    to: Day = Field(description="last day of the season", examples=["2026-08-31"])
    people: BySite = Field(
        description="how many in all take leave, or which share of those with a contract; by site, or all",
        examples=["{Lisbon: 60%, Milan: 80%}"],
    )
    each: Length = Field(FORTNIGHT, description="how long one is away, whole days", examples=["2 weeks"])
    at_most: Least1 | None = Field(
        None, description="away at a time, of each line of people; default: no limit", examples=["2"]
    )

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """Unknown sites, days the wrong way round, more people than fit."""
        sites = [site.name for site in scenario.sites]
        yield from unknown("site", (name for name in self.people if name != ALL), sites, "people")
        if self.to < self.from_:
            yield refused("backwards", ("to",), first=self.from_.isoformat())
            return
        if (self.from_ - scenario.first_day).days >= scenario.days or self.to < scenario.first_day:
            yield refused("outside", ("from",), day=self.from_.isoformat())
        if self.each % timedelta(days=1) or not self._begins():
            yield refused("leave_length", ("each",), given=duration_text(self.each))
            return
        for site, (left, fit) in self._given(scenario).left.items():
            path = ("people",) if site == ALL and list(self.people) == [ALL] else ("people", site)
            yield refused("leave_fits", path, asked=left + fit, fit=fit)

    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """As leave of people of the team."""
        given = self._given(scenario).days
        already = {person.name: person.leave for person in staff(scenario)}
        away = {name: {"leave": leave_text(already[name] | days)} for name, days in given.items()}
        return agents_said(scenario, away) if away else {}

    def explain(self, scenario: Scenario) -> Message:
        """How many, when, for how long."""
        return Message(
            "whatif.leave_season",
            {
                "people": len(self._given(scenario).days),
                "each": duration_text(self.each),
                "since": self.from_.isoformat(),
                "until": self.to.isoformat(),
            },
        )

    def _begins(self) -> list[date]:
        """First days of leaves that follow one another within the season."""
        whole = ((self.to - self.from_).days + 1) // max(1, self.each.days)
        return [self.from_ + number * self.each for number in range(whole)]

    def _given(self, scenario: Scenario) -> _Given:
        """Whose turn is when: who has least leave in the season first, where fewest are away, early first."""
        working = {*contracts(scenario)}
        site = {agent.name: agent.site for agent in scenario.team.agents}
        team = [person for person in staff(scenario) if person.name in working]
        slots = [
            frozenset(begin + timedelta(days=n) for n in range(self.each.days)) for begin in self._begins()
        ]
        season = frozenset().union(*slots)
        days: dict[str, frozenset[date]] = {}
        left: dict[str, tuple[int, int]] = {}
        for line, many in self.people.items():
            others = line == ALL
            mine = [p for p in team if site[p.name] == line or (others and site[p.name] not in self.people)]
            away = [sum(bool(person.leave & slot) for person in mine) for slot in slots]
            asked = number_of(many, len(mine))
            given = 0
            for person in sorted(mine, key=lambda person: len(person.leave & season)):
                free = [
                    n
                    for n, slot in enumerate(slots)
                    if not person.leave & slot and (self.at_most is None or away[n] < self.at_most)
                ]
                if given < asked and free:
                    best = min(free, key=lambda n: (away[n], n))
                    days[person.name] = slots[best]
                    away[best] += 1
                    given += 1
            if given < asked:
                left[line] = (asked - given, given)
        return _Given(days, left)
