"""The mappings inside a scenario: what each may say, what it means, what holds when nothing is said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from planner._values import DaySet
from planner.study.scenario.day_ranges import DayRanges
from planner.study.scenario.history_said import MappingSaid, ProfileName
from planner.study.scenario.texts import (
    NEVER_SHORT,
    Break,
    Clock,
    Count,
    Day,
    Days,
    Least1,
    Length,
    Listed,
    Money,
    Name,
    Number,
    Policy,
    Premium,
    Price,
    Share,
    Span,
    Starts,
    Text,
    Window,
    Words,
    YesNo,
    Zone,
)

FIRST_DAY = date(2026, 6, 1)  # a Monday far from clock changes: the same plan whenever it is asked for


class Part(BaseModel):
    """A mapping of a scenario: frozen, and no key that is not known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )


class Period(Part):
    """Which weeks are planned."""

    first_day: Day = Field(FIRST_DAY, description="first local day of the plan", examples=["2026-03-30"])
    weeks: Least1 = Field(4, description="whole weeks, at most 13", examples=["5"])


class HistoryFile(Part):
    """One file of ticket history."""

    file: Text = Field(
        description="CSV, XLSX or JSON lines, beside the scenario; .gz is fine", examples=["tickets.csv"]
    )
    profile: ProfileName = Field(
        "auto",
        description="which help desk wrote the file; default: told from its column titles",
        examples=["zendesk"],
    )
    zone: Zone | None = Field(
        None, description="clock of stamps without an offset; never guessed", examples=["Europe/Lisbon"]
    )
    since: Day | None = Field(None, description="first local day to take", examples=["2025-09-01"])
    until: Day | None = Field(None, description="last local day to take", examples=["2026-02-28"])
    exclude: DayRanges = Field(
        (),
        description="local days to take as missing, such as days of which data were lost",
        examples=["[2026-01-10, {from: 2026-02-01, to: 2026-02-07}]"],
    )
    mapping: MappingSaid = Field(
        {},
        description="other columns of the file by what they hold, or a saved mapping beside the scenario",
        examples=["phone-system.yaml"],
    )
    accept_bad_rows: YesNo = Field(
        False, description="take a file of which 1 to 5 % of the rows cannot be read", examples=["yes"]
    )
    panels: Text = Field(
        "",
        description="of counts that an import kept: what the tickets told beside them, a file that it wrote",
        examples=["history-1.panels.json"],
    )


class SiteSaid(Part):
    """A place of work with its clock and its law."""

    name: Name = Field(description="as in the team's site column", examples=["Lisbon"])
    zone: Zone | None = Field(
        None, description="the clock of its people; default: the scenario's", examples=["Europe/Lisbon"]
    )
    public_holidays: Text = Field(
        "", description="city, country or region; default: none", examples=["Lisbon"]
    )
    country_rules: Text = Field(
        "", description="rule pack of its law, or an agreement's file; default: none", examples=["pt"]
    )
    leave_counts: Literal["average day", "planned shift"] = Field(
        "average day",
        description="what a day of leave or a public holiday counts: a fifth of the contract, or the usual "
        "shift",
        examples=["planned shift"],
    )
    full_time_hours: Number = Field(40.0, description="contract hours of a full-time week", examples=["40"])
    night: Window | None = Field(
        None,
        description="window of the night premium; default: the country rules', else 22:00-06:00",
        examples=["22:00-07:00"],
    )
    night_premium: Premium | None = Field(
        None,
        description="on top of base pay; default: the country rules', else not in the cost",
        examples=["25%"],
    )
    holiday_premium: Premium | None = Field(
        None,
        description="on public holidays; default: the country rules', else not in the cost",
        examples=["50%"],
    )
    sunday_premium: Premium | None = Field(
        None, description="on Sundays; default: the country rules', else none", examples=["30%"]
    )
    premiums: Literal["add up", "highest"] = Field(
        "add up",
        description="of premiums for the same time all are paid, or only the highest",
        examples=["highest"],
    )


class OpeningSaid(Part):
    """Hours at which queues are open."""

    queues: Words = Field(("all",), description="names, or all", examples=["email en, urgent en"])
    days: Days = Field(
        DaySet(frozenset(range(5))), description="weekdays, public holidays", examples=["mon-fri"]
    )
    open: Clock = Field(540, description="opening, on the scenario's clock", examples=["09:00"])
    close: Clock = Field(1080, description="closing; at or before the opening: next day", examples=["18:00"])
    closed: YesNo = Field(False, description="closed on these days, whatever else is said", examples=["yes"])


