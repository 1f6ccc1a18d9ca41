import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import InputError
from planner.study.shelf import (
    MOST,
    Recent,
    Shelf,
    also_of,
    change_shelf,
    clear_shelves,
    keep_shelf,
    read_shelf,
)

ME, YOU = "0" * 16, "1" * 16
WORK, OTHER = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def test_what_is_kept_is_read_again(tmp_path):
    shelf = Shelf((Recent(WORK, 1.5, "0123456789abcdef"),), "it", "site", OTHER)
    keep_shelf(tmp_path, ME, shelf)
    assert read_shelf(tmp_path, ME) == shelf
    assert read_shelf(tmp_path, YOU) == Shelf()


def test_somebody_elses_work_is_known_to_be_theirs(tmp_path):
    for owner, work in ((ME, WORK), (YOU, OTHER)):
        keep_shelf(tmp_path, owner, Shelf().seeing(work, "", 1.0))
    assert [also_of(tmp_path, work, ME) for work in (WORK, OTHER)] == [False, True]


def test_the_last_comes_first_and_the_list_ends():
    shelf = Shelf()
    for number in range(60):
        shelf = shelf.seeing(f"{number:08d}", "", float(number))
    assert len(shelf.recent) == MOST
    assert (shelf.recent[0].work, shelf.recent[-1].work) == ("00000059", "00000010")
    assert shelf.without("00000059").recent[0].work == "00000058"


@pytest.mark.parametrize("bad", ["", "../../x", "me", "A" * 16, "0" * 65, "0" * 15 + "/"])
def test_names_of_owners_never_leave_the_store(tmp_path, bad):
    for what in (lambda: read_shelf(tmp_path, bad), lambda: keep_shelf(tmp_path, bad, Shelf())):
        with pytest.raises(InputError):
            what()
    assert list(tmp_path.rglob("*.json")) == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("recent", "language", "clock", "removed", "work", "seen", "job")), inner
            )
        ),
        max_leaves=12,
    )
)
def test_a_file_that_somebody_bent_is_read_as_far_as_it_makes_sense(tmp_path_factory, said):
    root = tmp_path_factory.mktemp("shelf")
    keep_shelf(root, ME, Shelf())
    (root / "shelves" / f"{ME}.json").write_text(json.dumps(said), encoding="utf-8")
    found = read_shelf(root, ME)
    assert found.language in ("", "en", "it")
    assert found.clock in ("team", "site", "utc")


def test_who_has_not_been_here_for_long_is_forgotten(tmp_path):
    keep_shelf(tmp_path, ME, Shelf())
    keep_shelf(tmp_path, YOU, Shelf(language="it"))
    os.utime(tmp_path / "shelves" / f"{ME}.json", (0, 0))
    clear_shelves(tmp_path)
    assert [path.stem for path in (tmp_path / "shelves").iterdir()] == [YOU]


def test_windows_that_change_at_once_lose_nothing(tmp_path):
    works = [f"{number:08x}" for number in range(40)]

    def seen(work):
        change_shelf(tmp_path, ME, lambda kept: kept.seeing(work, "", 1.0))

    with ThreadPoolExecutor(8) as windows:
        [*windows.map(seen, works)]
    assert sorted(each.work for each in read_shelf(tmp_path, ME).recent) == works
