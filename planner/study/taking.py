"""Imported history taken into a workspace: a new stage, its counts, and nothing of any ticket."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner import _yaml
from planner._errors import InputError, PlannerError
from planner._files import write_atomic
from planner._messages import Message
from planner.clock import zone_named
from planner.demand import History, look, write_counts, write_panels
from planner.study.importing import Imported, import_file, queues_met, report_of
from planner.study.incoming import Choices, keep_mapping
from planner.study.workspace import load, save_stage

if TYPE_CHECKING:
    from planner.demand import Queue
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class ReadIn:
    """A file that was read for a stage.

    Attributes
    ----------
    imported: what it brought.
    changes: keys that the new stage says beside ``history``: queues as in the file, and the zone of the file
        where the stage names none; the weeks after the history where it names no period.
    """

    imported: Imported
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def can_wait(self) -> bool:
        """Whether all that stands in the way are 1 to 5 % of rows that cannot be read."""
        return any(message.code == "demand.bad_rows_ask" for message in self.imported.mistakes)


def read_in(file: Path, choices: Choices, scenario: Scenario) -> ReadIn:
    """Read a file as said, for a stage; what is wrong stands in ``imported.mistakes``.

    Parameters
    ----------
    file: as received. choices: what its owner said. scenario: the stage on screen.
    """
    mapping = choices.saved(file.name)
    seen = look(file, mapping, every_row=choices.queues == "file")
    said = replace(seen.mapping, zone=None if seen.zone_needed else seen.zone)
    if seen.mistakes:
        return ReadIn(Imported(seen, said, mistakes=seen.mistakes))
    changes: dict[str, Any] = {}
    assumed: list[Message] = []
    if said.zone and "zone" not in scenario.plain:
        changes["zone"] = said.zone
        assumed.append(Message("incoming.zone_taken", {"zone": said.zone}))
    if choices.queues == "file":
        met, said, told = queues_met(seen, said)
        changes["queues"] = _queue_lines(met, scenario)
        assumed += [Message(one.code.replace("profiles.", "incoming."), one.values) for one in told]
    try:
        # A stated volume is what the history will stand for; it may name queues that are no more.
        instead = {"volume": None} if "volume" in scenario.plain else {}
        changed = scenario.replace(**changes, **instead) if changes else scenario
    except InputError as error:
        clash = (Message("incoming.queues_clash"), *error.messages)
        return ReadIn(Imported(seen, said, mistakes=clash))
    found = import_file(file, said, changed, choices.accept)
    last = found.history.report.last_at if found.history else None
    if last is not None and "period" not in scenario.plain:
        first = _monday_after(last.astimezone(zone_named(said.zone or scenario.zone)).date())
        changes["period"] = {"first_day": first.isoformat()}
        assumed.append(Message("incoming.period_taken", {"day": first.isoformat()}))
    return ReadIn(replace(found, assumed=tuple(assumed)), changes)


def _monday_after(day: date) -> date:
    """First day of the week that follows a history: nobody plans weeks that are over."""
    return day + timedelta(days=7 - day.weekday())


def _queue_lines(met: Sequence[Queue], scenario: Scenario) -> list[Mapping[str, Any]]:
    """Queues of a file as a stage writes them: those that it has already as they are there."""
    known = {line["name"]: line for line in scenario.plain.get("queues", ())}
    return [
        known.get(queue.name, {"name": queue.name, "channel": queue.channel, "language": queue.language})
        for queue in met
    ]


def accept(folder: Path, base: str, name: str, found: ReadIn, lines: Sequence[str] = ()) -> str:
    """Write a new stage that starts from ``base`` and uses a history; returns its file name.

    Beside it stand ``history-1.csv`` (counts), ``history-1.panels.json`` and ``history-1.report.json``. Only
    sums are kept. A mistake leaves the folder as it was.

    Parameters
    ----------
    folder: of the workspace. base: file of the stage on screen. name: of the new one.
    found: what was read. lines: of suggestions that are accepted.

    Raises
    ------
    PlannerError: the stage would have mistakes, or too little history is left.
    """
    history = found.imported.history
    if history is None:
        raise InputError(*found.imported.mistakes)
    number = next(n for n in range(1, 10_000) if not any(folder.glob(f"history-{n}.*")))
    files = [folder / f"history-{number}{end}" for end in (".csv", ".panels.json", ".report.json")]
    counts, panels, report = files
    entry = {"file": counts.name, "profile": "counts", "zone": history.report.zone, "panels": panels.name}
    try:
        write_counts(history, counts)
        write_panels(history.panels, panels)
        write_atomic(report, json.dumps(report_of(found.imported), ensure_ascii=False) + "\n")
        scenario = load(folder, base)
        entries, events = _with_lines([{key: said for key, said in entry.items() if said}], scenario, lines)
        made = _checked(folder, base, name, scenario, {"history": entries, **events, **found.changes})
    except (PlannerError, OSError):
        for file in files:
            file.unlink(missing_ok=True)
        raise
    keep_mapping(folder, found.imported.look.header, found.imported.mapping)
    return made


def accept_suggestions(folder: Path, base: str, name: str, lines: Sequence[str]) -> str:
    """Write a new stage that starts from ``base`` and takes suggestions about its history.

    Parameters
    ----------
    lines: of the suggestions; they hold for every file of the history.

    Raises
    ------
    PlannerError: the stage would have mistakes, or too little history is left.
    """
    scenario = load(folder, base)
    entries, events = _with_lines(list(scenario.plain["history"]), scenario, lines)
    return _checked(folder, base, name, scenario, {"history": entries, **events})


def imported_report(scenario: Scenario) -> Mapping[str, Any] | None:
    """What became of the tickets when a stage's counts were imported; None: its history is no import's."""
    for source in scenario.history_sources:
        file = source.file.with_suffix(".report.json")
        if source.panels is not None and file.is_file():
            try:
                return dict(json.loads(file.read_text(encoding="utf-8")))
            except ValueError:
                return None
    return None


def _checked(folder: Path, base: str, name: str, scenario: Scenario, changes: Mapping[str, Any]) -> str:
    """Save a stage of which the history is long enough for a forecast."""
    from planner.study import steps  # it works with whole scenarios

    history: History | None = steps.read_history(scenario.replace(**changes))
    assert history is not None
    return save_stage(folder, base, name, changes)


def _with_lines(
    entries: Sequence[Mapping[str, Any]], scenario: Scenario, lines: Sequence[str]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Entries of a history and the stage's events, with the lines of suggestions in them."""
    said = [dict(_yaml.load(line, name="suggestion").plain()) for line in lines]
    events = [*scenario.plain.get("events", ()), *(each for one in said for each in one.get("events", ()))]
    changed = []
    for entry in entries:
        first = [str(one["since"]) for one in (entry, *said) if one.get("since")]
        last = [str(one["until"]) for one in (entry, *said) if one.get("until")]
        days = [day for one in (entry, *said) for day in one.get("exclude", ())]
        found = {"since": max(first, default=None), "until": min(last, default=None), "exclude": days}
        changed.append({**entry, **{key: value for key, value in found.items() if value}})
    return changed, {"events": events} if any("events" in one for one in said) else {}
