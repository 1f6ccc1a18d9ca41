"""Exports of help desks and phone systems: counts to the quarter-hour, and nothing of any person."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import export_desks
import export_phones
import export_variants
import pytest
from export_world import SECRETS, Export

from planner.demand import SavedMapping, read_history
from planner.study import importing
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


def arrivals(found: Imported) -> Counter[tuple[int, ...]]:
    """By quarter-hour and queue."""
    counted: Counter[tuple[int, ...]] = Counter()
    frame = found.history.frame
    for at, name, number in zip(frame["interval_start"], frame["queue"], frame["arrivals"], strict=True):
        counted[int(at.timestamp()) // 900, name] += number
    return counted


@pytest.mark.parametrize("export", EXPORTS)
def test_what_an_export_holds(export, tmp_path, monkeypatch):
    # Every quarter-hour is compared, so the verb counts by it and no file is read once more.
    monkeypatch.setattr(importing, "read_history", partial(read_history, interval_minutes=15))
    found, said = imported(export, tmp_path)
    assert not found.mistakes
    assert found.look.mapping.profile == export.profile
    counted = arrivals(found)
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
