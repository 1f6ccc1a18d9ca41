import io
import stat
import zipfile

import pytest

from planner._errors import InputError
from planner.study import arriving, workspace

SAMPLE = workspace.SAMPLES / "weekday-to-247"
DESK = b"people: 9\nvolume: {email en: 30 a weekday}\n"


def packed(files):
    """A ZIP of contents by member name; a ``ZipInfo`` may stand for a name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def mistakes(root, name, data):
    with pytest.raises(InputError) as raised:
        arriving.open_files(root, name, data)
    left = list((root / "work").glob("*")) if (root / "work").exists() else []
    assert left == []
    return [str(message) for message in raised.value.messages]


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize("inside", ["", "desk/", "exports/2026/desk/"])
def test_the_zip_of_a_folder_opens_as_the_folder(tmp_path, inside):
    data = packed({inside + path.name: path.read_bytes() for path in SAMPLE.iterdir() if path.is_file()})
    folder = workspace.folder_of(tmp_path, arriving.open_files(tmp_path, "desk.zip", data))
    assert workspace.scenario_files(folder) == workspace.scenario_files(SAMPLE)
    assert workspace.load(folder, "stage-4-24-7.yaml").name == "Around the clock, every day"
    assert not (folder / "make_data.py").exists()


def test_one_file_opens_whatever_it_is_called(tmp_path):
    folder = workspace.folder_of(tmp_path, arriving.open_files(tmp_path, "My desk (2).YML", DESK))
    assert [stage.file for stage in workspace.stages(folder)] == ["scenario.yaml"]


def test_all_mistakes_are_named_with_their_places_in_the_file_as_it_is_called(tmp_path):
    said = mistakes(tmp_path, "My desk.yaml", b"people: {count: nine}\nzone: Lisbon\nopn: 3\n")
    assert [each.split(" ")[0:2] for each in said] == [
        ["My", "desk.yaml:1:17:"],
        ["My", "desk.yaml:2:7:"],
        ["My", "desk.yaml:3:1:"],
    ]
    assert "Europe/Lisbon" in said[1]


def test_mistakes_of_every_scenario_of_a_folder_are_named_once(tmp_path):
    files = {"a.yaml": "people: 9\nopn: 1\n", "b.yaml": "starts_from: a.yaml\nzone: Lisbon\n"}
    said = mistakes(tmp_path, "desk.zip", packed(files))
    assert [each.split(": ")[0] for each in said] == ["a.yaml:2:1", "b.yaml:2:7"]


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"name: \xe9", b"a: [1", b"", b"  \n"])
def test_what_is_no_yaml_is_a_sentence(tmp_path, data):
    assert mistakes(tmp_path, "desk.yaml", data)[0].startswith("desk.yaml")


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({"../desk.yaml": DESK}, "leads out of its folder"),
        ({"/etc/desk.yaml": DESK}, "leads out of its folder"),
        ({"C:desk.yaml": DESK}, "leads out of its folder"),
        ({"a\\..\\desk.yaml": DESK}, "leads out of its folder"),
        ({link("desk.yaml"): b"/etc/passwd"}, "leads out of its folder"),
        ({"desk.yaml": DESK, "big.csv": b"0" * 30_000_000}, "at most 200 times smaller"),
        ({"desk.yaml": DESK, **{f"{n}.csv": b"a" for n in range(200)}}, "at most 200 files"),
        ({"team.csv": b"name"}, "no scenario file"),
        ({".hidden/desk.yaml": DESK}, "no scenario file"),
        ({"My Desk.yaml": DESK, "desk.yaml": DESK}, "My Desk.yaml cannot be"),
        ({"desk.yaml": DESK, "a.csv": b"x", "a.csv/b.csv": b"y"}, "cannot be read"),
    ],
)
def test_archives_that_unpack_out_of_their_folder_or_to_too_much_are_refused(tmp_path, files, part):
    assert part in mistakes(tmp_path, "desk.zip", packed(files))[0]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("cut", [3, 30, 100])
def test_a_cut_archive_is_a_sentence(tmp_path, cut):
    said = mistakes(tmp_path, "desk.zip", packed({"desk.yaml": DESK * 20})[:cut])
    assert "cannot be read" in said[0]


def test_a_file_beyond_the_limit_names_size_and_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(arriving, "MAX_BYTES", 2_000_000)
    assert "50" not in mistakes(tmp_path, "desk.zip", b"a" * 3_000_000)[0]


def test_a_workbook_is_an_export_and_another_zip_a_scenario_folder():
    kinds = {
        "tickets.xlsx": packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        "folder.zip": packed({"desk.yaml": DESK}),
        "tickets.csv": b"id,created",
        "tickets.csv.gz": b"\x1f\x8b",
        "desk.yml": DESK,
        "broken.zip": b"PK\x03\x04",
    }
    found = {name: arriving.kind_of(name, data) for name, data in kinds.items()}
    assert [name for name, kind in found.items() if kind == arriving.TICKETS] == [
        "tickets.xlsx",
        "tickets.csv",
        "tickets.csv.gz",
    ]
