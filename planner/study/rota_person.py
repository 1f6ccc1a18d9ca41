"""One person's rota: every shift with its hours, and what they carry beside the team; also as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from planner._messages import Message, spoken_language, spoken_value
from planner._values import clock_text
from planner.study.grid import per_person
from planner.study.paper import Section, page, paragraphs, table
from planner.study.rota_week import day_text, hours_text, say

if TYPE_CHECKING:
    import pandas as pd

    from planner.rota import Option
    from planner.study.rota_edits import Edit

FIGURES = ("shifts", "paid_hours", "nights", "weekends", "holidays", "on_call")
_COLUMNS = ("day", "shift", "from", "to", "hours", "paid", "night", "note")
MOST_NAMED = 3


def shifts_of(rows: pd.DataFrame, agent: str, holidays: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One person's shifts in words, in order of time.

    Parameters
    ----------
    rows: columns of ``rota.csv``, on the clock that is shown. holidays: of the customers, by day.

    Returns
    -------
    Columns day, shift, from, to, hours (elapsed), paid, night, note (weekend, holiday, clocks, on call).
    """
    import pandas as pd

    mine = rows[rows["agent"] == agent].sort_values(["start_utc", "end_utc"])
    lines = [_line(row, holidays or {}) for row in _records(mine)]
    return pd.DataFrame(lines, columns=list(_COLUMNS))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _line(row: Mapping[str, Any], holidays: Mapping[str, str]) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(str(row[name])) for name in ("start_local", "end_local"))
    later = (end.date() - start.date()).days
    return {
        "day": day_text(start.date()),
        "shift": row["shift"],
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}" + (f" +{later}" if later else ""),
        "hours": float(row["elapsed_hours"]),
        "paid": float(row["paid_hours"]),
        "night": float(row["night_hours"]),
        "note": "; ".join(_notes(row, start, end, holidays)),
    }


def _notes(
    row: Mapping[str, Any], start: datetime, end: datetime, holidays: Mapping[str, str]
) -> Iterator[str]:
    if start.weekday() >= 5:
        yield say("note_weekend")
    own = row["holiday"] if isinstance(row["holiday"], str) else ""
    if named := own or holidays.get(start.date().isoformat(), ""):
        yield spoken_value(str(named))
    if row["kind"] == "on_call":
        yield say("note_on_call")
    elapsed = float(row["elapsed_hours"])
    shifted = _hours(end.utcoffset()) - _hours(start.utcoffset())
    if shifted:
        yield say("note_clocks", {"hours": hours_text(elapsed), "usual": hours_text(elapsed + shifted)})


def _hours(offset: timedelta | None) -> float:
    return 0.0 if offset is None else offset / timedelta(hours=1)


def beside_team(rota: pd.DataFrame, people: Sequence[str], agent: str) -> pd.DataFrame:
    """What a person carries, and the mean of the team: columns figure (its name), own, mean.

    Parameters
    ----------
    rota: columns of ``rota.csv``. people: everybody, also those without a shift.
    """
    import pandas as pd

    each = per_person(rota, people).set_index("agent")
    return pd.DataFrame(
        {
            "figure": list(FIGURES),
            "own": [float(each[name][agent]) for name in FIGURES],
            "mean": [float(each[name].mean()) for name in FIGURES],
        }
    )


def fairness_words(rota: pd.DataFrame, people: Sequence[str]) -> tuple[Message, ...]:
    """How evenly nights, weekends, public holidays and on call are shared out, a sentence each.

    Parameters
    ----------
    rota, people: as in ``beside_team``.
    """
    each = per_person(rota, people)
    found = []
    for name in ("nights", "weekends", "holidays", "on_call"):
        least, most = int(each[name].min()), int(each[name].max())
        what = Message(f"rota_edits.what_{name}")
        if most == 0:
            found.append(Message("rota_edits.fair_nobody", {"what": what}))
        elif least == most:
            found.append(Message("rota_edits.fair_same", {"what": what, "most": most}))
        else:
            top = list(each.loc[each[name] == most, "agent"])
            names = ", ".join(top[:MOST_NAMED]) + (" …" if len(top) > MOST_NAMED else "")
            mean = hours_text(round(float(each[name].mean()), 1))
            values = {"what": what, "least": least, "most": most, "mean": mean, "names": names}
            found.append(Message("rota_edits.fair_most", values))
    return tuple(found)


def person_sheet(
    rows: pd.DataFrame,
    rota: pd.DataFrame,
    people: Sequence[str],
    agent: str,
    zone: str,
    holidays: Mapping[str, str] | None = None,
) -> str:
    """One person's rota as a page to print, in one file.

    Parameters
    ----------
    rows: on the clock that is shown. rota: columns of ``rota.csv``, of everybody. zone: of that clock.
    """
    shifts = shifts_of(rows, agent, holidays)
    words = {name: shifts[name].map(hours_text) for name in ("hours", "paid", "night")}
    listed = shifts.assign(**words).to_numpy().tolist()
    first, last = (str(value) for value in (rows["day"].min(), rows["day"].max()))
    days = {"first": _day(first), "last": _day(last)} if len(rows) else {"first": "–", "last": "–"}
    figures = [
        [say(f"what_{name}"), hours_text(own), hours_text(round(mean, 1))]
        for name, own, mean in beside_team(rota, people, agent).to_numpy().tolist()
    ]
    heads = [say(f"person_{name}") for name in ("figure", "own", "mean")]
    sections = [
        Section(
            say("person_shifts"),
            table([say(f"person_{name}") for name in _COLUMNS], listed, numbers=(4, 5, 6)),
        ),
        Section(say("person_figures"), table(heads, figures, numbers=(1, 2))),
    ]
    title = say("person_title", {"agent": agent, **days})
    clock = say("person_clock", {"zone": zone})
    return page(title, "", [Section("", paragraphs([clock])), *sections], language=spoken_language())


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))


def option_text(option: Option) -> str:
    """A duty that could be given, with its local times.

    Examples
    --------
    >>> from planner.people import Agent
    >>> from planner.rota import ShiftType, options_for
    >>> rome = Agent("Anna", "Rome", "Europe/Rome", {})
    >>> night = ShiftType("night", (1320,), 480)
    >>> option_text(options_for(rome, [night], date(2026, 3, 27), 1)[0][0])
    'night 22:00–06:00'
    """
    ends = (option.start_minute + (option.end - option.start) * 15) % 1440
    return f"{option.name} {clock_text(option.start_minute)}–{clock_text(ends)}"


def edit_text(edit: Edit) -> str:
    """An edit in words."""
    day = day_text(edit.day) if edit.day else ""
    if edit.kind == "leave":
        last = day_text(edit.last) if edit.last else day
        return say("said_leave", {"agent": edit.agent, "first": day, "last": last})
    if edit.kind == "swap":
        return say("said_swap", {"agent": edit.agent, "other": edit.other, "day": day})
    if edit.kind == "lock":
        kind = "cell" if edit.agent and edit.day else "person" if edit.agent else "day"
        return say(f"said_lock_{kind}", {"agent": edit.agent, "day": day})
    if not edit.shift:
        return say("said_free", {"agent": edit.agent, "day": day})
    start = "" if edit.start is None else f" {clock_text(edit.start)}"
    return say("said_shift", {"agent": edit.agent, "day": day, "shift": spoken_value(edit.shift + start)})
