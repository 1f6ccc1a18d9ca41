"""The folder that a rollout is written to: one plan folder a stage, comparison, gates, record last."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files, write_plan
from planner.study.publish_files import write_publication
from planner.study.record import json_text
from planner.study.stages.answer_files import answers_frame, back_frame, today_frame
from planner.study.stages.mending_words import mending_lines, mending_text
from planner.study.stages.telling import first_lines, words_of
from planner.study.stages.uplift import uplift_lines
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.study.compare import Comparison
    from planner.study.rollout import Rollout


ANSWERS = {True: "go", False: "no-go", None: "not yet known"}


def refuse_folder(folder: Path | str) -> None:
    """Refuse a folder that cannot be written, before minutes of work are spent for it.

    Raises
    ------
    InputError
        If it is a file, or may not be written or made.
    """
    folder = Path(folder)
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    why = ""
    if not there.is_dir():
        why = f"{there} is a file"
    elif not os.access(there, os.W_OK | os.X_OK):
        why = f"{there} may not be written"
    if why:
        raise InputError(Message("files.not_written", {"folder": str(folder), "why": why}))


def write_comparison(comparison: Comparison, folder: Path | str) -> tuple[Path, ...]:
    """Write ``comparison.csv`` and ``cost_parts.csv``; returns their paths."""
    return write_files(comparison_texts(comparison), folder)


def comparison_texts(comparison: Comparison) -> dict[str, str]:
    """The files of a comparison, by name."""
    return {
        "comparison.csv": csv_text("comparison.csv", comparison.table()),
        "cost_parts.csv": csv_text("cost_parts.csv", comparison.cost_table()),
    }


def write_rollout(made: Rollout, folder: Path | str) -> tuple[Path, ...]:
    """Write a rollout: ``stage-1/`` and on as plan folders, comparison, gates, mended stages, record last."""
    folder = Path(folder)
    written: list[Path] = []
    texts = {
        **comparison_texts(made.comparison),
        "gates.csv": gates_text(made),
        "mending.csv": mending_text(made.mending),
        "answers.csv": csv_text("answers.csv", answers_frame(made.answers)),
        "today.csv": csv_text("today.csv", today_frame(made.today)),
        "going_back.csv": csv_text("going_back.csv", back_frame(made.back)),
        "rollout.json": json_text(rollout_record(made)),
    }
    for number, plan in enumerate(made.plans, start=1):
        written += write_plan(plan, folder / f"stage-{number}")
    for number, published in enumerate(made.published, start=1):
        if published is not None:
            written += write_publication(published, folder / f"stage-{number}")
    if any(each.cheapest for each in made.mending):
        from planner.study.stages.mended_files import write_mended  # only who is mended waits for it

        written += write_mended(made, folder)
    return (*written, *write_files(texts, folder))


def gates_text(made: Rollout) -> str:
    """Every gate of every stage with its figure and finding, as CSV."""
    rows = [
        {
            "number": number,
            "stage": plan.scenario.name,
            "gate": gate.kind,
            "answer": ANSWERS[gate.passed],
            "value": gate.value,
            "threshold": gate.threshold,
            "finding": str(gate.message),
            "unit": gate.unit,
            "low": gate.low,
            "high": gate.high,
        }
        for number, (plan, gates) in enumerate(zip(made.plans, made.gates, strict=True), start=1)
        for gate in gates
    ]
    names = [column.name for column in COLUMNS["gates.csv"]][1:]
    return csv_text("gates.csv", pd.DataFrame(rows, columns=names, dtype=object))


def _uplift(made: Rollout, place: int) -> tuple[Message, ...]:
    """Beside the often-quoted uplift: each stage with a gate on cost, and the last."""
    gated = any(gate.kind == "cost_uplift" for gate in made.gates[place])
    if not place or not (gated or place == len(made.plans) - 1):
        return ()
    return uplift_lines(made.plans[place], made.plans[0])


def rollout_record(made: Rollout) -> dict[str, object]:
    """``rollout.json``: the stages in order with their answers."""
    words, currency = words_of(made), made.plans[0].scenario.currency
    stages = [
        {
            "number": number,
            "scenario": plan.scenario.name,
            "folder": f"stage-{number}",
            "go": made.go(number - 1),
            "starts": plan.scenario.starts,
            "answer": words[number].answer if number in words else (),
            "going_back": words[number].back if number in words else (),
            "uplift": _uplift(made, number - 1),
            "mending": mending_lines([each for each in made.mending if each.stage == number], currency),
        }
        for number, plan in enumerate(made.plans, start=1)
    ]
    return {
        "schema_version": SCHEMA_VERSION,
        "today": first_lines(made),
        "stages": stages,
        "cancelled": made.cancelled,
    }
