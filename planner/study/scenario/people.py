"""People as a scenario names them: one row each, or so many of a kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, NamedTuple, get_args

from pydantic import BeforeValidator, Field, InstanceOf, PlainSerializer

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import number_text
from planner.demand import Channel
from planner.rota import guard
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import (
    Day,
    Least1,
    Money,
    Name,
    Number,
    Text,
    Words,
    YesNo,
    language_code,
    reads,
    wrong,
)

CHANNELS: tuple[str, ...] = get_args(Channel)
_SPOKEN = re.compile(
    r"\s*([^\s,()]+)\s*(?:\(([^()]*)\))?\s*(?:[x×]\s*(\d+(?:\.\d+)?)(?![\w.]))?\s*,?", re.IGNORECASE
)
FACTORS = (0.2, 5.0)


class Level(NamedTuple):
    """How a person speaks a language: on which channels (None: all), and how much slower than usual."""

    channels: frozenset[str] | None = None
    factor: float = 1.0


Speaks = Mapping[str, Level]


def parse_languages(text: str) -> dict[str, Level]:
    """Languages of a person, each on every channel or on those in brackets, and perhaps slower.

    Examples
    --------
    >>> parse_languages("en, fr(email) x1.3")["fr"]
    Level(channels=frozenset({'email'}), factor=1.3)
    >>> parse_languages("none")
    {}
    """
    if text.strip().lower() == "none":
        return {}
    spoken: dict[str, Level] = {}
    at = 0
    while at < len(text.rstrip()):
        found = _SPOKEN.match(text, at)
        if not found or found.end() == at:
            raise wrong("languages", given=text.strip())
        channels = None if found[2] is None else frozenset(re.split(r"[\s,]+", found[2].strip()))
        if channels is not None and not channels <= set(CHANNELS):
            raise wrong("channel", given=found[2], known=", ".join(CHANNELS))
        factor = float(found[3] or 1)
        if not FACTORS[0] <= factor <= FACTORS[1]:
            raise wrong("factor", given=found[3], least=FACTORS[0], most=number_text(FACTORS[1]))
        spoken[language_code(found[1])] = Level(channels, factor)
        at = found.end()
    return spoken


def languages_text(spoken: Speaks) -> str:
    """The text of the languages of a person.

    Examples
    --------
    >>> languages_text({"en": Level(), "fr": Level(frozenset({"phone", "email"}), 1.3)})
    'en, fr(email phone) x1.3'
    """
    parts = [
        code
        + ("" if level.channels is None else f"({' '.join(sorted(level.channels))})")
        + ("" if level.factor == 1 else f" x{number_text(level.factor)}")
        for code, level in spoken.items()
    ]
    return ", ".join(parts) or "none"


def parse_leave(text: str) -> frozenset[date]:
    """Days of leave: days and spans of days, apart by semicolons.

    Examples
    --------
    >>> len(parse_leave("2026-04-06..2026-04-10; 2026-05-04"))
    6
    """
    days: set[date] = set()
    for part in text.split(";"):
        first, dots, last = part.partition("..")
        try:
            begin = date.fromisoformat(first.strip())
            end = date.fromisoformat(last.strip()) if dots else begin
        except ValueError:
            raise wrong("leave", given=part.strip()) from None
        if not begin <= end <= begin + timedelta(days=1000):
            raise wrong("leave", given=part.strip())
        days.update(begin + timedelta(days=step) for step in range((end - begin).days + 1))
    return frozenset(days)


def leave_text(days: frozenset[date]) -> str:
    """The text of days of leave.

    Examples
    --------
    >>> leave_text(parse_leave("2026-05-04; 2026-04-06..2026-04-08"))
    '2026-04-06..2026-04-08; 2026-05-04'
    """
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return "; ".join(f"{a}" if a == b else f"{a}..{b}" for a, b in spans)


def _joined(separator: str) -> BeforeValidator:
    def join(value: object) -> object:
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return separator.join(value)
        return value

    return BeforeValidator(join)


def _languages(value: object) -> object:
    if isinstance(value, str):
        return parse_languages(value)
    if value is None or (
        isinstance(value, Mapping) and all(isinstance(level, Level) for level in value.values())
    ):
        return value
    raise ValueTextError(Message("scenario.languages", {"given": "..."}))


def _leave(value: object) -> object:
    if isinstance(value, str):
        return parse_leave(value) if value.strip() else frozenset()
    return value


def _id(text: str) -> str:
    """An id for other systems: files never change ids, so it must be none that a spreadsheet would run."""
    text = text.strip()
    if guard(text) != text:
        raise wrong("id_formula", given=text)
    return text


def _email(text: str) -> str:
    """An address as far as anybody but its server can tell: one @, something on both sides, no blank."""
    text = _id(text)
    before, at, behind = text.partition("@")
    if not (before and at and behind) or "@" in behind or any(sign.isspace() for sign in text):
        raise wrong("email", given=text)
    return text


def _channels(value: object) -> object:
    if isinstance(value, tuple | list | str):
        words = [w.strip() for w in (value.split(",") if isinstance(value, str) else value) if str(w).strip()]
        for word in words:
            if word not in CHANNELS:
                raise wrong("channel", given=word, known=", ".join(CHANNELS))
    return value


Spoken = Annotated[
    Mapping[str, InstanceOf[Level]] | None,
    BeforeValidator(_languages),
    _joined(", "),
    PlainSerializer(lambda spoken: None if spoken is None else languages_text(spoken)),
]
Id = Annotated[str, reads(_id)]
Email = Annotated[str, reads(_email)]
Leave = Annotated[frozenset[date], BeforeValidator(_leave), _joined("; "), PlainSerializer(leave_text)]
Channels = Annotated[Words, BeforeValidator(_channels)]


class AgentSaid(Part):
    """One person; a row of team.csv."""

    name: Name = Field(description="unique", examples=["Ana Almeida"])
    site: Text = Field("", description="a site of the scenario; default: the first", examples=["Lisbon"])
    languages: Spoken = Field(
        None,
        description="codes; with channels in brackets if not all, x1.3 where handling takes so much longer; "
        "default: every language",
        examples=["en, fr(email) x1.3"],
    )
    teams: Words = Field((), description="skills, escalation roles too", examples=["engineer"])
    channels: Channels = Field(
        (), description="channels this person serves; default: every channel", examples=["email, chat"]
    )
    weekly_hours: Number | None = Field(
        None, description="contract; default: the site's full-time hours", examples=["40"]
    )
    cost: Money | None = Field(
        None,
        description="employer cost of a paid hour; default: 15 where nobody's is said, else the others' mean",
        examples=["14.0"],
    )
    nights: YesNo = Field(True, description="may work at night; never a reason", examples=["no"])
    night_crew: YesNo = Field(
        False,
        description="volunteers for a fixed night crew, which `planner nights` weighs",
        examples=["yes"],
    )
    from_: Day | None = Field(
        None, alias="from", description="first day of employment", examples=["2026-04-01"]
    )
    until: Day | None = Field(None, description="last day of employment", examples=["2026-12-31"])
    leave: Leave = Field(
        frozenset(),
        description="days off; reasons are never stored",
        examples=["2026-04-06..2026-04-10; 2026-05-04"],
    )
    payroll_id: Id = Field("", description="for exports", examples=["L0101"])
    email: Email = Field("", description="for exports", examples=["ana@example.com"])
    grade: Text = Field(
        "", description="of pay: payroll tells costs by grade, never by person", examples=["agent 2"]
    )


class PeopleSaid(Part):
    """So many people of a kind, without names."""

    count: Least1 = Field(description="how many", examples=["9"])
    name: Name = Field(
        "", description="what they are called before their number; default: Person", examples=["Agent"]
    )
    site: Text = Field("", description="a site of the scenario; default: the first", examples=["Lisbon"])
    languages: Spoken = Field(
        None, description="as of one person; default: every language", examples=["en, it"]
    )
    teams: Words = Field((), description="skills, escalation roles too", examples=["engineer"])
    channels: Channels = Field(
        (), description="channels they serve; default: every channel", examples=["email"]
    )
    weekly_hours: Number | None = Field(
        None, description="contract; default: the site's full-time hours", examples=["40"]
    )
    cost: Money | None = Field(
        None, description="employer cost of a paid hour; default: 15", examples=["14.0"]
    )
    nights: YesNo = Field(True, description="may work at night", examples=["no"])
    night_crew: YesNo = Field(False, description="volunteers for a fixed night crew", examples=["yes"])


def people_named(groups: tuple[PeopleSaid, ...]) -> tuple[AgentSaid, ...]:
    """A person for each one of so many.

    Examples
    --------
    >>> [agent.name for agent in people_named((PeopleSaid(count=2), PeopleSaid(count=1, name="Night")))]
    ['Person 1', 'Person 2', 'Night 1']
    """
    named: list[AgentSaid] = []
    used: dict[str, int] = {}
    for group in groups:
        word = group.name or "Person"
        shared = {
            key: getattr(group, key)
            for key in (
                "site",
                "languages",
                "teams",
                "channels",
                "weekly_hours",
                "cost",
                "nights",
                "night_crew",
            )
        }
        for _ in range(group.count):
            used[word] = used.get(word, 0) + 1
            named.append(AgentSaid.model_construct(name=f"{word} {used[word]}", **shared))
    width = {word: len(str(count)) for word, count in used.items()}
    return tuple(
        agent.model_copy(update={"name": f"{word} {number.zfill(width[word])}"})
        for agent in named
        for word, _, number in (agent.name.rpartition(" "),)
    )
