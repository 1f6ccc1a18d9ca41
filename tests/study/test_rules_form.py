"""Rules to look at and to change: there and back, law and exceptions, sentences with sources, clashes."""

from __future__ import annotations

import pytest

from planner._errors import ScenarioError
from planner.rules import rules_for
from planner.study import Scenario, rules_form, rules_view, steps, workspace
from planner.study.rules_form import Asked

DESK = """
name: Desk
period: {first_day: 2026-04-20, weeks: 2}
volume: {email en: 30 a weekday}
sites:
  - {name: Lisbon, zone: Europe/Lisbon, country_rules: pt}
  - {name: Rome, zone: Europe/Rome}
agents: [{name: Ana, site: Lisbon, teams: gold}, {name: Bea, site: Lisbon}, {name: Ugo, site: Rome}]
rules:
  - max_days_in_row: {days: 5}
  - max_nights: {nights: 6, per: month, for: gold}
  - nobody_alone: {shifts: night}
"""


@pytest.fixture
def desk():
    return Scenario.from_text(DESK)


@pytest.fixture
def asked(desk):
    return rules_form.asked_of(desk)


def told(scenario, asked):
    return [str(message) for message in rules_form.judged(scenario, asked).mistakes]


def line(scenario, name):
    return [each for each in rules_view.lines_of(scenario) if each.rule.name == name]


@pytest.mark.parametrize("sample", workspace.samples())
def test_every_sample_comes_back_from_what_it_asks(sample):
    for path in sorted((workspace.SAMPLES / sample).glob("*.yaml")):
        scenario = Scenario.load(path)
        asked = rules_form.asked_of(scenario)
        assert rules_form.changes_of(scenario, asked) == {}
        more = rules_form.with_rule(asked, {"max_nights": {"nights": "9", "per": "month"}})
        again = scenario.replace(**rules_form.changes_of(scenario, more))
        assert again.rule_settings[:-1] == scenario.rule_settings
        back = rules_form.without_rule(rules_form.asked_of(again), len(asked.rules))
        assert back == asked


def test_only_what_is_changed_is_said(desk, asked):
    changes = rules_form.changes_of(desk, rules_form.with_pack(asked, rules_form.GUIDANCE, True))
    assert changes == {"packs": ["good-practice"]}
    assert "max_night_length" in {each.rule.name for each in rules_view.lines_of(desk.replace(**changes))}
    off = rules_form.with_pack(rules_form.asked_of(desk.replace(**changes)), rules_form.GUIDANCE, False)
    assert off == asked


def test_country_rules_of_a_site_are_chosen(desk, asked):
    changes = rules_form.changes_of(desk, rules_form.with_country(asked, "Rome", "it"))
    made = desk.replace(**changes)
    assert [site.country_rules for site in made.sites] == ["pt", "it"]
    none = rules_form.changes_of(desk, rules_form.with_country(asked, "Lisbon", ""))
    assert not line(desk.replace(**none), "minimum_rest")


def test_a_rule_becomes_soft_and_hard_again(desk, asked):
    soft = rules_form.softened(asked, 0, True)
    made = desk.replace(**rules_form.changes_of(desk, soft))
    (rule,) = [each.rule for each in line(made, "max_days_in_row") if each.layer == "company"]
    assert rule.penalty == rules_form.SOFT_PRICE
    assert rules_view.severity_of(rule, "EUR") == "soft, 20 EUR a day"
    assert rules_form.softened(soft, 0, False) == asked


def test_below_the_law_needs_a_reason(desk, asked):
    (law,) = [each.rule for each in line(desk, "minimum_rest")]
    more = rules_form.with_rule(asked, rules_form.exception_of(law))
    weaker = rules_form.with_setting(more, 3, "hours", "9")
    (said,) = told(desk, weaker)
    assert said.startswith("rule 4, minimum_rest, hours: 9 is less strict than country rules pt (11)")
    given = rules_form.with_setting(weaker, 3, "derogation", "agreement of May")
    made = desk.replace(**rules_form.changes_of(desk, given))
    assert {
        rule.hours for rule in rules_for(made.team, made.rule_settings)["Ana"] if rule.name == "minimum_rest"
    } == {9}
    (shown,) = [each for each in line(made, "minimum_rest") if "Ana" in each.people]
    assert shown.instead_of == ("At least 11 hours' rest between two shifts",)
    assert "agreement of May" in rules_view.lines_table(made, [shown])["Source"].tolist()[0]


