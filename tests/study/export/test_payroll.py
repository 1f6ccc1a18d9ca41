"""hours.csv and hours_cost.csv, on cases small enough to reckon by hand."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner._errors import InputError
from planner._messages import catalogue, speaking
from planner.people import Agent, Site, Team
from planner.rota import PayrollTerms, Rota, Shift, ShiftType, pay_terms
from planner.rules import calendars, left_to_work
from planner.study import Scenario
from planner.study.export import Dossier, dossier_of
from planner.study.export.pay_month import PayMonth
from planner.study.export.payroll import payroll
from planner.study.hours_columns import BUCKETS
from planner.study.tables import csv_text, read_csv

ROME = Site("Rome", "Europe/Rome", "IT", night_premium=0.25, sunday_premium=0.2)
ANNA = Agent("Anna", "Rome", "Europe/Rome", {}, cost_per_hour=14.0, payroll_id="0012", grade="senior")
BO = Agent(
    *("Bo", "Rome", "Europe/Rome", {}),
    weekly_minutes=1200,
    cost_per_hour=12.0,
    payroll_id="0013",
    unavailable=frozenset({date(2026, 3, 26)}),
)
MARCH, APRIL = PayMonth(2026, 3), PayMonth(2026, 4)
MONDAY = date(2026, 3, 23)


def shift(agent, start, hours, day=None, **more):
    """A shift by local start on the clock of Rome, and elapsed hours."""
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("Europe/Rome"))
    at = begins.astimezone(UTC)
    end = at + timedelta(hours=hours)
    return Shift(at, agent, end, day or begins.date(), "day", "Europe/Rome", **more)


def dossier(*shifts, agents=(ANNA, BO), site=ROME, first_day=MONDAY, days=14, holiday=0.5, **more):
    """A plan of some people of Rome."""
    team = Team(tuple(agents), (site,))
    rota = Rota("Desk", first_day, days, tuple(a.name for a in agents), tuple(sorted(shifts)))
    terms = pay_terms(team, {site.name: holiday})
    return Dossier("Desk", "Europe/Rome", "EUR", rota, team, terms, **more)


def rows(made, file="hours.csv"):
    return list(csv.DictReader(io.StringIO(made.files[file].decode("utf-8"))))


def row(made, agent):
    return next(each for each in rows(made) if each["agent"] == agent)


def filled(each):
    """Buckets of a row that are not empty, as h:mm."""
    return {name: each[f"{name}_time"] for name in BUCKETS if each[f"{name}_time"] != "0:00"}


def told(made):
    return "\n".join(str(each) for each in made.notices)


TWO_WEEKS = (
    # 9:00 to 17:30 with half an hour's break: 8 h by day.
    shift("Anna", "2026-03-24 09:00", 8.5, break_minutes=30),
    # Saturday 22:00 to Sunday 6:00, clocks go forward: 2 h of Saturday night, 5 h of Sunday night.
    shift("Anna", "2026-03-28 22:00", 7),
    # The last night of March: 2 h are March's, 6 h April's.
    shift("Anna", "2026-03-31 22:00", 8),
    # On call from Friday 18:00 to Saturday 8:00, 15 % pay; 8 h of it at night.
    shift("Bo", "2026-03-27 18:00", 14, kind="on_call", pay_share=0.15, counted=False),
    shift("Bo", "2026-03-30 10:00", 2, kind="training"),
)


def test_a_month_reckoned_by_hand():
    made = payroll([dossier(*TWO_WEEKS)], MARCH)
    anna, bo = rows(made)
    assert filled(anna) == {"ordinary_day": "8:00", "ordinary_night": "4:00", "sunday_night": "5:00"}
    assert (anna["total_time"], anna["total_hours"]) == ("17:00", "17.0000")
    assert (anna["nights"], anna["days_worked"]) == ("2", "3")
    # 23 to 27, 30 and 31 March: seven working days of 8 h, and of 4 h.
    assert (anna["contract_hours"], anna["balance_hours"]) == ("56.0000", "-39.0000")
    assert filled(bo) == {"on_call": "14:00", "training": "2:00"}
    assert (bo["total_time"], bo["counted_hours"], bo["leave_credit_hours"]) == ("16:00", "2.0000", "4.0000")
    assert (bo["contract_hours"], bo["balance_hours"]) == ("28.0000", "-22.0000")
    assert (bo["nights"], bo["days_worked"], bo["days_covered"]) == ("0", "1", "9")


GOLDEN = """\
schema_version,month,first_day,last_day,site,grade,bucket,people,hours,time,base_pay,premiums,total,currency,not_included
1,2026-03,2026-03-01,2026-03-31,Rome,no grade,on_call,1,14.0000,14:00,25.20,3.60,28.80,EUR,
1,2026-03,2026-03-01,2026-03-31,Rome,no grade,training,1,2.0000,2:00,24.00,0.00,24.00,EUR,
1,2026-03,2026-03-01,2026-03-31,Rome,senior,ordinary_day,1,8.0000,8:00,112.00,0.00,112.00,EUR,
1,2026-03,2026-03-01,2026-03-31,Rome,senior,ordinary_night,1,4.0000,4:00,56.00,14.00,70.00,EUR,
1,2026-03,2026-03-01,2026-03-31,Rome,senior,sunday_night,1,5.0000,5:00,70.00,31.50,101.50,EUR,
"""


def test_the_cost_of_that_month():
    """14 EUR: 4 h at 25 % are 14, 5 h at 45 % are 31.50. 12 EUR x 15 %: 8 of 14 h at 25 % are 3.60."""
    made = payroll([dossier(*TWO_WEEKS)], MARCH)
    assert made.files["hours_cost.csv"].decode("utf-8") == GOLDEN
    assert list(made.files) == ["hours.csv", "hours_cost.csv"]


def test_the_hours_file_of_that_month_byte_for_byte():
    text = payroll([dossier(*TWO_WEEKS)], MARCH).files["hours.csv"].decode("utf-8").splitlines()
    assert text[1] == (
        "1,2026-03,2026-03-01,2026-03-31,Anna,0012,Rome,8.0000,8:00,4.0000,4:00,0.0000,0:00,5.0000,5:00,"
        "0.0000,0:00,0.0000,0:00,0.0000,0:00,0.0000,0:00,0.0000,0:00,17.0000,17:00,2,3,17.0000,0.0000,"
        "0.0000,56.0000,-39.0000,9"
    )
    assert text[0].startswith(
        "schema_version,month,first_day,last_day,agent,payroll_id,site,ordinary_day_hours"
    )
    assert len(text) == 3


def test_the_files_read_back(tmp_path):
    made = payroll([dossier(*TWO_WEEKS)], MARCH)
    for name, content in made.files.items():
        (tmp_path / name).write_bytes(content)
        assert csv_text(name, read_csv(tmp_path / name)).encode("utf-8") == content


def test_what_is_left_goes_into_the_next_month():
    made = payroll([dossier(*TWO_WEEKS)], APRIL)
    assert filled(row(made, "Anna")) == {"ordinary_night": "6:00"}
    assert row(made, "Anna")["nights"] == "0"  # it began in March and was counted there
    assert row(made, "Anna")["days_worked"] == "0"


def test_a_night_on_which_clocks_go_back_has_nine_hours():
    night = shift("Anna", "2026-10-24 22:00", 9)
    made = payroll([dossier(night, first_day=date(2026, 10, 19), days=7)], PayMonth(2026, 10))
    assert filled(row(made, "Anna")) == {"ordinary_night": "2:00", "sunday_night": "7:00"}
    cost = {each["bucket"]: (each["base_pay"], each["premiums"]) for each in rows(made, "hours_cost.csv")}
    assert cost == {"ordinary_night": ("28.00", "7.00"), "sunday_night": ("98.00", "44.10")}


def test_a_public_holiday_on_a_sunday_is_a_public_holiday():
    easter = shift("Anna", "2026-04-05 18:00", 8)  # to Easter Monday, 2:00
    made = payroll([dossier(easter)], APRIL)
    assert filled(row(made, "Anna")) == {"holiday_day": "4:00", "holiday_night": "4:00"}


def test_a_meeting_is_work_and_training_is_training_on_a_sunday_too():
    meeting = shift("Anna", "2026-03-29 10:00", 2, kind="meeting")
    training = shift("Anna", "2026-03-29 14:00", 3, kind="training")
    made = payroll([dossier(meeting, training)], MARCH)
    assert filled(row(made, "Anna")) == {"sunday_day": "2:00", "training": "3:00"}


SIX_DAYS = tuple(shift("Anna", f"2026-03-{day} 10:00", 8) for day in range(24, 30))


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        # Tuesday to Sunday, 8 h each: Sunday's are the last eight of 48.
        ("full time", {"ordinary_day": "40:00", "overtime": "8:00"}),
        ("none", {"ordinary_day": "40:00", "sunday_day": "8:00"}),
        (45 * 60, {"ordinary_day": "40:00", "sunday_day": "5:00", "overtime": "3:00"}),
        (38 * 60, {"ordinary_day": "38:00", "overtime": "10:00"}),
        (48 * 60, {"ordinary_day": "40:00", "sunday_day": "8:00"}),
    ],
)
def test_the_last_hours_of_a_week_are_overtime(above, expected):
    made = payroll([dossier(*SIX_DAYS, payroll=PayrollTerms(1, above))], MARCH)
    assert filled(row(made, "Anna")) == expected
    assert row(made, "Anna")["total_time"] == "48:00"


def test_overtime_keeps_its_known_premiums_and_has_none_of_its_own():
    """3 h of Sunday's 8 at 20 %: 42.00 and 8.40 of 112.00 and 22.40."""
    made = payroll([dossier(*SIX_DAYS, payroll=PayrollTerms(1, 45 * 60))], MARCH)
    (line,) = (each for each in rows(made, "hours_cost.csv") if each["bucket"] == "overtime")
    assert (line["base_pay"], line["premiums"], line["total"]) == ("42.00", "8.40", "50.40")
    assert line["not_included"] == "overtime premium"
    (line,) = (each for each in rows(made, "hours_cost.csv") if each["bucket"] == "sunday_day")
    assert (line["base_pay"], line["premiums"], line["total"]) == ("70.00", "14.00", "84.00")
    assert "the overtime premium for 3:00 h; its base pay is" in told(made)


