"""What a history looks like from a distance, and what the user may do about it: nothing is done by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from planner._messages import Message
from planner.clock import PublicHolidays
from planner.demand.arrivals import History
from planner.demand.checks.shifts_of_level import last_steps, opened_at, thin_start
from planner.demand.checks.unusual import Days, Usual, daily, high_runs, low_days, runs, usual
from planner.demand.tickets import Suggestion

MOST_EVENTS = 12
MOST_EXCLUDED = 20
MOST_STEPS = 2
# A queue is silent for so many days, in which so many contacts would have come.
SILENT_DAYS, SILENT_CONTACTS = 3, 15.0
ENOUGH_DAYS = 56
ONE_QUEUE_DAYS = 14


def suggest(
    history: History, names: Sequence[str], zone: str, holidays: PublicHolidays | None = None
) -> tuple[Suggestion, ...]:
    """What was found in a history, each with the line of a scenario that accepts it, in order of days.

    Parameters
    ----------
    history: as it was read.
    names: of the queues.
    zone: clock of the days.
    holidays: of the customers: few contacts on these days are no surprise; None: not known.
    """
    found = daily(history, names, zone)
    if found.counts.shape[1] < ONE_QUEUE_DAYS or not len(names):
        return ()
    total = _sum(found.counts)
    start, end = thin_start(total), thin_start(total[::-1])
    made = [*_edges(found, start, end)]
    inside = Days(found.day(start), found.counts[:, start : found.counts.shape[1] - end])
    levels = {name: usual(row) for name, row in zip(names, inside.counts, strict=True)}
    made += _events(inside, names, levels)
    made += _lost(inside, holidays)
    made += _silent(inside, names, levels)
    made += _late(inside, names)
    made += _steps(inside, names)
    return tuple(sorted(made, key=lambda suggestion: (suggestion.first, suggestion.kind, suggestion.queues)))


def accepted(suggestions: Sequence[Suggestion]) -> Mapping[str, object]:
    """Keys of an entry of ``history`` that accept several suggestions together: since, until, exclude.

    Examples
    --------
    >>> lost = Suggestion("exclude", date(2026, 1, 10), date(2026, 1, 10), Message("quality.lost"))
    >>> more = Suggestion("exclude", date(2026, 2, 1), date(2026, 2, 3), Message("quality.lost"))
    >>> accepted([lost, more])["exclude"]
    ['2026-01-10', {'from': '2026-02-01', 'to': '2026-02-03'}]
    """
    keys: dict[str, object] = {}
    for suggestion in suggestions:
        if suggestion.kind == "trim start":
            keys["since"] = (suggestion.last + timedelta(days=1)).isoformat()
        elif suggestion.kind == "trim end":
            keys["until"] = (suggestion.first - timedelta(days=1)).isoformat()
    listed = [_plain(one.first, one.last) for one in suggestions if one.kind in ("exclude", "event")]
    return {**keys, "exclude": listed} if listed else keys


def _sum(counts: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(counts).any(axis=0), np.nansum(counts, axis=0), np.nan)


def _plain(first: date, last: date) -> object:
    if first == last:
        return first.isoformat()
    return {"from": first.isoformat(), "to": last.isoformat()}


def _exclude_line(first: date, last: date) -> str:
    day = f"{first}" if first == last else f"{{from: {first}, to: {last}}}"
    return f"exclude: [{day}]"


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"\w[\w .+-]*\w", name) else json.dumps(name, ensure_ascii=False)


def _said(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _edges(days: Days, start: int, end: int) -> Iterator[Suggestion]:
    """Days at the edges that hold less than half of what follows."""
    count = days.counts.shape[1]
    if start:
        day = days.day(start)
        why = Message("quality.thin_start", {"days": start, "until": day.isoformat()})
        yield Suggestion("trim start", days.first, day - timedelta(days=1), why, line=f"since: {day}")
    if end:
        day = days.day(count - 1 - end)
        why = Message("quality.thin_end", {"days": end, "from": day.isoformat()})
        first = day + timedelta(days=1)
        yield Suggestion("trim end", first, days.day(count - 1), why, line=f"until: {day}")


def _events(days: Days, names: Sequence[str], levels: Mapping[str, Usual]) -> list[Suggestion]:
    """Stretches of days far above the usual; of several queues at once as one."""
    rows = [(name, days.counts[row], levels[name]) for row, name in enumerate(names)]
    if len(names) > 1:
        total = _sum(days.counts)
        rows.append(("", total, usual(total)))
    stretches: list[tuple[int, int, str, float, float]] = []
    for name, counts, level in rows:
        for low, high in high_runs(counts, level):
            came, usually = np.nansum(counts[low : high + 1]), np.nansum(level.most[low : high + 1])
            stretches.append((low, high, name, float(came), float(usually)))
    groups: list[list[tuple[int, int, str, float, float]]] = []
    for stretch in sorted(stretches):
        if groups and stretch[0] <= max(other[1] for other in groups[-1]) + 1:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    groups.sort(key=lambda group: -max(came - usually for *_, came, usually in group))
    return [_event(days, group, len(names)) for group in groups[:MOST_EVENTS]]


def _event(days: Days, group: list[tuple[int, int, str, float, float]], queues: int) -> Suggestion:
    first, last = days.day(min(low for low, *_ in group)), days.day(max(high for _, high, *_ in group))
    named = tuple(sorted({name for _, _, name, *_ in group if name}))
    if len(named) == queues:
        named = ()
    *_, came, usually = max(group, key=lambda one: one[3] - one[4])
    values = {
        "days": _said(first, last),
        "queues": ", ".join(named) or "-",
        "times": f"{came / max(usually, 0.5):.1f}",
        "came": f"{came:,.0f}",
        "usually": f"{usually:,.0f}",
    }
    of = f", queues: [{', '.join(map(_quoted, named))}]" if named else ""
    line = f"events: [{{name: unusual {first}, days: {_said(first, last)}{of}}}]"
    code = "quality.event_of_queues" if named else "quality.event"
    return Suggestion("event", first, last, Message(code, values), named, line)


def _lost(days: Days, holidays: PublicHolidays | None) -> Iterator[Suggestion]:
    """Days on which hardly anything came in all queues together."""
    total = _sum(days.counts)
    level = usual(total)
    off = holidays.days_between(days.first, days.day(len(total) - 1)) if holidays else {}
    flagged = low_days(total, level)
    for column in np.flatnonzero(flagged).tolist():
        flagged[column] = days.day(column) not in off
    for low, high in runs(flagged)[:MOST_EXCLUDED]:
        first, last = days.day(low), days.day(high)
        values = {
            "days": _said(first, last),
            "came": f"{np.nansum(total[low : high + 1]):,.0f}",
            "usually": f"{np.nansum(level.least[low : high + 1]):,.0f}",
        }
        code = "quality.lost" if holidays else "quality.lost_or_off"
        line = _exclude_line(first, last)
        yield Suggestion("exclude", first, last, Message(code, values), line=line)


def _silent(days: Days, names: Sequence[str], levels: Mapping[str, Usual]) -> Iterator[Suggestion]:
    """Stretches in which one queue, once open, has nothing while others go on."""
    if len(names) < 2:
        return
    for row, name in enumerate(names):
        counts, level = days.counts[row], levels[name]
        come = np.flatnonzero(np.nan_to_num(counts) > 0)
        if not len(come):
            continue
        quiet = (counts == 0) & np.isfinite(counts)
        quiet[: come[0]] = False
        for low, high in runs(quiet):
            usually = float(np.nansum(level.least[low : high + 1]))
            if high > come[-1]:
                usually = float(np.nanmean(counts[max(0, low - 56) : low])) * (high - low + 1)
            if high - low + 1 >= SILENT_DAYS and usually >= SILENT_CONTACTS:
                first, last = days.day(low), days.day(high)
                values = {"queue": name, "days": _said(first, last), "usually": f"{usually:,.0f}"}
                code = "quality.queue_ends" if high > come[-1] else "quality.queue_silent"
                yield Suggestion("note", first, last, Message(code, values), (name,))


def _late(days: Days, names: Sequence[str]) -> Iterator[Suggestion]:
    """Queues that opened in mid-history."""
    for row, name in enumerate(names):
        column = opened_at(days.counts[row])
        if column:
            day = days.day(column)
            why = Message("quality.queue_opened", {"queue": name, "day": day.isoformat()})
            yield Suggestion("note", days.first, day - timedelta(days=1), why, (name,))


def _steps(days: Days, names: Sequence[str]) -> Iterator[Suggestion]:
    """Changes of a queue's level that stayed, the latest of them."""
    monday = (-days.first.weekday()) % 7
    count = days.counts.shape[1]
    for row, name in enumerate(names):
        opened = opened_at(days.counts[row])
        steps = [step for step in last_steps(days.counts[row], monday) if step.column >= opened + 28]
        for step in steps[-MOST_STEPS:]:
            day = days.day(step.column)
            values = {
                "queue": name,
                "day": day.isoformat(),
                "before": f"{step.before:,.0f}",
                "after": f"{step.after:,.0f}",
            }
            line = f"since: {day}" if count - step.column >= ENOUGH_DAYS else ""
            why = Message("quality.step", values)
            yield Suggestion("note", day, days.day(count - 1), why, (name,), line)
