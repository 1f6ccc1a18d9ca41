"""A first look at a file, before anything of it is accepted: what it is, and how it would be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message, Place
from planner.clock import zone_named
from planner.demand.intake.entries import batches, titles_of, wanted_by
from planner.demand.intake.forms import forms_of
from planner.demand.intake.gate import Examined, examine
from planner.demand.intake.gathering import Gatherer
from planner.demand.intake.guessing import guess, looks_like_contacts, stamps_in
from planner.demand.intake.looks import Look, Sampled
from planner.demand.intake.sources import COLUMNS, HistorySource
from planner.demand.intake.tables import open_table
from planner.demand.profiles import (
    AUTO,
    MAPPING,
    Layout,
    SavedMapping,
    Settled,
    detect,
    known_profiles,
    settle,
)
from planner.demand.profiles.titles import find_all


def look(file: Path, mapping: SavedMapping | None = None, every_row: bool = False) -> Look:
    r"""Look at a file without importing it; it never raises for what the file or the mapping holds.

    Parameters
    ----------
    file: any file.
    mapping: what the user says so far: profile, zone, columns; None: nothing.
    every_row: count words and reasons over the whole file instead of its first few thousand rows.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "cases.csv")
    ...     _ = file.write_text("Case Number,Date/Time Opened,Case Owner\n7,2026-03-29 08:15,Anna Rossi\n")
    ...     found = look(file)
    >>> found.mapping.profile, found.zone_needed, [one.title for one in found.columns]
    ('salesforce', True, ['Date/Time Opened', 'Case Number'])
    """
    said = mapping or SavedMapping(file.name.split(".")[0])
    source = HistorySource(file, said.profile, said.zone, dict(said.mapping) or None)
    try:
        examined = examine(file)
        header, lines = titles_of(examined, source)
    except InputError as error:
        return Look(file.name, mapping=said, mistakes=error.messages)
    kind = "lines" if lines else "workbook" if examined.workbook else "table"
    titles, delimiter = _written(examined, source, lines)
    known = Look(
        file=file.name,
        kind=kind,
        encoding="" if examined.workbook else examined.encoding,
        delimiter=delimiter,
        sha256=examined.sha256,
        header=tuple(titles.get(title, title) for title in header),
        candidates=tuple(
            replace(one, stamp_column=titles.get(one.stamp_column, one.stamp_column))
            for one in detect(header, lines)
        ),
        notices=examined.notices,
        mapping=said,
        zone=said.zone,
    )
    try:
        settled = settle(source, header, lines)
    except InputError as error:
        return _unsettled(known, error, examined, said, titles, every_row)
    return _looked(known, examined, settled, titles, every_row)


def _unsettled(
    known: Look,
    error: InputError,
    examined: Examined,
    said: SavedMapping,
    titles: Mapping[str, str],
    every_row: bool,
) -> Look:
    """Nobody knows the columns, or two do: propose what they may hold beside what the user said."""
    if known.candidates or known.kind == "lines" or said.profile != AUTO or said.mapping.get("stamp"):
        best = known.candidates[0].profile if known.candidates and said.profile == AUTO else said.profile
        return replace(known, mapping=replace(said, profile=best), mistakes=error.messages)
    try:
        with open_table(examined, sheet=str(said.mapping.get("sheet") or "")) as table:
            rows = next(table.batches, None)
        cells = [row for at, row in enumerate(rows.cells) if at not in rows.problems] if rows else []
        header = tuple(titles.get(title, title) for title in table.header)
        found = guess(header, cells, said.mapping)
        source = HistorySource(examined.file, MAPPING, said.zone, found)
        settled = settle(source, table.header) if found else None
    except InputError as worse:
        return replace(known, mistakes=worse.messages)
    if settled is None:
        return replace(known, mistakes=error.messages)
    proposal = SavedMapping(said.name, found, MAPPING, said.zone)
    guessed = _looked(replace(known, stamps=stamps_in(header, cells)), examined, settled, titles, every_row)
    said_so = Message("profiles.guessed", {}, Place(file=known.file))
    doubts: tuple[Message, ...] = ()
    if not looks_like_contacts(header, found):
        values = {"stamp": found["stamp"]}
        doubts = (Message("profiles.no_contacts", values, Place(file=known.file, line=1)),)
    notices = (*guessed.notices, said_so)
    return replace(guessed, certain=False, mapping=proposal, notices=notices, doubts=doubts)


def _looked(
    known: Look, examined: Examined, settled: Settled, titles: Mapping[str, str], every_row: bool
) -> Look:
    """The rows, as far as they have to be read."""
    layout, source = settled.layout, settled.source
    mapping = replace(known.mapping, profile=source.profile)
    known = replace(known, mapping=mapping, notices=(*known.notices, *settled.notices))
    try:
        forms = forms_of(batches(examined, layout, settled.chosen), layout, examined.name)
        some = batches(examined, layout, settled.chosen)
        tally = Gatherer(layout, forms)
        for batch in some if every_row else islice(some, 1):
            tally.take(batch)
        whole = every_row or next(some, None) is None
    except InputError as error:
        columns = _columns(layout, known.header, {}, titles)
        return replace(known, columns=columns, zone=source.zone, mistakes=error.messages)
    mistakes: list[Message] = []
    if tally.naive and tally.with_offset:
        values = {"naive": tally.naive, "with_offset": tally.with_offset}
        mistakes.append(Message("demand.mixed_stamps", values, Place(file=known.file)))
    if source.zone is not None:
        try:
            zone_named(source.zone)
        except InputError as error:
            mistakes += error.messages
    profile = known_profiles().get(source.profile)
    hint = profile.hint if profile is not None and tally.naive and source.zone is None else ""
    notices = list(known.notices)
    if hint:
        notices.append(Message("profiles.zone_proposed", {"zone": hint}, Place(file=known.file)))
    words, hidden = tally.words()
    for key, number in hidden.items():
        notices.append(
            Message("profiles.words_hidden", {"key": key, "words": number}, Place(file=known.file))
        )
    return replace(
        known,
        certain=not mistakes and not (tally.naive and source.zone is None),
        columns=_columns(layout, known.header, tally.samples(), titles),
        words=words,
        zone=source.zone or hint or None,
        zone_needed=bool(tally.naive) and source.zone is None,
        offsets=bool(tally.with_offset),
        order=forms.form.order,
        first=tally.first[1],
        last=tally.last[1],
        rows=tally.rows,
        whole=whole,
        left_out=dict(sorted(tally.left_out.items())),
        notices=tuple(notices),
        mistakes=tuple(mistakes),
    )


def _columns(
    layout: Layout,
    header: Sequence[str],
    samples: Mapping[str, Sequence[str]],
    titles: Mapping[str, str],
) -> tuple[Sampled, ...]:
    """The mapped columns that the file has; of tags no values are shown, since they may name people."""
    there = [key for key in COLUMNS if find_all(header, layout.columns.get(key, ()))]
    hidden = {"labels"} | ({"language"} if layout.tagged else set())
    return tuple(
        Sampled(
            key,
            titles.get(layout.columns[key][0], layout.columns[key][0]),
            () if key in hidden else tuple(samples.get(key, ())),
        )
        for key in there
    )


def _written(examined: Examined, source: HistorySource, lines: bool) -> tuple[dict[str, str], str]:
    """Titles of a text with the letters of the file, by the normalised ones; and its delimiter."""
    if lines or examined.workbook:
        return {}, ""
    with open_table(examined, wanted_by(source)) as table:
        return dict(zip(table.header, map(str.strip, table.titles), strict=True)), table.delimiter
