"""Time zones by IANA name, read from the pinned ``tzdata`` package and never from the system."""

from __future__ import annotations

import re
import zoneinfo
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module

from planner._errors import InputError
from planner._messages import Message
from planner.clock.places import ABBREVIATIONS, CITIES, OFFSETS

# The system's zones and the package's differ (15 zones in 2026-27). Without a search path every
# ZoneInfo comes from the package, on every machine; those made earlier are forgotten.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()

_OFFSET = re.compile(r"(?:UTC|GMT|Z)?\s*([+-\u2212])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_FROM_ABBREVIATION = re.compile(r"([A-Za-z]{3,5})\s*[+-\u2212]\s*\d.*")


def tzdata_version() -> str:
    """Version of the zone rules in use, such as "2026a"; printed in every output.

    Examples
    --------
    >>> tzdata_version()[:2]
    '20'
    """
    return str(import_module("tzdata").IANA_VERSION)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Names with a place or an ocean in them, and UTC; bare abbreviations and countries are left out."""
    return frozenset(name for name in zoneinfo.available_timezones() if "/" in name) | {"UTC"}


def zone_names() -> tuple[str, ...]:
    """Names of all zones to choose from, sorted: Africa, America, ..., UTC.

    Examples
    --------
    >>> "Europe/Rome" in zone_names(), zone_names()[-1]
    (True, 'UTC')
    """
    return tuple(sorted(name for name in _names() if not name.startswith("Etc/")))


@lru_cache(maxsize=1024)
def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The zone of an IANA name.

    Parameters
    ----------
    name: such as ``Europe/Lisbon``; ``UTC`` and ``Etc/...`` are taken too.

    Raises
    ------
    InputError
        For anything else, also abbreviations and offsets such as ``EST`` or ``GMT+2``: they do not
        say when clocks change. The message names the nearest city.

    Examples
    --------
    >>> zone_named("Europe/Lisbon").key
    'Europe/Lisbon'
    >>> zone_named("CET")
    Traceback (most recent call last):
    planner._errors.InputError: "CET" is not a time zone by IANA name; write a city, such as Europe/Paris
    """
    if name in _names():
        return zoneinfo.ZoneInfo(name)
    raise InputError(Message("clock.unknown_zone", {"zone": name, "near": _nearest(name)}))


def _nearest(name: str) -> str:
    """The zone that was probably meant."""
    text = name.strip()[:64]
    if text.upper() in ABBREVIATIONS:
        return ABBREVIATIONS[text.upper()]
    if match := _OFFSET.fullmatch(text):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return _at_offset(minutes if match[1] == "+" else -minutes)
    if (match := _FROM_ABBREVIATION.fullmatch(text)) and match[1].upper() in ABBREVIATIONS:
        return ABBREVIATIONS[match[1].upper()]
    return _alike(text.replace(" ", "_"))


def _at_offset(minutes: int) -> str:
    """A city without clock changes at this offset from UTC, or the nearest one to it."""
    return OFFSETS[min(OFFSETS, key=lambda known: (abs(known - minutes), known))]


def _alike(text: str) -> str:
    """The name or city that is written most alike."""
    by_key = {city.lower().replace(" ", "_"): zone for city, (_, zone) in CITIES.items()}
    names = sorted(_names() - {"UTC"})
    # Names of a region come last, so that the modern name of a city wins over old ones.
    by_key |= {name.rpartition("/")[2].lower(): name for name in reversed(names)}
    by_key |= {name.lower(): name for name in names}
    close = get_close_matches(text.lower(), sorted(by_key), n=1, cutoff=0.6)
    return by_key[close[0]] if close else "Europe/Lisbon"
