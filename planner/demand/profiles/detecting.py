"""Which help desk wrote a file, told from its column titles alone."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from planner._errors import InputError
from planner.clock import zone_named
from planner.demand.intake.folding import plain
from planner.demand.intake.heading import DELIMITERS
from planner.demand.profiles.profile import Profile, known_profiles
from planner.demand.profiles.titles import blank_of, find_all

LEAST_MARKS = 2
SURE_FROM = 0.25
"""The lowest score that is trusted; files of nobody we know score 0."""
LEAD = 1.2
"""By how much the best must exceed the second: below, the user chooses."""
_HEAD_CHARACTERS = 200_000
OBJECTS = 20
"""So many lines of JSON tell which paths there are: the first ticket may lack some."""


@dataclass(frozen=True)
class Detected:
    """A profile that a file may have.

    Attributes
    ----------
    profile: its name.
    score: from 0 to 1: marks found, times the share of the file's columns that the profile knows.
    stamp_column: title of the column of the creation stamp, as in the file.
    zone: the clock that the title names; None if it names none.
    zone_needed: stamps without an offset would need the user to choose a zone.
    proposed_zone: the zone that is most probably right then; "" if nothing is known.
    met: how many marks were found; missing: marks that were not, by their first title.
    """

    profile: str
    score: float
    stamp_column: str
    zone: str | None
    zone_needed: bool
    proposed_zone: str = ""
    met: int = 0
    missing: tuple[str, ...] = ()


def detect(given: Sequence[str] | bytes, lines: bool = False) -> tuple[Detected, ...]:
    """Every profile that a file may have, best first; empty if nobody known writes such columns.

    Parameters
    ----------
    given: the titles of a table (of JSON, the paths in its first object), or the first bytes of a file.
    lines: the titles are paths of JSON objects, one a line; bytes say so themselves.

    Examples
    --------
    >>> best = detect(["Case Number", "Date/Time Opened", "Date/Time Closed", "Case Owner", "Subject"])[0]
    >>> best.profile, best.stamp_column, best.zone_needed
    ('salesforce', 'Date/Time Opened', True)
    >>> detect(["name", "created_at"])
    ()
    """
    if isinstance(given, bytes):
        header, lines = header_of(given), is_lines(given)
    else:
        header = tuple(given)
    profiles = (profile for profile in known_profiles().values() if profile.lines == lines)
    found = [one for profile in profiles if (one := _match(profile, header)) is not None]
    return tuple(sorted(found, key=lambda one: (-one.score, one.profile)))


def certain(found: Sequence[Detected]) -> Detected | None:
    """The one that needs no question: good enough, and well before the next.

    Examples
    --------
    >>> certain(()) is None
    True
    """
    if not found or found[0].score < SURE_FROM:
        return None
    if len(found) > 1 and found[0].score < LEAD * found[1].score:
        return None
    return found[0]


def header_of(head: bytes) -> tuple[str, ...]:
    r"""Titles at the start of a text file; of JSON lines, the paths in the first object.

    Examples
    --------
    >>> header_of(b"sep=;\nID;Created at\n"), header_of(b'{"ticket": {"id": 1, "via": {"channel": "web"}}}')
    (('ID', 'Created at'), ('id', 'via.channel'))
    """
    lines = [line for line in _decoded(head).split("\n") if line.strip()]
    if lines and lines[0].lstrip().startswith("{"):
        return paths_of(lines)
    stated = ""
    if lines and lines[0][:4].lower() == "sep=" and len(lines[0].strip()) in (4, 5):
        stated = lines.pop(0)[4:5]
    if not lines:
        return ()
    rows = [_split(lines, mark) for mark in ([stated] if stated.strip() or stated == "\t" else DELIMITERS)]
    return tuple(title.strip() for title in max(rows, key=len))


def is_lines(head: bytes) -> bool:
    """Whether a text starts as JSON objects do."""
    return _decoded(head[:100]).lstrip("\ufeff \n\t").startswith("{")


def paths_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Dotted paths of all values in the first JSON objects, one a line; lines that are none have none.

    Examples
    --------
    >>> paths_of(['{"id": 1}', "{broken", '{"id": 2, "via": {"channel": "web"}}'])
    ('id', 'via.channel')
    """
    return tuple(dict.fromkeys(path for line in islice(lines, OBJECTS) for path in _paths_of_one(line)))


