"""The need in sentences: the busiest and the quietest hour, and from people at work to the payroll.

A set of queues goes by its name, as in ``need_view``; "" means everybody together.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planner._messages import Message
from planner.demand import Volumes
from planner.people import Team
from planner.requirement import Need, NeedSettings, payroll_fte, rostered_people
from planner.study.need_view import hour_name, hours_of_week, rows_of
from planner.study.priced import least_duty_hours

LITTLE = 1.0
"""Contacts an hour below which people are there for presence, not for load."""


def set_lines(need: Need, volumes: Volumes | None, only: str, zone: str) -> tuple[Message, ...]:
    """What stands out of a set: its busiest hour, the service predicted, and a quiet hour."""
    rows = rows_of(need, only)
    if rows.empty:
        return ()
    found = [_busiest(rows, need, zone), _quiet(rows, need, volumes, only, zone)]
    if only:
        found.append(_predicted(rows, need, zone))
    return tuple(line for line in found if line is not None)


def _busiest(rows: pd.DataFrame, need: Need, zone: str) -> Message | None:
    k = int(rows["gross"].to_numpy().argmax())
    at = rows.iloc[k]
    if not at["gross"]:
        return None
    values = {
        "hour": hour_name(int(hours_of_week(need, zone)[k])),
        "people": int(at["gross"]),
        "load": f"{at['load_erlangs']:.2g}",
        "method": at["method"],
        "set": at["set"],
        "reason": str(Message(f"need.by_{at['reason'].replace(' ', '_')}")),
    }
    return Message("need.busiest" if at["load_erlangs"] > 0 else "need.busiest_no_load", values)


def _predicted(rows: pd.DataFrame, need: Need, zone: str) -> Message | None:
    """Weighted by load, for intervals in which a formula predicts something."""
    level, load = rows["predicted_service"].to_numpy(float), rows["load_erlangs"].to_numpy(float)
    known = np.isfinite(level) & (load > 0)
    if not known.any():
        return None
    lowest = int(np.flatnonzero(known)[level[known].argmin()])
    values = {
        "mean": f"{100 * np.average(level[known], weights=load[known]):.0f}",
        "lowest": f"{100 * level[lowest]:.0f}",
        "hour": hour_name(int(hours_of_week(need, zone)[lowest])),
    }
    return Message("need.predicted", values)


def _quiet(rows: pd.DataFrame, need: Need, volumes: Volumes | None, only: str, zone: str) -> Message | None:
    """The hour with fewest contacts, of those in which the minimum on duty decides."""
    if volumes is None:
        return None
    names = only.split(" + ") if only else volumes.queues
    mine = [row for row, name in enumerate(volumes.queues) if name in names]
    contacts = volumes.mean[mine].sum(axis=0)
    per_hour = contacts * 60 / need.interval_minutes
    held = (rows["reason"].to_numpy() == "presence") & (per_hour > 0) & (per_hour < LITTLE)
    if not held.any():
        return None
    k = int(np.flatnonzero(held)[per_hour[held].argmin()])
    values = {
        "hour": hour_name(int(hours_of_week(need, zone)[k])),
        "contacts": f"{per_hour[k]:.1f}" if per_hour[k] >= 0.05 else f"{per_hour[k]:.2g}",
        "people": int(rows["gross"].to_numpy()[k]),
        "share": f"{100 * float(held.sum()) / int((rows['reason'] != 'closed').sum()):.0f}",
    }
    return Message("need.quiet", values)


def full_time_hours(team: Team) -> float:
    """Contract hours of a full-time week at the first site; 40 without sites."""
    return team.sites[0].full_time_minutes / 60 if team.sites else 40.0


def shrinkage_lines(
    need: Need, settings: NeedSettings, full_time: float = 40.0, only: str = ""
) -> tuple[Message, ...]:
    """From people at work to people on duty to people on the payroll, each kind of time away once.

    Hours on duty are those of ``least_duty_hours``: deferred work is in them as far as those who must be
    there anyway do not do it.

    Parameters
    ----------
    full_time: contract hours of a full-time week.
    only: the set whose busiest hour is worked out; "" takes the one with most people at work.
    """
    lines = [line for line in (_duty(need, settings, only),) if line is not None]
    weekly = least_duty_hours(need) / (need.intervals * need.interval_minutes / (7 * 24 * 60))
    values = {
        "hours": f"{weekly:.0f}",
        "absence": _per_cent(settings.absence),
        "full_time": f"{full_time:g}",
        "people": f"{payroll_fte(weekly, full_time, settings.absence):.1f}",
    }
    values["with"] = str(Message("need.with_deferred")) if need.backlogs else ""
    return (*lines, Message("need.absence" if settings.absence else "need.no_absence", values))


def _duty(need: Need, settings: NeedSettings, only: str) -> Message | None:
    """The worked line "14 at work -> 17 on duty"."""
    rows = next((found for found in (rows_of(need, only), need.why) if _at_work(found).any()), None)
    if rows is None:
        return None
    rows = rows[_at_work(rows)]
    at = rows.iloc[int(rows["net"].to_numpy().argmax())]
    net, gross = int(at["net"]), int(at["gross"])
    busy, missing = settings.busy_inside_shift, settings.no_shows
    values: dict[str, Any] = {
        "set": at["set"],
        "net": net,
        "gross": gross,
        "busy": _per_cent(busy),
        "missing": _per_cent(missing),
        "divided": f"{net / ((1 - busy) * (1 - missing)):.2f}",
        "free": f"{1 - busy:g}",
        "there": f"{1 - missing:g}",
    }
    sure = settings.small_team_confidence
    if at["reason"] == "presence":
        return Message("need.duty_presence", values)
    if busy == 0 and missing == 0:
        return Message("need.duty_all_there", values)
    if sure is not None and gross > np.ceil(net / ((1 - busy) * (1 - missing)) - 1e-9):
        needed = int(np.ceil(net / (1 - busy) - 1e-9))
        values |= {"needed": needed, "sure": _per_cent(sure)}
        values["rostered"] = rostered_people(needed, missing, sure)
        return Message("need.duty_small_busy_team" if busy else "need.duty_small_team", values)
    return Message("need.duty", values)


def _at_work(rows: pd.DataFrame) -> np.ndarray:
    """Rows of people who answer; those whom planned work keeps are not divided by anything."""
    if rows.empty:
        return np.zeros(0, dtype=bool)
    found: np.ndarray = ((rows["net"] > 0) & ~rows["method"].str.contains("planned work")).to_numpy(bool)
    return found


def _per_cent(share: float) -> str:
    return f"{100 * share:g}"
