"""Hours that a scenario's history has seen: of the base, of its stages, said, and borne out or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, forecast, read_history
from planner.study.seen_hours import EVER, believed, past_hours

BASE = """
name: Office
zone: Europe/Lisbon
people: 4
period: {first_day: 2026-06-01, weeks: 2}
interval: 30 min
history: {file: counts.csv}
queues: [{name: email en}, {name: phone en, promise: 80% within 60 s}]
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 18:00}]
"""
STAGE = """
starts_from: scenario.yaml
name: Early
opening_hours: [{queues: all, days: mon-fri, open: 07:00, close: 20:00}]
"""
PROFILE = np.array([1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 12, 10, 10, 11, 11, 10, 8, 6, 5, 4, 3, 2, 1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Half a year of e-mail at any hour and calls from 9 to 18 on weekdays, counted by the hour."""
    folder = tmp_path_factory.mktemp("office")
    rng, lines = np.random.default_rng(3), ["interval_start,queue,arrivals"]
    for day in range(180):
        midnight = datetime(2025, 11, 24, tzinfo=UTC) + timedelta(days=day)
        weekday = midnight.weekday() < 5
        for hour, share in enumerate(PROFILE / PROFILE.sum()):
            at = midnight + timedelta(hours=hour)
            scale = 1.0 if weekday else 0.3
            lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},email en,{rng.poisson(60 * scale * share)}")
            local = hour if midnight.date() < date(2026, 3, 29) else hour + 1
            if weekday and 9 <= local < 18:
                lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},phone en,{rng.poisson(40 * share)}")
    (folder / "counts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "scenario.yaml").write_text(BASE, encoding="utf-8")
    (folder / "stage.yaml").write_text(STAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def base(folder):
    return Scenario.load(folder / "scenario.yaml")


@pytest.fixture(scope="module")
def stage(folder):
    return Scenario.load(folder / "stage.yaml")


def phone_hours(scenario):
    volumes = forecast(read_history(scenario), scenario)
    row = volumes.mean[volumes.queues.index("phone en")].reshape(14, 24, 2).sum(axis=2)
    return volumes, row[[0, 1, 2, 3, 4]].sum(axis=0)


def test_a_stage_has_seen_the_hours_of_its_base(base, stage):
    assert past_hours(stage) == past_hours(base)
    assert list(past_hours(base)) == ["phone en"]
    assert Scenario.from_text(stage.dump(), folder=stage.folder) == stage
    again = stage.replace(opening_hours=[{"days": "all", "open": "00:00", "close": "24:00"}])
    assert past_hours(again) == past_hours(base)
    assert past_hours(base.replace(opening_hours=[{"open": "08:00"}])) == past_hours(base)


def test_default_hours_of_the_base_are_kept_too(folder):
    text = "\n".join(line for line in BASE.splitlines() if not line.startswith("opening_hours"))
    plain = Scenario.from_text(text, folder=folder)
    longer = plain.replace(opening_hours=[{"open": "07:00"}])
    assert past_hours(longer) == past_hours(plain)


def test_another_history_brings_its_own_hours(stage):
    text = "starts_from: scenario.yaml\nhistory: {file: counts.csv}\nopening_hours: {open: 08:00}\n"
    other = Scenario.from_text(text, folder=stage.folder)
    assert not other.said.history_open_hours


def test_the_base_stays_as_it_is_and_the_stage_borrows(base, stage):
    before, old = phone_hours(base)
    after, new = phone_hours(stage)
    assert not old[:9].any()
    assert not old[18:].any()
    assert before.doubt is None
    assert after.doubt is not None
    expected = 5 * 40 * PROFILE / PROFILE.sum()
    assert new[18:20].sum() == pytest.approx(expected[17:19].sum(), rel=0.35)  # winter time in the profile
    assert 0 < new[7:9].sum() < new[9:11].sum()
    assert np.allclose(new[11:18], old[11:18])
    assert new[9:11].sum() < old[9:11].sum()
    told = [notice for notice in after.notices if notice.code.startswith("unstaffed")]
    assert [notice.code for notice in told] == ["unstaffed.borrowed"]
    still, flat = phone_hours(stage.replace(new_hours={"moved": "0%"}))
    assert np.allclose(flat[9:18], old[9:18])
    assert still.mean.sum() > after.mean.sum()


def test_hours_that_the_history_contradicts_are_told_and_not_believed(base, stage):
    night = [{"queues": "phone en", "days": "mon-fri", "open": "12:00", "close": "13:00"}]
    wrong = stage.replace(history_open_hours=night)
    hours, notices = believed(read_history(wrong), wrong)
    assert hours == {}
    assert [notice.code for notice in notices] == ["unstaffed.seen_at_any_hour"]
    assert "unstaffed.seen_at_any_hour" in [
        notice.code for notice in forecast(read_history(wrong), wrong).notices
    ]
    hours, notices = believed(read_history(base), base)
    assert list(hours) == ["phone en"]
    assert notices == ()


def test_hours_by_their_day(stage):
    said = stage.replace(
        history_open_hours=[
            {"days": "mon-fri", "open": "09:00", "close": "18:00"},
            {"days": "mon-fri", "open": "07:00", "close": "18:00", "since": "2026-05-04"},
            {"days": "sat", "open": "09:00", "close": "12:00", "since": "2026-05-04"},
        ]
    )
    (first, later) = past_hours(said)["phone en"]
    assert (first.since, later.since) == (EVER, date(2026, 5, 4))
    assert len(first.hours.lines) == 1
    assert len(later.hours.lines) == 2


def test_a_language_that_the_history_has_none_of(base):
    queues = [{"name": "email en"}, {"name": "email de"}, {"name": "phone en"}]
    more = base.replace(queues=queues, new_hours={"volume": {"email de": 8}})
    volumes = forecast(read_history(more), more)
    german = volumes.mean[volumes.queues.index("email de")]
    assert german.sum() / 2 == pytest.approx(8 * 5 * 1.12, rel=0.1)
    assert "unstaffed.never_staffed" in [notice.code for notice in volumes.notices]


def test_past_hours_keep_to_quarters_and_new_volumes_to_queues(base):
    text = base.dump()
    with pytest.raises(ScenarioError, match=r"history_open_hours.*quarter"):
        Scenario.from_text(text + "history_open_hours: {open: 09:10}\n", folder=base.folder)
    with pytest.raises(ScenarioError, match="there is no queue"):
        Scenario.from_text(text + "new_hours: {volume: {email fr: 8}}\n", folder=base.folder)