def test_overtime_above_the_contract_of_each():
    work = [shift("Bo", f"2026-03-{day} 10:00", 8) for day in (24, 25, 27)]
    plan = dossier(*work, payroll=PayrollTerms(1, "contract"))
    assert filled(row(payroll([plan], MARCH), "Bo")) == {"ordinary_day": "20:00", "overtime": "4:00"}


def test_on_call_brings_no_overtime():
    on_call = shift("Anna", "2026-03-29 20:00", 10, kind="on_call", counted=False)
    made = payroll([dossier(*SIX_DAYS[:5], on_call)], MARCH)
    assert filled(row(made, "Anna")) == {"ordinary_day": "40:00", "on_call": "10:00"}


def test_a_week_that_the_month_cuts_is_counted_whole():
    """Monday 30 March to Saturday 4 April, 8 h each: the last eight of 48 are Saturday's, in April."""
    days = [date(2026, 3, 30) + timedelta(days=step) for step in range(6)]
    plan = dossier(*(shift("Anna", f"{day} 09:00", 8) for day in days))
    assert filled(row(payroll([plan], MARCH), "Anna")) == {"ordinary_day": "16:00"}
    assert filled(row(payroll([plan], APRIL), "Anna")) == {"ordinary_day": "24:00", "overtime": "8:00"}


