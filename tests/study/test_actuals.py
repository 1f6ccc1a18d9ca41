"""A forecast against a later history: as expected, moved, and with new hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner.__main__ import main
from planner._errors import HistoryError
from planner.study import Scenario, actuals, actuals_summary, write_actuals
from planner.study.actuals_files import actuals_days, actuals_frame
from planner.study.charts import actuals_chart
from planner.study.tables import read_csv

BASE = """
name: Office
zone: UTC
people: 4
period: {first_day: 2026-06-01, weeks: 4}
interval: 30 min
history: {file: counts.csv}
queues: [{name: email en}, {name: phone en, promise: 80% within 60 s}]
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 18:00}]
"""
STAGE = """
starts_from: scenario.yaml
name: Early
starts: 2026-06-01
opening_hours: [{queues: all, days: mon-fri, open: 07:00, close: 18:00}]
"""
PROFILE = np.array([1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 12, 10, 10, 11, 11, 10, 8, 6, 5, 4, 3, 2, 1])
FIRST = date(2025, 11, 24)


def counts(first, days, seed, mail=60.0, phone=40.0, opening=9, changed=None):
    """A file of counts by the hour: e-mail at any hour, calls while open on weekdays."""
    rng, lines = np.random.default_rng(seed), ["interval_start,queue,arrivals"]
    for day in range(days):
        midnight = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(days=day)
        scale = 1.0 if midnight.weekday() < 5 else 0.3
        if changed is not None and midnight.date() >= changed[0]:
            scale *= changed[1]
        for hour, share in enumerate(PROFILE / PROFILE.sum()):
            at = midnight + timedelta(hours=hour)
            lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},email en,{rng.poisson(mail * scale * share)}")
            if midnight.weekday() < 5 and opening <= hour < 18:
                lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},phone en,{rng.poisson(phone * share)}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Half a year of history until mid-May, and later files of June."""
    folder = tmp_path_factory.mktemp("actuals")
    june = date(2026, 6, 1)
    files = {
        "scenario.yaml": BASE,
        "stage.yaml": STAGE,
        "counts.csv": counts(FIRST, 175, 1),
        "same.csv": counts(june, 28, 2),
        "more.csv": counts(june, 28, 3, mail=84.0),
        "turned.csv": counts(june, 28, 4, changed=(date(2026, 6, 15), 1.5)),
        "stage.csv": counts(june, 21, 5, opening=7),
        "week.csv": counts(june, 7, 6, opening=7),
        "old.csv": counts(FIRST, 100, 1),
        "after.csv": counts(date(2026, 5, 18), 10, 7),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def base(folder):
    return Scenario.load(folder / "scenario.yaml")


@pytest.fixture(scope="module")
def same(base, folder):
    return actuals(base, folder / "same.csv")


def level_of(made, queue="email en"):
    return next(found.level for found in made.queues if found.queue == queue)


def test_what_came_as_expected_is_told_so(same):
    assert (same.first, same.last, same.days) == (date(2026, 6, 1), date(2026, 6, 28), 28)
    assert same.moved == ()
    assert level_of(same).ratio == pytest.approx(1.0, abs=0.1)
    day = next(score for score in same.queues[0].scores if score.grain == "day")
    assert day.units == 28
    assert 0.8 < day.floor_ratio < 1.4
    assert day.came == same.came.counts[0].sum()
    assert {message.code for message in actuals_summary(same)} == {"actuals.compared", "actuals.as_expected"}


def test_units_add_up(same):
    for found in same.queues:
        units = {score.grain: score.units for score in found.scores}
        assert len({round(score.came) for score in found.scores}) == 1
        assert units["week"] == 4
    phone = {score.grain: score.units for score in same.queues[1].scores}
    assert phone["day"] == 20
    assert phone["hour"] == 20 * 9


def test_a_higher_level_is_found(base, folder):
    made = actuals(base, folder / "more.csv")
    assert made.moved == ("email en",)
    assert level_of(made).ratio == pytest.approx(1.4, abs=0.1)
    assert level_of(made).sure > 0.99
    assert "actuals.moved" in {message.code for message in actuals_summary(made)}


def test_a_turn_in_the_middle_is_dated(base, folder):
    made = actuals(base, folder / "turned.csv")
    level = level_of(made)
    assert level.moved
    if level.since is not None:
        assert abs((made.first + timedelta(days=level.since) - date(2026, 6, 15)).days) <= 4


def test_new_hours_are_held_against_what_was_borrowed(folder):
    made = actuals(Scenario.load(folder / "stage.yaml"), folder / "stage.csv")
    learnt = made.queues[1].new_hours
    assert learnt is not None
    assert made.queues[0].new_hours is None
    true = 15 * 40 * PROFILE[7:9].sum() / PROFILE.sum()
    assert learnt.came == pytest.approx(true, rel=0.3)
    assert learnt.expected == pytest.approx(true, rel=0.5)
    now = learnt.factor * learnt.expected
    low, high = sorted((learnt.came, learnt.expected))
    assert low <= now <= high
    assert "actuals.new_hours" in {message.code for message in actuals_summary(made)}


def test_days_after_the_history_serve_where_the_period_is_not_reached(base, folder):
    made = actuals(base, folder / "after.csv")
    assert (made.first, made.days) == (date(2026, 5, 18), 10)
    late = actuals(base, folder / "same.csv", since=date(2026, 6, 10))
    assert late.first == date(2026, 6, 10)


def test_what_cannot_be_compared_is_refused(base, folder):
    with pytest.raises(HistoryError, match="ends on"):
        actuals(base, folder / "old.csv")
    stated = Scenario.from_text("people: 4\nvolume: 80 a weekday")
    with pytest.raises(HistoryError, match="states its volumes"):
        actuals(stated, folder / "same.csv")


def test_files_read_back_and_repeat(same, tmp_path, base, folder):
    paths = write_actuals(same, tmp_path / "out")
    assert [path.name for path in paths] == ["actuals.csv", "actuals_days.csv"]
    frame, days = (read_csv(path) for path in paths)
    assert len(days) == 2 * 28
    assert len(frame) == 2 * 5
    assert frame["came"].tolist() == pytest.approx(actuals_frame(same)["came"].tolist())
    again = write_actuals(actuals(base, folder / "same.csv"), tmp_path / "again")
    assert [a.read_bytes() for a in paths] == [b.read_bytes() for b in again]


def test_the_chart_names_axes_and_zone(same):
    figure = actuals_chart(actuals_days(same), "email en", "UTC")
    assert len(figure.data) == 4
    assert len(figure.data[3].x) == 28
    assert "UTC" in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.title.text == "contacts a day"


def test_the_verb_exits_1_where_a_level_has_moved(folder, tmp_path, capsys):
    scenario = str(folder / "scenario.yaml")
    assert main(["actuals", scenario, str(folder / "same.csv")]) == 0
    assert main(["actuals", scenario, str(folder / "more.csv"), "--out", str(tmp_path / "out")]) == 1
    assert (tmp_path / "out" / "actuals.csv").exists()
    said = capsys.readouterr().out
    assert "the level has moved" in said
    assert main(["actuals", scenario, str(folder / "old.csv")]) == 2
