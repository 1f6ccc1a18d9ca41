"""A history written as counts: what may be kept where tickets may not."""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime, timedelta

import numpy as np

from planner._files import write_atomic
from planner.demand.arrivals import History

COLUMNS = ("interval_start", "queue", "arrivals", "aht_seconds")


def write_counts(history: History, file: str | os.PathLike[str]) -> None:
    """Write a history as a counts file, whole or not at all; read back it is the same history.

    It holds no ticket: contacts per interval and queue, and their mean handle time. Rows with 0 contacts say
    where observation starts and ends, and that days without contacts were observed; days that are missing
    have no row.

    Parameters
    ----------
    history: as ``read_history`` gives it.
    file: the CSV; ``profile: counts`` reads it, with the same zone as before for the same days.

    Raises
    ------
    OSError: the folder is missing or cannot be written.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import UTC
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from planner.demand import ImportReport
    >>> day = datetime(2026, 2, 2, tzinfo=UTC)
    >>> rows = {"interval_start": [day + timedelta(hours=9)], "queue": ["email"], "arrivals": [3]}
    >>> frame = pd.DataFrame({**rows, "handle_seconds": [300.0]})
    >>> report = ImportReport("t.csv", "", "zendesk", "UTC", 3, 3, {}, None, None, {"email": 3})
    >>> with TemporaryDirectory() as folder:
    ...     write_counts(History(frame, 60, day, day + timedelta(days=1), report), Path(folder, "counts.csv"))
    ...     print(Path(folder, "counts.csv").read_text(encoding="utf-8"))
    interval_start,queue,arrivals,aht_seconds
    2026-02-02T00:00:00+00:00,email,0,
    2026-02-02T09:00:00+00:00,email,3,300.0
    2026-02-02T23:00:00+00:00,email,0,
    <BLANKLINE>
    """
    frame = history.frame
    handle = frame["handle_seconds"].to_numpy()
    rows = list(
        zip(
            frame["interval_start"].dt.to_pydatetime(),
            frame["queue"].tolist(),
            frame["arrivals"].tolist(),
            ["" if np.isnan(seconds) else repr(float(seconds)) for seconds in handle],
            strict=True,
        )
    )
    met = {(start, queue) for start, queue, _, _ in rows}
    first_queue = next(iter(history.report.queues), None) or (rows[0][1] if rows else "")
    rows += [(at, first_queue, 0, "") for at in _observed(history) if (at, first_queue) not in met]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (start.isoformat(), queue, arrivals, seconds)
        for start, queue, arrivals, seconds in sorted(rows, key=lambda row: row[:2])
    )
    write_atomic(file, text.getvalue())


def _observed(history: History) -> list[datetime]:
    """First and last interval of every stretch between two missing ones."""
    step = timedelta(minutes=history.interval_minutes)
    edges = [history.observed_from]
    for start, end in history.missing:
        edges += [start, end]
    edges.append(history.observed_until)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [at for start, end in pairs if start < end for at in (start, end - step)]
