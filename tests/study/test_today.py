"""Today's service beside the plan's, and the files of what tickets tell."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planner.clock import day_starts, quarter_at
from planner.demand import History, ImportReport, Panels, Suggestion, Tickets, panels_of
from planner.study.files import plan_texts, read_plan, write_plan
from planner.study.panel_columns import PANEL_COLUMNS
from planner.study.plan_keys import KEYS
from planner.study.record import plan_record
from planner.study.summary import summary
from planner.study.tables import read_csv
from planner.study.today import history_lines, today_lines, today_of, today_of_plan

ZONE = "Europe/Lisbon"
STARTS = day_starts("2026-01-05", 56, ZONE)
REPORT = ImportReport("tickets.csv", "", "zendesk", ZONE, 900, 900, {}, None, None, {})


def history_of(scenario: Any, reply: Any, opening: bool = True, each: int = 5) -> History:
    """Tickets at 10:00 and at 20:00 of every weekday, the ones of the evening answered next morning."""
    days = [day for day in range(56) if day % 7 < 5]
    quarter = np.array([STARTS[day] + 4 * hour for day in days for hour in (10, 20) for _ in range(each)])
    count = len(quarter)
    replies = np.where((quarter - STARTS[0]) % 96 < 60, reply, 14 * 3600.0).astype(np.float32)
    seen = Tickets(
        quarter,
        np.zeros(count, dtype=np.int16),
        quarter + np.where(np.arange(count) % 10 < 9, 96, 10_000_000),
        replies,
        np.arange(count, dtype=np.int32) % 2,
        (("password reset",), ("invoice", "vat")),
        True,
        True,
        True,
    )
    panels = panels_of(
        seen, scenario.queues, ZONE, STARTS[0], STARTS[-1], scenario.opening if opening else None
    )
    frame = pd.DataFrame({"interval_start": [], "queue": [], "arrivals": [], "handle_seconds": []})
    return History(frame, 30, quarter_at(STARTS[0]), quarter_at(STARTS[-1]), REPORT, panels=panels)


@pytest.fixture
def told(planned: Any) -> Any:
    """The small desk's plan with a history in which half an hour after closing is the rule."""
    return replace(planned, history=history_of(planned.scenario, 3600.0))


def test_today_stands_beside_the_plan(told: Any) -> None:
    (email,) = today_of_plan(told)
    assert (email.queue, email.arrived, email.kept) == ("email en", "open", 1.0)
    assert email.contacts == 5 * 35, "the last week is too young"
    assert email.planned == next(r.kept["email en"] for r in told.rounds if r.chosen)
    text = next(str(line) for line in summary(told) if line.code.startswith("today."))
    assert text.startswith(
        "email en: today 100 % keep the promise (90% within 2 business hours, open hours; 175 contacts that "
        "came while it is open in this plan, 2026-01-05 to 2026-02-22); this plan "
    )


def test_a_slow_desk_is_not_flattered(planned: Any) -> None:
    slow = replace(planned, history=history_of(planned.scenario, 7201.0))
    (email,) = today_of_plan(slow)
    assert email.kept == 0.0


def test_a_clock_that_needs_opening_hours_is_not_guessed(planned: Any) -> None:
    blind = history_of(planned.scenario, 3600.0, opening=False)
    (email,) = today_of(blind, planned.scenario)
    assert email.kept is None
    (line,) = today_lines((email,))
    assert "cannot be compared" in str(line)
    assert "opening hours" in str(line)


def test_nothing_is_said_where_nothing_is_known(planned: Any) -> None:
    assert today_of(None, planned.scenario) == ()
    assert plan_record(planned)["today"] is None
    empty = replace(history_of(planned.scenario, 60.0), panels=Panels())
    assert today_of(empty, planned.scenario) == ()
    assert not [line for line in summary(planned) if line.code.startswith("today.")]


def test_few_contacts_are_a_caveat(planned: Any) -> None:
    (email,) = today_of(history_of(planned.scenario, 60.0, each=1), planned.scenario)
    assert [caveat.code for caveat in email.caveats] == ["today.few"]


def test_what_a_share_cannot_tell_is_said_beside_it(planned: Any) -> None:
    """Half have no reply; who gives up counts in the promise, but no ticket tells of it."""
    history = history_of(planned.scenario, np.tile([3600.0, np.nan], 200))
    first, *more = planned.scenario.queues
    gone = replace(first, promise=replace(first.promise, definition="gone"))
    (email,) = today_of(history, SimpleNamespace(queues=(gone, *more)))
    assert {"today.left_out", "today.gone"} <= {caveat.code for caveat in email.caveats}


def test_files_have_their_columns_and_come_back(told: Any, tmp_path: Any) -> None:
    written = {path.name for path in write_plan(told, tmp_path)}
    assert set(PANEL_COLUMNS) <= written
    for name, columns in PANEL_COLUMNS.items():
        frame = read_csv(tmp_path / name)
        assert list(frame.columns) == [column.name for column in columns]
        assert len(frame)
    record = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert record["today"][0]["kept"] == 1.0
    assert record["today"][0]["first_day"] == "2026-01-05"
    assert set(PANEL_COLUMNS) <= set(record["files"])
    read_plan(tmp_path)
    weeks = read_csv(tmp_path / "weeks.csv")
    assert (weeks["created"] - weeks["solved"]).tolist() == weeks["open_change"].tolist()


def test_plans_without_tickets_have_no_such_files(planned: Any) -> None:
    assert not set(PANEL_COLUMNS) & set(plan_texts(planned))
    assert "today" in dict(KEYS)


def test_what_is_found_is_told_with_the_line_that_accepts_it(told: Any) -> None:
    from planner._messages import Message

    lost = Suggestion(
        "exclude",
        date(2026, 1, 10),
        date(2026, 1, 10),
        Message("quality.lost", {"days": "2026-01-10", "came": "0", "usually": "40"}),
        line="exclude: [2026-01-10]",
    )
    lines = [str(line) for line in history_lines(replace(told.history, suggestions=(lost,)), told.scenario)]
    assert lines[0].endswith("missing is not zero. To accept: exclude: [2026-01-10]")
    assert any("the backlog grows by 5 a week" in line for line in lines)
    assert any("password reset" in line for line in lines)


def test_a_plan_says_that_something_was_found(told: Any) -> None:
    from planner._messages import Message

    day = date(2026, 1, 10)
    note = Suggestion("note", day, day, Message("quality.step"))
    lost = Suggestion("exclude", day, day, Message("quality.lost"), line="exclude: [2026-01-10]")
    for found, lines in (((note,), 0), ((note, lost, lost), 1)):
        made = replace(told, history=replace(told.history, suggestions=found))
        said = [str(line) for line in summary(made) if line.code == "quality.found"]
        assert len(said) == lines
        assert not said or "2 in all" in said[0]
