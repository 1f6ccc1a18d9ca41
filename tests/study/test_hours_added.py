import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, workspace
from planner.study.hours_added import STEPS, changes_of, step
from planner.study.hours_matrix import block, masks_of, painted
from planner.study.hours_reach import reached, shifts_reaching
from planner.study.hours_words import change_text, scenario_hours

SAMPLE = workspace.SAMPLES / "weekday-to-247"


def desk(shifts="{name: day, start: 09:00-10:00 every 30 min, paid_hours: 8}", more=""):
    return Scenario.from_text(
        f"opening_hours: {{days: mon-fri, open: 09:00, close: 18:00}}\nshifts: {shifts}\n{more}"
    )


def starts(scenario):
    return [kind.starts for kind in scenario.shift_types]


def grown(scenario, kind, queues=None):
    return scenario.replace(**step(scenario, kind, queues))


def test_two_hours_earlier_than_a_stage_whose_shifts_reach_them():
    changes = step(Scenario.load(SAMPLE / "stage-3-weekdays-24-hours.yaml"), "earlier")
    assert set(changes) == {"opening_hours"}
    assert sorted(line.get("open", "closed") for line in changes["opening_hours"]) == [
        "00:00",
        "05:00",
        "closed",
        "closed",
    ]


def test_two_hours_earlier_than_the_desk_of_the_sample():
    changes = step(Scenario.load(SAMPLE / "scenario.yaml"), "earlier")
    assert [line.get("open") for line in changes["opening_hours"]] == ["07:00", None]
    assert changes["shifts"][0]["start"] == "07:00-09:00 every 30 min"
    assert [line["start"] for line in changes["shifts"][1:]] == ["07:00", "19:00"]


def test_shifts_begin_earlier_where_none_reaches_the_new_hours():
    later = grown(desk(), "earlier")
    assert starts(later) == [(420, 450, 480, 510, 540, 570, 600)]
    assert later.said.opening_hours[0].open == 420


def test_only_the_kind_of_shift_that_starts_next_is_moved():
    scenario = desk("[{name: early, start: 09:00, paid_hours: 4}, {name: late, start: 14:00, paid_hours: 4}]")
    assert starts(grown(scenario, "earlier")) == [(420, 450, 480, 510, 540), (840,)]


def test_a_night_shift_that_runs_into_the_morning_reaches_it():
    scenario = desk("[{name: day, start: 09:00, paid_hours: 8}, {name: night, start: 23:00, paid_hours: 10}]")
    assert "shifts" not in step(scenario, "earlier")


def test_starts_are_moved_on_the_clock_of_the_people():
    more = (
        "zone: Europe/Lisbon\nperiod: {first_day: 2026-06-01}\n"
        "sites: {name: Milan, zone: Europe/Rome}\npeople: {count: 2, site: Milan}"
    )
    scenario = desk("{name: day, start: 10:00, paid_hours: 8}", more)
    assert min(starts(grown(scenario, "earlier"))[0]) == 8 * 60
    assert max(starts(grown(scenario, "later"))[0]) == (20 + 1 - 8) * 60


def test_on_call_duty_must_reach_new_hours_too():
    more = "escalation: {role: engineer}\nagents: [{name: Ana}, {name: Bo, teams: engineer}]"
    shifts = (
        "[{name: day, start: 07:00-09:00 every 60 min, paid_hours: 8},"
        " {name: call, start: 09:00, paid_hours: 9, kind: on_call, teams: engineer}]"
    )
    later = grown(desk(shifts, more), "earlier")
    assert starts(later) == [(420, 480, 540), (420, 450, 480, 510, 540)]


def test_midnight_is_the_earliest():
    whole_day = Scenario.from_text("opening_hours: {days: all, open: 00:00, close: 24:00}")
    with pytest.raises(ScenarioError, match="nothing can open earlier"):
        step(whole_day, "earlier")
    early = Scenario.from_text("opening_hours: {days: all, open: 01:00, close: 12:00}")
    assert step(early, "earlier")["opening_hours"][0]["open"] == "00:00"


def test_two_hours_later_end_the_last_shift_later():
    later = grown(desk("{name: day, start: 09:00, paid_hours: 9}"), "later")
    assert (later.said.opening_hours[0].close, starts(later)) == (1200, [(540, 570, 600, 630, 660)])


