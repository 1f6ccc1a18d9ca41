"""A week or more of a rota as an HTML table: marks of locks, changes and leave, clock changes, hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any

from planner._messages import Message, spoken_value
from planner.study.grid import PALETTE, STYLE, letters, span
from planner.study.rota_clock import ClockChange, changes_on
from planner.study.rota_edits import Marks

if TYPE_CHECKING:
    import pandas as pd

LOCK, CHANGED, AWAY = "\N{BALLOT BOX WITH CHECK}", "\N{INCREMENT}", "\N{MULTIPLICATION SIGN}"
LEAVE_STYLE = """<style>
.rota .leave{background-image:repeating-linear-gradient(45deg,#bdbdbd 0 2px,transparent 2px 7px)}
.rota .total{font-weight:600;text-align:right}.rota .clocks{background:#fde7c2}
.rota i{font-style:normal;margin-left:3px}.rota td.changed{outline:2px solid #111;outline-offset:-2px}
</style>"""


@dataclass(frozen=True)
class Look:
    """What a table of a rota is to show.

    Attributes
    ----------
    first, days: the columns. caption: what is shown and on which clock.
    kinds: all kinds of shift of the rota, so that letters and colours are the same in every week.
    zones: of the people shown, for clock changes. holidays: name by day. marks: by person and own day.
    """

    first: date
    days: int
    caption: str
    kinds: Sequence[str]
    zones: Sequence[str] = ()
    holidays: Mapping[str, str] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)


def say(code: str, values: Mapping[str, object] | None = None) -> str:
    """A word of the table."""
    return str(Message(f"rota_edits.{code}", values or {}))


def day_text(day: date) -> str:
    """A day in words, in the language spoken here.

    Examples
    --------
    >>> day_text(date(2026, 4, 13))
    'Mon 13 Apr'
    """
    return spoken_value(f"{day:%a %d %b}")


def hours_text(hours: float) -> str:
    """Hours with what decimals they have.

    Examples
    --------
    >>> hours_text(39.5), hours_text(8.0)
    ('39.5', '8')
    """
    return spoken_value(f"{hours:.2f}".rstrip("0").rstrip("."))


def week_html(rows: pd.DataFrame, people: Sequence[str], look: Look) -> str:
    """The table.

    Parameters
    ----------
    rows: columns of ``rota.csv``, on the clock that is shown; ``own_day`` is the person's own day.
    people: who is shown, in the order of the lines.
    """
    shown = [look.first + timedelta(days=number) for number in range(look.days)]
    shown = sorted({*shown, *map(date.fromisoformat, rows["day"])})
    letter = letters(list(look.kinds))
    colour = {kind: PALETTE[number % len(PALETTE)] for number, kind in enumerate(look.kinds)}
    duties: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    hours = dict.fromkeys(people, 0.0)
    for record in rows.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        if row["agent"] in hours:
            duties.setdefault((row["agent"], row["day"]), []).append(row)
            hours[row["agent"]] += 0.0 if row["kind"] == "on_call" else float(row["paid_hours"])
    changes = {day: changes_on(day, look.zones) for day in shown}
    head = "".join(_head(day, look.holidays, changes[day]) for day in shown)
    body = []
    for agent in people:
        cells = "".join(
            _cell(agent, day, duties.get((agent, day.isoformat()), ()), look, letter, colour) for day in shown
        )
        total = f'<td class="total">{hours_text(hours[agent])}</td>'
        body.append(f'<tr><th scope="row">{escape(agent)}</th>{cells}{total}</tr>')
    title, said = escape(say("hours_title")), escape(look.caption)
    legend = " · ".join([said, *_legend(look, letter, changes, duties)])
    return (
        f'{STYLE}{LEAVE_STYLE}<p class="rota-legend">{legend}</p>'
        f'<div class="rota-wrap" tabindex="0" role="region" aria-label="{said}"><table class="rota">'
        f'<thead><tr><td></td>{head}<th scope="col" title="{title}">h</th></tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(
    agent: str,
    day: date,
    duties: Sequence[Mapping[str, Any]],
    look: Look,
    letter: Mapping[str, str],
    colour: Mapping[str, str],
) -> str:
    own = {(agent, date.fromisoformat(row["own_day"])) for row in duties} or {(agent, day)}
    signs = "".join(
        f'<i title="{escape(say(word))}" aria-label="{escape(say(word))}">{sign}</i>'
        for word, sign, cells in (
            ("mark_lock", LOCK, look.marks.locked),
            ("mark_changed", CHANGED, look.marks.changed),
            ("mark_leave", AWAY, look.marks.leave),
        )
        if own & cells
    )
    kinds = [_shade(day, look.holidays)]
    kinds += ["leave"] if own & look.marks.leave else []
    kinds += ["changed"] if own & look.marks.changed else []
    texts = "<br>".join(_duty(row, letter[row["shift"]], colour[row["shift"]]) for row in duties)
    return f'<td class="{" ".join(filter(None, kinds))}">{texts}{signs}</td>'


def _duty(row: Mapping[str, Any], letter: str, colour: str) -> str:
    text = span(datetime.fromisoformat(row["start_local"]), datetime.fromisoformat(row["end_local"]))
    title = f"{row['shift']} · {hours_text(float(row['elapsed_hours']))} h"
    return (
        f'<span class="rota-shift" style="background:{colour}" title="{escape(title)}">'
        f"<b>{escape(letter)}</b>{escape(text)}</span>"
    )


def _shade(day: date, named: Collection[str]) -> str:
    if day.isoformat() in named:
        return "holiday"
    return "off" if day.weekday() >= 5 else ""


def _head(day: date, named: Mapping[str, str], changes: Sequence[ClockChange]) -> str:
    name = spoken_value(named.get(day.isoformat(), ""))
    word, _, rest = day_text(day).partition(" ")
    text = f"{escape(word)}<br>{escape(rest)}{'*' if name else ''}"
    titles = [name] if name else []
    for change in changes[:1]:
        text += f'<br><span class="clocks">{hours_text(change.hours)} h {change.sign}</span>'
    titles += [f"{change.zone} {change.sign}" for change in changes]
    title = f' title="{escape("; ".join(titles))}"' if titles else ""
    return f'<th scope="col" class="{_shade(day, named)}"{title}>{text}</th>'


def _legend(
    look: Look,
    letter: Mapping[str, str],
    changes: Mapping[date, Sequence[ClockChange]],
    duties: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
) -> list[str]:
    """Letters, signs, holidays and clock changes of what is shown, in words."""
    there = {row["shift"] for rows in duties.values() for row in rows}
    lines = [f"{letter[kind]} = {kind}" for kind in look.kinds if kind in there]
    days = {day.isoformat() for day in changes}
    marks = (
        ("mark_lock", LOCK, look.marks.locked),
        ("mark_changed", CHANGED, look.marks.changed),
        ("mark_leave", AWAY, look.marks.leave),
    )
    for word, sign, cells in marks:
        if any(day.isoformat() in days for _, day in cells):
            lines.append(f"{sign} = {say(word)}")
    lines += [
        f"* {day_text(date.fromisoformat(day))} {spoken_value(name)}"
        for day, name in sorted(look.holidays.items())
        if day in days
    ]
    for day, found in changes.items():
        for change in found:
            values = {
                "day": day_text(day), "zone": change.zone, "hours": hours_text(change.hours),
                "since": change.since, "to": change.to,
            }  # fmt: skip
            lines.append(say("clock_change", values))
    return [escape(line) for line in lines]
