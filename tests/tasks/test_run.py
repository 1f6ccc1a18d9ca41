import json
from datetime import date

import pytest

from planner._errors import PlannerError
from planner._messages import speaking
from planner._spoken import said_beside
from planner.rota import Rota
from planner.study import PlanProgress, Scenario, audit, grid
from planner.study.sweeps import sweep, write_sweep
from planner.tasks import Store, ask, kinds
from planner.tasks.reporter import BEST, Reporter, TakenOver
from planner.tasks.run import for_people, run_job

SMALL = """
name: Two at a seat
period: {first_day: 2026-06-01, weeks: 1}
need: {seat: 1}
people: {count: 2, weekly_hours: 40}
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
solve: {effort: quick, replications: 20}
"""


@pytest.fixture
def claimed(tmp_path):
    """A store, and a job that a worker named w has."""
    store = Store(tmp_path / "store")
    store.submit("rollout", {}, key="k", owner="me")
    return store, store.claim("w")


def empty_rota():
    return Rota("desk", date(2026, 6, 1), 7, ("Ana", "Bo"), ())


def test_known_figures_stay_until_the_next_round(claimed):
    store, job = claimed
    reporter = Reporter(store, "w", job)
    reporter.say(PlanProgress("first rota", cost_cents=1000, missing_hours=2.0))
    reporter.say(PlanProgress("improving"))
    assert store.get(job.id).progress["phase"] == "improving"
    assert store.get(job.id).progress["cost"] == 10.0
    reporter.say(PlanProgress("preparing", round=2))
    assert store.get(job.id).progress["cost"] is None


def test_the_best_rota_so_far_is_there_to_be_shown(claimed):
    store, job = claimed
    Reporter(store, "w", job).say(PlanProgress("first rota", rota=empty_rota()))
    shown = grid.of_draft(store.job_folder(job.id) / BEST, "Best so far")
    assert "Bo" in shown
    assert shown.count('<th scope="col" class=') == 7


def test_many_rotas_are_not_all_written(claimed, monkeypatch):
    store, job = claimed
    written = []
    monkeypatch.setattr(store, "put", lambda job, name, text: written.append(name))
    reporter = Reporter(store, "w", job)
    for _ in range(50):
        reporter.say(PlanProgress("improving", rota=empty_rota()))
    assert written == ["best-1.csv", BEST]


def test_a_worker_whose_job_was_taken_over_writes_nothing(claimed):
    store, job = claimed
    with pytest.raises(TakenOver):
        Reporter(store, "another", job).say(PlanProgress("improving", rota=empty_rota()))
    assert not store.job_folder(job.id).exists()


def test_cancel_is_noticed(claimed):
    store, job = claimed
    reporter = Reporter(store, "w", job)
    assert not reporter.is_cancelled()
    store.cancel(job.id)
    assert Reporter(store, "w", job).is_cancelled()


@pytest.mark.parametrize("kind", ["plan", "rollout"])
def test_real_jobs_write_their_folders(tmp_path, kind):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    store = Store(tmp_path / "store")
    payload = {"scenario": str(path), "scenarios": [str(path)], "effort": "quick"}
    store.submit(kind, payload, key="k", owner="me")
    job = store.claim("w")
    run_job(store, "w", job)
    folder = store.job_folder(job.id)
    stage = folder / "stage-1" if kind == "rollout" else folder
    assert (stage / "rota.csv").read_text(encoding="utf-8").count("\n") == 6
    assert (folder / "rollout.json").exists() == (kind == "rollout")


DESK = """
name: Desk
period: {first_day: 2026-06-01, weeks: 1}
volume: {email en: 20 a weekday}
people: {count: 2, weekly_hours: 40, cost: 12}
opening_hours: {days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
solve: {effort: quick, rounds: 1, replications: 20}
"""


@pytest.fixture
def carried_out(tmp_path):
    """Carry out a job of a kind about the desk; its folder."""
    path = tmp_path / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    store = Store(tmp_path / "store")

    def carry_out(kind, **payload):
        store.submit(kind, {"scenario": str(path), **payload}, key=kind, owner="me")
        job = store.claim("w")
        run_job(store, "w", job)
        assert store.finish(job.id, "w")
        return store.job_folder(job.id), store.get(job.id).progress

    return carry_out


def test_promises_are_priced_and_published(carried_out):
    curve, said = carried_out("promise", goals=["8 h"], queues=[], effort="quick")
    assert (said["stage"], said["stages"]) == (2, 2)
    assert (curve / "promise.csv").exists()
    folder, said = carried_out("publish", rota=str(curve / "promise-1"))
    assert said["phase"] == "simulation"
    assert (folder / "publish.csv").read_text(encoding="utf-8").count("email en") >= 1


