"""A file of history imported on its own, before or without a scenario that names it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.clock import PublicHolidays
from planner.demand import (
    Channel,
    History,
    HistorySource,
    ImportReport,
    Look,
    Promise,
    Queue,
    SavedMapping,
    Suggestion,
    known_profiles,
    look,
    mapping_text,
    read_history,
    write_counts,
)

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

CHANNELS: tuple[Channel, ...] = ("email", "chat", "phone", "social")
MOST_QUEUES = 60
USUAL_LANGUAGE, USUAL_CHANNEL = "en", "email"
_USUAL_AHT = 600.0


@dataclass(frozen=True)
class Imported:
    """What an import brought.

    Attributes
    ----------
    look: what the file is.
    mapping: with which it was read; what ``mapping.yaml`` holds.
    queues: names of the queues into which contacts were sorted.
    assumed: what was taken for granted without a scenario.
    history: arrivals; None if the file cannot be read as it is.
    mistakes: why not.
    """

    look: Look
    mapping: SavedMapping
    queues: tuple[str, ...] = ()
    assumed: tuple[Message, ...] = ()
    history: History | None = None
    mistakes: tuple[Message, ...] = ()


def import_file(
    file: Path, mapping: SavedMapping | None = None, scenario: Scenario | None = None, accept: bool = False
) -> Imported:
    """Import a file: look at it, sort its contacts into queues, check it.

    Parameters
    ----------
    file: of any source.
    mapping: profile, zone and columns as the user says; None: all as the file shows.
    scenario: whose queues are taken; None: one queue for each language and channel met, or for each name in
        a column of queues.
    accept: take a file of which 1 to 5 % of the rows cannot be read.

    Examples
    --------
    >>> import_file(Path("no-such.csv")).mistakes[0].code
    'demand.no_file'
    """
    seen = look(file, mapping, every_row=scenario is None)
    said = replace(seen.mapping, zone=None if seen.zone_needed else seen.zone)
    if seen.mistakes or seen.doubts:
        return Imported(seen, said, mistakes=(*seen.mistakes, *seen.doubts))
    assumed: tuple[Message, ...] = ()
    if scenario is not None:
        queues = tuple(scenario.queues)
    else:
        queues, said, assumed = queues_met(seen, said)
    source = HistorySource(file, said.profile, said.zone, dict(said.mapping) or None, accept_bad_rows=accept)
    names = tuple(queue.name for queue in queues)
    try:
        history = _read(source, queues, scenario)
    except InputError as error:
        return Imported(seen, said, names, assumed, mistakes=error.messages)
    return Imported(seen, said, names, assumed, history)


def _read(source: HistorySource, queues: Sequence[Queue], scenario: Scenario | None) -> History:
    """Read as the scenario will, which knows its opening hours and holidays."""
    if scenario is None:
        return read_history([source], queues)
    place = scenario.public_holidays
    holidays = PublicHolidays(place) if place else None
    minutes, opening = scenario.interval_minutes, scenario.opening
    return read_history([source], queues, minutes, holidays, opening, zone=scenario.zone)


def import_lines(found: Imported) -> Iterator[str]:
    """What an import says, line by line."""
    seen = found.look
    if seen.kind:
        written = ", ".join(part for part in (seen.kind, seen.encoding, seen.delimiter.strip()) if part)
        yield str(Message("profiles.file_is", {"file": seen.file, "written": written, "digest": seen.sha256}))
    for one in seen.candidates:
        values = {"profile": one.profile, "score": f"{one.score:.2f}", "met": one.met}
        yield str(Message("profiles.candidate", values))
    for column in seen.columns:
        samples = ", ".join(column.values) or "-"
        yield str(Message("profiles.column", {"key": column.key, "title": column.title, "samples": samples}))
    for word in seen.words:
        if not word.meaning and word.key in ("language", "channel"):
            values = {"key": word.key, "word": word.word, "rows": word.rows, "keys": f"{word.key}s"}
            yield str(Message("profiles.word_unknown", values))
    yield from (str(message) for message in found.assumed)
    if found.history is None:
        yield from (str(message) for message in (*seen.notices, *found.mistakes))
        return
    yield from (str(message) for message in _only_looked(found))
    yield from _report_lines(found.history)


def _only_looked(found: Imported) -> Iterator[Message]:
    """What the first look noticed and the report does not say again."""
    said = set(map(str, found.history.report.notices)) if found.history is not None else set()
    return (message for message in found.look.notices if str(message) not in said)


def write_import(found: Imported, folder: Path) -> None:
    """Write ``counts.csv``, ``mapping.yaml`` and ``report.json``: counts, titles and numbers, no ticket.

    Raises
    ------
    OSError: the folder cannot be written.
    """
    if found.history is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    write_counts(found.history, folder / "counts.csv")
    write_atomic(folder / "mapping.yaml", mapping_text(found.mapping))
    report = json.dumps(report_of(found), indent=2, ensure_ascii=False)
    write_atomic(folder / "report.json", report + "\n")


def report_of(found: Imported) -> Mapping[str, Any]:
    """The import report as plain values."""
    if found.history is None:
        return {"file": found.look.file, "mistakes": [str(message) for message in found.mistakes]}
    told = plain_report(found.history.report)
    notices = [*(str(message) for message in found.assumed), *told["notices"]]
    return {**told, "notices": notices, "suggestions": [_suggested(one) for one in found.history.suggestions]}


def plain_report(report: ImportReport) -> Mapping[str, Any]:
    """What became of the rows of a file, as plain values."""
    return {
        "file": report.source,
        "sha256": report.sha256,
        "profile": report.profile,
        "zone": report.zone,
        "rows_read": report.rows_read,
        "rows_kept": report.rows_kept,
        "left_out": dict(report.left_out),
        "first": report.first_at.isoformat() if report.first_at else None,
        "last": report.last_at.isoformat() if report.last_at else None,
        "queues": {name: number for name, number in report.queues.items() if number},
        "errors": [str(message) for message in report.errors],
        "notices": [str(message) for message in report.notices],
    }


def _suggested(one: Suggestion) -> dict[str, object]:
    return {
        "kind": one.kind,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "queues": list(one.queues),
        "why": str(one.why),
        "accept": one.line,
    }


def _report_lines(history: History) -> Iterator[str]:
    report = history.report
    left = ", ".join(f"{reason.replace('_', ' ')} {rows}" for reason, rows in report.left_out.items()) or "-"
    values = {"read": report.rows_read, "kept": report.rows_kept, "left_out": left}
    yield str(Message("profiles.rows", values))
    first, last = (at.isoformat(" ", "minutes") if at else "-" for at in (report.first_at, report.last_at))
    zone = report.zone or str(Message("profiles.own_offsets"))
    yield str(Message("profiles.range", {"first": first, "last": last, "zone": zone}))
    for name, contacts in report.queues.items():
        if contacts:
            yield str(Message("profiles.queue", {"queue": name, "contacts": contacts}))
    yield from (str(message) for message in (*report.notices, *report.errors))
    for one in history.suggestions:
        yield str(Message("profiles.suggestion", {"why": str(one.sentence)}))


def queues_met(seen: Look, said: SavedMapping) -> tuple[tuple[Queue, ...], SavedMapping, tuple[Message, ...]]:
    """Queues for what the file holds; rows that say nothing count as the usual language and channel."""
    named = said.mapping.get("queues")
    words = [one.word for one in seen.words if one.key == "queue" and one.word]
    meant = dict(named) if isinstance(named, Mapping) else {}
    names = list(dict.fromkeys(str(meant.get(word, word)) for word in words))[:MOST_QUEUES]
    if names:
        values = {"queues": ", ".join(names)}
        made = tuple(_queue(name, USUAL_CHANNEL, USUAL_LANGUAGE) for name in names)
        return made, said, (Message("profiles.queues_named", values),)
    spoken = _met(seen, "language") or [str(said.mapping.get("default_language", USUAL_LANGUAGE))]
    channels = _met(seen, "channel") or [str(said.mapping.get("default_channel") or _channel_of(seen))]
    usual = {"default_language": spoken[0], "default_channel": channels[0]}
    said = replace(said, mapping={**usual, **said.mapping})
    queues = tuple(
        _queue(f"{channel} {language}", channel, language)
        for channel in CHANNELS
        if channel in channels
        for language in sorted(spoken)
    )
    values = {"queues": ", ".join(queue.name for queue in queues), "language": spoken[0]}
    return queues, said, (Message("profiles.queues_met", {**values, "channel": channels[0]}),)


def _met(seen: Look, key: str) -> list[str]:
    """Meanings met, the most usual first."""
    rows: dict[str, int] = {}
    for one in seen.words:
        if one.key == key and one.meaning:
            rows[one.meaning] = rows.get(one.meaning, 0) + one.rows
    return sorted(rows, key=lambda meaning: (-rows[meaning], meaning))


def _channel_of(seen: Look) -> str:
    """The channel of a file whose profile has but one."""
    profile = known_profiles().get(seen.mapping.profile)
    return (profile.default_channel if profile else "") or USUAL_CHANNEL


def _queue(name: str, channel: str, language: str) -> Queue:
    # Handle time and promise are of no meaning for counting.
    kind = next(known for known in CHANNELS if known == channel)
    return Queue(name, kind, language, _USUAL_AHT, Promise(0.9, 3600.0))
