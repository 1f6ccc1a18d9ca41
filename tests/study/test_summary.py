"""What is printed reads well: no digits without meaning, no plural gone wrong, nothing claimed unproven."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner._errors import ScenarioError
from planner.scheduling import SolveStatus
from planner.study import Scenario, forecast_report, no_finding, not_checked, summary
from planner.study.plan import plan
from planner.study.reasons import few_replications
from planner.study.steps import audit


def lines(made: Any, **result: Any) -> list[str]:
    return [str(line) for line in summary(replace(made, result=replace(made.result, **result)))]


def test_the_rota_in_a_sentence(planned: Any) -> None:
    first = lines(planned, status=SolveStatus.FEASIBLE)[0]
    shifts = len(planned.rota.shifts)
    people = len({shift.agent for shift in planned.rota.shifts})
    assert first == (
        f"Small desk: {shifts} shifts over 7 days, {8 * shifts} rostered hours; "
        f"people with shifts: {people} of 4 (the best found with this effort)"
    )


@pytest.mark.parametrize("status", list(SolveStatus))
def test_every_status_has_words(planned: Any, status: SolveStatus) -> None:
    text = lines(planned, status=status)[0]
    assert "(" in text
    assert status.value not in text
    assert "study." not in text


def test_an_unknown_bound_is_no_number(planned: Any) -> None:
    text = lines(planned, bound_cents=None)[1]
    assert "not known" in text
    assert "–" not in text
    assert "no rota can cost less than" in lines(planned, bound_cents=1000)[1]


@pytest.mark.parametrize(
    ("missing", "bound", "text"),
    [
        (12.0, 8.0, "people missing: 12.0 person-hours; no rota misses fewer than 8.0"),
        (12.0, 0.0, "people missing: 12.0 person-hours; it is not ruled out that a rota misses fewer"),
        (12.0, None, "people missing: 12.0 person-hours; it is not ruled out that a rota misses fewer"),
        (
            0.03,
            0.0,
            "people missing: less than 0.1 person-hours; it is not ruled out that a rota misses fewer",
        ),
    ],
)
def test_people_missing(planned: Any, missing: float, bound: float | None, text: str) -> None:
    short = planned.cover.short.copy()
    short[48 + 20 : 48 + 23] = 2
    made = replace(planned, cover=replace(planned.cover, short=short))
    hours, proof = text.split("; ")
    expected = f"{hours}, most on 2026-03-03 (3.0); {proof}"
    assert expected in lines(made, missing_hours=missing, missing_hours_bound=bound)


def test_nobody_missing_is_not_told(planned: Any) -> None:
    assert not [line for line in lines(planned, missing_hours=0.0) if "missing:" in line]


def test_service_is_that_of_the_chosen_round(planned: Any) -> None:
    round_ = planned.rounds[0]
    other = replace(round_, number=2, chosen=False, kept={"email en": 0.1, "phone en": np.nan})
    chosen = replace(round_, chosen=True, kept={"email en": 0.937, "phone en": np.nan})
    text = [str(line) for line in summary(replace(planned, rounds=(chosen, other)))]
    assert "email en: 94 % answered within the promise (90% within 2 business hours)" in text
    assert "phone en: nobody is expected while it is open" in text
    assert not [line for line in text if " 10 % answered" in line or "nan" in line]


def test_findings_are_counted_and_told(planned: Any, desk: Scenario) -> None:
    assert any(line.startswith("no finding; no country rules") for line in lines(planned))
    strict = desk.replace(rules=[{"max_days_in_row": {"days": 1}}])

    found = audit(planned.rota, strict)
    assert found
    text = [str(line) for line in summary(replace(planned, violations=found))]
    assert f"findings of the judge: {len(found)}" in text
    assert str(found[0].message) in text


def test_assumptions_are_said(planned: Any, desk: Scenario) -> None:
    said = [str(line) for line in summary(planned)]
    assert [line for line in said if line.startswith("notice:")]
    for assumption in desk.assumptions:
        assert f"notice: {assumption}" in said


def test_forecast_of_stated_volumes(desk: Scenario) -> None:
    report = forecast_report(desk)
    text = [str(line) for line in report.sentences]
    assert any(line.startswith("email en: about ") and "contacts a week (" in line for line in text)
    assert any("assumption" in line for line in text)


def test_what_is_not_checked_is_listed(desk: Scenario) -> None:
    assert not_checked(desk) == ()
    sites = [{"name": "Lisbon", "zone": "Europe/Lisbon", "country_rules": "pt"}]
    first, *others = map(str, not_checked(desk.replace(sites=sites)))
    assert first.startswith("pack pt of 2026-11-22; not checked here: ")
    assert "7 days' notice of a changed schedule, a change of turn only after a rest day" in first
    assert any(line.endswith("premiums that are not in this cost: overtime") for line in others)
    assert any("of the period alone, not checked beyond it" in line for line in others)
    france = map(str, not_checked(desk.replace(sites=[{**sites[0], "country_rules": "fr"}])))
    asked = "for people to check, the planner cannot: an agreement or the inspector's permission"
    assert any(asked in line for line in france)


def test_what_is_said_without_findings(desk: Scenario) -> None:
    """It names the pack and its date, and never says legal or compliant."""
    sites = [{"name": "Lisbon", "zone": "Europe/Lisbon", "country_rules": "it"}]
    assert str(no_finding(desk.replace(sites=sites))) == "no finding under pack it of 2026-11-22"
    assert "no country rules are named" in str(no_finding(desk))
    assert not {"legal", "compliant"} & set(str(no_finding(desk.replace(sites=sites))).split())


def test_one_person_one_day_reads_well(desk: Scenario) -> None:
    one = desk.replace(
        people=[{"count": 1, "site": "Lisbon", "languages": "en"}],
        opening_hours=[{"queues": "all", "days": "mon", "open": "09:00", "close": "12:00"}],
        volume={"email en": 5, "phone en": 1},
    )
    text = " ".join(str(line) for line in summary(plan(one)))
    assert "1 days" not in text
    assert "(s)" not in text
    assert "1 weeks" not in text


def test_forecast_files_hold_the_back_test(tmp_path):
    shipped = Path(__file__).resolve().parents[2] / "scenarios" / "weekday-to-247" / "scenario.yaml"
    forecast_report(Scenario.load(shipped)).write(tmp_path)
    rows = (tmp_path / "accuracy.csv").read_text(encoding="utf-8").splitlines()
    methods = {row.split(",")[3] for row in rows[1:]}
    assert methods == {"planner", "same hour last week", "mean of 8 weeks"}


def test_a_stated_need_has_nothing_to_forecast():
    desk = Scenario.from_text(
        "people: 5\nneed: {seat: 1}\nqueues: [{name: seat, channel: phone, language: en}]"
    )
    with pytest.raises(ScenarioError, match="nothing to forecast"):
        forecast_report(desk)


def test_fewer_replications_are_told(planned: Any) -> None:
    service = replace(
        planned.service, compiled=False, settings=replace(planned.service.settings, replications=6)
    )
    plain = replace(planned, service=service)
    assert [str(m) for m in few_replications(plain)] == [
        "without the optional compiler the period was simulated 6 times, not 30, so shares are rougher; "
        'pip install -e ".[fast]" adds it'
    ]
    assert few_replications(replace(plain, scenario=plain.scenario.replace(solve={"replications": 6}))) == []
    assert few_replications(replace(plain, service=replace(service, compiled=True))) == []
    assert few_replications(replace(plain, service=None)) == []