def test_a_sunday_night_belongs_to_the_week_in_which_it_begins():
    """Five nights from Wednesday: 40 h of that week, none of the next, and so no overtime."""
    nights = [shift("Anna", f"2026-04-{day:02} 22:00", 8) for day in (1, 2, 3, 4, 5)]
    week = [shift("Anna", f"2026-04-{day:02} 22:00", 8) for day in (7, 8, 9, 10, 11)]
    made = payroll([dossier(*nights, *week, days=28)], APRIL)
    assert "overtime" not in filled(row(made, "Anna"))


def test_from_the_21st_to_the_20th_across_two_plans():
    april = PayMonth(2026, 4, 21)
    terms = PayrollTerms(21)
    first = dossier(shift("Anna", "2026-04-05 20:00", 8), first_day=date(2026, 3, 16), days=21, payroll=terms)
    second = dossier(shift("Anna", "2026-04-20 20:00", 8), first_day=date(2026, 4, 6), days=21, payroll=terms)
    for order in ([first, second], [second, first]):
        made = payroll(order, april)
        anna = row(made, "Anna")
        # Easter 20:00 to 4:00: 2 h by day, 6 h at night, all public holidays; 20 April: 4 h of 8.
        assert filled(anna) == {
            **{"ordinary_day": "2:00", "ordinary_night": "2:00"},
            **{"holiday_day": "2:00", "holiday_night": "6:00"},
        }
        assert (anna["first_day"], anna["last_day"], anna["days_covered"]) == (
            "2026-03-21",
            "2026-04-20",
            "31",
        )
        # 21 working days from 23 March to 20 April, Easter Monday one of them.
        assert (anna["contract_hours"], anna["holiday_credit_hours"]) == ("168.0000", "8.0000")
        assert "no plan covers" not in told(made)