def test_every_mistake_is_told_at_once_with_its_rule_and_setting(desk, asked):
    wrong = rules_form.with_setting(asked, 0, "days", "many")
    wrong = rules_form.with_rule(wrong, {"max_weekends": {}})
    assert [line.partition(": ")[0] for line in told(desk, wrong)] == [
        "rule 1, max_days_in_row, days",
        "rule 4, max_weekends, weekends",
    ]
    nobody = rules_form.with_setting(asked, 0, "for", ["Anna"])
    (said,) = told(desk, nobody)
    assert said.startswith("rule 1, max_days_in_row, for:")
    with pytest.raises(ScenarioError):
        rules_form.changes_of(desk, nobody)


def test_usual_rules_go_on_and_off():
    off = Asked(({"max_nights": {"nights": "6"}},))
    on = rules_form.with_usual(off, True)
    assert (rules_form.has_usual(off), rules_form.has_usual(on)) == (False, True)
    assert rules_form.with_usual(on, True) == on
    assert rules_form.with_usual(on, False) == off


@pytest.mark.parametrize("name", rules_form.addable())
def test_every_rule_can_be_added_and_has_a_sentence(desk, asked, name):
    example = rules_form.example_of(name)
    assert rules_form.sentence_of(example) != name
    fields = rules_form.fields_of(example)
    assert set(example[name]) <= {*fields, "penalty", "for"}
    assert not {"penalty", "derogation", "people"} & set(fields)
    assert rules_view.unit_text(rules_form.unit_of(example))


def test_rules_stand_once_with_their_people_and_their_source(desk):
    lines = rules_view.lines_of(desk)
    table = rules_view.lines_table(desk, lines)
    by_rule = table.set_index("Rule")
    rest = by_rule.loc["At least 11 hours' rest between two shifts"]
    assert (rest["From"], rest["For whom"]) == ("country", "Lisbon")
    assert rest["Source"] == "pt: daily_rest_min_h; art. 214; statute text read"
    five = table[table["Rule"] == "At most 5 days of work in a row"]
    assert sum(len(each.people) for each in lines if each.rule.name == "max_days_in_row") == 3
    assert set(five["From"]) == {"this scenario"}
    assert "6 night" in " ".join(table[table["From"] == "this scenario, for some people"]["Rule"])
    assert "this scenario, over several people" in table["From"].tolist()
    assert sum(len(each.people) for each in lines if each.rule.name == "one_shift_a_day") == 3


def test_packs_say_when_they_were_looked_up_and_what_nobody_checks(desk):
    (pack,) = rules_view.packs_table(desk).to_dict("records")
    assert pack["Pack"].startswith("pt: Portugal")
    assert (pack["Sites"], pack["Looked up on"]) == ("Lisbon", "2026-11-22")
    assert any(
        "7 days' notice of a changed schedule" in str(message) for message in rules_view.unchecked(desk)
    )


def test_opening_hours_are_said_in_a_line(desk):
    assert rules_view.hours_lines(desk) == "mon-fri 09:00–18:00"


def test_rules_that_clash_are_named_with_the_person(desk):
    need = steps.demand_and_need(desk)[2]
    assert rules_view.clashes(desk, need) == ()
    clashing = desk.replace(
        rules=[{"weekly_hours": {"at_least": "contract"}}, {"max_days_in_row": {"days": "1"}}]
    )
    said = [str(message) for message in rules_view.clashes(clashing, need)]
    assert said[0].startswith("Ana has no legal tour: these cannot all hold:")
    assert "At most 1 days of work in a row" in said[0]
    assert said[-1] == "Without a legal tour, too: Ugo"
