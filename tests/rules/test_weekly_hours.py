"""Weekly hours by hand: what a contract asks for in weeks of leave, holidays and closed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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