def test_shifts_that_two_plans_have_alike_count_once():
    one = dossier(*TWO_WEEKS)
    published = tuple(replace(each, status="published") for each in TWO_WEEKS if each.day.day >= 30)
    other = dossier(*published, first_day=date(2026, 3, 30), days=7)
    assert payroll([one, other], MARCH).files == payroll([one], MARCH).files
    assert payroll([other, one], MARCH).files == payroll([one], MARCH).files
    assert payroll([one, one], MARCH).files == payroll([one], MARCH).files


def test_shifts_at_the_same_time_are_refused_with_both_times():
    twice = shift("Bo", "2026-03-24 22:00", 8)
    of = dossier(shift("Anna", "2026-03-24 09:00", 8), shift("Anna", "2026-03-24 15:00", 4), twice, twice)
    with pytest.raises(InputError) as told_so:
        payroll([of], MARCH)
    text = str(told_so.value)
    assert "Anna (2026-03-24 09:00–17:00 and 2026-03-24 15:00–19:00, Europe/Rome)" in text
    assert "Bo (2026-03-24 22:00–06:00 and 2026-03-24 22:00–06:00, Europe/Rome)" in text
    assert "Remove a row that stands twice" in text


def test_a_night_that_runs_into_a_shift_of_the_next_plan_is_refused():
    before = dossier(shift("Anna", "2026-04-05 22:00", 9))
    early, late = shift("Anna", "2026-04-06 06:00", 8), shift("Anna", "2026-04-06 07:00", 8)
    after = {at: dossier(at, first_day=MONDAY + timedelta(days=14)) for at in (early, late)}
    with pytest.raises(InputError, match="2026-04-05 22:00–07:00 and 2026-04-06 06:00–14:00"):
        payroll([before, after[early]], APRIL)
    assert payroll([before, after[late]], APRIL).files


def test_work_may_lie_within_a_duty_on_call_but_no_other_duty_on_call():
    on_call = shift("Anna", "2026-03-24 18:00", 12, kind="on_call", pay_share=0.25, counted=False)
    called = shift("Anna", "2026-03-24 20:00", 2)
    assert filled(row(payroll([dossier(on_call, called)], MARCH), "Anna"))["on_call"] == "12:00"
    with pytest.raises(InputError, match="overlap"):
        payroll([dossier(on_call, called, on_call)], MARCH)


def test_shifts_that_differ_are_refused_with_people_and_days():
    one = dossier(*TWO_WEEKS)
    other = dossier(
        shift("Anna", "2026-03-31 21:00", 8), shift("Bo", "2026-04-01 09:00", 4),
        first_day=date(2026, 3, 30), days=7,
    )  # fmt: skip
    with pytest.raises(InputError) as error:
        payroll([one, other], MARCH)
    assert str(error.value) == (
        "Desk (2026-03-23 – 2026-04-05) and Desk (2026-03-30 – 2026-04-05) have different shifts for the "
        "same days: Anna 2026-03-31, Bo 2026-03-30, 2026-04-01. Correct rota.csv in the folder that is "
        "wrong, or give only the plan that was worked"
    )


@pytest.mark.parametrize("other", [{"break_minutes": 15}, {"pay_share": 0.5}, {"kind": "training"}])
def test_what_is_paid_otherwise_differs(other):
    one, two = (
        dossier(shift("Anna", "2026-03-24 09:00", 8.5, **more)) for more in ({"break_minutes": 30}, other)
    )
    with pytest.raises(InputError, match="Anna 2026-03-24"):
        payroll([one, two], MARCH)


