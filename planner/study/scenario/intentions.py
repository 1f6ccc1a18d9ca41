"""Whom a manager could hire, and hours that a partner could take: candidates until a plan asks for them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from planner._values import DaySet, number_text
from planner.study.scenario.parts import Part
from planner.study.scenario.people import Channels, Spoken
from planner.study.scenario.texts import (
    Clock,
    Count,
    Days,
    Least1,
    Length,
    Money,
    Number,
    Text,
    Words,
    YesNo,
    reads,
    writes,
    wrong,
)

_A_MONTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:h|hours?)?\s*(?:a|per)\s+month\s*", re.IGNORECASE)


def parse_a_month(text: str) -> float:
    """Hours a month, ``160 h a month``.

    Examples
    --------
    >>> parse_a_month("160 h a month"), parse_a_month("none")
    (160.0, 0.0)
    """
    if text.strip().lower() in ("none", "0"):
        return 0.0
    found = _A_MONTH.fullmatch(text)
    if not found:
        raise wrong("hours_a_month", given=text.strip())
    return float(found[1])


def a_month_text(hours: float) -> str:
    """The text of hours a month.

    Examples
    --------
    >>> a_month_text(160.0), a_month_text(0.0)
    ('160 h a month', 'none')
    """
    return f"{number_text(hours)} h a month" if hours else "none"


AMonth = Annotated[float, reads(parse_a_month), writes(a_month_text)]


class HireType(Part):
    """A kind of person who could be hired."""

    site: Text = Field("", description="a site of this scenario; default: the first", examples=["Lisbon"])
    languages: Spoken = Field(
        None, description="as of one person; default: every language", examples=["en, it"]
    )
    teams: Words = Field((), description="skills, escalation roles too", examples=["engineer"])
    channels: Channels = Field(
        (), description="channels they serve; default: every channel", examples=["email"]
    )
    weekly_hours: Number | None = Field(
        None,
        description="contract, paid whether all of it is worked or not; default: the site's full-time hours",
        examples=["40"],
    )
    cost: Money | None = Field(
        None,
        description="employer cost of an hour; default: as of one person",
        examples=["14.0 per worked hour"],
    )
    nights: YesNo = Field(True, description="may work at night", examples=["no"])
    max: Count = Field(1, description="how many at most, 50 in all", examples=["4"])
    ready_after: Length = Field(
        timedelta(weeks=8), description="from decision to first shift", examples=["8 weeks"]
    )


class Hires(Part):
    """Who could be hired."""

    types: tuple[HireType, ...] = Field(
        (), description="kinds of people", examples=["[{site: Lisbon, max: 4}]"]
    )


class Outsource(Part):
    """Blocks of hours that a partner could take; its people keep its own labour rules, not ours."""

    from_: Clock = Field(1320, alias="from", description="start, on the scenario's clock", examples=["22:00"])
    to: Clock = Field(
        360, description="end of the block, which is taken whole or not at all", examples=["06:00"]
    )
    days: Days = Field(
        DaySet(frozenset(range(7))), description="days on which a block may start", examples=["mon-fri"]
    )
    languages: Spoken = Field(None, description="as of one person; default: every language", examples=["en"])
    channels: Channels = Field(
        (), description="channels they serve; default: every channel", examples=["email"]
    )
    seats: Least1 = Field(1, description="people at a time, at most; 50 in all with hires", examples=["2"])
    price: Money = Field(12.0, description="an hour", examples=["12 per hour"])
    minimum: AMonth = Field(
        0.0,
        description="hours that are paid for each seat that is taken, rounded up to whole blocks",
        examples=["160 h a month"],
    )
    set_up: Length = Field(
        timedelta(weeks=6), description="from decision to first hour", examples=["6 weeks"]
    )
