"""What whoever reads the file of a template should know about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from planner._messages import Message
from planner.clock import zone_named
from planner.study.export.dossier import Dossier
from planner.study.export.pay_notices import of_days
from planner.study.export.pay_plans import listed
from planner.study.export.pay_window import Window
from planner.study.export.template_fields import FIELDS
from planner.study.export.template_model import Template
from planner.study.export.template_patterns import hours_text, is_number
from planner.study.export.template_rows import Line

_LOCAL = ("start", "end", "break_start", "break_end")
_INSTANTS = {"start_utc", "end_utc"}
_LENGTHS = {"elapsed_minutes", "elapsed_hours", "paid_minutes", "paid_hours"}


def notices_of(of: Dossier, template: Template, lines: Sequence[Line]) -> Iterator[Message]:
    """What a file does not say, or says in a way that can be taken wrongly.

    Parameters
    ----------
    lines: rows that are in the file.
    """
    working = {shift.agent for shift in of.rota.shifts}
    yield from _partners(
        template, [each.name for each in of.team.agents if each.outside and each.name in working]
    )
    yield from _rounded(template, lines)
    yield from _left_out(of, template)
    yield from _breaks(template, lines)
    if template.midnight == "23:59":
        yield Message("template.minute_lost", {"file": template.file})
    if template.clock == "utc" or _tells_instants(template):
        return
    written = [name for name in _LOCAL if any(name in column.fields for column in template.columns)]
    twice = [line for line in lines if any(_stands_twice(line, name, template) for name in written)]
    if twice:
        yield Message("template.twice", {"file": template.file, "shifts": _named(twice)})
    if written and not _LENGTHS & {name for column in template.columns for name in column.fields}:
        changed = [line for line in lines if _passes_change(line)]
        if changed:
            yield Message("template.change", {"file": template.file, "shifts": _named(changed, True)})


def paid_notices_of(
    windows: Sequence[Window], template: Template, lines: Sequence[Line]
) -> Iterator[Message]:
    """What a file of paid time does not say; of days as ``hours.csv`` says it.

    Parameters
    ----------
    windows: a payroll month, or the periods of plans. lines: rows that are in the file.
    """
    outside = [
        name
        for window in windows
        for name in window.plans.people
        if window.agent(name).outside and window.pieces[name]
    ]
    yield from _partners(template, list(dict.fromkeys(outside)))
    yield from _rounded(template, lines)
    for window in windows:
        yield from of_days(window)


def _left_out(of: Dossier, template: Template) -> Iterator[Message]:
    """Kinds of duty that the rota has and the file does not."""
    counts = Counter(shift.kind for shift in of.rota.shifts if shift.kind not in template.kinds)
    if counts:
        kinds = listed([f"{kind}: {counts[kind]}" for kind in sorted(counts)])
        yield Message("template.left_out", {"file": template.file, "kinds": kinds})


def _partners(template: Template, names: Sequence[str]) -> Iterator[Message]:
    """People of a partner, who are in the partner's files."""
    if names and not template.partners:
        yield Message("template.partners", {"file": template.file, "people": listed(names)})


def _rounded(template: Template, lines: Sequence[Line]) -> Iterator[Message]:
    """Hours whose decimals do not add up to what they were."""
    for column in template.columns:
        if not is_number(column.format) or column.fields not in {("hours",), ("paid_hours",)}:
            continue
        written = sum(Decimal(hours_text(line.minutes, column.format, ".")) for line in lines)
        exact = Fraction(sum(line.minutes for line in lines), 60)
        if written != exact:
            values = {"file": template.file, "written": float(written), "exact": float(exact)}
            yield Message("template.rounded", {**values, "header": column.header or column.fields[0]})


def _breaks(template: Template, lines: Sequence[Line]) -> Iterator[Message]:
    """Unpaid breaks at an hour that nobody said, in a file that would have to say it."""
    asked = template.cut_breaks or template.rows == "day"
    unplaced = [line for line in lines if asked and line.break_minutes and line.break_start is None]
    if unplaced:
        yield Message("template.break_unplaced", {"file": template.file, "shifts": _named(unplaced)})


def _tells_instants(template: Template) -> bool:
    """Whether some column says which instant a local time is."""
    return any(
        name in _INSTANTS or (FIELDS[name].writes == "moment" and column.pattern(name).has_offset)
        for column in template.columns
        for name in column.fields
    )


def _stands_twice(line: Line, name: str, template: Template) -> bool:
    """Whether a local time that is written comes twice, as in the hour that autumn repeats."""
    at: datetime | None = getattr(line, name)
    if at is None:
        return False
    timed = (column.pattern(name).has_time for column in template.columns if name in column.fields)
    local = at.astimezone(zone_named(line.zone))
    return any(timed) and local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _passes_change(line: Line) -> bool:
    """Whether the clocks change between start and end."""
    assert line.start is not None
    assert line.end is not None
    zone = zone_named(line.zone)
    return line.start.astimezone(zone).utcoffset() != line.end.astimezone(zone).utcoffset()


def _named(lines: Sequence[Line], length: bool = False) -> object:
    """Rows by person, day and hour; with their true length."""
    found = []
    for line in lines:
        assert line.start is not None
        start = line.start.astimezone(zone_named(line.zone))
        long = f" ({hours_text(line.elapsed_minutes, 'h:mm', '.')} h)" if length else ""
        found.append(f"{line.agent.name} {start:%Y-%m-%d %H:%M}{long}")
    return listed(found)
