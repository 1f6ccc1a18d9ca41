"""What the rooms below make of a scenario: queues, people, opening hours, shifts, settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from planner._messages import Message
from planner._yaml import Node
from planner.clock import OpeningHours, PublicHolidays
from planner.demand import HistorySource, Queue
from planner.people import Role, Site, Team
from planner.requirement import NeedSettings, RoleNeed
from planner.rota import ShiftType
from planner.study.scenario import closed_days, defaults, views
from planner.study.scenario.assumptions import assumptions_of
from planner.study.scenario.gates import Gate
from planner.study.scenario.people import AgentSaid
from planner.study.scenario.said import Said

ITERATIONS = {"quick": 200, "normal": 1500, "thorough": 8000}
ROUNDS = {"quick": 2, "normal": 4, "thorough": 8}


class Resolved(BaseModel):
    """What a scenario says, and its views as nouns of the rooms below.

    Attributes
    ----------
    said: what the file says, after those it starts from. persons: its people, from whatever file.
    folder: what its paths are relative to; None: it names no files. root: what they may not leave.
    source_path: the file it was loaded from, or None. node: the document, with places.
    budget: part of the effort's iterations that is used.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    said: Said
    persons: tuple[AgentSaid, ...]
    folder: Path | None = None
    root: Path | None = None
    source_path: Path | None = None
    node: Annotated[Node, SkipValidation] = Field(repr=False)
    budget: float = 1.0

    @property
    def name(self) -> str:
        """For screens and files."""
        return self.said.name

    @property
    def zone(self) -> str:
        """The clock of opening hours and reports."""
        return views.zone_of(self.said)

    @property
    def public_holidays(self) -> str:
        """Place whose public holidays the customers keep; "" for none."""
        return views.holidays_of(self.said)

    @property
    def currency(self) -> str:
        """Of all money."""
        return self.said.currency

    @property
    def first_day(self) -> date:
        """First local day of the period."""
        return self.said.period.first_day

    @property
    def weeks(self) -> int:
        """Weeks of the period."""
        return self.said.period.weeks

    @property
    def days(self) -> int:
        """Days of the period."""
        return 7 * self.weeks

    @property
    def interval_minutes(self) -> int:
        """Planning grain: 15, 30 or 60."""
        return self.said.interval

    @cached_property
    def queues(self) -> tuple[Queue, ...]:
        """What customers reach."""
        return views.queues_of(self.said, self.persons)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Places of work; one without a name of its own if none is said."""
        said = tuple(views.site_of(site, self.zone) for site in self.said.sites)
        return said or (Site(views.OFFICE, self.zone),)

    @cached_property
    def team(self) -> Team:
        """Everybody who can work."""
        return Team(views.agents_of(self.persons, self.sites, self.queues), self.sites)

    @cached_property
    def opening(self) -> Mapping[str, OpeningHours]:
        """Opening hours of each queue."""
        return views.opening_of(self.said, self.queues)

    @cached_property
    def shift_types(self) -> tuple[ShiftType, ...]:
        """Kinds of duty that may be given, each on days on which something is open for it."""
        one_zone = all(site.zone == self.zone for site in self.sites)
        types = views.shift_types_of(self.said)
        if not any(kind.kind == "work" for kind in types):
            types = (*defaults.usual_shifts(self.opening, one_zone), *types)
        types = (*types, *defaults.usual_on_call(self.said, types, self.opening, one_zone))
        zones, period = [site.zone for site in self.sites], (self.first_day, self.days)
        own = {shift.name: shift.days for shift in self.said.shifts if shift.days is not None}
        types = closed_days.with_own_days(types, own, PublicHolidays(self.public_holidays), zones, period)
        return closed_days.with_closed_days(types, self.opening, zones, period, self.cyclic)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Escalation roles."""
        return tuple(Role(line.role) for line in self.said.escalation)

    @property
    def role_needs(self) -> tuple[RoleNeed, ...]:
        """How many of each escalation role must be reachable while any queue is open."""
        return tuple(
            RoleNeed(line.role, line.people, line.reach.total_seconds()) for line in self.said.escalation
        )

    @cached_property
    def need_settings(self) -> NeedSettings:
        """Floors, caps and shrinkage."""
        away = self.said.away
        return NeedSettings(
            presence=self.said.minimum_on_duty,
            busy_inside_shift=self.said.busy_inside_shift,
            no_shows=self.said.no_shows,
            absence=away.sickness if away.absence is None else away.absence,
            occupancy_cap=self.said.occupancy_at_most,
            follow_up_seconds=self.said.follow_up_within.total_seconds(),
        )

    @property
    def rule_settings(self) -> tuple[Mapping[str, Any], ...]:
        """Rules on top of the country's, as ``rules_for`` takes them."""
        return self.said.rules

    @cached_property
    def history_sources(self) -> tuple[HistorySource, ...]:
        """Files of ticket history; empty if volumes or the need are stated."""
        return tuple(
            HistorySource(
                file=(self.folder or Path()) / source.file,
                profile=source.profile,
                zone=source.zone,
                mapping=source.mapping or None,
                since=source.since,
                until=source.until,
                accept_bad_rows=source.accept_bad_rows,
            )
            for source in self.said.history
        )

    @cached_property
    def stated_volumes(self) -> Mapping[str, float]:
        """Contacts a weekday of each queue, growth included; for scenarios without history."""
        return defaults.volumes_of(self.said, self.queues)

    @cached_property
    def growth(self) -> Mapping[str, float]:
        """By how much each queue's volume exceeds the history's, as a factor."""
        return defaults.growth_of(self.said, self.queues)

    @property
    def fixed_need(self) -> Mapping[str, int]:
        """People on duty whenever a queue is open, if the scenario states them; else empty."""
        return self.said.need

    @property
    def when_closed(self) -> Mapping[str, Mapping[str, float]]:
        """What becomes of contacts while closed: another queue, or a door such as "lost", to its share."""
        return {
            queue: {door.removeprefix("to "): share for door, share in doors.items()}
            for queue, doors in self.said.when_closed.items()
        }

    @cached_property
    def holiday_premiums(self) -> Mapping[str, float | None]:
        """Premium for work on public holidays by site; None: not known."""
        said = {site.name: views.holiday_premium_of(site) for site in self.said.sites}
        return {site.name: said.get(site.name) for site in self.sites}

    @cached_property
    def unknown_premiums(self) -> tuple[str, ...]:
        """Premiums that nobody stated, in words; they are not in any cost."""
        pairs = zip(self.said.sites, self.sites, strict=False)
        return tuple(words for said, site in pairs for words in views.unknown_of(said, site))

    @property
    def missing_hour_factor(self) -> float:
        """Price of one person missing for an hour, as a multiple of the dearest hour with its premiums."""
        kind, amount = self.said.prices.missing_hour
        if kind == "factor":
            return amount
        premium = {site.name: site.night_premium or 0.0 for site in self.sites}
        dearest = max((a.cost_per_hour * (1 + premium[a.site]) for a in self.team.agents), default=0.0)
        return amount / dearest if dearest else 10.0

    @property
    def extra_hour(self) -> float:
        """Price of one person more than needed for an hour."""
        return self.said.prices.extra_hour

    @property
    def engine(self) -> Literal["search", "cp-sat"]:
        """The search, or "cp-sat"."""
        return self.said.solve.engine

    @property
    def effort(self) -> str:
        """How hard the search tries: "quick", "normal" or "thorough"."""
        return self.said.solve.effort

    @property
    def iterations(self) -> int:
        """Search budget of one solve."""
        return max(1, round(ITERATIONS[self.effort] * self.budget))

    @property
    def rounds(self) -> int:
        """How often the need may be corrected by what the simulation finds."""
        return ROUNDS[self.effort] if self.said.solve.rounds is None else self.said.solve.rounds

    @property
    def seed(self) -> int:
        """Of all random numbers."""
        return self.said.solve.seed

    @property
    def time_limit_seconds(self) -> float | None:
        """Stop by the clock; None: by the budget alone."""
        limit = self.said.solve.time_limit
        return limit.total_seconds() if limit else None

    @property
    def carryover(self) -> Path | None:
        """Rota file of the last period."""
        return self.folder / self.said.carryover if self.said.carryover and self.folder else None

    @property
    def cyclic(self) -> bool:
        """Whether the period repeats for ever."""
        return self.said.edge == "cyclic"

    @property
    def gates(self) -> tuple[Gate, ...]:
        """What must hold before this stage goes ahead."""
        return self.said.gates

    @property
    def starts(self) -> date | None:
        """First day on which a stage's hours hold."""
        return self.said.starts

    @cached_property
    def assumptions(self) -> tuple[Message, ...]:
        """A sentence for everything that matters and was not said."""
        return tuple(assumptions_of(self.said, self.persons, self.sites, self.queues, self.shift_types))

    @cached_property
    def notices(self) -> tuple[Message, ...]:
        """What is worth knowing and no mistake: keys that are not used yet, clock changes, unknown rest."""
        from planner.study.scenario.notices import notices_of  # it reads whole scenarios

        return notices_of(self)
