"""The text format of the shift scheduling instances of Curtois & Qu (2014), read as it stands.

Section by section, comments from ``#``; day indices from 0; the first day is a Monday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """A shift: minutes, and the shifts that may not follow it on the next day."""

    name: str
    minutes: int
    not_next: frozenset[str]


@dataclass(frozen=True)
class Employee:
    """Limits of one person, days off by index."""

    name: str
    most_of: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    most_in_row: int
    least_in_row: int
    least_off_in_row: int
    most_weekends: int
    days_off: frozenset[int]


@dataclass(frozen=True)
class Request:
    """A shift wanted, or not wanted, on a day, and what not granting it costs."""

    employee: str
    day: int
    kind: str
    weight: int


@dataclass(frozen=True)
class Asked:
    """People asked on a day and shift; what each one missing, and each one too many, costs."""

    day: int
    kind: str
    people: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """One file."""

    name: str
    days: int
    kinds: tuple[Kind, ...]
    employees: tuple[Employee, ...]
    wanted: tuple[Request, ...]
    unwanted: tuple[Request, ...]
    cover: tuple[Asked, ...]


def read_instance(path: Path) -> Instance:
    """Read a file."""
    sections = dict(_sections(path.read_text(encoding="utf-8-sig")))
    off = {row[0]: frozenset(int(day) for day in row[1:] if day) for row in sections["SECTION_DAYS_OFF"]}
    return Instance(
        name=path.stem,
        days=int(sections["SECTION_HORIZON"][0][0]),
        kinds=tuple(_kind(row) for row in sections["SECTION_SHIFTS"]),
        employees=tuple(_employee(row, off) for row in sections["SECTION_STAFF"]),
        wanted=tuple(_request(row) for row in sections.get("SECTION_SHIFT_ON_REQUESTS", [])),
        unwanted=tuple(_request(row) for row in sections.get("SECTION_SHIFT_OFF_REQUESTS", [])),
        cover=tuple(
            Asked(int(day), kind, int(people), int(under), int(over))
            for day, kind, people, under, over in sections["SECTION_COVER"]
        ),
    )


def _sections(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    rows: list[list[str]] = []
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("SECTION_"):
            rows = []
            yield line, rows
        elif line:
            rows.append([field.strip() for field in line.split(",")])


def _kind(row: list[str]) -> Kind:
    after = row[2] if len(row) > 2 else ""
    return Kind(row[0], int(row[1]), frozenset(name for name in after.split("|") if name))


def _employee(row: list[str], off: Mapping[str, frozenset[int]]) -> Employee:
    pairs = (part.split("=") for part in row[1].split("|"))
    numbers = [int(field) for field in row[2:8]]
    return Employee(
        row[0],
        {name: int(most) for name, most in pairs},
        *numbers,
        days_off=off.get(row[0], frozenset()),
    )


def _request(row: list[str]) -> Request:
    return Request(row[0], int(row[1]), row[2], int(row[3]))
