import shutil

import pytest

from planner._errors import ScenarioError
from planner.study import workspace
from planner.study.stage_order import copy_stage, move_stage, put_back, remove_stage, rename_stage

TWO, LATE, DAYS, ALL = (
    "stage-1-two-early-hours.yaml",
    "stage-2-two-late-hours.yaml",
    "stage-3-weekdays-24-hours.yaml",
    "stage-4-24-7.yaml",
)
BASE = """
name: Weekdays
people: 4
volume: {email en: 30 a weekday}
minimum_on_duty: {all: 1}
"""


@pytest.fixture
def sample(tmp_path):
    """The sample as somebody works on it."""
    folder = tmp_path / "work"
    shutil.copytree(workspace.SAMPLES / "weekday-to-247", folder)
    return folder


@pytest.fixture
def beside(tmp_path):
    """Two stages that start from the same one."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(BASE, encoding="utf-8")
    for name in ("early", "late"):
        text = f"starts_from: scenario.yaml\nname: {name}\nminimum_on_duty: {{all: 2}}\n"
        (folder / f"{name}.yaml").write_text(
            text if name == "late" else text.rsplit("min", 1)[0], encoding="utf-8"
        )
    return folder


def files(folder):
    return [stage.file for stage in workspace.stages(folder)]


def texts(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def meanings(folder):
    return {
        stage.file: workspace.load(folder, stage.file).plain for stage in workspace.scenario_files(folder)
    }


@pytest.mark.parametrize(
    ("file", "up"), [(DAYS, True), (LATE, True), (ALL, True), (TWO, False), (DAYS, False)]
)
def test_a_moved_stage_stands_elsewhere_and_nothing_else_changes(sample, file, up):
    before, order, held = meanings(sample), files(sample), texts(sample)
    undo = move_stage(sample, file, up)
    at = order.index(file)
    order.insert(at - 1 if up else at + 1, order.pop(at))
    assert files(sample) == order
    assert meanings(sample) == before
    put_back(sample, undo)
    assert texts(sample) == held
    assert sorted(path.name for path in sample.parent.iterdir()) == ["work"]


def test_stages_beside_one_another_stand_in_a_row_then(beside):
    before = meanings(beside)
    assert files(beside) == ["scenario.yaml", "early.yaml", "late.yaml"]
    move_stage(beside, "late.yaml", up=True)
    assert files(beside) == ["scenario.yaml", "late.yaml", "early.yaml"]
    assert [stage.starts_from for stage in workspace.stages(beside)] == [None, "scenario.yaml", "late.yaml"]
    assert meanings(beside) == before


@pytest.mark.parametrize(
    ("file", "up"), [("scenario.yaml", False), (TWO, True), (ALL, False), ("scenario.yaml", True)]
)
def test_the_first_stage_stays_first_and_the_last_one_is_last(sample, file, up):
    held = texts(sample)
    with pytest.raises(ScenarioError, match="first stage stays first"):
        move_stage(sample, file, up)
    assert texts(sample) == held


def test_a_copy_is_the_same_under_another_name(sample):
    made, undo = copy_stage(sample, LATE, "Later still")
    one, other = (workspace.load(sample, file) for file in (LATE, made))
    assert other.name == "Later still"
    assert {**other.plain, "name": one.name} == one.plain
    assert "about five premium tickets" in (sample / made).read_text(encoding="utf-8")  # its comments, too
    put_back(sample, undo)
    assert made not in files(sample)


def test_a_copy_of_the_first_stage_starts_from_it(sample):
    made, _undo = copy_stage(sample, "scenario.yaml", "Today again")
    assert {stage.file: stage.starts_from for stage in workspace.stages(sample)}[made] == "scenario.yaml"


def test_a_name_changes_and_the_rest_of_the_file_does_not(sample):
    before = (sample / TWO).read_text(encoding="utf-8")
    undo = rename_stage(sample, TWO, "  Early: birds #1 ")
    assert workspace.load(sample, TWO).name == "Early: birds #1"
    after = (sample / TWO).read_text(encoding="utf-8")
    changed = [
        pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]
    ]
    assert len(changed) == 1
    put_back(sample, undo)
    assert (sample / TWO).read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["", "Two late hours as well"])
def test_a_name_is_one_of_its_own(sample, name):
    with pytest.raises(ScenarioError, match="no name for a stage"):
        rename_stage(sample, TWO, name)


def test_a_stage_in_the_middle_goes_and_those_above_it_stay_as_they_were(sample):
    before, held = meanings(sample), texts(sample)
    undo = remove_stage(sample, DAYS)
    after = meanings(sample)
    assert DAYS not in after
    assert all(after[file] == before[file] for file in after)
    put_back(sample, undo)
    assert texts(sample) == held


def test_the_stage_that_all_others_start_from_stays(sample):
    with pytest.raises(ScenarioError, match="stays"):
        remove_stage(sample, "scenario.yaml")


def test_what_somebody_starts_from_by_now_is_not_undone(sample):
    made, undo = copy_stage(sample, LATE, "Later still")
    workspace.save_stage(sample, made, "After it", {})
    with pytest.raises(ScenarioError, match="After it"):
        put_back(sample, undo)
    assert made in files(sample)
