"""The parts of a plan as long frames: forecast, requirement and cover, a row for every interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.clock import local_at, quarter_at
from planner.demand import Volumes
from planner.requirement import Need
from planner.rota import Cover
from planner.study.columns import COLUMNS

ADDED, LEFT_OUT, STATED = "more after simulation", "edge of the period", "stated"
_EXPLAINED = ("load_erlangs", "net", "presence", "method", "predicted_service")


def set_name(names: frozenset[str], queues: tuple[str, ...]) -> str:
    """A set of queues in words, in the order of the scenario.

    Examples
    --------
    >>> set_name(frozenset({"chat en", "email en"}), ("email en", "phone en", "chat en"))
    'email en + chat en'
    """
    return " + ".join(name for name in queues if name in names)


def forecast_frame(volumes: Volumes, is_open: Mapping[str, np.ndarray], zone: str) -> pd.DataFrame:
    """Contacts expected per queue and interval, as in ``forecast.csv``.

    Parameters
    ----------
    is_open: whether each queue is open, by name, a flag per interval.
    zone: IANA name of the clock that ``interval_local`` is shown on.
    """
    starts, local = _stamps(volumes.first_quarter, volumes.interval_minutes, volumes.intervals, zone)
    parts = [
        pd.DataFrame(
            {
                "queue": name,
                "interval_start": starts,
                "interval_local": local,
                "mean": volumes.mean[row],
                "low": volumes.low[row],
                "high": volumes.high[row],
                "open": np.asarray(is_open[name], dtype=bool),
                "model_mean": (volumes.mean if volumes.modelled is None else volumes.modelled)[row],
                "by_hand": _reasons(volumes, row),
            }
        )
        for row, name in enumerate(volumes.queues)
    ]
    return _long(parts, "forecast.csv")


def _reasons(volumes: Volumes, row: int) -> list[str]:
    """Why each interval of a queue was set by hand, all reasons in their order."""
    reasons = [""] * volumes.intervals
    for reason, where in volumes.by_hand:
        for k in np.flatnonzero(where[row]).tolist():
            reasons[k] = f"{reasons[k]}; {reason}" if reasons[k] else reason
    return reasons


def cover_frame(need: Need, cover: Cover, zone: str) -> pd.DataFrame:
    """People needed, on duty, missing and extra per set and interval, as in ``cover.csv``.

    Short and spare are each set's own. ``binding`` marks the set that decides how many people are
    missing in the interval: only its short counts, a person who is missing in two sets is one.
    """
    starts, local = _stamps(need.first_quarter, need.interval_minutes, need.intervals, zone)
    parts = []
    for row, names in enumerate(need.sets):
        required, on_duty = need.required[row], cover.on_duty[row]
        parts.append(
            pd.DataFrame(
                {
                    "interval_start": starts,
                    "interval_local": local,
                    "set": set_name(names, need.queues),
                    "required": required,
                    "on_duty": on_duty,
                    "short": np.maximum(required - on_duty, 0),
                    "spare": np.maximum(on_duty - required, 0),
                    "binding": cover.short_set == row,
                }
            )
        )
    return _by_interval(_long(parts, "cover.csv"))


def worth_frame(need: Need, prices: np.ndarray, zone: str) -> pd.DataFrame:
    """What one more person able to serve a queue is worth per interval, as in ``worth.csv``.

    Parameters
    ----------
    prices: cents, shape (queues, intervals), as the proof of a rota gives them.
    """
    starts, local = _stamps(need.first_quarter, need.interval_minutes, need.intervals, zone)
    parts = [
        pd.DataFrame(
            {"queue": name, "interval_start": starts, "interval_local": local, "worth": prices[row] / 100}
        )
        for row, name in enumerate(need.queues)
    ]
    return _long(parts, "worth.csv")


def requirement_frame(need: Need, zone: str) -> pd.DataFrame:
    """People needed per set and interval, and why, as in ``requirement.csv``.

    ``gross`` is the need itself. Where it is not what the first requirement asked for, the reason
    says so; what nobody worked out, as for a need that is stated, stays empty.
    """
    starts, local = _stamps(need.first_quarter, need.interval_minutes, need.intervals, zone)
    parts = []
    for row, names in enumerate(need.sets):
        part = pd.DataFrame(
            {
                "interval_start": starts,
                "interval_local": local,
                "set": set_name(names, need.queues),
                "gross": need.required[row],
            }
        )
        parts.append(part.assign(**_explained(need, row)))
    return _by_interval(_long(parts, "requirement.csv"))


def _explained(need: Need, row: int) -> dict[str, np.ndarray]:
    """What the need says of one of its sets; sets of ``why`` come first and in the same order."""
    gross = need.required[row]
    block = need.why.iloc[row * need.intervals : (row + 1) * need.intervals]
    if len(block) == 0:
        return {"reason": np.where(gross > 0, ADDED if len(need.why) else STATED, "")}
    asked = block["gross"].to_numpy()
    changed = [gross > asked, gross < asked]
    return {
        **{name: block[name].to_numpy() for name in _EXPLAINED},
        "reason": np.select(changed, [ADDED, LEFT_OUT], block["reason"].to_numpy(dtype=object)),
    }


def _stamps(
    first: int, interval_minutes: int, intervals: int, zone: str
) -> tuple[pd.DatetimeIndex, list[str]]:
    """Starts of intervals in UTC, and as text on the clock of a zone."""
    step = interval_minutes // 15
    quarters = range(first, first + intervals * step, step)
    starts = pd.DatetimeIndex([quarter_at(quarter) for quarter in quarters], dtype="datetime64[us, UTC]")
    return starts, [local_at(quarter, zone).isoformat(timespec="seconds") for quarter in quarters]


def _long(parts: list[pd.DataFrame], file: str) -> pd.DataFrame:
    """Parts below each other, with the columns of a file; what no part has is empty."""
    names = [column.name for column in COLUMNS[file]][1:]
    if not parts:
        return pd.DataFrame(columns=names)
    return pd.concat(parts, ignore_index=True).reindex(columns=names)


def _by_interval(frame: pd.DataFrame) -> pd.DataFrame:
    """Sorted by interval; sets keep their order."""
    return frame.sort_values("interval_start", kind="stable", ignore_index=True)
