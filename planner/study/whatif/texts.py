"""Types of the settings of changes: how much more or less, so many people or a share of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, InstanceOf

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import number_text, parse_count, parse_duration, parse_number, parse_share, share_text
from planner.study.scenario.asks_texts import parse_times
from planner.study.scenario.people import FACTORS
from planner.study.scenario.texts import reads, writes


class More(NamedTuple):
    """So much more or less: a factor, or contacts a weekday on top."""

    factor: float = 1.0
    contacts: float = 0.0


class Many(NamedTuple):
    """So many people, or a share of them."""

    number: int | None = None
    share: float = 0.0


class Work(NamedTuple):
    """Hours of work a month, and those for each further language."""

    hours: float
    per_language: float = 0.0


def _wrong(code: str, given: str) -> ValueTextError:
    return ValueTextError(Message(f"whatif.{code}", {"given": given.strip()}))


def parse_change(text: str) -> float:
    """A factor as what it adds or takes off, or as it is: ``+20%``, ``-30%``, ``x1.2``; a bare 0% is none.

    Examples
    --------
    >>> parse_change("+20%"), parse_change("-30%"), parse_change("x1.5"), parse_change("0%")
    (1.2, 0.7, 1.5, 1.0)
    """
    written = text.strip()
    if re.fullmatch(r"[+-]?0(\.0*)?%", written):
        return 1.0
    if re.fullmatch(r"[\d.]+%", written):
        raise _wrong("sign", written)
    try:
        return parse_times(written)
    except ValueTextError:
        raise _wrong("by", written) from None


def change_text(factor: float) -> str:
    """The text of a factor as what it adds or takes off.

    Examples
    --------
    >>> change_text(1.2), change_text(0.7), change_text(1.0)
    ('+20%', '-30%', '+0%')
    """
    more = round(factor - 1, 12)
    return ("-" if more < 0 else "+") + share_text(abs(more))


def parse_more(text: str) -> More:
    """So much more or less, also in contacts.

    Examples
    --------
    >>> parse_more("+20%"), parse_more("-15 a weekday")
    (More(factor=1.2, contacts=0.0), More(factor=1.0, contacts=-15.0))
    """
    found = re.fullmatch(r"\s*([+-])\s*(\S+?)\s+(?:contacts\s+)?(?:a|per)\s+weekday\s*", text)
    if not found:
        return More(parse_change(text))
    try:
        return More(contacts=float(parse_number(found[2])) * (1 if found[1] == "+" else -1))
    except ValueTextError:
        raise _wrong("by", text) from None


def more_text(more: More) -> str:
    """The text of how much more."""
    if not more.contacts:
        return change_text(more.factor)
    return f"{'-' if more.contacts < 0 else '+'}{number_text(abs(more.contacts))} a weekday"


def parse_many(text: str) -> Many:
    """So many people, or a share of them.

    Examples
    --------
    >>> parse_many("3"), parse_many("40%")
    (Many(number=3, share=0.0), Many(number=None, share=0.4))
    """
    return Many(share=parse_share(text)) if "%" in text or "." in text else Many(parse_count(text))


def many_text(many: Many) -> str:
    """The text of so many people."""
    return share_text(many.share) if many.number is None else str(many.number)


def parse_work(text: str) -> Work:
    """Hours of work a month, and perhaps for each further language.

    Examples
    --------
    >>> parse_work("40 h + 8 h per language"), parse_work("20 h a month")
    (Work(hours=40.0, per_language=8.0), Work(hours=20.0, per_language=0.0))
    """
    cleaned = re.sub(r"\s+(a|per)\s+month\b", "", text.strip())
    first, plus, then = cleaned.partition("+")
    per = re.fullmatch(r"\s*(.+?)\s+(?:per|a|each)\s+language\s*", then if plus else first)
    try:
        if plus and not per:
            raise _wrong("work", text)
        hours = _hours(first) if plus or not per else 0.0
        return Work(hours, _hours(per[1]) if per else 0.0)
    except ValueTextError:
        raise _wrong("work", text) from None


def _hours(text: str) -> float:
    return parse_duration(text) / timedelta(hours=1)


def work_text(work: Work) -> str:
    """The text of hours of work.

    Examples
    --------
    >>> work_text(Work(40, 8)), work_text(Work(20))
    ('40 h a month + 8 h per language', '20 h a month')
    """
    more = f" + {number_text(work.per_language)} h per language" if work.per_language else ""
    return f"{number_text(work.hours)} h a month{more}"


def _slower(text: str) -> float:
    factor = parse_times(text)
    if not FACTORS[0] <= factor <= FACTORS[1]:
        raise _wrong("slower", text)
    return factor


def _part(text: str) -> float:
    share = parse_share(text)
    if not share:
        raise _wrong("part", text)
    return share


def _by_site(value: object) -> object:
    """A number alone is of everybody."""
    return {"all": value} if isinstance(value, str) else value


By = Annotated[float, reads(parse_change), writes(change_text)]
MoreSaid = Annotated[InstanceOf[More], reads(parse_more), writes(more_text)]
ManySaid = Annotated[InstanceOf[Many], reads(parse_many), writes(many_text)]
BySite = Annotated[Mapping[str, ManySaid], BeforeValidator(_by_site)]
WorkSaid = Annotated[InstanceOf[Work], reads(parse_work), writes(work_text)]
Slower = Annotated[float, reads(_slower), writes(lambda factor: f"x{number_text(factor)}")]
PartTime = Annotated[float, reads(_part), writes(share_text)]
