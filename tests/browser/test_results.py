"""Answers, comparison and files of a small desk, asked for in a browser and held to the files on disk."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile

import pytest
from playwright.sync_api import expect
from steps import fits, go, grid, open_sentence, settle, start_solving, turn_to, until_planned

from planner.study import workspace

pytestmark = pytest.mark.browser

BARS = "() => document.querySelector('.st-key-compare-cost .js-plotly-plot')._fullData[0].y"


def rows(path):
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def pressed(page, label, folder):
    """What a download button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_answers_comparison_and_files_agree(app, visit, tmp_path):
    page = visit()
    open_sentence(page, app)
    work = re.search("work=([a-z0-9]+)", page.url)[1]
    folder = workspace.folder_of(app.store, work)
    early = {"opening_hours": [{"queues": "all", "days": "mon-fri", "open": "08:00", "close": "18:00"}]}
    workspace.save_stage(
        folder, "scenario.yaml", "Early", {**early, "gates": [{"cost_uplift": {"at_most": "1%"}}]}
    )
    turn_to(page, "solve")
    page.get_by_role("combobox", name="Stages to plan").click()
    page.get_by_role("option", name="Early").click()
    page.keyboard.press("Escape")
    settle(page)
    job = app.store / "jobs" / start_solving(page, "A quick look")
    until_planned(page)
    check_answers(page, job, tmp_path)
    check_comparison(page, job)
    turn_to(page, "rota")
    check_files(page, job, grid(page), tmp_path)


def check_answers(page, job, folder):
    """Each stage has its answer with the figures of the file; the report is one file that fetches nothing."""
    turn_to(page, "results")
    (said,) = (row for row in rows(job / "answers.csv") if not row["queue"])
    expect(page.get_by_role("heading", name="2. Early")).to_be_visible()
    cost = page.locator(".fact-cost").nth(1)
    expect(cost).to_contain_text(f"{float(said['cost_per_month']):,.0f} EUR")
    text = pressed(page, "Meeting report", folder).read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert not re.search(r"<script[^>]+src=|<link |@import", text)
    assert said["stage"] in text


def check_comparison(page, job):
    """The waterfall is that of the file, also against another baseline."""
    turn_to(page, "compare")
    totals = {}
    for row in rows(job / "cost_parts.csv"):
        totals[row["scenario"]] = totals.get(row["scenario"], 0) + round(100 * float(row["cost"]))
    first, last = totals.values()
    page.wait_for_selector(".st-key-compare-cost .js-plotly-plot")
    bars = [round(100 * value) for value in page.evaluate(BARS)]
    assert (bars[0], bars[-1], sum(bars[:-1])) == (first, last, last)
    here = page.url.partition("?")[2]
    go(page, f"{page.url.partition('?')[0]}?{here}&view=2.1-1")
    page.wait_for_selector(".st-key-compare-cost .js-plotly-plot")
    bars = [round(100 * value) for value in page.evaluate(BARS)]
    assert (bars[0], bars[-1], sum(bars[:-1])) == (last, first, first)
    fits(page)


def check_files(page, job, shown, folder):
    """The ZIP opens, its manifest holds, and its rota is the grid that was on screen."""
    number = 1 if "stage=early" not in page.url else 2
    turn_to(page, "export")
    alone = pressed(page, "Download rota.csv", folder).read_bytes()
    page.get_by_text("Everything", exact=True).click()
    settle(page)
    packed = zipfile.ZipFile(io.BytesIO(pressed(page, "Everything in one ZIP", folder).read_bytes()))
    for line in packed.read("MANIFEST.sha256").decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(packed.read(name)).hexdigest() == digest
    assert {"scenarios/1/scenario.yaml", "scenarios/1/early.yaml", "report.html"} <= set(packed.namelist())
    rota = list(csv.DictReader(io.StringIO(packed.read(f"stage-{number}/rota.csv").decode())))
    days = sorted({row["day"] for row in rows(job / f"stage-{number}" / "rota.csv")})
    assert days
    assert sorted(row["agent"] for row in rota) == sorted(name.strip() for name, _, _ in shown)
    assert alone == packed.read(f"stage-{number}/rota.csv")
