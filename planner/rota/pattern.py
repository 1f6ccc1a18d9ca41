"""The pattern of a rotation as text for people and as CSV, and back from CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from planner._errors import RotaFileError
from planner._messages import Message, Place
from planner.rota.cells import csv_lines, guard, unguard
from planner.rota.rotation import OFF, WEEK, WEEKDAYS, Rotation

VERSION = 1
PATTERN_COLUMNS = ("schema_version", "week", *WEEKDAYS)
FREE_CELLS = frozenset({"", "off", "-", "free"})


def pattern_text(rotation: Rotation) -> str:
    """The pattern as a table for people: a line a week, ``-`` for a day off.

    Examples
    --------
    >>> print(pattern_text(Rotation(("Early",), (("Early",) * 5 + ("", ""), ("",) * 7))))
    week  mon    tue    wed    thu    fri    sat    sun
       1  Early  Early  Early  Early  Early  -      -
       2  -      -      -      -      -      -      -
    """
    width = max((len(name) for name in (*rotation.shifts, "mon")), default=3)
    lines: list[tuple[str, tuple[str, ...]]] = [("week", WEEKDAYS)]
    lines += [(str(number), week) for number, week in enumerate(rotation.pattern, start=1)]
    return "\n".join(
        "  ".join((number.rjust(4), *((name or "-").ljust(width) for name in week))).rstrip()
        for number, week in lines
    )


def pattern_csv(rotation: Rotation) -> str:
    r"""The pattern as the text of ``rotation.csv``: a row a week, empty cells are days off.

    Examples
    --------
    >>> print(pattern_csv(Rotation(("D",), (("D",) * 2 + ("",) * 5,))), end="")
    schema_version,week,mon,tue,wed,thu,fri,sat,sun
    1,1,D,D,,,,,
    """
    weeks = enumerate(rotation.pattern, start=1)
    body = ([VERSION, number, *(guard(name) for name in week)] for number, week in weeks)
    return csv_lines([PATTERN_COLUMNS, *body])


def read_pattern(text: str, shifts: Sequence[str], file: str = "rotation.csv") -> Rotation:
    """A rotation from the text of a CSV, ours or made by hand.

    Needed columns: ``mon`` to ``sun``, in any case and order; rows are weeks in order. A cell is the name of
    a shift, or empty, ``-``, ``off`` or ``free`` for a day off.

    Parameters
    ----------
    shifts: names that may stand in it, in the order in which they start on a day.
    file: name for mistakes.

    Raises
    ------
    RotaFileError
        With all mistakes, each with its row.

    Examples
    --------
    >>> made = Rotation(("D", "N"), (("D", "", "N", "", "", "", ""),))
    >>> read_pattern(pattern_csv(made), ("D", "N")) == made
    True
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if missing := [name for name in WEEKDAYS if name not in header]:
        raise RotaFileError(
            Message("rotation.pattern_columns", {"columns": ", ".join(missing)}, Place(file, 1))
        )
    at = [header.index(name) for name in WEEKDAYS]
    names = {name.lower(): name for name in shifts}
    mistakes: list[Message] = []
    pattern = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            mistakes.append(Message("rotation.pattern_empty", {}, Place(file, line)))
            continue
        week = []
        for day, column in enumerate(at):
            cell = unguard(row[column].strip()) if column < len(row) else ""
            name = OFF if cell.lower() in FREE_CELLS else names.get(cell.lower())
            if name is None:
                values = {"given": cell, "day": WEEKDAYS[day], "known": ", ".join(shifts)}
                mistakes.append(Message("rotation.pattern_shift", values, Place(file, line)))
            week.append(name or OFF)
        pattern.append(tuple(week))
    if not pattern and not mistakes:
        mistakes.append(Message("rotation.pattern_empty", {}, Place(file, 2)))
    if mistakes:
        raise RotaFileError(*mistakes)
    assert all(len(week) == WEEK for week in pattern)
    return Rotation(tuple(shifts), tuple(pattern))
