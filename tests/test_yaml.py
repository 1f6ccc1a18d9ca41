from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from planner import _yaml
from planner._errors import InputError


def mistakes_of(text):
    return [str(message) for message in _yaml.read(text, "x.yaml")[1]]


def test_every_scalar_is_text():
    text = "open: 22:00\nlanguage: no\ncode: off\nday: 2026-03-30\nn: 012\nnothing:\nnull: ~\nyes: 1e3\n"
    assert _yaml.load(text).plain() == {
        "open": "22:00",
        "language": "no",
        "code": "off",
        "day": "2026-03-30",
        "n": "012",
        "nothing": "",
        "null": "~",
        "yes": "1e3",
    }


def test_every_value_and_key_knows_its_place():
    node = _yaml.load("# comment\nqueues:\n  - {name: email en,\n     aht: 10 min}\n", name="scenario.yaml")
    assert str(node.at(["queues", 0, "aht"]).place) == "scenario.yaml:4:11: queues[0].aht"
    assert str(node.at(["queues", 0]).keys["aht"]) == "scenario.yaml:4:6: queues[0].aht"
    assert str(node.at(["queues", 7, "aht"]).place) == "scenario.yaml:3:3: queues"


def test_all_duplicate_keys_at_once_with_both_places():
    node, found = _yaml.read("a: 1\nb: {c: 1, c: 2}\na: 3\n", "x.yaml")
    assert [str(message) for message in found] == [
        "x.yaml:2:11: b.c: stands twice, first in line 2 column 5; keep one of them",
        "x.yaml:3:1: a: stands twice, first in line 1 column 1; keep one of them",
    ]
    assert node.plain() == {"a": "1", "b": {"c": "1"}}


@pytest.mark.parametrize("loader", [yaml.BaseLoader, getattr(yaml, "CBaseLoader", yaml.BaseLoader)])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a: 1\nname Weekdays\nb: 2", 'x.yaml:2:1: expected ":" after the key'),
        ("a: b: c", 'x.yaml:1:5: this ":" cannot stand here'),
        ("a: 1\n  b: 2", "indented too far"),
        ("a: [1, 2\nb: 3", "x.yaml:2:2: a list opened with [ is not closed"),
        ("a: {b: 1", "a mapping opened with { is not closed; write } or ,"),
        ("a: 'x", "a quote is opened and never closed"),
        ("a: @x", "x.yaml:1:4: a value cannot start with this character"),
        ("a: *", "a value cannot start with this character"),
        ("{", "a { or [ is opened and never closed"),
        ("a: 1\nb: [1,\n\n", "a { or [ is opened and never closed"),
        ("a: }", "x.yaml:1:4: a value cannot start with this character"),
        ("foo:\n  - a\n - b", "x.yaml:3:2: this line does not fit"),
        ("- a\nb: 1", "x.yaml:2:1: this line does not fit"),
        ("a: - b", "x.yaml:1:4: a list cannot start here"),
        ("a: 1\nb: \x07", "x.yaml:2: a control character"),
        ("a: 1\x00", "x.yaml:1: a control character"),
        ("? [a]\n: 1", "x.yaml:1:3: a key must be a word"),
        ("a: 1\n--- \nb: 1", "x.yaml:2:1: a second document"),
        ("a: &x 1\nb: *x", "x.yaml:1:4: a: anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]", "is not allowed; write the value alone"),
        ("!t a: 1", "!t is not allowed"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(monkeypatch, loader, text, answer):
    monkeypatch.setattr(_yaml, "_READER", loader)
    found = mistakes_of(text)
    assert answer in found[0]
    with pytest.raises(InputError):
        _yaml.load(text)


def test_depth_and_size_are_limited():
    assert _yaml.load("[" * 40 + "]" * 40)
    assert mistakes_of("[" * 41 + "]" * 41) == [
        "x.yaml:1:41: " + "[0]" * 40 + ": nested deeper than 40 levels; write it flatter"
    ]
    assert "nested deeper" in mistakes_of("{a: " * 10_000)[0]
    assert "1.2 MB is too large" in mistakes_of("# " + "x" * 1_200_000)[0]


def test_an_alias_bomb_builds_nothing():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    node, found = _yaml.read("\n".join(lines), "x.yaml")
    assert len(found) == 30 + 58
    assert node.plain()["a29"] == ["", ""]


def test_files(tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_bytes("\N{BYTE ORDER MARK}name: Łódź\r\nb: 1\r\n".encode())
    assert _yaml.load(path).plain() == {"name": "Łódź", "b": "1"}
    assert _yaml.load(path).place.file == str(path)
    path.write_bytes(b"a: 1\nname: caf\xe9\n")
    assert "a.yaml:2: the byte e9 is not UTF-8 text" in str(_yaml.read(path)[1][0])
    assert "cannot be read" in str(_yaml.read(tmp_path / "none.yaml")[1][0])
    assert "cannot be read" in str(_yaml.read(tmp_path)[1][0])


def test_nothing_is_an_empty_document():
    node, found = _yaml.read("# only a comment\n", "x.yaml")
    assert (node.value, found) == ({}, ())


def test_merge_keeps_the_place_of_each_value():
    base = _yaml.load(
        "period: {weeks: 5, first_day: 2026-03-30}\nrules: [a, b]\nname: base", name="base.yaml"
    )
    over = _yaml.load("name: stage\nrules: [c]\nperiod: {weeks: 4}", name="stage.yaml")
    both = _yaml.merge(base, over)
    assert both.plain() == {
        "period": {"weeks": "4", "first_day": "2026-03-30"},
        "rules": ["c"],
        "name": "stage",
    }
    assert str(both.at(["period", "first_day"]).place) == "base.yaml:1:31: period.first_day"
    assert str(both.at(["period", "weeks"]).place) == "stage.yaml:3:17: period.weeks"
    assert both.value["period"].keys["weeks"].file == "stage.yaml"


text = st.text(st.characters(codec="utf-8"), max_size=12).filter(lambda t: "\x00" not in t)
plain = st.recursive(
    text, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(text, plain, max_size=5))
def test_what_is_written_reads_back(values):
    assert _yaml.load(_yaml.dump(values)).plain() == values


def test_written_text_is_for_people():
    values = {"open": "22:00", "on": "no", "queues": [{"name": "email en", "aht": "10 min"}], "none": {}}
    assert _yaml.dump(values) == "open: 22:00\non: no\nqueues:\n- {name: email en, aht: 10 min}\nnone: {}\n"
    assert _yaml.tree(values).plain() == values
    assert _yaml.tree(values).at(["queues", 0, "aht"]).place.path == "queues[0].aht"
