"""Weekly hours by hand: what a contract asks for in weeks of leave, holidays and closed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from planner.rules import REGISTRY

CONTRACT = {"at_most": "contract", "at_least": "contract"}


def rule(name, **settings):
    return REGISTRY[name](**settings)


class TestWeeklyHours:
    def limits(self, anna):
        [week] = rule("weekly_hours", **CONTRACT).shapes(anna.calendar)
        return week.least, week.most

    def test_whole_shifts_of_a_contract_that_they_do_not_divide(self, person):
        assert self.limits(person(weekly_minutes=38 * 60)) == (32 * 60, 38 * 60)

    @pytest.mark.parametrize(
        ("away", "hours"),
        [
            ([date(2026, 3, 4)], 32),
            ([date(2026, 3, 4), date(2026, 3, 5)], 24),
            ([date(2026, 3, 7), date(2026, 3, 8)], 40),  # a free weekend is no credit
            ([date(2026, 3, day) for day in range(2, 9)], 0),
        ],
    )
    def test_leave_is_credited_from_monday_to_friday(self, person, away, hours):
        assert self.limits(person(unavailable=frozenset(away))) == (hours * 60, hours * 60)

    def test_holiday_on_leave_is_credited_once(self, person):
        easter = {"first_day": date(2026, 4, 6), "holidays": "Rome"}
        assert self.limits(person(**easter)) == (1920, 1920)
        assert self.limits(person(**easter, unavailable=frozenset({date(2026, 4, 6)}))) == (1920, 1920)

    def test_days_outside_the_contract_are_credited(self, person):
        assert self.limits(person(available_from=date(2026, 3, 5))) == (960, 960)

    def test_a_short_night_does_not_make_the_week_impossible(self, person):
        spring = person(first_day=date(2026, 3, 23))
        assert self.limits(spring) == (39 * 60, 40 * 60)
        assert spring.broken(rule("weekly_hours", **CONTRACT), "DD-DDN-") == []
        assert spring.broken(rule("weekly_hours", **CONTRACT), "DD-D-N-") == [480]
        autumn = person(first_day=date(2026, 10, 19))
        assert self.limits(autumn) == (33 * 60, 40 * 60)
        assert autumn.broken(rule("weekly_hours", **CONTRACT), "DD-D-N-") == []
        assert autumn.broken(rule("weekly_hours", **CONTRACT), "DD-DDN-") == [60]

    def test_nothing_is_asked_of_days_on_which_no_shift_is_given(self, person):
        weekend = [date(2026, 3, 7), date(2026, 3, 8)]
        assert self.limits(person(closed=weekend)) == (40 * 60, 40 * 60)
        assert self.limits(person(closed=[*weekend, date(2026, 3, 6)])) == (32 * 60, 40 * 60)
        two = [date(2026, 3, 2), date(2026, 3, 6), *weekend]
        assert self.limits(person(closed=two)) == (24 * 60, 40 * 60)
        assert self.limits(person(closed=two, unavailable=frozenset({date(2026, 3, 3)}))) == (960, 32 * 60)
        assert person(closed=two).broken(rule("weekly_hours", **CONTRACT), "-DDD---") == []
        assert person(closed=two).broken(rule("weekly_hours", **CONTRACT), "-DD----") == [480]
        assert person(closed=two).broken(rule("weekly_hours", at_least="38 h"), "-DDD---") == []
        all_week = [date(2026, 3, day) for day in range(2, 9)]
        assert person(closed=all_week).broken(rule("weekly_hours", **CONTRACT), "-------") == []

    def test_a_holiday_of_the_site_that_is_closed_is_credited_and_feasible(self, person):
        easter = {"first_day": date(2026, 4, 6), "holidays": "Rome"}
        closed = [date(2026, 4, 6), date(2026, 4, 11), date(2026, 4, 12)]
        assert self.limits(person(**easter, closed=closed)) == (1920, 1920)
        good_friday = [*closed, date(2026, 4, 10)]  # closed for customers, no holiday of the site
        assert self.limits(person(**easter, closed=good_friday)) == (1440, 1920)

    def test_lengths_that_are_given_on_some_days_only(self, person):
        anna = person(weekly_minutes=36 * 60)
        short = replace(anna.types[0], name="short", present_minutes=240)
        week = [("Europe/Rome", date(2026, 3, day)) for day in range(2, 9)]
        only_monday = replace(short, not_on=frozenset(week[1:]))
        not_monday = tuple(replace(kind, not_on=frozenset(week[:1] + week[5:])) for kind in anna.types)
        here = replace(anna, types=(*not_monday, only_monday))
        assert self.limits(here) == (36 * 60, 36 * 60)  # 4 on Monday and four times 8
        assert self.limits(replace(here, types=not_monday)) == (32 * 60, 36 * 60)

    def test_a_short_night_on_a_closed_day_is_no_way_out(self, person):
        spring = person(first_day=date(2026, 3, 23), closed=[date(2026, 3, 28), date(2026, 3, 29)])
        assert self.limits(spring) == (40 * 60, 40 * 60)

    def test_on_call_does_not_count(self, person):
        anna = person()
        duties = [replace(shift, kind="on_call", counted=False) for shift in anna.tour("-----DD")]
        assert anna.check(rule("weekly_hours", **CONTRACT), [*anna.tour("DDDDD"), *duties]) == ()


class TestCutWeeks:
    """The period begins on a Wednesday and ends on a Tuesday."""

    def limits(self, anna):
        return [(week.least, week.most) for week in rule("weekly_hours", **CONTRACT).shapes(anna.calendar)]

    def test_parts_of_a_week_leave_room_for_the_whole_contract(self, person):
        first, *_, last = self.limits(person(days=14, first_day=date(2026, 3, 4)))
        assert first == (24 * 60, 2400 * 5 // 7)  # three working days of five, five days of seven
        assert last == (8 * 60, 40 * 60)  # all of it may be worked by Tuesday: the next period holds to it

    def test_the_first_week_is_whole_where_it_is_known(self, person):
        first, *_ = self.limits(person(days=14, first_day=date(2026, 3, 4), carried="DD"))
        assert first == (40 * 60, 40 * 60)

    def test_a_weekend_alone_may_be_worked_but_is_not_asked_for(self, person):
        first, *_ = self.limits(person(days=9, first_day=date(2026, 3, 7)))
        assert first == (0, 2400 * 2 // 7)

    def test_a_period_that_repeats_has_no_open_end(self, person):
        assert self.limits(person(days=10, cyclic=True))[1] == (960, 2400 * 3 // 5)


class TestAveragedOverThePeriod:
    def limits(self, anna):
        [period] = rule("weekly_hours", **CONTRACT, per="period").shapes(anna.calendar)
        return period.least, period.most

    def test_weeks_may_differ_as_long_as_the_period_fits(self, person):
        anna = person(days=14)
        assert self.limits(anna) == (80 * 60, 80 * 60)
        averaged = rule("weekly_hours", **CONTRACT, per="period")
        assert anna.broken(averaged, "DDDDDD-DDDD---") == []
        assert anna.broken(averaged, "DDDDDD-DDDDD--") == [480]
        assert anna.broken(averaged, "DDDDDD-DDD----") == [480]

    @pytest.mark.parametrize(("surplus", "hours"), [(480, 72), (-480, 88), (9000, 0)])
    def test_what_the_ledger_carries_is_worked_off(self, person, surplus, hours):
        calendar = replace(person(days=14).calendar, balances=(("surplus_minutes", surplus),))
        [period] = rule("weekly_hours", **CONTRACT, per="period").shapes(calendar)
        assert (period.least, period.most) == (hours * 60, hours * 60)

    def test_leave_is_credited_and_numbers_are_a_week(self, person):
        away = frozenset({date(2026, 3, 4), date(2026, 3, 5)})
        assert self.limits(person(days=14, unavailable=away)) == (64 * 60, 64 * 60)
        [period] = rule("weekly_hours", at_most="44 h", per="period").shapes(person(days=14).calendar)
        assert (period.least, period.most) == (None, 88 * 60)


class TestCredits:
    """A day of leave counts as an average day of the contract, or as the shift that was planned."""

    def limits(self, anna):
        [week] = rule("weekly_hours", **CONTRACT).shapes(anna.calendar)
        return week.least, week.most

    def counted(self, anna, leave_counts):
        site = replace(anna.team.sites[0], leave_counts=leave_counts)
        return replace(anna, team=replace(anna.team, sites=(site,)))

    def test_part_timers_days_are_worth_what_they_would_have_worked(self, person):
        away = frozenset({date(2026, 3, 4)})
        anna = person(weekly_minutes=24 * 60, unavailable=away)
        assert self.limits(self.counted(anna, "average day")) == (16 * 60, 24 * 60 * 4 // 5)
        assert self.limits(self.counted(anna, "planned shift")) == (16 * 60, 16 * 60)
        week = frozenset(date(2026, 3, day) for day in range(2, 9))
        assert self.limits(self.counted(person(unavailable=week), "planned shift")) == (0, 0)

    @pytest.mark.parametrize("leave_counts", ["average day", "planned shift"])
    def test_two_days_of_leave_never_make_a_contract_impossible(self, person, leave_counts):
        asked = rule("weekly_hours", **CONTRACT)
        for contract in range(8, 49):
            for first, second in combinations(range(7), 2):
                away = frozenset(date(2026, 3, 2 + day) for day in (first, second))
                anna = person(weekly_minutes=contract * 60, unavailable=away)
                anna = self.counted(anna, leave_counts)
                least, most = self.limits(anna)
                shifts = -(-least // 480)
                free = [day for day in range(7) if day not in (first, second)]
                assert shifts <= min(5, len(free))
                letters = "".join("D" if day in free[:shifts] else "-" for day in range(7))
                assert least <= shifts * 480 <= most
                if contract % 8 == 0:
                    assert anna.broken(asked, letters) == []
