"""How busy people are: handling against waiting for work, by queue, person and site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.service.duty import duties_of
from planner.service.fates import number_of

if TYPE_CHECKING:
    from planner.people import Team
    from planner.rota import Rota
    from planner.service.records import Service


def occupancy(service: Service, queue: str, intervals: np.ndarray | None = None) -> float:
    """Handling / (handling + waiting for work) of the people who serve a queue; NaN if nobody was there.

    Parameters
    ----------
    service: as simulated.
    queue: name.
    intervals: which count, a mask of shape (intervals,); None: all.
    """
    chosen = np.ones(service.intervals, dtype=bool) if intervals is None else intervals
    people = service.able[number_of(service, queue)]
    handling = float(service.handling[people][:, chosen].sum())
    idle = float(service.waiting_for_work[people][:, chosen].sum())
    return _share(handling, idle)


def occupancy_frame(service: Service, rota: Rota, team: Team) -> pd.DataFrame:
    """How each person and each site spends its time on duty, in hours of the period.

    Parameters
    ----------
    service: as simulated.
    rota: what was simulated; gives the time on duty, breaks excluded.
    team: everybody with their site.

    Returns
    -------
    Columns of ``occupancy.csv`` but the version: agent ("": all people of the site), site, occupancy,
    handling_hours, waiting_hours (for work), off_contact_hours (on duty, but neither: meetings and other
    planned work, spells away, shifts that nobody turned up for). Means over replications; people without
    a shift are left out.
    """
    numbers = {name: n for n, name in enumerate(service.agents)}
    on_duty = np.zeros(len(numbers))
    quarters = service.open_.shape[1]
    for duty in duties_of(rota, numbers, service.first_quarter, quarters, service.settings):
        off = max(0, min(duty.break_end, quarters) - max(duty.break_start, 0))
        on_duty[duty.person] += (min(duty.end, quarters) - max(duty.start, 0) - off) / 4
    lives = 3600 * service.replications
    handling, idle = service.handling.sum(axis=1) / lives, service.waiting_for_work.sum(axis=1) / lives
    site = {agent.name: agent.site for agent in team.agents}
    rows = [
        {
            "agent": name,
            "site": site[name],
            "handling_hours": handling[n],
            "waiting_hours": idle[n],
            "off_contact_hours": max(0.0, on_duty[n] - handling[n] - idle[n]),
        }
        for name, n in numbers.items()
        if on_duty[n] or handling[n]
    ]
    columns = ["agent", "site", "handling_hours", "waiting_hours", "off_contact_hours"]
    people = pd.DataFrame(rows, columns=columns)
    sites = people.groupby("site", sort=False)[columns[2:]].sum().reset_index().assign(agent="")
    frame = pd.concat([sites, people], ignore_index=True) if len(people) else people
    pairs = zip(frame["handling_hours"], frame["waiting_hours"], strict=True)
    return frame.assign(occupancy=[_share(busy, free) for busy, free in pairs])[
        ["agent", "site", "occupancy", *columns[2:]]
    ]


def _share(handling: float, idle: float) -> float:
    return handling / (handling + idle) if handling + idle > 0 else float("nan")
