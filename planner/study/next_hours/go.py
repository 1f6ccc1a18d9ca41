"""Go or no-go for a block, in a sentence; whether more people are worth a try, and who has time today."""

from __future__ import annotations

from math import isfinite

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner._values import percent_text
from planner.study import steps
from planner.study.against_today import NOTHING, Against, against_today
from planner.study.at_promise import Worked
from planner.study.next_hours.screening import asked_hours
from planner.study.plan import Plan, versions


def as_plan(made: Worked) -> Plan:
    """The plan of what was worked out, without the story of its making."""
    return Plan(
        made.scenario,
        None,
        made.volumes,
        made.need,
        made.result,
        made.cover,
        made.service,
        steps.audit(made.rota, made.scenario),
        (),
        (),
        0.0,
        versions(),
    )


def go_or_not(base: Worked, made: Worked) -> tuple[Against, Message]:
    """Go, no-go or not known for a block, with the reason.

    Parameters
    ----------
    base: today. made: with the block open.
    """
    held = against_today(base, made)
    values: dict[str, object] = {
        "missing": f"{made.missing_hours:,.1f}",
        "before": f"{base.missing_hours:,.1f}",
        "bound": f"{made.bound or 0.0:,.1f}",
        "hours": f"{held.inside:,.1f}",
        "count": made.broken - base.broken,
        "queue": held.queue,
        "kept": percent_text(held.kept) if isfinite(held.kept) else "",
        "promised": percent_text(held.promised) if isfinite(held.promised) else "",
    }
    some = str(Message("next_hours.some_inside", values)) if held.inside > NOTHING else ""
    codes = {
        "rules": "next_hours.rules",
        "missing": "next_hours.surely_missing",
        "promise": "next_hours.not_kept",
        "elsewhere": "next_hours.elsewhere",
        "unsure": "next_hours.unsure",
        "inside": "next_hours.missing_inside",
        "few": "next_hours.too_few",
        "covered": "next_hours.covered",
        "kept": "next_hours.kept",
    }
    return held, Message(codes[held.kind], {**values, "some": some})


def wants_people(base: Worked, made: Worked, held: Against) -> bool:
    """Whether a larger team is worth a try.

    It is for a no-go, and for a shortage that is not proven but larger than what the proof of today's own
    rota leaves open: a smaller one is no ground to hire.
    """
    if held.kind not in ("unsure", "inside"):
        return held.go is False
    left_open = base.missing_hours - (base.bound or 0.0)
    return max(made.missing_hours - base.missing_hours, held.inside - held.allowed) > left_open + NOTHING


def spare_hours(base: Worked) -> float:
    """Person-hours a week that today's team is on duty beyond its work; 0 where people are missing.

    Work that waits is counted on top of who must be there, so that it is rather too few.
    """
    need, scenario = base.need, base.scenario
    if base.missing_hours > NOTHING:
        return 0.0
    everybody = [frozenset(need.queues)]
    on_duty = rota_room.people_on_duty(
        base.rota, scenario.skills, everybody, need.first_quarter, need.interval_minutes, need.intervals
    )
    hours = float(np.sum(on_duty)) * need.interval_minutes / 60 - asked_hours(need)
    return max(0.0, hours) / scenario.weeks
