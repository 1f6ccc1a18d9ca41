"""What is refused at the door, and how text is decoded."""

from __future__ import annotations

import gzip
import hashlib
import zipfile

import pytest

from planner._errors import HistoryError
from planner.demand.intake.gate import examine, open_text


def text_of(examined):
    with open_text(examined) as text:
        return text.read()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n \n", "The file is empty."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "This is an Excel 97 file. Save it as .xlsx or CSV.",
        ),
        (b"%PDF-1.7\n", "This is a PDF."),
        (b"a,b\n1,\x002\n", "NUL character at byte 7"),
        ("created_at\n2026-01-01\n".encode("utf-16-le"), "NUL character at byte 2"),
        (b"a;b\n\xe9\x81\n", "byte 5 is neither UTF-8 nor Windows-1252"),
        (b"<html><body>log in</body>", "web page"),
        (gzip.compress(b"a,b\n1,2\n" * 50, mtime=0)[:-9], "damaged or cut off"),
        (gzip.compress(gzip.compress(b"a,b\n", mtime=0), mtime=0), "compressed twice"),
        (gzip.compress(b"a,b\n1,\x00\n", mtime=0), "NUL character"),
        (gzip.compress(b"PK\x03\x04" + bytes(90), mtime=0), "This is an archive. Unpack it"),
    ],
)
def test_refused_with_a_sentence(write, content, sentence):
    with pytest.raises(HistoryError, match=sentence):
        examine(write(content))


@pytest.mark.parametrize(
    ("member", "sentence"), [("xl/workbook.xml", "the workbook is damaged"), ("a.csv", "archive")]
)
def test_archives_and_workbooks_are_told_apart(tmp_path, member, sentence):
    file = tmp_path / "tickets.csv"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(HistoryError, match=sentence):
        examine(file)


def test_size_limits(write):
    big = write(b"a,b\n" + b"1,2\n" * 500_000, "big.csv")
    with pytest.raises(HistoryError, match="the file has 2 MB and the limit is 1 MB"):
        examine(big, max_bytes=1_000_000)
    bomb = write(gzip.compress(b"1,2\n" * 8_000_000), "bomb.csv.gz")
    with pytest.raises(HistoryError, match="200 times its size"):
        examine(bomb)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_an_endless_line_is_refused(write, end):
    good = f"a,b{end}" + f"{'x' * 900_000},2{end}" * 4
    assert examine(write(good.encode())).encoding == "utf-8"
    with pytest.raises(HistoryError, match="line 6 is longer than 1000000 characters"):
        examine(write((good + "x" * 1_500_000).encode()))


def test_missing_file_and_folder(tmp_path):
    for file in (tmp_path / "no.csv", tmp_path):
        with pytest.raises(HistoryError, match="there is no such file"):
            examine(file)


@pytest.mark.parametrize(
    ("content", "encoding", "notice"),
    [
        ("a;b\nñ;ç\n".encode(), "utf-8", False),
        ("a;b\nñ;ç\n".encode("utf-8-sig"), "utf-8-sig", False),
        ("a;b\nñ;ç\n".encode("utf-16"), "utf-16", False),
        ("a;b\nñ;ç\n".encode("cp1252"), "cp1252", True),
    ],
)
def test_decoding(write, content, encoding, notice):
    file = write(content)
    examined = examine(file)
    assert examined.encoding == encoding
    assert bool(examined.notices) is notice
    assert text_of(examined) == "a;b\nñ;ç\n"
    assert examined.sha256 == hashlib.sha256(content).hexdigest()


def test_letters_across_a_chunk_border(write):
    content = b"a\n" * (1 << 19)
    content = content[:-1] + "é\n".encode()
    assert examine(write(content)).encoding == "utf-8"


def test_gzip_is_read_as_it_is(write):
    examined = examine(write(gzip.compress(b"a,b\n1,2\n"), "x.csv.gz"))
    assert text_of(examined) == "a,b\n1,2\n"
