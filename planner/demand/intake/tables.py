"""One door for every file of columns: text or workbook, the same header and rows come out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from planner.demand.intake.gate import Examined, open_text
from planner.demand.intake.heading import Wanted
from planner.demand.intake.records import Table, read_table
from planner.demand.intake.workbook import open_sheet


@contextmanager
def open_table(examined: Examined, wanted: Wanted | None = None, sheet: str = "") -> Iterator[Table]:
    """Open the table of an examined file.

    Parameters
    ----------
    examined: a file that passed the gate.
    wanted: whether a row of normalised titles is the header that is looked for: other rows may stand above
        it, and of a workbook the first sheet that has one is read.
    sheet: of a workbook, chosen by the user; "" for none.

    Raises
    ------
    HistoryError: as ``read_table`` and ``open_sheet`` do, also later while batches are read.
    """
    if examined.workbook:
        with open_sheet(examined.file, examined.name, wanted, sheet) as table:
            yield table
    else:
        with open_text(examined) as text:
            yield read_table(text, examined.name, wanted)
