"""A simulated service in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from planner._values import percent_text
from planner.service import PlannedDone, service_levels
from planner.study import steps
from planner.study.service_files import service_record, service_tables
from planner.study.service_words import hours_in_words, lives, service_words


def said(planned: Any, changes: dict[str, Any] | None = None) -> list[str]:
    service = replace(planned.service, **(changes or {}))
    tables = service_tables(service, planned.rota, planned.scenario)
    return [str(line) for line in service_words(service, tables, planned.rota, planned.scenario)]


def test_promises_come_first_with_definition_range_and_waits(planned: Any) -> None:
    lines = said(planned)
    assert lines[0].startswith("email en: ")
    assert "of all who came are answered within the promise (90% within 2 business hours)" in lines[0]
    assert "in 8 periods of 10 between" in lines[0]
    phone = next(line for line in lines if line.startswith("phone en"))
    after = lines[lines.index(phone) + 1]
    assert after.startswith("   by definition: ")
    assert "hang up" in after
    assert any(line.startswith("   of those who stayed, half within ") for line in lines)
    assert any(line.startswith("   half within ") and ", longest " in line for line in lines)
    assert any(line.startswith("busy, of the time ") and "% (Lisbon)" in line for line in lines)
    assert lines[-1] == f"the period of 7 days was simulated {planned.service.replications} times"


def test_who_comes_while_closed_is_told_apart_as_on_every_page(planned: Any) -> None:
    tables = service_tables(planned.service, planned.rota, planned.scenario)
    totals = tables["service.csv"].query("queue == 'email en' and weekday == ''").set_index("arrived")
    assert totals["contacts_per_week"]["closed"] > 0
    lines = said(planned)
    assert f"email en: {_shown(totals['kept_share']['open'])} % of all who came" in lines[0]
    assert "if they come while it is open" in lines[0]
    closed = f"   of those who come while it is closed: {_shown(totals['kept_share']['closed'])} %; "
    assert lines[1].startswith(closed)
    phone = next(line for line in lines if line.startswith("phone en"))
    everybody = service_levels(planned.service, "phone en", while_open=True)
    mine = planned.service.records.queue == 1
    assert ("while it is open" in phone) == (~planned.service.records.arrived_open[mine]).any()
    assert f"phone en: {_shown(everybody.offered)} %" in phone


def test_a_promise_by_the_opening_is_told_of_all(planned: Any) -> None:
    email, phone = planned.service.queues
    by_opening = replace(email, promise=replace(email.promise, clock="after opening"))
    lines = said(planned, {"queues": (by_opening, phone)})
    totals = {row["arrived"]: row for row in planned.service.totals() if row["queue"] == "email en"}
    assert f"email en: {_shown(totals['all']['kept_share'])} % of all who came" in lines[0]
    assert "while it is open" not in lines[0]
    assert lines[1].startswith("   of those who come while it is closed: ")


def _shown(share: float) -> str:
    return percent_text(float(share))


def test_another_definition_is_said(planned: Any) -> None:
    email, phone = planned.service.queues
    queues = (email, replace(phone, promise=replace(phone.promise, definition="gone")))
    line = next(line for line in said(planned, {"queues": queues}) if line.startswith("phone en"))
    assert "of all who came are answered or gone within the promise" in line


def test_planned_work_that_is_done_in_its_time(planned: Any) -> None:
    done = PlannedDone(
        ("calls", "calls"), np.zeros(2), np.ones(2), np.array([60.0, 60]), np.array([60.0, 30])
    )
    assert "calls: 75 % is done in its time" in said(planned, {"planned": done})


def test_why_there_are_fewer_lives(planned: Any) -> None:
    made = steps.simulate(planned.rota, planned.volumes, planned.scenario, replications=6)
    service = replace(made, compiled=False)
    record = service_record(service, planned.rota, planned.scenario)
    assert str(lives(record, 7)) == (
        "the period of 7 days was simulated only 6 times, because the compiled extra is not installed"
    )


def test_worst_hours_and_those_that_cannot_be_judged() -> None:
    rows = [("mon", 9, 10.0, 0.5, 5400.0), ("tue", 0, 0.2, np.nan, np.nan), ("wed", 7, 3.0, 1.0, 9.0)]
    frame = pd.DataFrame(
        rows, columns=["weekday", "hour", "contacts_per_week", "kept_share", "wait_p90_seconds"]
    ).assign(queue="phone")
    assert [str(line) for line in hours_in_words(frame)] == [
        "worst hours of the week: phone Mon 09:00 (50 % of 10.0 contacts a week, 9 of 10 within 1 h 30 min)",
        "hours of the week with too few contacts to judge: 1",
    ]
    assert [str(line) for line in hours_in_words(frame[frame.weekday == "wed"])] == [
        "in every hour of the week that has enough contacts to judge, all are answered within the promise"
    ]
