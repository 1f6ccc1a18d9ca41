"""Reading the columns of a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from planner._messages import Message
from planner._yaml import Node
from planner.study.export.template_fields import CHOICES, FIELDS
from planner.study.export.template_model import TemplateColumn
from planner.study.export.template_patterns import PatternError, is_hours, is_number, read_pattern

KEYS = (
    *("header", "field", "value", "format", "codes", "otherwise", "required", "text"),
    *("width", "fill", "align", "cut"),
)
WIDEST = 1000
MOST_COLUMNS = 200


def columns_of(node: Node) -> tuple[tuple[TemplateColumn, ...], list[Message]]:
    """The columns of a template as far as they can be read, and what is wrong in them."""
    assert isinstance(node.value, dict)
    listed = node.value.get("columns")
    if listed is None:
        return (), []
    if not isinstance(listed.value, list) or not listed.value or len(listed.value) > MOST_COLUMNS:
        return (), [Message("template.columns", {"most": MOST_COLUMNS}, listed.place)]
    rows = text_of(node.value.get("rows")) or "shift"
    titled = text_of(node.value.get("header")) != "no"
    mistakes: list[Message] = []
    columns: list[TemplateColumn] = []
    for each in listed.value:
        wrong = list(_mistakes(each, rows, titled))
        mistakes += wrong
        if not wrong:
            columns.append(_column(each))
    return tuple(columns), mistakes


def _column(node: Node) -> TemplateColumn:
    """A column without mistakes."""
    assert isinstance(node.value, dict)
    said = {key: text_of(value) for key, value in node.value.items()}
    codes = node.value.get("codes")
    return TemplateColumn(
        header=said.get("header", ""),
        fields=tuple(text_of(each) for each in _fields(node)),
        value=said.get("value", ""),
        format=said.get("format", ""),
        codes=MappingProxyType(
            {key: text_of(value) for key, value in codes.value.items()}
            if codes is not None and isinstance(codes.value, dict)
            else {}
        ),
        otherwise=said.get("otherwise"),
        required=said.get("required") == "yes",
        quoted=said.get("text") == "always",
        width=int(said.get("width", "0")),
        fill=str(node.value["fill"].value) if "fill" in node.value else " ",
        align="right" if said.get("align") == "right" else "left",
        cut=said.get("cut") == "yes",
    )


def _mistakes(node: Node, rows: str, titled: bool) -> Iterator[Message]:
    """What is wrong in one column."""
    if not isinstance(node.value, dict):
        yield Message("template.column", {}, node.place)
        return
    said = node.value
    yield from unknown_keys(node, KEYS)
    if titled and not text_of(said.get("header")):
        yield Message("template.no_header", {}, node.place)
    if ("field" in said) == ("value" in said):
        yield Message("template.field_or_value", {}, node.place)
    for key in ("header", "value", "format", "otherwise"):
        if key in said and not isinstance(said[key].value, str):
            yield Message("template.text", {}, said[key].place)
    for key, known in (("required", ("yes", "no")), ("cut", ("yes", "no")), ("align", ("left", "right"))):
        if key in said:
            yield from one_of(said[key], known)
    if "text" in said:
        yield from one_of(said["text"], ("always",))
    yield from _shape(node)
    for each in _fields(node):
        yield from _field(each, rows)
    known_fields = [text_of(each) for each in _fields(node) if text_of(each) in FIELDS]
    if "format" in said and isinstance(said["format"].value, str):
        yield from _format(said["format"], known_fields)
    if "codes" in said:
        yield from _codes(said["codes"], known_fields)


def _shape(node: Node) -> Iterator[Message]:
    """Mistakes in width and fill."""
    assert isinstance(node.value, dict)
    said = node.value
    if "width" in said:
        width = text_of(said["width"])
        if not (width.isascii() and width.isdigit() and 1 <= int(width[:9]) <= WIDEST):
            yield Message("template.width", {"most": WIDEST}, said["width"].place)
    if "fill" in said and (not isinstance(said["fill"].value, str) or len(said["fill"].value) != 1):
        yield Message("template.fill", {}, said["fill"].place)
    for key in ("fill", "align", "cut"):
        if key in said and "width" not in said:
            yield Message("template.only_with_width", {"key": key}, node.keys[key])


def _field(node: Node, rows: str) -> Iterator[Message]:
    name = text_of(node)
    if name not in FIELDS:
        near = get_close_matches(name, FIELDS, 1, 0.0)[0]
        yield Message(
            "template.no_field", {"name": name, "near": near, "known": ", ".join(FIELDS)}, node.place
        )
    elif rows not in FIELDS[name].rows and rows in {"shift", "day", "pay"}:
        values = {"name": name, "rows": rows, "known": ", ".join(FIELDS[name].rows)}
        yield Message("template.not_in_rows", values, node.place)


def _format(node: Node, fields: Sequence[str]) -> Iterator[Message]:
    """A format that does not suit what is written."""
    for name in fields:
        writes, text = FIELDS[name].writes, text_of(node)
        if writes in {"text", "id", "whole"}:
            yield Message("template.takes_no_format", {"name": name}, node.place)
        elif writes in {"hours", "money"}:
            if not (is_hours(text) if writes == "hours" else is_number(text)):
                yield Message(f"template.{writes}_format", {"given": text}, node.place)
        else:
            yield from _pattern(node, name)


def _pattern(node: Node, name: str) -> Iterator[Message]:
    text = text_of(node)
    try:
        pattern = read_pattern(text)
    except PatternError as wrong:
        yield Message("template.pattern", {"given": text, "part": str(wrong)}, node.place)
        return
    if FIELDS[name].writes == "day" and (pattern.has_time or pattern.has_offset):
        yield Message("template.day_only", {"given": text, "name": name}, node.place)
    elif pattern.says_utc and "utc" not in name:
        yield Message("template.not_utc", {"name": name}, node.place)


def _codes(node: Node, fields: Sequence[str]) -> Iterator[Message]:
    """Codes that are no mapping, or for values that a field never has."""
    if not isinstance(node.value, dict) or not node.value:
        yield Message("template.codes", {}, node.place)
        return
    for key, value in node.value.items():
        if not isinstance(value.value, str):
            yield Message("template.text", {}, value.place)
        for name in fields:
            known = CHOICES.get(name)
            if known is not None and key not in known:
                near = get_close_matches(key, known, 1, 0.0)[0]
                values = {"value": key, "name": name, "near": near, "known": ", ".join(known)}
                yield Message("template.no_such_value", values, node.keys[key])
    for name in fields:
        if FIELDS[name].writes not in {"text", "id"}:
            yield Message("template.no_codes", {"name": name}, node.place)


def _fields(node: Node) -> tuple[Node, ...]:
    """The field of a column, or its several."""
    assert isinstance(node.value, dict)
    said = node.value.get("field")
    if said is None:
        return ()
    return tuple(said.value) if isinstance(said.value, list) else (said,)


def unknown_keys(node: Node, known: Sequence[str]) -> Iterator[Message]:
    """Keys that mean nothing here, with the nearest that does."""
    assert isinstance(node.value, dict)
    for key in node.value:
        if key not in known:
            near = get_close_matches(key, known, 1, 0.0)[0]
            yield Message("template.unknown_key", {"near": near, "known": ", ".join(known)}, node.keys[key])


def one_of(
    node: Node, known: Sequence[str], shown: Sequence[str] = (), exact: object = None
) -> Iterator[Message]:
    """Text that is none of those known.

    Parameters
    ----------
    shown: those that the message names; default: all of them.
    exact: the text as it stands, where blanks matter.
    """
    said = exact if isinstance(exact, str) and exact else text_of(node)
    if said not in known and text_of(node) not in known:
        values = {"value": text_of(node), "known": ", ".join(shown or known)}
        yield Message("template.no_choice", values, node.place)


def text_of(node: Node | None) -> str:
    """Text without blanks around it; "" for everything else."""
    return node.value.strip() if node is not None and isinstance(node.value, str) else ""
