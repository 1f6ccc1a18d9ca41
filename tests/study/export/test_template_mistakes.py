"""Mistakes in templates: every one, with its place and what to write instead."""

import re

import pytest

from planner._errors import InputError
from planner._messages import speaking
from planner.study.export.template import load_template
from planner.study.export.template_reading import read_template

GOOD = "file: a.csv\nrows: shift\ncolumns:\n  - {header: Who, field: agent}\n"


def said(text):
    with pytest.raises(InputError) as caught:
        read_template(text, "mine.yaml")
    return str(caught.value).splitlines()


MISTAKES = [
    ("seperator: comma", "mine.yaml:5:1: seperator: unknown; did you mean separator?"),
    ("separator: dot", "mine.yaml:5:12: separator: \"dot\" cannot stand here; write one of: comma, semicolo"),
    ("encoding: latin-1", 'mine.yaml:5:11: encoding: "latin-1" cannot stand here; write one of: utf-8, '),
    ("kinds: [work, oncall]", 'mine.yaml:5:8: kinds: "oncall" is no kind of duty; did you mean on_call?'),
    ("kinds: []", "mine.yaml:5:8: kinds: say which kinds"),
    ("title: [a]", "mine.yaml:5:8: title: write text here"),
    ("  - {header: X, field: agnet}", 'mine.yaml:5:24: columns[1].field: "agnet" is no field; did you mean'),
    ("  - {header: X, field: [site, shfit]}", "mine.yaml:5:31: columns[1].field[1]: \"shfit\" is no field;"),
    ("  - {header: X, field: hours}", "mine.yaml:5:24: columns[1].field: hours is not in rows: shift; it is"),
    ("  - {field: site}", "mine.yaml:5:5: columns[1]: header is missing"),
    ("  - {header: X}", "mine.yaml:5:5: columns[1]: give a column either field, or value"),
    ("  - {header: X, field: site, value: a}", "mine.yaml:5:5: columns[1]: give a column either"),
    ("  - {header: X, field: start, format: dd.MMM}", "mine.yaml:5:39: columns[1].format: \"dd.MMM\" is no"),
    ("  - {header: X, field: day, format: 'hh:mm'}", "mine.yaml:5:37: columns[1].format: day is a day; \"hh"),
    ("  - {header: X, field: start, format: 'hh:mmZ'}", "mine.yaml:5:39: columns[1].format: Z says that a t"),
    ("  - {header: X, field: paid_hours, format: '0,00'}", "mine.yaml:5:44: columns[1].format: \"0,00\" is"),
    ("  - {header: X, field: premium_cost, format: h:mm}", "mine.yaml:5:46: columns[1].format: \"h:mm\" is"),
    ("  - {header: X, field: site, format: '0'}", "mine.yaml:5:38: columns[1].format: site takes no format"),
    ("  - {header: X, field: kind, codes: {worked: W}}", "mine.yaml:5:38: columns[1].codes.worked: kind is"),
    ("  - {header: X, field: start, codes: {a: b}}", "mine.yaml:5:38: columns[1].codes: start takes no code"),
    ("  - {header: X, field: site, codes: W}", "mine.yaml:5:37: columns[1].codes: write codes as {ours: the"),
    ("  - {header: X, field: site, width: wide}", "mine.yaml:5:37: columns[1].width: write a width of 1 to"),
    ("  - {header: X, field: site, fill: '0'}", "mine.yaml:5:30: columns[1].fill: fill means nothing withou"),
    ("  - {header: X, field: site, width: 4, fill: ab}", "mine.yaml:5:46: columns[1].fill: fill is one sign"),
    ("  - {header: Long, field: site, width: 3, value: abcd}", "mine.yaml:5:5: columns[1]: give a column"),
    ("  - {header: X, field: site, required: maybe}", 'mine.yaml:5:40: columns[1].required: "maybe" cannot'),
    ("  - {header: X, field: premium_cost}\nunpaid_breaks: cut", "mine.yaml:5:24: columns[1].field: premium"),
    ("people: ours", 'mine.yaml:5:9: people: "ours" cannot stand here; write one of: own, all'),
    ("  - X", "mine.yaml:5:5: columns[1]: write a column as"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "told"), MISTAKES, ids=[line.strip() for line, _ in MISTAKES])
