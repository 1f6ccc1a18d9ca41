"""What the rooms below make of a scenario: queues, people, opening hours, shifts, settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from planner._messages import Message
from planner.clock import OpeningHours, PublicHolidays
from planner.demand import ForecastAsks, History, HistorySource, PlannedWork, Queue, Volumes
from planner.people import Role, Site, Skills, Team, skills
from planner.requirement import NeedSettings, RoleNeed
from planner.rota import PayrollTerms, ShiftType
from planner.rules import Rule, rules_for
from planner.study.scenario import asking, candidates, closed_days, defaults, planning, views, windows
from planner.study.scenario.assumptions import assumptions_of
from planner.study.scenario.history_files import source_of
from planner.study.scenario.intentions import HireType, Outsource
from planner.study.scenario.lawful import Lawful
from planner.study.scenario.posts_said import posts_alone
from planner.study.scenario.sittings import Sitting, sittings_of
from planner.study.scenario.texts import USUAL_QUANTILE


class Resolved(Lawful):
    """A scenario's views as nouns of the rooms below."""

    @cached_property
    def queues(self) -> tuple[Queue, ...]:
        """What customers reach."""
        return views.queues_of(self.said, self.persons)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Places of work; one without a name of its own if none is said."""
        said = tuple(
            views.site_of(site, self.zone, self.country_packs.get(site.country_rules))
            for site in self.said.sites
        )
        said = said or (Site(views.OFFICE, self.zone),)
        return (*said, candidates.partner_site(self.zone)) if self.seats else said

    @cached_property
    def hires(self) -> Mapping[str, HireType]:
        """Those of the team who need not be hired, by name; empty unless hires are asked for."""
        names = {person.name for person in self.persons}
        return {name: kind for name, kind in candidates.hires_of(self.said).items() if name in names}

    @cached_property
    def seats(self) -> Mapping[str, Outsource]:
        """Seats of a partner that need not be taken, by name; empty unless they are asked for."""
        names = {person.name for person in self.persons}
        return {name: partner for name, partner in candidates.seats_of(self.said).items() if name in names}

    @cached_property
    def team(self) -> Team:
        """Everybody who can work."""
        pace = self.said.outsource.slower if self.said.outsource else 1.0
        return Team(views.agents_of(self.persons, self.sites, self.queues, pace), self.sites)

    @cached_property
    def opening(self) -> Mapping[str, OpeningHours]:
        """Opening hours of each queue."""
        return views.opening_of(self.said, self.queues)

    @cached_property
    def shift_types(self) -> tuple[ShiftType, ...]:
        """Kinds of duty that may be given, each on days on which something is open for it, or posts are."""
        one_zone = all(site.zone == self.zone for site in self.sites)
        hours = {**self.opening, **{f"on call {role}": own for role, own in self.also_on_call.items()}}
        types = views.shift_types_of(self.said)
        if not any(kind.kind == "work" for kind in types):
            law = [rule for pack in self.country_packs.values() for rule in pack.rules]
            types = (*defaults.usual_shifts(self.opening, one_zone, law), *types)
        types = (*types, *defaults.usual_on_call(self.said, types, hours, one_zone))
        zones, period = [site.zone for site in self.sites], (self.first_day, self.days)
        own = {shift.name: shift.days for shift in self.said.shifts if shift.days is not None}
        for partner in list(self.seats.values())[:1]:
            types, own[candidates.PARTNER] = (*types, candidates.block_of(partner)), partner.days
        types = closed_days.with_own_days(types, own, PublicHolidays(self.public_holidays), zones, period)
        given = closed_days.with_closed_days(types, hours, zones, period, self.cyclic)
        posted = {post.shift for post in self.said.posts}
        return tuple(own if own.name in posted else kind for own, kind in zip(types, given, strict=True))

    @property
    def roles(self) -> tuple[Role, ...]:
        """Escalation roles."""
        return tuple(Role(line.role) for line in self.said.escalation)

    @cached_property
    def also_on_call(self) -> Mapping[str, OpeningHours]:
        """Hours in which a role is on call though all may be closed, by role; none that says nothing."""
        return {
            line.role: views.opening_from(self.said, line.also) for line in self.said.escalation if line.also
        }

    @property
    def role_needs(self) -> tuple[RoleNeed, ...]:
        """How many of each escalation role must be reachable while any queue is open."""
        return tuple(
            RoleNeed(
                line.role,
                line.people,
                line.reach.total_seconds(),
                share=line.share,
                handle_seconds=line.takes.total_seconds(),
                also=self.also_on_call.get(line.role),
            )
            for line in self.said.escalation
        )

    @cached_property
    def need_settings(self) -> NeedSettings:
        """Floors, caps and shrinkage."""
        away, staffing = self.said.away, self.said.staffing
        policy, quantile = staffing.forecast
        return NeedSettings(
            presence=self.said.minimum_on_duty,
            busy_inside_shift=self.said.busy_inside_shift,
            no_shows=self.said.no_shows,
            absence=away.sickness if away.absence is None else away.absence,
            occupancy_cap=self.said.occupancy_at_most,
            follow_up_seconds=self.said.follow_up_within.total_seconds(),
            voicemail_seconds=self.said.voicemail_within.total_seconds(),
            policy=views.POLICIES[policy],
            quantile=USUAL_QUANTILE if quantile is None else quantile,
            small_team_confidence=staffing.small_teams,
            method=staffing.method,
            open_tickets=self.said.open_tickets,
        )

    @property
    def rule_settings(self) -> tuple[Mapping[str, Any], ...]:
        """Rules on top of the country's, as ``rules_for`` takes them."""
        return self.said.rules

    @cached_property
    def personal_rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of every person, all layers made one."""
        return rules_for(self.team, self.rule_settings, self.country_packs, self.house_packs)

    @cached_property
    def history_sources(self) -> tuple[HistorySource, ...]:
        """Files of ticket history; empty if volumes or the need are stated."""
        return tuple(source_of(source, self.folder) for source in self.said.history)

    @cached_property
    def outbound_sources(self) -> Mapping[str, HistorySource]:
        """Files of calls that the team makes, by planned work."""
        return {
            line.name: planning.outbound_source(line, names, self.folder)
            for names in ([queue.name for queue in self.queues],)
            for line in self.said.planned_work
            if line.outbound is not None
        }

    @cached_property
    def outbound_histories(self) -> Mapping[str, History]:
        """These files, read."""
        return planning.outbound_histories(self)

    @cached_property
    def outbound_notices(self) -> tuple[Message, ...]:
        """What these files brought, and what was met in them."""
        return tuple(planning.outbound_notices(self))

    @cached_property
    def outbound_weeks(self) -> Mapping[str, Any]:
        """A mean week of the calls in each of these files: seconds of work, shape (7 days, 24 hours)."""
        return planning.outbound_weeks(self)

    @cached_property
    def stated_work(self) -> tuple[PlannedWork, ...]:
        """Planned work and meetings with an hour on the period; files of calls are read."""
        return windows.stated_work(self, self.outbound_weeks)

    @cached_property
    def planned_kinds(self) -> tuple[PlannedWork, ...]:
        """Planned work, meetings and appointments, without their times."""
        return planning.planned_kinds(self)

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """Meetings, training and mentoring whose hour is chosen."""
        return sittings_of(self)

    def appointments_of(self, volumes: Volumes | None) -> tuple[PlannedWork, ...]:
        """Appointments on the period, as the share of a forecast that needs one."""
        return windows.appointments_of(self, volumes)

    @cached_property
    def skills(self) -> Skills:
        """Who is able to serve which queue and role, and to do which planned work."""
        return skills(self.team, self.queues, self.roles, self.planned_kinds)

    @cached_property
    def stated_volumes(self) -> Mapping[str, float]:
        """Contacts a weekday of each queue, growth included; for scenarios without history."""
        return defaults.volumes_of(self.said, self.queues)

    @cached_property
    def growth(self) -> Mapping[str, float]:
        """By how much each queue's volume exceeds the history's, as a factor."""
        return defaults.growth_of(self.said, self.queues)

    @cached_property
    def forecast_asks(self) -> ForecastAsks:
        """What the forecast is told besides the history: calendars, events, drivers, what is set by hand."""
        return asking.asks_of(self)

    @property
    def fixed_need(self) -> Mapping[str, int]:
        """People on duty whenever a queue is open, if the scenario states them; else empty."""
        return self.said.need

    @property
    def posts_alone(self) -> bool:
        """Whether posts are all that is asked: no queues, no volumes, no need besides."""
        return posts_alone(self.said)

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
        packs = self.country_packs
        said = {
            site.name: views.holiday_premium_of(site, packs.get(site.country_rules))
            for site in self.said.sites
        }
        return {site.name: said.get(site.name) for site in self.sites}

    @cached_property
    def unknown_premiums(self) -> tuple[str, ...]:
        """Premiums that nobody stated, in words; they are not in any cost."""
        pairs = zip(self.said.sites, self.sites, strict=False)
        packs = self.country_packs
        return tuple(
            words
            for said, site in pairs
            for words in views.unknown_of(said, site, packs.get(site.country_rules))
        )

    @property
    def payroll_terms(self) -> PayrollTerms:
        """How payroll cuts months and tells overtime."""
        return self.said.payroll.terms

    @cached_property
    def assumptions(self) -> tuple[Message, ...]:
        """A sentence for everything that matters and was not said."""
        return tuple(assumptions_of(self.said, self.persons, self.sites, self.queues, self.shift_types))

    @cached_property
    def notices(self) -> tuple[Message, ...]:
        """What is worth knowing and no mistake: keys without effect, clock changes, unknown rest."""
        from planner.study.scenario.notices import notices_of  # it reads whole scenarios

        return notices_of(self)
