"""Columns of the files that hold a forecast against what came."""

from __future__ import annotations

from planner.study.column import VERSION, Column

ACTUALS_COLUMNS: dict[str, tuple[Column, ...]] = {
    "actuals.csv": (
        VERSION,
        Column("queue", "text", "name of the queue"),
        Column(
            "grain",
            "text",
            "hour, shift, day or week, seen from end to end; all: the whole time; new hours: all of it in "
            "hours whose volume was borrowed",
        ),
        Column("units", "count", "how many of them"),
        Column("came", "contacts", "contacts that came"),
        Column("expected", "contacts", "contacts that were expected"),
        Column(
            "error",
            "share",
            "sum of misses as a share of what came; empty for hours of fewer than 2 contacts",
        ),
        Column("bias", "share", "expected minus came, as a share of what came"),
        Column("noise_floor_ratio", "share", "error against that which chance alone forces; 1 is the best"),
        Column(
            "inside_band",
            "share",
            "share of units inside the band of 8 in 10; small whole numbers fill more of it",
        ),
        Column("sure", "share", "of all: how sure it is that the level is another than expected"),
        Column("moved", "text", "of all: yes if that is 95 % or more, else no"),
        Column("now_expected", "contacts", "of new hours: what is expected there after what came"),
    ),
    "actuals_days.csv": (
        VERSION,
        Column("queue", "text", "name of the queue"),
        Column("day", "day", "local day that the later history holds from end to end"),
        Column("came", "contacts", "contacts that came"),
        Column("expected", "contacts", "contacts that were expected"),
        Column("low", "contacts", "9 such days of 10 bring at least so many"),
        Column("high", "contacts", "9 such days of 10 bring at most so many"),
    ),
}
