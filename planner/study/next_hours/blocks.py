"""Blocks of hours that could be opened, per queue and for the whole desk, by days that have alike hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner._errors import InputError, ValueTextError
from planner._messages import Message
from planner._values import DaySet, clock_text, days_text, parse_days

if TYPE_CHECKING:
    from planner.clock import OpeningHours
    from planner.study.scenario import Scenario

Side = Literal["earlier", "later", "apart", "new day"]
DAY, QUARTER, WEEK = 1440, 15, 7 * 96
WEEKEND = (5, 6)
OFFICE = (540, 1020)
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Block:
    """Hours to open.

    Attributes
    ----------
    queues: who would be open then. days: on which they begin.
    opens: minutes after midnight. minutes: how long.
    side: right before or after today's hours, apart from them, or on days that are closed.
    """

    queues: tuple[str, ...]
    days: DaySet
    opens: int
    minutes: int
    side: Side

    @property
    def closes(self) -> int:
        """Minutes after midnight, up to 24:00; below the opening where it is of the next day."""
        end = self.opens + self.minutes
        return end if end <= DAY else end - DAY

    @property
    def hours(self) -> str:
        """Such as "mon-fri 07:00–09:00"."""
        return f"{days_text(self.days)} {clock_text(self.opens)}–{clock_text(self.closes)}"

    @property
    def text(self) -> str:
        """The same with its queues."""
        return f"{', '.join(self.queues)}: {self.hours}"

    @property
    def hours_a_week(self) -> float:
        """Clock hours."""
        return len(self.days.weekdays) * self.minutes / 60


def windows(hours: OpeningHours, weekday: int) -> Spans:
    """Minutes at which a queue opens and closes on a weekday without holiday; closing may be beyond 24:00."""
    lines = [line for line in hours.lines if weekday in line.weekdays]
    if any(line.closed for line in lines):
        return ()
    spans = {
        (line.open_minute, line.close_minute + (DAY if line.close_minute <= line.open_minute else 0))
        for line in lines
    }
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(closes, joined[-1][1])
        else:
            joined.append((opens, closes))
    return tuple(joined)


def open_week(hours: OpeningHours) -> np.ndarray:
    """Whether each quarter-hour of a week without holidays is open, from Monday 00:00.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> int(open_week(desk.opening["email en"]).sum()) / 4
    45.0
    """
    week = np.zeros(WEEK, dtype=bool)
    for weekday in range(7):
        for opens, closes in windows(hours, weekday):
            week[(weekday * 96 + np.arange(opens // QUARTER, closes // QUARTER)) % WEEK] = True
    return week


def day_groups(hours: OpeningHours) -> tuple[DaySet, ...]:
    """Weekdays with the same hours together; closed ones of the weekend each alone.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> [days_text(group) for group in day_groups(desk.opening["email en"])]
    ['mon-fri', 'sat', 'sun']
    """
    found: dict[object, set[int]] = {}
    for weekday in range(7):
        spans = windows(hours, weekday)
        found.setdefault(spans or (weekday if weekday in WEEKEND else "closed"), set()).add(weekday)
    return tuple(DaySet(frozenset(days), False) for days in found.values())


def candidates(
    scenario: Scenario,
    minutes: int = 120,
    queues: Sequence[str] = (),
    days: Sequence[str] = (),
    apart: bool = False,
) -> tuple[Block, ...]:
    """Every block that could be opened.

    Parameters
    ----------
    minutes: length; shorter where less is closed there.
    queues: names or channels, or "all": the queues together; empty: each queue, and all of them together
        where they have the same hours.
    days: days such as "mon-fri", each a group; empty: days with the same hours together.
    apart: blocks that touch no open hour of the day too.

    Raises
    ------
    InputError: naming what is no queue or no days.
    """
    groups = [_days(text) for text in days]
    found: list[Block] = []
    for names in units(scenario, queues):
        hours = scenario.opening[names[0]]
        weeks = [open_week(scenario.opening[name]) for name in names]
        week = np.logical_or.reduce(weeks)
        for group in groups or day_groups(hours):
            found += _of_group(names, hours, week, group, minutes, apart)
    return tuple(
        {(each.queues, each.days, each.opens, each.minutes): each for each in reversed(found)}.values()
    )[::-1]


def units(scenario: Scenario, queues: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Queues that open together: each alone, and all of them where they have the same hours or it is asked.

    Raises
    ------
    InputError: naming what is no queue.
    """
    names = [queue.name for queue in scenario.queues]
    known: dict[str, tuple[str, ...]] = {name: (name,) for name in names}
    for queue in scenario.queues:
        mine = tuple(each.name for each in scenario.queues if each.channel == queue.channel)
        known.setdefault(queue.channel, mine)
    known["all"] = tuple(names)
    wrong = [word for word in queues if word not in known]
    if wrong:
        raise InputError(Message("next_hours.queue", {"given": ", ".join(wrong), "known": ", ".join(known)}))
    if queues:
        asked = [(name,) for word in queues if word != "all" for name in known[word]]
        return tuple(dict.fromkeys([*asked, *([known["all"]] if "all" in queues else [])]))
    hours = {tuple(windows(scenario.opening[name], day) for day in range(7)) for name in names}
    together = [tuple(names)] if len(names) > 1 and len(hours) == 1 else []
    return (*((name,) for name in names), *together)


