"""Values of what a forecast is asked: days, factors, shares of contacts, numbers that change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from planner._errors import ValueTextError
from planner._values import number_text, parse_number, parse_share, share_text
from planner.study.scenario.texts import day_of, reads, writes, wrong

Span = tuple[date, date]
MOST_TIMES = 100.0


def parse_span(text: str) -> Span:
    """A day, or the first and last of several.

    Examples
    --------
    >>> [day.isoformat() for day in parse_span("2026-06-27 to 2026-06-29")]
    ['2026-06-27', '2026-06-29']
    """
    first, _, last = (
        part.strip() for part in re.sub(r"\s+to\s+|\s*\.\.\s*|\s*->\s*", "|", text).partition("|")
    )
    span = day_of(first), day_of(last or first)
    if span[1] < span[0]:
        raise wrong("span_backwards", first=first, last=last)
    return span


def span_text(span: Span) -> str:
    """The text of a day or of several.

    Examples
    --------
    >>> span_text((date(2026, 6, 27), date(2026, 6, 29))), span_text((date(2026, 2, 3), date(2026, 2, 3)))
    ('2026-06-27 to 2026-06-29', '2026-02-03')
    """
    first, last = (day.isoformat() for day in span)
    return first if first == last else f"{first} to {last}"


def _spans(value: object) -> object:
    """One text with commas, or a list of such texts; a mapping from ... to is taken, too."""
    if isinstance(value, tuple):
        return value
    found: list[Span] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping) and set(entry) == {"from", "to"}:
            entry = f"{entry['from']} to {entry['to']}"
        if not isinstance(entry, str):
            raise wrong("spans_wanted")
        if not entry.strip():
            raise wrong("empty")
        found += [parse_span(part) for part in entry.split(",") if part.strip()]
    if not found:
        raise wrong("empty")
    return tuple(found)


def parse_times(text: str) -> float:
    """A factor: ``x3``, ``3``, ``x0.5``, or what is added or taken off, ``+20%``, ``-30%``.

    Examples
    --------
    >>> parse_times("x3"), parse_times("0.5"), parse_times("-30%"), parse_times("+20%")
    (3.0, 0.5, 0.7, 1.2)
    """
    written = text.strip()
    try:
        if re.fullmatch(r"[+-].*%", written):
            more = parse_share(written[1:], at_most=MOST_TIMES)
            factor = round(1 + more if written[0] == "+" else 1 - more, 12)
        else:
            factor = float(parse_number(re.sub(r"^[x×]\s*|\s*[x×]$|^times\s+", "", written)))
    except ValueTextError:
        raise wrong("times", given=written) from None
    if not 0 <= factor <= MOST_TIMES:
        raise wrong("times", given=written)
    return factor


def times_text(factor: float) -> str:
    """The text of a factor.

    Examples
    --------
    >>> times_text(3.0)
    'x3'
    """
    return f"x{number_text(factor)}"


def _a_day(text: str) -> float:
    return _positive(re.sub(r"\s+(contacts\s+)?(a|per)\s+day$", "", text.strip()), text)


def _positive(number: str, text: str) -> float:
    value = float(parse_number(number))
    if value < 0:
        raise wrong("below_zero", given=text.strip())
    return value


def _pair(text: str, read: Callable[[str], float]) -> tuple[float, float]:
    """A number now and then, or one that stays."""
    now, _, then = (part.strip() for part in re.sub(r"\s*(->|→|\sto\s)\s*", "|", text).partition("|"))
    return read(now), read(then or now)


def _orders(text: str) -> tuple[float, float]:
    cleaned = re.sub(r"\s+(orders\s+)?(a|per)\s+day", "", text.strip())
    found = _pair(cleaned, lambda part: _positive(part, text))
    if not found[0]:
        raise wrong("no_orders")
    return found


def _rates(text: str) -> tuple[float, float]:
    found = _pair(text, lambda part: parse_share(part, at_most=5.0))
    if not found[0]:
        raise wrong("no_rate")
    return found


def _of_contacts(text: str) -> float:
    return parse_share(re.sub(r"\s+of\s+(all\s+)?contacts$", "", text.strip()))


def _pair_text(write: Callable[[float], str]) -> Callable[[tuple[float, float]], str]:
    return lambda pair: write(pair[0]) if pair[0] == pair[1] else f"{write(pair[0])} -> {write(pair[1])}"


Spans = Annotated[
    tuple[Span, ...], BeforeValidator(_spans), writes(lambda spans: ", ".join(map(span_text, spans)))
]
Times = Annotated[float, reads(parse_times), writes(times_text)]
ADay = Annotated[float, reads(_a_day), writes(lambda contacts: f"{number_text(contacts)} a day")]
OfContacts = Annotated[float, reads(_of_contacts), writes(lambda share: f"{share_text(share)} of contacts")]
Orders = Annotated[tuple[float, float], reads(_orders), writes(_pair_text(number_text))]
Rates = Annotated[tuple[float, float], reads(_rates), writes(_pair_text(share_text))]
