"""A playbook as one printable page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import (
    DaySet,
    clock_text,
    days_text,
    duration_text,
    number_text,
    percent_text,
    weekday_text,
)
from planner.study.files import write_files
from planner.study.goals import promise_text
from planner.study.ladder import hours_text, rows_of
from planner.study.paper import Section, bullets, page, paragraphs, table
from planner.study.plan import versions
from planner.study.playbook.contents import HOURS, WEEKDAYS, Covered, OnCall, Playbook
from planner.study.playbook.fitting import most_that_fit
from planner.study.playbook.handovers import HandOver
from planner.study.playbook.waiting import Closed, ever_closed

if TYPE_CHECKING:
    from planner.demand import Queue

FILE = "playbook.html"
NAMED = 4
"""Names of a shift that are told at least, even if the page gets longer than one."""
STYLE = (
    "<style>.who td:not(:last-child){white-space:nowrap}"
    "@media print{.who td:last-child{font-size:7pt}}</style>"
)
ENOUGH = 60
"""Minutes together from which on a handover is not told by itself."""


def write_playbook(made: Playbook, folder: Path | str) -> tuple[Path, ...]:
    """Write ``playbook.html``; returns its path.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    return write_files({FILE: playbook_html(made)}, folder)


def playbook_html(made: Playbook) -> str:
    """The page, self-contained, to print on A4: with as many names as one sheet holds."""
    everybody = [*made.covered, *(duty for role in made.on_call for duty in role.duties)]
    most = max((len(each.people) for each in everybody), default=NAMED)
    return _page(made, most_that_fit(lambda named: _page(made, named), NAMED, most))


def _page(made: Playbook, named: int) -> str:
    """The page with so many names a shift."""
    scenario = made.scenario
    starts = scenario.starts.isoformat() if scenario.starts else str(Message("playbook.no_start"))
    last = max((shift.day for shift in made.rota.shifts), default=scenario.first_day)
    values = {
        "starts": starts,
        "first": scenario.first_day.isoformat(),
        "last": last.isoformat(),
        "zone": scenario.zone,
        "hours": hours_text(rows_of(scenario)),
    }
    sections = [
        Section(_say("hours"), paragraphs([_say("open", **values)]) + _matrix(made) + _holidays(made)),
        Section(_say("who"), _who(made.covered, scenario.zone, named)),
        Section(
            _say("escalation"),
            "".join(_role(each, named) for each in made.on_call) or paragraphs([_say("no_role")]),
        ),
        Section(_say("handovers"), _hand_overs(made.hand_overs)),
        Section(_say("waits"), _waits(made)),
    ]
    known = versions()
    foot = [_say("foot", planner=known["planner"], tzdata=known["tzdata"], seed=scenario.seed)]
    return page(scenario.name, _say("subtitle", **values), sections, foot, head=STYLE)


def _say(code: str, **values: object) -> str:
    return str(Message(f"playbook.{code}", values))