def test_where_a_break_lies_and_what_a_shift_is_called_is_not_paid():
    work = shift("Anna", "2026-03-24 09:00", 8.5, break_minutes=30)
    other = replace(work, name="early", break_start=work.start + timedelta(hours=4), status="locked")
    assert payroll([dossier(work), dossier(other)], MARCH).files == payroll([dossier(work)], MARCH).files


def test_plans_of_other_people_for_the_same_days_go_together():
    rome = dossier(TWO_WEEKS[0], agents=(ANNA,))
    bo = dossier(TWO_WEEKS[4], agents=(BO,))
    assert [each["agent"] for each in rows(payroll([rome, bo], MARCH))] == ["Anna", "Bo"]


def test_carried_shifts_are_not_paid_again():
    carried = replace(TWO_WEEKS[2], status="carried")
    later = dossier(carried, TWO_WEEKS[0], first_day=date(2026, 4, 1), days=7)
    assert filled(row(payroll([later], APRIL), "Anna")) == {}
    made = payroll([dossier(TWO_WEEKS[2], days=9), later], APRIL)
    assert filled(row(made, "Anna")) == {"ordinary_night": "6:00"}


def test_a_shift_that_is_all_break_is_no_line():
    nothing = shift("Anna", "2026-03-24 09:00", 0.5, break_minutes=30)
    made = payroll([dossier(nothing)], MARCH)
    assert filled(row(made, "Anna")) == {}
    assert rows(made, "hours_cost.csv") == []


def test_several_currencies_are_refused():
    with pytest.raises(InputError, match=r"several currencies .* EUR, .* GBP\. Give the plans of one"):
        payroll([dossier(), replace(dossier(first_day=date(2026, 4, 6)), currency="GBP")], MARCH)


def test_several_cut_offs_are_refused():
    other = dossier(first_day=date(2026, 4, 6), payroll=PayrollTerms(21))
    with pytest.raises(InputError, match=r"month_from_day 1, .*month_from_day 21"):
        payroll([dossier(), other], MARCH)


def test_one_id_of_two_people_is_refused_and_two_of_one():
    twins = dossier(agents=(ANNA, replace(BO, payroll_id="0012")))
    with pytest.raises(InputError, match="payroll id 0012 belongs to Anna, Bo"):
        payroll([twins], MARCH)
    later = dossier(agents=(replace(ANNA, payroll_id="99"),), first_day=date(2026, 4, 6))
    with pytest.raises(InputError, match=r"Anna has more than one payroll id \(0012, 99\)"):
        payroll([dossier(), later], MARCH)


def test_a_month_without_a_plan_is_refused():
    with pytest.raises(InputError, match=r"no.* day of 2026-08 \(2026-08-01 to 2026-08-31\)"):
        payroll([dossier(*TWO_WEEKS)], PayMonth(2026, 8))


def test_days_that_no_plan_covers_are_listed():
    made = payroll([dossier(*TWO_WEEKS)], MARCH)
    assert "no plan covers 2026-03-01 – 2026-03-22: hours, credits" in told(made)
    assert "went on after midnight" not in told(made)
    later = dossier(*TWO_WEEKS[2:3], agents=(ANNA,), first_day=date(2026, 3, 30), days=7)
    made = payroll([dossier(TWO_WEEKS[0], agents=(BO,), days=7), later], MARCH)
    assert "no plan with Anna covers 2026-03-01 – 2026-03-29" in told(made)
    assert "no plan with Bo covers 2026-03-01 – 2026-03-22, 2026-03-30 – 2026-03-31" in told(made)


def test_a_night_that_may_come_from_the_month_before_is_told():
    april = dossier(first_day=date(2026, 4, 1), days=30)
    assert "no plan covers 2026-03-31: if a shift that began then" in told(payroll([april], APRIL))
    before = dossier(shift("Anna", "2026-03-31 22:00", 8), days=9)
    made = payroll([before, april], APRIL)
    assert "2026-03-31" not in told(made)
    assert filled(row(made, "Anna")) == {"ordinary_night": "6:00"}


