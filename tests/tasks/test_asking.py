"""Equal questions, and what belongs to a question."""

from pathlib import Path

import pytest

from planner.tasks import Store, ask, asking
from planner.tasks.run import run_job


@pytest.fixture
def desk(tmp_path):
    """A folder with a scenario that starts from another and reads a team."""
    folder = tmp_path / "desk"
    folder.mkdir()
    texts = {
        "base.yaml": "name: Base\nteam: team.csv\n",
        "scenario.yaml": "starts_from: base.yaml\nname: Longer\n",
        "team.csv": "name\nAna\n",
        "notes.txt": "nobody reads this",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    return Store(tmp_path / "store")


def asked(store, folder, owner="me", **more):
    payload = {"scenarios": [str(folder / "scenario.yaml")], "effort": "quick", **more}
    return ask(store, "rollout", payload, owner=owner)


def test_every_file_that_is_read_belongs_to_the_question(store, desk):
    job = asked(store, desk)
    assert sorted(job.inputs.files) == ["1/base.yaml", "1/scenario.yaml", "1/team.csv"]
    assert job.inputs.paths == {str(desk / "scenario.yaml"): "1/scenario.yaml"}


@pytest.mark.parametrize("file", ["base.yaml", "scenario.yaml", "team.csv"])
def test_another_content_is_another_question(store, desk, file):
    first = asked(store, desk)
    with (desk / file).open("a", encoding="utf-8") as more:
        more.write("\n")
    assert asked(store, desk, "you").id != first.id


def test_equal_questions_are_joined_and_what_nobody_reads_changes_nothing(store, desk, tmp_path):
    first = asked(store, desk)
    (desk / "notes.txt").write_text("changed", encoding="utf-8")
    joined = asked(store, desk, "you")
    assert joined.id == first.id
    assert joined.owners == ("me", "you")
    elsewhere = tmp_path / "copy"
    desk.rename(elsewhere)
    assert asked(store, elsewhere, "she").id == first.id


def test_another_effort_or_version_is_another_question(store, desk, monkeypatch):
    first = asked(store, desk)
    assert asked(store, desk, "you", effort="normal").id != first.id
    monkeypatch.setattr(asking, "_versions", lambda: {"ortools": "99"})
    assert asked(store, desk, "she").id != first.id


def test_a_plan_lends_its_rota(store, tmp_path):
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "rota.csv").write_text("agent\n", encoding="utf-8")
    (folder / "plan.json").write_text("{}", encoding="utf-8")
    job = ask(store, "publish", {"rota": str(folder)}, owner="me", key="mine")
    assert list(job.inputs.files) == ["1/rota.csv"]
    assert store.find("mine").id == job.id


def test_files_are_laid_out_and_found_though_the_originals_are_gone(store, desk, monkeypatch):
    seen = {}

    def read(payload, out, reporter):
        path = payload["scenarios"][0]
        seen["texts"] = [Path(path).read_text(encoding="utf-8"), path]
        (out / "made.txt").write_text("done", encoding="utf-8")

    monkeypatch.setitem(run_job.__globals__["KINDS"], "rollout", read)
    job = asked(store, desk)
    for file in desk.iterdir():
        file.unlink()
    assert run_job(store, "w", store.claim("w"))
    assert seen["texts"][0].startswith("starts_from: base.yaml")
    assert str(desk) not in seen["texts"][1]
    assert (store.job_folder(job.id) / "made.txt").read_text() == "done"
    assert list((store.folder / "scratch").iterdir()) == []
