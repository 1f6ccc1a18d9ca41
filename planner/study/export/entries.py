"""Entries of a rota in people's calendars, continued from what was told before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.people import Team
from planner.rota import Rota, Shift, shift_ids
from planner.study.export.manifest import Entry, Manifest, State

AT = "@shift-coverage-planner"


def continued(
    rota: Rota, team: Team, before: Manifest | None, rota_version: int = 1, told: bool = False
) -> Manifest:
    """What calendars say of a rota, after what they said before.

    A shift that is as it was keeps its sequence, one that is otherwise gets the next. An entry of a day of
    this period that the rota does not have any more is withdrawn, and stays so until it comes back. Days
    outside the period are left as they are: this rota says nothing of them.

    Parameters
    ----------
    rota: without shifts carried over from the period before.
    before: None: nothing was told yet.
    told: whether people are told that it holds; False: only the shifts that are published do.
    """
    known: Mapping[str, Entry] = {entry.uid: entry for entry in before.entries} if before else {}
    sites = {agent.name: agent.site for agent in team.agents}
    entries = dict(known)
    for uid, entry in known.items():
        if _in_period(entry, rota):
            entries[uid] = replace(entry, state="CANCELLED").follows(entry)
    ordered = sorted(rota.shifts, key=lambda shift: (shift.start, shift.agent, shift.end))
    for shift_id, shift in zip(shift_ids(rota), ordered, strict=True):
        uid = shift_id + AT
        entries[uid] = _entry(uid, shift, sites.get(shift.agent, ""), told).follows(known.get(uid))
    return Manifest(rota.scenario, rota_version, tuple(entries[uid] for uid in sorted(entries)))


def shown(manifest: Manifest, rota: Rota) -> dict[str, list[Entry]]:
    """Entries of the rota's period by person, in the order of time; only people who have any."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(manifest.entries, key=lambda entry: (entry.start, entry.end, entry.uid)):
        if _in_period(entry, rota):
            found.setdefault(entry.agent, []).append(entry)
    return found


def _in_period(entry: Entry, rota: Rota) -> bool:
    return 0 <= (entry.day - rota.first_day).days < rota.days


def _entry(uid: str, shift: Shift, site: str, told: bool) -> Entry:
    state: State = "CONFIRMED" if told or shift.status == "published" else "TENTATIVE"
    return Entry(
        uid,
        shift.agent,
        shift.day,
        shift.start,
        shift.end,
        shift.zone,
        shift.name,
        shift.kind,
        site,
        shift.break_start,
        shift.break_minutes,
        state,
    )
