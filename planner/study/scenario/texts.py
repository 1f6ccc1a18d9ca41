"""Types of a scenario's values: each reads a manager's text and writes it back.

A validator gets text from a file (or a value that is already read, such as a default). What it
refuses is a ValueTextError, which carries the sentence to show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any
from unicodedata import category

from pydantic import BeforeValidator, InstanceOf, PlainSerializer

from planner._errors import InputError, ValueTextError
from planner._messages import Message
from planner._values import (
    DaySet,
    Goal,
    clock_text,
    days_text,
    duration_text,
    goal_text,
    number_text,
    parse_clock,
    parse_count,
    parse_days,
    parse_duration,
    parse_goal,
    parse_money,
    parse_number,
    parse_share,
    parse_starts,
    parse_window,
    share_text,
    starts_text,
    window_text,
)
from planner.clock import zone_named

Plain = Any
LONGEST_NAME = 100
USUAL_QUANTILE = 0.8
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?", re.IGNORECASE)
LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hungarian": "hu",
    "italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip


def wrong(code: str, **values: object) -> ValueTextError:
    """The error for a value that means nothing here; ``code`` is a sentence of scenario.yaml."""
    return ValueTextError(Message(f"scenario.{code}", values))


def reads(parse: Callable[[str], Any]) -> BeforeValidator:
    """A validator that reads one text that is not empty; values that are already read stay."""

    def read(value: object) -> object:
        if isinstance(value, Mapping | list):
            raise wrong("text_wanted")
        if not isinstance(value, str):
            return value
        if not value.strip():
            raise wrong("empty")
        return parse(value)

    return BeforeValidator(read)


def writes(write: Callable[[Any], Plain]) -> PlainSerializer:
    """A serializer that writes a value back as text; None stays."""
    return PlainSerializer(lambda value: None if value is None else write(value))


def _name(text: str) -> str:
    name = text.strip()
    if len(name) > LONGEST_NAME or any(category(mark) == "Cc" for mark in name):
        raise wrong("name", most=LONGEST_NAME)
    return name


def _positive(text: str) -> timedelta:
    length = parse_duration(text)
    if not length:
        raise wrong("no_length")
    return length


def day_of(text: str) -> date:
    """A calendar day as it is written here, ``2026-03-30``."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError:
        raise wrong("day", given=text.strip()) from None


def _yes_no(text: str) -> bool:
    known = {"yes": True, "no": False, "true": True, "false": False}
    if text.strip().lower() not in known:
        raise wrong("yes_no", given=text.strip())
    return known[text.strip().lower()]


def _zone(text: str) -> str:
    try:
        zone_named(text.strip())
    except InputError as error:
        raise ValueTextError(*error.messages) from None
    return text.strip()


def language_code(text: str) -> str:
    """The code of a language as it is written here: ``en``, ``pt-BR``; names of common languages are taken.

    Examples
    --------
    >>> language_code("EN"), language_code("pt_br"), language_code("Italian"), language_code("no")
    ('en', 'pt-BR', 'it', 'no')
    """
    word = text.strip()
    if word.lower() in LANGUAGES:
        return LANGUAGES[word.lower()]
    found = _LANGUAGE.fullmatch(word)
    if not found:
        raise wrong("language", given=word)
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(part for part in parts if part)


def _speeds(value: object) -> object:
    """Shares apart by commas, or a list of them."""
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if isinstance(value, list):
        if not value or not all(isinstance(word, str) for word in value):
            raise wrong("speeds")
        return tuple(parse_share(word) for word in value)
    return value


def _words(value: object) -> object:
    """A list, or one text with commas."""
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, list):
        if not all(isinstance(word, str) for word in value):
            raise wrong("words_wanted")
        return tuple(word.strip() for word in value if word.strip())
    return value


def _listed(value: object) -> object:
    """One mapping stands for a list of one."""
    return [value] if isinstance(value, Mapping) else value


def _number(text: str) -> float:
    value = float(parse_number(text))
    if value < 0:
        raise wrong("below_zero", given=text.strip())
    return value


def _customers(text: str) -> tuple[float, float]:
    found = re.fullmatch(r"\s*(\S+)\s*(?:->|→|to)\s*(\S+)\s*", text)
    if not found:
        raise wrong("customers", given=text.strip())
    now, then = _number(found[1]), _number(found[2])
    if not now:
        raise wrong("customers", given=text.strip())
    return now, then


def _span(text: str) -> tuple[timedelta, timedelta]:
    first, _, last = text.partition(" to ")
    try:
        span = (parse_duration(first), parse_duration(last))
    except ValueTextError:
        raise wrong("span", given=text.strip()) from None
    if span[0] > span[1]:
        raise wrong("span", given=text.strip())
    return span


