"""What tickets say beside arrivals, as files of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.study.panel_columns import PANEL_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from planner.demand import History


def panel_tables(history: History | None) -> dict[str, pd.DataFrame]:
    """Tables of a history's panels by file name; none where its files have no such columns."""
    if history is None:
        return {}
    panels = history.panels
    found = {"weeks.csv": panels.weeks, "replies.csv": panels.replies, "topics.csv": panels.topics}
    return {
        name: frame[[column.name for column in PANEL_COLUMNS[name][1:]]]
        for name, frame in found.items()
        if frame is not None
    }