def test_two_hours_later_run_past_midnight():
    scenario = Scenario.from_text("opening_hours: {days: mon-fri, open: 12:00, close: 23:00}")
    assert step(scenario, "later")["opening_hours"][0]["close"] == "01:00"


def test_lunch_stays_closed():
    hours = "[{days: all, open: 09:00, close: 12:00}, {days: all, open: 14:00, close: 18:00}]"
    scenario = Scenario.from_text(f"opening_hours: {hours}")
    both = grown(grown(scenario, "earlier"), "later")
    assert scenario_hours(both) == "every day 07:00–12:00 and 14:00–20:00"


@pytest.mark.parametrize(
    "shift", ["start: 09:00, paid_hours: 8", "start: 08:00-10:00 every 60 min, paid_hours: 6"]
)
@pytest.mark.parametrize("kind", STEPS)
def test_somebody_can_be_there_at_every_hour_that_opens(shift, kind):
    made = grown(desk(f"{{name: day, {shift}}}"), kind)
    week = masks_of(made)["email en"] & ~masks_of(desk())["email en"]
    assert {15 * int(q) for q in week.any(axis=0).nonzero()[0]} <= reached(made, made.shift_types)


def test_weekdays_around_the_clock_and_then_every_hour():
    scenario = Scenario.load(SAMPLE / "scenario.yaml")
    weekdays = grown(scenario, "weekdays")
    assert scenario_hours(weekdays) == "Mon–Fri 00:00–24:00 · closed on public holidays"
    always = grown(weekdays, "always")
    assert scenario_hours(always) == "every day 00:00–24:00"
    assert all(hours.mask(0, 96 * 400).all() for hours in always.opening.values())
    with pytest.raises(ScenarioError, match="open already"):
        step(always, "always")
    with pytest.raises(ScenarioError, match="open already"):
        step(always, "later")


def test_public_holidays_alone_may_be_what_is_left_to_open():
    scenario = Scenario.from_text(
        "public_holidays: PT\nopening_hours: [{days: all, open: 00:00, close: 24:00},"
        " {days: public holidays, closed: yes}]"
    )
    assert step(scenario, "always")["opening_hours"] == [
        {"queues": ["all"], "days": "all", "open": "00:00", "close": "24:00"}
    ]


def test_one_queue_alone_opens_longer():
    scenario = Scenario.load(SAMPLE / "scenario.yaml")
    made = grown(scenario, "always", ["urgent en"])
    assert scenario_hours(made).startswith(
        "email en, premium en: Mon–Fri 09:00–18:00 · urgent en: every day 00:00"
    )
    holiday = made.opening["urgent en"].holidays
    assert holiday.name_of(made.first_day.replace(month=4, day=3))
    closed = [line for line in made.said.opening_hours if line.closed]
    assert [line.queues for line in closed] == [("email en", "premium en")]


def test_painted_saturday_gets_shifts_on_saturdays():
    scenario = desk("{name: day, start: 09:00, paid_hours: 8, days: mon-fri}")
    week = painted(masks_of(scenario)["email en"], block([5], 10, 14), is_open=True)
    changes = changes_of(scenario, {"email en": week})
    made = scenario.replace(**changes)
    assert changes["shifts"][0]["days"] == "mon-sat"
    assert np.array_equal(masks_of(made)["email en"], week)
    assert change_text(masks_of(scenario), {"email en": week}) == "opens: Sat 10:00–14:00"


def test_closing_hours_leaves_shifts_alone_and_says_so():
    scenario = desk()
    week = painted(masks_of(scenario)["email en"], block(range(5), 16, 18), is_open=False)
    changes = changes_of(scenario, {"email en": week})
    assert set(changes) == {"opening_hours"}
    assert change_text(masks_of(scenario), {"email en": week}) == "closes: Mon–Fri 16:00–18:00"


def test_nothing_painted_is_a_sentence():
    scenario = desk()
    with pytest.raises(ScenarioError, match="no hour was changed"):
        changes_of(scenario, masks_of(scenario))
    with pytest.raises(ScenarioError, match="open already"):
        step(grown(scenario, "always"), "weekdays")


def test_shifts_that_nobody_stated_follow_the_hours():
    assert shifts_reaching(Scenario.from_text("people: 5"), {0, 15, 30}) is None
