"""What a forecast is asked, done to the forecasts of all queues: events, drivers, what is set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from planner._messages import Message
from planner._values import number_text, share_text
from planner.demand.arrivals import Spread
from planner.demand.asks import Driver, ForecastAsks, Ramp, Step
from planner.demand.curve.grid import PlanningGrid
from planner.demand.curve.onclock import OnClock
from planner.demand.told.drivers import reference_day
from planner.demand.told.events import Coming, Learned, Past, coming, learned
from planner.demand.told.overrides import ByHand, set_by_hand
from planner.demand.told.waterfall import Waterfall, modified, week_chance

Moving = Callable[[np.ndarray], np.ndarray]


class Stage(NamedTuple):
    """A forecast of all queues before anything is asked.

    Attributes
    ----------
    kind: of the step. mean: contacts, shape (queues, intervals).
    doubt: gamma variance of one more factor, same shape, or None.
    names: by row, which of its kind it is; a step with names is told of these rows only.
    """

    kind: str
    mean: np.ndarray
    doubt: np.ndarray | None = None
    names: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Asked:
    """Forecasts of all queues after what was asked.

    Attributes
    ----------
    mean: contacts, shape (queues, intervals); modelled: the same before anything was set by hand, or None.
    level: gamma variance of a factor common to the period, by queue.
    doubt: gamma variance of one more factor, shape as ``mean``, or None.
    steps: waterfalls. by_hand: reason and where it was set. notices: in words.
    """

    mean: np.ndarray
    modelled: np.ndarray | None
    level: np.ndarray
    doubt: np.ndarray | None
    steps: tuple[Step, ...]
    by_hand: tuple[tuple[str, np.ndarray], ...]
    notices: tuple[Message, ...]

    def unsure(self, spreads: Mapping[str, Spread]) -> dict[str, Spread]:
        """Spreads of the queues, in the order of the rows, with what is unsure for the whole period."""
        return {
            name: replace(one, level=(1 + one.level) * (1 + float(more)) - 1) if more else one
            for (name, one), more in zip(spreads.items(), self.level, strict=True)
        }


def asked(
    stages: Sequence[Stage],
    spreads: Mapping[str, Spread],
    grid: PlanningGrid,
    asks: ForecastAsks,
    pasts: Sequence[Past] = (),
    growth: Mapping[str, float] | float = 1.0,
    moving: Mapping[int, Moving] | None = None,
) -> Asked:
    """Do everything that a forecast is asked besides the history.

    Parameters
    ----------
    stages: forecasts so far: history, calendar, new hours, what these take from others; the last one is
        what drivers, events and hands work on.
    spreads: by queue, in the order of the rows.
    pasts: days of the queues, before past events are taken out; empty: there is no history.
    growth: factor by queue, or of all.
    moving: by row, what takes demand from hours after an old opening that now comes before it.
    """
    queues = tuple(spreads)
    mean, doubt = stages[-1].mean.copy(), stages[-1].doubt
    doubts = np.zeros(mean.shape) if doubt is None else doubt.copy()
    level = np.zeros(len(queues))
    known = _known(asks, pasts)
    reference = reference_day(_end(pasts)) if pasts else None
    falls: list[Waterfall] = []
    comings: dict[str, list[Coming]] = {}
    for row, queue in enumerate(queues):
        told = Waterfall(queue, grid.days / 7)
        told.chance = week_chance(spreads[queue], stages[0].mean[row], grid.interval_minutes)
        for stage in stages:
            if stage.names is None or row in stage.names:
                unsure = None if stage.doubt is None else stage.doubt[row]
                told.tell(stage.kind, (stage.names or {}).get(row, ""), stage.mean[row], unsure)
        clock = OnClock.of(grid, asks.zones.get(queue, grid.zone))
        comings[queue] = list(coming(queue, asks.events, known, *_span(clock)))
        found = modified(
            told,
            mean[row],
            doubts[row],
            [*_grown(growth, queue), *(d for d in asks.drivers if not d.queues or queue in d.queues)],
            comings[queue],
            clock,
            reference,
            (moving or {}).get(row),
        )
        mean[row], level[row], doubts[row] = found.mean, found.level, found.doubt
        falls.append(told)
    hand = set_by_hand(mean, queues, asks.overrides, grid)
    return Asked(
        mean=hand.mean,
        modelled=mean if hand.places else None,
        level=level,
        doubt=doubts if doubts.any() else None,
        steps=tuple(step for row, told in enumerate(falls) for step in _told(told, row, hand, doubts)),
        by_hand=hand.places,
        notices=(*_of_events(comings), *hand.notices),
    )


def _grown(growth: Mapping[str, float] | float, queue: str) -> list[Driver]:
    factor = growth.get(queue, 1.0) if isinstance(growth, Mapping) else growth
    return [] if factor == 1.0 else [Driver("", "growth", Ramp(((date.min, factor),)))]


def _known(asks: ForecastAsks, pasts: Sequence[Past]) -> dict[str, dict[str, Learned]]:
    names = dict.fromkeys(event.name for event in asks.events)
    return {name: learned(name, asks.events, pasts) for name in names} if pasts else {}


def _end(pasts: Sequence[Past]) -> date:
    return max(past.first_day + timedelta(days=len(past.seen)) for past in pasts)


def _span(clock: OnClock) -> tuple[date, date]:
    return clock.first_day, clock.first_day + timedelta(days=clock.days - 1)


def _told(told: Waterfall, row: int, hand: ByHand, doubts: np.ndarray) -> list[Step]:
    """All steps of a queue, what was set by hand and the end included."""
    doubt = doubts[row]
    for (reason, where), after in zip(hand.places, hand.after, strict=True):
        if where[row].any():
            told.tell("by hand", reason, after[row], doubt)
    told.tell("forecast", "", hand.mean[row], doubt)
    return told.steps


def _of_events(comings: Mapping[str, Sequence[Coming]]) -> list[Message]:
    """What was expected of coming events without a factor, one sentence for each name."""
    days: dict[str, dict[str, None]] = {}
    found: dict[str, dict[str, Coming]] = {}
    for queue, events in comings.items():
        for one in events:
            if one.times != 0:
                first, last = one.event.first.isoformat(), one.event.last.isoformat()
                days.setdefault(one.event.name, {})[first if first == last else f"{first} to {last}"] = None
                found.setdefault(one.event.name, {})[queue] = one
    return [_of_one(name, ", ".join(days[name]), queues) for name, queues in found.items()]


def _of_one(name: str, days: str, queues: Mapping[str, Coming]) -> Message:
    seen = {queue: one for queue, one in queues.items() if one.times}
    if not seen:
        return Message("asks.event_unknown", {"event": name, "days": days})
    factors = ", ".join(
        f"{queue} x{number_text(round(one.factor, 2))} ± {share_text(round(one.doubt, 2))}"
        for queue, one in seen.items()
    )
    times = max(one.times or 0 for one in seen.values())
    code = "asks.event_learned" if times > 1 else "asks.event_learned_once"
    return Message(code, {"event": name, "days": days, "factors": factors, "times": times})
