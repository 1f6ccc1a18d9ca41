"""Contacts and people by hour of the week."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from planner.requirement import Need
from planner.study.charts.palette import say, week_grid
from planner.study.need_view import hours_of_week, people_of


def hours_heat_map(per_hour: np.ndarray, title: str, zone: str) -> go.Figure:
    """Contacts by hour of the week, Monday on top; hours that are not known are empty.

    Parameters
    ----------
    per_hour: 168 numbers, Monday 00:00 first.
    zone: clock of the hours, in words.
    """
    days = per_hour.reshape(7, 24)
    texts = [["" if np.isnan(v) else f"{v:.1f}" for v in day] for day in days]
    return week_grid(_blank(days), texts, title, say("arrivals_bar"), zone)


def need_heat_map(need: Need, zone: str, only: str = "") -> go.Figure:
    """Most people needed on duty in each hour of the week; groups that share nobody add up.

    Escalation roles are not in it: their people are on call. An hour that needs nobody is empty.

    Parameters
    ----------
    only: name of one listed set, as ``need_view.sets_of`` gives it; "" means all.
    """
    people, hour = people_of(need, only), hours_of_week(need, zone)
    most = np.full(168, np.nan)
    for h in range(168):
        if (hour == h).any():
            most[h] = people[hour == h].max() or np.nan
    texts = [["" if np.isnan(v) else f"{v:.0f}" for v in day] for day in most.reshape(7, 24)]
    title = say("need_set_title", {"set": only}) if only else say("need_title")
    figure = week_grid(_blank(most.reshape(7, 24)), texts, title, say("need_bar"), zone)
    # people are whole numbers, on the scale too
    figure.update_traces(colorbar_dtick=1 + int(people.max(initial=0)) // 7)
    return figure


def _blank(values: np.ndarray) -> list[list[float | None]]:
    """Rows for a chart; what is not known is None, a gap."""
    return [[None if np.isnan(v) else float(v) for v in row] for row in values]
