"""What files say of a simulated service, of a plan or of any rota."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.service import (
    backlog_frame,
    curve_frame,
    escalations,
    occupancy_frame,
    quiet_hours,
    response_times,
    service_frame,
    usual_replications,
    worst_hours,
)
from planner.study import steps
from planner.study.goals import promise_text

if TYPE_CHECKING:
    from planner.rota import Rota
    from planner.service import Service
    from planner.study.scenario import Scenario

_KEYS = ("queue", "clock")


def service_tables(service: Service, rota: Rota, scenario: Scenario) -> dict[str, pd.DataFrame]:
    """The tables of a service by file: ``service.csv``, its curves, the backlog and who is how busy."""
    present = steps.with_carried(rota, scenario)
    return {
        "service.csv": service_frame(service, scenario.zone),
        "service_curve.csv": curve_frame(service),
        "backlog.csv": backlog_frame(service, scenario.zone),
        "occupancy.csv": occupancy_frame(service, present, scenario.team),
    }


def service_record(service: Service, rota: Rota, scenario: Scenario) -> dict[str, Any]:
    """What ``plan.json`` says of the simulation: how often, and what tables of hours do not hold.

    Keys: replications, seed, compiled (whether the event loop was), fewer (whether there were fewer
    replications than usual because it was not), queues (language, promise, definition of its share, response
    times in elapsed and open hours, the worst hours of the week, and how many have too few contacts to be
    judged) and escalations per role.
    """
    frame = service_frame(service, scenario.zone)
    times = {(row["queue"], row["clock"]): row for row in response_times(service).to_dict("records")}
    queues = [
        {
            "queue": queue.name,
            "language": queue.language,
            "promise": promise_text(queue.promise),
            "share": queue.promise.share,
            "within_seconds": queue.promise.within_seconds if queue.promise.clock == "elapsed" else None,
            "definition": queue.promise.definition,
            "answered": {
                clock.replace(" ", "_"): {k: v for k, v in times[queue.name, clock].items() if k not in _KEYS}
                for clock in ("elapsed", "open hours")
            },
            "worst_hours": worst_hours(frame, queue.name).drop(columns="queue").to_dict("records"),
            "quiet_hours": quiet_hours(frame, queue.name),
        }
        for queue in service.queues
    ]
    return {
        "replications": service.replications,
        "seed": service.settings.seed,
        "compiled": service.compiled,
        "fewer": not service.compiled and service.replications < usual_replications(compiled=True),
        "queues": queues,
        "escalations": escalations_by_role(service, rota, scenario),
    }


def escalations_by_role(service: Service, rota: Rota, scenario: Scenario) -> list[dict[str, Any]]:
    """Per role with a share of contacts: its shifts, cases in a mean and in the fullest one, and who has it.

    ``busy_chance``: that the person on the fullest shift is with another case when one comes.
    """
    table = scenario.skills
    frame = escalations(service, steps.with_carried(rota, scenario), table, scenario.role_needs)
    found = []
    for need in scenario.role_needs:
        mine = [row for row in frame.to_dict("records") if row["role"] == need.role]
        if mine:
            most = max(mine, key=lambda row: row["busy_chance"])
            found.append(
                {
                    "role": need.role,
                    "shifts": len(mine),
                    "mean": sum(row["escalations"] for row in mine) / len(mine),
                    "most": most["escalations"],
                    "agent": most["agent"],
                    "day": most["day"],
                    "busy_chance": most["busy_chance"],
                }
            )
    return found
