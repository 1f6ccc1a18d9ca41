"""Which hours the history of a live queue could see: said, else the hours that it was open, if they fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner._values import share_text
from planner.clock import day_starts, quarter_of
from planner.demand import LIVE_CHANNELS, OpenSince
from planner.study.scenario.hours_said import PastOpening
from planner.study.scenario.views import hours_of

if TYPE_CHECKING:
    from planner.demand import History
    from planner.study.scenario import Scenario

# Of a phone that nobody answers at night nearly everything comes while it is open; where more comes besides,
# its calls are recorded at any hour.
LEAST_INSIDE = 0.95
# Older than any export that is read.
EVER = date(2000, 1, 1)


def past_hours(scenario: Scenario) -> dict[str, tuple[OpenSince, ...]]:
    """Opening hours of every live queue in the past: as said, else as they are in the scenario.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("queues: [{name: phone en}, {name: email en}]")
    >>> [(name, len(hours)) for name, hours in past_hours(desk).items()]
    [('phone en', 1)]
    """
    said = scenario.said
    found: dict[str, tuple[OpenSince, ...]] = {}
    for queue in scenario.queues:
        if queue.channel not in LIVE_CHANNELS:
            continue
        lines = [line for line in said.history_open_hours if {"all", queue.name} & set(line.queues)]
        if not lines:
            found[queue.name] = (OpenSince(EVER, scenario.opening[queue.name]),)
            continue
        by_day: dict[date, list[PastOpening]] = {}
        for line in lines:
            by_day.setdefault(line.since or EVER, []).append(line)
        found[queue.name] = tuple(
            OpenSince(day, hours_of(said, queue.name, theirs)) for day, theirs in sorted(by_day.items())
        )
    return found


def believed(
    history: History, scenario: Scenario
) -> tuple[dict[str, tuple[OpenSince, ...]], tuple[Message, ...]]:
    """Past hours that the history bears out, by live queue, and what is to be said about them.

    Where more than 5 % of the contacts came outside, the hours are no limit to what was seen: they are left
    out, and every hour of the history counts as seen.
    """
    kept: dict[str, tuple[OpenSince, ...]] = {}
    notices: list[Message] = []
    for name, hours in past_hours(scenario).items():
        inside = share_inside(history, name, hours, scenario.zone)
        if inside is None:
            continue
        if inside >= LEAST_INSIDE:
            kept[name] = hours
        elif scenario.said.history_open_hours:
            values = {"queue": name, "outside": share_text(round(1 - inside, 3))}
            notices.append(Message("unstaffed.seen_at_any_hour", values))
    return kept, tuple(notices)


def share_inside(history: History, queue: str, hours: Sequence[OpenSince], zone: str) -> float | None:
    """Share of a queue's contacts that came while it was open; None if there are none."""
    frame = history.frame
    mine = frame[frame["queue"] == queue] if len(frame) else frame
    total = int(mine["arrivals"].sum()) if len(mine) else 0
    if not total:
        return None
    first, end = quarter_of(history.observed_from), quarter_of(history.observed_until)
    is_open = np.zeros(max(end - first, 0), dtype=bool)
    begins = [min(max(day_starts(entry.since, 1, zone)[0], first), end) for entry in hours]
    for entry, begin, stop in zip(hours, begins, [*begins[1:], end], strict=True):
        if begin < stop:
            is_open[begin - first : stop - first] = entry.hours.mask(begin, stop - begin)
    step = history.interval_minutes // 15
    seconds = mine["interval_start"].dt.tz_localize(None).astype("datetime64[s]").astype("int64")
    at = seconds.to_numpy() // 900 - first
    came = mine["arrivals"].to_numpy(dtype=np.float64)
    # An interval that is open in part may hold its contacts in that part.
    inside = np.zeros(len(at), dtype=bool)
    for quarter in range(step):
        place = at + quarter
        known = (place >= 0) & (place < len(is_open))
        inside |= known & is_open[np.clip(place, 0, max(len(is_open) - 1, 0))]
    return float(came[inside].sum()) / total
