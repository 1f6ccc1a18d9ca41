import csv
import io
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from planner._errors import InputError
from planner.study.export.glance import events_of, rows_of, sheet_of


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_rows_of_any_separator_are_shown_as_they_stand(separator):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([["agent", "hours"], ["'=1+1", "7,5"], ["A\nB", "8"]])
    found = rows_of(b"\xef\xbb\xbf" + out.getvalue().encode())
    assert list(found.columns) == ["agent", "hours"]
    assert found.iloc[0].tolist() == ["'=1+1", "7,5"]


def test_short_rows_and_titles_that_come_twice_are_shown():
    found = rows_of(b"a,a,b\n1\n")
    assert found.shape == (1, 3)
    assert found.columns.is_unique


def test_only_the_first_rows_are_shown():
    assert len(rows_of(b"a\n" + b"1\n" * 50, rows=6)) == 6
    assert rows_of(b"").empty


def test_what_is_no_text_or_no_workbook_is_said():
    for look in (lambda: rows_of(b"\xff\xfe\x00", "utf-8"), lambda: sheet_of(b"PK not a workbook")):
        with pytest.raises(InputError, match="cannot be shown"):
            look()


def _calendar(*days):
    calendar = Calendar()
    for day in days:
        event = Event()
        event.add("dtstart", datetime(2026, 3, day, 21, tzinfo=UTC))
        event.add("dtend", datetime(2026, 3, day + 1, 5, tzinfo=UTC))
        event.add("summary", "Night")
        event.add("status", "CONFIRMED")
        calendar.add_component(event)
    return calendar.to_ical()


def test_the_next_entries_are_shown_on_a_clock_and_over_a_clock_change():
    found = events_of(_calendar(29, 27, 28), "Europe/Rome", datetime(2026, 3, 28, 5, tzinfo=UTC))
    assert found[["start", "end"]].to_numpy().tolist() == [
        ["2026-03-28 22:00", "2026-03-29 07:00"],
        ["2026-03-29 23:00", "2026-03-30 07:00"],
    ]


def test_what_is_over_is_shown_where_nothing_is_to_come():
    found = events_of(_calendar(27, 28), "UTC", datetime(2027, 1, 1, tzinfo=UTC), events=1)
    assert found["start"].tolist() == ["2026-03-27 21:00"]
