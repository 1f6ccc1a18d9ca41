"""Rules by hand where last period's shifts count, or had broken them before."""

from __future__ import annotations

from datetime import date

from planner.rules import REGISTRY


def rule(name, **settings):
    return REGISTRY[name](**settings)


def agreed(anna, made, shifts):
    """Amounts inside the period, by the judge; the shapes must come to the same."""
    found = [v.amount for v in anna.check(made, shifts) if not v.before_period]
    assert anna.read(made, shifts) == sum(found)
    return found


def before(anna, made, letters):
    """Amounts that carried-over shifts alone break."""
    found = anna.check(made, anna.tour(letters))
    assert all(str(v.message).startswith("before this period") for v in found if v.before_period)
    return [v.amount for v in found if v.before_period]


class TestCarriedOver:
    def test_nights_of_last_period_ask_for_rest(self, person):
        anna = person(carried="----NNN")
        assert agreed(anna, rule("rest_after_nights", hours=46), anna.tour("-D-----")) == [1200]
        assert agreed(anna, rule("days_off_after_nights", days=2), anna.tour("-D-----")) == [1]
        assert agreed(anna, rule("forward_rotation", days=2), anna.tour("-D-----")) == [1]
        late = rule("forbidden_successions", after="night", not_then="late", days=3)
        assert agreed(anna, late, anna.tour("--L----")) == [1]

    def test_short_rests_of_a_week_begun_count(self, person):
        thursday = person(days=4, first_day=date(2026, 3, 5), carried="LDL")
        once = rule("quick_returns", shorter_than=11, at_most=1, per="week")
        assert agreed(thursday, once, thursday.tour("-LD-")) == [1]
        exact = rule("quick_returns", shorter_than=10, at_most=1, per="week")
        assert agreed(thursday, exact, thursday.tour("LS--")) == []  # last period's were 10 h
        never = rule("quick_returns", shorter_than=11, at_most=0, per="week")
        assert before(thursday, never, "----") == [1]
        assert agreed(thursday, never, thursday.tour("D---")) == [1]

    def test_blocks_go_on(self, person):
        anna = person(carried="-----DD")
        assert agreed(anna, rule("min_days_in_row", days=3), anna.tour("-------")) == [1]
        assert agreed(anna, rule("min_days_in_row", days=3), anna.tour("D------")) == []
        assert agreed(anna, rule("shift_blocks", shifts="day", at_most=3), anna.tour("DDD----")) == [2]
        assert agreed(person(), rule("min_days_in_row", days=3), anna.tour("D------")) == []

    def test_a_block_that_leave_cuts_off_is_not_held_against_anyone(self, person):
        anna = person(carried="------D", unavailable=frozenset({date(2026, 3, 3)}))
        asked = rule("min_days_in_row", days=3)
        assert agreed(anna, asked, anna.tour("D------")) == []
        assert before(anna, asked, "D------") == [1]

    def test_days_off_go_on(self, person):
        anna = person(carried="DD-----")
        assert agreed(anna, rule("max_days_off_in_row", days=6), anna.tour("--D-DDD")) == [1]
        assert before(anna, rule("max_days_off_in_row", days=4), "D--DD-D") == [1]

    def test_leave_is_neither_on_nor_off(self, person):
        leave = frozenset(date(2026, 3, day) for day in (4, 5, 6))
        asked = rule("max_days_off_in_row", days=2)
        anna = person(carried="D--", unavailable=leave)
        assert agreed(anna, asked, anna.tour("DD---D-")) == []
        assert agreed(anna, asked, anna.tour("-D-----")) == [1]  # before leave three, after it two
        assert before(person(carried="D---", unavailable=leave), asked, "DD---D-") == [1]
        longer = person(days=9, unavailable=leave)
        assert agreed(longer, asked, longer.tour("DD------D")) == [1]
        wish = rule("requests", want="on", weekdays="tue, wed", penalty=5)
        assert agreed(anna, wish, anna.tour("-------")) == [1]

    def test_weeks_of_nights_go_on(self, person):
        asked = rule("max_night_weeks_in_row", weeks=2)
        fortnight = person(days=14, carried="---N---" + "------N")
        assert agreed(fortnight, asked, fortnight.tour("-------" + "-N-----")) == []
        assert agreed(fortnight, asked, fortnight.tour("N------" + "-------")) == [1]
        assert agreed(fortnight, asked, fortnight.tour("N------" + "-N-----")) == [2]

    def test_a_week_begun_with_nights_was_too_many_before(self, person):
        asked = rule("max_night_weeks_in_row", weeks=2)
        thursday = person(days=11, first_day=date(2026, 3, 19), carried="--N----" + "--N----" + "N--")
        assert agreed(thursday, asked, thursday.tour("N---" + "-------")) == []
        assert before(thursday, asked, "----" + "-------") == [1]
        assert agreed(thursday, asked, thursday.tour("----" + "N------")) == [1]

    def test_weekends_go_on(self, person):
        sunday = person(days=8, first_day=date(2026, 3, 8), carried="D-----D")
        asked = rule("max_weekends_in_row", weekends=1)
        assert agreed(sunday, asked, sunday.tour("D-------")) == []  # Saturday has marked this weekend
        assert agreed(sunday, asked, sunday.tour("D------D")) == [1]
        assert agreed(sunday, rule("max_sundays_in_row", sundays=1), sunday.tour("D-------")) == [1]
        assert agreed(sunday, rule("whole_weekends"), sunday.tour("--------")) == [1]
        assert agreed(sunday, rule("whole_weekends"), sunday.tour("D-------")) == []

    def test_months_and_fortnights_begun(self, person):
        anna = person(days=7, first_day=date(2026, 3, 9), carried="DDD----")
        month = rule("shifts_of_type", shifts="day", at_most=4, per="month")
        assert agreed(anna, month, anna.tour("DD-----")) == [1]
        fortnight = rule("period_hours", at_most="24 h", per="fortnight")
        assert agreed(anna, fortnight, anna.tour("DDD----")) == []  # two weeks from this Monday on
        begun = person(days=11, first_day=date(2026, 3, 5), carried="DDD")
        whole = rule("period_hours", at_least="40 h", at_most="40 h", per="fortnight")
        assert agreed(begun, whole, begun.tour("D---------D")) == []
        assert agreed(begun, whole, begun.tour("----------D")) == [480]
        assert before(begun, rule("period_hours", at_most="16 h", per="fortnight"), "-----------") == [480]

    def test_a_month_begun_too_long_ago_is_asked_for_nothing(self, person):
        asked = rule("shifts_of_type", shifts="day", at_least=9, per="month")
        fortnight = person(days=16, first_day=date(2026, 3, 16), carried="-" * 13 + "D")
        assert agreed(fortnight, asked, fortnight.tour("D")) == []
        whole = person(days=27, first_day=date(2026, 3, 5), carried="D--D")
        assert agreed(whole, asked, whole.tour("D")) == [6]  # with those of 1 and 4 March

    def test_overtime_of_a_contract_over_two_weeks(self, person):
        anna = person(days=14)
        asked = rule("overtime", above="contract", per="fortnight", penalty=4)
        assert agreed(anna, asked, anna.tour("DDDDDD-DDDDD--")) == [480]
        assert agreed(anna, asked, anna.tour("DDDDDD-DDDD---")) == []

    def test_sundays_of_a_month_begun(self, person):
        march = {"days": 7, "first_day": date(2026, 3, 23)}
        free = rule("free_sundays", sundays=4, per="month")
        anna = person(**march, carried="D------" * 3)  # 2 to 22 March, three Sundays off
        assert agreed(anna, free, anna.tour("------D")) == []
        worked = person(**march, carried="------D" * 3)
        assert before(worked, free, "-------") == [1]
        assert agreed(worked, free, worked.tour("------D")) == [1]

    def test_rest_that_is_lost_already_is_not_asked(self, person):
        sunday = person(days=8, first_day=date(2026, 3, 8), carried="DDDDDD")
        asked = rule("rest_every", hours=36)
        assert before(sunday, asked, "--------") == [1]  # of Sunday's week 32 h are left at most
        assert agreed(sunday, asked, sunday.tour("--------")) == []
        for name, settings in (("weekly_rest", {"hours": 36}), ("two_days_off_together", {})):
            assert before(sunday, rule(name, **settings), "--------") == [1]
            assert agreed(sunday, rule(name, **settings), sunday.tour("D-------")) == []
        pooled = rule("pooled_weekly_rest", hours=36)
        assert agreed(person(days=8, carried="DDDDDDD"), pooled, ()) == []

    def test_starts_of_a_week_begun(self, person):
        anna = person(days=4, first_day=date(2026, 3, 5), carried="DL-")
        asked = rule("stable_starts", hours=2)
        assert before(anna, asked, "----") == [240]
        assert agreed(anna, asked, anna.tour("DL--")) == []
        assert agreed(anna, asked, anna.tour("N---")) == [480]
