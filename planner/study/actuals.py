"""A scenario's forecast against a history that came later."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planner import demand
from planner._errors import HistoryError
from planner._messages import Message
from planner.clock import PublicHolidays, day_starts, local_at, quarter_of
from planner.study import steps
from planner.study.expecting import expected

if TYPE_CHECKING:
    from planner.demand import Came, History, HistorySource, QueueActuals, Volumes
    from planner.study.scenario import Scenario

# A longer look back says more of the season than of the forecast.
MOST_DAYS = 91


@dataclass(frozen=True, eq=False)
class Actuals:
    """A forecast and what came.

    Attributes
    ----------
    scenario: whose. volumes: its forecast of the days compared. came: on its intervals.
    first, last: local days, both included. days: how many of them the later history holds from end to end.
    queues: what was found. source: name of the file.
    """

    scenario: Scenario
    volumes: Volumes
    came: Came
    first: date
    last: date
    days: int
    queues: tuple[QueueActuals, ...]
    source: str

    @property
    def moved(self) -> tuple[str, ...]:
        """Queues whose level is another than expected."""
        return tuple(found.queue for found in self.queues if found.level.moved)


def actuals(scenario: Scenario, file: Path | str, since: date | None = None) -> Actuals:
    """Compare a scenario's forecast with a later history; nothing is fitted on it.

    The days compared are those of the scenario's period that the file holds; if it holds none of them, the
    days after the end of the scenario's own history, 13 weeks at most. The forecast knows only what came
    before these days.

    Parameters
    ----------
    scenario: with a history, whose profile, mapping and clock are the file's too.
    file: tickets or counts, exported as the scenario's history was; it may hold older days as well.
    since: only days from this one on.

    Raises
    ------
    HistoryError
        If the scenario has no history, or the file holds no whole day to compare.
    """
    file = Path(file)
    history = steps.read_history(scenario)
    if history is None:
        raise HistoryError(Message("actuals.no_history", {"scenario": scenario.name}))
    later = read_later(scenario, file)
    first, end = _days(scenario, history, later, since)
    if first >= end:
        values = {"file": file.name, "until": _day(later.observed_until, scenario, -1).isoformat()}
        raise HistoryError(Message("actuals.nothing_new", values))
    volumes = _forecast(history, scenario, first, end)
    came = demand.came_to(later, volumes, scenario.zone)
    days = len(np.unique(volumes.day_of[came.seen]))
    if not days:
        raise HistoryError(Message("actuals.no_whole_day", {"file": file.name}))
    found = demand.against(volumes, came, scenario.queues, scenario.seed)
    return Actuals(scenario, volumes, came, first, end - timedelta(days=1), days, found, file.name)


def read_later(scenario: Scenario, file: Path) -> History:
    """A later file, read as the last file of the scenario's history is."""
    source: HistorySource = replace(
        scenario.history_sources[-1], file=file, since=None, until=None, exclude=()
    )
    holidays = PublicHolidays(scenario.public_holidays)
    minutes, zone = scenario.interval_minutes, scenario.zone
    return demand.read_history([source], scenario.queues, minutes, holidays, least_days=1, zone=zone)


def _days(scenario: Scenario, history: History, later: History, since: date | None) -> tuple[date, date]:
    """First day to compare and the day after the last."""
    low, high = _day(later.observed_from, scenario), _day(later.observed_until, scenario)
    low = low if since is None else max(low, since)
    period = scenario.first_day, scenario.first_day + timedelta(days=scenario.days)
    first, end = max(low, period[0]), min(high, period[1])
    if first >= end:
        first = max(low, _day(history.observed_until, scenario))
        end = min(high, first + timedelta(days=MOST_DAYS))
    return first, end


def _day(at: object, scenario: Scenario, off: int = 0) -> date:
    found: date = local_at(quarter_of(at) + off, scenario.zone).date()  # type: ignore[arg-type]  # an instant
    return found


def _forecast(history: History, scenario: Scenario, first: date, end: date) -> Volumes:
    """Forecast of some days with only what the scenario's own history holds before them."""
    starts = day_starts(first, (end - first).days, scenario.zone)
    intervals = (starts[-1] - starts[0]) * 15 // scenario.interval_minutes
    return expected(history, scenario, starts[0], intervals)


def actuals_summary(made: Actuals) -> tuple[Message, ...]:
    """What was compared, and a sentence or two on each queue."""
    values = {
        "scenario": made.scenario.name,
        "source": made.source,
        "days": made.days,
        "first": made.first.isoformat(),
        "last": made.last.isoformat(),
    }
    lines = [Message("actuals.compared", values)]
    for found in made.queues:
        lines += queue_words(found, made.first)
    return tuple(lines)


def queue_words(found: QueueActuals, first: date) -> list[Message]:
    """Volume, error beside chance, band, and whether the level has moved; then the new hours."""
    scores = {score.grain: score for score in found.scores}
    day = scores["day"]
    level = found.level
    if math.isnan(level.ratio):
        return [Message("actuals.nothing_expected", {"queue": found.queue, "came": f"{day.came:.0f}"})]
    hours = scores["hour"]
    values: dict[str, object] = {
        "queue": found.queue,
        "came": f"{day.came:,.0f}",
        "expected": f"{day.expected:,.0f}",
        "change": f"{100 * (level.ratio - 1):+.0f}",
        "error": _percent(day.error),
        "floor": _percent(day.error / day.floor_ratio if day.floor_ratio else math.nan),
        "inside": _percent(hours.inside),
        "sure": f"{math.floor(1000 * level.sure + 1e-9) / 10:g}",
    }
    code = "as_expected"
    if level.moved:
        code = "moved" if level.since is None else "moved_since"
        if level.since is not None:
            values["since"] = (first + timedelta(days=level.since)).isoformat()
    lines = [Message(f"actuals.{code}", values)]
    if found.new_hours is not None:
        learnt = found.new_hours
        values = {
            "queue": found.queue,
            "came": f"{learnt.came:,.0f}",
            "expected": f"{learnt.expected:,.0f}",
            "now": f"{learnt.factor * learnt.expected:,.0f}",
            "doubt": f"{100 * math.sqrt(learnt.doubt):.0f}",
        }
        lines.append(Message("actuals.new_hours", values))
    return lines


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.0f}"