def test_a_mistake_is_told_with_its_place(line, told):
    [only] = said(GOOD + line)
    assert only.startswith(told)
    with speaking("it"):
        [italian] = said(GOOD + line)
    assert italian != only
    assert re.match(r"mine.yaml:\d+:\d+: ", italian)


@pytest.mark.parametrize(
    ("text", "told"),
    [("columns: [{header: X, field: site}]", "mine.yaml:1:1: file: file is missing"),
     ("file: a.csv", "mine.yaml:1:1: columns: columns is missing"),
     ("file: a.csv\ncolumns: []", "mine.yaml:2:10: columns: list the columns, up to 200"),
     ("file: ../a.csv\ncolumns: [{header: X, field: site}]", "mine.yaml:1:7: file: \"../a.csv\" cannot be"),
     ("file: con.csv\ncolumns: [{header: X, field: site}]", "mine.yaml:1:7: file: \"con.csv\" cannot be"),
     ("file: Rota.csv\ncolumns: [{header: X, field: site}]", "mine.yaml:1:7: file: Rota.csv is the name of"),
     ("file: a.csv\nseparator: none\ncolumns: [{header: X, field: site}]", "mine.yaml:3:11: columns[0]: a f"),
     ("file: a.csv\nseparator: none\ncolumns: [{header: Long, field: site, width: 3}]",
      'mine.yaml:3:20: columns[0].header: "Long" is longer than the width of 3'),
     ("file: a.csv\nrows: pay\nkinds: work\ncolumns: [{header: X, field: hours}]", "mine.yaml:3:1: kinds: r"),
     ("file: a.csv\nrows: pay\nclock: utc\ncolumns: [{header: X, field: hours}]", "mine.yaml:3:1: clock: cl"),
     ("file: a.csv\nrows: pay\ncolumns: [{header: X, field: start}]", "mine.yaml:3:30: columns[0].field: st"),
     ("file: a.csv\nencoding: windows-1252\ncolumns: [{header: Płaca, field: site}]",
      "mine.yaml:3:20: columns[0].header: windows-1252 has no sign for ł"),
     ("- a", "mine.yaml:1:1: a template says"),
     ("", "mine.yaml:1:1: a template says"),
     ("file: !!str a.csv\ncolumns: [{header: X, field: site}]", "mine.yaml:1:7: file: "),
     ("file: a.csv\nfile: b.csv\ncolumns: [{header: X, field: site}]", "mine.yaml:2:1: file: stands twice"),
     ("file: [a.csv", "mine.yaml:")],
)  # fmt: skip
def test_a_template_that_cannot_be(text, told):
    [only] = said(text)
    assert only.startswith(told)


def test_all_mistakes_are_told_at_once():
    wrong = "file: a/b\nrows: days\nencoding: x\ncolumns:\n"
    wrong += "  - {header: X, field: y}\n  - {field: site, widht: 3}\n"
    places = [line.split(": ")[0].removeprefix("mine.yaml:") for line in said(wrong)]
    assert places == ["1:7", "3:11", "2:7", "5:24", "6:19", "6:5"]


def test_a_template_that_nobody_ships():
    with pytest.raises(InputError, match='"deputi" is no template; did you mean deputy'):
        load_template("deputi")
    with pytest.raises(InputError, match=r"nowhere\.yaml"):
        load_template("nowhere.yaml")


def test_a_template_of_ones_own(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_template(path) == load_template(str(path))
    path.write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(InputError, match=r"1\.0 MB"):
        load_template(path)
