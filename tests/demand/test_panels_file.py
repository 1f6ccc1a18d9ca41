"""What an import keeps beside counts: written, read back, cut to what is observed, refused when damaged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner._errors import HistoryError
from planner.demand import (
    HistorySource,
    Panels,
    Promise,
    Queue,
    read_history,
    read_panels,
    write_counts,
    write_panels,
)

EMAIL = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
HEADER = "id,created,solved,first reply,tags"
MAPPING = {"id": "id", "stamp": "created", "solved": "solved", "first_reply": "first reply", "labels": "tags",
           "first_reply_unit": "minutes", "default_language": "en", "default_channel": "email"}  # fmt: skip


@pytest.fixture
def tickets(tmp_path):
    rows = []
    for number, day in enumerate(pd.date_range("2026-01-05", periods=70)):
        for hour in range(8, 20):
            solved = "" if hour == 9 else f"{day.date()} 23:{hour}"
            tag = "password reset" if hour % 3 else "invoice"
            rows.append(f"{number}-{hour},{day.date()} {hour:02d}:05,{solved},{hour * 3},{tag}")
    file = tmp_path / "tickets.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return HistorySource(file, "mapping", "Europe/Rome", MAPPING)


def same(one: Panels, other: Panels) -> None:
    for name in ("weeks", "replies", "kept", "topics"):
        left, right = getattr(one, name), getattr(other, name)
        assert left is not None, name
        pd.testing.assert_frame_equal(left, right, check_dtype=False)


def test_panels_survive_without_the_tickets(tickets, tmp_path):
    first = read_history([tickets], [EMAIL])
    write_counts(first, tmp_path / "history-1.csv")
    write_panels(first.panels, tmp_path / "history-1.panels.json")
    tickets.file.unlink()
    source = HistorySource(
        tmp_path / "history-1.csv", "counts", "Europe/Rome", panels=tmp_path / "history-1.panels.json"
    )
    again = read_history([source], [EMAIL])
    same(first.panels, again.panels)
    pd.testing.assert_frame_equal(first.frame, again.frame)
    written = (tmp_path / "history-1.panels.json").read_text(encoding="utf-8")
    assert "0-8" not in written


def test_panels_of_trimmed_days_and_of_other_queues_are_left_out(tickets, tmp_path):
    first = read_history([tickets], [EMAIL])
    write_counts(first, tmp_path / "c.csv")
    write_panels(first.panels, tmp_path / "p.json")
    source = HistorySource(
        tmp_path / "c.csv", "counts", "Europe/Rome", since=date(2026, 2, 2), panels=tmp_path / "p.json"
    )
    cut = read_history([source], [EMAIL]).panels
    assert cut.weeks["week"].min() == date(2026, 2, 2)
    other = Queue("email en", "email", "en", 600, Promise(0.9, 7200))
    assert read_history([source], [other]).panels.weeks is not None


def test_what_is_not_known_stays_unknown(tmp_path):
    topics = pd.DataFrame({
        "topic": ["late"], "queue": ["a"], "week": [date(2026, 1, 5)], "contacts": [3],
        "out_of_hours": [np.nan], "counted_once": [2],
    })  # fmt: skip
    write_panels(Panels(topics=topics), tmp_path / "p.json")
    assert np.isnan(read_panels(tmp_path / "p.json").topics["out_of_hours"][0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema_version": 2}',
        '{"schema_version": 1, "weeks": [[1]]}',
        '{"schema_version": 1, "weeks": {"a": 1}}',
        '{"schema_version": 1, "replies": [["q", "all", "x", 1, 2]]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_a_sentence(tmp_path, text):
    file = Path(tmp_path, "p.json")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HistoryError, match=r"p\.json: this is no file of panels"):
        read_panels(file)


def test_a_file_too_large_is_not_even_read(tmp_path):
    """Twenty megabytes are years of topics: whoever names a video learns of it at once."""
    file = tmp_path / "panels.json"
    file.write_text('{"schema_version": 1}', encoding="utf-8")
    with file.open("r+b") as sparse:
        sparse.truncate(20_000_001)
    with pytest.raises(HistoryError, match="no file of panels, or it is damaged"):
        read_panels(file)
