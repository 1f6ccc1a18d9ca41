"""Exports of help desks and phone systems: counts to the quarter-hour, and nothing of any person."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import export_desks
import export_phones
import export_variants
import pytest
from export_world import SECRETS, Export

from planner.demand import HistorySource, Promise, Queue, SavedMapping, read_history
from planner.study.importing import Imported, import_file, import_lines, write_import

EXPORTS = [
    pytest.param(export, id=export.name)
    for module in (export_desks, export_phones, export_variants)
    for export in module.made()
]


def imported(export: Export, folder: Path) -> tuple[Imported, str]:
    """What the verb brings, and all that it says and writes."""
    file = folder / f"export.{export.suffix}"
    file.write_bytes(export.content)
    found = import_file(file, SavedMapping("export", dict(export.mapping), zone=export.zone))
    write_import(found, folder / "out")
    written = sorted((folder / "out").iterdir()) if found.history is not None else []
    said = [*import_lines(found), *(each.read_text(encoding="utf-8") for each in written)]
    return found, "\n".join(said)


def queue(name: str, channel: str = "email", language: str = "en") -> Queue:
    return Queue(name, channel, language, 600, Promise(0.9, 3600))


def arrivals(found: Imported, file: Path) -> Counter[tuple[int, ...]]:
    """By quarter-hour, channel and language; of a file that names its queues, by quarter-hour and name."""
    said = found.mapping
    source = HistorySource(file, said.profile, said.zone, dict(said.mapping))
    if any(column.key == "queue" for column in found.look.columns):
        queues = [queue(name) for name in found.queues]
    else:
        spoken = [
            (channel, code) for channel in ("email", "chat", "phone", "social") for code in ("it", "en", "es")
        ]
        queues = [queue(f"{channel} {code}", channel, code) for channel, code in spoken]
    counted: Counter[tuple[int, ...]] = Counter()
    frame = read_history([source], queues, 15).frame
    for at, name, number in zip(frame["interval_start"], frame["queue"], frame["arrivals"], strict=True):
        counted[int(at.timestamp()) // 900, name] += number
    return counted


@pytest.mark.parametrize("export", EXPORTS)
def test_what_an_export_holds(export, tmp_path):
    found, said = imported(export, tmp_path)
    assert not found.mistakes
    assert found.look.mapping.profile == export.profile
    counted = arrivals(found, tmp_path / f"export.{export.suffix}")
    truth: Counter[tuple[int, ...]] = Counter()
    if any(column.key == "queue" for column in found.look.columns) and "email it" not in found.queues:
        counted = Counter({quarter: number for quarter, number in _by_quarter(counted).items()})
        truth = _by_quarter(export.truth)
    else:
        for (quarter, channel, language), number in export.truth.items():
            truth[quarter, f"{channel} {language}"] += number
    assert counted == truth
    for secret in SECRETS:
        assert secret.casefold() not in said.casefold()


def _by_quarter(counted):
    sums: Counter[int] = Counter()
    for (quarter, *_), number in counted.items():
        sums[quarter] += number
    return sums
