"""A rota that was edited by hand, solved again as a job: the edits stay, changes are listed."""

from __future__ import annotations

import shutil

from planner.rota import csv_text, read_rota, rota_frame
from planner.study import Scenario, plan, read_plan
from planner.study.rota_edits import Edit, edited
from planner.study.tables import read_csv
from planner.tasks import JobState, Store, ask
from planner.tasks.run import run_job

DESK = """
name: Two days
period: {first_day: 2026-04-20, weeks: 1}
agents: [{name: Ana, languages: en, cost: 12}, {name: Bo, languages: en, cost: 12}]
need: {seat: 1}
opening_hours: [{queues: all, days: mon-tue, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
solve: {effort: quick}
"""


def test_a_replan_reads_the_draft_as_it_was_asked_and_keeps_its_edits(tmp_path):
    desk = tmp_path / "desk.yaml"
    desk.write_text(DESK, encoding="utf-8")
    scenario = Scenario.load(desk)
    made = plan(scenario)
    first = min(made.rota.shifts)
    edits = [Edit("shift", first.agent, first.day), Edit("lock", "Bo" if first.agent == "Ana" else "Ana")]
    draft = tmp_path / "draft.csv"
    draft.write_text(csv_text(rota_frame(edited(made.rota, edits[:1], scenario), scenario.team)))
    store = Store(tmp_path / "store")
    said = [edit.plain() for edit in edits[:1]]
    payload = {"scenario": str(desk), "rota": str(draft), "edits": said}
    job = ask(store, "replan", payload, owner="me")
    draft.unlink()
    shutil.copy(desk, tmp_path / "other.yaml")
    run_job(store, "w", store.claim("w"))
    store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE
    files = read_plan(store.job_folder(job.id))
    rota = read_rota(files.folder / "rota.csv", scenario.team, scenario.shift_types)
    on_day = [shift.agent for shift in rota.shifts if shift.day == first.day]
    assert first.agent not in on_day
    assert len(on_day) == 1, "the other one comes in"
    changes = read_csv(files.folder / "changes.csv")
    assert list(changes["agent"]) == on_day
    assert changes["why"].str.len().min() > 0
