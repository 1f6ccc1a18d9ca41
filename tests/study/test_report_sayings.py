"""What an answer says of money and days: never more than is proven, and what nobody stated."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from planner._messages import speaking
from planner.study.columns import COLUMNS
from planner.study.missing_words import missing_beside
from planner.study.paper import Html
from planner.study.report.cells import Told
from planner.study.report.lines import answers_html
from planner.study.report.sayings import cost_sayings, once_sayings, planned_sayings

ROW = {
    "number": 3,
    "stage": "Late <hours>",
    "queue": "",
    "block": "Mon–Fri 18:00–20:00",
    "hires": 2,
    "leavers": 0,
    "partner_seats": 0,
    "currency": "EUR",
    "cost_per_month": 19954.56,
    "today_change_share": 0.056,
    "today_change_low_per_month": -864.08,
    "today_change_high_per_month": 1457.53,
    "today_verdict": "not distinguishable",
    "step_change_per_month": 1058.96,
    "step_change_low_per_month": 3.2,
    "step_change_high_per_month": 1923.04,
    "step_verdict": "higher",
    "once_training": 3360.0,
    "once_set_up": 0.0,
    "once_total": 3360.0,
    "planned_day": "2026-08-03",
    "answer": "go",
    "why": "all 9 gates are passed",
}


def told(**changes: object) -> Told:
    """A row of answers as it is read; what is not said here is not known."""
    row = {column.name: "" for column in COLUMNS["answers.csv"]} | ROW | changes
    return Told("rollout/answers.csv", pd.DataFrame([row]))


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html.replace("<br>", " | ")))


def test_what_is_not_distinguishable_is_not_called_proven():
    cost, today, step = (each.text(told(), 0) for each in cost_sayings(told(), 0))
    assert cost == "19,955 EUR"
    assert today == "+5.6 % against today, not distinguishable (-864 to +1,458 EUR)"
    assert step == "+1,059 EUR against the stage before (proven: +3 to +1,923 EUR)"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("same", "the same as"), ("no range", "not proven"), ("lower", "(proven: -864 to +1,458 EUR)")],
)
def test_each_verdict_has_its_words(verdict: str, said: str):
    of = told(today_verdict=verdict)
    assert said in [each.text(of, 0) for each in cost_sayings(of, 0)][1]


def test_the_second_stage_is_not_told_twice_against_today():
    assert len(list(cost_sayings(told(number=2), 0))) == 2


def test_what_nobody_stated_is_said_to_be_not_stated():
    (once,) = once_sayings(told(), 0)
    assert once.text(told(), 0) == (
        "paid once: 3,360 EUR (recruiting not stated, training weeks 3,360, equipment not stated)"
    )
    of = told(once_recruiting=500.0, once_equipment=0.0, once_set_up=900.0, once_total=4760.0)
    (once,) = once_sayings(of, 0)
    assert "recruiting 500, " in once.text(of, 0)
    assert "equipment 0, setting a partner up 900" in once.text(of, 0)
    assert not list(once_sayings(told(hires=0, once_total=0.0), 0))


def test_a_planned_day_before_the_earliest_is_too_soon():
    assert [each.text(told(), 0) for each in planned_sayings(told(), 0)] == ["planned: 2026-08-03"]
    of = told(earliest_day="2026-09-01")
    assert "too soon" in next(planned_sayings(of, 0)).text(of, 0)
    assert not list(planned_sayings(told(planned_day=""), 0))


@pytest.mark.parametrize("language", ["en", "it"])
def test_report_and_cards_say_the_same(language: str):
    of = told()
    with speaking(language):
        page = words(answers_html(of))
        sayings = (*cost_sayings(of, 0), *once_sayings(of, 0), *planned_sayings(of, 0))
        texts = [saying.text(of, 0) for saying in sayings]
    assert [text for text in texts if text not in page] == []
    assert ("non distinguibile" if language == "it" else "not distinguishable") in page


@pytest.mark.parametrize(
    ("hours", "bound", "said"),
    [
        (0.0, None, ""),
        (5.0, 4.0, "5.0 person-hours missing, at least 4.0 in any rota"),
        (5.0, 0.0, "5.0 person-hours missing, and it is not ruled out that a rota misses fewer"),
        (0.02, None, "less than 0.1 person-hours missing, and it is not ruled out that a rota misses fewer"),
    ],
)
def test_missing_people_in_words(hours: float, bound: float | None, said: str):
    assert str(missing_beside(hours, bound) or "") == said


def test_a_go_with_missing_people_says_so_beside_it():
    page = words(answers_html(told(), {3: Html("5.0 person-hours missing")}))
    assert "go: all 9 gates are passed; 5.0 person-hours missing" in page
    assert "missing" not in words(answers_html(told(), {2: Html("missing")}))
