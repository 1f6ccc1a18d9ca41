"""Every key of requirement and service in one small scenario: read, checked, planned to the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.study import Plan, Scenario, plan, read_plan, summary, write_plan
from planner.study.scenario import findings
from planner.study.scenario.queue_said import QueueSaid
from planner.study.scenario.work_said import AppointmentSaid, MeetingSaid, PlannedSaid
from planner.study.steps import hard, planned_of


@pytest.fixture(scope="module")
def made(everything: Scenario) -> Plan:
    """The scenario planned with a quick effort."""
    return plan(everything)


def test_it_reads_back(everything: Scenario) -> None:
    again = Scenario.from_text(everything.dump(), folder=everything.folder)
    assert again == everything
    assert again.dump() == everything.dump()
    assert again.team == everything.team
    assert again.queues == everything.queues
    assert again.stated_work == everything.stated_work


def test_it_makes_sense(everything: Scenario) -> None:
    assert everything.source_path is not None
    assert [str(mistake) for mistake in findings([everything.source_path]).mistakes] == []


@pytest.mark.parametrize(
    ("model", "key", "own"),
    [
        (
            QueueSaid,
            "queues",
            {"name", "channel", "language", "team", "can_be_put_down", "handle_time_cv", "chat_speed"}
            | {"customers_in", "customers_zone", "public_holidays"},  # of the forecast and of opening
        ),
        (PlannedSaid, "planned_work", set()),
        (MeetingSaid, "meetings", {"people", "every", "repeat_for"}),
        (AppointmentSaid, "appointments", {"name"}),
    ],
)
def test_every_key_of_requirement_and_service_is_said(
    everything: Scenario, model: Any, key: str, own: set[str]
) -> None:
    said = {name for line in getattr(everything.said, key) for name in line.model_fields_set}
    assert set(model.model_fields) - said <= own
    assert {"voicemail_within", "open_tickets", "staffing", "escalation"} <= everything.said.model_fields_set
    assert everything.said.staffing.model_fields_set == set(type(everything.said.staffing).model_fields)


def test_planned_work_reaches_the_need(made: Plan) -> None:
    work = {each.name: each for each in planned_of(made.scenario, made.volumes)}
    assert list(work) == ["school", "notes", "calls back", "weekly", "tutor", "appointments"]
    assert work["calls back"].windows[0].work_seconds == pytest.approx(1200.0)
    assert all(each.windows for each in work.values())
    need = made.need
    assert set(work) <= set(need.queues)
    taken = {name: need.required[need.sets.index(frozenset({name}))] for name in ("school", "weekly")}
    assert taken["school"].max() == 1
    assert taken["weekly"].sum() * 0.5 == work["weekly"].person_hours
    assert {name for row in need.backlogs for name in row.queues} >= {"notes", "calls back", "email en"}


def test_the_rota_is_legal_and_planned_work_is_done(made: Plan) -> None:
    assert hard(made.violations) == ()
    assert made.service is not None
    done = made.service.planned
    assert set(done.work) == {"school", "notes", "calls back", "weekly", "tutor", "appointments"}
    assert (done.done_seconds <= done.planned_seconds + 1e-6).all()
    fixed = np.array([work == "weekly" for work in done.work])
    assert done.done_seconds[fixed].sum() > 0.5 * done.planned_seconds[fixed].sum()


def test_what_is_printed(made: Plan) -> None:
    text = [str(line) for line in summary(made)]
    assert not [line for line in text if "study." in line or "{" in line]
    told = "\n".join(text)
    assert "school: 1.0 person-hours planned, " in told
    assert "of those answered were answered within the promise (80% of answered within 1 min)" in told
    assert "answered or gone within the promise (80% answered or gone within 1 min)" in told
    assert "answered within the promise (90% by opening + 1 h)" in told
    assert "email en is answered as deferred work" in told
    assert "phone en: what decides the people needed, by share of hours: " in told


def test_its_files_read_back(made: Plan, tmp_path: Path) -> None:
    write_plan(made, tmp_path)
    files = read_plan(tmp_path)
    service = files.record["service"]
    assert service["replications"] == made.service.replications  # type: ignore[union-attr]
    assert service["compiled"] == made.service.compiled  # type: ignore[union-attr]
    assert not {"replications", "compiled"} & set(files.record)  # said once
    names = [row["work"] for row in files.record["planned_work"]]
    assert names == ["school", "notes", "calls back", "weekly", "tutor", "appointments"]
    assert "school" in set(files.requirement["set"])
    assert {"phone en", "urgent en"} <= set(files.service["queue"])
