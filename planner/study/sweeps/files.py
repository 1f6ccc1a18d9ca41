"""A sweep as a file and as lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner.study.compare import Figure, side_by_side
from planner.study.compare_figures import difference_of
from planner.study.files import write_files
from planner.study.sweeps.lifting import WHOLE
from planner.study.sweeps.sweeping import Cell, Sweep
from planner.study.tables import csv_text

if TYPE_CHECKING:
    import pandas as pd

FIGURES = (
    *("figure", "unit", "value", "low", "high"),
    *("difference", "difference_low", "difference_high", "verdict"),
)
COLUMNS = ("factor1", "value1", "factor2", "value2", *FIGURES, "note")
TOLD = (WHOLE, "people missing")


def sweep_table(made: Sweep) -> pd.DataFrame:
    """Long frame, columns as in ``sweep.csv``: the scenario as it is first, then cell by cell."""
    import pandas as pd

    nothing = ("",) * len(made.factors)
    first = side_by_side([made.base])
    rows = [_row(made, nothing, **_told(figure)) for figure in first]
    for cell in made.cells:
        if cell.measured is None:
            rows.append(_row(made, cell.values, figure="not planned", note="; ".join(cell.why)))
            continue
        note = (
            str(Message("sweeps.lifted", {"values": ", ".join(cell.lifted_from)})) if cell.lifted_from else ""
        )
        for figure in side_by_side([made.base, cell.measured])[len(first) :]:
            beside = note if figure.figure == WHOLE else ""
            rows.append(_row(made, cell.values, **_told(figure), note=beside))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(made: Sweep, values: tuple[str, ...], **figures: Any) -> dict[str, Any]:
    titles = [factor.title for factor in made.factors]
    (factor1, value1), (factor2, value2) = (*zip(titles, values, strict=True), ("", ""))[:2]
    empty = {name: None for name in COLUMNS if name not in ("figure", "unit", "verdict", "note")}
    texts = {"figure": "", "unit": "", "verdict": "", "note": ""}
    where = {"factor1": factor1, "value1": value1, "factor2": factor2, "value2": value2}
    return {**empty, **texts, **where, **figures}


def _told(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in FIGURES}


def write_sweep(made: Sweep, folder: Path | str) -> tuple[Path, ...]:
    """Write ``sweep.csv``; returns its path."""
    return write_files({"sweep.csv": csv_text("sweep.csv", sweep_table(made))}, folder)


def sweep_summary(made: Sweep) -> list[Message]:
    """Each cell in a line: cost, bound, gap, people missing, against the scenario as it is."""
    lines = [_line(made, Cell((), made.base), "")]
    for cell in made.cells:
        values = ", ".join(f"{f.title} {value}" for f, value in zip(made.factors, cell.values, strict=True))
        lines.append(_line(made, cell, values))
    if made.cancelled:
        lines.append(Message("sweeps.cancelled", {"cells": len(made.cells)}))
    return lines


def _line(made: Sweep, cell: Cell, values: str) -> Message:
    if cell.measured is None:
        return Message("sweeps.not_planned", {"values": values, "why": "; ".join(cell.why)})
    first, mine = ({m.figure: m for m in part.measures} for part in (made.base, cell.measured))
    whole, missing = (mine[name] for name in TOLD)
    low, high, said = difference_of(first[WHOLE], whole, True)
    told = {
        "values": values,
        "cost": f"{whole.value:,.0f}",
        "bound": "–" if whole.low is None else f"{whole.low:,.0f}",
        "gap": "–" if whole.low is None or not whole.value else f"{100 * (1 - whole.low / whole.value):.1f}",
        "unit": whole.unit,
        "missing": f"{missing.value:,.1f}",
    }
    if not values:
        return Message("sweeps.as_it_is", told)
    against = {
        "low": "–" if low is None else f"{low:+,.0f}",
        "high": "–" if high is None else f"{high:+,.0f}",
    }
    difference = {"difference": f"{whole.value - first[WHOLE].value:+,.0f}", "verdict": said}
    return Message("sweeps.cell", {**told, **against, **difference})
