"""Ways to cover nights side by side as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._values import clock_text
from planner.rota import rota_frame
from planner.study import steps
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.nights_words import advice, keeps, mean_nights, risk
from planner.study.record import json_text
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.study.night_service import NightService
    from planner.study.nights import NightPlan, Nights

FILE, RECORD = "nights.csv", "nights.json"


def write_nights(found: Nights, folder: Path | str) -> tuple[Path, ...]:
    """Write a folder for each way with its ``rota.csv`` and ``scenario.yaml``, and then both tables of all.

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
    texts = {FILE: csv_text(FILE, nights_frame(found)), RECORD: json_text(nights_record(found))}
    return (*written, *write_files(texts, folder))


def nights_record(found: Nights) -> dict[str, Any]:
    """``nights.json``: the hours compared, every way with all that is to be said of it, and the advice."""
    advised = advice(found)
    begins, ends = found.window
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": found.scenario.name,
        "currency": found.scenario.currency,
        "seed": found.scenario.seed,
        "night": {"from": clock_text(begins), "to": clock_text(ends), "zone": found.scenario.zone},
        "ways": [
            {
                "way": made.way.way,
                "taken": [one.name for one in made.taken],
                "assumed": [str(line) for line in made.way.assumed],
                "risk": str(risk(made, found.scenario.currency)),
            }
            for made in found.plans
        ],
        "not_planned": {way.way: str(way.why) for way in found.not_planned},
        "advice": str(advised),
        "cancelled": found.cancelled,
    }


def nights_frame(found: Nights) -> pd.DataFrame:
    """A row for each way that was planned, columns as in ``nights.csv``."""
    rows = [_row(made) for made in found.plans]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[FILE]])


def _row(made: NightPlan) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "way": made.way.way,
        "cost_a_month": made.cost.paid,
        "whole_low": made.cost.low,
        "whole": made.cost.high,
        "hires": sum(one.kind == "hire" for one in made.taken),
        "seats": sum(one.kind == "partner" for one in made.taken),
        "missing_hours": made.result.missing_hours,
        "missing_hours_bound": made.result.missing_hours_bound,
        "night_workers": len(made.nights),
        "nights_most": max(made.nights, default=0.0),
        "nights_mean": mean_nights(made),
        "findings": made.broken,
        "kept_share": made.kept.share if made.kept else None,
        "verdict_missing": made.verdict_missing,
        "verdict_cost": made.verdict_cost,
        "partner_cost": made.cost.partner,
        "partner_tickets": made.tickets,
        "call_out_cost": made.cost.called_out,
        "one_off_cost": made.cost.one_off,
        "contract_hours": made.cost.contract_hours,
        "need_hours": made.cost.need_hours,
        **_at_night(made.at_night),
        "ready_weeks": made.ready_weeks,
        "ready": made.ready,
        "keeps": keeps(made),
    }


def _at_night(found: NightService | None) -> dict[str, float | None]:
    names = {
        "night_contacts_a_week": "contacts_a_week",
        "night_median_seconds": "median",
        "night_p90_seconds": "nine_of_ten",
        "night_kept_share": "kept",
        "night_kept_low": "low",
        "night_kept_high": "high",
        "night_promised_share": "promised",
        "night_away_share": "away",
    }
    return {column: None if found is None else getattr(found, name) for column, name in names.items()}
