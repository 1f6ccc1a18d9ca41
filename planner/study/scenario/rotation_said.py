"""A rotation as a scenario says it: who walks it, people per shift, the shape of work and days off."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import DaySet
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import (
    Clock,
    Count,
    Days,
    Least1,
    Listed,
    Name,
    Text,
    Words,
    YesNo,
    reads,
    writes,
)

EVERY_DAY = DaySet(frozenset(range(7)))
FREE = "off"
Limits = tuple[int, int | None]


def _wrong(code: str, given: str) -> ValueTextError:
    return ValueTextError(Message(f"rotation.{code}", {"given": given.strip()}))


def _between(text: str) -> Limits:
    """``2-6 days``, ``2 to 6``, ``at most 5``, ``at least 2``, ``3``."""
    words = re.sub(r"\s*(days?|shifts?|weeks?)\b", "", text.strip().lower())
    if found := re.fullmatch(r"(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})", words):
        least, most = int(found[1]), int(found[2])
        if not 0 <= least <= most or not most:
            raise _wrong("between", text)
        return least, most
    if found := re.fullmatch(r"at most\s+(\d{1,3})", words):
        return 0, int(found[1])
    if found := re.fullmatch(r"at least\s+(\d{1,3})", words):
        return int(found[1]), None
    if re.fullmatch(r"\d{1,3}", words):
        return int(words), int(words)
    raise _wrong("between", text)


def between_text(limits: Limits) -> str:
    """The text of limits.

    Examples
    --------
    >>> between_text((2, 6)), between_text((0, 5)), between_text((2, None)), between_text((3, 3))
    ('2-6', 'at most 5', 'at least 2', '3')
    """
    least, most = limits
    if most is None:
        return f"at least {least}"
    if least == most:
        return str(least)
    return f"{least}-{most}" if least else f"at most {most}"


def _one_in(text: str) -> tuple[int, int]:
    """``1 in 3``, ``2 of 5 weeks``, ``5 in 6 days``."""
    found = re.fullmatch(
        r"(\d{1,2})\s*(?:in|of)\s*(?:every|any)?\s*(\d{1,2})\s*(?:days|weeks)?", text.strip()
    )
    if not found or not 0 < int(found[1]) <= int(found[2]):
        raise _wrong("one_in", text)
    return int(found[1]), int(found[2])


def _succession(text: str) -> tuple[str, str, int]:
    """``Night -> Day``; ``Night -> off -> Day`` with a day off between: before, after, days off."""
    names = [name.strip() for name in re.split(r"->|→", text)]
    middle = names[1:-1]
    if len(names) < 2 or not all(names) or any(name.lower() != FREE for name in middle) or len(middle) > 5:
        raise _wrong("succession", text)
    return names[0], names[-1], len(middle)


def succession_text(succession: tuple[str, str, int]) -> str:
    """The text of a forbidden succession.

    Examples
    --------
    >>> succession_text(("Night", "Day", 1))
    'Night -> off -> Day'
    """
    before, after, days_off = succession
    return " -> ".join((before, *[FREE] * days_off, after))


Between = Annotated[Limits, reads(_between), writes(between_text)]
OneIn = Annotated[tuple[int, int], reads(_one_in), writes(lambda pair: f"{pair[0]} in {pair[1]}")]
Succession = Annotated[tuple[str, str, int], reads(_succession), writes(succession_text)]


class RotationPostSaid(Part):
    """So many people on a shift."""

    shift: Name = Field(description="name of a kind of shift", examples=["Night"])
    days: Days = Field(EVERY_DAY, description="weekdays; lines add up; default: all", examples=["mon-fri"])
    people: Count = Field(1, description="on it on each of these days", examples=["2"])
    start: Clock | None = Field(
        None, description="of a kind with several starts; default: its first", examples=["07:30"]
    )


class WishesSaid(Part):
    """Points that each of these costs in a pattern; 0: no matter."""

    extra_shift: Count = Field(100, description="a shift a week more than posts ask for", examples=["100"])
    worked_weekend: Count = Field(10, description="a weekend with work", examples=["10"])
    single_day_off: Count = Field(3, description="a day off between two days of work", examples=["3"])
    backward: Count = Field(
        2, description="a change to an earlier shift, directly or after one day off", examples=["2"]
    )


class RotationSaid(Part):
    """A cycle of weeks that everyone of a group walks through."""

    people: Words = Field(
        (),
        description="who walks it, in this order; default: everyone with contract hours",
        examples=["Ana, Bea"],
    )
    team: Text = Field("", description="only people with this team; default: everyone", examples=["desk"])
    weeks: Least1 | None = Field(
        None, description="of the cycle; default: as many as people, one in each", examples=["9"]
    )
    posts: Annotated[tuple[RotationPostSaid, ...], Listed] = Field(
        (),
        description="people per shift and weekday; default: as few as cover the need",
        examples=["[{shift: Night, days: mon-fri, people: 1}]"],
    )
    exactly: YesNo = Field(
        False, description="never more people on a shift than its posts ask for", examples=["yes"]
    )
    work_block: Between | None = Field(
        None, description="days of work in a row; default: what the rules allow", examples=["2-6 days"]
    )
    days_off: Between | None = Field(
        None, description="days off in a row; default: what the rules ask for", examples=["2-4 days"]
    )
    shift_blocks: dict[str, Between] = Field(
        {}, description="days in a row on one shift, by shift", examples=["{Night: 2-3 days}"]
    )
    nights_in_row: Between | None = Field(
        None,
        description="days in a row on shifts with at least 3 h in the night",
        examples=["2-3"],
    )
    rest_after_nights: Count | None = Field(
        None, description="days off after the last night; default: as the rules ask", examples=["2"]
    )
    forbidden: tuple[Succession, ...] = Field(
        (),
        description="successions beside those that the rules forbid; `off` is one day off between",
        examples=["[Night -> Day, Night -> off -> Day]"],
    )
    free_weekends: OneIn | None = Field(
        None, description="Saturday and Sunday off, in so many weeks on end", examples=["1 in 3"]
    )
    days_off_together: Count | None = Field(
        None, description="days off in a row within every week; default: as the rules ask", examples=["2"]
    )
    shifts_a_week: Between | None = Field(
        None, description="days of work from Monday to Sunday; default: as the rules ask", examples=["3-5"]
    )
    work_at_most: OneIn | None = Field(
        None, description="days of work in so many days on end", examples=["5 in 6 days"]
    )
    wishes: WishesSaid = Field(
        WishesSaid(), description="points of what people like less", examples=["{worked_weekend: 10}"]
    )
