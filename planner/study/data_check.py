"""What the data files of scenarios hold, read but not planned with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._messages import Message
from planner.study.scenario import Scenario

if TYPE_CHECKING:
    from planner.demand import History, ImportReport


def data_findings(scenarios: Sequence[Scenario]) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Mistakes, and what is worth knowing, of the files of tickets and of calls that scenarios name.

    A history that several stages share is read once. It never raises for what stands in the files.

    Parameters
    ----------
    scenarios: that have no mistakes of their own.
    """
    mistakes: list[Message] = []
    notices: list[Message] = []
    seen: list[tuple[object, ...]] = []
    for scenario in scenarios:
        key = (scenario.history_sources, scenario.queues, scenario.interval_minutes)
        if key in seen:
            continue
        seen.append(key)
        try:
            notices += _read(scenario)
        except InputError as error:
            mistakes += error.messages
    return tuple(dict.fromkeys(mistakes)), tuple(dict.fromkeys(notices))


def read_line(report: ImportReport) -> Message:
    """Rows read and kept, and the contacts that they stand for.

    Examples
    --------
    >>> from planner.demand import ImportReport
    >>> counted = ImportReport("counts.csv", "", "counts", "", 56, 56, {}, None, None, {"email en": 336})
    >>> print(read_line(counted))
    56 rows read from counts.csv, 56 kept: 336 contacts
    """
    values = {
        "read": report.rows_read,
        "kept": report.rows_kept,
        "contacts": report.contacts,
        "source": report.source,
    }
    return Message("study.read", values)


def _read(scenario: Scenario) -> list[Message]:
    from planner.study.steps import read_history

    history = read_history(scenario)
    told = [] if history is None else _told(history, scenario)
    return [*told, *scenario.outbound_notices]


def _told(history: History, scenario: Scenario) -> list[Message]:
    from planner.study.today import history_lines

    report = history.report
    return [read_line(report), *report.notices, *report.errors, *history_lines(history, scenario)]
