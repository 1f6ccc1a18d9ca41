"""What has arrived and what will: history and volumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.demand.asks import Step
from planner.demand.tickets import Panels, Suggestion

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def _no_frame() -> pd.DataFrame:
    import pandas as pd  # half a second that checking a scenario need not wait for

    return pd.DataFrame()


@dataclass(frozen=True)
class ImportReport:
    """What became of a file.

    Attributes
    ----------
    zone: clock of stamps without offset; "" if every stamp carries its own.
    left_out: rows by reason code (``bad_stamp``, ``duplicate``, ``filtered`` ...).
    queues: contacts kept per queue, partial days at the edges left out.
    errors: the first 20 bad rows, each a sentence with record and line.
    notices: quality findings and what was assumed.
    sha256: of the file as given.
    """

    source: str
    sha256: str
    profile: str
    zone: str
    rows_read: int
    rows_kept: int
    left_out: Mapping[str, int]
    first_at: datetime | None
    last_at: datetime | None
    queues: Mapping[str, int]
    errors: tuple[Message, ...] = ()
    notices: tuple[Message, ...] = ()

    @property
    def contacts(self) -> int:
        """Contacts kept: more than rows where a row is a count."""
        return sum(self.queues.values())


@dataclass(frozen=True)
class History:
    """Arrivals per interval and queue; no ticket, no person.

    Attributes
    ----------
    frame: long, columns ``interval_start`` (UTC, aware), ``queue``, ``arrivals`` (int64),
        ``handle_seconds`` (float64, NaN where unknown); one row for each interval with
        arrivals; sorted by interval_start, queue.
    interval_minutes: length of the counting interval, 15, 30 or 60.
    observed_from, observed_until: UTC; within these, an interval without a row had 0 arrivals ...
    missing: ... unless it lies in one of these (start, end) ranges: missing is not zero.
    panels: what the tickets tell beside arrivals: backlog, first replies, topics.
    suggestions: trims and exclusions that the user may accept; nothing of them is done yet.
    """

    frame: pd.DataFrame
    interval_minutes: int
    observed_from: datetime
    observed_until: datetime
    report: ImportReport
    missing: tuple[tuple[datetime, datetime], ...] = ()
    panels: Panels = field(default_factory=Panels)
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Gamma variances (coefficient of variation squared) of the nested factors of a queue's volume.

    ``level`` is common to the whole period: how wrong drivers, growth and deflection may be. ``shift`` is
    that of a third of a local day. ``clump`` is how much contacts come together within an hour: it adds so
    many times the mean to the variance of every sum.
    """

    week: float = 0.0
    day: float = 0.0
    hour: float = 0.0
    level: float = 0.0
    shift: float = 0.0
    clump: float = 0.0


@dataclass(frozen=True)
class Volumes:
    """Forecast contacts per interval and queue over a period.

    Attributes
    ----------
    queues: names, in the order of the rows of ``mean``.
    first_quarter: absolute quarter-hour (see ``planner.clock``) where the first interval starts.
    interval_minutes: planning interval, 15, 30 or 60.
    mean, low, high: contacts per interval, shape (queues, intervals); low and high are the
        10th and 90th percentiles of what may arrive.
    spread: uncertainty for draws, per queue.
    day_of, week_of: index of the local day and week of each interval, shape (intervals,).
    method: how it was made, for the report.
    accuracy: back-test, long frame (columns documented in ``demand.backtest``); may be empty.
    notices: warnings in words.
    steps: waterfall of each queue, from the history's level to the forecast.
    modelled: the mean before anything was set by hand, as ``mean``; None: nothing was.
    by_hand: what was set by hand: the reason, and where, shape as ``mean``; later ones are on top.
    doubt: gamma variance of one more factor, common to the whole period, in intervals whose volume was never
        seen and is borrowed and on days of coming events, shape as ``mean``; None: nowhere.
    borrowed: whether an interval's volume was never seen and is borrowed, shape as ``mean``; None: nowhere.
    """

    queues: tuple[str, ...]
    first_quarter: int
    interval_minutes: int
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    spread: Mapping[str, Spread]
    day_of: np.ndarray
    week_of: np.ndarray
    method: str = ""
    accuracy: pd.DataFrame = field(default_factory=_no_frame)
    notices: tuple[Message, ...] = ()
    steps: tuple[Step, ...] = ()
    modelled: np.ndarray | None = None
    by_hand: tuple[tuple[str, np.ndarray], ...] = ()
    doubt: np.ndarray | None = None
    borrowed: np.ndarray | None = None

    @property
    def intervals(self) -> int:
        """Number of planning intervals."""
        return int(self.mean.shape[1])
