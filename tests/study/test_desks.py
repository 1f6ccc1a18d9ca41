import os

import pytest

from planner._errors import InputError
from planner.study import desks, workspace

DESK = "name: Weekdays\npeople: 3\nvolume: {email en: 30 a weekday}\n"


@pytest.fixture
def work(tmp_path):
    return workspace.open_text(tmp_path, DESK)


def key(root, work):
    return workspace.fingerprint(workspace.folder_of(root, work), ("scenario.yaml",))


def test_a_new_name_makes_no_plan_stale(tmp_path, work):
    before = key(tmp_path, work)
    assert desks.desk(tmp_path, work).name == "Weekdays"
    desks.rename(tmp_path, work, "  Spring\n plan \x07")
    assert desks.desk(tmp_path, work) == desks.Desk(work, "Spring plan", ("Weekdays",))
    assert key(tmp_path, work) == before


@pytest.mark.parametrize("name", ["", " \n", "x" * 101])
def test_a_name_that_is_none_changes_nothing(tmp_path, work, name):
    with pytest.raises(InputError, match="1 to 100"):
        desks.rename(tmp_path, work, name)
    assert desks.desk(tmp_path, work).name == "Weekdays"


def test_a_copy_is_a_workspace_of_its_own(tmp_path, work):
    made = desks.duplicate(tmp_path, work, "Copy of Weekdays")
    folder = workspace.folder_of(tmp_path, made)
    assert key(tmp_path, made) == key(tmp_path, work)
    (folder / "scenario.yaml").write_text(DESK + "zone: Europe/Rome\n", encoding="utf-8")
    assert key(tmp_path, made) != key(tmp_path, work)
    assert [desks.desk(tmp_path, each).name for each in (work, made)] == ["Weekdays", "Copy of Weekdays"]


def test_what_is_too_large_is_not_copied(tmp_path, work, monkeypatch):
    monkeypatch.setattr(desks, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="can be copied"):
        desks.duplicate(tmp_path, work, "Copy")
    assert [path.name for path in (tmp_path / "work").iterdir()] == [work]


def test_removed_work_is_gone_and_comes_back_as_it_was(tmp_path, work):
    before = key(tmp_path, work)
    desks.rename(tmp_path, work, "Spring")
    desks.remove(tmp_path, work)
    with pytest.raises(InputError, match="there is no workspace"):
        desks.desk(tmp_path, work)
    desks.restore(tmp_path, work)
    desks.restore(tmp_path, work)
    assert desks.desk(tmp_path, work).name == "Spring"
    assert key(tmp_path, work) == before


def test_removed_work_is_kept_for_thirty_days(tmp_path, work):
    desks.remove(tmp_path, work)
    removed = (tmp_path / desks.REMOVED / work).stat().st_mtime
    desks.clear_removed(tmp_path, removed + desks.KEPT_SECONDS - 1)
    assert (tmp_path / desks.REMOVED / work).is_dir()
    desks.clear_removed(tmp_path, removed + desks.KEPT_SECONDS + 1)
    with pytest.raises(InputError, match="30 days"):
        desks.restore(tmp_path, work)


def test_old_work_is_not_forgotten_at_once_when_it_is_removed(tmp_path, work):
    os.utime(workspace.folder_of(tmp_path, work), (0, 0))
    desks.remove(tmp_path, work)
    desks.clear_removed(tmp_path)
    desks.restore(tmp_path, work)


@pytest.mark.parametrize("bad", ["../../etc", "ABC", "", "a" * 40, "0123456789ab"])
@pytest.mark.parametrize("what", [desks.desk, desks.remove, desks.restore])
def test_ids_never_leave_the_root(tmp_path, work, bad, what):
    with pytest.raises(InputError):
        what(tmp_path, bad)


def test_a_desk_with_a_broken_file_can_still_be_listed_and_removed(tmp_path, work):
    (workspace.folder_of(tmp_path, work) / "scenario.yaml").write_text("a: [1", encoding="utf-8")
    assert desks.desk(tmp_path, work) == desks.Desk(work, work, ())
    desks.remove(tmp_path, work)
