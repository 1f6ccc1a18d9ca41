"""Posts from a scenario file to the rota, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from planner.__main__ import main
from planner._errors import ScenarioError
from planner.study import Scenario, steps
from planner.study.posts import posts_of
from planner.study.tables import read_csv

NAMES = ["Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Gino"]
PEOPLE = "\n".join(f"- {{name: {name}, cost: 15}}" for name in NAMES)
WARD = f"""name: Three shifts
zone: Europe/Rome
public_holidays: Rome
agents:
{PEOPLE}
period: {{first_day: 2026-03-30, weeks: 1}}
shifts:
- {{name: early, start: 06:00}}
- {{name: late, start: 14:00}}
- {{name: night, start: 22:00}}
posts:
- {{shift: early, people: 2, days: mon-fri}}
- {{shift: late, people: 1}}
- {{shift: night, people: 1, days: "sat-sun, public holidays", missing: 400, extra: 25}}
rules:
- minimum_rest: {{hours: 11}}
- max_days_in_row: {{days: 4}}
solve: {{effort: quick}}
"""


def test_posts_by_day_and_price() -> None:
    """Easter week in Rome: nights on Saturday and Sunday; a shift of 8 h costs 10 times 15 an hour."""
    scenario = Scenario.from_text(WARD)
    early, late, night = posts_of(scenario)
    assert early.required.tolist() == [2, 2, 2, 2, 2, 0, 0]
    assert late.required.tolist() == [1] * 7
    assert night.required.tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert night.extra_cents.tolist() == [0, 0, 0, 0, 0, 2500, 2500]
    assert set(night.missing_cents.tolist()) == {40_000}
    hour = 2 * steps.problem_of(steps.demand_and_need(scenario)[2], scenario).missing_cents
    assert set(early.missing_cents.tolist()) == {8 * hour}
    assert hour >= 15_000
    assert (early.hours, early.name) == (8.0, "2 on early")
    assert scenario.queues == ()
    easter = scenario.replace(period={"first_day": "2026-04-06", "weeks": 1})  # Easter Monday
    assert posts_of(easter)[2].required.tolist() == [1, 0, 0, 0, 0, 1, 1]


def test_need_id_tells_posts_apart() -> None:
    needs = [
        steps.demand_and_need(Scenario.from_text(text))[2]
        for text in (WARD, WARD, WARD.replace("people: 1}", "people: 2}"))
    ]
    assert needs[0].need_id == needs[1].need_id != needs[2].need_id


def test_unknown_shift_and_queue_are_mistakes() -> None:
    text = WARD.replace("shift: late", "shift: latte").replace(
        "people: 2, days", "people: 2, queues: mail, days"
    )
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(text)
    said = [str(message) for message in caught.value.messages]
    assert any('there is no shift "latte"; did you mean late?' in line for line in said)
    assert any('there is no queue "mail"' in line for line in said)


def test_plan_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ward.yaml"
    file.write_text(WARD, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert main(["plan", str(file), "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    table = read_csv(tmp_path / "out" / "posts.csv")
    assert table["missing"].sum() == 0
    nights = table[table["shift"] == "night"]
    assert nights["day"].astype(str).tolist() == ["2026-04-04", "2026-04-05"]
    assert (table["on_duty"] - table["required"] == table["extra"]).all()
    rota = read_csv(tmp_path / "out" / "rota.csv")
    for row in table.itertuples():
        there = rota[(rota["shift"] == row.shift) & (rota["day"].astype(str) == str(row.day))]
        assert there["agent"].nunique() == row.on_duty
    record = json.loads((tmp_path / "out" / "plan.json").read_text())
    assert record["status"] == "optimal"
    assert record["bound"] == record["objective"]["total"]


def test_posts_on_top_of_queues(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A seat in office hours by interval, and a late post that only Italian speakers fill."""
    people = "\n".join(
        f"- {{name: {name}, cost: 15, languages: [{language}]}}"
        for name, language in zip(NAMES, ["it", "it", "en", "en"], strict=False)
    )
    text = WARD.replace(PEOPLE, people)
    head, _posts = text.split("posts:")
    text = head + (
        "queues:\n- {name: phone it, channel: phone, language: it}\n- {name: phone en, channel: phone}\n"
        "need: {phone it: 0, phone en: 1}\n"
        "posts:\n- {shift: late, people: 1, days: mon-tue, queues: phone it}\n"
        "rules:\n- minimum_rest: {hours: 11}\nsolve: {effort: quick}\n"
    )
    file = tmp_path / "mixed.yaml"
    file.write_text(text, encoding="utf-8")
    assert main(["plan", str(file), "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    table = read_csv(tmp_path / "out" / "posts.csv")
    assert table["post"].unique().tolist() == ["1 on late for phone it"]
    assert table["missing"].tolist() == [0, 0]
    rota = read_csv(tmp_path / "out" / "rota.csv")
    late = rota[(rota["shift"] == "late") & rota["day"].astype(str).isin(["2026-03-30", "2026-03-31"])]
    assert np.isin(late["agent"], ["Anna", "Bruno"]).any()
    cover = read_csv(tmp_path / "out" / "cover.csv")
    assert cover["required"].sum() > 0