def test_a_sweep_is_done_in_cells_and_equals_one_done_in_one_go(tmp_path):
    path = tmp_path / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    store, over = Store(tmp_path / "store"), ["volume.by=-20%,0%,+20%"]
    ask(store, "sweep", {"scenario": str(path), "over": over}, owner="me")
    job = store.claim("w")
    assert not run_job(store, "w", job)
    cells = store.cells(job.id)
    assert [cell.kind for cell in cells] == ["sweep_cell"] * 2
    path.unlink()
    for _ in cells:
        cell = store.claim("v")
        assert cell.parent == job.id
        assert run_job(store, "v", cell)
        assert store.finish(cell.id, "v")
    again = store.claim("w")
    assert (again.id, again.cells, again.cells_done) == (job.id, 2, 2)
    assert run_job(store, "w", again)
    path.write_text(DESK, encoding="utf-8")
    write_sweep(sweep(Scenario.load(path), over), tmp_path / "whole")
    made = store.job_folder(job.id) / "sweep.csv"
    assert made.read_text(encoding="utf-8") == (tmp_path / "whole" / "sweep.csv").read_text(encoding="utf-8")


def test_a_comparison_writes_its_file(carried_out, tmp_path):
    folder, _ = carried_out("compare", scenarios=[str(tmp_path / "desk.yaml")])
    assert (folder / "comparison.csv").stat().st_size > 0


def test_a_kept_rota_is_taken_up_again(tmp_path):
    path = tmp_path / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    scenario = Scenario.load(path)
    store = Store(tmp_path / "store")
    store.submit("plan", {"scenario": str(path)}, key="k", owner="me")
    job = store.claim("lost")
    assert Reporter(store, "lost", job).start_of(1, scenario) is None
    run_job(store, "lost", job)
    kept = store.job_folder(job.id) / "best-1.csv"
    assert kept.exists()
    store.lost("lost")
    again = Reporter(store, "w", store.claim("w"))
    warm = again.start_of(1, scenario)
    assert len(warm.shifts) == kept.read_text(encoding="utf-8").count("day,2026")
    assert audit(warm, scenario) == ()
    kept.write_text("agent,day,shift,start_local,end_local\nNobody,x,day,now,then\n", encoding="utf-8")
    assert again.start_of(1, scenario) is None
    assert again.start_of(2, scenario) is None


def test_seconds_that_were_asked_for_end_each_search_by_the_clock(tmp_path):
    path = tmp_path / "desk.yaml"
    path.write_text(SMALL, encoding="utf-8")
    payload = {"scenarios": [str(path)], "effort": "thorough", "seconds": 20}
    (made,) = kinds._scenarios(payload)
    assert made.time_limit_seconds == 20
    assert made.said.solve.effort == "thorough"
    (stated,) = kinds._scenarios({"scenarios": [str(path)]})
    assert (stated.time_limit_seconds, stated.said.solve.effort) == (None, "quick")


def test_what_files_say_can_be_said_again_in_another_language(tmp_path):
    """Also where files were laid out elsewhere: those who read see their names only."""
    file = tmp_path / "desk.yaml"
    file.write_text(SMALL + "sites: {name: Lisbon, zone: Europe/Lisbon}\n", encoding="utf-8")
    store = Store(tmp_path / "store")
    made = ask(store, "rollout", {"scenarios": [str(file)]}, owner="me")
    assert run_job(store, "w", store.claim("w"))
    folder = store.job_folder(made.id) / "stage-1"
    record = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    texts = [notice["text"] for notice in record["notices"]]
    assert any(text.startswith("desk.yaml:") for text in texts)
    assert "scratch" not in (folder / "plan.json").read_text(encoding="utf-8")
    said = said_beside(folder)
    assert [said.again(text) for text in texts] == texts
    with speaking("it"):
        again = [said.again(text) for text in texts]
    assert all(one != other for one, other in zip(texts, again, strict=True))
    assert any(text.startswith("desk.yaml:") for text in again)


def test_a_mistake_of_a_job_can_be_said_again(tmp_path):
    file = tmp_path / "desk.yaml"
    file.write_text(SMALL + "growth: much\n", encoding="utf-8")
    store = Store(tmp_path / "store")
    made = ask(store, "plan", {"scenario": str(file)}, owner="me")
    with pytest.raises(PlannerError) as caught:
        run_job(store, "w", store.claim("w"))
    text = for_people(str(caught.value.messages[0]))
    with speaking("it"):
        assert said_beside(store.job_folder(made.id)).again(text) not in ("", text)
