"""Layers: always, country, scenario; the stricter value wins, a derogation needs its reason."""

from __future__ import annotations

import pytest

from planner import _errors
from planner.people import Agent, Site, Team
from planner.rules import below_pack, load_pack, read_rules, rules_for


@pytest.fixture
def team() -> Team:
    """One person under Spanish rules, one under French, one under none."""
    sites = [
        Site(name, "Europe/Paris", country_rules=pack)
        for name, pack in (("ES", "es"), ("FR", "fr"), ("X", ""))
    ]
    agents = [Agent(site.name, site.name, site.zone, {}) for site in sites]
    return Team(tuple(agents), tuple(sites))


def values(rules, name, field):
    return [getattr(rule, field) for rule in rules if rule.name == name]


def test_what_holds_for_everyone(team):
    rules = rules_for(team, [])
    assert [rule.name for rule in rules["X"]] == [
        "one_shift_a_day",
        "unavailable",
        "no_nights",
        "weekly_hours",
    ]
    assert values(rules["X"], "weekly_hours", "at_most") == ["contract"]
    assert values(rules["X"], "weekly_hours", "at_least") == [None]


@pytest.mark.parametrize(("stated", "spain", "none"), [("9 h", 12, 9), ("13 h", 13, 13)])
def test_the_stricter_value_wins(team, stated, spain, none):
    rules = rules_for(team, [{"minimum_rest": {"hours": stated}}])
    assert values(rules["ES"], "minimum_rest", "hours") == [spain]
    assert values(rules["X"], "minimum_rest", "hours") == [none]


def test_a_derogation_with_its_reason_wins(team):
    settings = [{"minimum_rest": {"hours": "10 h", "derogation": "agreement of 2025, art. 4"}}]
    assert values(rules_for(team, settings)["ES"], "minimum_rest", "hours") == [10]
    assert below_pack(team, settings) == ()


def test_less_strict_without_a_reason_is_told(team):
    settings = [{"minimum_rest": {"hours": "9 h"}}, {"weekly_rest": {"hours": "48 h"}}]
    assert [str(message) for message in below_pack(team, settings)] == [
        f"rules[0].minimum_rest.hours: 9 is less strict than country rules {pack} ({law}); "
        "state a derogation with its reason, or remove it"
        for pack, law in (("es", 12), ("fr", 11))
    ]


def test_values_that_cannot_be_compared_both_hold(team):
    rules = rules_for(team, [{"weekly_hours": {"at_most": "contract", "at_least": "contract"}}])
    assert values(rules["FR"], "weekly_hours", "at_most") == [48, "contract"]
    rules = rules_for(team, [{"max_shift_length": {"hours": 12, "counting": "present"}}])
    assert values(rules["FR"], "max_shift_length", "hours") == [10, 12]


def test_limits_of_one_side_are_kept_beside_each_other(team):
    rules = rules_for(team, [{"weekly_hours": {"at_least": "20 h"}}])
    [french] = [rule for rule in rules["FR"] if rule.name == "weekly_hours"]
    assert (french.at_most, french.at_least) == (48, 20)


def test_hard_and_soft_hold_side_by_side(team):
    rules = rules_for(team, [{"minimum_rest": {"hours": 14, "penalty": 5}}])
    assert values(rules["ES"], "minimum_rest", "penalty") == [None, 5]


def test_the_same_rule_twice_is_one(team):
    rules = rules_for(team, [{"max_days_in_row": {"days": 5}}, {"max_days_in_row": {"days": "5"}}])
    assert values(rules["X"], "max_days_in_row", "days") == [5]


def test_packs_may_be_given(team):
    rules = rules_for(team, [], {"es": load_pack("good-practice"), "fr": load_pack("fr")})
    assert values(rules["ES"], "max_nights_in_row", "nights") == [3]


def test_all_mistakes_at_once():
    with pytest.raises(_errors.InputError) as caught:
        read_rules(
            [
                "one_shift_a_days",
                {"minimum_rest": {"hour": 11}},
                {"minimum_rest": {"hours": "eleven"}},
                {"max_days_in_row": {"days": 0}},
                {"max_days_in_row": {"days": 5}, "unavailable": None},
                {"max_days_in_row": "5"},
                {"shifts_a_week": None},
                {"one_shift_a_day": {"penalty": 5}},
                {"weekly_hours": {"at_most": "20 h", "at_least": "30 h"}},
                {"weekly_hours": {"at_most": "contracts"}},
            ]
        )
    said = [str(message) for message in caught.value.messages]
    assert said[:3] == [
        'rules[0]: unknown rule "one_shift_a_days"; did you mean one_shift_a_day?',
        "rules[1].minimum_rest.hours: missing; minimum_rest needs hours",
        "rules[1].minimum_rest.hour: unknown; did you mean hours?",
    ]
    places = [message.place.path for message in caught.value.messages]
    assert places[3:] == [
        "rules[2].minimum_rest.hours",
        "rules[3].max_days_in_row.days",
        "rules[4]",
        "rules[5].max_days_in_row",
        "rules[6].shifts_a_week",
        "rules[7].one_shift_a_day",
        "rules[8].weekly_hours",
        "rules[9].weekly_hours.at_most",
    ]


def test_text_as_in_a_scenario_file():
    rest, hours, nights = read_rules(
        [
            {"minimum_rest": {"hours": "11"}},
            {"weekly_hours": {"at_most": "40 h", "at_least": "contract"}},
            {"max_nights_in_row": {"nights": "3", "penalty": "40"}},
        ]
    )
    assert (rest.hours, hours.at_most, hours.at_least, nights.penalty) == (11, 40, "contract", 40)


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        ({"max_days_in_row": {"days": "0"}}, "days: 0 is too small; write 1 or more"),
        ({"max_days_in_row": {"days": "five"}}, 'days: "five" is not a whole number; write it like 5'),
        ({"max_days_in_row": {"days": "5", "penalty": "-3"}}, "penalty: -3 is too small; write 0 or more"),
        ({"minimum_rest": {"hours": "0"}}, "hours: 0 is too small; write more than 0"),
        ({"minimum_rest": {"hours": "inf"}}, "hours: "),
        ({"weekly_rest": {"hours": "200 h"}}, "is too large; write 168 or less"),
        ({"max_nights": {"nights": "3", "per": "decade"}}, 'per: "decade" is not known here; write month'),
        ({"minimum_rest": {"hours": "a lot"}}, '"a lot" is not a length of time; write it like'),
        ({"one_shift_a_day": {"penalty": "5"}}, "one_shift_a_day: one shift a day cannot be bought off"),
        (
            {"weekly_hours": {"at_least": "50", "at_most": "40"}},
            "weekly_hours: at_least is more than at_most",
        ),
        ({"shifts_a_week": {"at_least": "6", "at_most": "2"}}, "at_least is more than at_most"),
        ({"a": {}}, 'rules[0]: unknown rule "a"; known here: '),
    ],
)
def test_settings_that_mean_nothing_are_told_in_words(setting, answer):
    with pytest.raises(_errors.InputError) as caught:
        read_rules([setting])
    [message] = caught.value.messages
    assert answer in str(message)
    assert not any(word in str(message) for word in ("Input should", "does not fit", "{'"))
