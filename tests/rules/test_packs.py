"""Country rules: every parameter is treated one way, as its source states it."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from planner import _errors
from planner.people import Agent, Site, Team
from planner.rules import load_pack, not_checked, pack_names, rules_for, unknown_premiums

TREATED = {"rule", "cost", "report", "manual", "not checked"}
BOOKKEEPING = {"severity", "source", "status", "value"}


@pytest.fixture(scope="module")
def source(shared):
    text = (shared / "data" / "rulepacks" / "rulepacks.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["packs"]


def test_every_pack_and_parameter_is_there(source):
    assert set(pack_names()) == set(source)
    assert sum(len(pack["rules"]) for pack in source.values()) == 125


@pytest.mark.parametrize("name", pack_names())
def test_parameters_keep_value_severity_source_and_status(name, source):
    pack = load_pack(name)
    for key, stated in source[name]["rules"].items():
        own = pack.parameters[key]
        assert own.pack == name
        assert (own.value, own.severity, own.status) == (
            stated["value"],
            stated["severity"],
            stated["status"],
        )
        assert own.source == stated.get("source", "")
        assert set(own.details) == set(stated) - BOOKKEEPING
    assert pack.as_of == date(2026, 11, 22)
    assert pack.title == source[name]["title"]


@pytest.mark.parametrize("name", pack_names())
def test_every_parameter_is_exactly_one_of_five(name):
    pack = load_pack(name)
    parts = {treated: pack.of(treated) for treated in TREATED}
    assert sum(map(len, parts.values())) == len(pack.parameters)
    assert len(pack.rules) >= len(parts["rule"])
    for parameter in pack.parameters.values():
        assert (parameter.rule is not None) == (parameter.treated == "rule")
        if parameter.severity in {"cost", "report", "manual"}:
            assert parameter.treated == parameter.severity
        else:
            assert parameter.treated in {"rule", "not checked"}
        if parameter.rule is not None:
            assert {rule.hard for rule in parameter.rules} == {parameter.severity == "hard"}
            assert parameter.value is not None
    assert not_checked(pack) == parts["not checked"]


FULL_DAY = 8  # normal hours, to which overtime comes
NIGHT_WEEK = 6  # working days in the mean of night workers


VALUE_OF = {
    "daily_rest_min_h": lambda rule: rule.hours,
    "rest_between_shifts_min_h": lambda rule: rule.hours,
    "weekly_rest_min_h": lambda rule: rule.hours,
    "continuous_service_rest_day": lambda rule: 7 - rule.days,
    "days_per_week_max": lambda rule: rule.at_most,
    "days_off_per_week_min": lambda rule: 7 - rule.at_most,
    "daily_hours_max": lambda rule: rule.hours,
    "daily_hours_normal_max": lambda rule: rule.hours,
    "overtime_day_max_h": lambda rule: rule.hours - FULL_DAY,
    "spread_over_max_h": lambda rule: rule.hours,
    "shift_length_max_h": lambda rule: rule.hours,
    "night_shift_length_max_h": lambda rule: rule.hours,
    "night_worker_daily_max_h": lambda rule: rule.hours,
    "weekly_hours_abs_max": lambda rule: rule.at_most,
    "weekly_hours_max": lambda rule: rule.at_most,
    "weekly_hours_avg_max": lambda rule: rule.hours,
    "weekly_hours_avg12_max": lambda rule: rule.hours,
    "night_worker_avg12_max_h": lambda rule: rule.hours,
    "night_worker_avg_h_per_24h": lambda rule: rule.hours / NIGHT_WEEK,
    "night_weeks_consecutive_max": lambda rule: rule.weeks,
    "shift_change_only_after_rest_day": lambda rule: rule.days == 1,
    "consecutive_nights_max": lambda rule: rule.nights,
    "consecutive_work_days_max": lambda rule: rule.days,
    "consecutive_early_or_long_max": lambda rule: rule.days,
    "nights_sleep_after_night_block": lambda rule: rule.days,
    "early_start_before": lambda rule: rule.before,
    "free_weekend_every_weeks": lambda rule: rule.weekends + 1,
}


@pytest.mark.parametrize("name", pack_names())
def test_rules_ask_what_the_parameter_states(name):
    for parameter in load_pack(name).of("rule"):
        if parameter.rule.name == "break_law":
            continue
        if parameter.name == "rotation":
            assert parameter.rule.name == "forward_rotation"
            continue
        assert VALUE_OF[parameter.name](parameter.rule) == parameter.value


def test_breaks_are_asked_step_by_step():
    asked = {
        name: [(rule.after, rule.minutes) for rule in load_pack(name).rules if rule.name == "break_law"]
        for name in ("it", "fr", "pt", "es", "de", "uk", "ph", "br", "us-ca")
    }
    assert asked == {
        "it": [(6, 10)],
        "fr": [(6, 20)],
        "pt": [(5, 60)],
        "es": [(6, 15)],
        "de": [(6, 30), (9, 45)],
        "uk": [(6, 20)],
        "ph": [(5, 60)],
        "br": [(4, 15), (6, 60)],
        "us-ca": [(5, 30), (10, 60)],
    }


COUNTRY_TABLE = {
    "it": {"minimum_rest": 11, "max_shift_length": 13, "pooled_weekly_rest": 35, "average_hours": [(48, 17)]},
    "fr": {"minimum_rest": 11, "max_shift_length": 10, "weekly_rest": 35,
           "average_hours": [(48, 17), (44, 12), (40, 12)]},
    "pt": {"minimum_rest": 11, "max_shift_length": 8, "weekly_rest": 35,
           "average_hours": [(48, 17), (48, 1)]},
    "es": {"minimum_rest": 12, "max_shift_length": 9, "pooled_weekly_rest": 36,
           "average_hours": [(48, 17), (48, 2)]},
    "de": {"minimum_rest": 11, "max_shift_length": 8, "weekly_rest": 35,
           "average_hours": [(48, 24), (48, 4)]},
    "uk": {"minimum_rest": 11, "max_shift_length": 13, "pooled_weekly_rest": 24,
           "average_hours": [(48, 17), (48, 17)]},
}  # fmt: skip


@pytest.mark.parametrize("name", list(COUNTRY_TABLE))
def test_the_country_table_row_by_row(name):
    """Daily rest, day, weekly rest and mean week of six countries, as they hold for somebody there."""
    site = Site("X", "Europe/Paris", country_rules=name)
    rules = rules_for(Team((Agent("A", "X", site.zone, {}),), (site,)), [])["A"]
    found = {key: [rule for rule in rules if rule.name == key] for key in COUNTRY_TABLE[name]}
    for key, asked in COUNTRY_TABLE[name].items():
        if key == "average_hours":
            assert [(rule.hours, rule.weeks) for rule in found[key]] == asked
        else:
            assert [rule.hours for rule in found[key]] == [asked]


LEFT_OUT = {
    "eu-wtd": {"break_required_after_h", "night_worker_avg_h_per_24h", "night_worker_abs_h_special_hazard"},
    "it": {"night_worker_avg_h_per_24h", "night_worker_abs_h_special_hazard"},
    "fr": {"night_worker_avg_h_per_24h", "night_worker_abs_h_special_hazard"},
    "pt": {"schedule_change_notice_days", "shift_change_only_after_rest_day", "night_worker_abs_h_special",
           "night_worker_abs_h_special_hazard"},
    "es": {"irregular_notice_days", "night_worker_overtime", "night_worker_abs_h_special_hazard"},
    "ph": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", list(LEFT_OUT))
def test_little_is_left_unchecked_in_the_first_five_countries(name):
    assert {parameter.name for parameter in not_checked(load_pack(name))} == LEFT_OUT[name]


def test_a_country_extends_the_floor_and_is_never_below_it():
    floor = load_pack("eu-wtd")
    for name in ("it", "fr", "pt", "es", "de"):
        country = load_pack(name)
        assert set(floor.parameters) <= set(country.parameters)
        for key in ("daily_rest_min_h", "weekly_rest_min_h"):
            assert country.parameters[key].value >= floor.parameters[key].value
    assert load_pack("es").parameters["daily_rest_min_h"].pack == "es"
    assert load_pack("pt").parameters["weekly_rest_min_h"].pack == "eu-wtd"
    assert set(load_pack("uk").parameters).isdisjoint({"night_worker_abs_h_special_hazard"})


def test_unknown_premiums_are_named():
    assert unknown_premiums(load_pack("fr")) == ("premium_night_ordinary",)
    assert unknown_premiums(load_pack("pt")) == ()


@pytest.mark.parametrize("name", ["", "xx", "../it", "IT"])
def test_there_is_no_such_pack(name):
    with pytest.raises(_errors.InputError, match="there are no country rules"):
        load_pack(name)