def test_a_week_of_which_plans_have_a_part_is_told():
    wednesday = dossier(shift("Anna", "2026-04-02 09:00", 8), first_day=date(2026, 4, 1), days=14)
    assert "of those that begin on 2026-03-30" in told(payroll([wednesday], APRIL))
    new = dossier(
        shift("Anna", "2026-04-02 09:00", 8),
        agents=(replace(ANNA, available_from=date(2026, 4, 1)),), first_day=date(2026, 4, 1), days=12,
    )  # fmt: skip
    assert "overtime is told" not in told(payroll([new], APRIL))
    without = replace(wednesday, payroll=PayrollTerms(1, "none"))
    assert "overtime is told" not in told(payroll([without], APRIL))


def test_people_who_come_and_go_owe_their_days_only():
    new = replace(ANNA, available_from=date(2026, 3, 26))
    made = payroll([dossier(agents=(new, BO))], MARCH)
    assert row(made, "Anna")["contract_hours"] == "32.0000"  # Thursday, Friday, Monday, Tuesday
    assert row(made, "Anna")["days_covered"] == "6"
    assert row(made, "Anna")["leave_credit_hours"] == "0.0000"
    new = replace(ANNA, available_from=MONDAY)
    assert "no plan with Bo covers 2026-03-01" in told(payroll([dossier(agents=(new, BO))], MARCH))
    assert "no plan with Anna" not in told(payroll([dossier(agents=(new, BO))], MARCH))
    gone = replace(ANNA, available_until=date(2026, 3, 20))
    assert [each["agent"] for each in rows(payroll([dossier(agents=(gone, BO))], MARCH))] == ["Bo"]


def test_hours_and_contract_that_change_between_plans():
    half = dossier(agents=(replace(ANNA, weekly_minutes=1200),), first_day=date(2026, 3, 30), days=7)
    made = payroll([dossier(agents=(ANNA,), days=7), half], MARCH)
    assert row(made, "Anna")["contract_hours"] == "48.0000"  # five days of 8 h, two of 4 h


LEAVE = frozenset({date(2026, 4, day) for day in (2, 3, 4, 6, 7)})


def test_credits_of_leave_and_of_a_public_holiday():
    """Of these days Saturday counts nothing, Easter Monday is a public holiday, three days are leave."""
    plan = dossier(agents=(replace(ANNA, unavailable=LEAVE), BO), days=28)
    anna = row(payroll([plan], APRIL), "Anna")
    assert (anna["leave_credit_hours"], anna["holiday_credit_hours"]) == ("24.0000", "8.0000")
    assert (anna["total_hours"], anna["counted_hours"]) == ("0.0000", "0.0000")
    assert (anna["contract_hours"], anna["balance_hours"]) == ("104.0000", "-72.0000")


TYPES = (ShiftType("long", (480,), 630, 30), ShiftType("short", (480,), 240))


@pytest.mark.parametrize(("counts", "day"), [("average day", 480), ("planned shift", 600)])
def test_credits_are_those_of_the_rules(counts, day):
    site = replace(ROME, leave_counts=counts)
    agent = replace(ANNA, unavailable=LEAVE)
    plan = dossier(agents=(agent,), site=site, first_day=date(2026, 3, 30), days=14, shift_types=TYPES)
    found = row(payroll([plan]), "Anna")
    credits_ = [float(found[f"{kind}_credit_hours"]) * 60 for kind in ("leave", "holiday")]
    assert credits_ == [3 * day, day]
    calendar = calendars(plan.team, TYPES, date(2026, 3, 30), 14)["Anna"]
    assert float(found["balance_hours"]) * -60 == left_to_work(calendar, 0, 13, 2400, 2)


def test_a_contract_that_no_five_days_divide_stays_exact_to_the_minute():
    agent = replace(ANNA, weekly_minutes=2281)  # 456.2 minutes a day, seven days: 3193.4
    found = row(payroll([dossier(agents=(agent,))], MARCH), "Anna")
    assert found["contract_hours"] == f"{3193 / 60:.4f}"


def test_premiums_that_nobody_stated_are_named():
    site = replace(ROME, night_premium=None, sunday_premium=None)
    made = payroll([dossier(*TWO_WEEKS, site=site, holiday=None)], MARCH)
    lines = {each["bucket"]: each["not_included"] for each in rows(made, "hours_cost.csv")}
    assert lines == {
        "on_call": "night premium",
        "training": "",
        "ordinary_day": "",
        "ordinary_night": "night premium",
        "sunday_night": "night premium, Sunday premium",
    }
    assert "premiums for Rome: night, Rome: Sunday" in told(made)
    assert "premiums for" not in told(payroll([dossier(*TWO_WEEKS)], MARCH))


