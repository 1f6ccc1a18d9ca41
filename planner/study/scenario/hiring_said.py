"""How people come and go, as a scenario says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import duration_text, number_text, parse_duration, parse_money, parse_share, share_text
from planner._yaml import Node
from planner.study.scenario.mistakes import place_of
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import Day, Length, Money, SharePerYear, reads, writes

if TYPE_CHECKING:
    from planner.study.scenario.said import Said

Step = tuple[float, timedelta]
"""A share, and for how long."""

USUAL_RAMP: tuple[Step, ...] = (
    (0.30, timedelta(weeks=2)),
    (0.60, timedelta(weeks=2)),
    (0.85, timedelta(weeks=4)),
)
USUAL_MENTOR: Step = (0.25, timedelta(weeks=5))
LONGEST = timedelta(weeks=104)
MOST_MONTHS = 48
NOBODY: Step = (0.0, timedelta(0))


def parse_step(text: str) -> Step:
    """A share for a while.

    Examples
    --------
    >>> parse_step("30% for 2 weeks")
    (0.3, datetime.timedelta(days=14))
    """
    share, _, length = text.partition(" for ")
    try:
        return parse_share(share), parse_duration(length)
    except ValueTextError:
        raise ValueTextError(Message("growing.step", {"given": text.strip()})) from None


def step_text(step: Step) -> str:
    """The text of a share for a while.

    Examples
    --------
    >>> step_text(USUAL_MENTOR)
    '25% for 5 weeks'
    """
    return f"{share_text(step[0])} for {duration_text(step[1])}"


def _steps(value: object) -> object:
    """A list of steps, or one text with commas; ``none``: as good as others from the first day on."""
    if isinstance(value, str):
        value = [] if value.strip().lower() == "none" else value.split(",")
    if not isinstance(value, list):
        return value
    if not all(isinstance(entry, str) for entry in value):
        raise ValueTextError(Message("growing.step", {"given": "a mapping"}))
    return tuple(parse_step(entry) for entry in value)


def _mentor(text: str) -> Step:
    return NOBODY if text.strip().lower() == "none" else parse_step(text)


def _training(text: str) -> timedelta:
    return timedelta(0) if text.strip().lower() == "none" else parse_duration(text)


def _a_month(text: str) -> float:
    return parse_money(re.sub(r"\s+(a|per)\s+month$", "", text.strip()))


def _months(text: str) -> int:
    found = re.fullmatch(r"\s*(\d{1,3})(\s+months?)?\s*", text)
    if not found or not 1 <= int(found[1]) <= MOST_MONTHS:
        raise ValueTextError(Message("growing.months", {"given": text.strip(), "most": MOST_MONTHS}))
    return int(found[1])


Ramped = Annotated[
    tuple[Step, ...],
    BeforeValidator(_steps),
    writes(lambda steps: [step_text(step) for step in steps] if steps else "none"),
]
Mentor = Annotated[Step, reads(_mentor), writes(lambda step: step_text(step) if step[0] else "none")]
Training = Annotated[
    timedelta, reads(_training), writes(lambda length: duration_text(length) if length else "none")
]
AMonth = Annotated[float, reads(_a_month), writes(lambda money: f"{number_text(money)} a month")]
Months = Annotated[int, reads(_months), writes(str)]


class HiringSaid(Part):
    """How people come and go."""

    decided: Day | None = Field(
        None,
        description="earliest day to decide on hires; default: the first day of the period",
        examples=["2026-04-20"],
    )
    lead_time: Length = Field(
        timedelta(weeks=8), description="from the decision to the first day at work", examples=["8 weeks"]
    )
    notice: Length = Field(
        timedelta(weeks=4),
        description="from the decision to a changed rota of those who are there",
        examples=["4 weeks"],
    )
    ramp: Ramped = Field(
        USUAL_RAMP,
        description="after training: share of what others do in the same time, then all of it; `none`: at "
        "once all; default: 30% for 2 weeks, 60% for 2 weeks, 85% for 4 weeks",
        examples=["[30% for 2 weeks, 60% for 2 weeks, 85% for 4 weeks]"],
    )
    mentor: Mentor = Field(
        USUAL_MENTOR,
        description="share of one colleague's time that each hire takes at first, or `none`",
        examples=["25% for 5 weeks"],
    )
    attrition: SharePerYear = Field(
        0.0, description="share of the people who leave in a year", examples=["30% a year"]
    )
    recruiting: Money = Field(
        0.0, description="money for each hire: adverts, agency, interviews", examples=["3000"]
    )
    training: Training = Field(
        timedelta(weeks=2),
        description="first days at work, paid, in which nobody is answered, or `none`",
        examples=["2 weeks"],
    )
    equipment: Money = Field(0.0, description="money for each hire on the first day", examples=["1500"])
    budget: AMonth | None = Field(
        None,
        description="money for wages and hiring in all; default: no limit is said",
        examples=["40000 a month"],
    )
    months: Months = Field(
        24, description="months ahead in `planner hiring-plan`, at most 48", examples=["24"]
    )

    @property
    def until_full(self) -> timedelta:
        """From the first day at work to somebody who answers as fast as the others."""
        return self.training + sum((length for _share, length in self.ramp), timedelta(0))


def hiring_mistakes(said: Said, node: Node) -> Iterator[Message]:
    """What cannot be: a ramp that falls, people of whom all leave, times beyond two years."""
    hiring = said.hiring

    def wrong(key: str, code: str, **values: object) -> Message:
        return Message(f"growing.{code}", values, place_of(node, ("hiring", key)))

    shares = [share for share, _length in hiring.ramp]
    for before, after in pairwise(shares):
        if after < before:
            yield wrong("ramp", "ramp_falls", before=share_text(before), after=share_text(after))
    if any(not length for _share, length in hiring.ramp):
        yield wrong("ramp", "ramp_no_time")
    if hiring.attrition >= 1:
        yield wrong("attrition", "all_leave", given=share_text(hiring.attrition))
    lengths: Mapping[str, timedelta] = {
        "lead_time": hiring.lead_time,
        "notice": hiring.notice,
        "training": hiring.training,
        "mentor": hiring.mentor[1],
        "ramp": hiring.until_full - hiring.training,
    }
    for key, length in lengths.items():
        if length > LONGEST:
            yield wrong(key, "too_long", given=duration_text(length), most=duration_text(LONGEST))
