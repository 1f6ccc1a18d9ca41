"""More rules by hand: wishes, windows, successions, blocks, months, and clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from planner._errors import InputError
from planner.rules import REGISTRY, read_rules, unknown_shifts


def rule(name, **settings):
    return REGISTRY[name](**settings)


def agreed(anna, made, shifts):
    """Amounts inside the period, by the judge; the shapes must come to the same."""
    found = [v.amount for v in anna.check(made, shifts) if not v.before_period]
    assert anna.read(made, shifts) == sum(found)
    return found


@pytest.mark.parametrize(
    ("name", "settings", "letters", "broken"),
    [
        ("requests", {"want": "off", "days": "2026-03-03", "penalty": 5}, "DDD----", [1]),
        ("requests", {"want": "off", "weekdays": "tue", "shifts": "night", "penalty": 5}, "DDD----", []),
        ("requests", {"want": "on", "weekdays": "tue, sun", "shifts": "night", "penalty": 5}, "-N--D-D", [1]),
        ("requests", {"want": "off", "weekdays": "mon", "penalty": 5}, "C------", [1]),  # on call too
        ("fixed_shifts", {"shifts": "day", "days": "2026-03-03, 2026-03-09"}, "-L-----", [1]),
        ("fixed_shifts", {"shifts": "day, late", "weekdays": "tue"}, "-L-----", []),
        ("fixed_shifts", {"shifts": "day", "weekdays": "tue", "start": "08:15"}, "-D-----", [1]),
        ("working_window", {"inside": "08:00-22:00"}, "DLN----", [1]),
        ("working_window", {"inside": "20:00-07:00"}, "DLN----", [1, 1]),
        ("working_window", {"outside": "21:45-22:00"}, "DLN----", [1]),
        ("working_window", {"outside": "05:00-09:00", "weekdays": "wed"}, "D-N---D", [1]),
        ("no_work_on", {"days": "wed"}, "-NDN---", [1]),
        ("no_work_on", {"days": "wed", "any_part": True}, "-NDN---", [1, 1]),
        ("allowed_shifts", {"only": "day"}, "DLC----", [1, 1]),
        ("allowed_shifts", {"never": "late"}, "DLC----", [1]),
        ("break_law", {"after": 6, "minutes": 60}, "PS-D---", [1]),
        ("break_law", {"after": 8, "minutes": 90}, "PS-D---", []),  # eight hours are not more than eight
        ("max_stretch", {"hours": 7}, "DSP----", [1]),
        ("max_night_length", {"hours": 7}, "DLN----", [1]),
        ("rest_after_nights", {"hours": 46}, "NN-D---", [1200]),  # from Wednesday 06:00 to Thursday 08:00
        ("rest_after_nights", {"hours": 46}, "NN--D--", []),
        ("days_off_after_nights", {"days": 2}, "NN-D---", [1]),
        ("days_off_after_nights", {"days": 2}, "N--C---", []),
        ("days_off_after_nights", {"days": 2}, "N-C-D--", [1]),
        ("forbidden_successions", {"after": "late", "not_then": "day"}, "LD-L-D-", [1]),
        ("forbidden_successions", {"after": "late", "not_then": "day", "days": 2}, "LD-L-D-", [2, 1]),
        ("forward_rotation", {}, "DLND---", [1]),
        ("forward_rotation", {}, "DLN-D--", []),
        ("forward_rotation", {"days": 2}, "LNN-L--", [1]),
        ("shift_change_after_days_off", {}, "DLLN-D-", [1, 1]),
        ("shift_change_after_days_off", {"turns": "04:00, 19:00"}, "DLLN-D-", [1]),
        ("quick_returns", {"shorter_than": 11, "at_most": 1}, "LDLDLD-", [2]),
        ("quick_returns", {"shorter_than": 10, "at_most": 0}, "LDLDLD-", []),  # 22:00 to 08:00 are not less
        ("min_days_in_row", {"days": 3}, "-D-DD-D", [2, 1]),
        ("max_days_off_in_row", {"days": 2}, "D---D--", [1]),
        ("min_nights_in_row", {"nights": 2}, "-N-NN-N", [1]),
        ("shift_blocks", {"shifts": "late", "at_least": 2, "at_most": 2}, "-LDLLL-", [1, 1]),
        ("max_early_in_row", {"days": 2, "before": "08:15"}, "DDDS-S-", [2]),
        ("max_early_in_row", {"days": 1, "before": "08:00"}, "DDDS-S-", []),
        ("max_long_in_row", {"days": 1, "hours": 8.5}, "PPDPP--", [1, 1]),
        ("period_hours", {"at_most": "32 h", "at_least": "20 h"}, "DDDDD--", [480]),
        ("period_hours", {"at_least": "20 h"}, "DC-----", [720]),  # on call does not count
        ("shifts_of_type", {"shifts": "night", "at_most": 1}, "N-N-N--", [2]),
        ("shifts_of_type", {"shifts": "night, late", "at_least": 3, "per": "week"}, "NL-----", [1]),
        ("whole_weekends", {}, "-----D-", [1]),
        ("whole_weekends", {}, "-----DN", []),
        ("overtime", {"above": "24 h", "penalty": 4}, "DDDD---", [480]),
        ("free_sundays", {"sundays": 1}, "------N", [1]),
        ("free_sundays", {"sundays": 4, "per": "month"}, "------D", []),  # a week's share of four is none
        ("pooled_weekly_rest", {"hours": 24}, "DDDDDDD", [1]),  # a week left over is asked for one
        ("rest_every", {"hours": 24, "days": 3}, "DDD-DDD", [1, 1]),
        ("stable_starts", {"hours": 4}, "DL-----", [120]),
    ],
)
def test_one_week(person, name, settings, letters, broken):
    anna = person()
    assert agreed(anna, rule(name, **settings), anna.tour(letters)) == broken


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("requests", {"want": "off", "days": "2026-03-03"}),
        ("requests", {"want": "off", "penalty": 5}),
        ("requests", {"want": "later", "weekdays": "mon", "penalty": 5}),
        ("fixed_shifts", {"shifts": "day"}),
        ("fixed_shifts", {"shifts": "", "weekdays": "mon"}),
        ("fixed_shifts", {"shifts": "day", "weekdays": "mon", "start": "08:10"}),
        ("working_window", {}),
        ("working_window", {"inside": "07:00-19:00", "outside": "12:00-13:00"}),
        ("working_window", {"inside": "00:00-24:00"}),
        ("working_window", {"inside": "07:05-19:00"}),
        ("allowed_shifts", {}),
        ("allowed_shifts", {"only": "day", "never": "night"}),
        ("forward_rotation", {"turns": "04:00"}),
        ("forward_rotation", {"turns": "11:00, 04:00"}),
        ("shift_blocks", {"shifts": "night"}),
        ("shift_blocks", {"shifts": "night", "at_least": 3, "at_most": 2}),
        ("shifts_of_type", {"shifts": "night"}),
        ("shifts_of_type", {"shifts": "night", "at_least": 3, "at_most": 2}),
        ("period_hours", {}),
        ("period_hours", {"at_least": "40 h", "at_most": "30 h"}),
        ("overtime", {"above": "40 h"}),
        ("rest_every", {"hours": 60, "days": 2}),
        ("no_work_on", {"days": "someday"}),
    ],
)
def test_settings_that_say_nothing_are_refused(name, settings):
    with pytest.raises(ValidationError):
        rule(name, **settings)


def test_mistakes_say_what_to_write():
    mistakes = [
        ({"requests": {"want": "off", "days": "3 April", "penalty": 1}}, "give dates like 2026-04-03"),
        ({"fixed_shifts": {"shifts": "", "weekdays": "mon"}}, "name one or more shifts, such as early, late"),
    ]
    for setting, problem in mistakes:
        with pytest.raises(InputError, match=problem):
            read_rules([setting])


def test_names_of_shifts_that_do_not_exist_are_told():
    settings = [
        {"shift_blocks": {"shifts": ["early", "nigth"], "at_most": 3}},
        {"break_law": {"after": "6 h", "minutes": 30}},
        {"forbidden_successions": {"after": "late", "not_then": "tea"}},
    ]
    assert [str(message) for message in unknown_shifts(["early", "late", "night"], settings)] == [
        'rules[0].shift_blocks.shifts: there is no shift "nigth"; did you mean night?',
        'rules[2].forbidden_successions.not_then: there is no shift "tea"; known here: early, late, night',
    ]


class TestClockChanges:
    """Rome goes forward on 29 March 2026 and back on 25 October 2026."""

    def test_rest_after_nights_is_time_that_passes(self, person):
        spring = person(days=7, first_day=date(2026, 3, 27))
        # Saturday 06:00 to Monday 08:00 is 50 h on the wall and 49 h of rest.
        assert agreed(spring, rule("rest_after_nights", hours=50), spring.tour("N--D---")) == [60]
        autumn = person(days=7, first_day=date(2026, 10, 23))
        assert agreed(autumn, rule("rest_after_nights", hours=51), autumn.tour("N--D---")) == []

    def test_a_night_of_eight_hours_has_seven_or_nine(self, person):
        autumn = person(days=7, first_day=date(2026, 10, 19))
        assert agreed(autumn, rule("max_night_length", hours=8), autumn.tour("----NN-")) == [1]
        spring = person(days=7, first_day=date(2026, 3, 23))
        assert agreed(spring, rule("break_law", after=7, minutes=10), spring.tour("----NN-")) == [1]
        assert agreed(spring, rule("period_hours", at_least="16 h"), spring.tour("----NN-")) == [60]

    def test_windows_follow_the_wall(self, person, shift_at):
        anna = person(days=7, first_day=date(2026, 3, 23))
        inside = rule("working_window", inside="22:00-06:00")
        shifts = [shift_at("2026-03-28 22:00", "2026-03-29 06:00")]
        assert agreed(anna, inside, shifts) == []
        outside = rule("working_window", outside="02:00-03:00")  # an hour that does not exist that night
        assert agreed(anna, outside, shifts) == []
        assert agreed(anna, outside, [shift_at("2026-03-27 22:00", "2026-03-28 06:00")]) == [1]

    def test_sunday_begins_at_midnight_where_that_is_skipped(self, person, shift_at):
        # Cairo skips midnight on Friday 24 April 2026: the day begins at 01:00.
        anna = person(days=7, first_day=date(2026, 4, 20), zone="Africa/Cairo")
        closed = rule("no_work_on", days="fri", any_part=True)
        ends = [shift_at(f"2026-04-{day} 16:00", f"2026-04-{day} 23:45", "Africa/Cairo") for day in (22, 23)]
        assert agreed(anna, closed, ends) == []
        late = [shift_at("2026-04-23 18:00", "2026-04-24 02:00", "Africa/Cairo")]
        assert agreed(anna, closed, late) == [1]

    def test_pooled_rest_over_the_clock_change(self, person):
        # Friday 16:00 to Sunday 08:00 is 40 h on the wall, 39 h of rest, and the only long one.
        anna = person(days=14, first_day=date(2026, 3, 16))
        letters = "DDDDDDDDDDDD-D"
        assert agreed(anna, rule("pooled_weekly_rest", hours=40), anna.tour(letters)) == [2]
        assert agreed(anna, rule("pooled_weekly_rest", hours=39), anna.tour(letters)) == [1]


class TestCyclic:
    def test_successions_and_blocks_go_round(self, person):
        week = person(cyclic=True)
        assert agreed(week, rule("forward_rotation"), week.tour("D-----N")) == [1]
        quick = rule("quick_returns", shorter_than=11, at_most=0)
        assert agreed(week, quick, week.tour("D-----L")) == [1]
        assert agreed(week, rule("days_off_after_nights", days=2), week.tour("-D---N-")) == []
        assert agreed(week, rule("rest_after_nights", hours=30), week.tour("D-----N")) == [1680]
        assert agreed(week, rule("min_days_in_row", days=3), week.tour("D--D--D")) == [2, 1]
        assert agreed(week, rule("max_weekends_in_row", weekends=2), week.tour("-----D-")) == [1]


def test_a_placed_break_is_for_the_judge(person, shift_at):
    """The shapes leave the place of a break to the shift type; the judge measures both parts."""
    anna = person()
    shift = shift_at("2026-03-02 09:00", "2026-03-02 18:00", break_minutes=60)
    for hours, broken in ((2.75, 1), (3.0, 0), (5.0, 0), (5.5, 1)):
        placed = replace(shift, break_start=shift.start + timedelta(hours=hours))
        found = anna.check(rule("max_stretch", hours=5), [placed])
        assert len(found) == broken
        assert anna.read(rule("max_stretch", hours=5), [placed]) == 0
    [found] = anna.check(rule("max_stretch", hours=5), [replace(shift, break_start=shift.start)])
    assert str(found.message) == "Anna, 2026-03-02: 8 h of work without a break, at most 5 h are allowed"


def test_free_holidays_are_those_of_the_site(person):
    easter = person(days=7, first_day=date(2026, 4, 3), holidays="Rome")
    assert agreed(easter, rule("max_public_holidays", holidays=1), easter.tour("--DD---")) == [1]
    assert agreed(easter, rule("no_work_on"), easter.tour("-N-D---")) == [1]
    assert agreed(easter, rule("no_work_on", any_part=True), easter.tour("-N-D---")) == [1, 1]
    lisbon = person(days=7, first_day=date(2026, 4, 3), holidays="Lisbon")
    assert agreed(lisbon, rule("no_work_on"), lisbon.tour("D--D---")) == [1]  # Good Friday, no Monday


def test_an_eve_after_the_period_counts(person):
    saturday = person(days=6)  # Monday to Saturday
    assert agreed(saturday, rule("no_work_on", days="sun", any_part=True), saturday.tour("-----N")) == [1]
