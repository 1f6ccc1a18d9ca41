"""Changes of what is offered: hours closed, a longer promise, fewer people at least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from planner._messages import Message
from planner._values import DaySet, Goal, clock_text, days_text, goal_text, number_text
from planner.study.goals import goal_of
from planner.study.missing_price import dearest_hour
from planner.study.why.change import Basis, Change
from planner.study.why.patterns import DAY_MINUTES, Pattern
from planner.study.why.words import listed

if TYPE_CHECKING:
    from planner.study.scenario.parts import OpeningSaid

MOST_CLOSED = 4
LADDER = (7200.0, 14400.0)
A_DAY = {"elapsed": 86400.0, "open hours": 28800.0}
"""One day: round the clock, or eight open hours."""

Pieces = dict[int, list[tuple[int, int]]]


def closed_hours(basis: Basis) -> Iterator[Change]:
    """Each stretch that is short, closed: the queues open later, close earlier, or pause."""
    scenario = basis.scenario
    names = {queue.name for queue in scenario.queues}
    done = 0
    for finding in basis.found.findings:
        pattern = finding.pattern
        if pattern.what != "people" or not set(pattern.short) <= names or done >= MOST_CLOSED:
            continue
        lines = _without(scenario.said.opening_hours, pattern, [queue.name for queue in scenario.queues])
        if lines is None:
            continue
        done += 1
        values = {
            "queues": listed(pattern.short),
            "days": days_text(DaySet(pattern.weekdays, False)),
            "hours": pattern.hours_text,
        }
        title = Message("why.close_hours", values)
        worth = finding.hours * basis.missing_hour_cents
        yield Change("close hours", title, {"opening_hours": lines}, worth, notes=_arriving(basis, pattern))


def _arriving(basis: Basis, pattern: Pattern) -> tuple[Message, ...]:
    """How many contacts come in the hours of the weekdays that would be closed."""
    volumes = basis.volumes
    if volumes is None:
        return ()
    from planner.clock import local_at

    need = basis.need
    step = need.quarters_per_interval
    at = [local_at(need.first_quarter + k * step, basis.scenario.zone) for k in range(need.intervals)]
    minute = np.array([one.weekday() * DAY_MINUTES + one.hour * 60 + one.minute for one in at])
    inside = np.zeros(need.intervals, bool)
    for day in pattern.weekdays:
        first, last = day * DAY_MINUTES + pattern.start, day * DAY_MINUTES + pattern.end
        inside |= ((minute - first) % (7 * DAY_MINUTES)) < last - first
    rows = [volumes.queues.index(name) for name in pattern.short if name in volumes.queues]
    inside &= need.open[[need.queues.index(name) for name in pattern.short]].any(axis=0)
    contacts = float(volumes.mean[rows][:, inside].sum()) / basis.scenario.weeks
    return (Message("why.fix_arrive", {"contacts": f"{contacts:,.1f}"}),)


def _without(
    lines: Sequence[OpeningSaid], pattern: Pattern, every: Sequence[str]
) -> list[dict[str, Any]] | None:
    """Opening hours without those of a pattern; None if no line has them, or public holidays would change."""
    cut: Pieces = {}
    for day in sorted(pattern.weekdays):
        at = day * DAY_MINUTES + pattern.start
        end = day * DAY_MINUTES + pattern.end
        while at < end:
            upto = min(end, (at // DAY_MINUTES + 1) * DAY_MINUTES)
            of_day = cut.setdefault(at // DAY_MINUTES % 7, [])
            of_day.append((at % DAY_MINUTES, upto - at // DAY_MINUTES * DAY_MINUTES))
            at = upto
    written: list[dict[str, Any]] = []
    changed = False
    for line in lines:
        mine = [name for name in every if "all" in line.queues or name in line.queues]
        touched = [name for name in mine if name in pattern.short]
        late = line.close <= line.open
        if line.closed or not touched or late or not _meets(line, cut):
            written.append(_line(list(line.queues), line.days, line.open, line.close, line.closed))
            continue
        changed = True
        others = [name for name in mine if name not in touched]
        if others:
            written.append(_line(others, line.days, line.open, line.close))
        same = DaySet(frozenset(line.days.weekdays - set(cut)), line.days.public_holidays)
        if same.weekdays or same.public_holidays:
            written.append(_line(touched, same, line.open, line.close))
        left: dict[tuple[tuple[int, int], ...], set[int]] = {}
        for day in sorted(line.days.weekdays & set(cut)):
            left.setdefault(tuple(_minus((line.open, line.close), cut[day])), set()).add(day)
        for pieces, days in left.items():
            written += [_line(touched, DaySet(frozenset(days), False), a, b) for a, b in pieces]
    return written if changed and any("open" in line for line in written) else None


def _meets(line: OpeningSaid, cut: Pieces) -> bool:
    return any(a < line.close and line.open < b for day in line.days.weekdays for a, b in cut.get(day, ()))


def _minus(whole: tuple[int, int], cut: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a span of minutes.

    Examples
    --------
    >>> _minus((540, 1080), [(600, 660), (1020, 1440)])
    [(540, 600), (660, 1020)]
    """
    left = [whole]
    for a, b in cut:
        left = [
            piece
            for first, last in left
            for piece in ((first, min(last, a)), (max(first, b), last))
            if piece[0] < piece[1]
        ]
    return left


