"""A history written as counts reads back to the same history."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.demand import HistorySource, read_history, write_counts

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)


def tickets(write, days=30, lost=(11, 12)):
    first = datetime(2026, 3, 9, 0, 4, tzinfo=UTC)
    lines = ["id,created,lang,channel,handled"]
    for number in range(days * 24):
        at = first + timedelta(minutes=61 * number)
        if (at - first).days in lost:
            continue
        lines.append(
            f"{number},{at:%Y-%m-%d %H:%M},{('en', 'it')[number % 2]},mail,{100 + 7.3 * (number % 9):.1f}"
        )
        lines.append(f"x{number},{at:%Y-%m-%d %H:%M},{('en', 'it')[number % 2]},mail,")
    return write(lines)


@pytest.mark.parametrize("interval", [15, 30, 60])
def test_reads_back_to_the_same_history(write, tmp_path, queues, interval):
    mapping = {"stamp": "created", "id": "id", "language": "lang", "channel": "channel", "aht": "handled"}
    source = HistorySource(tickets(write), "mapping", "Europe/Rome", mapping, as_of=AS_OF)
    before = read_history([source], queues, interval)
    assert before.missing
    file = tmp_path / "counts.csv"
    write_counts(before, file)
    after = read_history([HistorySource(file, "counts", "Europe/Rome", as_of=AS_OF)], queues, interval)
    assert after.frame.equals(before.frame)
    assert (after.observed_from, after.observed_until) == (before.observed_from, before.observed_until)
    assert after.missing == before.missing
    assert after.interval_minutes == before.interval_minutes
    assert after.report.queues == before.report.queues
    write_counts(after, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == file.read_bytes()


def test_days_that_a_user_excludes_stay_out(write, tmp_path, queues):
    mapping = {"stamp": "created", "language": "lang", "channel": "channel"}
    source = HistorySource(tickets(write, lost=()), "mapping", "UTC", mapping, as_of=AS_OF)
    out = replace(source, exclude=((date(2026, 3, 15), date(2026, 3, 16)),))
    before = read_history([out], queues)
    write_counts(before, tmp_path / "counts.csv")
    text = (tmp_path / "counts.csv").read_text()
    assert "2026-03-14" in text
    assert "2026-03-15" not in text
    after = read_history([HistorySource(tmp_path / "counts.csv", "counts", "UTC", as_of=AS_OF)], queues)
    assert after.missing == before.missing
    assert after.frame.equals(before.frame)


def test_nothing_is_left_behind_when_it_cannot_be_written(write, tmp_path, queues):
    mapping = {"stamp": "created", "language": "lang", "channel": "channel"}
    history = read_history([HistorySource(tickets(write), "mapping", "UTC", mapping, as_of=AS_OF)], queues)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(OSError, match=r"counts\.csv"):
        write_counts(history, tmp_path / "no such folder" / "counts.csv")
    assert sorted(os.listdir(tmp_path)) == before
