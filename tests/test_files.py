"""Atomic writes: the old content or the new, and no litter."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner._files import sha256_of, write_atomic


def test_text_is_utf8_and_line_ends_stay(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a.csv", "città\r\nx\n")
    assert (tmp_path / "a.csv").read_bytes() == "città\r\nx\n".encode()


def test_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", b"old")
    write_atomic(str(tmp_path / "a"), b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failure_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    write_atomic(tmp_path / "a", b"old")

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_kill_before_the_replacement_keeps_the_old_file(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", b"old")
    program = (
        "import os, sys\n"
        "from planner._files import write_atomic\n"
        "os.replace = lambda *_: os._exit(9)\n"
        "write_atomic(sys.argv[1], b'new')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a")], check=False)
    assert done.returncode == 9
    assert (tmp_path / "a").read_bytes() == b"old"


def test_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "no" / "a", b"x")


def test_new_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_sha256_reads_in_pieces(tmp_path: Path) -> None:
    data = bytes(range(256)) * 9000
    (tmp_path / "big").write_bytes(data)
    assert sha256_of(tmp_path / "big") == hashlib.sha256(data).hexdigest()


def test_an_error_names_the_file_and_not_its_stand_in(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "folder", tmp_path / "nowhere" / "a"):
        with pytest.raises(OSError, match=r"Errno") as caught:
            write_atomic(target, b"new")
        assert caught.value.filename == str(target)
        assert caught.value.filename2 is None
