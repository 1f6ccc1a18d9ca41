"""A break within the paid hours counts for the law of breaks."""

from dataclasses import replace

from planner.rules import REGISTRY, load_pack, longest_break


def test_a_paid_break_counts_where_the_kind_of_shift_says_so(person):
    anna = person()
    paid = replace(anna, types=tuple(replace(kind, paid_break_minutes=20) for kind in anna.types))
    for minutes, broken in ((20, []), (30, [1, 1])):
        rule = REGISTRY["break_law"](after=6, minutes=minutes)
        assert paid.broken(rule, "D-N") == broken
        assert paid.read(rule, paid.tour("D-N")) == len(broken)
        assert anna.broken(rule, "D-N") == [1, 1]


def test_the_longest_break_that_law_asks_for():
    assert longest_break(load_pack("pt").rules, 480) == 60
    assert longest_break(load_pack("pt").rules, 300) == 0
    assert longest_break(load_pack("good-practice").rules, 480) == 0
