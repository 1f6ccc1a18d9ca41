"""Country rules: every parameter is treated one way, as its source states it."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from planner import _errors
from planner.rules import load_pack, not_checked, pack_names, unknown_premiums

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
    assert len(pack.rules) == len(parts["rule"])
    for parameter in pack.parameters.values():
        assert (parameter.rule is not None) == (parameter.treated == "rule")
        if parameter.severity in {"cost", "report", "manual"}:
            assert parameter.treated == parameter.severity
        else:
            assert parameter.treated in {"rule", "not checked"}
        if parameter.rule is not None:
            assert parameter.rule.hard == (parameter.severity == "hard")
            assert parameter.value is not None
    assert not_checked(pack) == parts["not checked"]


VALUE_OF = {
    "daily_rest_min_h": lambda rule: rule.hours,
    "rest_between_shifts_min_h": lambda rule: rule.hours,
    "weekly_rest_min_h": lambda rule: rule.hours,
    "continuous_service_rest_day": lambda rule: 7 - rule.days,
    "days_per_week_max": lambda rule: rule.at_most,
    "days_off_per_week_min": lambda rule: 7 - rule.at_most,
    "daily_hours_max": lambda rule: rule.hours,
    "daily_hours_normal_max": lambda rule: rule.hours,
    "spread_over_max_h": lambda rule: rule.hours,
    "shift_length_max_h": lambda rule: rule.hours,
    "weekly_hours_abs_max": lambda rule: rule.at_most,
    "weekly_hours_max": lambda rule: rule.at_most,
    "consecutive_nights_max": lambda rule: rule.nights,
    "consecutive_work_days_max": lambda rule: rule.days,
}


@pytest.mark.parametrize("name", pack_names())
def test_rules_ask_what_the_parameter_states(name):
    for parameter in load_pack(name).of("rule"):
        assert VALUE_OF[parameter.name](parameter.rule) == parameter.value


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
