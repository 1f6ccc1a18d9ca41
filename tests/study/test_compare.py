"""Scenarios side by side: every verdict only as far as ranges allow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner._errors import ScenarioError
from planner._messages import speaking, spoken_value
from planner.scheduling import Objective
from planner.study import Scenario, compare, in_words
from planner.study.compare import COLUMNS, Figure, verdict
from planner.study.compare_costs import PARTS
from planner.study.compare_figures import measures_of

WAGES, WHOLE, MISSING = "wages and premiums", "cost with missing people priced", "people missing"
FIGURES = (
    "people with a contract",
    "full-time people to employ, with leave and sickness",
    "rostered hours",
    "contracted but idle hours",
    WAGES,
    "pay with idle contracted hours",
    WHOLE,
    MISSING,
    "most nights of one person",
    "nights of all people",
    "most weekends of one person",
    "weekends of all people",
    "most starts before 07:00 of one person",
    "starts before 07:00 of all people",
)
OF_QUEUES = (
    "answered within the promise",
    "half wait at most",
    "9 of 10 wait at most",
    "contacts answered",
)


def other(planned: Any, name: str = "Other", **result: Any) -> Any:
    scenario = planned.scenario.replace(name=name)
    return replace(planned, scenario=scenario, result=replace(planned.result, **result))


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ((10, 12, 13, 15), "lower"),
        ((13, 15, 10, 12), "higher"),
        ((10, 13, 13, 15), "not distinguishable"),
        ((13, 15, 10, 13), "not distinguishable"),
        ((5, 9, 5, 9), "not distinguishable"),
        ((5, 5, 5, 5), "same"),
        ((None, 5, 9, 9), "no range"),
        ((5, 5, None, 9), "no range"),
    ],
)
def test_verdict(ranges: tuple[Any, ...], said: str) -> None:
    assert verdict(*ranges) == said


def test_cheaper_is_said_only_below_the_others_bound(planned: Any) -> None:
    base = other(planned, "Base", bound_cents=100_000, objective=Objective(0, 120_000, 0))
    for cents, said in (
        (99_999, "lower"),
        (100_001, "not distinguishable"),
        (110_000, "not distinguishable"),
    ):
        cheap = other(planned, bound_cents=90_000, objective=Objective(0, cents, 0))
        assert compare([base, cheap]).of("Other", WHOLE).verdict == said
    dear = other(planned, bound_cents=120_001, objective=Objective(0, 130_000, 0))
    assert compare([base, dear]).of("Other", WHOLE).verdict == "higher"
    unknown = other(planned, bound_cents=None, objective=Objective(0, 1, 0))
    assert compare([base, unknown]).of("Other", WHOLE).verdict == "no range"
    assert compare([base, unknown]).of("Other", WHOLE).low is None


def test_wages_have_no_bound_where_soft_rules_share_it(planned: Any) -> None:
    given = {"unavoidable_cents": 100_000, "objective": Objective(0, 120_000, 0)}
    hard, cheap = (
        other(planned, "Base", **given),
        other(planned, **{**given, "objective": Objective(0, 9, 0)}),
    )
    assert compare([hard, cheap]).of("Other", WAGES).verdict == "lower"
    rules = [{"max_days_in_row": {"days": 5, "penalty": 40}}]
    soft = replace(hard, scenario=hard.scenario.replace(rules=rules))
    assert compare([soft, cheap]).of("Base", WAGES).low is None
    assert compare([soft, cheap]).of("Other", WAGES).verdict == "no range"


def test_people_missing_lie_between_bound_and_rota(planned: Any) -> None:
    base = other(planned, "Base", missing_hours=10.0, missing_hours_bound=8.0)
    few = other(planned, missing_hours=7.0, missing_hours_bound=0.0)
    some = other(planned, "Some", missing_hours=9.0, missing_hours_bound=0.0)
    found = compare([base, few, some])
    assert found.of("Other", MISSING).verdict == "lower"
    assert found.of("Other", MISSING).difference == -3.0
    assert found.of("Some", MISSING).verdict == "not distinguishable"


def test_hours_as_rostered_prove_nothing(planned: Any) -> None:
    found = compare([planned, other(planned)])
    assert found.of("Other", "rostered hours").verdict == "no range"
    assert found.of("Other", "people with a contract").verdict == "same"


def test_table_has_every_figure_of_every_scenario(planned: Any) -> None:
    found = compare([planned, other(planned)])
    table = found.table()
    assert tuple(table.columns) == COLUMNS
    of_queues = [f"{figure}: {queue}" for queue in ("email en", "phone en") for figure in OF_QUEUES]
    assert table["figure"].tolist() == [*FIGURES, *of_queues] * 2
    assert table["scenario"].tolist() == ["Small desk"] * 22 + ["Other"] * 22
    assert (table["verdict"].head(22) == "same").all()
    assert table.loc[table["scenario"] == "Small desk", "difference"].abs().sum() == 0
    with pytest.raises(KeyError):
        found.of("Other", "luck")


def test_parts_of_a_cost_add_up_to_the_cent(planned: Any) -> None:
    terms = Objective(1, 120_003, 77, 5, {"a": 3, "b": 4}, 19)
    found = compare([planned, other(planned, objective=terms)])
    mine = [part for part in found.costs if part.scenario == "Other"]
    assert sum(part.cents for part in mine) == terms.total
    assert sum(part.difference for part in mine) == terms.total - planned.result.objective.total
    assert [part.cents for part in mine if part.part == "soft rules"] == [7]
    assert found.cost_table()["part"].tolist() == list(PARTS.values())[:-1] * 2  # nobody is owed


def test_idle_hours_are_paid_beside_wages(planned: Any) -> None:
    """Recount: everybody is owed 40 hours of five working days at 12 EUR, and works what the rota says."""
    minutes: dict[str, int] = {agent.name: 0 for agent in planned.scenario.team.agents}
    for shift in planned.rota.shifts:
        minutes[shift.agent] += shift.paid_minutes
    idle = sum(max(0.0, 40 - worked / 60) for worked in minutes.values()) * 12
    found = {f.figure: f.value for f in compare([planned]).figures}
    month = 365.25 / 12 / 7
    assert found["pay with idle contracted hours"] == pytest.approx(found[WAGES] + idle * month)


def test_a_queue_that_the_first_does_not_have_is_new(planned: Any) -> None:
    first = replace(planned, service=None)
    found = compare([first, other(planned)])
    assert found.of("Other", "answered within the promise: email en").verdict == "new"


def test_all_reasons_not_to_compare_at_once(desk: Scenario) -> None:
    shifted = desk.replace(period={"weeks": 2})
    money = desk.replace(name="Pounds", currency="GBP")
    with pytest.raises(ScenarioError) as refused:
        compare([desk, shifted, money])
    assert [message.code for message in refused.value.messages] == [
        "study.other_period",
        "study.other_currency",
        "study.same_name",
    ]


def test_scenarios_are_planned_until_cancelled(desk: Scenario, planned: Any) -> None:
    said: list[Any] = []
    found = compare([planned, desk.replace(name="Never")], said.append, lambda: True)
    assert {figure.scenario for figure in found.figures} == {"Small desk"}
    assert not said


@pytest.mark.parametrize(
    ("unit", "value", "difference", "text"),
    [
        ("EUR a month", 1234567.8, -1234.4, "S: f 1,234,568 EUR a month (-1,234 EUR a month; lower)"),
        ("share", 0.987, 0.0123, "S: f 98.7 % (+1.2 points; lower)"),
        ("people", 9.0, -1.0, "S: f 9 people (-1 people; lower)"),
        ("nights a month", 7.83, -0.01, "S: f 7.8 nights a month (+0.0 nights a month; lower)"),
        ("share", float("nan"), float("nan"), "S: f – (–; lower)"),
        ("seconds", 45.4, -119.0, "S: f 45 s (-119 s; lower)"),
        ("seconds", 1234.0, 9000.0, "S: f 20.6 min (+2.5 h; lower)"),
    ],
)
def test_figures_in_words(unit: str, value: float, difference: float, text: str) -> None:
    figure = Figure("S", "f", unit, value, None, None, difference, "lower")
    assert str(in_words(figure)) == text
    assert str(in_words(figure, "S")) == text.split(" (")[0]


def test_starts_before_seven_are_named_for_what_they_are(planned: Any) -> None:
    names = [row.figure for row in measures_of(planned).measures]
    assert not [name for name in names if "early" in name]
    with speaking("it"):
        told = spoken_value("starts before 07:00 of all people")
        assert told == "inizi prima delle 07:00 di tutte le persone"
        assert "07:00" in spoken_value("most starts before 07:00 of one person")
        # Files of an earlier version say it in other words.
        assert "07:00" in spoken_value("most early starts of one person")
