"""What files say of a simulated service: tables that agree with each other, and the record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planner.requirement import RoleNeed
from planner.rota import Shift
from planner.service import waiting
from planner.study import service_files, steps
from planner.study.columns import COLUMNS
from planner.study.files import SERVICE_TABLES, TABLES, plan_texts, read_plan, write_plan
from planner.study.service_files import service_record, service_tables


@pytest.fixture(scope="session")
def tables(planned: Any) -> dict[str, pd.DataFrame]:
    """The tables of the small desk's service."""
    return service_tables(planned.service, planned.rota, planned.scenario)


def test_columns_are_the_documented_ones(tables: dict[str, pd.DataFrame]) -> None:
    assert set(SERVICE_TABLES) < set(tables) < set(TABLES)
    for name, frame in tables.items():
        wanted = [column.name for column in COLUMNS[name] if column.name != "schema_version"]
        assert [name for name in frame.columns if name != "schema_version"] == wanted


def test_curve_backlog_and_occupancy_agree_with_the_totals(
    tables: dict[str, pd.DataFrame], planned: Any
) -> None:
    whole = tables["service.csv"].query("weekday == '' and arrived == 'open'").set_index("queue")
    curve = tables["service_curve.csv"].query("arrived == 'open' and queue == 'phone en'")
    at = curve.set_index("within_seconds")["share"]
    # Nobody's call is in doubt at the end, so the curve at the promise is the share kept.
    assert at[60.0] == pytest.approx(whole.kept_share["phone en"])
    assert at.is_monotonic_increasing
    frame, count = tables["backlog.csv"], waiting(planned.service)
    assert frame["waiting_mean"].sum() == pytest.approx(count.mean(axis=0).sum())
    assert (frame["waiting_low"] <= frame["waiting_high"]).all()
    busy = tables["occupancy.csv"]
    assert busy["agent"].tolist()[0] == ""
    handled = planned.service.handling.sum() / 3600 / planned.service.replications
    assert busy["handling_hours"][0] == pytest.approx(handled)


def test_written_and_read_back(planned: Any, tmp_path: Any) -> None:
    write_plan(planned, tmp_path)
    files = read_plan(tmp_path)
    assert len(files.backlog) == 2 * 7 * 48
    assert files.occupancy["agent"].tolist()[0] == ""
    assert files.service_curve["within_seconds"].max() == 604800.0


def test_a_folder_from_before_there_were_these_files_is_still_read(planned: Any, tmp_path: Any) -> None:
    write_plan(planned, tmp_path)
    record = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    for name in SERVICE_TABLES:
        (tmp_path / name).unlink()
        del record["files"][name]
    (tmp_path / "plan.json").write_text(json.dumps(record), encoding="utf-8")
    files = read_plan(tmp_path)
    assert len(files.service) > 0
    assert len(files.service_curve) == len(files.backlog) == len(files.occupancy) == 0
    assert list(files.backlog.columns) == [column.name for column in COLUMNS["backlog.csv"]]


def test_the_record_says_how_often_and_which_definition(planned: Any) -> None:
    found = json.loads(plan_texts(planned)["plan.json"])["service"]
    assert found["replications"] == planned.service.replications
    email, phone = found["queues"]
    assert (email["promise"], email["definition"]) == ("90% within 2 business hours", "offered")
    assert set(phone["answered"]) == {"elapsed", "open_hours"}
    elapsed = email["answered"]["elapsed"]
    assert elapsed["p50_seconds"] <= elapsed["p90_seconds"] <= elapsed["longest_seconds"]
    assert email["answered"]["open_hours"]["p90_seconds"] <= elapsed["p90_seconds"]
    assert found["escalations"] == []


def test_fewer_replications_only_for_want_of_the_compiler(planned: Any) -> None:
    def fewer(compiled: bool, replications: int) -> bool:
        made = steps.simulate(planned.rota, planned.volumes, planned.scenario, replications=replications)
        made = replace(made, compiled=compiled)
        return bool(service_record(made, planned.rota, planned.scenario)["fewer"])

    assert fewer(False, 6)
    assert not fewer(False, 30)
    assert not fewer(True, 5)


def test_escalations_name_the_fullest_shift(planned: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [{"count": 4, "languages": "en"}, {"name": "Eng", "count": 1, "teams": "engineer"}]
    scenario = planned.scenario.replace(people=people, escalation=[{"role": "engineer", "kind": "on_call"}])
    needs = (RoleNeed("engineer", share=0.1, handle_seconds=3600.0), RoleNeed("nobody"))
    monkeypatch.setattr(type(scenario), "role_needs", property(lambda _: needs))
    engineer = scenario.team.agents[-1].name
    first = planned.rota.shifts[0]
    duty = Shift(first.start, engineer, first.end, first.day, "on call", first.zone, "on_call")
    rota = replace(planned.rota, shifts=(*planned.rota.shifts, duty))
    service = steps.simulate(planned.rota, planned.volumes, planned.scenario, replications=5)
    (found,) = service_files.escalations_by_role(service, rota, scenario)
    assert (found["role"], found["agent"], found["shifts"]) == ("engineer", engineer, 1)
    assert found["day"] == first.day
    assert 0 < found["mean"] == found["most"] < 10
    load = found["most"] / (first.elapsed_minutes / 60)
    assert np.isclose(found["busy_chance"], load / (1 + load))
