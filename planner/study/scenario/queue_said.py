"""A queue as a scenario says it: its work, its promise, its customers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planner.study.scenario.parts import Part
from planner.study.scenario.texts import (
    Count,
    Language,
    Least1,
    Length,
    Name,
    Number,
    Promised,
    Share,
    Speeds,
    Text,
    YesNo,
    Zone,
)


def _places(value: object) -> object:
    """One place alone is where all customers are."""
    return {value: "100%"} if isinstance(value, str) and value.strip() else value


class QueueSaid(Part):
    """A queue: channel x language, with its work and its promise."""

    name: Name = Field(
        description="unique; also says channel and language if they are not given", examples=["email en"]
    )
    channel: Literal["email", "chat", "phone", "social"] | None = Field(
        None,
        description="email, chat, phone or social; default: the word in the name, else email",
        examples=["phone"],
    )
    language: Language | None = Field(
        None, description="code; default: the last word of the name, else en", examples=["it"]
    )
    team: Text = Field(
        "", description="skill that people need beside the language; default: anyone", examples=["onboarding"]
    )
    customers: Text = Field("", description="tier of customers; default: all", examples=["premium"])
    customers_in: Annotated[dict[str, Share], BeforeValidator(_places)] = Field(
        {},
        description="where its customers have public holidays, with their shares; default: the scenario's "
        "public_holidays",
        examples=["{Paris: 70%, Milan: 30%}"],
    )
    customers_zone: Zone | None = Field(
        None,
        description="clock of its customers' days and hours; default: the scenario's",
        examples=["Europe/Rome"],
    )
    public_holidays: Text | None = Field(
        None,
        description="place whose public holidays its opening hours follow, or none; default: the scenario's",
        examples=["Milan"],
    )
    priority: Count = Field(0, description="higher is answered first", examples=["2"])
    aht: Length | None = Field(
        None,
        description="handle time of one touch; default: email 7 min, chat 10 min, phone 370 s, social 5 min",
        examples=["10 min"],
    )
    replies: Number | None = Field(
        None, description="touches per contact; default: email 1.5, others 1", examples=["2.2"]
    )
    promise: Promised | None = Field(
        None,
        description="what customers are told: within a time, or for e-mail and social by opening + 1 h, "
        "by Monday 10:00; of all (as written), of answered, answered or gone; default: "
        "email 90% within 4 h, chat 80% within 60 s, phone 80% within 20 s, social 90% within 1 h",
        examples=["90% within 2 h"],
    )
    promise_over: Literal["interval", "day"] = Field(
        "interval",
        description="a live promise holds in every planning interval, or over each day as a whole",
        examples=["day"],
    )
    abandoned_at_most: Share | None = Field(
        None, description="share of customers who may hang up; default: no limit", examples=["5%"]
    )
    hangs_up_after: Length | None = Field(
        None,
        description="mean patience of a waiting customer; default: phone 120 s, chat 180 s, others never",
        examples=["4 min"],
    )
    chats_at_once: Least1 = Field(
        1, description="chats that one person holds at the same time, at most 5", examples=["3"]
    )
    chat_speed: Speeds = Field(
        (),
        description="speed of each chat when 1, 2, 3, ... are open; default: 100%, 85%, 83%, 73%, 70%",
        examples=["100%, 85%, 80%"],
    )
    chat_times: dict[str, Length] = Field(
        {},
        description="instead of chat_speed: what a chat takes when 1, 2, 3, ... are open, as measured",
        examples=["{1: 10 min, 2: 12 min, 3: 15 min}"],
    )
    can_be_put_down: YesNo | None = Field(
        None, description="in favour of a live contact; default: yes for email and social", examples=["no"]
    )
    handle_time_cv: Number = Field(
        1.0, description="spread of handle times, standard deviation / mean", examples=["0.8"]
    )
