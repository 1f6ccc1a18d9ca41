"""Writing the file of a template, and naming who is left out of it and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from planner._messages import Listed, Message
from planner.clock import day_bounds, zone_named
from planner.rota.cells import guard
from planner.study.export.dossier import Dossier
from planner.study.export.made import Made
from planner.study.export.pay_month import PayMonth
from planner.study.export.pay_plans import plans_of
from planner.study.export.pay_window import windows_of
from planner.study.export.template_fields import FIELDS, Source, usual_format
from planner.study.export.template_model import ENCODINGS, Template, TemplateColumn
from planner.study.export.template_notices import notices_of, paid_notices_of
from planner.study.export.template_patterns import hours_text, number_text
from planner.study.export.template_pay import paid_of
from planner.study.export.template_reading import without_sign
from planner.study.export.template_rows import Line, between_breaks, shifts_of, within_days

_BREAKS = re.compile(r"[\r\n\t]")


class _LackingError(Exception):
    """Why a cell cannot be written: the sentence, and what stands in its blanks."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, tuple(sorted(values.items()))


@dataclass
class _Lacking:
    """Who is left out, by reason."""

    people: dict[tuple[str, tuple[tuple[str, str | int], ...]], set[str]] = field(default_factory=dict)

    def add(self, why: _LackingError, agent: str) -> None:
        self.people.setdefault((why.code, why.values), set()).add(agent)

    @property
    def everyone(self) -> set[str]:
        return set().union(*self.people.values())

    def messages(self, team: Sequence[str], file: str) -> Iterator[Message]:
        for (code, values), people in self.people.items():
            named = Listed(tuple(name for name in team if name in people))
            yield Message(code, {**dict(values), "people": named, "file": file})


def written(of: Dossier, template: Template, month: PayMonth | None = None) -> Made:
    """The file of a template.

    Parameters
    ----------
    of: the rota. template: how its file looks. month: of paid time; None: the whole period.
    """
    if template.rows == "pay":
        return paid_written([of], template, month)
    lines: list[Line] = list(shifts_of(of, template.kinds, template.clock))
    if template.rows == "day":
        lines = [part for line in lines for part in within_days(line)]
    if template.cut_breaks:
        lines = [part for line in lines for part in between_breaks(line)]
    source = Source(of, template.last_name_first)
    table = _table(lines, lambda line: source, template)
    team = [agent.name for agent in of.team.agents]
    return _made(table, team, template, notices_of(of, template, table.lines))


def paid_written(of: Sequence[Dossier], template: Template, month: PayMonth | None) -> Made:
    """The file of a template with rows of paid time.

    Parameters
    ----------
    of: plans that together have the month. template: how the file looks.
    month: None: the whole period of each plan, also what goes on after its last midnight.

    Raises
    ------
    InputError
        As for ``hours.csv``: if the plans contradict each other, or have no day of the month.
    """
    plans = plans_of(of)
    windows = windows_of(plans, month)
    sources = [Source(each, template.last_name_first) for each in plans.dossiers]
    table = _table(paid_of(windows, template), lambda line: sources[line.number], template)
    return _made(table, plans.people, template, paid_notices_of(windows, template, table.lines))


@dataclass(frozen=True)
class _Table:
    """Rows that can be written, each with its cells, and who is left out."""

    rows: tuple[tuple[Line, list[str]], ...]
    lacking: _Lacking

    @property
    def lines(self) -> list[Line]:
        return [line for line, _ in self.rows]


def _table(lines: Sequence[Line], source: Callable[[Line], Source], template: Template) -> _Table:
    """The cells of rows; somebody of whom one cannot be written has none."""
    lacking = _Lacking()
    rows: list[tuple[Line, list[str]]] = []
    lines = [line for line in lines if template.partners or not line.agent.outside]
    for line in lines:
        cells = []
        for column in template.columns:
            try:
                cells.append(_cell(line, column, source(line), template))
            except _LackingError as why:
                lacking.add(why, line.agent.name)
        rows.append((line, cells))
    _shared(lines, template, lacking)
    out = lacking.everyone
    return _Table(tuple(row for row in rows if row[0].agent.name not in out), lacking)


def _made(table: _Table, team: Sequence[str], template: Template, notices: Iterable[Message]) -> Made:
    """The file, and what is to be said of it; none where everybody who would be in it is left out."""
    lacking = tuple(table.lacking.messages(team, template.file))
    if lacking and not table.rows:
        return Made({}, (*lacking, Message("template.nobody_left", {"file": template.file})))
    cells = [[_titled(column, template) for column in template.columns]] if template.header else []
    cells += [each for _, each in table.rows]
    text = "".join(_joined(each, template) + template.line_end for each in cells)
    return Made(
        {template.file: text.encode(template.encoding)},
        lacking,
        tuple(notices),
        {template.file: template.encoding},
    )


