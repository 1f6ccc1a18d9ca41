"""The meeting report: every figure that it shows equals its CSV, and it is one file that fetches nothing."""

from __future__ import annotations

import csv
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from planner._errors import InputError
from planner._values import wait_text
from planner.study import Scenario, rollout, write_rollout
from planner.study.report import report_html, write_report

DESK = """
name: Nine to five
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 1}
people: 4
volume: 60 a weekday
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 4 business hours}
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
solve: {effort: quick, rounds: 1, replications: 20}
"""
EARLY = {
    "name": "Two <early> hours",
    "opening_hours": {"days": "mon-fri", "open": "07:00", "close": "17:00"},
    "shifts": {"name": "day", "start": "07:00-09:00 every 60 min", "paid_hours": 8},
    "gates": [{"cost_uplift": {"at_most": "10%"}}, {"survives": "any one person absent for a shift"}],
}
SHOWN = re.compile(r'<span data-from="([^"]+)">([^<]*)</span>')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Scenario.from_text(DESK)
    target = tmp_path_factory.mktemp("meeting") / "rollout"
    write_rollout(rollout([desk, desk.replace(**EARLY)]), target)
    return target


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return report_html([folder])


def raw(folder: Path, place: str) -> str:
    """The text of a cell, read by nothing of the planner."""
    file, line, column = place.split(":")
    with (folder.parent / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    return rows[int(line) - 1][rows[0].index(column)]


def agrees(shown: str, stands: str, column: str) -> bool:
    """Whether a figure on the page is the one of the file, as far as its digits go."""
    if shown == "–":
        return stands == ""
    if column.endswith("_seconds"):
        return shown == wait_text(float(stands))
    try:
        value = float(stands)
    except ValueError:
        return shown == stands.removeprefix("'").strip()
    number = shown.replace(",", "").removesuffix(" %")
    digits = len(number.partition(".")[2])
    return abs(float(number) - (100 * value if shown.endswith("%") else value)) <= 0.5 * 10**-digits + 1e-9


def test_every_figure_equals_the_csv(folder: Path, html: str):
    places = [(unescape(place), unescape(shown)) for place, shown in SHOWN.findall(html)]
    tables = {place.split(":")[0].rsplit("/", 1)[-1] for place, _ in places}
    assert {"answers.csv", "today.csv", "gates.csv", "going_back.csv"} <= tables
    assert len(places) > 60
    wrong = []
    for place, shown in places:
        if ".json:" in place:
            file, key = place.split(":")
            value = json.loads((folder / file).read_text(encoding="utf-8"))
            for part in key.split("."):
                value = value[int(part) if isinstance(value, list) else part]
            stands = "" if value is None else str(value)
        else:
            stands = raw(folder, place)
        if not agrees(shown, stands, place.rsplit(":", 1)[-1]):
            wrong.append((place, shown, stands))
    assert not wrong


def test_a_figure_that_is_changed_is_noticed(folder: Path, html: str):
    # The check above can fail: a page with another cost does not agree.
    place, shown = next(p for p in SHOWN.findall(html) if p[0].endswith(":cost_per_month"))
    assert not agrees(
        shown.replace(shown[0], str((int(shown[0]) + 1) % 10), 1), raw(folder, place), "cost_per_month"
    )


def test_numbers_of_the_answers_stand_in_spans(html: str):
    # No figure of the answers is typed into the page beside its place.
    start = html.index("<h2>Answers, stage by stage")
    bare = re.sub(r"<[^>]+>", "", SHOWN.sub("", html[start : html.index("</section>", start)]))
    assert not re.findall(r"\d", bare.replace("9 of 10", ""))


def test_the_answer_comes_first_and_names_are_escaped(html: str):
    order = [
        "Today: who",
        "Answers",
        "What may be",
        "Charts",
        "Gates",
        "Every figure",
        "Assumptions",
        "Appendix",
    ]
    places = [html.index(f"<h2>{name}") for name in order]
    assert places == sorted(places)
    assert "Two &lt;early&gt; hours" in html
    assert "<early>" not in re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)


def test_it_is_one_file_that_fetches_nothing(html: str):
    page = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert "http" not in page
    assert not re.findall(r"""<script[^>]+src=|<link|@import|<img""", html)


def test_the_same_files_give_the_same_page(folder: Path, html: str):
    assert report_html([folder]) == html


def test_one_plan_alone_makes_a_report(folder: Path):
    page = report_html([folder / "stage-2"], title="Thursday")
    assert "<title>Thursday</title>" in page
    assert "Appendix" in page
    assert "Answers, stage by stage" not in page


def test_folders_that_hold_nothing_known_are_named_at_once(folder: Path, tmp_path: Path):
    (tmp_path / "one").mkdir()
    with pytest.raises(InputError) as error:
        report_html([tmp_path / "one", tmp_path / "two"])
    assert [str(message).split(" in ")[0] for message in error.value.messages] == ["nothing"] * 2


def test_a_changed_file_is_refused(folder: Path, tmp_path: Path):
    copy = tmp_path / "rollout"
    shutil.copytree(folder, copy)
    rota = copy / "stage-1" / "rota.csv"
    rota.write_text(rota.read_text(encoding="utf-8").replace("2026", "2027"), encoding="utf-8")
    with pytest.raises(InputError, match=r"rota\.csv is not the one"):
        report_html([copy])


def test_it_is_written_whole_or_not_at_all(folder: Path, tmp_path: Path):
    path = write_report([folder], tmp_path / "new" / "report.html")
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    with pytest.raises(InputError, match="cannot be written"):
        write_report([folder], folder / "gates.csv" / "report.html")


def test_the_cost_stands_beside_what_is_often_quoted_with_the_reason(html: str):
    start = html.index("<h2>Cost beside what is often quoted")
    assert html.index("<h2>Answers") < start < html.index("<h2>Charts")
    said = re.sub(r"<[^>]+>", "", html[start : html.index("</section>", start)])
    assert "60 to 100 % is often quoted for 24/7" in said
    assert "why less than quoted: 50 of 168 hours of a week are covered, 40 in the first scenario" in said


def test_stages_of_an_older_record_have_no_such_part(folder: Path, tmp_path: Path):
    copy = tmp_path / "rollout"
    shutil.copytree(folder, copy)
    record = json.loads((copy / "rollout.json").read_text(encoding="utf-8"))
    for stage in record["stages"]:
        del stage["uplift"]
    (copy / "rollout.json").write_text(json.dumps(record), encoding="utf-8")
    assert "often quoted" not in report_html([copy])