def _paths_of_one(line: str) -> tuple[str, ...]:
    try:
        loaded = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    if isinstance(loaded, dict) and isinstance(loaded.get("ticket"), dict):
        loaded = loaded["ticket"]
    return tuple(_paths(loaded)) if isinstance(loaded, dict) else ()


_UTC = re.compile(r"[ _.(\[-]utc[)\]]?$", re.IGNORECASE)


def zone_in(title: str) -> str | None:
    """The zone that a title names in brackets, or UTC as its last word, as the IANA name.

    Examples
    --------
    >>> zone_in("created_utc"), zone_in("Created at (GMT+1)")
    ('UTC', None)
    >>> zone_in("conversation started at (america/new_york)"), zone_in("datetime (UTC)"), zone_in("Created")
    ('America/New_York', 'UTC', None)
    """
    if _UTC.search(title):
        return "UTC"
    inside = (blank_of(title, "*(*)") is not None and title.rsplit("(", 1)[1].rstrip(") ")) or ""
    if inside.casefold() in ("utc", "gmt", "utc+0", "gmt+0", "utc+00:00", "gmt+00:00", "z"):
        return "UTC"
    if "/" not in inside:
        return None
    for name in (inside, "/".join(_as_written(part) for part in inside.split("/"))):
        try:
            return zone_named(name).key
        except InputError:
            continue
    return None


_SMALL = ("of", "es", "au", "da", "de", "del")


def _as_written(part: str) -> str:
    """``new_york`` as New_York, ``port-au-prince`` as Port-au-Prince."""
    words = part.casefold().replace("-", " - ").replace("_", " _ ").split()
    return "".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in words)


def _match(profile: Profile, header: Sequence[str]) -> Detected | None:
    """A profile's score on a header; None if its stamp is not there, or hardly any of its marks."""
    stamps = find_all(header, profile.columns["stamp"])
    if not stamps or any(not find_all(header, profile.columns[key]) for key in profile.needed):
        return None
    if profile.must and not find_all(header, profile.must):
        return None
    met = [bool(find_all(header, mark)) for mark in profile.marks]
    if sum(met) < min(LEAST_MARKS, len(met)):
        return None
    known = {at for titles in _all_titles(profile) for at in find_all(header, titles)}
    distinct = {plain(title) for title in header if title.strip()}
    share = len({plain(header[at]) for at in known}) / max(len(distinct), 1)
    against = sum(bool(find_all(header, titles)) for titles in profile.against)
    score = min(1.0, sum(met) / profile.enough) * (0.5 + 0.5 * share) * 0.5**against
    title = header[stamps[0]]
    zone = zone_in(title) if profile.zone == "header" else None
    return Detected(
        profile=profile.name,
        score=round(score, 4),
        stamp_column=title,
        zone=zone,
        zone_needed=zone is None and profile.zone in ("ask", "header"),
        proposed_zone=profile.hint,
        met=sum(met),
        missing=tuple(mark[0] for mark, there in zip(profile.marks, met, strict=True) if not there),
    )


def _all_titles(profile: Profile) -> Iterator[tuple[str, ...]]:
    yield from profile.columns.values()
    yield from profile.marks
    yield from profile.usual


def _paths(loaded: Mapping[str, object], before: str = "", depth: int = 0) -> Iterator[str]:
    for key, value in loaded.items():
        if isinstance(value, dict) and depth < 4:
            yield from _paths(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}"


def _decoded(head: bytes) -> str:
    """The start of a text, whatever its encoding; a last character may be cut off."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "ignore")
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(head) - 4 and error.reason == "unexpected end of data"
        text = head.decode("utf-8-sig", "ignore") if cut_off else head.decode("cp1252", "replace")
    return text[:_HEAD_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")


def _split(lines: Sequence[str], delimiter: str) -> list[str]:
    """The first record, whose quoted titles may hold line ends."""
    try:
        return next(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
    except csv.Error:
        return []
