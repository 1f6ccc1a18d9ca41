"""Fairness of a period with the ledger beside it."""

from __future__ import annotations

import pandas as pd

from planner.study import grid

TABLE = pd.DataFrame({"agent": ["Ana", "Bea"], "nights": [2, 1]})


def ledger(*rows: tuple[str, str, int]) -> pd.DataFrame:
    counts = {"weekends": 1, "public_holidays": 0, "changed_shifts": 3}
    return pd.DataFrame(
        [{"agent": who, "first_day": day, "nights": nights, **counts} for who, day, nights in rows]
    )


def test_what_was_before_is_added_up_by_person() -> None:
    rows = ledger(("Ana", "2026-03-02", 5), ("Ana", "2026-03-30", 2), ("Carla", "2026-03-02", 9))
    found = grid.so_far(TABLE, rows, "2026-03-30").set_index("agent")
    assert found["nights"].tolist() == [2, 1]
    assert found["nights_so_far"].tolist() == [7, 0]
    assert found.loc["Ana", ["weekends_so_far", "holidays_so_far", "changed_so_far"]].tolist() == [2, 0, 6]


def test_nothing_is_added_where_nothing_was_before() -> None:
    rows = ledger(("Ana", "2026-03-30", 2))
    assert grid.so_far(TABLE, rows, "2026-03-30").equals(TABLE)
    assert grid.so_far(TABLE, rows.iloc[:0], "2026-03-30").equals(TABLE)
