"""Go or no-go for a block: people missing in it and in all, rules, promises."""

from __future__ import annotations

from math import isfinite, nan

import numpy as np

from planner import rota as rota_room
from planner._messages import Message
from planner._values import percent_text
from planner.service import FEWEST_CONTACTS, kept_share
from planner.study import steps
from planner.study.at_promise import NOTHING, Worked
from planner.study.edges import left_out
from planner.study.longer_hours import newly_open
from planner.study.misses import TOLERANCE
from planner.study.plan import Plan, versions
from planner.study.stages.in_hours import newly


def as_plan(made: Worked) -> Plan:
    """The plan of what was worked out, without the story of its making."""
    scenario = made.scenario
    cover = rota_room.recount(
        made.need, made.rota, scenario.skills, scenario.cyclic, steps.carried_of(scenario)
    )
    violations = steps.audit(made.rota, scenario)
    return Plan(
        scenario,
        None,
        made.volumes,
        made.need,
        made.result,
        cover,
        made.service,
        violations,
        (),
        (),
        0.0,
        versions(),
    )


def surely_missing(base: Worked, fewer: Worked) -> bool:
    """Whether every rota is proven to miss more than today."""
    return fewer.bound is not None and fewer.bound > base.missing_hours + NOTHING


def _open_by_proof(base: Worked, made: Worked) -> bool:
    """Whether it misses more than today by no more than what the proof of today leaves open."""
    room = base.missing_hours - (base.bound or 0.0)
    return made.missing_hours <= base.missing_hours + room + NOTHING


def go_or_not(base: Worked, made: Worked) -> tuple[bool | None, Message]:
    """Go, no-go or not known for a block, with the reason.

    Parameters
    ----------
    base: today. made: with the block open.
    """
    values: dict[str, object] = {
        "missing": f"{made.missing_hours:,.1f}",
        "before": f"{base.missing_hours:,.1f}",
        "bound": f"{made.bound or 0.0:,.1f}",
    }
    if made.broken > base.broken:
        return False, Message("next_hours.rules", {"count": made.broken - base.broken})
    unsure = made.missing_hours > base.missing_hours + NOTHING
    if unsure and (surely_missing(base, made) or not _open_by_proof(base, made)):
        proven = surely_missing(base, made)
        return False, Message("next_hours.surely_missing" if proven else "next_hours.missing", values)
    if made.volumes is None:
        return (
            (None, Message("next_hours.unsure", values)) if unsure else (True, Message("next_hours.covered"))
        )
    queue, kept, promised = kept_least(base, made)
    told = {
        "queue": queue,
        "kept": percent_text(kept) if isfinite(kept) else "",
        "promised": percent_text(promised),
    }
    if isfinite(kept) and kept < promised - TOLERANCE:
        return False, Message("next_hours.not_kept", told)
    worse = made.worse_promise(base)
    if worse:
        share = {each.name: each.promise.share for each in made.scenario.queues}[worse]
        other = {"queue": worse, "kept": percent_text(made.kept[worse]), "promised": percent_text(share)}
        return False, Message("next_hours.elsewhere", other)
    if unsure:
        return None, Message("next_hours.unsure", values)
    if not isfinite(kept):
        return None, Message("next_hours.too_few", told)
    return True, Message("next_hours.kept", told)


def missing_inside(base: Worked, made: Worked) -> float:
    """Person-hours of the period that are missing in newly open hours, whoever is missing elsewhere."""
    today, stage = as_plan(base), as_plan(made)
    new = np.logical_or.reduce(list(newly(stage, today).values()))
    inside = new.reshape(-1, made.need.quarters_per_interval).any(axis=1)
    return float(stage.cover.short[inside].sum()) * made.need.interval_minutes / 60


def kept_least(base: Worked, made: Worked) -> tuple[str, float, float]:
    """The queue that keeps least of its promise in newly open hours: its name, share kept and promise.

    The share is NaN where too few contacts are simulated to tell.
    """
    if made.volumes is None or made.service is None:
        return "", nan, nan
    new = newly_open(made.volumes, base.scenario, made.scenario)
    out = left_out(made.need, made.scenario)
    found = []
    for row, queue in enumerate(made.scenario.queues):
        hours = new[row] & ~out[made.need.queues.index(queue.name)]
        expected = float(made.volumes.mean[row][hours].sum()) * made.service.replications
        if hours.any():
            kept = kept_share(made.service, hours, queue.name) if expected >= FEWEST_CONTACTS else nan
            found.append((queue.name, kept, queue.promise.share))
    known = [each for each in found if isfinite(each[1])] or found
    return min(
        known, key=lambda each: each[1] - each[2] if isfinite(each[1]) else 0.0, default=("", nan, nan)
    )
