"""Rules by hand: this rule, these shifts, this much broken. Monday to Sunday unless said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.rules import REGISTRY, Run, Sum, amounts, calendars, judge

RULES = REGISTRY
CONTRACT = {"at_most": "contract", "at_least": "contract"}


def rule(name, **settings):
    return RULES[name](**settings)


@pytest.mark.parametrize(
    ("name", "settings", "letters", "broken"),
    [
        ("one_shift_a_day", {}, "D-B----", [1, 120]),  # day and late on one day overlap by two hours
        ("minimum_rest", {"hours": 11}, "LD-----", [60]),  # 22:00 to 08:00
        ("minimum_rest", {"hours": 11}, "L-D----", []),
        ("minimum_rest", {"hours": 11}, "NL-----", [180]),  # 06:00 to 14:00
        ("weekly_rest", {"hours": 35}, "DD-DDDD", []),  # Tuesday 16:00 to Thursday 08:00 are 40 h
        ("weekly_rest", {"hours": 35}, "DDNDDDD", [1]),
        ("weekly_rest", {"hours": 35}, "DDDDDL-", [1]),  # from Saturday 22:00 to Sunday 24:00 are 26 h
        ("two_days_off_together", {}, "DD-DD-D", [1]),
        ("two_days_off_together", {}, "D--DDDD", []),
        ("two_days_off_together", {}, "-DDDDD-", [1]),  # Sunday and Monday are of two weeks
        ("max_days_in_row", {"days": 5}, "DDDDDD-", [1]),
        ("max_days_in_row", {"days": 2}, "DDD-DDD", [1, 1]),
        ("days_off_in_row", {"days": 2}, "D-DD-DD", [1, 1]),
        ("days_off_in_row", {"days": 3}, "--D--D-", [1]),  # edges are open
        ("max_nights_in_row", {"nights": 2}, "NNNDNNN", [1, 1]),
        ("max_nights_in_row", {"nights": 2, "night_means": 9}, "NNNDNNN", []),
        ("max_nights", {"nights": 8}, "N-N----", [1]),  # 8 a month are one in a week
        ("max_nights", {"nights": 8}, "N-L-D--", []),
        ("max_nights", {"nights": 1}, "NNN----", [2]),  # never below one
        ("max_nights", {"nights": 8, "night_means": 9}, "NNNDNNN", []),
        ("weekly_hours", {"at_most": "contract"}, "DDDDDD-", [480]),
        ("weekly_hours", {"at_most": "contract", "at_least": "contract"}, "DDD----", [960]),
        ("weekly_hours", {"at_least": "20 h"}, "DD-----", [240]),
        ("shifts_a_week", {"at_most": 3}, "DDDDD--", [2]),
        ("shifts_a_week", {"at_least": (6,)}, "DDDDD--", [1]),
        ("on_call_rest", {"hours": 12}, "KC-----", [720]),  # from 19:00 to 19:00 the next day
        ("on_call_rest", {"hours": 12}, "KKCC--C", [720]),  # 12 h between nights, and between days
        ("on_call_rest", {"hours": 12}, "C-NC---", []),
        ("on_call_rest", {"hours": 12}, "KD-----", []),  # work is another rule's matter
        ("max_on_call", {"duties": 2}, "CKC-KDN", [2]),
        ("max_on_call", {"duties": 2, "per": "week"}, "C--DDDK", []),
        ("max_on_call", {"duties": 10, "per": "month"}, "C-K-C--", [1]),  # two in a week
        ("max_weekends", {"weekends": 0}, "-----DD", [1]),
        ("max_weekends", {"weekends": 0}, "----N--", []),  # begins on Friday
        ("max_shift_length", {"hours": 7}, "D--N---", [1, 1]),
    ],
)
def test_one_week(person, name, settings, letters, broken):
    anna = person()
    found = anna.broken(rule(name, **settings), letters)
    assert found == broken
    assert anna.read(rule(name, **settings), anna.tour(letters)) == sum(found)


def test_eleven_hours_on_the_wall_are_ten_of_rest(person, shift_at):
    anna = person(days=14, first_day=date(2026, 3, 23))
    shifts = [
        shift_at("2026-03-28 12:30", "2026-03-28 20:30"),
        shift_at("2026-03-29 07:30", "2026-03-29 15:30"),
    ]
    [found] = anna.check(rule("minimum_rest", hours=11), shifts)
    assert (found.amount, found.unit, found.day) == (60, "minute", date(2026, 3, 29))
    assert (
        str(found.message)
        == "Anna, 2026-03-29: 10 h of rest before the shift at 07:30, at least 11 h are needed"
    )
    autumn = person(days=14, first_day=date(2026, 10, 19))
    shifts = [
        shift_at("2026-10-24 13:30", "2026-10-24 21:30"),
        shift_at("2026-10-25 07:30", "2026-10-25 15:30"),
    ]
    assert autumn.check(rule("minimum_rest", hours=11), shifts) == ()  # 10 h on the wall, 11 in fact


def test_nights_are_measured_in_time_that_passes(person, shift_at):
    anna = person(first_day=date(2026, 3, 23))
    # 00:00 to 04:00 on the wall; three hours pass, all of them night.
    change = shift_at("2026-03-29 00:00", "2026-03-29 04:00")
    assert len(anna.check(rule("max_nights_in_row", nights=1), [change])) == 0
    twice = [shift_at("2026-03-28 00:00", "2026-03-28 03:15"), change]
    assert [v.amount for v in anna.check(rule("max_nights_in_row", nights=1), twice)] == [1]
    assert anna.read(rule("max_nights_in_row", nights=1), twice) == 1
    assert anna.check(rule("max_nights_in_row", nights=1, night_means="3 h 15 min"), twice) == ()


@pytest.mark.parametrize(
    ("nights", "days", "most"),
    [(8, 35, 9), (8, 28, 7), (8, 7, 1), (2, 7, 1), (6, 35, 6), (487, 16, 256), (30, 31, 30)],
)
def test_nights_a_month_are_scaled_to_the_period(nights, days, most):
    assert rule("max_nights", nights=nights).most_in(days) == most


def test_too_many_nights_are_told_on_the_first_one_too_many(person):
    [found] = person().check(rule("max_nights", nights=8), person().tour("N-ND-N-"))
    assert (found.day, found.amount, found.unit) == (date(2026, 3, 4), 2, "shift")
    assert str(found.message) == ("Anna, 2026-03-04: 3 night shifts in 7 days, the limit is 1 (8 a month)")


def test_nights_of_last_period_do_not_count_in_this_one(person):
    anna = person(carried="NNN-")
    assert anna.broken(rule("max_nights", nights=8), "N------") == []
    assert anna.broken(rule("max_nights", nights=8), "NN-----") == [1]


def test_nights_a_month_in_a_cycle(person):
    week = person(cyclic=True)
    assert week.broken(rule("max_nights", nights=8), "N-----N") == [1]
    assert week.read(rule("max_nights", nights=8), week.tour("N-----N")) == 1


class TestCarriedOver:
    def test_rest_counts_from_last_periods_shift(self, person):
        assert person(carried="------L").broken(rule("minimum_rest", hours=11), "D------") == [60]
        assert person(carried="-----L-").broken(rule("minimum_rest", hours=11), "D------") == []

    def test_runs_go_on(self, person):
        assert person(carried="-DDDD").broken(rule("max_days_in_row", days=5), "DDD-DDD") == [2]
        assert person(carried="DDDD-").broken(rule("max_days_in_row", days=5), "DDD-DDD") == []

    def test_a_limit_broken_before_is_told_apart_and_grows_no_further(self, person):
        anna = person(carried="-DDDDDDD")  # seven of five
        free = anna.check(rule("max_days_in_row", days=5), anna.tour("-------"))
        assert [(v.amount, v.before_period) for v in free] == [(2, True)]
        assert str(free[0].message).startswith("before this period: Anna")
        more = anna.check(rule("max_days_in_row", days=5), anna.tour("DD-----"))
        assert [(v.amount, v.before_period) for v in more] == [(2, True), (2, False)]
        [run] = rule("max_days_in_row", days=5).shapes(anna.calendar)
        assert isinstance(run, Run)
        assert run.carried == 7
        assert anna.read(rule("max_days_in_row", days=5), anna.tour("DD-----")) == 2

    def test_days_off_begun_before_are_counted(self, person):
        assert person(carried="D-").broken(rule("days_off_in_row", days=2), "D------") == [1]
        assert person(carried="D-").broken(rule("days_off_in_row", days=2), "-D-----") == []
        assert person(carried="D-").broken(rule("days_off_in_row", days=3), "-D-----") == [1]
        assert person(carried="---").broken(rule("days_off_in_row", days=9), "-D-----") == []

    def test_nothing_carried_is_an_open_edge(self, person):
        free = person(carried="---")
        [run] = rule("days_off_in_row", days=9).shapes(free.calendar)
        assert run.carried is None
        assert free.read(rule("days_off_in_row", days=9), free.tour("-D-----")) == 0
        [run] = rule("max_days_in_row", days=5).shapes(free.calendar)
        assert run.carried == 0

    def test_leave_and_weekends_of_a_week_begun(self, person):
        begun = {"days": 3, "first_day": date(2026, 3, 6), "carried": "D---"}
        hours = rule("weekly_hours", at_most="contract")
        off = {date(2026, 3, 3), date(2026, 3, 4)}
        [week] = hours.shapes(person(**begun, unavailable=frozenset(off)).calendar)
        assert (week.carried, week.most) == (480, 24 * 60)
        sunday = person(
            days=1, first_day=date(2026, 3, 8), carried="-", unavailable=frozenset({date(2026, 3, 7)})
        )
        [week] = hours.shapes(sunday.calendar)
        assert week.most == 40 * 60

    def test_shifts_of_a_week_begun(self, person):
        anna = person(days=2, first_day=date(2026, 3, 7), carried="DDD--")
        assert anna.broken(rule("shifts_a_week", at_least=5), "D-") == [1]
        assert anna.broken(rule("shifts_a_week", at_most=3), "D-") == [1]
        for limits in ({"at_least": 6}, {"at_most": 2}):
            found = anna.check(rule("shifts_a_week", **limits), anna.tour("D-"))
            judged = sum(v.amount for v in found if not v.before_period)
            assert anna.read(rule("shifts_a_week", **limits), anna.tour("D-")) == judged == 1
        unknown = person(days=2, first_day=date(2026, 3, 7))
        assert unknown.broken(rule("shifts_a_week", at_least=5), "--") == []

    def test_fewer_shifts_are_asked_of_a_week_with_closed_days(self, person):
        closed = [date(2026, 3, day) for day in (2, 6, 7, 8)]
        assert person(closed=closed).broken(rule("shifts_a_week", at_least=5), "-DDD---") == []
        assert person(closed=closed).broken(rule("shifts_a_week", at_least=5), "-D-D---") == [1]

    def test_week_already_begun(self, person):
        thursday = date(2026, 3, 5)
        hours = rule("weekly_hours", at_most="contract", at_least="contract")
        anna = person(days=4, first_day=thursday, carried="DDD")
        assert anna.broken(hours, "DD--") == []
        assert anna.broken(hours, "DDD-") == [480]
        assert anna.broken(hours, "D---") == [480]
        [week] = hours.shapes(anna.calendar)
        assert isinstance(week, Sum)
        assert (week.carried, week.least, week.most) == (1440, 2400, 2400)
        unknown = person(days=4, first_day=thursday)  # four sevenths of 40 h, in whole shifts
        [week] = hours.shapes(unknown.calendar)
        assert (week.least, week.most) == (960, 1371)

    def test_hours_beyond_the_limit_before_the_period(self, person):
        anna = person(days=2, first_day=date(2026, 3, 7), carried="DDDDD")
        found = anna.check(rule("weekly_hours", at_most="32 h"), anna.tour("D-"))
        assert [(v.amount, v.before_period) for v in found] == [(480, True), (480, False)]

    def test_rest_of_a_week_begun(self, person):
        anna = person(days=4, first_day=date(2026, 3, 5), carried="--D")
        assert anna.broken(rule("weekly_rest", hours=35), "DDDD") == []  # Monday and Tuesday
        worked = person(days=4, first_day=date(2026, 3, 5), carried="DDD")
        assert worked.broken(rule("weekly_rest", hours=35), "DDDD") == [1]
        assert worked.broken(rule("two_days_off_together"), "DD-D") == [1]
        assert worked.broken(rule("two_days_off_together"), "D--D") == []

    def test_a_night_that_reaches_into_the_week_breaks_its_rest(self, person):
        # Free from Monday 06:00 to Tuesday 14:00 is 32 h; from midnight it would be 38.
        letters = "-LDDDDD"
        assert person(carried="------N").broken(rule("weekly_rest", hours=35), letters) == [1]
        assert person(carried="------D").broken(rule("weekly_rest", hours=35), letters) == []


class TestCyclic:
    def test_runs_and_rests_go_round(self, person):
        week = person(cyclic=True)
        assert week.broken(rule("max_days_in_row", days=4), "DDD--DD") == [1]
        assert week.broken(rule("max_days_in_row", days=9), "DDDDDDD") == [7]
        assert week.broken(rule("days_off_in_row", days=2), "-DDDDDD") == [1]
        assert week.broken(rule("minimum_rest", hours=11), "D-----L") == [60]
        assert week.broken(rule("weekly_rest", hours=35), "-LDDDDN") == [1]
        assert week.broken(rule("on_call_rest", hours=12), "C-----K") == [720]

    def test_nothing_is_carried(self, person):
        week = person(cyclic=True, carried="DDDDDDD")
        assert week.calendar.carried == ()
        assert week.broken(rule("max_days_in_row", days=5), "DD-----") == []


class TestJudge:
    def test_shifts_come_from_calendars_if_not_given(self, person):
        anna = person(carried="------L")
        people = calendars(anna.team, [], anna.first_day, 7, anna.carried)
        rules = {"Anna": (rule("minimum_rest", hours=11),)}
        alone = judge(anna.rota("D------"), anna.team, people, rules)
        assert [v.amount for v in alone] == [60]
        assert judge(anna.rota("D------"), anna.team, people, rules, anna.carried) == alone

    def test_days_are_read_from_the_clock_not_from_the_label(self, person):
        anna = person()
        moved = [replace(shift, day=date(2026, 3, 2)) for shift in anna.tour("DDD----")]
        assert anna.check(rule("one_shift_a_day"), moved) == ()

    def test_shapes_leave_on_call_alone(self, person):
        anna = person()
        duty = replace(anna.tour("N")[0], kind="on_call")
        for name in ("minimum_rest", "weekly_rest", "max_days_in_row", "max_nights_in_row", "shifts_a_week"):
            made = rule(name, **RULES[name].examples[0])
            assert anna.check(made, [duty]) == anna.check(made, [])
            assert all(amounts(shape, anna.calendar, []) == 0 for shape in made.shapes(anna.calendar)) or (
                name == "shifts_a_week"
            )


@pytest.mark.parametrize(
    ("name", "settings", "price"),
    [
        ("max_nights_in_row", {"nights": 3, "penalty": 40}, 4000),
        ("minimum_rest", {"hours": 11, "penalty": "6"}, 10),  # 6 an hour are 10 cents a minute
        ("minimum_rest", {"hours": 11, "penalty": "0.10"}, 1),
        ("minimum_rest", {"hours": 11, "penalty": 0}, 0),
        ("minimum_rest", {"hours": 11}, None),
    ],
)
def test_price_of_a_unit(name, settings, price):
    assert rule(name, **settings).price == price
