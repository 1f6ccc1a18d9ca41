"""Reading a template, with everything that is wrong in it and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from planner import _yaml
from planner._errors import InputError
from planner._messages import Message
from planner._yaml import Node
from planner.study.columns import COLUMNS
from planner.study.export.template_columns import columns_of, one_of, text_of, unknown_keys
from planner.study.export.template_model import (
    DECIMALS,
    ENCODINGS,
    KINDS,
    LINE_ENDS,
    MIDNIGHTS,
    NAMES,
    SEPARATORS,
    SHIFT_KINDS,
    Template,
    TemplateColumn,
)
from planner.study.export.template_rows import CLOCKS, ROWS

YES_NO = {"yes": True, "no": False}
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "decimal": tuple(DECIMALS),
        "encoding": tuple(ENCODINGS),
        "line_end": tuple(LINE_ENDS),
        "header": tuple(YES_NO),
        "rows": ROWS,
        "clock": CLOCKS,
        "people": ("own", "all"),
        "unpaid_breaks": ("keep", "cut"),
        "midnight": MIDNIGHTS,
        "names": NAMES,
    }
)
TOP = ("title", "source", "file", "separator", *CHOICES, "kinds", "columns")
TAKEN = frozenset(
    {
        *COLUMNS,
        *("rota.xlsx", "changes.html", "calendars.json", "calendars.zip", "left_out.txt", "manifest.sha256"),
        *("plan.json", "rollout.json", "scenario.yaml", "staff.json", "published.json"),
        *("report.html", "playbook.html"),
    }
)
"""Files of other formats, and of a plan's folder, in small letters."""
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*\.[A-Za-z0-9]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\.", re.IGNORECASE)


def read_template(source: Path | str | bytes, name: str) -> Template:
    r"""A template from a file, or from its text or bytes.

    Parameters
    ----------
    source: the file, its text, or its bytes, which are UTF-8 as in a file.
    name: as messages show it.

    Raises
    ------
    InputError
        With all mistakes, each with its place.

    Examples
    --------
    >>> mine = read_template('''
    ... file: shifts.txt
    ... columns:
    ...   - {header: Who, field: payroll_id, required: yes}
    ...   - {header: From, field: start, format: dd.mm.yyyy hh:mm}
    ... ''', "mine.yaml")
    >>> [column.header for column in mine.columns]
    ['Who', 'From']
    >>> read_template("file: a.csv\nrows: days\ncolumns: [{header: Who, field: agent}]", "mine.yaml")
    Traceback (most recent call last):
    planner._errors.InputError: mine.yaml:2:7: rows: "days" cannot stand here; write one of: shift, day, pay
    """
    node, found = _yaml.read(source, name)
    mistakes = list(found)
    if not isinstance(node.value, dict) or (not node.value and not found):
        raise InputError(*mistakes, Message("template.not_a_template", {}, node.place))
    if not node.value:
        raise InputError(*mistakes)
    mistakes += _top(node)
    columns, wrong = columns_of(node)
    mistakes += wrong
    if not mistakes:
        template = _template(node, name, columns)
        mistakes += (*_encoded(template, node), *_widths(template, node))
    if mistakes:
        raise InputError(*mistakes)
    return template


def _template(node: Node, name: str, columns: tuple[TemplateColumn, ...]) -> Template:
    """The template of a document without mistakes."""
    assert isinstance(node.value, dict)
    said = {key: text_of(value) for key, value in node.value.items() if isinstance(value.value, str)}
    separator = node.value["separator"].value if "separator" in node.value else "comma"
    sign = SEPARATORS.get(said.get("separator", "comma"), str(separator))
    return Template(
        name=Path(name).stem,
        title=said.get("title", ""),
        source=said.get("source", ""),
        file=said["file"],
        columns=columns,
        separator=sign,
        decimal=DECIMALS[said.get("decimal", "point")],
        encoding=ENCODINGS[said.get("encoding", "utf-8")],
        line_end=LINE_ENDS[said.get("line_end", "lf")],
        header=YES_NO[said.get("header", "yes")],
        rows=said.get("rows", "shift"),
        clock=said.get("clock", "person"),
        kinds=tuple(kind for kind in KINDS if kind in _names(node.value["kinds"]))
        if "kinds" in node.value
        else SHIFT_KINDS,
        partners=said.get("people") == "all",
        cut_breaks=said.get("unpaid_breaks") == "cut",
        midnight=said.get("midnight", "00:00"),
        last_name_first=said.get("names") == "last first",
    )