def _days(text: str) -> DaySet:
    try:
        return parse_days(text)
    except ValueTextError as error:
        raise InputError(*error.messages) from None


def _of_group(
    names: tuple[str, ...], hours: OpeningHours, week: np.ndarray, days: DaySet, minutes: int, apart: bool
) -> list[Block]:
    """Blocks of some days."""
    own = sorted({span for day in days.weekdays for span in windows(hours, day)})
    found: list[Block] = []
    for opens, closes in own:
        if room := _room(week, days, opens, minutes, -1):
            found.append(_block(names, days, opens - room, room, "earlier"))
        if room := _room(week, days, closes, minutes, 1):
            found.append(_block(names, days, closes, room, "later"))
    first, last = _usual(hours)
    if not own:
        begin, end = (first % minutes, first % minutes + DAY) if apart else (first, last)
        found += _tiled(names, days, week, range(begin, end, minutes), minutes, "new day")
    elif apart:
        begin = max(closes for _, closes in own) + minutes
        end = min(opens for opens, _ in own) + DAY - minutes
        found += _tiled(names, days, week, range(begin, end, minutes), minutes, "apart")
    return [_with_holidays(block, hours) for block in found]


def _tiled(
    names: tuple[str, ...], days: DaySet, week: np.ndarray, starts: range, minutes: int, side: Side
) -> list[Block]:
    found = []
    for start in starts:
        length = min(minutes, starts.stop - start)
        if length > 0 and _room(week, days, start, length, 1) == length:
            found.append(_block(names, days, start, length, side))
    return found


def _room(week: np.ndarray, days: DaySet, edge: int, minutes: int, way: int) -> int:
    """Minutes from an edge, forwards or back, that are closed on all of the days; so many at most."""
    at = edge // QUARTER - (way < 0)
    for step in range(minutes // QUARTER):
        if any(week[(day * 96 + at + way * step) % WEEK] for day in days.weekdays):
            return step * QUARTER
    return minutes


def _block(names: tuple[str, ...], days: DaySet, opens: int, minutes: int, side: Side) -> Block:
    """A block said on the days on which it begins."""
    ahead, opens = divmod(opens, DAY)
    moved = frozenset((day + ahead) % 7 for day in days.weekdays)
    return Block(names, DaySet(moved, days.public_holidays), opens, minutes, side)


def _with_holidays(block: Block, hours: OpeningHours) -> Block:
    """The block on public holidays too, where today's hours of these days hold on them."""
    mine = [line for line in hours.lines if not line.closed and block.days.weekdays <= line.weekdays]
    if not any(line.public_holidays for line in mine):
        return block
    days = DaySet(block.days.weekdays, True)
    return Block(block.queues, days, block.opens, block.minutes, block.side)


def _usual(hours: OpeningHours) -> tuple[int, int]:
    """First opening and last closing of the days that are open, within a day; office hours if none is."""
    spans = [span for day in range(7) for span in windows(hours, day)]
    if not spans:
        return OFFICE
    return min(opens for opens, _ in spans), min(DAY, max(closes for _, closes in spans))
