"""Who changes against the published rota, and why: each change taken back alone, and looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import local_at, local_text
from planner.rota import Change, Rota, Shift, changes
from planner.study import steps
from planner.study.replan import published_of

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.scheduling import Problem
    from planner.study.plan import Plan
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Changed:
    """A change and its reason."""

    change: Change
    why: Message


def changed(made: Plan) -> tuple[Changed, ...]:
    """Every change of a plan against the rota that people know; nothing if the scenario names none."""
    scenario = made.scenario
    published = published_of(scenario)
    if published is None:
        return ()
    problem = steps.problem_of(made.need, scenario)
    return tuple(
        Changed(change, _why(change, made.rota, problem, scenario))
        for change in changes(_of_period(published, scenario), made.rota)
    )


def _of_period(rota: Rota, scenario: Scenario) -> Rota:
    return replace(rota, shifts=tuple(shift for shift in rota.shifts if shift.day >= scenario.first_day))


def _why(change: Change, rota: Rota, problem: Problem, scenario: Scenario) -> Message:
    """What would be wrong if this change alone were taken back."""
    from planner.scheduling import objective_of

    back = _taken_back(change, rota)
    now = set(steps.hard(steps.audit(rota, scenario)))
    broken = [found for found in steps.hard(steps.audit(back, scenario)) if found not in now]
    if broken:
        same_day = [found for found in broken if found.day == change.day]
        return Message("replan.because_rule", {"text": str((same_day or broken)[0].message)})
    missing = _missing(back, rota, problem.need, scenario)
    if missing is not None:
        return missing
    saved = objective_of(back, problem).total - objective_of(rota, problem).total
    if saved > 0:
        values = {"amount": f"{saved / 100:,.2f}", "currency": scenario.currency}
        return Message("replan.because_cost", values)
    return Message("replan.because_others")


def _taken_back(change: Change, rota: Rota) -> Rota:
    """The rota as if this one shift were as published."""
    shifts = [shift for shift in rota.shifts if shift != change.new]
    if change.old is not None:
        shifts.append(change.old)
    return replace(
        rota, shifts=tuple(sorted(shifts, key=lambda shift: (shift.start, shift.agent, shift.end)))
    )


def _missing(back: Rota, rota: Rota, need: Need, scenario: Scenario) -> Message | None:
    """Hours that would be missing if the change were taken back; None if none would."""
    carried = steps.carried_of(scenario)
    was = rota_room.recount(need, rota, scenario.skills, scenario.cyclic, carried)
    now = rota_room.recount(need, back, scenario.skills, scenario.cyclic, carried)
    more = now.missing_intervals - was.missing_intervals
    if more <= 1e-9:
        return None
    at = np.flatnonzero(now.short > was.short)
    if len(at):
        first = int(at[0])
        queues = need.sets[int(now.short_set[first])]
    else:
        late = [i for i, units in enumerate(now.missing_work_units) if units > was.missing_work_units[i]]
        queues = need.backlogs[late[0]].queues if late else frozenset(need.queues)
        first = 0
    begins = local_at(need.first_quarter + first * need.quarters_per_interval, scenario.zone)
    values = {
        "hours": f"{more * need.interval_minutes / 60:,.1f}",
        "queues": " + ".join(sorted(queues)),
        "first": f"{begins:%a %d %b %H:%M}" if len(at) else f"{scenario.first_day:%d %b}",
    }
    return Message("replan.because_missing", values)


def change_lines(made: Plan) -> Iterator[Message]:
    """Who changes and why, in sentences, the sum first; nothing if the scenario names no published rota."""
    published = published_of(made.scenario)
    if published is None:
        return
    found = changed(made)
    values = {
        "changes": len(found),
        "shifts": sum(shift.day >= made.scenario.first_day for shift in published.shifts),
        "people": len({each.change.agent for each in found}),
        "team": len(made.scenario.team.agents),
    }
    yield Message("replan.some" if found else "replan.none", values)
    for each in found:
        change = each.change
        words = {
            "agent": change.agent,
            "day": f"{change.day:%a %d %b}",
            "old": _shift_text(change.old),
            "new": _shift_text(change.new),
            "why": str(each.why),
        }
        yield Message(f"replan.{change.kind}", words)


def _shift_text(shift: Shift | None) -> str:
    """A shift on its person's clock."""
    if shift is None:
        return ""
    start, end = (local_text(instant, shift.zone)[11:16] for instant in (shift.start, shift.end))
    return f"{shift.name} {start}-{end}"


def changes_frame(made: Plan) -> pd.DataFrame:
    """Rows of ``changes.csv``."""
    rows = [
        {
            "agent": each.change.agent,
            "change": each.change.kind,
            "day": each.change.day,
            **_cells("old", each.change.old),
            **_cells("new", each.change.new),
            "why": str(each.why),
        }
        for each in changed(made)
    ]
    names = ["agent", "change", "day", *_cells("old", None), *_cells("new", None), "why"]
    return pd.DataFrame(rows, columns=names)


def _cells(prefix: str, shift: Shift | None) -> dict[str, str]:
    if shift is None:
        return {f"{prefix}_shift": "", f"{prefix}_start_local": "", f"{prefix}_end_local": ""}
    return {
        f"{prefix}_shift": shift.name,
        f"{prefix}_start_local": local_text(shift.start, shift.zone),
        f"{prefix}_end_local": local_text(shift.end, shift.zone),
    }
