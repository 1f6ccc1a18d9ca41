"""Duty on call by hand: across clock changes, and with last period's duties."""

from __future__ import annotations

from datetime import date

from planner.rules import REGISTRY


def rule(name, **settings):
    return REGISTRY[name](**settings)


def test_on_call_is_measured_in_hours_that_pass(person):
    spring = person(days=14, first_day=date(2026, 3, 23))
    free = "-" * 5
    # 19:00 on Saturday to 07:00 on Sunday is 11 h where the clocks go forward.
    assert spring.broken(rule("on_call_rest", hours=12), free + "CC" + "-" * 7) == [60]
    autumn = person(days=14, first_day=date(2026, 10, 19))
    assert autumn.broken(rule("on_call_rest", hours=13), free + "CC" + "-" * 7) == []
    [found] = spring.check(rule("on_call_rest", hours=12), spring.tour(free + "CC"))
    assert str(found.message) == (
        "Anna, 2026-03-29: 11 h between the last duty on call and the one at 07:00, at least 12 h are needed"
    )


def test_on_call_goes_on(person):
    assert person(carried="------K").broken(rule("on_call_rest", hours=12), "C------") == [720]
    assert person(carried="------C").broken(rule("on_call_rest", hours=12), "C------") == []
    thursday = {"days": 4, "first_day": date(2026, 3, 5)}
    assert person(**thursday, carried="KKK").broken(rule("max_on_call", duties=3), "-C--") == [1]
    assert person(**thursday).broken(rule("max_on_call", duties=3), "-C--") == []
    assert person(carried="KKKKKKK").broken(rule("max_on_call", duties=1), "--C----") == []


def test_on_call_of_a_week_begun_over_its_limit(person):
    anna = person(days=4, first_day=date(2026, 3, 5), carried="KKK")
    made = rule("max_on_call", duties=1)
    found = anna.check(made, anna.tour("-C--"))
    assert [(v.amount, v.before_period) for v in found] == [(2, True), (1, False)]
    assert anna.read(made, anna.tour("-C--")) == 1


def test_on_call_a_month_is_counted_over_the_period(person):
    made = rule("max_on_call", duties=10, per="month")
    anna = person(days=35, carried="KKKKKKK")
    [shape] = made.shapes(anna.calendar)
    assert (shape.first, shape.last, shape.most, shape.carried) == (0, 34, 11, 0)
    [found] = anna.check(made, anna.tour("C-K-C-K" * 5))
    assert (found.amount, found.unit, found.day) == (9, "shift", date(2026, 3, 22))
    assert str(found.message) == (
        "Anna, 2026-03-22: 20 duties on call in 35 days, the limit is 11 (10 a month)"
    )


def test_limits_of_week_and_month_both_hold(person):
    from planner.rules import rules_for

    said = [{"max_on_call": {"duties": 3}}, {"max_on_call": {"duties": 10, "per": "month"}}]
    rules = rules_for(person().team, said)["Anna"]
    assert [(r.duties, r.per) for r in rules if r.name == "max_on_call"] == [(3, "week"), (10, "month")]