def _matrix(made: Playbook) -> str:
    """People on duty by weekday and hour."""
    rows = []
    for day in range(WEEKDAYS):
        cells = []
        for hour in range(HOURS):
            low, high = made.people[:, day, hour].tolist()
            text = "" if low < 0 else str(low) if low == high else f"{low}–{high}"
            cells.append(f'<td class="n"{_dark(low)}>{text}</td>')
        rows.append(f"<tr><th>{escape(weekday_text(day)[:3])}</th>{''.join(cells)}</tr>")
    head = "".join(f'<th class="n">{hour:02d}</th>' for hour in range(HOURS))
    caption = escape(_say("matrix", zone=made.scenario.zone))
    return (
        f'<p class="small">{caption}</p><table class="dense"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _dark(low: int) -> str:
    return ' style="background:#e0e0e0"' if low < 0 else ""


def _holidays(made: Playbook) -> str:
    days = ", ".join(f"{day.isoformat()} {name}" for day, name in made.holidays)
    return paragraphs([_say("holidays", days=days)], "small") if days else ""


def _who(covered: Sequence[Covered], zone: str, named: int) -> str:
    rows = [
        (each.shift, _span(each, zone), _days(each.weekdays), _count(each), _names(each, named))
        for each in covered
    ]
    heads = [_say(f"head_{name}") for name in ("shift", "clock", "days", "people", "names")]
    return table(heads, rows, kind="who")


def _span(each: Covered, zone: str) -> str:
    later = " +1" if each.end <= each.start else ""
    place = "" if each.zone == zone else f" {each.zone}"
    return f"{clock_text(each.start)}–{clock_text(each.end)}{later}{place}"


def _days(weekdays: Sequence[int]) -> str:
    return days_text(DaySet(frozenset(weekdays)))


def _count(each: Covered) -> str:
    return str(each.most) if each.fewest == each.most else f"{each.fewest}–{each.most}"


def _names(each: Covered, named: int) -> str:
    told = ", ".join(f"{name} {times}×" for name, times in each.people[:named])
    more = len(each.people) - named
    return told if more <= 0 else _say("more", names=told, count=more)


def _role(each: OnCall, named: int) -> str:
    reach = number_text(each.reach_minutes)
    lines = [
        _say("role" if each.contact else "role_no_contact", role=each.role, contact=each.contact, reach=reach)
    ]
    if each.missing_hours:
        lines.append(_say("role_missing", hours=number_text(each.missing_hours), role=each.role))
    return paragraphs(lines) + _who(each.duties, each.duties[0].zone if each.duties else "", named)


def _hand_overs(found: Sequence[HandOver]) -> str:
    """Those that leave little time; of the others the least."""
    if not found:
        return paragraphs([_say("no_handover")])
    tight = [each for each in found if each.least < ENOUGH]
    rows = [
        (
            clock_text(each.minute),
            _days(each.weekdays),
            f"{each.leaving} → {each.arriving or _say('nobody')}",
            ", ".join(each.sites),
            f"{each.least} min" if each.least == each.most else f"{each.least}–{each.most} min",
            each.times,
        )
        for each in tight
    ]
    heads = [_say(f"head_{name}") for name in ("end", "days", "handover", "sites", "together", "times")]
    notes = [_say("no_overlap")] if any(not each.least for each in tight) else []
    others = [each.least for each in found if each.least >= ENOUGH]
    notes += [_say("others", least=min(others))] if others else []
    return table(heads, rows, [5], ["" if each.least else "nogo" for each in tight]) + paragraphs(notes)


def _waits(made: Playbook) -> str:
    rows = [_wait(each, made) for each in made.closed]
    heads = [_say(f"head_{name}") for name in ("queue", "closed", "length", "then", "when")]
    doors = [line for queue in made.scenario.queues for line in _doors(queue, made)]
    return (table(heads, rows) or paragraphs([_say("always_open")])) + bullets(doors)


def _wait(each: Closed, made: Playbook) -> tuple[str, ...]:
    due = _say("live") if each.due is None else _say("due", at=_wall(each.due))
    a_week = len(each.days) >= made.scenario.weeks
    when = _say("each_week") if a_week else ", ".join(map(date.isoformat, each.days))
    return each.queue, f"{_wall(each.start)} – {_wall(each.end)}", f"{number_text(each.hours)} h", due, when


def _wall(at: tuple[int, int]) -> str:
    return f"{weekday_text(at[0])[:3]} {clock_text(at[1])}"


def _doors(queue: Queue, made: Playbook) -> Iterator[str]:
    """What is promised, and what becomes of contacts while closed, if the queue ever is."""
    yield _say("promise", queue=queue.name, promise=promise_text(queue.promise))
    doors = made.scenario.when_closed.get(queue.name, {})
    if doors and ever_closed(queue, made.scenario):
        told = ", ".join(f"{percent_text(share)} % {_door(door, made)}" for door, share in doors.items())
        yield _say("doors", queue=queue.name, doors=told)


def _door(door: str, made: Playbook) -> str:
    if any(queue.name == door for queue in made.scenario.queues):
        return _say("to_queue", queue=door)
    if door == "voicemail":
        return _say("voicemail", within=duration_text(made.scenario.said.voicemail_within))
    return door