class EscalationSaid(Part):
    """People who can be reached for hard cases."""

    role: Text = Field(description="a team of team.csv", examples=["engineer"])
    when: Literal["open"] = Field("open", description="whenever any queue is open", examples=["open"])
    kind: Literal["on_call"] = Field("on_call", description="duty that serves it", examples=["on_call"])
    people: Least1 = Field(1, description="how many at a time", examples=["1"])
    reach: Length = Field(timedelta(minutes=30), description="time to answer a call", examples=["30 min"])
    contact: Text = Field(
        "",
        description="how to reach it; for the playbook",
        examples=["+351 555 0100, then the head of engineering"],
    )
    share: Share = Field(
        0.0, description="of all contacts that need the role; tells how often it is busy", examples=["2%"]
    )
    takes: Length = Field(
        timedelta(minutes=30), description="time that one such contact takes it", examples=["45 min"]
    )
    pay: Share = Field(
        0.15, description="share of the hourly cost that an hour on call costs", examples=["15%"]
    )
    call_out_minimum: Length | None = Field(
        None,
        description="paid time of a call-out at least; with share, what they are expected to cost is told "
        "beside the rota's cost",
        examples=["2 h"],
    )
    rest_after_call_out: Length | None = Field(
        None,
        description="rest before work after a duty in which a call-out is likely",
        examples=["11 h"],
    )
    rest_from_chance: Share = Field(
        0.5, description="chance of a call-out in a duty from which on it is likely", examples=["30%"]
    )
    also: Annotated[tuple[OpeningSaid, ...], Listed] = Field(
        (),
        description="hours in which it is on call though all may be closed; every contact of these queues "
        "that comes then, while they are closed, is a call-out",
        examples=["[{queues: urgent en, days: all, open: 23:00, close: 07:00}]"],
    )


class Staffing(Part):
    """How people are counted for live queues, and how surely."""

    method: Literal["interval", "forward"] = Field(
        "interval",
        description="each interval by itself, or forward: exact where volumes change from one to the next",
        examples=["forward"],
    )
    forecast: Policy = Field(
        ("mean", None),
        description="staffed for its mean, for the expected service level over all days, or for a quantile "
        "of days",
        examples=["quantile 80%"],
    )
    small_teams: Share | None = Field(
        None,
        description="chance with which enough people come although each may not; default: the share of "
        "no_shows alone",
        examples=["95%"],
    )


class Away(Part):
    """Time away from work; sizes the team, never a duty."""

    sickness: Share = Field(0.05, description="when leave is dated in team.csv", examples=["5%"])
    absence: Share | None = Field(
        None, description="leave and sickness together, when leave is not dated", examples=["14%"]
    )


class ShiftSaid(Part):
    """A kind of shift that may be given, on the clock of whoever works it."""

    name: Name = Field(description="unique", examples=["day"])
    start: Starts = Field(
        description="allowed starts, on quarter-hours", examples=["07:00-10:00 every 30 min"]
    )
    days: Days | None = Field(
        None,
        description="local days on which it may start, public holidays being the customers'; "
        "default: all on which a queue is open",
        examples=["mon-fri"],
    )
    paid_hours: Number = Field(8.0, description="without the unpaid break", examples=["8"])
    break_: Break = Field(
        timedelta(0), alias="break", description="unpaid; default: none", examples=["1 h unpaid"]
    )
    paid_break: Length | None = Field(
        None,
        description="break within the paid hours, for the law of breaks; count it in busy_inside_shift",
        examples=["15 min"],
    )
    break_after: Span = Field(
        (timedelta(hours=3), timedelta(hours=5)), description="when the break starts", examples=["3 h to 5 h"]
    )
    kind: Literal["work", "on_call"] = Field(
        "work", description="work, or on_call for escalation", examples=["on_call"]
    )
    teams: Words = Field(
        (), description="only people with one of these teams; default: everyone", examples=["engineer"]
    )


class Prices(Part):
    """What the engine weighs against wages."""

    missing_hour: Price = Field(
        ("factor", NEVER_SHORT),
        description="one person missing for an hour; from 10 x on, an interval also costs more than any "
        "shift, so that nobody free stays at home; an amount is taken as it is",
        examples=["10 x dearest hour", "75"],
    )
    extra_hour: Money = Field(0.0, description="one person more than needed for an hour", examples=["0"])


class Solve(Part):
    """How the rota is searched."""

    effort: Literal["quick", "normal", "thorough"] = Field(
        "normal", description="search budget; the same on every machine", examples=["thorough"]
    )
    seed: Count = Field(1, description="of all random numbers", examples=["1"])
    rounds: Least1 | None = Field(
        None,
        description="solves and simulations until promises are kept; default: by effort 2, 4, 8",
        examples=["4"],
    )
    replications: Least1 | None = Field(
        None,
        description="how often the period is simulated; default: 30 times or more, 6 or more without the "
        "compiled extra",
        examples=["100"],
    )
    time_limit: Length | None = Field(
        None, description="stop by the clock instead, at most 10 min; said in the result", examples=["60 s"]
    )
    engine: Literal["search", "cp-sat"] = Field(
        "search", description="search, or cp-sat as reference and for small teams", examples=["cp-sat"]
    )
    hire: Literal["no", "yes", "fewest"] = Field(
        "no",
        description="whether hires may be taken: yes where they are worth their contract, or as few as do",
        examples=["fewest"],
    )
    outsource: YesNo = Field(
        False, description="whether a partner's seats may be taken at their price", examples=["yes"]
    )
