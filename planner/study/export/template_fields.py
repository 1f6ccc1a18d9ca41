"""What a column of a template can hold: every column of rota.csv, people, parts of stamps, paid hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from planner._messages import Message
from planner.clock import PublicHolidays, window_minutes, zone_named
from planner.rota import holiday_minutes, holiday_names, rota_frame, shift_ids, sunday_minutes
from planner.study.export.dossier import Dossier
from planner.study.export.template_rows import ROWS, Line
from planner.study.hours_columns import BUCKETS

Writes = Literal["text", "id", "day", "moment", "hours", "whole", "money"]
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": ("work", "on_call", "training", "meeting"),
        "status": ("draft", "published", "locked", "carried"),
        "published": ("yes", "no"),
        "weekday": DAYS_OF_WEEK,
        "bucket": tuple(BUCKETS),
    }
)
"""Fields with values of ours, all of which are known."""


@dataclass(frozen=True, eq=False)
class Source:
    """What values are read from besides the row.

    Attributes
    ----------
    last_name_first: names are written "Rossi Anna".
    """

    of: Dossier
    last_name_first: bool = False

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the shifts, in order."""
        return shift_ids(self.of.rota)

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The rows of rota.csv, in order; made when the first field asks for them."""
        frame = rota_frame(self.of.rota, self.of.team, self.of.terms, self.of.rota_version)
        return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


class Field(NamedTuple):
    """One field.

    Attributes
    ----------
    name: as a template names it. writes: what kind of value it is, which says how it can be written.
    rows: kinds of rows that have it.
    value: of a row: text, a date, an instant, minutes, a whole number; None: there is none.
    """

    name: str
    writes: Writes
    rows: tuple[str, ...]
    value: Callable[[Line, Source], Any]


def names_of(name: str, last_name_first: bool = False) -> tuple[str, str]:
    """First and last name: the last word is the last name, or the first word if names are written so.

    Examples
    --------
    >>> names_of("Anna Maria Rossi"), names_of("Rossi Anna Maria", True), names_of("Cher")
    (('Anna Maria', 'Rossi'), ('Anna Maria', 'Rossi'), ('Cher', ''))
    """
    words = name.split()
    if len(words) < 2:
        return name.strip(), ""
    if last_name_first:
        return " ".join(words[1:]), words[0]
    return " ".join(words[:-1]), words[-1]


def _record(column: str) -> Callable[[Line, Source], Any]:
    return lambda line, source: source.records[line.number][column]


def _minutes_of_night(line: Line, source: Source) -> int:
    assert line.start is not None
    assert line.end is not None
    return window_minutes(line.start, line.end, line.site.night, line.agent.zone)


def _minutes_of_sunday(line: Line, source: Source) -> int:
    assert line.start is not None
    assert line.end is not None
    return sunday_minutes(line.start, line.end, line.agent.zone)


def _minutes_of_holiday(line: Line, source: Source) -> int:
    assert line.start is not None
    assert line.end is not None
    return holiday_minutes(line.start, line.end, line.agent.zone, _holidays(line))


def _holidays(line: Line) -> PublicHolidays:
    return PublicHolidays(line.site.public_holidays)


def _holiday(line: Line, source: Source) -> str:
    if line.start is None or line.end is None:
        return _holidays(line).name_of(line.day) or ""
    return holiday_names(line.start, line.end, line.agent.zone, _holidays(line))


def _local(at: datetime | None, line: Line) -> datetime | None:
    return None if at is None else at.astimezone(zone_named(line.zone))


def _own(at: datetime | None, line: Line) -> datetime | None:
    """An instant on the person's clock."""
    return None if at is None or line.shift is None else at.astimezone(zone_named(line.shift.zone))


def _of_shift(name: str) -> Callable[[Line, Source], str]:
    return lambda line, source: str(getattr(line.shift, name))


def _one_team(line: Line, source: Source) -> str:
    [*teams] = line.agent.teams
    return teams[0] if len(teams) == 1 else ""


def _published(line: Line, source: Source) -> str:
    return "no" if source.of.published_at is None else "yes"


_EVERY, _DUTY, _SHIFT, _PAY = ROWS, ("shift", "day"), ("shift",), ("pay",)

