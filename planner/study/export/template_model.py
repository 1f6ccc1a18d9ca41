"""A template: how a file for another system looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from planner.rota import Kind
from planner.study.export.template_fields import usual_format
from planner.study.export.template_patterns import Pattern, read_pattern

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "none": ""}
DECIMALS = {"point": ".", "comma": ","}
ENCODINGS = {"utf-8": "utf-8", "utf-8 with BOM": "utf-8-sig", "windows-1252": "cp1252"}
LINE_ENDS = {"lf": "\n", "crlf": "\r\n"}
MIDNIGHTS = ("00:00", "24:00", "23:59")
NAMES = ("first last", "last first")
KINDS: tuple[Kind, ...] = ("work", "on_call", "training", "meeting")
SHIFT_KINDS: tuple[Kind, ...] = ("work", "training", "meeting")


@dataclass(frozen=True)
class TemplateColumn:
    """One column.

    Attributes
    ----------
    header: its title.
    fields: the first of these that has a value is written; empty: ``value`` is.
    value: always the same text.
    format: pattern of days and times, or of numbers; "": as the field is usually written.
    codes: text of the other system by ours; in rows of paid time, an empty code leaves the row out.
    otherwise: written where there is no code, or no value; None: the row is left out for want of a code.
    required: people without a value are left out, and named.
    quoted: in quotes always.
    width: of the cell in signs; 0: as long as the text. fill: sign that makes up for short text.
    align: where short text stands. cut: long text is shortened, instead of being refused.
    """

    header: str
    fields: tuple[str, ...] = ()
    value: str = ""
    format: str = ""
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    otherwise: str | None = None
    required: bool = False
    quoted: bool = False
    width: int = 0
    fill: str = " "
    align: Literal["left", "right"] = "left"
    cut: bool = False

    def pattern(self, name: str) -> Pattern:
        """How days and times of a field are written."""
        return read_pattern(self.format or usual_format(name))


@dataclass(frozen=True)
class Template:
    """How a file for another system looks.

    Attributes
    ----------
    name: of the template itself. title: what the file is. source: where its layout is known from.
    file: its name. separator, decimal, encoding, line_end: the signs themselves, and Python's name of the
        encoding. header: whether titles stand in the first line.
    rows: "shift", "day" (a shift cut at local midnights) or "pay" (hours by person, day and code).
    clock: of local times: "person", "site", "scenario" or "utc".
    kinds: of duty that are written. partners: whether the people of a partner are.
    cut_breaks: a row for each stretch between unpaid breaks.
    midnight: how the end of a day is written as an end.
    last_name_first: names are written "Rossi Anna".
    """

    name: str
    title: str
    source: str
    file: str
    columns: tuple[TemplateColumn, ...]
    separator: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    line_end: str = "\n"
    header: bool = True
    rows: str = "shift"
    clock: str = "person"
    kinds: tuple[Kind, ...] = field(default=SHIFT_KINDS)
    partners: bool = False
    cut_breaks: bool = False
    midnight: str = "00:00"
    last_name_first: bool = False
