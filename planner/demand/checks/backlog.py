"""The backlog as tickets tell it: created less solved, week by week, and how fast it grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.demand.tickets import Panels

if TYPE_CHECKING:
    import pandas as pd

RECENT_WEEKS = 13
FEWEST_WEEKS = 3
_NORMAL_90 = 1.2816


def backlog_growth(panels: Panels, weeks: int = RECENT_WEEKS) -> pd.DataFrame | None:
    """How many more tickets are created than solved a week, per queue, with an 80 % range.

    The range is that of a mean of so many weeks (Student's t): what chance does to their mean, no forecast.

    Parameters
    ----------
    panels: of a history. weeks: the last so many complete ones are taken.

    Returns
    -------
    One row a queue: ``queue``, ``weeks`` taken, ``first_week``, ``created``, ``solved``, ``growth``, ``low``,
    ``high`` (a week), ``still_open``: tickets of the file that were not solved at its end; those created
    before the file are not among them. None: no file says when tickets were solved, or too few weeks are
    complete.

    Examples
    --------
    >>> import pandas as pd
    >>> days = [np.datetime64("2026-01-05") + 7 * k for k in range(4)]
    >>> made = pd.DataFrame({"week": days, "queue": "a", "created": [50, 52, 50, 52],
    ...                      "solved": [40, 40, 42, 42], "open_change": [10, 12, 8, 10], "complete": True})
    >>> row = backlog_growth(Panels(weeks=made)).iloc[0]
    >>> row["growth"], int(row["still_open"]), round(row["low"], 1), round(row["high"], 1)
    (np.float64(10.0), 40, np.float64(8.7), np.float64(11.3))
    """
    import pandas as pd

    if panels.weeks is None:
        return None
    rows = []
    for name, mine in panels.weeks.groupby("queue", sort=False):
        whole = mine[mine["complete"]].tail(weeks)
        if len(whole) < FEWEST_WEEKS:
            continue
        change = whole["open_change"].to_numpy(dtype=np.float64)
        growth, doubt = (
            float(change.mean()),
            _t90(len(change) - 1) * change.std(ddof=1) / np.sqrt(len(change)),
        )
        rows.append({
            "queue": name,
            "weeks": len(whole),
            "first_week": whole["week"].iloc[0],
            "created": float(whole["created"].mean()),
            "solved": float(whole["solved"].mean()),
            "growth": growth,
            "low": growth - float(doubt),
            "high": growth + float(doubt),
            "still_open": int(mine["open_change"].sum()),
        })  # fmt: skip
    return pd.DataFrame(rows) if rows else None


def _t90(freedom: int) -> float:
    """90th percentile of Student's t (Fisher's expansion, to three terms)."""
    z = _NORMAL_90
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def backlog_curve(panels: Panels, open_now: Mapping[str, float] | None = None) -> pd.DataFrame | None:
    """Open tickets at the end of each week, per queue.

    Where today's count is stated, the curve leads back from it over the complete weeks: it is the whole
    backlog. Elsewhere it holds the tickets of the file alone and starts from none, so it rises at first
    whatever happens.

    Parameters
    ----------
    panels: of a history. open_now: open tickets at its end, by queue.

    Returns
    -------
    Columns ``week``, ``queue``, ``open``, ``whole``: whether the count is of all open tickets. None: no file
    says when tickets were solved.
    """
    import pandas as pd

    if panels.weeks is None:
        return None
    parts = []
    for name, mine in panels.weeks.groupby("queue", sort=False):
        change = mine["open_change"].to_numpy(dtype=np.float64)
        known = (open_now or {}).get(str(name))
        if known is None:
            part, level = mine, np.cumsum(change)
        else:
            first = int(np.argmax(mine["complete"])) if mine["complete"].any() else len(mine)
            later = np.concatenate((np.cumsum(change[::-1])[::-1][1:], [0.0]))
            part, level = mine.iloc[first:], np.maximum(known - later, 0.0)[first:]
        parts.append(
            pd.DataFrame({
                "week": part["week"].to_numpy(),
                "queue": str(name),
                "open": level,
                "whole": known is not None,
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def backlog_messages(panels: Panels) -> tuple[Message, ...]:
    """The backlog in a sentence a queue, with the key of the scenario that carries it into a plan."""
    found = backlog_growth(panels)
    told = []
    for row in () if found is None else found.to_dict("records"):
        way = "grows" if row["low"] > 0 else "shrinks" if row["high"] < 0 else "stays"
        values = {
            "queue": row["queue"],
            "weeks": row["weeks"],
            "created": f"{row['created']:,.0f}",
            "solved": f"{row['solved']:,.0f}",
            "growth": f"{abs(row['growth']):,.0f}",
            "low": f"{min(abs(row['low']), abs(row['high'])):,.0f}",
            "high": f"{max(abs(row['low']), abs(row['high'])):,.0f}",
            "least": f"{row['low']:+,.0f}",
            "most": f"{row['high']:+,.0f}",
            "open": row["still_open"],
        }
        told.append(Message(f"panels.backlog_{way}", values))
    return tuple(told)
