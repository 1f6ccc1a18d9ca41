"""Ways to staff nights side by side, in sentences and as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._messages import Message
from planner._values import percent_text
from planner.rota import rota_frame
from planner.study import steps
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.study.nights import NightPlan, Nights

FILE = "nights.csv"


def write_nights(found: Nights, folder: Path | str) -> tuple[Path, ...]:
    """Write a folder for each way with its ``rota.csv`` and ``scenario.yaml``, and then ``nights.csv``.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    written: list[Path] = []
    for made in found.plans:
        asked = made.way.scenario
        assert asked is not None
        rota = rota_frame(made.rota, made.scenario.team, steps.pay_terms(made.scenario))
        texts = {"scenario.yaml": asked.dump(), "rota.csv": csv_text("rota.csv", rota)}
        written += write_files(texts, Path(folder) / made.way.way.replace(" ", "-"))
    return (*written, *write_files({FILE: csv_text(FILE, nights_frame(found))}, folder))


def nights_frame(found: Nights) -> pd.DataFrame:
    """A row for each way that was planned, columns as in ``nights.csv``."""
    rows = [_row(made) for made in found.plans]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[FILE]])


def _row(made: NightPlan) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "way": made.way.way,
        "cost_a_month": made.paid,
        "whole_low": made.low,
        "whole": made.high,
        "hires": sum(one.kind == "hire" for one in made.taken),
        "seats": sum(one.kind == "partner" for one in made.taken),
        "missing_hours": made.result.missing_hours,
        "missing_hours_bound": made.result.missing_hours_bound,
        "night_workers": len(made.nights),
        "nights_most": max(made.nights, default=0.0),
        "nights_mean": _mean(made),
        "findings": made.broken,
        "kept_share": made.kept.share if made.kept else None,
        "verdict_missing": made.verdict_missing,
        "verdict_cost": made.verdict_cost,
    }


def _mean(made: NightPlan) -> float:
    return sum(made.nights) / len(made.nights) if made.nights else 0.0


def nights_summary(found: Nights) -> tuple[Message, ...]:
    """Every way in a few sentences, rotation for all first, and why others were not planned."""
    lines = [line for made in found.plans for line in _told(made, found)]
    lines += [way.why for way in found.not_planned if way.why is not None]
    lines.append(Message("nights.how"))
    if found.cancelled:
        lines.append(Message("nights.stopped", {"ways": len(found.plans)}))
    return tuple(lines)


def _told(made: NightPlan, found: Nights) -> Iterator[Message]:
    result = made.result
    values = {
        "way": str(Message(f"nights.way_{made.way.way.replace(' ', '_')}")),
        "cost": f"{made.paid:,.0f}",
        "currency": found.scenario.currency,
        "hires": sum(one.kind == "hire" for one in made.taken),
        "seats": sum(one.kind == "partner" for one in made.taken),
        "people": len(made.nights),
        "most": f"{max(made.nights, default=0.0):.1f}",
        "mean": f"{_mean(made):.1f}",
    }
    yield Message("nights.way", values)
    missing = {
        "hours": f"{result.missing_hours:,.1f}",
        "bound": f"{result.missing_hours_bound or 0.0:,.1f}",
        "days": found.scenario.days,
        "against": _verdict("missing", made.verdict_missing),
    }
    if made is not found.plans[0]:
        yield Message("nights.against", {**missing, "cost": _verdict("cost", made.verdict_cost)})
    proven = "missing" if result.missing_hours_bound else "missing_unproven"
    yield Message(f"nights.{proven if result.missing_hours >= 0.05 else 'nobody_missing'}", missing)
    if made.kept is not None:
        shares = {"kept": percent_text(made.kept.share), "promised": percent_text(made.kept.promised)}
        yield Message("nights.kept", shares)
    if made.way.why is not None:
        yield made.way.why
    if made.never:
        yield Message("nights.never", {"names": "; ".join(made.never)})
    if made.broken:
        yield Message("nights.findings", {"count": made.broken})


def _verdict(of: str, verdict: str) -> str:
    return str(Message(f"nights.{of}_{verdict.replace(' ', '_')}"))
