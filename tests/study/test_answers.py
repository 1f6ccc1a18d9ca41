"""Answers of a rollout: every figure counted again by other code, and the files equal to the objects."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planner.clock import local_at
from planner.service import Outcome
from planner.study import Rollout, Scenario, rollout, rollout_summary, write_rollout
from planner.study.columns import COLUMNS
from planner.study.money import hours_of
from planner.study.stages.answer_files import answers_frame, back_frame, today_frame
from planner.study.stages.in_hours import open_quarters
from planner.study.tables import csv_text, read_csv

MONTH = 365.25 / 12
GATES = [
    {"promise_kept": {"in": "new hours", "in_weeks": "5 of 10"}},
    {"cost_uplift": {"at_most": "1%"}},
]
STAGE = "An hour more"


@pytest.fixture(scope="module")
def stages(desk: Scenario) -> list[Scenario]:
    """Today; an hour more with one person more; the same once again."""
    today = desk.replace(
        when_closed={"phone en": {"to email en": "50%", "returns at opening": "30%", "lost": "20%"}},
        hiring={"decided": "2026-01-05", "recruiting": "3000"},
        solve={"replications": 40, "rounds": 1},
    )
    later = today.replace(
        name=STAGE,
        starts="2026-04-01",
        people=[{"count": 5, "site": "Lisbon", "languages": "en", "cost": 12}],
        opening_hours=[{"queues": "all", "days": "mon-fri", "open": "09:00", "close": "18:00"}],
        gates=GATES,
    )
    return [today, later, later.replace(name="The same")]


@pytest.fixture(scope="module")
def made(stages: list[Scenario]) -> Rollout:
    return rollout(stages, mend="none")


@pytest.fixture(scope="module")
def contacts(made: Rollout) -> list[pd.DataFrame]:
    """Contacts of two stages in 200 lives, told by frames alone: local hour of coming, and the wait."""
    from planner.study import steps

    found = []
    for plan in made.plans[:2]:
        assert plan.volumes is not None
        service = steps.simulate(plan.rota, plan.volumes, plan.scenario, replications=200)
        frame = service.records.frame()
        frame["name"] = [service.queues[number].name for number in frame["offered_to"]]
        locals_ = {q: local_at(service.first_quarter + q, "Europe/Lisbon") for q in range(672)}
        at = (frame["came"] // 900).astype(int).clip(upper=671).map(locals_)
        frame["hour"], frame["weekday"] = [x.hour for x in at], [x.weekday() for x in at]
        ends = frame["answered"].where(~frame["live"], frame["started"])
        waiting = frame["outcome"] == int(Outcome.WAITING)
        frame["wait"] = ends.where(~waiting, 604_800.0) - frame["came"]
        frame["told"] = (frame["weekday"] < 4) | ((frame["weekday"] == 4) & (frame["hour"] < 17))
        found.append(frame)
    return found


def p(waits: pd.Series, share: float) -> float:
    ordered = sorted(waits.tolist())
    return float(ordered[int(np.ceil(share * len(ordered) - 1e-9)) - 1])


def in_new_hour(frame: pd.DataFrame) -> pd.Series:
    return (frame["hour"] == 17) & (frame["weekday"] < 5)


def test_block_and_hours(made: Rollout) -> None:
    more, same = made.answers
    assert more.block == "email en, phone en: Mon–Fri 17:00–18:00 (Europe/Lisbon)"
    assert (more.weekly_hours, same.weekly_hours) == (5.0, 0.0)
    assert (more.closes, same.block, same.closes) == ("", "", "")
    assert (more.stage, more.scenario, more.before) == (2, STAGE, "Small desk")


def test_contacts_in_new_hours_counted_again(made: Rollout, contacts: list[pd.DataFrame]) -> None:
    frame = contacts[1]
    for hours in made.answers[0].hours:
        of = frame if not hours.queue else frame[frame["name"] == hours.queue]
        mine = of[in_new_hour(of)]
        weeks = mine.groupby("replication").size().reindex(range(200), fill_value=0)
        assert hours.coming.contacts == pytest.approx(len(mine) / 200)
        assert hours.coming.share == pytest.approx(len(mine) / len(of))
        assert (hours.coming.low, hours.coming.high) == pytest.approx(
            (weeks.quantile(0.1), weeks.quantile(0.9))
        )
    assert [hours.queue for hours in made.answers[0].hours] == ["", "email en", "phone en"]


def test_waits_before_and_after_counted_again(made: Rollout, contacts: list[pd.DataFrame]) -> None:
    """Friday evening is left aside: today nobody is there again before the week is over."""
    for hours in made.answers[0].hours:
        for frame, became in ((contacts[0], hours.before), (contacts[1], hours.after)):
            of = frame if not hours.queue else frame[frame["name"] == hours.queue]
            later = of["told"] if became is hours.before else of["told"] | (of["weekday"] == 4)
            mine = of[in_new_hour(of) & later]
            stay = mine[mine["outcome"].isin([int(Outcome.ANSWERED), int(Outcome.WAITING)])]
            if became is hours.after:
                mine_before = of[in_new_hour(of) & of["told"]]
                stay = mine_before[mine_before["outcome"].isin([0, 1])]
                mine = mine_before
            assert became.median == pytest.approx(p(stay["wait"], 0.5))
            assert became.nine == pytest.approx(p(stay["wait"], 0.9))
            lost = (mine["outcome"] == int(Outcome.TURNED_AWAY)).mean()
            assert became.lost == pytest.approx(lost)
            assert became.hung_up == pytest.approx((mine["outcome"] == int(Outcome.ABANDONED)).mean())
    phone = made.answers[0].hours[2]
    assert phone.before.moved == pytest.approx(0.5, abs=0.06)
    assert phone.before.returned == pytest.approx(0.3, abs=0.06)
    assert phone.before.lost == pytest.approx(0.2, abs=0.06)
    assert phone.before.median > 15 * 3600 > phone.after.median


def test_the_same_customers_stand_before_and_after(made: Rollout, contacts: list[pd.DataFrame]) -> None:
    assert [one.paired for one in made.answers] == [True, True]
    keys = ["replication", "name", "came"]
    first, second = (
        frame[in_new_hour(frame)][keys].sort_values(keys).to_numpy().tolist() for frame in contacts[:2]
    )
    assert first == second


def test_today_counted_again(made: Rollout, contacts: list[pd.DataFrame]) -> None:
    frame = contacts[0]
    assert [line.queue for line in made.today] == ["", "email en", "phone en"]
    closed = (frame["weekday"] > 4) | ~frame["hour"].between(9, 16)
    for line in made.today:
        mine = closed if not line.queue else closed & (frame["name"] == line.queue)
        of = len(frame) if not line.queue else int((frame["name"] == line.queue).sum())
        assert line.closed_hours == 168 - 40
        assert line.coming.contacts == pytest.approx(mine.sum() / 200)
        assert line.coming.share == pytest.approx(mine.sum() / of)
        stay = frame[mine & frame["told"] & frame["outcome"].isin([0, 1])]
        assert line.became.median == pytest.approx(p(stay["wait"], 0.5))
        assert line.became.nine == pytest.approx(p(stay["wait"], 0.9))
        gone = frame[mine & frame["told"]]["outcome"].isin([2, 3]).mean()
        assert line.lost_a_week == pytest.approx(line.coming.contacts * gone)
        assert line.tickets is None


def test_money_people_and_dates(made: Rollout) -> None:
    more, _ = made.answers
    wages = [(p.result.objective.labour + p.result.objective.premiums) / 100 * MONTH / 7 for p in made.plans]
    # Money of a month is rounded to the cent.
    assert more.today.cost == pytest.approx(wages[1], abs=0.006)
    assert more.today.change == pytest.approx(wages[1] - wages[0], abs=0.011)
    assert more.today.share == pytest.approx(wages[1] / wages[0] - 1)
    assert more.step == more.today
    least = []
    for wage, plan in zip(wages, made.plans, strict=True):
        of = plan.result
        assert of.bound_cents is not None
        assert of.unavoidable_cents is not None
        beside = of.objective.total - of.objective.labour - of.objective.premiums
        cents = max(of.unavoidable_cents, of.bound_cents - beside)
        least.append(min(wage, cents / 100 * MONTH / 7))
    assert more.today.low == pytest.approx(least[1] - wages[0], abs=0.011)
    assert more.today.high == pytest.approx(wages[1] - least[0], abs=0.011)
    assert (more.hires, more.leavers, more.seats) == (1, 0, 0)
    assert more.once.stated == ("recruiting",)
    assert (more.once.recruiting, more.once.training, more.once.equipment) == (3000, 2 * 40 * 12, 0)
    assert more.once_total == 3960
    assert more.idle_hours == pytest.approx(hours_of(made.plans[1])["idle"] * MONTH / 7)
    # Eight weeks to hire, two of training, eight of ramp from 5 January.
    assert (more.start.day, more.start.weeks) == (date(2026, 5, 11), 18)
    assert more.start.too_soon
    ends = [s.end.hour for s in made.plans[1].rota.shifts]  # Lisbon is on UTC in March
    assert more.carried.late.people == len(
        {s.agent for s, end in zip(made.plans[1].rota.shifts, ends, strict=True) if end > 17}
    )
    assert more.carried.early.people == more.carried.nights.people == more.carried.weekends.people == 0


def test_go_and_why(made: Rollout) -> None:
    for place, one in enumerate(made.answers, start=1):
        assert one.go is made.go(place)
        failing = [str(gate.message) for gate in made.gates[place] if gate.passed is False]
        assert str(one.why).startswith(failing[0] if failing else "all 2 gates are passed")


def test_an_identical_stage_changes_nothing(made: Rollout) -> None:
    same, back = made.answers[1], made.back[1]
    assert (same.hires, same.leavers, same.weekly_hours, same.hours) == (0, 0, 0.0, ())
    assert (same.whole.coming.contacts, same.whole.coming.share) == (0, 0)
    assert (same.step.change, same.step.share, same.step.verdict) == (0.0, 0.0, "same")
    assert (same.step.low, same.step.high) == (0.0, 0.0)
    assert same.once_total == 0
    assert same.idle_hours == same.idle_before
    assert same.carried == made.answers[0].carried
    assert back.nothing
    assert (back.saved, back.owed, back.sunk, back.contracts) == (0, 0, 0, 0)
    text = "\n".join(str(line) for line in rollout_summary(made))
    assert f"no new hours against {STAGE}" in text
    assert f"going back to {STAGE} costs nothing once" in text


def test_going_back(made: Rollout) -> None:
    """One contract of 40 h at 12 for a month of 30.4 days; four weeks of notice are 160 h."""
    back = made.back[0]
    assert (back.stage, back.scenario, back.to, back.contracts) == (2, STAGE, "Small desk", 1)
    assert back.contracts_cost == pytest.approx(40 * 12 * MONTH / 7)
    assert back.owed == pytest.approx(160 * 12)
    assert back.sunk == 3960
    assert made.answers[0].once.training == pytest.approx(2 * back.contracts_cost * 7 / MONTH)
    idle = hours_of(made.plans[0])["idle"] * MONTH / 7
    assert back.idle_hours == pytest.approx(40 * MONTH / 7 + idle)
    assert back.waiting_again == made.answers[0].whole
    assert back.saved == made.answers[0].step.change
    assert len(back.assumptions) == 3


def test_files_equal_objects(made: Rollout, tmp_path: Path) -> None:
    write_rollout(made, tmp_path)
    for file, frame in (
        ("answers.csv", answers_frame(made.answers)),
        ("today.csv", today_frame(made.today)),
        ("going_back.csv", back_frame(made.back)),
    ):
        assert (tmp_path / file).read_text(encoding="utf-8") == csv_text(file, frame)
        assert list(read_csv(tmp_path / file).columns) == [column.name for column in COLUMNS[file]]
    table = read_csv(tmp_path / "answers.csv")
    assert table["queue"].tolist() == ["", "email en", "phone en", ""]
    first, whole = table.iloc[0], made.answers[0].whole
    assert first["contacts_per_week"] == pytest.approx(whole.coming.contacts, abs=5e-5)
    assert first["before_wait_median_seconds"] == pytest.approx(whole.before.median, abs=0.05)
    assert first["cost_per_month"] == pytest.approx(made.answers[0].today.cost, abs=0.005)
    assert pd.isna(first["once_equipment"])  # nobody stated it
    assert first["once_recruiting"] == 3000
    assert first["earliest_day"] == "2026-05-11"
    assert table["hires"].tolist()[1:3] == [pd.NA, pd.NA]
    back = read_csv(tmp_path / "going_back.csv")
    assert back["owed_over_notice"].tolist() == [1920.0, 0.0]
    record = json.loads((tmp_path / "rollout.json").read_text(encoding="utf-8"))
    assert record["today"][0]["text"].startswith("today (Small desk): ")
    assert [bool(stage["answer"]) for stage in record["stages"]] == [False, True, True]


def test_today_is_told_first_then_a_block_a_stage(made: Rollout) -> None:
    lines = [str(line) for line in rollout_summary(made)]
    today = made.today[0]
    assert lines[0].startswith(
        f"today (Small desk): {today.coming.contacts:.0f} ({today.coming.low:.0f} to {today.coming.high:.0f})"
    )
    starts = [next(i for i, line in enumerate(lines) if line.startswith(f"{n}. ")) for n in (1, 2, 3)]
    assert starts == sorted(starts)
    assert lines[starts[1] + 1] == f"   opens 5 h a week: {made.answers[0].block}"
    told = "\n".join(lines[starts[1] : starts[2]])
    for words in ("hires: 1", "equipment not stated", "earliest start 2026-05-11", "so not on 2026-04-01"):
        assert words in told


def test_a_stated_need_leaves_contacts_unknown(desk: Scenario) -> None:
    plain = desk.replace(volume=None, need={"email en": 1, "phone en": 1})
    wider = plain.replace(
        name="Wider",
        opening_hours=[{"queues": "all", "days": "mon-sat", "open": "09:00", "close": "17:00"}],
    )
    found = rollout([plain, wider], mend="none")
    [one] = found.answers
    assert one.block == "email en, phone en: Sat 09:00–17:00 (Europe/Lisbon)"
    assert one.paired is None
    assert np.isnan(one.whole.coming.contacts)
    text = [str(line) for line in rollout_summary(found)]
    assert "is not known, because the scenario states its need" in text[0]
    assert any("how many come then is not known" in line for line in text)
    assert answers_frame(found.answers)["contacts_per_week"].isna().all()


def test_closing_hours_are_told(made: Rollout, stages: list[Scenario]) -> None:
    from planner.study.stages.in_hours import newly

    back: dict[str, Any] = newly(made.plans[0], made.plans[1])
    assert not any(mask.any() for mask in back.values())
    gone = newly(made.plans[1], made.plans[0])
    for name, mask in gone.items():
        both = [open_quarters(plan)[name] for plan in made.plans[:2]]
        assert mask.sum() == both[1].sum() - both[0].sum() == 20


def test_a_partner_is_told_apart_from_hires() -> None:
    """A partner's seat at night: no hire, its set-up once, its minimum while going back."""
    days = Scenario.from_text(
        """
name: Days
period: {first_day: 2026-03-02, weeks: 1}
people: [{count: 5, languages: en, cost: 15}]
queues: [{name: chat en, channel: chat, language: en}]
need: {chat en: 1}
opening_hours: [{days: all, open: 06:00, close: 22:00}]
shifts:
  - {name: early, start: 06:00, paid_hours: 8}
  - {name: late, start: 14:00, paid_hours: 8}
hiring: {decided: 2026-01-05, notice: 2 weeks}
solve: {effort: quick}
"""
    )
    nights = days.replace(
        name="Nights outside",
        opening_hours=[{"days": "all", "open": "00:00", "close": "24:00"}],
        outsource={
            "from": "22:00",
            "to": "06:00",
            "price": "12 per hour",
            "minimum": "160 h a month",
            "set_up": "6 weeks",
            "set_up_cost": "5000",
        },
        solve={"outsource": "yes"},
    )
    found = rollout([days, nights], mend="none")
    [one], [back] = found.answers, found.back
    assert (one.hires, one.leavers, one.seats) == (0, 0, 1)
    assert (one.set_up, one.once_total, one.once.total) == (5000, 5000, 0)
    assert (one.start.day, one.start.weeks) == (date(2026, 2, 16), 6)
    assert one.carried.nights.people == 0
    assert (back.contracts, back.seats, back.sunk) == (0, 1, 5000)
    assert back.partner_minimum == 160 * 12
    text = "\n".join(str(line) for line in rollout_summary(found))
    assert "hires: 0, seats of a partner: 1" in text
    assert "setting a partner up 5,000" in text
    assert "a partner's seats are given up (1; minimum 1,920 EUR a month, 6 weeks to set up again)" in text
