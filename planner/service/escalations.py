"""Escalations: how often somebody on call is needed, and whether they are then free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.clock import quarter_of
from planner.service.duty import QUARTER

if TYPE_CHECKING:
    from planner.people import Skills
    from planner.requirement import RoleNeed
    from planner.rota import Rota
    from planner.service.records import Service

COLUMNS = ("role", "agent", "day", "start", "hours", "contacts", "escalations", "busy_chance")


def busy_chance(load: float) -> float:
    """Chance that one person alone is busy when the next one needs them: a / (1 + a), Erlang B for one.

    Parameters
    ----------
    load: escalations in the time that one takes, erlang.

    Examples
    --------
    >>> busy_chance(0.25)
    0.2
    """
    return load / (1 + load)


def escalations(service: Service, rota: Rota, skills_: Skills, roles: Sequence[RoleNeed]) -> pd.DataFrame:
    """Every shift that serves an escalation role: how many cases it gets, and how often they collide.

    Parameters
    ----------
    service: as simulated; counts the contacts that arrive during the shift, all queues together.
    rota: with the shifts on call.
    skills_: who may serve a role, and by which kind of duty.
    roles: share of all contacts that need the role, and how long one takes; a role without a share has no
        rows. People on call at the same time share the cases.

    Returns
    -------
    Columns role, agent, day, start (UTC), hours, contacts, escalations (means over replications, of the
    part of the shift that lies in the period), busy_chance.
    """
    r, quarters = service.records, service.open_.shape[1]
    came = np.minimum((r.arrived[~r.carried] // QUARTER).astype(np.int64), quarters - 1)
    contacts = np.bincount(came, minlength=quarters) / service.replications
    rows = []
    for role in roles:
        if role.share <= 0:
            continue
        mine = [
            (shift, slice(max(0, quarter_of(shift.start) - service.first_quarter), until))
            for shift in rota.shifts
            if shift.kind == skills_.kind[role.role]
            and shift.agent in skills_.able[role.role]
            and (until := min(quarters, quarter_of(shift.end) - service.first_quarter)) > 0
            and quarter_of(shift.start) - service.first_quarter < quarters
        ]
        together = np.zeros(quarters)
        for _, span in mine:
            together[span] += 1
        for shift, span in mine:
            hours = (span.stop - span.start) / 4
            cases = float((contacts[span] / together[span]).sum()) * role.share
            load = cases * role.handle_seconds / (hours * 3600)
            rows.append(
                (
                    role.role,
                    shift.agent,
                    shift.day,
                    shift.start,
                    hours,
                    float(contacts[span].sum()),
                    cases,
                    busy_chance(load),
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
