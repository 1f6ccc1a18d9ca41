"""What customers get, in sentences: for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._messages import Message
from planner._values import percent_text, wait_text
from planner.service import quiet_hours, service_levels, worst_hours
from planner.study.service_files import service_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.rota import Rota
    from planner.service import Service
    from planner.study.scenario import Scenario

_WORST = 3


def service_words(
    service: Service, tables: Mapping[str, pd.DataFrame], rota: Rota, scenario: Scenario
) -> tuple[Message, ...]:
    """A simulated service, answer first: promises, waits, worst hours, how busy people are.

    Parameters
    ----------
    tables: as ``service_tables`` gives them.
    """
    record, frame = service_record(service, rota, scenario), tables["service.csv"]
    lines: list[Message] = []
    for queue in record["queues"]:
        lines += _queue(service, queue, frame)
    return (
        *lines,
        *hours_in_words(frame),
        *_busy(tables["occupancy.csv"]),
        *_escalations(record["escalations"]),
        *_planned(service),
        lives(record, scenario.days),
    )


def lives(record: Mapping[str, Any], days: int) -> Message:
    """How often the period was simulated, and why not more often."""
    code = "simulate.fewer_lives" if record["fewer"] else "simulate.lives"
    return Message(code, {"days": days, "replications": record["replications"]})


def _queue(service: Service, queue: Mapping[str, Any], frame: pd.DataFrame) -> list[Message]:
    name = queue["queue"]
    rows = frame[(frame["queue"] == name) & (frame["weekday"] == "") & (frame["contacts_per_week"] > 0)]
    by_arrival = {row["arrived"]: row for row in rows.to_dict("records")}
    while_open = {"open", "closed"} <= set(by_arrival)
    promise = next(each.promise for each in service.queues if each.name == name)
    told_open = while_open and promise.judged_on == "open"
    row = by_arrival.get("open" if told_open else "all", {"kept_share": math.nan})
    if math.isnan(row["kept_share"]):
        lines = [Message("simulate.kept_few", {"queue": name, "promise": queue["promise"]})]
    else:
        values = {"queue": name, "promise": queue["promise"], **_kept(row)}
        values["definition"] = str(Message(f"simulate.definition_{queue['definition']}"))
        lines = [Message("simulate.kept_open" if told_open else "simulate.kept", values)]
        if row["abandoned_share"] > 0:
            levels = service_levels(service, name, told_open)
            values = {k: percent_text(v) for k, v in levels._asdict().items()}
            values["abandoned"] = percent_text(row["abandoned_share"])
            lines.append(Message("simulate.definitions", values))
    if while_open and not math.isnan(by_arrival["closed"]["kept_share"]):
        lines.append(Message("simulate.kept_closed", _kept(by_arrival["closed"])))
    elapsed, open_ = queue["answered"]["elapsed"], queue["answered"]["open_hours"]
    stayed = row.get("abandoned_share", 0.0) > 0
    lines.append(_waits("simulate.waits_stayed" if stayed else "simulate.waits", elapsed))
    if open_["p90_seconds"] < elapsed["p90_seconds"] - 60:
        lines.append(_waits("simulate.waits_open", open_))
    return lines


def _kept(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: percent_text(row[f"kept_{name}"]) for name in ("share", "low", "high")}


def _waits(code: str, times: Mapping[str, float]) -> Message:
    values = {
        "half": wait_text(times["p50_seconds"]),
        "nine": wait_text(times["p90_seconds"]),
        "longest": wait_text(times["longest_seconds"]),
    }
    return Message(code if math.isfinite(times["p90_seconds"]) else "simulate.waits_few", values)


def hours_in_words(frame: pd.DataFrame, queue: str | None = None, most: int = _WORST) -> tuple[Message, ...]:
    """The worst hours of the week by name, and how many have too few contacts to be judged.

    Parameters
    ----------
    frame: columns of ``service.csv``.
    queue: name; None: all queues together.
    most: hours named at most.
    """
    named = []
    for row in worst_hours(frame, queue, most).to_dict("records"):
        values = {
            "queue": row["queue"],
            "day": str(row["weekday"]).capitalize(),
            "hour": f"{int(row['hour']):02d}:00",
            "kept": percent_text(row["kept_share"]),
            "contacts": f"{row['contacts_per_week']:.1f}",
            "nine": wait_text(row["wait_p90_seconds"]),
        }
        known = math.isfinite(row["wait_p90_seconds"])
        named.append(str(Message("simulate.worst_hour" if known else "simulate.worst_hour_brief", values)))
    lines = [
        Message("simulate.worst_hours", {"hours": "; ".join(named)})
        if named
        else Message("simulate.no_worst_hour")
    ]
    few = quiet_hours(frame, queue)
    return (*lines, *([Message("simulate.quiet_hours", {"count": few})] if few else []))


def _busy(occupancy: pd.DataFrame) -> list[Message]:
    people = [row for row in occupancy.to_dict("records") if row["agent"] and row["occupancy"] >= 0]
    if not people:
        return []
    sites = [row for row in occupancy.to_dict("records") if not row["agent"]]
    most = max(people, key=lambda row: row["occupancy"])
    shares = ", ".join(f"{percent_text(row['occupancy'])} % ({row['site']})" for row in sites)
    values = {"site": shares, "agent": most["agent"], "most": f"{percent_text(most['occupancy'])} %"}
    return [Message("simulate.busiest", values)]


def _escalations(roles: list[dict[str, Any]]) -> list[Message]:
    return [
        Message(
            "simulate.escalations",
            {
                "role": role["role"],
                "mean": f"{role['mean']:.1f}",
                "most": f"{role['most']:.1f}",
                "agent": role["agent"],
                "day": str(role["day"]),
                "busy": percent_text(role["busy_chance"]),
            },
        )
        for role in roles
    ]


def _planned(service: Service) -> list[Message]:
    """How much of each planned work is done within its windows."""
    sums = service.planned.frame().groupby("work", sort=False)[["planned_seconds", "done_seconds"]].sum()
    return [
        Message("simulate.planned", {"work": str(work), "done": percent_text(done / planned)})
        for work, planned, done in sums.itertuples()
        if planned > 0
    ]
