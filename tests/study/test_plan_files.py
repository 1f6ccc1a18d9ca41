"""The folder of a plan: all files or none, equal bytes, and reading it back."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planner._errors import InputError
from planner._messages import Message
from planner.clock import OpeningHours, OpeningLine, day_starts, to_utc
from planner.demand import Volumes
from planner.people import Agent, Site, Team
from planner.requirement import Need
from planner.rota import (
    CALENDAR_MONTHS,
    ROTA_COLUMNS,
    Ledger,
    Rota,
    Shift,
    ShiftType,
    read_rota,
    recount,
)
from planner.rules import Violation
from planner.scheduling import Objective, Result, SolveStatus
from planner.service.frame import COLUMNS as SERVICE_COLUMNS
from planner.study.columns import COLUMNS, KEYS
from planner.study.files import (
    MADE_FROM,
    TABLES,
    plan_texts,
    read_plan,
    write_files,
    write_forecast,
    write_plan,
)
from planner.study.record import as_plain, json_text, plan_record

ROME = "Europe/Rome"
MONDAY = date(2026, 3, 30)


@dataclass(frozen=True)
class Asked:
    number: int
    added: frozenset[str]


@pytest.fixture
def plan() -> Any:
    """Two people, one queue, two days; what ``study.plan`` returns has the same attributes."""
    team = Team(
        (
            Agent("Anna", "Rome", ROME, {"en": None}, cost_per_hour=20.0, weekly_minutes=2400),
            Agent("=Bo", "Rome", ROME, {"en": None}, cost_per_hour=20.0, available_from=date(2026, 3, 31)),
        ),
        (Site("Rome", ROME),),
    )
    first = day_starts(MONDAY, 2, ROME)[0]
    shift = Shift(
        start=to_utc(MONDAY, "09:00", ROME),
        agent="Anna",
        end=to_utc(MONDAY, "17:00", ROME),
        day=MONDAY,
        name="day",
        zone=ROME,
    )
    rota = Rota("base", MONDAY, 2, ("Anna", "=Bo"), (shift,))
    required = np.tile([0] * 9 + [1] * 9 + [0] * 6, 2)[None, :]
    need = Need(
        "abc", first, 60, ("email",), (frozenset({"email"}),), required, (), (("email",),), required > 0
    )
    skills = SimpleNamespace(of_set=lambda _, kind: frozenset({"Anna", "=Bo"} if kind == "work" else ()))
    mean = np.full((1, 48), 1 / 3)
    volumes = Volumes(("email",), first, 60, mean, mean / 2, mean * 2, {}, np.zeros(48), np.zeros(48))
    result = Result(
        rota=rota,
        status=SolveStatus.FEASIBLE,
        objective=Objective(missing=2000, labour=16000, premiums=5, soft_rules={"b": 2, "a": 1}),
        bound_cents=17000,
        missing_hours=10.0,
        missing_hours_bound=None,
        unavoidable_cents=16000,
        prices=np.tile([0, 150], (1, 24)),
        engine="search",
        seed=1,
        iterations=200,
        seconds=1.23456,
        seconds_to_first=0.1,
    )
    found = Violation(
        "max_days_in_row", "Anna", MONDAY, 1, "day", Message("errors.with_place", {"text": "6 days"}), True
    )
    return SimpleNamespace(
        scenario=SimpleNamespace(
            name="base",
            first_day=MONDAY,
            days=2,
            weeks=1,
            said=SimpleNamespace(escalation=()),
            stated_work=(),
            placements=(),
            need_settings=SimpleNamespace(absence=0.1),
            zone=ROME,
            interval_minutes=60,
            currency="EUR",
            team=team,
            shift_types=(ShiftType("day", (540,), 480),),
            carryover=None,
            ledger=Ledger(),
            published=None,
            country_packs={},
            house_packs=(),
            personal_rules={},
            cyclic=False,
            holiday_premiums={},
            unknown_premiums=(),
            hires={},
            seats={},
            payroll_terms=CALENDAR_MONTHS,
            dump=lambda: "name: base\n",
            opening={"email": OpeningHours(ROME, (OpeningLine(frozenset(range(5)), False, 540, 1080),))},
        ),
        history=None,
        volumes=volumes,
        need=need,
        result=result,
        rota=rota,
        cover=recount(need, rota, skills),  # type: ignore[arg-type]
        service=None,
        violations=(found,),
        rounds=(Asked(1, frozenset({"b", "a"})),),
        safety=(),
        why=None,
        notices=(Message("errors.with_place", {"text": "ünïcode"}),),
        seconds=2.0,
        versions={"tzdata": "2026a", "python": "3.11"},
    )


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_writes_the_files_and_nothing_else(plan: Any, tmp_path: Path) -> None:
    written = write_plan(plan, tmp_path / "deep" / "out")
    assert [path.name for path in written] == [*TABLES, *MADE_FROM, "plan.json"]
    assert sorted(all_bytes(tmp_path / "deep" / "out")) == sorted([*TABLES, *MADE_FROM, "plan.json"])


def test_same_plan_same_bytes(plan: Any, tmp_path: Path) -> None:
    write_plan(plan, tmp_path / "a")
    write_plan(plan, str(tmp_path / "b"))
    assert all_bytes(tmp_path / "a") == all_bytes(tmp_path / "b")
    assert b"\r" not in b"".join(all_bytes(tmp_path / "a").values())


def test_reads_back_what_was_written(plan: Any, tmp_path: Path) -> None:
    write_plan(plan, tmp_path)
    files = read_plan(tmp_path)
    for name in TABLES:
        frame = getattr(files, name.removesuffix(".csv"))
        assert list(frame.columns) == [column.name for column in COLUMNS[name]]
    assert len(files.forecast) == len(files.cover) == len(files.requirement) == 48
    assert files.forecast["open"].sum() == 18
    assert files.cover["short"].sum() == plan.cover.short.sum() == 10
    assert len(files.service) == 0
    assert files.rota[["agent", "paid_hours"]].to_numpy().tolist() == [["Anna", 8.0]]
    assert read_rota(tmp_path / "rota.csv", plan.scenario.team).shifts == plan.rota.shifts
    assert files.record["objective"]["total"] == 180.08


def test_record_has_the_documented_keys(plan: Any, tmp_path: Path) -> None:
    record = json.loads(plan_texts(plan)["plan.json"])
    assert list(record) == [name for name, _ in KEYS]
    assert record["objective"]["terms"] == {
        "missing": 20.0,
        "labour": 160.0,
        "premiums": 0.05,
        "extra": 0.0,
        "hires": 0.0,
        "soft_rules": {"a": 0.01, "b": 0.02},
    }
    assert (record["bound"], record["cost"], record["missing_hours_bound"]) == (170.0, 160.05, None)
    assert record["gap"] == round((18008 - 17000) / 18008, 6)
    assert record["avoidable_gap"] == round((18008 - 17000) / 2008, 6)
    assert record["hires"] == 1
    assert record["hours"]["rostered"] == 8
    assert record["violations"][0]["text"] == "6 days"
    assert record["notices"][0]["text"] == "ünïcode"
    assert record["rounds"] == [{"number": 1, "added": ["a", "b"]}]
    assert record["wall_seconds"] == {"first_rota": 0.1, "search": 1.23, "plan": 2.0}
    assert plan_record(plan) == {key: value for key, value in record.items() if key != "files"}


def test_a_stated_need_has_no_forecast_and_no_service(plan: Any, tmp_path: Path) -> None:
    plan.volumes = None
    write_plan(plan, tmp_path)
    assert len(read_plan(tmp_path).forecast) == 0


def test_forecast_alone(plan: Any, tmp_path: Path) -> None:
    write_forecast(plan.volumes, plan.scenario, tmp_path)
    assert (tmp_path / "forecast.csv").read_text() == plan_texts(plan)["forecast.csv"]
    assert (tmp_path / "accuracy.csv").read_text().startswith("schema_version,queue,grain,")


def fail_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let the n-th replacement of a file fail."""
    real, calls = os.replace, [0]

    def replace(source: Any, target: Any) -> None:
        calls[0] += 1
        if calls[0] == number:
            raise OSError("disk full")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    return lambda: calls[0]


