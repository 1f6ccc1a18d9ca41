"""Tables of other verbs in a report: every figure shown equals its CSV, and the files are those written."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from inspect import getsource
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from planner._values import wait_text
from planner.study import (
    Scenario,
    frontier_files,
    hiring_files,
    nights_files,
    promise_files,
    reaching_files,
)
from planner.study.column import DECIMALS, Column
from planner.study.columns import COLUMNS
from planner.study.growing import write_hiring_plan
from planner.study.next_hours import files as next_files
from planner.study.report import report_html
from planner.study.report.beside import MORE
from planner.study.sweeps import write_sweep
from planner.study.tables import csv_text
from planner.study.year import year
from planner.study.year.words import write_year

SHOWN = re.compile(r'<span data-from="([^"]+)">([^<]*)</span>')
DESK = """
name: Four
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
people: 4
volume: 60 a weekday
queues: [{name: email en, aht: 10 min, promise: 90% within 4 business hours}]
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 10:00, paid_hours: 8}
solve: {effort: quick, rounds: 1}
"""


def made_up(column: Column, draw: Random) -> Any:
    """A value of a column's kind, with more digits than are shown."""
    if column.name == "schema_version":
        return 1
    if column.kind in ("count",):
        return draw.randrange(1, 5000)
    if column.kind in DECIMALS:
        most = 1.0 if column.kind == "share" else 20_000.0
        return round(draw.uniform(0, most), DECIMALS[column.kind])
    day = date(2026, 3, 1) + timedelta(days=draw.randrange(60))
    at = datetime(day.year, day.month, 1, draw.randrange(24), 30, tzinfo=UTC)
    return {"day": day, "utc": at, "local": at, "flag": draw.random() < 0.5}.get(
        column.kind, draw.choice(["email <en>", "+20%", "a & b"])
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table that a report takes in, with figures of chance: no two of them are alike."""
    target, draw = tmp_path_factory.mktemp("beside") / "found", Random(6)
    target.mkdir()
    for file in MORE:
        rows = [{each.name: made_up(each, draw) for each in COLUMNS[file]} for _ in range(4)]
        (target / file).write_text(csv_text(file, pd.DataFrame(rows)), encoding="utf-8", newline="")
    return target


def agrees(shown: str, stands: str, kind: str) -> bool:
    """Whether a figure on the page is the one of the file, as far as its digits go."""
    if shown == "–":
        return stands == ""
    if kind == "seconds":
        return shown == wait_text(float(stands))
    if kind not in DECIMALS:
        return shown.replace("T", " ")[:16] in (stands.replace("T", " ")[:16], stands.removeprefix("'")[:16])
    number = shown.replace(",", "").removesuffix(" %").removeprefix("+")
    value = float(stands) * (100 if shown.endswith("%") else 1)
    return abs(float(number) - value) <= 0.5 * 10 ** -len(number.partition(".")[2]) + 1e-9


def disagreeing(folder: Path, html: str) -> tuple[set[tuple[str, str]], list[tuple[str, str, str]]]:
    """File and column of every figure, and the figures that are not those of the file."""
    seen, wrong, read = set(), list[tuple[str, str, str]](), dict[str, list[list[str]]]()
    for place, shown in SHOWN.findall(html):
        file, line, column = unescape(place).split(":")
        if file not in read:
            with (folder.parent / file).open(encoding="utf-8", newline="") as text:
                read[file] = list(csv.reader(text))
        rows, name = read[file], file.rsplit("/", 1)[-1]
        stands = rows[int(line) - 1][rows[0].index(column)]
        kind = next(each.kind for each in COLUMNS[name] if each.name == column)
        seen.add((name, column))
        if not agrees(unescape(shown), stands, kind):
            wrong.append((place, shown, stands))
    return seen, wrong


def test_every_figure_of_every_table_equals_its_csv(folder: Path) -> None:
    seen, wrong = disagreeing(folder, report_html([folder]))
    assert not wrong
    figures = {
        (file, each.name)
        for file in MORE
        for each in COLUMNS[file]
        if each.kind in DECIMALS and each.name != "schema_version"
    }
    assert figures <= seen


def test_a_figure_that_is_changed_is_noticed(folder: Path, tmp_path: Path) -> None:
    html = report_html([folder])
    for file in MORE:
        places = [p for p in SHOWN.findall(html) if f"/{file}:" in p[0] and re.fullmatch(r"[\d,]{3,}", p[1])]
        place, shown = places[0]
        other = html.replace(f'"{place}">{shown}<', f'"{place}">{int(shown.replace(",", "")) + 1}<')
        assert disagreeing(folder, other)[1], file


def test_the_table_of_a_real_run_is_taken_in(tmp_path: Path) -> None:
    scenario = Scenario.from_text(DESK)
    (written,) = write_year(year(scenario), tmp_path / "real")
    assert written.name == "year.csv"
    seen, wrong = disagreeing(written.parent, report_html([written.parent]))
    assert not wrong
    assert ("year.csv", "hours") in seen


def test_names_are_those_that_verbs_write() -> None:
    files = {
        nights_files.FILE,
        next_files.FILE,
        reaching_files.FILE,
        frontier_files.FILE,
        hiring_files.HIRES,
        promise_files.PROMISE,
        *re.findall(r'"(\w+\.csv)"', getsource(write_hiring_plan)),
        *re.findall(r'"(\w+\.csv)"', getsource(write_sweep)),
    }
    assert {"hiring_plan.csv", "joiners.csv", "team_sizes.csv", "backlog_ahead.csv", "sweep.csv"} <= files
    assert files <= set(MORE) <= set(COLUMNS)
