"""Files that are no help desk's, and exports that went through many hands: a sentence, twice the same."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import export_desks
import export_phones
import export_traps
import export_variants
import pytest
from export_world import SECRETS, Export

from planner.demand import SavedMapping
from planner.demand.profiles import certain
from planner.study.importing import import_file, import_lines

MARKS = (b",", b";", b"\t")


def truncated(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data))]


def shuffled(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def recoded(data: bytes, dice: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(
        dice.choice(["utf-16", "cp1252", "utf-8-sig", "mac-roman"]), "replace"
    )


def doubled(data: bytes, dice: random.Random) -> bytes:
    return data + data[dice.randrange(len(data)) :]


def without_column(data: bytes, dice: random.Random) -> bytes:
    mark = max(MARKS, key=data[:500].count)
    gone = dice.randrange(12)
    lines = (line.split(mark) for line in data.split(b"\n"))
    return b"\n".join(mark.join(cells[:gone] + cells[gone + 1 :]) for cells in lines)


def other_mark(data: bytes, dice: random.Random) -> bytes:
    return data.replace(max(MARKS, key=data[:500].count), dice.choice([*MARKS, b"|", b" "]))


def without_header(data: bytes, dice: random.Random) -> bytes:
    return data.split(b"\n", dice.randrange(1, 4))[-1]


INJURIES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(truncated, shuffled, recoded, doubled, without_column, other_mark, without_header),
)
EXPORTS = [export for module in (export_desks, export_phones, export_variants) for export in module.made()]


def said(file: Path, export: Export) -> str:
    """All that a user sees; anything that is no sentence would be raised."""
    zone = export.zone or "Europe/Rome"
    found = import_file(file, SavedMapping("export", dict(export.mapping), zone=zone), accept=True)
    assert found.mistakes or found.history is not None
    return "\n".join(import_lines(found))


def harmless(export: Export, content: bytes, folder: Path) -> None:
    file = folder / f"export.{export.suffix}"
    file.write_bytes(content)
    first = said(file, export)
    assert said(file, export) == first
    assert os.listdir(folder) == [file.name]
    for secret in SECRETS:
        assert secret.casefold() not in first.casefold()


@pytest.mark.parametrize("trap", [pytest.param(trap, id=trap.name) for trap in export_traps.made()])
def test_no_file_of_another_kind_is_taken_for_tickets(trap, tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(trap.content)
    found = import_file(file, SavedMapping("export", zone=trap.zone))
    assert found.history is None
    assert certain(found.look.candidates) is None
    [mistake] = found.mistakes
    assert mistake.code in ("profiles.no_contacts", "profiles.not_known", "profiles.not_known_stamp")
    harmless(trap, trap.content, tmp_path)


@pytest.mark.parametrize("number", range(0, len(EXPORTS), 3))
def test_mangled_exports_bring_sentences(number, tmp_path):
    export = EXPORTS[number]
    dice = random.Random(number)
    harmless(export, INJURIES[number // 3 % len(INJURIES)](export.content, dice), tmp_path)
