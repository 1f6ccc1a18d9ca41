"""A scenario from a sentence: "9 people, 40 h, English, about 100 tickets a weekday"."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import shorten
from typing import Any

from planner._errors import InputError, ScenarioError
from planner._messages import Message
from planner._values import number_text, parse_days
from planner.clock import CITIES, zone_named
from planner.demand import WEEKDAY_FACTORS
from planner.study.scenario.quick_italian import in_english
from planner.study.scenario.texts import LANGUAGES

NAME = "Quick start"
_PEOPLE = r"(\d+)\s+(?:people|persons?|agents?|employees|colleagues)"
_HOURS = r"(\d+(?:\.\d+)?)\s*(?:h|hours?)(?:\s+(?:a|per)\s+week|\s+each)?"
_KINDS = r"(?P<kind>tickets?|e-?mails?|calls?|chats?|contacts?|messages|requests)"
_CONTACTS = (
    rf"(?:about|around|some|ca\.?|~)?\s*(?P<number>\d{{1,3}}(?:[ ,.'’]\d{{3}})+|\d+)\s+{_KINDS}"
    r"(?:(?:\s+(?:a|per|each|every)\s+|\s*/\s*)(?P<per>weekday|day|week|month))?"
)
_OPEN = (
    r"(?:open\s+)?(?P<days>[a-z, -]*?)\s*"
    r"(?P<open>\d{1,2}(?::\d{2})?)\s*(?:-|–|to)\s*(?P<close>\d{1,2}(?::\d{2})?)"
)
_MONEY = r"(\d+(?:\.\d+)?)\s*(?:EUR|€|euros?)?\s+(?:an|per)\s+hour"
# A typical week brings as much as so many weekdays; a year has 365.25 days.
_WEEK = sum(WEEKDAY_FACTORS)
_WEEKDAYS_PER = {"weekday": 1.0, "day": 1.0, "week": 1 / _WEEK, "month": 12 * 7 / 365.25 / _WEEK}
MOST_SHOWN = 60


def plain_of(sentence: str) -> dict[str, Any]:
    """What a sentence says, as a scenario file would.

    Parts are apart by commas, semicolons or "and". Understood: people, hours a week, languages, contacts a
    weekday (or day, week, month), opening hours, 24/7, a city for clock and holidays, cost an hour, weeks;
    the same in Italian.

    Raises
    ------
    ScenarioError: naming the parts that are not understood.

    Examples
    --------
    >>> plain_of("9 people, 40 h, English and Italian, 100 tickets a weekday")["volume"]
    {'all': '100'}
    >>> plain_of("9 persone, 40 h, inglese e italiano, circa 100 ticket al giorno feriale")["people"]
    [{'count': '9', 'weekly_hours': '40', 'languages': 'en, it'}]
    """
    found: dict[str, Any] = {"name": NAME}
    people: dict[str, Any] = {}
    unknown = []
    for part in _parts(sentence):
        if not any(take(words, found, people) for words in (part, in_english(part)) for take in _TAKERS):
            unknown.append(part)
    if unknown:
        raise ScenarioError(
            *(Message("scenario.quick", {"part": shorten(part, MOST_SHOWN)}) for part in unknown)
        )
    if people:
        found["people"] = [{"count": "9", **people}]
    return _with_queues(found, people)


def _parts(sentence: str) -> list[str]:
    words = re.split(r"[;,.](?!\d)|\band\b|\bwith\b|\bin\b|\bspeaking\b|(?<!\S)(?:e|con)(?!\S)", sentence)
    return [" ".join(word.split()) for word in words if word.strip()]


Taker = Callable[[str, dict[str, Any], dict[str, Any]], bool]


def _people(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    said = re.fullmatch(_PEOPLE, part, re.IGNORECASE)
    if not said or "count" in people:
        return False  # a second number would contradict the first
    people["count"] = said[1]
    return True


def _hours(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    said = re.fullmatch(_HOURS, part, re.IGNORECASE)
    if said:
        people["weekly_hours"] = said[1]
    return bool(said)


def _language(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    word = part.lower()
    code = LANGUAGES.get(word) or (word if word in LANGUAGES.values() else None)
    if code:
        spoken = people.get("languages")
        people["languages"] = f"{spoken}, {code}" if spoken else code
    return code is not None


def _contacts(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    said = re.fullmatch(_CONTACTS, part, re.IGNORECASE)
    if said:
        kind = said["kind"].lower()
        channel = {"call": "phone", "chat": "chat"}.get(kind.rstrip("s"), "email")
        number = float(re.sub(r"\D", "", said["number"])) * _WEEKDAYS_PER[(said["per"] or "weekday").lower()]
        found.setdefault("volume", {})[channel] = number_text(float(f"{number:.3g}"))
    return bool(said)


def _opening(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    if part.lower() in ("24/7", "open 24/7", "around the clock"):
        found["opening_hours"] = [{"days": "all", "open": "00:00", "close": "24:00"}]
        return True
    said = re.fullmatch(_OPEN, part, re.IGNORECASE)
    if not said:
        return False
    days = said["days"].strip(" ,") or "mon-fri"
    try:
        parse_days(days)
    except InputError:
        return False
    hours = [wall if ":" in wall else f"{wall}:00" for wall in (said["open"], said["close"])]
    line = {"days": days, "open": hours[0], "close": hours[1]}
    found.setdefault("opening_hours", []).append(line)
    return True


def _place(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    city = next((name for name in CITIES if name.lower() == part.lower()), None)
    if city:
        found["zone"] = CITIES[city][1]
        found["sites"] = [{"name": city, "zone": CITIES[city][1], "public_holidays": city}]
        return True
    try:
        zone_named(part)
    except InputError:
        return False
    found["zone"] = part
    return True


def _cost(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    said = re.fullmatch(_MONEY, part, re.IGNORECASE)
    if said:
        people["cost"] = said[1]
    return bool(said)


def _period(part: str, found: dict[str, Any], people: dict[str, Any]) -> bool:
    said = re.fullmatch(r"(?:(\d+)\s+weeks?)?\s*(?:from\s+(\d{4}-\d{2}-\d{2}))?", part, re.IGNORECASE)
    if said and said[2]:
        found.setdefault("period", {})["first_day"] = said[2]
    if said and said[1]:
        found.setdefault("period", {})["weeks"] = said[1]
    return bool(said and (said[1] or said[2]))


_TAKERS: tuple[Taker, ...] = (_people, _hours, _language, _contacts, _opening, _place, _cost, _period)


def _with_queues(found: dict[str, Any], people: dict[str, Any]) -> dict[str, Any]:
    """A queue for each channel and language; contacts of a channel are split over its languages."""
    volume = found.get("volume", {})
    languages = [word.strip() for word in people.get("languages", "en").split(",")]
    if len(volume) == 1 and "email" in volume:
        found["volume"] = {"all": volume["email"]}
    elif volume:
        found["queues"] = [
            {"name": f"{channel} {code}", "channel": channel, "language": code}
            for channel in volume
            for code in languages
        ]
        found["volume"] = {
            f"{channel} {code}": f"{float(number) / len(languages):g}"
            for channel, number in volume.items()
            for code in languages
        }
    return found
