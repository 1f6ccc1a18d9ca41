"""What a scenario file says: every key, its meaning, its default."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planner.study.scenario.asks_said import ByHandSaid, DayOffSaid, EventSaid, Growth, SelfServiceSaid
from planner.study.scenario.gates import GateSaid
from planner.study.scenario.hiring_said import HiringSaid
from planner.study.scenario.hours_said import NewHours, PastOpening, SpecialDay
from planner.study.scenario.intentions import Hires, Outsource
from planner.study.scenario.parts import (
    Away,
    EscalationSaid,
    HistoryFile,
    OpeningSaid,
    Part,
    Period,
    Prices,
    ShiftSaid,
    SiteSaid,
    Solve,
    Staffing,
)
from planner.study.scenario.payroll_said import PayrollSaid
from planner.study.scenario.people import AgentSaid, PeopleSaid
from planner.study.scenario.posts_said import PostSaid
from planner.study.scenario.queue_said import QueueSaid
from planner.study.scenario.replan_said import ReplanSaid
from planner.study.scenario.rotation_said import RotationSaid
from planner.study.scenario.said_texts import Currency, Interval, RuleSaid, as_growth, as_people, from_text
from planner.study.scenario.texts import (
    AWeekday,
    Count,
    Day,
    Length,
    Listed,
    Name,
    Share,
    Text,
    Words,
    Zone,
)
from planner.study.scenario.work_said import AppointmentSaid, MeetingSaid, PlannedSaid


class Said(Part):
    """A scenario as it is said: text and numbers, before it becomes queues, people and rules."""

    name: Name = Field(
        "", description="for screens and files; default: the file's name", examples=["Weekdays 9 to 18"]
    )
    zone: Zone | None = Field(
        None,
        description="clock of opening hours and reports; default: the first site's, else UTC",
        examples=["Europe/Lisbon"],
    )
    public_holidays: Text | None = Field(
        None,
        description="the customers', for opening hours, or none; default: first site's; queues may differ",
        examples=["Lisbon"],
    )
    currency: Currency = Field("EUR", description="of all money", examples=["EUR"])
    period: Period = Field(
        Period(),
        description="which weeks are planned; default: 4 weeks from 2026-06-01",
        examples=["{first_day: 2026-03-30, weeks: 5}"],
    )
    edge: Literal["open", "cyclic"] = Field(
        "open",
        description="cyclic: the period repeats for ever (design studies, engine cp-sat)",
        examples=["cyclic"],
    )
    carryover: Text | None = Field(
        None, description="rota file of the last period", examples=["last-rota.csv"]
    )
    ledger: Text | None = Field(
        None,
        description="nights, weekends and hours of earlier periods; `plan` writes the next one",
        examples=["ledger.csv"],
    )
    replan: ReplanSaid | None = Field(
        None,
        description="change a published rota as little as it takes",
        examples=["{published: rota.csv, from: 2026-04-13}"],
    )
    interval: Interval = Field(
        30, description="planning grain: 15 min, 30 min or 60 min", examples=["30 min"]
    )
    history: Annotated[tuple[HistoryFile, ...], Listed] = Field(
        (),
        description="ticket history, one file or several",
        examples=["{file: tickets.csv, profile: zendesk, zone: Europe/Lisbon}"],
    )
    volume: Annotated[dict[str, AWeekday], from_text("all")] = Field(
        {},
        description="without history: contacts a weekday by queue, or of all; default: 100",
        examples=["{email en: 100 a weekday}"],
    )
    need: dict[str, Count] = Field(
        {}, description="instead of volumes: people on duty whenever a queue is open", examples=["{seat: 2}"]
    )
    posts: Annotated[tuple[PostSaid, ...], Listed] = Field(
        (),
        description="people by shift, for teams that think in shifts; alone, or on top of queues",
        examples=["[{shift: night, days: mon-fri, people: 2}]"],
    )
    team: Text | None = Field(None, description="CSV file, one row a person", examples=["team.csv"])
    agents: Annotated[tuple[AgentSaid, ...], Listed] = Field(
        (),
        description="people in the scenario itself; keys as in team.csv",
        examples=["[{name: Ana, languages: en}]"],
    )
    people: Annotated[tuple[PeopleSaid, ...], BeforeValidator(as_people)] = Field(
        (), description="so many people without names; default: 9", examples=["9"]
    )
    sites: Annotated[tuple[SiteSaid, ...], Listed] = Field(
        (),
        description="places of work; default: one in the scenario's zone, without law or holidays",
        examples=["[{name: Lisbon, zone: Europe/Lisbon, country_rules: pt}]"],
    )
    queues: Annotated[tuple[QueueSaid, ...], Listed] = Field(
        (),
        description="what customers reach; default: e-mail in the team's languages",
        examples=["[{name: email en, promise: 90% within 2 h}]"],
    )
    opening_hours: Annotated[tuple[OpeningSaid, ...], Listed] = Field(
        (OpeningSaid(),),
        description="lines add up; on a public holiday only lines that name public holidays, if any does; "
        "default: mon-fri 09:00-18:00",
        examples=["[{queues: all, days: mon-fri, open: 09:00, close: 18:00}]"],
    )
    special_days: Annotated[tuple[SpecialDay, ...], Listed] = Field(
        (),
        description="single days with hours of their own, instead of their weekday's or public holiday's",
        examples=["[{days: 2026-12-24, open: 09:00, close: 13:00}]"],
    )
    history_open_hours: Annotated[tuple[PastOpening, ...], Listed] = Field(
        (),
        description="phone and chat: hours in which the history could see contacts; default: opening_hours, "
        "those of the file that this one starts from if it changes them, unless the history says otherwise",
        examples=["[{queues: phone en, days: mon-fri, open: 09:00, close: 18:00}]"],
    )
    new_hours: NewHours = Field(
        NewHours(),
        description="demand in hours that the history has never seen",
        examples=["{moved: 50%}"],
    )
    when_closed: dict[str, dict[str, Share]] = Field(
        {},
        description="by queue: shares that go `to` another queue, `returns at opening`, `voicemail`, `lost`; "
        "default: live contacts are lost, others wait",
        examples=["{urgent en: {to email en: 70%, returns at opening: 20%, lost: 10%}}"],
    )
    minimum_on_duty: Annotated[dict[str, Count], from_text("all")] = Field(
        {"all": 1},
        description="people while open, by queue or all; 2: nobody works alone",
        examples=["{all: 1}"],
    )
    escalation: Annotated[tuple[EscalationSaid, ...], Listed] = Field(
        (),
        description="roles that can be reached for hard cases",
        examples=["[{role: engineer, reach: 30 min, pay: 15%}]"],
    )
    voicemail_within: Length = Field(
        timedelta(hours=2),
        description="open hours from the opening in which a voicemail is called back",
        examples=["2 h"],
    )
    open_tickets: dict[str, Count] = Field(
        {},
        description="e-mail and social: contacts that wait when the period begins, by queue",
        examples=["{email en: 120}"],
    )
    staffing: Staffing = Field(
        Staffing(),
        description="how people are counted",
        examples=["{method: forward, forecast: quantile 80%}"],
    )
    away: Away = Field(Away(), description="leave and sickness; size the team", examples=["{sickness: 5%}"])
    busy_inside_shift: Share = Field(
        0.15,
        description="meetings, training and pauses that are not in the rota; sizes the duty",
        examples=["15%"],
    )
    no_shows: Share = Field(0.03, description="late surprises; size the margin", examples=["3%"])
    occupancy_at_most: Share = Field(0.85, description="share of duty that may be work", examples=["85%"])
    follow_up_within: Length = Field(
        timedelta(hours=8),
        description="open hours until a customer's next message is answered",
        examples=["8 h"],
    )
    shifts: Annotated[tuple[ShiftSaid, ...], Listed] = Field(
        (),
        description="kinds of shift; default: 8 h with 30 min break, starts that fit the opening hours",
        examples=["[{name: day, start: 07:00-10:00 every 30 min, paid_hours: 8, break: 1 h unpaid}]"],
    )
    planned_work: Annotated[tuple[PlannedSaid, ...], Listed] = Field(
        (),
        description="work that answers no contact: call-backs, projects, training, mentoring",
        examples=["[{name: training, people: 2, days: tue, from: 10:00, to: 12:00}]"],
    )
    meetings: Annotated[tuple[MeetingSaid, ...], Listed] = Field(
        (),
        description="planned with a day and hour; without, count them in busy_inside_shift",
        examples=["[{name: weekly, on: tue 10:00, who: all in 3 turns}]"],
    )
    appointments: Annotated[tuple[AppointmentSaid, ...], Listed] = Field(
        (),
        description="hard cases that get a slot later",
        examples=["[{queues: email en, share: 20%, arriving: sat-sun, on: mon 09:00-12:00}]"],
    )
    packs: Words = Field(
        (),
        description="collective agreements and rules of the house, files like the country packs; also "
        "`good-practice`",
        examples=["[house.yaml]"],
    )
    rules: Annotated[tuple[RuleSaid, ...], Listed] = Field(
        (),
        description="on top of the country's; a penalty makes one soft, "
        "a derogation with its reason may make it weaker, `for` names people, sites or teams",
        examples=["[max_days_in_row: {days: 5}]"],
    )
    rotation: RotationSaid | None = Field(
        None, description="a cycle of weeks for `planner rotation`", examples=["{free_weekends: 1 in 3}"]
    )
    growth: Annotated[Growth, BeforeValidator(as_growth)] = Field(
        Growth(),
        description="how volumes differ from the history's",
        examples=["{customers: 1200 -> 1500}"],
    )
    events: Annotated[tuple[EventSaid, ...], Listed] = Field(
        (),
        description="days on which demand was or will be unusual: sales, newsletters, outages",
        examples=["[{name: summer sale, days: 2026-06-27 to 2026-06-29, factor: x3}]"],
    )
    self_service: Annotated[tuple[SelfServiceSaid, ...], Listed] = Field(
        (),
        description="contacts that customers solve themselves, as a help centre grows",
        examples=["[{name: help centre, topics: 40% of contacts, adoption: 60%, solves: 20%}]"],
    )
    by_hand: Annotated[tuple[ByHandSaid, ...], Listed] = Field(
        (),
        description="what you know better than the forecast; kept apart from it, later ones on top",
        examples=['[{days: 2026-12-24, factor: x0.5, reason: "closing early, Ana 3 Nov"}]'],
    )
    days_off: Annotated[tuple[DayOffSaid, ...], Listed] = Field(
        (),
        description="days off of all customers beside public holidays; the forecast learns what they do",
        examples=["[{day: 2026-08-14, name: bridge}]"],
    )
    hires: Annotated[Hires, BeforeValidator(lambda v: {"types": v} if isinstance(v, list) else v)] = Field(
        Hires(),
        description="who could be hired, by `planner hire` or `solve`",
        examples=["{types: [{site: Lisbon, max: 4}]}"],
    )
    hiring: HiringSaid = Field(
        HiringSaid(),
        description="how people come and go, for `planner hiring-plan` and the earliest day of a stage; "
        "default: as each key says",
        examples=["{lead_time: 8 weeks, attrition: 30% a year}"],
    )
    payroll: PayrollSaid = Field(
        PayrollSaid(),
        description="how `planner payroll` cuts months and tells overtime; default: as each key says",
        examples=["{month_from_day: 21, overtime_above: 40 h}"],
    )
    outsource: Outsource | None = Field(
        None,
        description="hours a partner could take",
        examples=["{from: 22:00, to: 06:00, price: 12 per hour}"],
    )
    prices: Prices = Field(
        Prices(),
        description="what missing and extra people weigh",
        examples=["{missing_hour: 10 x dearest hour}"],
    )
    solve: Solve = Field(Solve(), description="effort, seed, engine", examples=["{effort: normal, seed: 1}"])
    starts: Day | None = Field(
        None, description="of a stage: first day of its hours", examples=["2026-06-01"]
    )
    gates: tuple[GateSaid, ...] = Field(
        (),
        description="of a stage: what must hold before it goes ahead",
        examples=["[cost_uplift: {at_most: 10%}]"],
    )


# A file that starts from another and says one of these means it instead of the others.
INSTEAD = (("team", "agents", "people"), ("history", "volume", "need"))
