"""Cards of a rollout against the files that they are read from, cell by cell."""

import csv
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from planner._messages import speaking
from planner.study import Scenario, write_rollout
from planner.study.report import report_html
from planner.study.report.cards import answer_cards
from planner.study.rollout import rollout

DESK = """
name: Weekdays
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
volume: {email en: 30 a weekday}
people: {count: 3, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 18:00}
solve: {effort: quick, rounds: 1, replications: 20}
"""
LONGER = [{"queues": "all", "days": "mon-sat", "open": "09:00", "close": "18:00"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two stages, of which the second fails its gate."""
    first = Scenario.from_text(DESK)
    gates = [{"cost_uplift": {"at_most": "1%"}}]
    people = {"count": 4, "weekly_hours": 40, "cost": 12}
    second = first.replace(name="Saturdays", opening_hours=LONGER, gates=gates, people=people)
    out = tmp_path_factory.mktemp("rollout")
    write_rollout(rollout([first, second]), out)
    return out


def rows(folder, file):
    with open(folder / file, encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def by_name(card):
    return {fact.name: fact for fact in card.facts}


def test_the_second_stage_says_what_its_row_says(folder):
    card = answer_cards(folder).cards[1]
    row = next(row for row in rows(folder, "answers.csv") if not row["queue"])
    facts = by_name(card)
    assert (card.number, card.stage, card.go) == (2, "Saturdays", row["answer"])
    assert card.why == row["why"]
    assert row["block"] in card.opens
    assert facts["hires"].value == row["hires"] == "1"
    assert facts["cost"].value == f"{float(row['cost_per_month']):,.0f} EUR"
    assert facts["contacts"].value.startswith(f"{float(row['contacts_per_week']):,.1f}")
    assert f"{100 * float(row['share_of_week']):.1f} %" in facts["contacts"].more[0]
    assert row["earliest_why"] in facts["start"].more[0]


def test_the_first_stage_is_held_against_none(folder):
    card = answer_cards(folder).cards[0]
    figures = {row["figure"]: row for row in rows(folder, "comparison.csv") if row["scenario"] == "Weekdays"}
    assert (card.go, card.why, card.opens, card.mend, card.back) == ("", "", "", "", "")
    facts = by_name(card)
    assert facts["people"].value == "3"
    assert facts["cost"].value == f"{float(figures['wages and premiums']['value']):,.0f} EUR"
    share = 100 * float(figures["answered within the promise: email en"]["value"])
    assert facts["kept"].value == f"{share:.1f} %"


def test_a_no_go_says_its_cheapest_way_to_go(folder):
    card = answer_cards(folder).cards[1]
    tried = rows(folder, "mending.csv")
    assert card.go == "no-go"
    if not tried:
        assert card.mend == ""
        return
    told = next((row for row in tried if row["passes"] == "yes"), tried[0])
    assert told["what"] in card.mend


def test_going_back_and_today_are_the_sentences_of_the_record(folder):
    record = json.loads((folder / "rollout.json").read_text(encoding="utf-8"))
    told = answer_cards(folder)
    assert told.today == tuple(line["text"].strip() for line in record["today"])
    assert told.cards[1].back == record["stages"][1]["going_back"][0]["text"].strip()


def test_numbers_follow_the_language(folder):
    with speaking("it"):
        card = answer_cards(folder).cards[1]
    row = next(row for row in rows(folder, "answers.csv") if not row["queue"])
    cost = f"{float(row['cost_per_month']):,.0f}".replace(",", ".")
    assert by_name(card)["cost"].value == f"{cost} EUR"


def test_missing_people_stand_on_the_card_and_in_the_report(folder, tmp_path):
    copy = tmp_path / "rollout"
    shutil.copytree(folder, copy)
    for stage in ("stage-1", "stage-2"):
        plan = copy / stage / "plan.json"
        record = json.loads(plan.read_text(encoding="utf-8"))
        changed = {**record, "missing_hours": 5.0, "missing_hours_bound": 4.0}
        plan.write_text(json.dumps(changed), encoding="utf-8")
    said = "5.0 person-hours missing, at least 4.0 in any rota"
    assert [card.missing for card in answer_cards(copy).cards] == [said, said]
    page = re.sub(r"<[^>]+>", "", report_html([copy]))
    assert f"1. Weekdays: {said}" in page
    assert f"{answer_cards(copy).cards[1].why}; {said}" in unescape(page)
