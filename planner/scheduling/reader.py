"""Reads a person's shapes into the counters and timers of the dynamic programme.

This is the dynamic programme's reader of the rule vocabulary; no rule is named here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.rota import Option
from planner.rules import (
    ANY_DUTY,
    AgentCalendar,
    Each,
    Gap,
    Mark,
    Rest,
    Run,
    Shape,
    Span,
    Sum,
    selects,
    units_left,
)
from planner.scheduling.automata import Automata, automata
from planner.scheduling.counters import (
    Counter,
    gap_count_counter,
    gap_days_counter,
    rest_counter,
    rest_days_counter,
    rest_time_counter,
    run_counter,
    span_counter,
    sum_counter,
    unit_run_counter,
)
from planner.scheduling.marked import Marks
from planner.scheduling.programme import Programme, TooManyStates, assemble, slim
from planner.scheduling.timers import FAR, MINUTES, NEVER, Look, Timer, slot_days

STATES = 30_000
"""States of an agent on a day, classes times slots, that the programme may have."""
NO_BUDGET = 2**62
SUMS_FIRST = 4
"""A Sum is left out before another shape with up to so many times its states: a price can stand for it."""
ONE_AT_A_TIME = Gap("no two duties at once", ANY_DUTY, ANY_DUTY, 0)


@dataclass(frozen=True, eq=False)
class Reading:
    """A person's tours, as far as the state budget allows.

    Attributes
    ----------
    programme: every tour that keeps all shapes but those left out.
    left_out: shapes that the programme does not see, widest first.
    counters: the same for labels; None if nothing is left out, or one of them allows no tour at all.
    """

    programme: Programme
    left_out: tuple[Shape, ...]
    counters: Automata | None = None


def read(
    calendar: AgentCalendar,
    options: Sequence[Option],
    shapes: Sequence[Shape],
    fixed_days: frozenset[int] = frozenset(),
    marks: Marks | None = None,
) -> Reading:
    """The dynamic programme of one person.

    Parameters
    ----------
    calendar: of the person, with the duties carried over.
    options: all duties of the period that the person could have, by day.
    shapes: the person's rules.
    fixed_days: days on which one of the options must be taken.
    marks: shared memory of marks.
    """
    reader = _Reader(calendar, tuple(options), marks or Marks())
    reader.read_each([shape for shape in shapes if isinstance(shape, Each)], fixed_days)
    left_out: list[Shape] = []
    while True:
        kept = [shape for shape in shapes if not isinstance(shape, Each) and shape not in left_out]
        wide = reader.widest(kept)
        try:
            programme = reader.assembled([*kept, ONE_AT_A_TIME], STATES if wide else NO_BUDGET)
        except TooManyStates:
            assert wide is not None, "nothing is too much without a budget"
            left_out.append(wide)
        else:
            return Reading(programme, tuple(left_out), reader.labels(left_out, programme))


class _Reader:
    def __init__(self, calendar: AgentCalendar, options: tuple[Option, ...], marks: Marks) -> None:
        self._calendar = calendar
        self._options = options
        self._marks = marks
        self._days = calendar.days
        self._day = np.array([option.day for option in options], np.int64)
        self._start = np.array([option.start for option in options], np.int64)
        self._end = np.array([option.end for option in options], np.int64)
        self._allowed = np.ones(len(options), bool)
        self._option_cents = np.zeros(len(options), np.int64)
        self._off_cents = np.zeros(self._days, np.int64)
        same = self._options, calendar.agent.zone, calendar.carried
        self._counters, self._slim = marks.counters.setdefault(same, ({}, {}))
        self._masks: dict[Mark, np.ndarray] = {}

    def _mask(self, mark: Mark) -> np.ndarray:
        if mark not in self._masks:
            self._masks[mark] = self._marks.selected(mark, self._options, self._calendar)
        return self._masks[mark]

    def read_each(self, shapes: Sequence[Each], fixed_days: frozenset[int]) -> None:
        for day in fixed_days:
            self._off_cents[day] = FAR
        for shape in shapes:
            marked = self._mask(shape.mark)
            if shape.force:
                asked = range(self._days) if shape.mark.days is None else sorted(shape.mark.days)
                days = np.zeros(self._days, bool)
                days[[day for day in asked if 0 <= day < self._days]] = True
                marked = days[self._day] & ~marked
                more = FAR if shape.price is None else shape.price
                self._off_cents[days] = np.minimum(self._off_cents[days] + more, FAR)
            if shape.price is None:
                self._allowed &= ~marked
            else:
                self._option_cents[marked] += shape.price

    def assembled(self, shapes: Sequence[Shape], budget: int) -> Programme:
        timers: dict[tuple[bytes, bytes], int] = {}
        made: list[Timer] = []
        first: list[int] = []
        looks: list[Look] = []
        counters: list[Counter] = []
        rests: list[int] = []
        for shape in shapes:
            if isinstance(shape, Gap) and shape.days is None:
                after = self._mask(shape.after)
                hard = shape.price is None and shape.most is None
                clears = np.zeros(len(after), bool) if hard else after
                timer = self._timer(shape.before, clears, timers, made, first, shape.after)
                if shape.most is None:
                    looks.append(Look(timer, after, shape.minutes, shape.price))
                    continue
                looks.append(Look(timer, after, shape.minutes, counts=(shape.first, shape.last)))
                rests.append(len(counters))
                counters.append(slim(gap_count_counter(shape, len(self._options), self._days)))
            elif isinstance(shape, Rest) and shape.days is None:
                mask = self._mask(shape.mark)
                timer = self._timer(shape.mark, np.zeros(len(mask), bool), timers, made, first)
                last = self._closing_day(shape.end_quarter)
                window = (shape.start_quarter, shape.end_quarter, last)
                looks.append(Look(timer, mask, shape.minutes or 1, None, window, shape.count))
                begun, _since = self._rests_before(shape)
                rests.append(len(counters))
                counters.append(slim(rest_counter(shape, begun, len(self._options), last, self._days)))
            elif not _never_binds(shape):
                if shape not in self._slim:
                    self._slim[shape] = slim(self._counter(shape))
                counters.append(self._slim[shape])
        days = [np.flatnonzero((self._day == day) & self._allowed) for day in range(self._days)]
        slots = slot_days(made, looks, first, days, self._start, self._end)
        return assemble(counters, rests, slots, days, self._option_cents, self._off_cents, budget)

    def _timer(
        self,
        before: Mark,
        clears: np.ndarray,
        timers: dict[tuple[bytes, bytes], int],
        made: list[Timer],
        first: list[int],
        after: Mark | None = None,
    ) -> int:
        """Position of the timer of a mark; equal ones are shared."""
        starts = self._mask(before)
        latest, waiting = NEVER, False
        for duty in self._calendar.carried:
            if after is not None and selects(after, duty, self._calendar):
                waiting = False
            if selects(before, duty, self._calendar):
                latest, waiting = max(latest, duty.end), True
        value = latest if waiting or after is None else NEVER
        key = (starts.tobytes() + np.int64(value).tobytes(), clears.tobytes())
        if key not in timers:
            timers[key] = len(made)
            made.append(Timer(starts, clears))
            first.append(value)
        return timers[key]

    def _closing_day(self, end_quarter: int) -> int:
        """Last day on which a duty may start before a window closes."""
        inside = self._day[self._start < end_quarter]
        return int(inside.max()) if len(inside) else 0

    def labels(self, shapes: Sequence[Shape], programme: Programme) -> Automata | None:
        """The counters of shapes that the programme leaves out, and what their totals may be priced by."""
        counters = [self.label_counter(shape) for shape in shapes]
        weights = [self._priced_weights(shape) for shape in shapes]
        return automata(counters, programme, weights) if shapes else None

    def _priced_weights(self, shape: Shape) -> np.ndarray:
        if not isinstance(shape, Sum):
            return np.zeros(len(self._options), np.int64)
        inside = (self._day >= shape.first) & (self._day <= shape.last)
        if shape.unit == "weekends":
            inside &= np.isin(self._day, list(self._weekends()))
        return np.where(inside, self._weights(shape, self._mask(shape.mark)), 0)

    def label_counter(self, shape: Shape) -> Counter:
        """The counter of a shape that the programme leaves out."""
        if not isinstance(shape, Rest) or shape.days is not None:
            return self._counter(shape)
        days = [np.flatnonzero(self._day == day) for day in range(self._days)]
        marked, first = self._mask(shape.mark), self._rests_before(shape)
        return rest_time_counter(shape, self._start, self._end, marked, first, days)

    def _rests_before(self, shape: Rest) -> tuple[int, int]:
        """Rests of a window that lie before or between carried-over duties, and since when it is free."""
        rests, since = 0, shape.start_quarter
        for duty in self._calendar.carried:
            if selects(shape.mark, duty, self._calendar):
                free = max(0, min(duty.start, shape.end_quarter) - since)
                rests += free * MINUTES // (shape.minutes or 1)
                since = max(since, duty.end)
        return min(rests, shape.count), since

    def _counter(self, shape: Shape) -> Counter:
        if shape not in self._counters:
            self._counters[shape] = self._new_counter(shape)
        return self._counters[shape]

    def _new_counter(self, shape: Shape) -> Counter:
        assert not isinstance(shape, Each)
        if isinstance(shape, Gap):
            last = self._calendar.carried[-1:]
            since = [-duty.day for duty in last if selects(shape.before, duty, self._calendar)]
            before, after = self._mask(shape.before), self._mask(shape.after)
            return gap_days_counter(shape, before, after, sum(since), self._days)
        marked = self._mask(shape.mark)
        if isinstance(shape, Run):
            if shape.unit == "day":
                return run_counter(shape, marked, self._days)
            return unit_run_counter(*units_left(shape, self._calendar), marked, self._days)
        if isinstance(shape, Span):
            minutes = np.array([option.start_minute for option in self._options], np.int64)
            return span_counter(shape, np.where(marked, minutes, -1), self._days)
        if isinstance(shape, Sum):
            return sum_counter(shape, self._weights(shape, marked), self._weekends(), self._days)
        carried = frozenset(
            duty.day for duty in self._calendar.carried if selects(shape.mark, duty, self._calendar)
        )
        return rest_days_counter(shape, marked, carried, self._days)

    def _weights(self, shape: Sum, marked: np.ndarray) -> np.ndarray:
        if shape.unit in ("count", "weekends"):
            return marked.astype(np.int64)
        minutes = np.array([getattr(option, shape.unit) for option in self._options], np.int64)
        return np.where(marked, minutes, 0)

    def _weekends(self) -> Mapping[int, int]:
        weekday = {day: self._calendar.weekday(day) for day in range(self._days)}
        return {day: day - number for day, number in weekday.items() if number >= 5}

    def widest(self, shapes: Sequence[Shape]) -> Shape | None:
        """The shape to leave out: the widest Sum, unless another one is far wider; None: there is none."""
        counted = [
            shape
            for shape in shapes
            if (not isinstance(shape, Gap) or shape.days is not None) and not _never_binds(shape)
        ]
        return max(
            counted,
            key=lambda shape: self._width(shape) * (SUMS_FIRST if isinstance(shape, Sum) else 1),
            default=None,
        )

    def _width(self, shape: Shape) -> int:
        if isinstance(shape, Rest) and shape.days is None:
            return shape.count + 1
        return self._counter(shape).width


def _never_binds(shape: Shape) -> bool:
    """Whether a count is no smaller than its days: nobody has two duties on a day."""
    if not isinstance(shape, Sum) or shape.unit not in ("count", "weekends"):
        return False
    if shape.least or shape.allowed is not None:
        return False
    return shape.most is None or shape.most >= shape.carried + shape.last - shape.first + 1
