"""Work that answers no contact, as a scenario says it: planned work, meetings, appointments."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from planner._values import DaySet
from planner.study.scenario.parts import HistoryFile, Part
from planner.study.scenario.texts import Clock, Days, Least1, Length, Name, Share, Text, Window, Words
from planner.study.scenario.when import AmountSaid, OnSaid, OnWindowSaid, Weeks, WeeksSaid

WEEKDAYS = DaySet(frozenset(range(5)))
WEEKEND = DaySet(frozenset((5, 6)))
PIECE = timedelta(minutes=10)


class OutboundSaid(HistoryFile):
    """A file of calls that the team made, whose minutes are the work to plan."""

    queues: Words = Field(
        (),
        description="names in its queue column that are this work; default: the work's name and its queues",
        examples=["[outbound en]"],
    )


class PlannedSaid(Part):
    """Work that needs people and answers no contact."""

    name: Name = Field(description="unique among queues, roles and planned work", examples=["training"])
    what: Literal["call-backs", "project", "training", "mentoring", "meeting"] = Field(
        "project", description="for reports", examples=["training"]
    )
    who: Words = Field(
        ("all",),
        description="queues whose people can do it, and a team they need; all: whoever answers any queue",
        examples=["email en"],
    )
    days: Days = Field(
        WEEKDAYS,
        description="local days; public holidays only if they are named",
        examples=["tue, thu"],
    )
    weeks: WeeksSaid = Field(
        Weeks(),
        description="every week, every 2 weeks (from a day), or the days themselves",
        examples=["every 2 weeks"],
    )
    people: Least1 | None = Field(
        None, description="so many people, away for the whole time from ... to", examples=["2"]
    )
    from_: Clock | None = Field(
        None, alias="from", description="with people: start, on the scenario's clock", examples=["10:00"]
    )
    to: Clock | None = Field(
        None,
        description="with people: end; at or before the start: next day",
        examples=["12:00"],
    )
    minutes: AmountSaid | None = Field(
        None,
        description="instead of people: work to be done by whoever is free",
        examples=["240 min a weekday"],
    )
    length: Length | None = Field(
        None,
        description="with people, instead of from and to: how long; the planner chooses the hour, and the "
        "weekday too where days are not said",
        examples=["2 h"],
    )
    outbound: OutboundSaid | None = Field(
        None,
        description="instead of minutes: the calls of a file, on average over its last 8 weeks",
        examples=["{file: calls.csv, zone: Europe/Lisbon}"],
    )
    between: Window | None = Field(
        None,
        description="with minutes or outbound: when it may be done; default: while its queues are open, "
        "outbound in the hours of the file",
        examples=["10:00-16:00"],
    )
    piece: Length = Field(
        PIECE, description="with minutes or outbound: one piece of it, such as a call", examples=["10 min"]
    )

    @property
    def has_hour(self) -> bool:
        """Whether its hours are stated, so that none has to be chosen."""
        return self.people is None or self.length is None


class MeetingSaid(Part):
    """A meeting that people are in; without a day and an hour the planner chooses both."""

    name: Name = Field("", description="for reports; default: meeting", examples=["weekly"])
    who: Text = Field(
        "all",
        description="a team, a queue's people, or all who answer any queue; perhaps in turns (default: as "
        "stated, or of a meeting without an hour so many that somebody answers)",
        examples=["all in 3 turns"],
    )
    people: Least1 | None = Field(
        None, description="how many at a time; default: all who can be there", examples=["4"]
    )
    on: OnSaid | None = Field(
        None,
        description="day and hour; default: chosen where it hurts least, among working hours",
        examples=["tue 10:00"],
    )
    length: Length = Field(timedelta(hours=1), description="how long", examples=["1 h"])
    every: Text = Field("week", description="how often: week, 2 weeks", examples=["2 weeks"])
    repeat_for: Words = Field(
        (),
        description="groups that meet apart: each site (on its own clock), nights (at the start or end of a "
        "night)",
        examples=["each site, nights"],
    )

    @property
    def has_hour(self) -> bool:
        """Whether day and hour are stated for everybody, so that none has to be chosen."""
        return self.on is not None and not self.repeat_for


class AppointmentSaid(Part):
    """Hard cases that get a slot of somebody's time later, such as those of a weekend on Monday."""

    name: Name = Field("", description="for reports; default: appointments", examples=["Monday slots"])
    queues: Words = Field(description="whose contacts they are", examples=["email en, chat en"])
    share: Share = Field(0.2, description="of the contacts that need a slot", examples=["20%"])
    arriving: Days = Field(WEEKEND, description="days on which they come", examples=["sat-sun"])
    on: OnWindowSaid = Field(description="when the slots are", examples=["mon 09:00-12:00"])
    length: Length = Field(timedelta(minutes=30), description="of one slot", examples=["30 min"])
    team: Text = Field(
        "", description="team that people need beside the queue; default: none", examples=["expert"]
    )
