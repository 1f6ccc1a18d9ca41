"""Tables as text and back: fixed decimals, harmless text, one gate for columns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.study.columns import COLUMNS, DECIMALS, KEYS
from planner.study.tables import csv_text, files_table, read_csv


def comparison(**changes: object) -> pd.DataFrame:
    row = {
        "scenario": "base",
        "figure": "cost",
        "unit": "EUR a month",
        "value": 1.0,
        "low": np.nan,
        "high": None,
        "difference": -0.00001,
        "verdict": "same",
        "difference_low": np.nan,
        "difference_high": 2.0,
    }
    return pd.DataFrame([{**row, **changes}])


def test_text_of_a_table() -> None:
    assert csv_text("comparison.csv", comparison()) == (
        "schema_version,scenario,figure,unit,value,low,high,difference,verdict,"
        "difference_low,difference_high\n"
        "1,base,cost,EUR a month,1.0000,,,0.0000,same,,2.0000\n"
    )


def test_order_of_columns_does_not_matter() -> None:
    frame = comparison()
    assert csv_text("comparison.csv", frame[sorted(frame.columns)]) == csv_text("comparison.csv", frame)


def test_all_columns_that_are_wrong_are_named_at_once() -> None:
    frame = comparison().drop(columns=["unit", "low"]).assign(cost=1, mood=2)
    with pytest.raises(InputError, match="missing: unit, low; unknown: cost, mood"):
        csv_text("comparison.csv", frame)


def test_round_trip_of_every_kind(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "interval_start": pd.DatetimeIndex([datetime(2026, 3, 29, 1, tzinfo=UTC)] * 2),
            "interval_local": ["2026-03-29T03:00:00+02:00"] * 2,
            "queue": ['=email, "en"', "-phone\nfr"],
            "mean": [1 / 3, 0.0],
            "low": [0.0, np.nan],
            "high": [2.00004, 1e6],
            "open": [True, False],
            "model_mean": [1 / 3, 1.0],
            "by_hand": ["", "closing early; Ana"],
        }
    )
    (tmp_path / "forecast.csv").write_text(csv_text("forecast.csv", frame), encoding="utf-8", newline="")
    back = read_csv(tmp_path / "forecast.csv")
    assert back["schema_version"].tolist() == [1, 1]
    assert back["queue"].tolist() == frame["queue"].tolist()
    assert back["interval_start"].tolist() == frame["interval_start"].tolist()
    assert back["open"].tolist() == [True, False]
    assert back["mean"].tolist() == [0.3333, 0.0]
    assert back["high"].tolist() == [2.0, 1e6]
    assert np.isnan(back["low"][1])
    assert back["by_hand"].tolist() == ["", "closing early; Ana"]
    assert csv_text("forecast.csv", back) == csv_text("forecast.csv", frame)


def test_a_forecast_written_before_hands_were_told_apart(tmp_path: Path) -> None:
    header = "schema_version,queue,interval_start,interval_local,mean,low,high,open\n"
    row = "1,email en,2026-03-29T01:00:00Z,2026-03-29T03:00:00+02:00,1.0000,0.0000,3.0000,yes\n"
    (tmp_path / "forecast.csv").write_text(header + row, encoding="utf-8")
    back = read_csv(tmp_path / "forecast.csv")
    assert np.isnan(back["model_mean"][0])
    assert back["by_hand"].tolist() == [""]


def test_whole_numbers_may_be_unknown(tmp_path: Path) -> None:
    names = [column.name for column in COLUMNS["requirement.csv"]]
    (tmp_path / "requirement.csv").write_text(",".join(names) + "\n" + "1" + "," * (len(names) - 1) + "\n")
    back = read_csv(tmp_path / "requirement.csv")
    assert back["gross"].isna().tolist() == [True]
    assert back["interval_start"].isna().tolist() == [True]
    assert csv_text("requirement.csv", back) == (tmp_path / "requirement.csv").read_text()


def test_an_empty_table_keeps_its_header(tmp_path: Path) -> None:
    names = [column.name for column in COLUMNS["service.csv"]]
    text = csv_text("service.csv", pd.DataFrame(columns=names))
    assert text == ",".join(names) + "\n"
    (tmp_path / "service.csv").write_text(text)
    back = read_csv(tmp_path / "service.csv")
    assert (len(back), list(back.columns)) == (0, names)


def test_days_and_stamps_of_python_are_taken(tmp_path: Path) -> None:
    names = [column.name for column in COLUMNS["rota.csv"]]
    row: dict[str, object] = dict.fromkeys(names)
    row |= {"day": date(2026, 3, 29), "start_utc": datetime(2026, 3, 29, 1, tzinfo=UTC), "payroll_id": "=7"}
    text = csv_text("rota.csv", pd.DataFrame([row]))
    assert "2026-03-29," in text
    assert "2026-03-29T01:00:00Z" in text
    assert ",=7," in text  # ids never change


@given(st.text(alphabet="'=+-@ a1", max_size=6))
def test_formulas_become_text_and_come_back(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / "comparison.csv"
    path.write_text(csv_text("comparison.csv", comparison(scenario=name)), encoding="utf-8", newline="")
    cell = path.read_text(encoding="utf-8").splitlines()[1].split(",")[1]
    assert cell[:1] not in {"=", "@"}
    assert read_csv(path)["scenario"].tolist() == [name]


def test_numbers_are_left_alone() -> None:
    assert ",-5.0000," in csv_text("comparison.csv", comparison(difference=-5.0))


def test_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "comparison.csv"
    with pytest.raises(InputError, match=r"comparison\.csv cannot be read"):
        read_csv(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"comparison\.csv cannot be read"):
        read_csv(path)
    path.write_text("")
    with pytest.raises(InputError, match="missing: schema_version, scenario"):
        read_csv(path)
    header = csv_text("comparison.csv", comparison()).splitlines()[0]
    path.write_text(f"{header}\n1,a\n")
    with pytest.raises(InputError, match=r"comparison\.csv:2: this row does not have 11 cells"):
        read_csv(path)
    path.write_text(f"{header}\n1,a,b,c,dear,,,,,,\n")
    with pytest.raises(InputError, match="a cell of column value cannot be read"):
        read_csv(path)


def test_every_column_says_what_it_means() -> None:
    for columns in COLUMNS.values():
        assert columns[0].name == "schema_version"
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.meaning and "|" not in column.meaning for column in columns)
    assert len(dict(KEYS)) == len(KEYS)
    kinds = {column.kind for columns in COLUMNS.values() for column in columns}
    assert kinds == {*DECIMALS, "text", "id", "day", "utc", "local", "flag"}


def test_the_table_for_the_readme_names_every_column() -> None:
    table = files_table()
    for file, columns in COLUMNS.items():
        part = table.split(f"**{file}**")[1].split("**")[0]
        assert [line.split("`")[1] for line in part.splitlines() if "`" in line] == [c.name for c in columns]
    assert table.count("| `need_id` |") == 1


def test_a_later_column_may_be_missing_in_an_older_file(tmp_path: Path) -> None:
    path = tmp_path / "comparison.csv"
    rows = [line.rsplit(",", 2)[0] for line in csv_text("comparison.csv", comparison()).splitlines()]
    path.write_text("\n".join(rows) + "\n")
    assert read_csv(path)["difference_high"].isna().all()


def test_what_mends_a_stage_is_read_from_an_older_file(tmp_path: Path) -> None:
    head = [column.name for column in COLUMNS["mending.csv"] if column.name not in ("one_off_cost", "file")]
    path = tmp_path / "mending.csv"
    path.write_text(",".join(head) + "\n" + ",".join("1" if name == "number" else "" for name in head) + "\n")
    found = read_csv(path)
    assert found["one_off_cost"].isna().all()
    assert found["file"].tolist() == [""]
