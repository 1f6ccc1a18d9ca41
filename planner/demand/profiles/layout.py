"""Which columns of a source are read: its profile and the user's mapping put together."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner._errors import HistoryError
from planner._messages import Message, Place
from planner.demand.intake.folding import plain
from planner.demand.intake.gate import refuse
from planner.demand.intake.records import normalised
from planner.demand.intake.sources import CHOICES, COLUMNS, DICTIONARIES, LISTS, MAPPING_KEYS, HistorySource
from planner.demand.intake.words import DIRECTIONS
from planner.demand.profiles.profile import MAPPING, Profile, known_profiles, profile_names, tag_titles
from planner.demand.profiles.titles import find_all


@dataclass(frozen=True)
class RowFilter:
    """Rows that are left out by what stands in one column.

    Attributes
    ----------
    titles: of the column; the first that the file has.
    values: folded (see ``folded``); a cell of several tags holds a value if one of them is it.
    keep: only rows with one of the values stay; else these are left out.
    because: the reason in the report: "filtered" (by the user), "spam", "deleted", "merged", "outbound", ...
    needed: a file without the column is a mistake; otherwise its rows all stay.
    blanks_stay: rows whose cell is empty stay even if only some values are kept.
    """

    titles: tuple[str, ...]
    values: frozenset[str]
    keep: bool
    because: str
    needed: bool = False
    blanks_stay: bool = True

    def drops(self, cell: str) -> bool:
        """Whether a row with this cell is left out.

        Examples
        --------
        >>> spam = RowFilter(("tags",), frozenset({"spam"}), False, "spam")
        >>> spam.drops("vip, Spam"), spam.drops("vip")
        (True, False)
        """
        text = folded(cell)
        if self.keep:
            return not (text in self.values or (self.blanks_stay and not text))
        return text in self.values or not self.values.isdisjoint(text.replace(",", " ").split())


@dataclass(frozen=True)
class Layout:
    """Column titles and dictionaries of one source, after its profile and its mapping are put together.

    Attributes
    ----------
    columns: titles by mapping key, to be looked for in this order; of JSON, dotted paths.
    words: dictionaries ``queues``, ``languages`` and ``channels``.
    filters: rows that are no new contact.
    aht_unit, reply_unit: of plain numbers: "seconds", "minutes", "hours", "h:mm:ss" or "" (as the cell says).
    lines: one JSON object a line.
    needed: keys whose columns must be there beside the stamp.
    sheet: of a workbook, as the user named it.
    """

    profile: str
    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    filters: tuple[RowFilter, ...] = ()
    default_language: str = ""
    default_channel: str = ""
    day_first: bool | None = None
    decimal_comma: bool | None = None
    aht_unit: str = ""
    reply_unit: str = ""
    lines: bool = False
    needed: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def fields(self) -> Mapping[str, str]:
        """Of JSON lines, the dotted path of each key."""
        return {key: titles[0] for key, titles in self.columns.items()} if self.lines else {}

    @property
    def tagged(self) -> bool:
        """Whether the language stands among other tags."""
        tags = tag_titles()
        return any(
            plain(title) in tags or plain(title).endswith("tags")
            for title in self.columns.get("language", ())
        )

    @property
    def counted(self) -> bool:
        """Whether a row may stand for more than one contact."""
        return "count" in self.columns

    def fitted(self, header: Sequence[str]) -> Layout:
        """The same with only those titles that a table has; keys of which it has none stay as they are."""
        if self.lines:
            return self
        there = {key: find_all(header, titles) for key, titles in self.columns.items()}
        columns = {
            key: tuple(dict.fromkeys(header[at] for at in there[key])) or titles
            for key, titles in self.columns.items()
        }
        if not there.get("count"):
            columns = {key: titles for key, titles in columns.items() if key != "count" or key in self.needed}
        return replace(self, columns=columns)


def folded(cell: str) -> str:
    """A cell as it is compared with the values of a filter."""
    return plain(cell)


def layout_of(source: HistorySource) -> Layout:
    """Put a source's profile and mapping together.

    Raises
    ------
    HistoryError: unknown profile or mapping key, a dictionary that is none, no stamp column named.
    """
    name = source.file.name
    if source.profile not in profile_names():
        known = ", ".join(profile_names())
        raise refuse("unknown_profile", name, profile=source.profile, known=known)
    mapping = dict(source.mapping or {})
    mistakes = list(_mapping_mistakes(mapping, name))
    if source.profile == MAPPING and not mapping.get("stamp"):
        mistakes.append(Message("demand.stamp_not_named", {}, Place(file=name)))
    profile = known_profiles().get(source.profile, Profile(source.profile, "", ""))
    if not mapping.get("direction") and "direction" not in profile.columns:
        meant = [key for key in ("inbound", "outbound") if mapping.get(key)]
        mistakes += [Message("profiles.needs_direction", {"key": key}, Place(file=name)) for key in meant]
    if mistakes:
        raise HistoryError(*mistakes)
    columns = {key: tuple(map(normalised, titles)) for key, titles in profile.columns.items()}
    columns.update({key: tuple(map(normalised, texts(mapping[key]))) for key in COLUMNS if mapping.get(key)})
    given = {key: _words(mapping.get(key)) for key in ("queues", "languages", "channels")}
    return Layout(
        profile=source.profile,
        columns=columns,
        words={
            "queues": given["queues"],
            "languages": {**profile.languages, **given["languages"]},
            "channels": {**profile.channels, **given["channels"]},
        },
        filters=tuple(_filters(profile, mapping, columns, source.outbound)),
        default_language=str(mapping.get("default_language", "")),
        default_channel=str(mapping.get("default_channel", profile.default_channel)),
        day_first=_yes_or_no(mapping, "day_first"),
        decimal_comma=_yes_or_no(mapping, "decimal_comma"),
        aht_unit=str(mapping.get("aht_unit", "" if mapping.get("aht") else profile.aht_unit)),
        reply_unit=str(
            mapping.get("first_reply_unit", "" if mapping.get("first_reply") else profile.reply_unit)
        ),
        lines=profile.lines,
        sheet=str(mapping.get("sheet", "")),
        needed=profile.needed,
    )


def places_of(
    header: Sequence[str], layout: Layout, name: str, chosen: frozenset[str] = frozenset()
) -> dict[str, int]:
    """Where each mapped column stands; all missing ones in one error.

    Parameters
    ----------
    header: titles of the file. name: of the file, for errors.
    chosen: keys that the user's own mapping names: those columns must exist.

    Raises
    ------
    HistoryError: columns that are not there, or twice.
    """
    needed = {"stamp", *layout.needed, *chosen}
    places: dict[str, int] = {}
    mistakes = []
    for key, titles in layout.columns.items():
        found = find_all(header, titles)
        if found:
            places[key] = found[0]
            title = header[found[0]]
            if key in needed and key != "labels" and list(header).count(title) > 1:
                mistakes.append(Message("demand.column_twice", {"column": title}, Place(file=name)))
        elif key in needed:
            mistakes.append(_missing(header, " or ".join(titles[:3]), titles, name))
    if mistakes:
        raise HistoryError(*dict.fromkeys(mistakes))
    return places


def label_places_of(header: Sequence[str], layout: Layout) -> tuple[int, ...]:
    """Where tags or topics stand: one column or several, also of one name, as Jira writes them."""
    return tuple(find_all(header, layout.columns.get("labels", ())))


def filters_of(header: Sequence[str], layout: Layout, name: str) -> tuple[tuple[int, RowFilter], ...]:
    """The filters that a file's columns allow, each with the place of its column.

    Raises
    ------
    HistoryError: a column that the user's ``keep`` or ``leave_out`` names is not there.
    """
    found = []
    mistakes = []
    for one in layout.filters:
        at = find_all(header, one.titles)
        if at:
            found.append((at[0], one))
        elif one.needed:
            mistakes.append(_missing(header, one.titles[0], one.titles, name))
    if mistakes:
        raise HistoryError(*dict.fromkeys(mistakes))
    return tuple(found)


def texts(given: object) -> tuple[str, ...]:
    """A text or a list of them, as a tuple."""
    return tuple(str(one) for one in given) if isinstance(given, list | tuple) else (str(given),)


def _filters(
    profile: Profile, mapping: Mapping[str, object], columns: Mapping[str, tuple[str, ...]], outbound: bool
) -> Iterator[RowFilter]:
    for key, keep in (("keep", True), ("leave_out", False)):
        for title, values in _value_sets(mapping.get(key)).items():
            yield RowFilter((title,), values, keep, "filtered", needed=not profile.lines, blanks_stay=False)
    yield from (RowFilter(one.titles, one.values, False, one.because) for one in profile.leave_out)
    yield from (RowFilter(one.titles, one.values, True, one.because) for one in profile.only)
    if "direction" in columns:
        side = "outbound" if outbound else "inbound"
        said = mapping.get(side)
        own = profile.outbound if outbound else profile.inbound
        usual = own or frozenset(word for word, meant in DIRECTIONS.items() if meant == side)
        values = frozenset(folded(value) for value in texts(said)) if said else usual
        because = "inbound" if outbound else "outbound"
        yield RowFilter(columns["direction"], values, True, because, blanks_stay=not outbound)


def _mapping_mistakes(mapping: Mapping[str, object], name: str) -> Iterator[Message]:
    place = Place(file=name)
    for key, value in mapping.items():
        if key not in MAPPING_KEYS:
            near = difflib.get_close_matches(key, MAPPING_KEYS, n=1)
            values = {"key": key, "near": near[0] if near else ", ".join(MAPPING_KEYS)}
            yield Message("demand.unknown_key", values, place)
        elif key in DICTIONARIES:
            if not isinstance(value, Mapping):
                yield Message("demand.not_a_dictionary", {"key": key}, place)
        elif key in ("day_first", "decimal_comma"):
            if not isinstance(value, bool) and str(value).casefold() not in ("yes", "no", "true", "false"):
                yield Message("demand.yes_or_no", {"key": key}, place)
        elif key in CHOICES and value not in CHOICES[key]:
            values = {"key": key, "known": ", ".join(CHOICES[key])}
            yield Message("profiles.unknown_choice", values, place)
        elif isinstance(value, Mapping) or (isinstance(value, list | tuple) and key not in LISTS):
            code = "profiles.list_wanted" if key in LISTS else "profiles.text_wanted"
            yield Message(code, {"key": key}, place)


def _missing(header: Sequence[str], wanted: str, titles: tuple[str, ...], name: str) -> Message:
    """Only titles that resemble a wanted one are shown: a file without header would show a customer."""
    if header[0].startswith("{"):
        return Message("demand.objects", {}, Place(file=name, line=1))
    if len(header) == 1:
        return Message("demand.one_column", {"column": wanted}, Place(file=name, line=1))
    near = difflib.get_close_matches(titles[0], header, n=1, cutoff=0.6)
    code = "demand.no_column_near" if near else "demand.no_column"
    values = {"column": wanted, "columns": len(header), "near": near[0] if near else ""}
    return Message(code, values, Place(file=name, line=1))


def _words(given: object) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in given.items()} if isinstance(given, Mapping) else {}


def _value_sets(given: object) -> Mapping[str, frozenset[str]]:
    if not isinstance(given, Mapping):
        return {}
    return {normalised(str(title)): frozenset(map(folded, texts(values))) for title, values in given.items()}


def _yes_or_no(mapping: Mapping[str, object], key: str) -> bool | None:
    given = mapping.get(key)
    return given if given is None or isinstance(given, bool) else str(given).casefold() in ("yes", "true")
