"""Calendars: one .ics file per person, to import into any calendar; all of them in one ZIP."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from icalendar import Calendar, Event, vText

from planner._messages import Message
from planner.study.bundle import zipped
from planner.study.export.clock_words import clocks_change, when_text
from planner.study.export.dossier import Dossier
from planner.study.export.entries import continued, shown
from planner.study.export.file_names import file_names
from planner.study.export.made import Made
from planner.study.export.manifest import MANIFEST_FILE, Entry, Manifest
from planner.study.export.shift_words import break_text, duty_text, kind_text, one_line

FOLDER, ZIP = "calendars", "calendars.zip"
PRODUCT = "-//shift coverage planner//calendars//EN"


def calendars(of: Dossier, before: Manifest | None = None) -> Made:
    """Calendars of everyone who has a shift, or had one that was withdrawn.

    Times are instants, so every calendar shows them on its own clock. Entries keep their ids across versions
    of the rota; a changed one has the next sequence, a withdrawn one is cancelled. No entry names anybody
    else or says what anything costs.

    Parameters
    ----------
    before: what was told before, by ``read_manifest`` or ``follow``; None: nothing.

    Returns
    -------
    ``calendars/<name>.ics``, ``calendars.zip`` with the same files, and ``calendars.json``: what was told,
    for the next time.
    """
    manifest = continued(of.rota, of.team, before, of.rota_version, of.published_at is not None)
    people = shown(manifest, of.rota)
    stamp = _stamp(of)
    names = file_names(people)
    files = {f"{names[agent]}.ics": _calendar(of, agent, people[agent], stamp) for agent in people}
    made = {f"{FOLDER}/{name}": content for name, content in files.items()}
    made |= {ZIP: zipped(files), MANIFEST_FILE: manifest.text.encode()}
    return Made(made, notices=tuple(_notices(of, before, people)))


def _stamp(of: Dossier) -> datetime:
    """When this was told; of a draft the first day of its period, as no clock of a machine may matter."""
    told = of.published_at or datetime.combine(of.rota.first_day, time(), UTC)
    return told.astimezone(UTC).replace(microsecond=0)


def _notices(of: Dossier, before: Manifest | None, people: dict[str, list[Entry]]) -> Iterable[Message]:
    """What whoever sends the calendars should know."""
    if before is not None and before.scenario != of.scenario:
        yield Message("calendars.other_scenario", {"name": of.scenario, "known": before.scenario})
    gone = [agent for agent in people if all(entry.state == "CANCELLED" for entry in people[agent])]
    if gone:
        yield Message("calendars.only_withdrawn", {"name": ", ".join(sorted(gone))})


def _calendar(of: Dossier, agent: str, entries: Iterable[Entry], stamp: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    title = Message("calendars.title", {"name": one_line(agent), "text": one_line(of.scenario)})
    calendar["x-wr-calname"] = vText(str(title))  # an unknown property would not be escaped
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    return bytes(calendar.to_ical())


def _event(entry: Entry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("sequence", entry.sequence)
    event.add("status", entry.state)
    event.add("summary", _summary(entry))
    event.add("description", "\n".join(_description(entry)))
    if entry.site:
        event.add("location", one_line(entry.site))
    event.add("categories", [kind_text(entry.kind)])
    # Whoever is on call, or has no shift any more, is not busy.
    free = entry.kind == "on_call" or entry.state == "CANCELLED"
    event.add("transp", "TRANSPARENT" if free else "OPAQUE")
    return event


def _summary(entry: Entry) -> str:
    shift = duty_text(entry.shift, entry.kind)
    return str(Message("calendars.withdrawn", {"name": shift})) if entry.state == "CANCELLED" else shift


def _description(entry: Entry) -> Iterable[str]:
    if entry.state == "CANCELLED":
        yield str(Message("calendars.withdrawn_long"))
    yield when_text(entry.start, entry.end, entry.zone)
    if entry.break_minutes:
        yield break_text(entry.break_start, entry.break_minutes, entry.zone)
    if clocks_change(entry.start, entry.end, entry.zone):
        elapsed = (entry.end - entry.start).total_seconds() / 3600
        yield str(Message("calendars.clock_change", {"hours": elapsed}))
    if entry.state == "TENTATIVE":
        yield str(Message("calendars.draft"))