_TABLE: tuple[tuple[str, Writes, tuple[str, ...], Callable[[Line, Source], Any]], ...] = (
    ("agent", "text", _EVERY, lambda line, source: line.agent.name),
    ("first_name", "text", _EVERY, lambda row, by: names_of(row.agent.name, by.last_name_first)[0]),
    ("last_name", "text", _EVERY, lambda row, by: names_of(row.agent.name, by.last_name_first)[1]),
    ("email", "id", _EVERY, lambda line, source: line.agent.email),
    ("payroll_id", "id", _EVERY, lambda line, source: line.agent.payroll_id),
    ("site", "text", _EVERY, lambda line, source: line.site.name),
    ("team", "text", _EVERY, lambda line, source: " ".join(sorted(line.agent.teams))),
    ("one_team", "text", _EVERY, _one_team),
    ("grade", "text", _EVERY, lambda line, source: line.agent.grade),
    ("languages", "text", _EVERY, lambda line, source: " ".join(line.agent.languages)),
    ("day", "day", _EVERY, lambda line, source: line.day),
    ("weekday", "text", _EVERY, lambda line, source: DAYS_OF_WEEK[line.day.weekday()]),
    ("holiday", "text", _EVERY, _holiday),
    ("zone", "text", _EVERY, lambda line, source: line.zone),
    ("shift", "text", _DUTY, _of_shift("name")),
    ("kind", "text", _DUTY, _of_shift("kind")),
    ("status", "text", _DUTY, _of_shift("status")),
    ("start", "moment", _DUTY, lambda line, source: _local(line.start, line)),
    ("end", "moment", _DUTY, lambda line, source: _local(line.end, line)),
    ("break_start", "moment", _DUTY, lambda line, source: _local(line.break_start, line)),
    ("break_end", "moment", _DUTY, lambda line, source: _local(line.break_end, line)),
    ("start_local", "moment", _DUTY, lambda line, source: _own(line.start, line)),
    ("end_local", "moment", _DUTY, lambda line, source: _own(line.end, line)),
    ("start_utc", "moment", _DUTY, lambda line, source: line.start),
    ("end_utc", "moment", _DUTY, lambda line, source: line.end),
    ("break_starts_utc", "moment", _DUTY, lambda line, source: line.break_start),
    ("break_minutes", "whole", _DUTY, lambda line, source: line.break_minutes),
    ("elapsed_minutes", "whole", _DUTY, lambda line, source: line.elapsed_minutes),
    ("paid_minutes", "whole", _DUTY, lambda line, source: line.minutes),
    ("elapsed_hours", "hours", _DUTY, lambda line, source: line.elapsed_minutes),
    ("paid_hours", "hours", _DUTY, lambda line, source: line.minutes),
    ("night_hours", "hours", _DUTY, _minutes_of_night),
    ("sunday_hours", "hours", _DUTY, _minutes_of_sunday),
    ("holiday_hours", "hours", _DUTY, _minutes_of_holiday),
    ("premium_cost", "money", _SHIFT, _record("premium_cost")),
    ("shift_id", "id", _DUTY, lambda line, source: source.ids[line.number]),
    ("note", "text", _DUTY, _record("note")),
    ("bucket", "text", _PAY, lambda line, source: line.bucket),
    ("hours", "hours", _PAY, lambda line, source: line.minutes),
    ("minutes", "whole", _PAY, lambda line, source: line.minutes),
    ("published", "text", _EVERY, _published),
    ("scenario", "text", _EVERY, lambda line, source: source.of.scenario),
    ("rota_version", "whole", _EVERY, lambda line, source: source.of.rota_version),
    ("schema_version", "whole", _EVERY, lambda line, source: 1),
    ("currency", "text", _EVERY, lambda line, source: source.of.currency),
)

FIELDS: Mapping[str, Field] = MappingProxyType({each[0]: Field(*each) for each in _TABLE})
"""Fields by name."""

PERSONAL = ("email", "payroll_id", "first_name", "last_name", "grade", "team", "one_team")
"""Fields that say something about a person which may be missing."""


def fields_table() -> str:
    """The fields as a Markdown table for the README.

    Examples
    --------
    >>> print(fields_table().splitlines()[2].split("|")[1].strip())
    `agent`
    """
    rows = [
        f"| `{field.name}` | {Message(f'template.about_{field.name}')} | {_formats(field)} | {_rows(field)} |"
        for field in FIELDS.values()
    ]
    return "\n".join(["| `field` | what it is | `format` | `rows` |", "| --- | --- | --- | --- |", *rows])


def usual_format(name: str) -> str:
    """How a field is written if a column does not say; "" for text and whole numbers."""
    if FIELDS[name].writes == "moment":
        seconds = ":ssZ" if "utc" in name else ":ss+hh:mm" if name.endswith("_local") else ""
        return f"yyyy-mm-ddThh:mm{seconds}"
    return {"day": "yyyy-mm-dd", "money": "0.00"}.get(FIELDS[name].writes, "")


def _formats(field: Field) -> str:
    if field.writes == "hours":
        return "`0.00`, `h:mm`; else up to four decimals"
    usual = usual_format(field.name)
    return f"`{usual}`" if usual else ""


def _rows(field: Field) -> str:
    return "all" if field.rows == ROWS else ", ".join(f"`{name}`" for name in field.rows)