def _shared(lines: Sequence[Line], template: Template, lacking: _Lacking) -> None:
    """People whom the other system would take for one."""
    for name in ("email", "payroll_id"):
        if not any(column.required and column.fields == (name,) for column in template.columns):
            continue
        people: dict[str, set[str]] = {}
        for line in lines:
            own = str(getattr(line.agent, name)).strip()
            people.setdefault(own.lower() if name == "email" else own, set()).add(line.agent.name)
        for own, who in people.items():
            for agent in sorted(who) if own and len(who) > 1 else ():
                lacking.add(_LackingError("template.shared", name=name, value=own), agent)


def _cell(line: Line, column: TemplateColumn, source: Source, template: Template) -> str:
    """One cell, as wide as it is to be."""
    text = _fitted(_text(line, column, source, template), column)
    if not template.separator:
        text = _BREAKS.sub(" ", text)
    signs = without_sign(text, template.encoding)
    if signs:
        encoding = {python: name for name, python in ENCODINGS.items()}[template.encoding]
        raise _LackingError("template.cannot_write", signs=signs, encoding=encoding, header=_title(column))
    if column.width and len(text) > column.width:
        raise _LackingError("template.too_wide", width=column.width, header=_title(column))
    return text


def _text(line: Line, column: TemplateColumn, source: Source, template: Template) -> str:
    """What a cell says."""
    if not column.fields:
        return _constant(column.value)
    for name in column.fields:
        value = FIELDS[name].value(line, source)
        if value is None or value == "":
            continue
        if column.codes:
            if value in column.codes:
                return _constant(column.codes[value])
            if column.otherwise is None:
                raise _LackingError("template.no_code", value=str(value), header=_title(column))
            return _constant(column.otherwise)
        return _value(value, name, line, column, template)
    if column.otherwise is not None:
        return _constant(column.otherwise)
    if column.required:
        raise _LackingError("template.lacks", name=column.fields[0])
    return ""


def _value(value: object, name: str, line: Line, column: TemplateColumn, template: Template) -> str:
    """A value in text."""
    writes = FIELDS[name].writes
    if writes in {"day", "moment"}:
        pattern = column.pattern(name)
        if not isinstance(value, datetime):
            return pattern.text(datetime.fromisoformat(f"{value}T00:00:00+00:00"))
        if name == "end" and template.midnight != "00:00" and _ends_day(line, template):
            assert line.end is not None
            last = (line.end - timedelta(seconds=1)).astimezone(zone_named(line.zone))
            if template.midnight == "24:00":
                return pattern.text(last.replace(minute=0, second=0), hour=24)
            return pattern.text(last.replace(hour=23, minute=59, second=0))
        return pattern.text(value)
    if writes == "hours":
        return hours_text(int(str(value)), column.format, template.decimal)
    if writes == "money":
        return number_text(Decimal(str(value)), column.format or usual_format(name), template.decimal)
    return str(value) if writes == "whole" else guard(str(value))


def _ends_day(line: Line, template: Template) -> bool:
    """Whether a row ends with a day of its clock."""
    assert line.end is not None
    last = (line.end - timedelta(seconds=1)).astimezone(zone_named(line.zone)).date()
    return line.end == day_bounds(last, line.zone)[1]


def _constant(text: str) -> str:
    """Text of the template itself; a sign alone is no formula."""
    return text if len(text) < 2 else guard(text)


def _titled(column: TemplateColumn, template: Template) -> str:
    """A cell of the first line; without separators it is as wide as those below."""
    text = _constant(column.header)
    return text if template.separator else _fitted(text, column)


def _title(column: TemplateColumn) -> str:
    return column.header or ", ".join(column.fields)


def _fitted(text: str, column: TemplateColumn) -> str:
    """Text as wide as its column; longer text stays as it is, unless it may be cut."""
    if not column.width:
        return text
    if column.cut:
        text = text[: column.width]
    short = column.fill * (column.width - len(text))
    return short + text if column.align == "right" else text + short


def _joined(cells: Sequence[str], template: Template) -> str:
    """A line of the file."""
    if not template.separator:
        return "".join(cells)
    marks = (template.separator, '"', "\r", "\n")
    return template.separator.join(
        '"' + cell.replace('"', '""') + '"'
        if column.quoted or (cell == "" and len(cells) == 1) or any(mark in cell for mark in marks)
        else cell
        for cell, column in zip(cells, template.columns, strict=True)
    )
