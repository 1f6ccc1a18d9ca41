"""Profiles: what a help desk's export calls things."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from planner._errors import HistoryError
from planner._messages import Message, Place
from planner.demand.gate import refuse
from planner.demand.records import normalised
from planner.demand.sources import MAPPING_KEYS, PROFILES, HistorySource

KEYS_OF_JSON = ("languages", "default_language", "channels", "leave_out")
_DICTIONARIES = ("queues", "languages", "channels", "keep", "leave_out")


@dataclass(frozen=True)
class Layout:
    """Column titles and dictionaries of one source, after its profile and its mapping are put together."""

    profile: str
    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leave_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spam: Mapping[str, frozenset[str]] = field(default_factory=dict)
    default_language: str = ""
    day_first: bool | None = None

    @property
    def tagged(self) -> bool:
        """Whether the language stands among other tags."""
        return self.profile == "zendesk-json" or "tags" in self.columns.get("language", ())

    @property
    def counted(self) -> bool:
        """Whether a row may stand for more than one contact."""
        return "count" in self.columns


_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "counts": {
        "stamp": ("interval_start",),
        "queue": ("queue",),
        "language": ("language",),
        "channel": ("channel",),
        "count": ("arrivals", "count"),
        "aht": ("aht_seconds", "aht_s"),
    },
    "zendesk": {
        "stamp": ("created at",),
        "id": ("id",),
        "language": ("language", "tags"),
        "channel": ("via", "channel"),
    },
    "zendesk-json": {},
    "mapping": {},
}
_NEEDED: Mapping[str, tuple[str, ...]] = {"counts": ("stamp", "count")}
# Titles that the profile would like but an export may lack: no mistake if they are not there.
_OPTIONAL = ("queue", "language", "channel", "aht", "id")
_ZENDESK_DROPS: Mapping[str, frozenset[str]] = {
    "status": frozenset({"deleted", "spam", "suspended"}),
    "tags": frozenset({"closed_by_merge", "spam"}),
}


def layout_of(source: HistorySource) -> Layout:
    """Put a source's profile and mapping together.

    Raises
    ------
    HistoryError: unknown profile or mapping key, a dictionary that is none, no stamp column named.
    """
    name = source.file.name
    if source.profile not in PROFILES:
        raise refuse("unknown_profile", name, profile=source.profile, known=", ".join(PROFILES))
    mapping = dict(source.mapping or {})
    known = KEYS_OF_JSON if source.profile == "zendesk-json" else tuple(MAPPING_KEYS)
    mistakes = [_unknown_key(key, known, name) for key in mapping if key not in known]
    mistakes += [
        Message("demand.not_a_dictionary", {"key": key}, Place(file=name))
        for key in _DICTIONARIES
        if key in mapping and not isinstance(mapping[key], Mapping)
    ]
    if source.profile == "mapping" and not mapping.get("stamp"):
        mistakes.append(Message("demand.stamp_not_named", {}, Place(file=name)))
    if mistakes:
        raise HistoryError(*mistakes)
    columns = dict(_COLUMNS[source.profile])
    columns.update({
        key: (normalised(str(mapping[key])),)
        for key in ("stamp", "queue", "language", "channel", "id", "count", "aht")
        if mapping.get(key)
    })  # fmt: skip
    zendesk = source.profile.startswith("zendesk")
    return Layout(
        profile=source.profile,
        columns=columns,
        words={key: _words(mapping.get(key)) for key in ("queues", "languages", "channels")},
        keep=_value_sets(mapping.get("keep")),
        leave_out=_value_sets(mapping.get("leave_out")),
        spam=_ZENDESK_DROPS if zendesk else {},
        default_language=str(mapping.get("default_language", "")),
        day_first=_yes_or_no(mapping.get("day_first"), name),
    )


def places_of(
    header: tuple[str, ...], layout: Layout, name: str, chosen: frozenset[str] = frozenset()
) -> dict[str, int]:
    """Where each mapped column stands; all missing ones in one error.

    Parameters
    ----------
    header: normalised titles.
    layout: of the source.
    name: of the file, for errors.
    chosen: keys that the user's own mapping names: those columns must exist.
    """
    needed = {"stamp", *_NEEDED.get(layout.profile, ()), *chosen}
    places: dict[str, int] = {}
    mistakes = []
    for key, titles in layout.columns.items():
        found = [header.index(title) for title in titles if title in header]
        if found:
            places[key] = found[0]
            if key in needed and header.count(header[found[0]]) > 1:
                mistakes.append(
                    Message("demand.column_twice", {"column": header[found[0]]}, Place(file=name))
                )
        elif key in needed or key not in _OPTIONAL:
            mistakes.append(_missing(header, " or ".join(titles), titles, name))
    if mistakes:
        raise HistoryError(*dict.fromkeys(mistakes))
    return places


def column_of(header: tuple[str, ...], title: str, name: str) -> int:
    """Where a column that a filter names stands, or an error with the nearest title."""
    if title not in header:
        raise HistoryError(_missing(header, title, (title,), name))
    return header.index(title)


def _missing(header: tuple[str, ...], wanted: str, titles: tuple[str, ...], name: str) -> Message:
    """Only titles that resemble a wanted one are shown: a file without header would show a customer."""
    if header[0].startswith("{"):
        return Message("demand.objects", {}, Place(file=name, line=1))
    if len(header) == 1:
        return Message("demand.one_column", {"column": wanted}, Place(file=name, line=1))
    near = difflib.get_close_matches(titles[0], header, n=1, cutoff=0.6)
    code = "demand.no_column_near" if near else "demand.no_column"
    values = {"column": wanted, "columns": len(header), "near": near[0] if near else ""}
    return Message(code, values, Place(file=name, line=1))


def _unknown_key(key: str, known: tuple[str, ...], name: str) -> Message:
    near = difflib.get_close_matches(key, known, n=1)
    values = {"key": key, "near": near[0] if near else ", ".join(known)}
    return Message("demand.unknown_key", values, Place(file=name))


def _words(given: object) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in given.items()} if isinstance(given, Mapping) else {}


def _value_sets(given: object) -> Mapping[str, frozenset[str]]:
    if not isinstance(given, Mapping):
        return {}
    return {
        normalised(str(title)): frozenset(
            str(value).strip().casefold()
            for value in (values if isinstance(values, list | tuple) else [values])
        )
        for title, values in given.items()
    }


def _yes_or_no(given: object, name: str) -> bool | None:
    if given is None or isinstance(given, bool):
        return given
    if str(given).casefold() in ("yes", "true", "no", "false"):
        return str(given).casefold() in ("yes", "true")
    raise refuse("yes_or_no", name, key="day_first")
