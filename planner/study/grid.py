"""A rota as an HTML table of people by days: real text, printable, readable without colour."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._messages import spoken_value
from planner.clock import local_text
from planner.rota import csv_lines, guard, unguard

if TYPE_CHECKING:
    import pandas as pd

    from planner.rota import Rota

NIGHT_HOURS = 3.0
_DRAFT = ("agent", "day", "shift", "start_local", "end_local")

# Okabe and Ito's palette, three of it lightened to carry black text; a letter stands beside every colour.
PALETTE = ("#8CCBF0", "#E69F00", "#6CCDB2", "#F0E442", "#E0A6C6", "#F0A06A", "#B9B9B9")

STYLE = """<style>
.rota-wrap{overflow-x:auto;max-width:100%;padding-bottom:4px}
.rota-legend{font:13px/1.4 system-ui,sans-serif;margin:0 0 6px}
.rota{border-collapse:separate;border-spacing:0;color:#111;background:#fff;
font:13px/1.25 system-ui,sans-serif}
.rota th,.rota td{border:solid #c8c8c8;border-width:0 1px 1px 0;padding:2px 3px;
text-align:center;white-space:nowrap}
.rota thead th{background:#f3f3f3;font-weight:600;border-top-width:1px}
.rota tr>*:first-child{border-left-width:1px}
.rota tbody th,.rota thead th:first-child{position:sticky;left:0;background:#fff;
text-align:left;font-weight:600}
.rota .off{background:#e9e9e9}.rota .holiday{background:#ddd2ea}
.rota-shift{display:inline-block;border-radius:3px;padding:1px 4px;color:#111}
.rota-shift b{font-weight:700;margin-right:4px}
@media print{.rota{font-size:8px}.rota-wrap{overflow:visible}}
</style>"""


def letters(names: Sequence[str]) -> dict[str, str]:
    """A short, distinct letter for each shift type: its initial, else the next free letter.

    Examples
    --------
    >>> letters(["day", "late", "dusk"])
    {'day': 'D', 'late': 'L', 'dusk': 'U'}
    """
    found: dict[str, str] = {}
    for name in names:
        wanted = [c for c in name.upper() if c.isalnum()] + [chr(c) for c in range(65, 91)]
        found[name] = next((c for c in wanted if c not in found.values()), "?")
    return found


def span(start: datetime, end: datetime) -> str:
    """Local times of a shift; a shift that ends on a later day says so.

    Examples
    --------
    >>> from datetime import timezone
    >>> span(datetime(2026, 5, 1, 22, tzinfo=timezone.utc), datetime(2026, 5, 2, 6, 30, tzinfo=timezone.utc))
    '22–06:30 +1'
    """

    def clock(at: datetime) -> str:
        return f"{at:%H}" if at.minute == 0 else f"{at:%H:%M}"

    later = (end.date() - start.date()).days
    return f"{clock(start)}–{clock(end)}" + (f" +{later}" if later else "")


def rota_html(
    rows: Iterable[Mapping[str, Any]],
    agents: Sequence[str],
    first_day: date,
    days: int,
    caption: str,
    holidays: Mapping[str, str] | None = None,
) -> str:
    """The table.

    Parameters
    ----------
    rows: rows of ``rota.csv``: agent, day, shift, start_local, end_local.
    agents: everyone, in the order of the lines; people without a shift have an empty line.
    first_day, days: the columns.
    caption: what is shown and on which clock.
    holidays: name of the public holiday of a day (2026-05-01); shaded and named.
    """
    rows = list(rows)
    named = holidays or {}
    shown = [first_day + timedelta(days=i) for i in range(days)]
    kinds = sorted({str(row["shift"]) for row in rows})
    letter = letters(kinds)
    colour = {kind: PALETTE[i % len(PALETTE)] for i, kind in enumerate(kinds)}
    cells: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        kind = str(row["shift"])
        cells.setdefault((row["agent"], row["day"]), []).append(_duty(row, letter[kind], colour[kind]))
    head = "".join(_day_head(day, named) for day in shown)
    body = []
    for agent in agents:
        line = "".join(
            f'<td class="{_shade(day, named)}">{"<br>".join(cells.get((agent, day.isoformat()), []))}</td>'
            for day in shown
        )
        body.append(f'<tr><th scope="row">{escape(agent)}</th>{line}</tr>')
    legend = [f"{escape(letter[kind])} = {escape(kind)}" for kind in kinds]
    legend += [
        f"* {_told(f'{date.fromisoformat(day):%d %b}')} {_told(name)}" for day, name in sorted(named.items())
    ]
    said = escape(caption)
    return (
        f'{STYLE}<p class="rota-legend">{" · ".join([said, *legend])}</p>'
        f'<div class="rota-wrap" tabindex="0" role="region" aria-label="{said}"><table class="rota">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _duty(row: Mapping[str, Any], letter: str, colour: str) -> str:
    text = span(datetime.fromisoformat(row["start_local"]), datetime.fromisoformat(row["end_local"]))
    return (
        f'<span class="rota-shift" style="background:{colour}" title="{escape(str(row["shift"]))}">'
        f"<b>{escape(letter)}</b>{escape(text)}</span>"
    )


def _told(text: str) -> str:
    return escape(spoken_value(text))


def _shade(day: date, named: Mapping[str, str]) -> str:
    if day.isoformat() in named:
        return "holiday"
    return "off" if day.weekday() >= 5 else ""


def _day_head(day: date, named: Mapping[str, str]) -> str:
    name = named.get(day.isoformat())
    title = f' title="{_told(name)}"' if name else ""
    mark = "*" if name else ""
    when = f"{_told(f'{day:%a}')}<br>{_told(f'{day:%d %b}')}{mark}"
    return f'<th scope="col" class="{_shade(day, named)}"{title}>{when}</th>'


def of_frame(
    rota: pd.DataFrame,
    people: Sequence[str],
    period: Mapping[str, Any],
    caption: str,
    holidays: Mapping[str, str] | None = None,
) -> str:
    """The table of a finished rota.

    Parameters
    ----------
    rota: columns of ``rota.csv``.
    people: everyone, in the order of the lines.
    period: of ``plan.json``: first_day and days.
    caption, holidays: as in ``rota_html``.
    """
    rows = [
        {str(name): value for name, value in row.items()} for row in rota[list(_DRAFT)].to_dict("records")
    ]
    agents = list(dict.fromkeys([*people, *rota["agent"]]))
    first_day = date.fromisoformat(period["first_day"])
    return rota_html(rows, agents, first_day, int(period["days"]), caption, holidays)


def draft_text(rota: Rota) -> str:
    """A rota that is still being improved, as a small CSV: period and everybody first, then the shifts.

    Examples
    --------
    >>> from planner.rota import Rota
    >>> print(draft_text(Rota("desk", date(2026, 6, 1), 7, ("Ana",), ())), end="")
    agent,day,shift,start_local,end_local
    ,2026-06-01,,,
    ,2026-06-07,,,
    Ana,,,,
    """
    last = rota.first_day + timedelta(days=rota.days - 1)
    rows = [_DRAFT, *(("", day.isoformat(), "", "", "") for day in (rota.first_day, last))]
    rows += [(guard(name), "", "", "", "") for name in rota.agents]
    for shift in rota.shifts:
        stamps = (local_text(shift.start, shift.zone), local_text(shift.end, shift.zone))
        rows.append((guard(shift.agent), shift.day.isoformat(), guard(shift.name), *stamps))
    return csv_lines(rows)


def of_draft(path: Path, caption: str) -> str:
    """The table of a rota that ``draft_text`` wrote."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    first, last = (date.fromisoformat(row["day"]) for row in rows[:2])
    agents = [unguard(row["agent"]) for row in rows[2:] if not row["day"]]
    duties = [
        {**row, "agent": unguard(row["agent"]), "shift": unguard(row["shift"])}
        for row in rows[2:]
        if row["day"]
    ]
    return rota_html(duties, agents, first, (last - first).days + 1, caption)


def per_person(rota: pd.DataFrame, people: Sequence[str]) -> pd.DataFrame:
    """What each person carries: shifts, paid hours, nights, weekends, holidays, on-call duties.

    A night is a shift with three hours or more in the night of its site; on call counts apart.

    Parameters
    ----------
    rota: columns of ``rota.csv``.
    people: everyone, also those without a shift.
    """
    import pandas as pd

    on_call = rota["kind"] == "on_call"
    marked = pd.DataFrame(
        {
            "agent": rota["agent"],
            "shifts": (~on_call).astype("int64"),
            "paid_hours": rota["paid_hours"].where(~on_call, 0.0),
            "nights": ((rota["night_hours"] >= NIGHT_HOURS) & ~on_call).astype("int64"),
            "weekends": pd.Series(map(_weekend, rota["day"]), rota.index, "str").where(~on_call),
            "holidays": ((rota["holiday_hours"] > 0) & ~on_call).astype("int64"),
            "on_call": on_call.astype("int64"),
        }
    )
    sums = {name: "sum" for name in ("shifts", "paid_hours", "nights", "holidays", "on_call")}
    table = marked.groupby("agent").agg({**sums, "weekends": "nunique"})
    everyone = list(dict.fromkeys([*people, *rota["agent"]]))
    columns = ["shifts", "paid_hours", "nights", "weekends", "holidays", "on_call"]
    return table.reindex(everyone, fill_value=0)[columns].rename_axis("agent").reset_index()


def so_far(table: pd.DataFrame, ledger: pd.DataFrame, first_day: str) -> pd.DataFrame:
    """The same table, and beside it what the ledger says of each person with this period counted.

    Parameters
    ----------
    table: from ``per_person``.
    ledger: columns of ``ledger.csv``; where nothing in it is older than the period, nothing is added.
    first_day: of the period.
    """
    if not (ledger["first_day"].astype("str") < first_day).any():
        return table
    names = {
        "nights": "nights",
        "weekends": "weekends",
        "public_holidays": "holidays",
        "changed_shifts": "changed",
    }
    sums = ledger.groupby("agent")[list(names)].sum()
    sums = sums.rename(columns={name: f"{ours}_so_far" for name, ours in names.items()})
    return table.join(sums.reindex(table["agent"], fill_value=0).reset_index(drop=True))


def _weekend(day: str) -> str | None:
    """The Saturday of the weekend that a day belongs to, if it does."""
    at = date.fromisoformat(day)
    return (at - timedelta(days=at.weekday() - 5)).isoformat() if at.weekday() >= 5 else None
