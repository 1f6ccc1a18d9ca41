"""The profile, the zone and the layout of a source, once its header is known."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner._errors import HistoryError
from planner._messages import Message, Place
from planner.demand.intake.folding import plain
from planner.demand.intake.gate import refuse
from planner.demand.intake.sources import COLUMNS, HistorySource
from planner.demand.profiles.detecting import SURE_FROM, Detected, certain, detect, zone_in
from planner.demand.profiles.layout import Layout, layout_of
from planner.demand.profiles.profile import AUTO, MAPPING, known_profiles, shared_titles
from planner.demand.profiles.titles import find_all


@dataclass(frozen=True)
class Settled:
    """How a source is read.

    Attributes
    ----------
    source: with its profile, no longer ``auto``, and the zone that its header names, if any.
    layout: with only those titles that the file has.
    chosen: keys whose columns the user named: they must exist.
    notices: what was recognised.
    """

    source: HistorySource
    layout: Layout
    chosen: frozenset[str]
    notices: tuple[Message, ...] = ()


def settle(source: HistorySource, header: Sequence[str], lines: bool = False) -> Settled:
    """Find out how a source is to be read.

    Parameters
    ----------
    source: its profile may be ``auto``; its mapping is laid over the profile that is found.
    header: titles of the table; of JSON lines, the dotted paths in the first object.
    lines: the file holds JSON objects, one a line.

    Raises
    ------
    HistoryError: no profile fits and the mapping names no stamp; two fit alike; mistakes in the mapping.

    Examples
    --------
    >>> from pathlib import Path
    >>> header = ["call id", "direction", "datetime (UTC)", "aircall number"]
    >>> calls = settle(HistorySource(Path("c.csv")), header)
    >>> calls.source.profile, calls.source.zone, calls.layout.default_channel
    ('aircall', 'UTC', 'phone')
    """
    name = source.file.name
    notices: list[Message] = []
    if source.profile == AUTO:
        layout_of(replace(source, profile=MAPPING, mapping={"stamp": "-", **(source.mapping or {})}))
        profile = _recognised(source, header, lines)
        known = known_profiles().get(profile)
        if known is not None and known.vendor:
            values = {"vendor": known.vendor, "what": known.what, "profile": profile}
            notices.append(Message("profiles.recognised", values, Place(file=name)))
        source = replace(source, profile=profile)
    layout = layout_of(source).fitted(header)
    zone = _zone_of_header(source, layout, header)
    if zone is not None:
        if source.zone not in (None, zone):
            differing = {"zone": zone, "given": str(source.zone)}
            notices.append(Message("profiles.zone_of_header", differing, Place(file=name)))
        elif source.zone is None:
            notices.append(Message("profiles.zone_in_header", {"zone": zone}, Place(file=name)))
        source = replace(source, zone=zone)
    chosen = frozenset(key for key in COLUMNS if (source.mapping or {}).get(key))
    return Settled(source, layout, chosen, tuple(notices))


def _recognised(source: HistorySource, header: Sequence[str], lines: bool) -> str:
    found = detect(header, lines)
    best = certain(found)
    if best is not None:
        return best.profile
    if (source.mapping or {}).get("stamp"):
        return MAPPING
    raise doubt(source.file.name, header, found)


def doubt(name: str, header: Sequence[str], found: Sequence[Detected]) -> HistoryError:
    """The error of a file that nobody is known to write, or two write alike: what the user may choose."""
    if len(found) > 1 and found[0].score >= SURE_FROM:
        return _refused("two_alike", name, first=found[0].profile, second=found[1].profile)
    if found:
        return _refused("hardly", name, first=found[0].profile)
    if header and header[0].startswith("{"):
        return refuse("objects", name)
    if len(header) == 1 and not find_all(header, shared_titles()["created"]):
        return refuse("one_column", name, column="the creation time")
    near = find_all(header, shared_titles()["created"])
    if near:
        return _refused("not_known_stamp", name, near=header[near[0]])
    for wanted in ("interval_start", "created at"):
        close = difflib.get_close_matches(wanted, [plain(title) for title in header], n=1, cutoff=0.8)
        if close:
            return _refused("not_known_stamp", name, near=close[0])
    return _refused("not_known", name, known=", ".join(known_profiles()))


def _refused(code: str, name: str, **values: object) -> HistoryError:
    return HistoryError(Message(f"profiles.{code}", values, Place(file=name, line=1)))


def _zone_of_header(source: HistorySource, layout: Layout, header: Sequence[str]) -> str | None:
    """The zone that the stamp's title names, of profiles whose titles do, and of a mapping."""
    profile = known_profiles().get(source.profile)
    stamps = find_all(header, layout.columns.get("stamp", ()))
    if not stamps or not (profile is None or profile.zone == "header"):
        return None
    return zone_in(header[stamps[0]])