def _top(node: Node) -> Iterator[Message]:
    """Mistakes outside the columns."""
    assert isinstance(node.value, dict)
    said = node.value
    yield from unknown_keys(node, TOP)
    for key in ("file", "columns"):
        if key not in said:
            yield Message("template.needs", {"key": key}, replace(node.place, path=key))
    for key in ("title", "source", "file"):
        if key in said and not isinstance(said[key].value, str):
            yield Message("template.text", {}, said[key].place)
    if "file" in said and isinstance(said["file"].value, str):
        yield from _file(said["file"])
    if "separator" in said:
        signs = (*SEPARATORS, *(sign for sign in SEPARATORS.values() if sign))
        yield from one_of(said["separator"], signs, tuple(SEPARATORS), said["separator"].value)
    for key, known in CHOICES.items():
        if key in said:
            yield from one_of(said[key], known)
    if "kinds" in said:
        yield from _kinds(node)
    yield from _cut(node)
    if text_of(said.get("rows")) == "pay":
        for key in ("unpaid_breaks", "midnight", "clock"):
            if key in said:
                yield Message("template.not_with_pay", {"key": key}, node.keys[key])


def _file(node: Node) -> Iterator[Message]:
    """A name that can be written in any folder, and that is no other format's."""
    name = text_of(node)
    if not _FILE.fullmatch(name) or _DEVICE.match(name) or len(name) > 100:
        yield Message("template.file", {"name": name}, node.place)
    elif name.lower() in TAKEN:
        yield Message("template.file_taken", {"name": name}, node.place)


def _cut(node: Node) -> Iterator[Message]:
    """Fields of whole shifts in rows that are cut at breaks."""
    if text_of(node.at(["unpaid_breaks"])) == "cut":
        for column in node.at(["columns"]).value:
            field = column.at(["field"]) if isinstance(column, Node) else node
            if "premium_cost" in _names(field):
                yield Message("template.not_in_cut", {"name": "premium_cost"}, field.place)


def _kinds(node: Node) -> Iterator[Message]:
    assert isinstance(node.value, dict)
    kinds = node.value["kinds"]
    if text_of(node.value.get("rows")) == "pay":
        yield Message("template.kinds_of_pay", {}, node.keys["kinds"])
        return
    if not _names(kinds):
        yield Message("template.no_kinds", {"known": ", ".join(KINDS)}, kinds.place)
    for name in _names(kinds):
        if name not in KINDS:
            near = get_close_matches(name, KINDS, 1, 0.0)[0]
            values = {"value": name, "near": near, "known": ", ".join(KINDS)}
            yield Message("template.no_kind", values, kinds.place)


def _encoded(template: Template, node: Node) -> Iterator[Message]:
    """Text of the template that its encoding cannot hold."""
    listed = node.at(["columns"])
    for number, column in enumerate(template.columns):
        place = listed.at([number])
        texts = {
            "header": column.header if template.header else "",
            "value": column.value,
            "otherwise": column.otherwise or "",
            "codes": "".join(column.codes.values()),
            "format": column.format,
            "fill": column.fill,
        }
        for key, text in texts.items():
            signs = without_sign(text, template.encoding)
            if signs:
                values = {"signs": signs, "encoding": _encoding_name(template.encoding)}
                yield Message("template.not_in_encoding", values, place.at([key]).place)


def _widths(template: Template, node: Node) -> Iterator[Message]:
    """Columns of a file without separators that do not say how wide they are."""
    listed = node.at(["columns"])
    for number, column in enumerate(template.columns):
        at = listed.at([number])
        if not template.separator and not column.width:
            yield Message("template.needs_width", {}, at.place)
        texts = {"value": column.value}
        if template.header and not template.separator:
            texts["header"] = column.header
        for key, text in texts.items():
            if column.width and len(text) > column.width and not column.cut:
                values = {"text": text, "width": column.width}
                yield Message("template.wider", values, at.at([key]).place)


def without_sign(text: str, encoding: str) -> str:
    """Signs of a text that an encoding does not have.

    Examples
    --------
    >>> without_sign("Łukasz Wójcik", "cp1252")
    'Ł'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(dict.fromkeys(sign for sign in text if without_one(sign, encoding)))
    return ""


def without_one(sign: str, encoding: str) -> bool:
    """Whether an encoding lacks one sign."""
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return True
    return False


def _encoding_name(encoding: str) -> str:
    return {python: name for name, python in ENCODINGS.items()}[encoding]


def _names(node: Node) -> tuple[str, ...]:
    """Names in a list, or in text with commas."""
    if isinstance(node.value, list):
        return tuple(text_of(item) for item in node.value)
    return tuple(name.strip() for name in text_of(node).split(",") if name.strip())
