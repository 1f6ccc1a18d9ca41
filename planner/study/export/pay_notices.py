"""What whoever pays should know: days without a plan, premiums not included, pay that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner._messages import Listed, Message
from planner.study.export.pay_hours import OVERTIME
from planner.study.export.pay_plans import listed, spans
from planner.study.export.pay_rows import Line, lines_of, time_text
from planner.study.export.pay_window import Window

_DAY = timedelta(days=1)


def without_id(windows: Sequence[Window]) -> tuple[str, ...]:
    """Who cannot be paid by an id while others can; nobody where no one has an id."""
    ids = {name: window.plans.payroll_id(name) for window in windows for name in window.people}
    return tuple(name for name, payroll_id in ids.items() if not payroll_id) if any(ids.values()) else ()


def notices_of(window: Window) -> tuple[Message, ...]:
    """Notices about a month, or about the period of a plan."""
    lines = lines_of(window)
    return (
        *of_days(window),
        *_partner(window),
        *_unknown(lines),
        *_overtime(lines),
        *_one_person(lines),
        *_no_ids(window),
    )


def of_days(window: Window) -> tuple[Message, ...]:
    """Notices about days that no plan has, for every file of paid time."""
    return (*_uncovered(window), *_night_before(window), *_cut_weeks(window))


def _uncovered(window: Window) -> Iterator[Message]:
    """Days of a month that no plan has, at once for those who lack the same."""
    if window.month is None:
        return
    groups: dict[tuple[date, ...], list[str]] = {}
    for name in window.people:
        agent, covered = window.agent(name), frozenset(window.covered(name))
        lacking = tuple(day for day in window.days if day not in covered and agent.employed_on(day))
        groups.setdefault(lacking, []).append(name)
    for days, names in groups.items():
        if days and len(groups) == 1:
            yield Message("payroll.uncovered", {"days": listed(spans(days))})
        elif days:
            yield Message("payroll.uncovered_for", {"each": listed(names), "days": listed(spans(days))})


def _night_before(window: Window) -> Iterator[Message]:
    """A shift of the day before a month goes on into it; that day must be in a plan too."""
    before = window.first - _DAY
    if window.month is not None and any(
        window.first in window.plans.covered[name]
        and before not in window.plans.covered[name]
        and window.agent(name).employed_on(before)
        for name in window.people
    ):
        yield Message("payroll.night_before", {"day": before})


def _cut_weeks(window: Window) -> Iterator[Message]:
    """Weeks in which somebody worked and of which no plan has every day."""
    if window.plans.dossiers[0].payroll.overtime_above == "none":
        return
    cut: set[date] = set()
    for name in window.people:
        agent, covered = window.agent(name), window.plans.covered[name]
        for monday in {shift.day - _DAY * shift.day.weekday() for shift in window.started(name)}:
            week = [monday + _DAY * step for step in range(7)]
            if any(day not in covered and agent.employed_on(day) for day in week):
                cut.add(monday)
    if cut:
        yield Message("payroll.cut_weeks", {"days": listed(sorted(cut))})


def _partner(window: Window) -> Iterator[Message]:
    names = [name for name in window.plans.people if window.agent(name).outside and window.pieces[name]]
    if names:
        yield Message("payroll.partner", {"each": listed(names)})


def _unknown(lines: Sequence[Line]) -> Iterator[Message]:
    """Premiums that hours should have and nobody stated, by site."""
    pairs = dict.fromkeys((line.site, name) for line in lines for name in line.unknown if name != OVERTIME)
    words = {
        "night": Message("payroll.premium_night"),
        "sunday": Message("payroll.premium_sunday"),
        "holiday": Message("payroll.premium_holiday"),
    }
    each = [Message("payroll.premium", {"site": site, "premium": words[name]}) for site, name in pairs]
    if each:
        yield Message("payroll.unknown", {"each": listed(each)})


def _overtime(lines: Sequence[Line]) -> Iterator[Message]:
    minutes = sum(piece.minutes for line in lines if line.bucket == OVERTIME for piece in line.pieces)
    if minutes:
        yield Message("payroll.overtime_pay", {"hours": time_text(minutes)})


def _one_person(lines: Sequence[Line]) -> Iterator[Message]:
    """Where one person stands alone, so that a sum of money is theirs."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if not line.outside:
            groups.setdefault((line.site, line.grade), []).append(line)
    for (site, grade), own in groups.items():
        values = {"site": site, "grade": f'"{grade}"'}
        if len(frozenset[str]().union(*(line.people for line in own))) == 1:
            yield Message("payroll.one_person", values)
            continue
        alone = [Message(f"payroll.bucket_{line.bucket}") for line in own if len(line.people) == 1]
        if alone:
            yield Message("payroll.one_in_line", {**values, "buckets": Listed(tuple(alone))})


def _no_ids(window: Window) -> Iterator[Message]:
    if window.people and not any(window.plans.payroll_id(name) for name in window.people):
        yield Message("payroll.no_ids")
