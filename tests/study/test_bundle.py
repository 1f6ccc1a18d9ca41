import csv
import hashlib
import io
import os
import shutil
import zipfile

import pytest

from planner._errors import InputError
from planner.study.bundle import MANIFEST, bundle, preview


@pytest.fixture
def folder(tmp_path):
    """What a solve of one stage leaves."""
    stage = tmp_path / "solve" / "stage-1"
    stage.mkdir(parents=True)
    (stage / "rota.csv").write_text("agent,shift\nAna,day\n'=cmd(),night\n", encoding="utf-8")
    (stage / "plan.json").write_text('{"status": "optimal", "versions": {"planner": "1"}}', encoding="utf-8")
    for name in ("best.csv", "best-1.csv", "said.json"):
        (stage.parent / name).write_text("on the way", encoding="utf-8")
    (stage.parent / "rollout.json").write_text("{}", encoding="utf-8")
    return stage.parent


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def test_it_holds_every_file_as_it_is_and_nothing_of_the_way(folder):
    packed = opened(bundle(folder, {"scenarios/1/scenario.yaml": b"people: 5\n"}))
    assert packed.testzip() is None
    assert packed.namelist() == [
        "rollout.json",
        "scenarios/1/scenario.yaml",
        "stage-1/plan.json",
        "stage-1/rota.csv",
        MANIFEST,
    ]
    assert packed.read("stage-1/rota.csv") == (folder / "stage-1" / "rota.csv").read_bytes()


def test_the_manifest_lists_every_other_file_with_its_hash(folder):
    packed = opened(bundle(folder, {"report.html": b"<!doctype html>"}))
    listed = dict(reversed(line.split("  ", 1)) for line in packed.read(MANIFEST).decode().splitlines())
    assert set(listed) == set(packed.namelist()) - {MANIFEST}
    for name, digest in listed.items():
        assert hashlib.sha256(packed.read(name)).hexdigest() == digest


def test_the_same_files_give_the_same_bytes(folder, tmp_path):

    copy = tmp_path / "elsewhere"
    shutil.copytree(folder, copy)
    os.utime(copy / "rollout.json", (1, 1))
    (copy / "rollout.json").chmod(0o600)
    assert bundle(folder, {"b": b"1", "a": b"2"}) == bundle(copy, {"a": b"2", "b": b"1"})


def test_no_name_leaves_the_folder(folder):
    packed = opened(bundle(folder, {}))
    assert not [name for name in packed.namelist() if name.startswith("/") or ".." in name]


def test_a_folder_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(InputError):
        bundle(tmp_path / "gone", {})


def test_a_preview_is_the_first_rows_as_they_stand(folder):
    path = folder / "stage-1" / "rota.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    made = preview(path)
    assert list(made.columns) == rows[0]
    assert made.to_numpy().tolist() == rows[1:]
    assert len(preview(path, rows=1)) == 1


def test_a_formula_stays_text_in_the_preview(folder):
    assert preview(folder / "stage-1" / "rota.csv")["agent"].iloc[1] == "'=cmd()"


def test_a_record_is_previewed_by_its_keys(folder):
    made = preview(folder / "stage-1" / "plan.json")
    assert made.to_numpy().tolist() == [["status", "optimal"], ["versions", '{"planner": "1"}']]


def test_what_is_missing_or_broken_is_a_sentence(folder):
    with pytest.raises(InputError):
        preview(folder / "none.csv")
    broken = folder / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        preview(broken)


def test_a_list_in_a_json_file_is_shown_by_its_numbers(tmp_path):
    path = tmp_path / "list.json"
    path.write_text('[{"a": 1}, 2]', encoding="utf-8")
    assert preview(path).to_numpy().tolist() == [["1", '{"a": 1}'], ["2", "2"]]
    path.write_text("7", encoding="utf-8")
    assert preview(path).to_numpy().tolist() == [["1", "7"]]


def test_too_much_for_one_zip_is_said_before_it_is_packed(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x" * 900)
    with pytest.raises(InputError, match="download single files"):
        bundle(tmp_path, {"b.csv": b"y" * 200}, most_bytes=1000)