@pytest.mark.parametrize("number", range(1, len(TABLES) + len(MADE_FROM) + 2))
def test_a_full_disk_changes_nothing(
    plan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write_plan(plan, tmp_path)
    before = all_bytes(tmp_path)
    plan.scenario.name = "other"
    # All tables and plan.json are written aside, and only then moved into place.
    fail_at(number, monkeypatch)
    with pytest.raises(InputError, match="nothing was changed"):
        write_plan(plan, tmp_path)
    assert all_bytes(tmp_path) == before


def test_a_kill_between_two_files_is_noticed(
    plan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(plan, tmp_path)
    plan.volumes.mean[0, 0] = 7
    fail_at(len(TABLES) + len(MADE_FROM) + 3, monkeypatch)
    with pytest.raises(InputError, match="only some files"):
        write_plan(plan, tmp_path)
    assert sorted(all_bytes(tmp_path)) == sorted([*TABLES, *MADE_FROM, "plan.json"])
    with pytest.raises(InputError, match=r"forecast\.csv is not the one"):
        read_plan(tmp_path)


def test_a_mistake_in_a_table_writes_nothing(plan: Any, tmp_path: Path) -> None:
    plan.need = None
    with pytest.raises(AttributeError):
        write_plan(plan, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_used(plan: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        write_plan(plan, tmp_path / "file")
    with pytest.raises(InputError, match=r"plan\.json cannot be read"):
        read_plan(tmp_path / "nowhere")


def test_another_version_and_broken_records_are_refused(plan: Any, tmp_path: Path) -> None:
    write_plan(plan, tmp_path)
    record = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    (tmp_path / "plan.json").write_text(json.dumps({**record, "schema_version": 2}))
    with pytest.raises(InputError, match="is of version 2; this planner reads version 1"):
        read_plan(tmp_path)
    for text in ("", "[]", "{}", '{"schema_version": 1, "files": {}}'):
        (tmp_path / "plan.json").write_text(text)
        with pytest.raises(InputError, match=r"plan\.json cannot be read"):
            read_plan(tmp_path)


def test_files_that_belong_together_are_replaced_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if Path(target).parent == tmp_path:
            order.append(Path(target).name)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_files({"b": "1", "a": "2", "last": "3"}, tmp_path)
    assert order == ["b", "a", "last"]


def test_columns_of_other_rooms_are_the_documented_ones() -> None:
    for file, columns in (("rota.csv", ROTA_COLUMNS), ("service.csv", SERVICE_COLUMNS)):
        assert list(columns) == [column.name for column in COLUMNS[file]]


def test_plain_values() -> None:
    frame = pd.Series([1, 2])
    assert as_plain([np.float64("inf"), np.int64(3), SolveStatus.OPTIMAL, (1, {2: b"x"})]) == [
        None,
        3,
        "optimal",
        [1, {"2": "b'x'"}],
    ]
    assert as_plain(to_utc("2026-03-30", 0, ROME)) == "2026-03-29T22:00:00Z"
    assert json_text({"ü": float("nan")}) == '{\n  "ü": null\n}\n'
    assert as_plain(frame.to_numpy()) == [1, 2]


def test_worth_is_what_the_proof_prices(plan: Any) -> None:
    worth = pd.read_csv(io.StringIO(plan_texts(plan)["worth.csv"]))
    assert worth["worth"].tolist() == [0.0, 1.5] * 24
    assert worth["queue"].unique().tolist() == ["email"]
