"""Why and its fixes as files: why.csv, fixes.csv, why.json, and a scenario file for each fix."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._errors import InputError
from planner._messages import Message
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.record import json_text
from planner.study.scenario.files import paths_said
from planner.study.tables import csv_text
from planner.study.why.fix_words import (
    fix_details,
    fix_line,
    fixes_head,
    paste_text,
    used_text,
    who_text,
    yaml_text,
)
from planner.study.why.record import why_record
from planner.study.why.words import clash_lines, headline, rules_text, window_lines

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.study.scenario import Scenario
    from planner.study.why.findings import Finding, WhyNot
    from planner.study.why.fixes import Fix
    from planner.study.why.run import Why

WHY, FIXES = "why.csv", "fixes.csv"
BASE = "scenario.yaml"


def write_why(made: Why, scenario: Scenario, folder: Path | str) -> tuple[Path, ...]:
    """Write ``why.csv``, ``fixes.csv``, ``why.json``, the scenario with its files, and ``fix-1.yaml`` and on.

    The scenario stands complete in the folder, and each fix starts from it: solving one gives what is told.

    Parameters
    ----------
    scenario: that was asked about.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    base = scenario.source_path.name if scenario.source_path is not None else BASE
    texts = {
        WHY: csv_text(WHY, why_frame(made.found, made.plan.need, scenario)),
        FIXES: csv_text(FIXES, fixes_frame(made, scenario)),
        base: scenario.dump(),
    }
    for rank, fix in enumerate(made.fixes.fixes, start=1):
        texts[fix_name(rank)] = fix_text(fix, base)
    texts["why.json"] = json_text(why_json(made, scenario))
    copy_named(scenario, Path(folder))
    return write_files(texts, folder)


def fix_name(rank: int) -> str:
    """Name of the file of a fix."""
    return f"fix-{rank}.yaml"


def fix_text(fix: Fix, base: str) -> str:
    """A scenario file with what changes, that starts from the one it was found for."""
    return yaml_text({"starts_from": base, "name": fix.scenario.name, **fix.change.changes})


def why_json(made: Why, scenario: Scenario) -> dict[str, Any]:
    """Everything that was found, as ``why.json`` has it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario.name,
        "currency": scenario.currency,
        **why_record(made.found, made.plan.need, scenario),
        "fixes_solved": made.fixes.solved,
        "fixes_wanted": made.fixes.wanted,
        "head": [str(line) for line in fixes_head(made.fixes)],
        "fixes": [
            {
                "rank": rank,
                "kind": fix.change.kind,
                "text": str(fix_line(rank, fix)),
                "details": [str(line) for line in fix_details(fix)],
                "paste": paste_text(fix),
                "file": fix_name(rank),
                "hours": {name: round(hours, 4) for name, hours in fix.hours.items()},
                "used": fix.used,
            }
            for rank, fix in enumerate(made.fixes.fixes, start=1)
        ],
    }


def why_frame(found: WhyNot, need: Need, scenario: Scenario) -> pd.DataFrame:
    """All findings, as ``why.csv`` has them: a row for each reason, one without where nothing is known."""
    rows = [
        row
        for number, finding in enumerate(found.findings, start=1)
        for row in _finding_rows(number, finding, need, scenario)
    ]
    for clash in found.clashes:
        text = " ".join(str(line) for line in clash_lines(clash))
        rows += [
            {"what": "clash", "reason": "rules", "rule": rules_text(one), "people": 1, "names": clash.person}
            | {"text": text}
            for one in clash.sets
        ]
    if found.window is not None:
        rows.append(
            {
                "what": "window",
                "queues": " + ".join(found.window.names),
                "proven_hours": found.window.missing * need.interval_minutes / 60,
                "hours": found.window.missing * need.interval_minutes / 60,
                "people": found.window.able,
                "rule": "; ".join(str(rule.explain()) for rule in found.window.rules),
                "text": str(next(iter(window_lines(found.window, need, scenario.zone)))),
            }
        )
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[WHY]]).assign(
        schema_version=SCHEMA_VERSION
    )


def _finding_rows(number: int, finding: Finding, need: Need, scenario: Scenario) -> Iterator[dict[str, Any]]:
    pattern = finding.pattern
    shared = {
        "number": number,
        "what": pattern.what,
        "queues": " + ".join(pattern.names),
        "days": pattern.days_text,
        "local_hours": pattern.hours_text,
        "first_date": pattern.dates[0],
        "times": len(pattern.dates),
        "required": pattern.required if pattern.what == "people" else None,
        "on_duty": pattern.on_duty if pattern.what == "people" else None,
        "hours": finding.hours,
        "proven_hours": finding.proven,
        "text": str(headline(finding, need, scenario.zone)),
    }
    if not finding.stops:
        yield {**shared, "reason": "" if finding.able or not finding.looked else "nobody can serve"}
        return
    reasons: dict[tuple[str, str], list[Any]] = {}
    for stop in finding.stops:
        reasons.setdefault((stop.how, rules_text(stop.rules) if stop.rules else ""), []).append(stop)
    for (how, rules), stops in reasons.items():
        names = sorted({stop.person for stop in stops})
        yield {
            **shared,
            "reason": how,
            "rule": rules,
            "people": len(names),
            "names": ", ".join(names),
            "saves": max(stop.saves for stop in stops) / 100 if rules else None,
        }


def fixes_frame(made: Why, scenario: Scenario) -> pd.DataFrame:
    """All fixes that help, as ``fixes.csv`` has them, the cheapest first."""
    rows = [
        {
            "rank": rank,
            "kind": fix.change.kind,
            "fix": str(fix.change.title),
            "file": fix_name(rank),
            "missing_before": fix.before_missing,
            "missing_before_low": fix.before_low,
            "missing_after": fix.missing,
            "missing_after_low": fix.missing_low,
            "verdict": fix.verdict,
            "wages_before": fix.before_wages / 100,
            "wages_after": fix.wages / 100,
            "difference": fix.difference,
            "difference_a_month": fix.difference_a_month,
            "whole_cost": fix.whole / 100,
            "decide_by": fix.decide_by,
            "broken": used_text(fix),
            "hours_moved": who_text(fix),
            "text": str(fix_line(rank, fix)),
        }
        for rank, fix in enumerate(made.fixes.fixes, start=1)
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS[FIXES]])
    return frame.assign(schema_version=SCHEMA_VERSION)


def copy_named(scenario: Scenario, folder: Path) -> None:
    """The files that the scenario names, at the same places beside it."""
    if scenario.folder is None:
        return
    for _path, said in paths_said(scenario.node):
        source, target = scenario.folder / str(said.value), folder / str(said.value)
        try:
            if source.resolve() != target.resolve():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        except OSError as problem:
            why = problem.strerror or str(problem)
            raise InputError(Message("files.not_written", {"folder": str(folder), "why": why})) from problem
