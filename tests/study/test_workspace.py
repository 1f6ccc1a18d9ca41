import pytest

from planner._errors import ScenarioError
from planner.study import Scenario, workspace


@pytest.fixture
def folder(tmp_path):
    """A workspace with a copy of the first sample."""
    return workspace.folder_of(tmp_path, workspace.open_sample(tmp_path, "weekday-to-247"))


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_samples_begin_with_the_one_of_the_readme():
    assert workspace.samples()[0] == "weekday-to-247"


def test_a_sample_is_copied_without_its_generator(folder):
    assert not (folder / "make_data.py").exists()
    assert [stage.file for stage in workspace.stages(folder)][:2] == [
        "scenario.yaml",
        "stage-1-two-early-hours.yaml",
    ]
    assert len(workspace.stages(folder)) == 5


@pytest.mark.parametrize("bad", ["../scenarios", "weekday", "", "weekday-to-247/.."])
def test_no_sample_of_that_name(tmp_path, bad):
    with pytest.raises(ScenarioError, match="there is no sample"):
        workspace.open_sample(tmp_path, bad)


@pytest.mark.parametrize("bad", ["../../etc", "ABC", "0123456789ab", "", "a" * 40])
def test_ids_never_leave_the_root(tmp_path, bad):
    with pytest.raises(ScenarioError, match="there is no workspace"):
        workspace.folder_of(tmp_path, bad)


@pytest.mark.parametrize(
    "bad", ["../scenario.yaml", "scenario.yml", "/etc/passwd", "nothing.yaml", ".hidden.yaml"]
)
def test_names_of_stages_never_leave_the_folder(folder, bad):
    with pytest.raises(ScenarioError, match="there is no stage"):
        workspace.stage_path(folder, bad)


def test_a_new_stage_starts_from_the_old_and_says_only_what_changed(folder):
    before = files(folder)
    lines = [{"queues": ["all"], "days": "mon-fri", "open": "08:00", "close": "18:00"}]
    file = workspace.save_stage(folder, "scenario.yaml", "Ein früher Start!", {"opening_hours": lines})
    assert file == "ein-fr-her-start.yaml"
    made = Scenario.load(folder / file)
    assert made.name == "Ein früher Start!"
    assert made.said.opening_hours[0].open == 480
    assert made.queues == Scenario.load(folder / "scenario.yaml").queues
    assert {name: text for name, text in files(folder).items() if name != file} == before
    assert len((folder / file).read_text(encoding="utf-8").splitlines()) < 8


def test_names_of_stages_are_never_the_same(folder):
    for _ in range(3):
        workspace.save_stage(folder, "scenario.yaml", "My stage", {})
    names = [stage.name for stage in workspace.stages(folder)]
    assert [name for name in names if name.startswith("My")] == ["My stage", "My stage 2", "My stage 3"]
    assert workspace.save_stage(folder, "scenario.yaml", "  ", {}) == "stage.yaml"


def test_a_stage_with_a_mistake_is_not_written(folder):
    before = files(folder)
    lines = [{"queues": ["all"], "days": "mon-fri", "open": "9 o'clock", "close": "18:00"}]
    with pytest.raises(ScenarioError, match="9 o'clock"):
        workspace.save_stage(folder, "scenario.yaml", "Broken", {"opening_hours": lines})
    assert files(folder) == before


def test_a_stage_that_others_start_from_stays(folder):
    with pytest.raises(ScenarioError, match="Two late hours as well starts from it"):
        workspace.delete_stage(folder, "stage-1-two-early-hours.yaml")


def test_a_removed_stage_comes_back_as_it_was(folder):
    before = files(folder)
    text = workspace.delete_stage(folder, "stage-4-24-7.yaml")
    assert "stage-4-24-7.yaml" not in files(folder)
    workspace.restore_stage(folder, "stage-4-24-7.yaml", text)
    assert files(folder) == before
    with pytest.raises(ScenarioError, match="cannot be restored"):
        workspace.restore_stage(folder, "stage-4-24-7.yaml", text)


def test_the_last_stage_stays(tmp_path):
    folder = workspace.folder_of(tmp_path, workspace.open_text(tmp_path, "people: 5\n"))
    with pytest.raises(ScenarioError, match="the only stage"):
        workspace.delete_stage(folder, "scenario.yaml")


def test_fingerprint_follows_what_a_plan_depends_on(folder):
    stage = ("stage-1-two-early-hours.yaml",)
    first = workspace.fingerprint(folder, stage)
    (folder / "stage-4-24-7.yaml").write_text("starts_from: scenario.yaml\nname: other\n", encoding="utf-8")
    assert workspace.fingerprint(folder, stage) == first
    assert workspace.fingerprint(folder, ("scenario.yaml",)) != first
    base = folder / "scenario.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("09:00", "09:30"), encoding="utf-8")
    second = workspace.fingerprint(folder, stage)
    assert second != first
    team = folder / "team.csv"
    team.write_text(team.read_text(encoding="utf-8").replace("13.20", "13.30"), encoding="utf-8")
    assert workspace.fingerprint(folder, stage) != second


def test_order_says_all_that_pages_need(folder):
    order = workspace.order(folder, ("scenario.yaml", "stage-3-weekdays-24-hours.yaml"))
    assert [len(people) for people in order["people"]] == [15, 18]
    assert order["people"][0][0] == "Ana Almeida"
    assert order["holidays"][0]["2026-04-03"] == "Good Friday"
    assert order["currency"] == "EUR"
    assert all(path.startswith(str(folder)) for path in order["scenarios"])


def test_order_refuses_all_mistakes_at_once(folder):
    for name in ("scenario.yaml", "stage-4-24-7.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + "colour: blue\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        workspace.order(folder, ("scenario.yaml", "stage-4-24-7.yaml"))
    assert {message.place.file for message in caught.value.messages} == {"scenario.yaml", "stage-4-24-7.yaml"}