def _break(text: str) -> timedelta:
    cleaned = text.strip().lower()
    if cleaned in ("none", "no"):
        return timedelta(0)
    if cleaned.endswith(" paid"):
        raise wrong("paid_break")
    length = parse_duration(cleaned.removesuffix("unpaid"))
    if length % timedelta(minutes=15):
        raise wrong("break_quarter", given=text.strip())
    return length


def _a_year(text: str) -> float:
    return parse_share(re.sub(r"\s+(a|per)\s+year$", "", text.strip()))


def _a_weekday(text: str) -> float:
    return _number(re.sub(r"\s+(a|per)\s+(week)?day$", "", text.strip()))


NEVER_SHORT = 10.0
"""From so many times the dearest hour on, an interval short costs more than any shift."""


def _dearest(text: str) -> tuple[str, float]:
    found = re.fullmatch(r"\s*(\S+)\s*(?:x|times)\s+dearest\s+hour\s*", text)
    return ("factor", _number(found[1])) if found else ("money", parse_money(text))


def dearest_text(price: tuple[str, float]) -> str:
    """The text of a price that is a multiple of the dearest hour, or an amount."""
    return f"{number_text(price[1])} x dearest hour" if price[0] == "factor" else number_text(price[1])


def _more_contacts(text: str) -> float:
    """A share on top, or with a minus one that is missing: ``20%``, ``-30%``."""
    written = text.strip()
    if re.match(r"-\s*[\d.]", written):
        return -parse_share(written[1:])
    return parse_share(written.removeprefix("+"), at_most=5.0)


def _policy(text: str) -> tuple[str, float | None]:
    """``mean``, ``expected`` or ``quantile 80%``."""
    word, _, share = text.strip().lower().partition(" ")
    if word in ("mean", "expected") and share in ("", "service level"):
        return word, None
    if word == "quantile":
        return word, parse_share(share) if share.strip() else USUAL_QUANTILE
    raise wrong("policy", given=text.strip())


def policy_text(policy: tuple[str, float | None]) -> str:
    """The text of a policy."""
    return policy[0] if policy[1] is None else f"{policy[0]} {share_text(policy[1])}"


Policy = Annotated[tuple[str, float | None], reads(_policy), writes(policy_text)]
Text = Annotated[str, reads(str.strip)]
Name = Annotated[str, reads(_name)]
Count = Annotated[int, reads(parse_count), writes(str)]
Least1 = Annotated[int, reads(lambda text: parse_count(text, least=1)), writes(str)]
Number = Annotated[float, reads(_number), writes(number_text)]
AWeekday = Annotated[float, reads(_a_weekday), writes(number_text)]
Share = Annotated[float, reads(parse_share), writes(share_text)]
SharePerYear = Annotated[float, reads(_a_year), writes(lambda share: f"{share_text(share)} a year")]
Premium = Annotated[float, reads(lambda text: parse_share(text, at_most=5.0)), writes(share_text)]
MoreContacts = Annotated[float, reads(_more_contacts), writes(share_text)]
Money = Annotated[float, reads(parse_money), writes(number_text)]
Length = Annotated[timedelta, reads(_positive), writes(duration_text)]
Break = Annotated[
    timedelta, reads(_break), writes(lambda length: f"{duration_text(length)} unpaid" if length else "none")
]
Span = Annotated[
    tuple[timedelta, timedelta],
    reads(_span),
    writes(lambda span: f"{duration_text(span[0])} to {duration_text(span[1])}"),
]
Promised = Annotated[InstanceOf[Goal], reads(parse_goal), writes(goal_text)]
Clock = Annotated[int, reads(parse_clock), writes(clock_text)]
Window = Annotated[tuple[int, int], reads(parse_window), writes(window_text)]
Starts = Annotated[tuple[int, ...], reads(parse_starts), writes(starts_text)]
Days = Annotated[InstanceOf[DaySet], reads(parse_days), writes(days_text)]
Day = Annotated[date, reads(day_of), writes(date.isoformat)]
YesNo = Annotated[bool, reads(_yes_no), writes(lambda value: "yes" if value else "no")]
Zone = Annotated[str, reads(_zone)]
Language = Annotated[str, reads(language_code)]
Speeds = Annotated[
    tuple[float, ...],
    BeforeValidator(_speeds),
    writes(lambda speeds: ", ".join(map(share_text, speeds))),
]
Words = Annotated[tuple[str, ...], BeforeValidator(_words), writes(list)]
Customers = Annotated[
    tuple[float, float], reads(_customers), writes(lambda pair: " -> ".join(map(number_text, pair)))
]
Price = Annotated[tuple[str, float], reads(_dearest), writes(dearest_text)]
Listed = BeforeValidator(_listed)
