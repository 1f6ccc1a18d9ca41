"""How well the forecast of a scenario would have done, as a table for the command line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from planner import demand
from planner._messages import Message
from planner.clock import PublicHolidays
from planner.study.expecting import asks_for

if TYPE_CHECKING:
    import pandas as pd

    from planner.demand import AccuracyReport, History
    from planner.study.scenario import Scenario

# Heading of each column of the table, by its code in ``accuracy.yaml``.
COLUMNS = ("queue", "per_day", "error", "floor", "ratio", "last_week", "eight_weeks", "covered", "grain")
# A line of text is short: one of the simple methods is enough to compare with.
HEADINGS = tuple(name for name in COLUMNS if name != "eight_weeks")


def accuracy_of(history: History | None, scenario: Scenario) -> AccuracyReport:
    """Test the forecast of a scenario on its own history.

    Raises
    ------
    HistoryError: fewer than 14 whole days of history.
    """
    holidays = PublicHolidays(scenario.public_holidays)
    return demand.accuracy_report(
        history,
        scenario.queues,
        scenario.zone,
        holidays,
        scenario.forecast_asks if history is None else asks_for(history, scenario)[0],
        opening=scenario.opening,
    )


def accuracy_table(summary: pd.DataFrame) -> str:
    """The summary of a report as aligned text, a line for each queue.

    Parameters
    ----------
    summary: of an ``AccuracyReport``.

    Examples
    --------
    >>> import pandas as pd
    >>> print(accuracy_table(pd.DataFrame()) or "nothing was tested")
    nothing was tested
    """
    if not len(summary):
        return ""
    headings = [str(Message(f"accuracy.column_{name}")) for name in HEADINGS]
    cells = (dict(zip(COLUMNS, of_queue, strict=True)) for of_queue in _cells(summary))
    rows = [headings, *([each[name] for name in HEADINGS] for each in cells)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(w) if column == 0 else cell.rjust(w) for column, (cell, w) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    return "\n".join(line.rstrip() for line in lines)


def accuracy_frame(report: AccuracyReport) -> pd.DataFrame:
    """The summary of a report as a table of texts for pages, a row for each queue.

    Returns
    -------
    Frame: queue, per_day, error, floor, ratio (error over floor), last_week and eight_weeks (how much smaller
    the error is than theirs), covered (share of days inside the bands of 80 and 95 %), grain (to plan by).
    """
    import pandas as pd

    return pd.DataFrame(_cells(report.summary), columns=list(COLUMNS))


def _cells(summary: pd.DataFrame) -> list[tuple[str, ...]]:
    """Texts of ``COLUMNS``, a row for each queue."""
    return [
        (
            str(row["queue"]),
            _figure(row["per_day"]),
            _percent(row["daily_error"]),
            _percent(row["daily_floor"]),
            _times(row["noise_floor_ratio"]),
            _percent(1 - row["to_last_week"], sign=True),
            _percent(1 - row["to_eight_weeks"], sign=True),
            f"{_percent(row['coverage80'])} / {_percent(row['coverage95'])}",
            str(row["grain"]),
        )
        for row in summary.to_dict(orient="records")
    ]


def _times(ratio: float) -> str:
    return "-" if math.isnan(ratio) else f"{ratio:.2f}"


def _figure(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def _percent(share: float, sign: bool = False) -> str:
    if math.isnan(share):
        return "-"
    return f"{100 * share:+.0f} %" if sign else f"{100 * share:.0f} %"
