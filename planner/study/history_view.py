"""What a page shows of a history beside its forecast, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner.clock import local_at, quarter_of
from planner.demand import Suggestion, backlog_messages, is_labelled, self_service_messages
from planner.study.importing import plain_report
from planner.study.seen_hours import believed
from planner.study.taking import imported_report
from planner.study.today import today_lines, today_of

if TYPE_CHECKING:
    from planner.demand import History, Volumes
    from planner.study.scenario import Scenario

_UNSEEN = "unstaffed."
MOST_GAPS = 12


@dataclass(frozen=True)
class HistoryView:
    """What a history tells.

    Attributes
    ----------
    report: what became of the rows of the tickets; imported: before, so that only counts are kept of them.
    unseen: days without data, and hours in which nothing could be seen.
    service: first replies today, a queue a sentence. backlog, topics: sentences.
    suggestions: what was found in it and is not accepted yet.
    """

    report: Mapping[str, Any]
    imported: bool
    unseen: tuple[Message, ...]
    service: tuple[Message, ...]
    backlog: tuple[Message, ...]
    topics: tuple[Message, ...]
    suggestions: tuple[Suggestion, ...]


def view_of(history: History, scenario: Scenario, volumes: Volumes | None = None) -> HistoryView:
    """What a history tells of a stage.

    Parameters
    ----------
    history: as it was read. scenario: the stage. volumes: its forecast, whose notes on hours are taken.
    """
    told = () if volumes is None else volumes.notices
    events = scenario.forecast_asks.events
    return HistoryView(
        report=report_shown(history, scenario),
        imported=imported_report(scenario) is not None,
        unseen=(
            *_gaps(history, scenario.zone),
            *_censored(history, scenario),
            *(message for message in told if message.code.startswith(_UNSEEN)),
        ),
        service=today_lines(today_of(history, scenario)),
        backlog=backlog_messages(history.panels),
        topics=self_service_messages(history.panels),
        suggestions=tuple(
            one for one in history.suggestions if not is_labelled(one.first, one.last, one.queues, events)
        ),
    )


def report_shown(history: History, scenario: Scenario) -> Mapping[str, Any]:
    """What became of the rows: of the tickets, where a stage keeps only their counts."""
    return imported_report(scenario) or plain_report(history.report)


def _gaps(history: History, zone: str) -> Iterator[Message]:
    """Local days that are missing, together."""
    told = []
    for start, end in history.missing:
        first = local_at(quarter_of(start), zone).date()
        last = local_at(quarter_of(end) - 1, zone).date()
        told.append(first.isoformat() if last - first < timedelta(days=1) else f"{first} to {last}")
    if told:
        yield Message(
            "incoming.missing_days",
            {"days": ", ".join(told[:MOST_GAPS]) + (" ..." if len(told) > MOST_GAPS else "")},
        )


def _censored(history: History, scenario: Scenario) -> Iterator[Message]:
    """Live queues whose history ends where their opening hours do."""
    first, end = quarter_of(history.observed_from), quarter_of(history.observed_until)
    for name, hours in believed(history, scenario)[0].items():
        if not all(entry.hours.mask(first, end - first).all() for entry in hours):
            yield Message("incoming.unseen_hours", {"queue": name})
