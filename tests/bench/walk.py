"""A newcomer's afternoon in clicks and seconds, and against the command line.

``python -m tests.bench.walk [--effort quick] [--json]`` starts the app with an empty store and walks in a
headless Chromium as the README says and nothing else: from a sample to the first rota, two early hours, the
comparison, the CSV for HR; then from an export of one's own (``--export FILE``, tickets of ten weeks if none)
to the first rota. A click is a press of the mouse or a field that is filled. Its named baseline in the same
run: ``planner plan`` of the sample from a cold start, which asks for no click at all; the ratio says what the
browser adds. The bar of the design: a newcomer has the first rota within three minutes. A machine reads and
decides faster than a person: its seconds are those that the app takes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
SAMPLE = ROOT / "scenarios" / "weekday-to-247" / "scenario.yaml"
BAR_SECONDS = 180.0
EFFORTS = {"quick": "A quick look", "normal": "Normal", "thorough": "Thorough"}
DESK = "9 people, 40 h, English, about 100 tickets a weekday"


class Walk:
    """Somebody in the browser who counts what it takes."""

    def __init__(self, page: Page, settle: Any) -> None:
        self.page, self.settle = page, settle
        self.clicks = 0
        self.since = time.monotonic()
        self.steps: list[dict[str, Any]] = []

    def click(self, found: Any) -> None:
        """Press something, and wait until the page stands still."""
        self.clicks += 1
        found.click()
        self.settle(self.page)

    def link(self, name: str) -> None:
        """Follow a link of the bar by its label."""
        self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        """Press a button by its label."""
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def choose(self, label: str, option: str) -> None:
        """Pick an option of a list: two clicks."""
        self.click(self.page.get_by_role("combobox", name=label).first)
        self.click(self.page.get_by_role("option", name=option, exact=True))

    def wait(self, text: str, seconds: float = 300) -> None:
        """Until a text is on screen."""
        self.page.get_by_text(text).first.wait_for(timeout=1000 * seconds)
        self.settle(self.page)

    def done(self, step: str) -> None:
        """A step ends here."""
        now = time.monotonic()
        self.steps.append({"step": step, "clicks": self.clicks, "seconds": round(now - self.since, 1)})
        self.clicks, self.since = 0, time.monotonic()


def tickets(days: int = 70) -> bytes:
    """An export of one's own: twelve tickets a day, as a help desk writes them."""
    rows = [
        f"{day}{hour:02d},Open,Web,{date(2026, 1, 5) + timedelta(days=day)} {hour:02d}:15"
        for day in range(days)
        for hour in range(8, 20)
    ]
    return "\n".join(["Id,Status,Via,Created at", *rows]).encode()


def solve(walk: Walk, effort: str) -> None:
    """From the Solve page to a finished plan."""
    walk.choose("How long to search", EFFORTS[effort])
    walk.button("Solve")
    walk.page.wait_for_url(re.compile("job="))
    walk.wait("Wages and premiums")


def from_the_sample(walk: Walk, url: str, effort: str, out: Path) -> None:
    """A sample, its rota, two early hours, the comparison, the CSV."""
    walk.page.goto(url)
    walk.settle(walk.page)
    walk.done("the app is on screen")
    walk.click(walk.page.locator(".st-key-open-weekday-to-247 button"))
    walk.link("Stages")
    walk.link("Solve")
    solve(walk, effort)
    walk.link("Results")
    walk.link("Rota")
    walk.page.locator(".rota-shift").first.wait_for()
    walk.done("sample to first rota")
    walk.link("Stages")
    walk.button("Add two early hours")
    walk.done("two early hours as a stage")
    walk.link("Solve")
    solve(walk, effort)
    walk.link("Results")
    walk.link("Compare")
    walk.page.locator(".js-plotly-plot").first.wait_for()
    walk.done("solved and compared")
    walk.link("Files")
    walk.clicks += 1
    with walk.page.expect_download() as download:
        walk.page.get_by_role("button", name="Download rota.csv").first.click()
    download.value.save_as(out / "rota.csv")
    walk.done("CSV for HR")


def from_an_export(walk: Walk, url: str, effort: str, export: Path | None) -> None:
    """A file of one's own, its forecast, the first rota."""
    walk.page.goto(url)
    walk.settle(walk.page)
    walk.clicks, walk.since = 0, time.monotonic()
    walk.clicks += 1
    walk.page.get_by_role("textbox", name="Your desk").fill(DESK)
    walk.button("Start from your own tickets")
    walk.page.wait_for_url(re.compile("part=import"))
    walk.clicks += 1
    given: Any = str(export) if export else {"name": "t.csv", "mimeType": "text/csv", "buffer": tickets()}
    walk.page.locator("input[type=file]").first.set_input_files(given)
    walk.page.wait_for_url(re.compile("file="))
    walk.settle(walk.page)
    zone = walk.page.get_by_role("combobox", name="In which time zone are its times?").first
    if zone.is_visible():
        walk.click(zone)
        zone.fill("Rome")
        walk.click(walk.page.get_by_role("option", name="Europe/Rome"))
    walk.button("Read the file")
    walk.wait("What became of the file")
    walk.button("Use this history")
    walk.page.wait_for_url(re.compile("stage="))
    walk.settle(walk.page)
    walk.done("own export to a forecast")
    walk.link("Stages")
    walk.link("Solve")
    solve(walk, effort)
    walk.link("Results")
    walk.link("Rota")
    walk.page.locator(".rota-shift").first.wait_for()
    walk.done("forecast to first rota")


def measured(effort: str, export: Path | None) -> dict[str, Any]:
    """Both walks, and the plan of the sample by the command line, from nothing."""
    from conftest import FLAGS, Server  # the server of the browser tests
    from steps import settle

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "this needs Chromium"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder)
        load = os.getloadavg()[0]
        server = Server(out)
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
            context.set_default_timeout(120_000)
            walk = Walk(context.new_page(), settle)
            from_the_sample(walk, server.app.url, effort, out)
            from_an_export(walk, server.app.url, effort, export)
        finally:
            browser.close()
            server.stop()
        began = time.monotonic()
        command = [sys.executable, "-m", "planner", "plan", str(SAMPLE), "--effort", effort]
        subprocess.run([*command, "--out", str(out / "plan")], check=True, capture_output=True, cwd=ROOT)
        baseline = time.monotonic() - began
    first = next(step["seconds"] for step in walk.steps if step["step"] == "sample to first rota")
    return {
        "load": round(load, 1),
        "steps": walk.steps,
        "baseline": {"planner plan": round(baseline, 1), "ratio": round(first / baseline, 2)},
        "met": first < BAR_SECONDS,
    }


def main() -> None:
    """Print the steps, one a line, or all of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--effort", default="quick", choices=EFFORTS)
    parser.add_argument("--export", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measured(asked.effort, asked.export)
    if asked.json:
        print(json.dumps(found, indent=1))
        return
    for step in found["steps"]:
        print(f"{step['step']:28} {step['clicks']:3} clicks {step['seconds']:7.1f} s")
    print(f"planner plan, cold: {found['baseline']['planner plan']} s; ratio {found['baseline']['ratio']}")
    print(f"first rota within {BAR_SECONDS:.0f} s: {found['met']}; load at the start {found['load']}")


if __name__ == "__main__":
    main()
