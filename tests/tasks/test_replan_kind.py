"""A rota that was edited by hand, solved again as a job: the edits stay, changes are listed."""

from __future__ import annotations

import shutil
from dataclasses import replace

from planner.rota import csv_text, read_rota, rota_frame
from planner.study import Scenario, plan, read_plan, write_plan
from planner.study.asks import Asks
from planner.study.rota_edits import Edit, edited, marks
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


SERVED = """
name: Tickets
period: {first_day: 2026-04-20, weeks: 1}
agents: [{name: Ana, languages: en}, {name: Bo, languages: en}, {name: Cy, languages: en}]
queues: [{name: email en, language: en, channel: email, promise: 90% within 2 h}]
volume: {email en: 30}
opening_hours: [{queues: all, days: mon-fri, open: 09:00, close: 17:00}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
solve: {effort: quick}
"""


def test_a_replan_holds_to_the_need_of_its_plan_in_one_round(tmp_path):
    desk = tmp_path / "desk.yaml"
    desk.write_text(SERVED, encoding="utf-8")
    made = plan(Scenario.load(desk), known=lambda need: Asks({need.backlogs[0].queues: 0.75}))
    assert len(made.rounds) == 1
    write_plan(made, tmp_path / "plan")
    first = min(made.rota.shifts)
    edits = [Edit("shift", first.agent, first.day)]
    after = edited(made.rota, edits, made.scenario)
    draft = tmp_path / "draft.csv"
    draft.write_text(csv_text(rota_frame(after, made.scenario.team)))
    store = Store(tmp_path / "store")
    held = str(tmp_path / "plan" / "plan.json")
    payload = {"scenario": str(desk), "rota": str(draft), "held_to": held}
    job = ask(store, "replan", {**payload, "edits": [edit.plain() for edit in edits]}, owner="me")
    shutil.rmtree(tmp_path / "plan")
    run_job(store, "w", store.claim("w"))
    store.finish(job.id, "w")
    assert store.get(job.id).state is JobState.DONE, store.get(job.id).errors
    files = read_plan(store.job_folder(job.id))
    assert len(files.record["rounds"]) == 1
    assert files.record["need_id"] == made.need.need_id, "the same need"
    assert files.record["safety"][0]["z"] == made.safety[0].z
    rota = read_rota(files.folder / "rota.csv", made.scenario.team, made.scenario.shift_types)
    period = made.scenario.first_day, made.scenario.days
    rota = replace(rota, first_day=period[0], days=period[1])
    locked = marks(made.rota, after, edits, made.scenario).locked
    assert {(s.agent, s.day) for s in rota.shifts}.isdisjoint(locked), "the edit is kept"
