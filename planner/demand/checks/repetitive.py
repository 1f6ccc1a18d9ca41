"""Topics that come again and again: what a help centre could take, and how little of it is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner._messages import Message
from planner.demand.checks.topics import OTHER, SAID_OTHER
from planner.demand.tickets import Panels

if TYPE_CHECKING:
    import pandas as pd

# Self-service solves 10 to 25 % of repetitive topics, however many customers try it.
SOLVED_LOW, SOLVED_HIGH = 0.10, 0.25
RECENT_WEEKS = 26
FEWEST_WEEKS = 4
STEADY = 0.5
LEAST_SHARE, LEAST_A_WEEK = 0.02, 2.0
TREND_WEEKS, TREND_OUT = 8, 3.0
TOLD = 8
# Nobody can write an answer to these.
NAMELESS = (OTHER, SAID_OTHER)


def self_service_candidates(panels: Panels) -> pd.DataFrame | None:
    """Each topic with its size, steadiness and trend, and what self-service would save of it.

    Every contact counts for one topic, its rarest, so that savings add up.

    Returns
    -------
    One row a topic, those that self-service could take first, larger ones before smaller: ``topic``,
    ``contacts`` (a week), ``share`` (of contacts with a topic), ``steadiness`` (1: its weeks differ as
    chance has it; 0: it comes in bursts), ``out_of_hours`` (share; NaN where opening hours are not known),
    ``change`` (last 8 weeks against the 8 before, as a share; NaN where it is not known), ``trend``
    ("rising", "falling", "steady"), ``candidate``, ``saved_low``, ``saved_high`` (contacts a week; 0 for the
    others). None: no file has topics, or fewer than 4 whole weeks.
    """
    import pandas as pd

    if panels.topics is None:
        return None
    weeks = sorted(panels.topics["week"].unique())[1:-1][-RECENT_WEEKS:]  # the first and last may be cut
    if len(weeks) < FEWEST_WEEKS:
        return None
    recent = panels.topics[panels.topics["week"].isin(weeks)]
    table = recent.pivot_table(index="topic", columns="week", values="counted_once", aggfunc="sum")
    late = recent.groupby("topic")[["contacts", "out_of_hours"]].sum(min_count=1)
    everything = float(table.to_numpy().sum())
    rows = []
    for topic, counts in zip(table.index, table.to_numpy(dtype=np.float64), strict=True):
        mean, share = float(counts.mean()), float(counts.sum()) / max(everything, 1.0)
        if not mean:
            continue
        steady = 1 - min(1.0, float(np.sqrt(max(0.0, counts.var(ddof=1) - mean))) / mean)
        change, trend = _trend(counts)
        fits = topic not in NAMELESS and steady >= STEADY and share >= LEAST_SHARE and mean >= LEAST_A_WEEK
        outside, all_of_it = late.loc[topic, "out_of_hours"], late.loc[topic, "contacts"]
        rows.append({
            "topic": str(topic),
            "contacts": mean,
            "share": share,
            "steadiness": steady,
            "out_of_hours": float(outside) / max(float(all_of_it), 1.0),
            "change": change,
            "trend": trend,
            "candidate": bool(fits),
            "saved_low": SOLVED_LOW * mean if fits else 0.0,
            "saved_high": SOLVED_HIGH * mean if fits else 0.0,
        })  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.sort_values(
        ["candidate", "contacts", "topic"], ascending=[False, False, True], ignore_index=True
    )


def _trend(counts: np.ndarray) -> tuple[float, str]:
    """Change of the last weeks against those before, and whether it is more than chance."""
    half = min(TREND_WEEKS, len(counts) // 2)
    late, early = counts[-half:], counts[-2 * half : -half]
    if not early.sum():
        return float("nan"), "rising" if late.sum() >= TREND_OUT**2 else "steady"
    change = float(late.mean() / early.mean() - 1)
    # Weeks of a topic differ by more than chance: their own spread counts where it is larger.
    variance = max(float(np.var(late, ddof=1) + np.var(early, ddof=1)), float(late.mean() + early.mean()))
    far = (late.mean() - early.mean()) / np.sqrt(max(variance, 1e-9) / half)
    return change, "rising" if far > TREND_OUT else "falling" if far < -TREND_OUT else "steady"


def self_service_messages(panels: Panels) -> tuple[Message, ...]:
    """What self-service could take, in a sentence: a range, and what nobody but the reader can know."""
    found = self_service_candidates(panels)
    if found is None:
        return ()
    fit = found[found["candidate"]]
    if not len(fit):
        return (Message("panels.no_self_service"),)
    outside = float((fit["out_of_hours"] * fit["contacts"]).sum() / fit["contacts"].sum())
    told = [f"{row['topic']} {row['contacts']:,.0f}" for row in fit.head(TOLD).to_dict("records")]
    values = {
        "topics": ", ".join(told) + (" ..." if len(fit) > TOLD else ""),
        "contacts": f"{fit['contacts'].sum():,.0f}",
        "share": f"{100 * fit['share'].sum():.0f}",
        "low": f"{fit['saved_low'].sum():,.0f}",
        "high": f"{fit['saved_high'].sum():,.0f}",
        "outside": f"{100 * outside:.0f}" if np.isfinite(outside) else "",
    }
    code = "self_service" if np.isfinite(outside) else "self_service_hours_unknown"
    return (Message(f"panels.{code}", values),)