def _line(queues: list[str], days: DaySet, opens: int, closes: int, closed: bool = False) -> dict[str, Any]:
    hours = {"closed": "yes"} if closed else {"open": clock_text(opens), "close": clock_text(closes)}
    return {"queues": queues[0] if len(queues) == 1 else queues, "days": days_text(days), **hours}


def longer_promises(basis: Basis) -> Iterator[Change]:
    """The next longer promise, of 2 h, 4 h and 1 day, for each deferred queue that is short."""
    scenario = basis.scenario
    said = list(scenario.plain.get("queues", []))
    hours: dict[str, float] = {}
    for finding in basis.found.findings:
        for name in finding.pattern.names:
            hours[name] = hours.get(name, 0.0) + finding.hours
    for queue in scenario.queues:
        if scenario.fixed_need or queue.name not in hours or queue.channel not in ("email", "social"):
            continue
        now = goal_of(queue.promise)
        longer = [at for at in (*LADDER, A_DAY.get(now.clock, 0.0)) if at > now.seconds]
        place = next((i for i, one in enumerate(said) if one.get("name") == queue.name), None)
        if not longer or now.clock not in A_DAY or place is None:
            continue
        goal = _text(now._replace(seconds=longer[0]))
        changed = [{**one, "promise": goal} if i == place else one for i, one in enumerate(said)]
        title = Message("why.longer_promise", {"queue": queue.name, "goal": goal})
        worth = min(basis.missing_cents, hours[queue.name] * basis.missing_hour_cents)
        yield Change("promise", title, {"queues": changed}, worth, {"queues": [changed[place]]})


def _text(goal: Goal) -> str:
    return goal_text(goal)


def partners(basis: Basis) -> Iterator[Change]:
    """One seat of a partner in the hours that the scenario says, else in those that miss most people."""
    said, scenario = basis.scenario.said.outsource, basis.scenario
    pattern = next((one.pattern for one in basis.found.findings if one.pattern.what == "people"), None)
    if basis.scenario.said.solve.outsource or (said is None and pattern is None):
        return
    notes: tuple[Message, ...] = ()
    if said is not None:
        first, last, price, ready = said.from_, said.to, said.price.amount, said.set_up
        offer: dict[str, Any] = {"seats": "1"}
    else:
        assert pattern is not None
        first, last = pattern.start, pattern.end
        if last - first > DAY_MINUTES:
            return
        price, ready = round(max(12.0, dearest_hour(scenario, basis.problem.pay) / 100), 2), None
        spoken = sorted({queue.language for queue in scenario.queues if queue.name in pattern.names})
        days = days_text(DaySet(pattern.weekdays, False))
        times = {"from": clock_text(first), "to": clock_text(last % DAY_MINUTES), "days": days}
        offer = {**times, "price": number_text(price), **({"languages": ", ".join(spoken)} if spoken else {})}
        notes = (
            Message("why.fix_assumed_price", {"price": number_text(price), "currency": scenario.currency}),
        )
    values = {
        "hours": f"{clock_text(first)}-{clock_text(last % DAY_MINUTES)}",
        "price": number_text(price),
        "currency": scenario.currency,
    }
    changes = {"outsource": offer, "solve": {"outsource": "yes"}}
    by_ticket = said is not None and said.by_ticket
    title = Message("why.outsource_by_ticket" if by_ticket else "why.outsource", values)
    yield Change("outsource", title, changes, basis.missing_cents * 0.6, ready=ready, notes=notes)


def lower_minimum(basis: Basis) -> Iterator[Change]:
    """One person fewer at least, where the minimum on duty is what is missing."""
    said = dict(basis.scenario.said.minimum_on_duty)
    short = {name for finding in basis.found.findings for name in finding.pattern.names}
    most = max((finding.pattern.required for finding in basis.found.findings), default=0)
    for name, people in said.items():
        if people < 2 or people > most or (name != "all" and name not in short):
            continue
        fewer = {"minimum_on_duty": {name: str(people - 1)}}
        values = {"queues": name, "people": people - 1, "before": people}
        yield Change("minimum", Message("why.minimum", values), fewer, basis.missing_cents / 2)