def test_a_premium_of_nothing_is_known():
    site = replace(ROME, night_premium=0.0, sunday_premium=0.0)
    made = payroll([dossier(*TWO_WEEKS, site=site, holiday=0.0)], MARCH)
    assert not any(each["not_included"] for each in rows(made, "hours_cost.csv"))


def test_the_highest_premium_where_a_site_says_so():
    """Sunday night: 25 % instead of 45 % of 70 EUR."""
    made = payroll([dossier(*TWO_WEEKS, site=replace(ROME, premiums="highest"))], MARCH)
    (line,) = (each for each in rows(made, "hours_cost.csv") if each["bucket"] == "sunday_night")
    assert (line["base_pay"], line["premiums"]) == ("70.00", "17.50")


def test_pay_that_can_be_read_is_told():
    made = payroll([dossier(*TWO_WEEKS)], MARCH)
    assert '"senior" in Rome is one person' in told(made)
    assert '"no grade" in Rome is one person' in told(made)
    plain = [replace(agent, grade="") for agent in (ANNA, BO)]
    both = dossier(*TWO_WEEKS, shift("Bo", "2026-03-24 09:00", 4), agents=plain)
    made = payroll([both], MARCH)
    assert {each["grade"] for each in rows(made, "hours_cost.csv")} == {"all"}
    assert "one person alone has all hours of ordinary nights, Sunday nights, on call, training" in told(made)
    alike = [shift(name, "2026-03-24 09:00", 4) for name in ("Anna", "Bo")]
    assert "can be read" not in told(payroll([dossier(*alike, agents=plain)], MARCH))


def test_no_money_stands_beside_a_name():
    header = rows(payroll([dossier(*TWO_WEEKS)], MARCH))[0]
    assert not [name for name in header if "cost" in name or "pay_" in name or "premium" in name]
    costs = payroll([dossier(*TWO_WEEKS)], MARCH).files["hours_cost.csv"].decode("utf-8")
    assert "Anna" not in costs


def test_people_without_an_id_are_named_and_left_out_of_the_rows():
    made = payroll([dossier(*TWO_WEEKS, agents=(ANNA, replace(BO, payroll_id="")))], MARCH)
    assert [each["agent"] for each in rows(made)] == ["Anna"]
    assert [str(each) for each in made.lacking] == [
        "hours.csv: no payroll id of Bo: write it into the team's payroll_id"
    ]
    assert sum(float(each["hours"]) for each in rows(made, "hours_cost.csv")) == 33


def test_an_id_that_one_plan_knows_is_enough():
    later = dossier(agents=(replace(ANNA, payroll_id=""), BO), first_day=date(2026, 4, 6))
    for plans in ([dossier(*TWO_WEEKS), later], [later, dossier(*TWO_WEEKS)]):
        made = payroll(plans, APRIL)
        assert made.lacking == ()
        assert row(made, "Anna")["payroll_id"] == "0012"


def test_where_nobody_has_an_id_names_do():
    agents = [replace(agent, payroll_id="") for agent in (ANNA, BO)]
    made = payroll([dossier(*TWO_WEEKS, agents=agents)], MARCH)
    assert made.lacking == ()
    assert len(rows(made)) == 2
    assert "nobody has a payroll id" in told(made)


def test_a_partners_people_are_not_on_the_payroll():
    seat = replace(BO, site="Partner", outside=True, unavailable=frozenset())
    team = Team((ANNA, seat), (ROME, Site("Partner", "Europe/Rome")))
    own = dossier(*TWO_WEEKS)
    plan = replace(own, team=team, terms=pay_terms(team, {"Rome": 0.5}), payroll=PayrollTerms(1, 60))
    made = payroll([plan], MARCH)
    assert [each["agent"] for each in rows(made)] == ["Anna"]
    assert "people of a partner are not on this payroll: Bo" in told(made)
    assert [each["bucket"] for each in rows(made, "hours_cost.csv") if each["site"] == "Partner"] == [
        "on_call",
        "training",
    ]
    assert '"no grade" in Partner' not in told(made)
    assert "Partner: night" not in told(made)


def test_formulas_are_defused_and_ids_are_not_touched():
    eve = replace(ANNA, name='=HYPERLINK("x")', grade="@senior", payroll_id="007")
    made = payroll([dossier(shift(eve.name, "2026-03-24 09:00", 4), agents=(eve, BO))], MARCH)
    (first, _) = rows(made)
    assert (first["agent"], first["payroll_id"]) == ('\'=HYPERLINK("x")', "007")
    assert rows(made, "hours_cost.csv")[0]["grade"] == "'@senior"
    for file in made.files:
        for each in rows(made, file):
            for cell in each.values():
                assert cell[:1] not in "=@\t\r" or not cell
                assert not cell.startswith(("+", "-")) or float(cell) <= 0


def test_a_whole_period_and_what_goes_on_after_it():
    """Without a month the last night is whole, though its end lies in the next period."""
    last = shift("Anna", "2026-04-05 22:00", 8)
    made = payroll([dossier(*TWO_WEEKS, last)])
    assert filled(row(made, "Anna")) == {
        "ordinary_day": "8:00",
        "ordinary_night": "10:00",
        "sunday_night": "5:00",
        "holiday_night": "8:00",
    }
    assert (row(made, "Anna")["month"], row(made, "Anna")["last_day"]) == ("", "2026-04-05")
    assert "no plan covers" not in told(made)


def test_two_whole_periods_stand_one_after_the_other():
    later = dossier(shift("Bo", "2026-04-07 09:00", 4), first_day=date(2026, 4, 6))
    found = rows(payroll([later, dossier(*TWO_WEEKS)]))
    assert [(each["agent"], each["first_day"], each["total_time"]) for each in found] == [
        ("Anna", "2026-03-23", "23:00"),
        ("Bo", "2026-03-23", "16:00"),
        ("Anna", "2026-04-06", "0:00"),
        ("Bo", "2026-04-06", "4:00"),
    ]


def test_whole_periods_that_overlap_pay_nothing_twice():
    later = dossier(*TWO_WEEKS[2:3], TWO_WEEKS[4], first_day=date(2026, 3, 30), days=14)
    found = rows(payroll([dossier(*TWO_WEEKS), later]))
    assert [(each["agent"], each["total_time"], each["nights"], each["days_worked"]) for each in found] == [
        ("Anna", "23:00", "2", "3"),
        ("Bo", "16:00", "0", "1"),
        ("Anna", "0:00", "0", "0"),
        ("Bo", "0:00", "0", "0"),
    ]
    assert [each["days_covered"] for each in found] == ["14", "14", "7", "7"]


def test_the_same_plans_give_the_same_bytes_in_every_language():
    plans = [dossier(*TWO_WEEKS), dossier(first_day=date(2026, 4, 6))]
    english = payroll(plans, MARCH)
    with speaking("it"):
        italian = payroll(plans, MARCH)
        assert "nessun piano copre" in told(italian)
    assert english.files == italian.files
    assert payroll(plans[::-1], MARCH).files == english.files


def test_every_sentence_of_payroll_is_in_both_languages():
    english, italian = (
        {code: words for code, words in catalogue(language).items() if code.startswith("payroll.")}
        for language in ("en", "it")
    )
    assert english.keys() == italian.keys()
    assert all(english[code] != italian[code] for code in english if "{agent} {days}" not in english[code]
               and code != "payroll.premium")  # fmt: skip


def test_whoever_was_not_hired_has_no_row():
    desk = Scenario.from_text("people: 2\nhires: {types: [{languages: en, max: 2}]}\nsolve: {hire: yes}")
    ana, bo, one, two = (agent.name for agent in desk.team.agents)
    begins = datetime(2026, 6, 2, 8, tzinfo=UTC)
    work = Shift(begins, one, begins + timedelta(hours=8), begins.date(), "day", "UTC")
    plan = dossier_of(desk, Rota("Desk", desk.first_day, desk.days, (ana, bo, one, two), (work,)))
    assert plan.rota.agents == tuple(agent.name for agent in plan.team.agents) == (ana, bo, one)
    assert [each["agent"] for each in rows(payroll([plan]))] == [ana, bo, one]
