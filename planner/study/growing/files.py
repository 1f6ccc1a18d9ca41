"""A hiring plan as files and in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner._messages import Listed, Message
from planner._values import number_text, wait_text
from planner.study.column import SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.growing.ahead import earliest_start, steps_up
from planner.study.growing.nouns import Hire, HiringPlan, Seen
from planner.study.growing.projection import Projection, project, projection_frame
from planner.study.growing.stages import StageStart
from planner.study.growing_columns import GROWING_COLUMNS
from planner.study.record import json_text
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


def write_hiring_plan(
    plan: HiringPlan,
    folder: Path | str,
    backlogs: tuple[Projection, ...] = (),
    stages: tuple[StageStart, ...] = (),
    goal: str = "",
) -> tuple[Path, ...]:
    """Write ``hiring_plan.csv``, ``joiners.csv``, ``team_sizes.csv``, ``hiring_plan.json``, and
    ``backlog_ahead.csv`` where contacts wait already.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    frames = {
        "hiring_plan.csv": plan_frame(plan),
        "joiners.csv": joiners_frame(plan),
        "team_sizes.csv": sizes_frame(plan),
    }
    if backlogs:
        frames["backlog_ahead.csv"] = projection_frame(backlogs)
    lines = hiring_plan_summary(plan, backlogs, stages)
    record = {
        "schema_version": SCHEMA_VERSION,
        "scenario": plan.scenario.name,
        "goal": goal,
        "currency": plan.scenario.currency,
        "proven": plan.proven,
        "cancelled": plan.cancelled,
        "notices": [str(line) for line in lines],
    }
    texts = {file: csv_text(file, frame) for file, frame in frames.items()}
    return write_files({**texts, "hiring_plan.json": json_text(record)}, folder)


def projections(given: Sequence[Scenario], plan: HiringPlan) -> tuple[Projection, ...]:
    """Backlogs ahead where contacts wait already; of the first scenario with the plan's hires, too."""
    found = [
        project(scenario, given[0]) for scenario in given if any(scenario.need_settings.open_tickets.values())
    ]
    if found and plan.hires and any(given[0].need_settings.open_tickets.values()):
        name = str(Message("growing.with_plan", {"scenario": given[0].name, "hires": len(plan.hires)}))
        starts = [hire.starts for hire in plan.hires]
        found.insert(1, project(given[0], None, starts, simulate=False, name=name))
    return tuple(found)


def _frame(file: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    found = [{"schema_version": SCHEMA_VERSION, **row} for row in rows]
    return pd.DataFrame(found, columns=[column.name for column in GROWING_COLUMNS[file]])


def plan_frame(plan: HiringPlan) -> pd.DataFrame:
    """A row a month, columns as in ``hiring_plan.csv``."""
    rows, so_far = [], 0.0
    budget = plan.scenario.said.hiring.budget
    seen = {each.month: each for each in plan.short}
    for month in plan.months:
        demand, ahead = month.demand, month.demand.ahead
        so_far += month.cost
        short = seen.get(demand.first)
        expected, low, high = month.leavers
        row: dict[str, Any] = {
            "month": demand.first,
            "phase": "ahead" if ahead else "past",
            "customers": demand.customers,
            "demand_factor": demand.factor,
            "contacts": demand.contacts,
            "people_needed": sum(month.needed),
            "people_needed_low": month.low,
            "people_needed_high": month.high,
        }
        if ahead:
            row |= {
                "heads": sum(month.heads),
                "productive": sum(month.productive),
                "leavers": expected,
                "leavers_low": low,
                "leavers_high": high,
                "joiners": sum(month.joiners),
                "mentors": month.mentors,
                "cost": month.cost,
                "cost_so_far": so_far,
                "budget_left": None if budget is None else budget - month.cost,
                "promise_kept": "yes" if month.kept else "no",
                "people_short": month.short if not month.kept else 0.0,
                "kept_share": short.kept if short else None,
                "wait_p90_seconds": short.wait if short else None,
            }
        rows.append(row)
    return _frame("hiring_plan.csv", rows)


def joiners_frame(plan: HiringPlan) -> pd.DataFrame:
    """A row a hire, columns as in ``joiners.csv``."""
    said = plan.scenario.said.hiring
    rows = [
        {
            "kind": hire.kind.label,
            "decide_by": hire.decide_by,
            "starts": hire.starts,
            "fully_productive": hire.productive,
            "cost_once": said.recruiting + said.equipment + hire.kind.wage * 12 / 365.25 * said.training.days,
            "cost_a_month": hire.kind.wage,
            "why": _why(hire),
        }
        for hire in plan.hires
    ]
    return _frame("joiners.csv", rows)


def _why(hire: Hire) -> str:
    code = "growing.why_leavers" if hire.leavers else "growing.why_growth"
    return str(Message(code, {"month": f"{hire.needed:%Y-%m}"}))


def sizes_frame(plan: HiringPlan) -> pd.DataFrame:
    """A row for each team size and kind, columns as in ``team_sizes.csv``."""
    needed, rows = steps_up(plan), []
    growth, path = plan.scenario.said.growth, plan.months[0].demand
    a_factor = path.customers / path.factor if path.customers and growth.customers else None
    for rung in plan.ladder.rungs:
        size = sum(len(kind.team) for kind in plan.ladder.kinds) + rung.people
        for kind, more in zip(plan.ladder.kinds, rung.more, strict=True):
            first = needed.get(size)
            rows.append(
                {
                    "people": size,
                    "kind": kind.label,
                    "of_kind": len(kind.team) + more,
                    "keeps_factor": rung.keeps,
                    "fails_factor": rung.fails,
                    "late": ", ".join(rung.late),
                    "customers": a_factor * rung.keeps if a_factor else None,
                    "needed_from": first[0].first if first and first[1] == rung.more else None,
                }
            )
    return _frame("team_sizes.csv", rows)


def hiring_plan_summary(
    plan: HiringPlan, backlogs: tuple[Projection, ...] = (), stages: tuple[StageStart, ...] = ()
) -> tuple[Message, ...]:
    """The answer in sentences: who is needed from when, whom to decide on until when, what cannot be met."""
    return (
        *_path(plan),
        *_decisions(plan),
        *_late(plan),
        *_money(plan),
        *((_checked(plan.checked),) if plan.checked else ()),
        *(line for each in stages for line in each.told),
        *(line for each in backlogs for line in each.told()),
        *(Message("growing.backlog_leaves") for _ in backlogs[:1] if plan.scenario.said.hiring.attrition),
        *_assumed(plan),
    )


def _team_text(plan: HiringPlan, more: tuple[int, ...]) -> str:
    return "; ".join(
        f"{len(kind.team) + count} x {kind.label}"
        for kind, count in zip(plan.ladder.kinds, more, strict=True)
    )


def _path(plan: HiringPlan) -> Iterator[Message]:
    """From which month which team is needed."""
    today = sum(len(kind.team) for kind in plan.ladder.kinds)
    for size, (demand, more) in steps_up(plan).items():
        values: Mapping[str, object] = {
            "people": size,
            "team": _team_text(plan, more),
            "month": f"{demand.first:%Y-%m}",
            "customers": f"{demand.customers:,.0f}" if demand.customers else "",
            "factor": f"{demand.factor:.2f}",
        }
        yield Message("growing.path_customers" if demand.customers else "growing.path", values)
    rung = next((r for r in plan.ladder.rungs if not r.people), None)
    if rung is not None:
        values = {"people": today, "keeps": f"{rung.keeps:.2f}", "late": ", ".join(rung.late) or "–"}
        yield Message("growing.today_keeps" if rung.keeps else "growing.today_fails", values)


def _decisions(plan: HiringPlan) -> Iterator[Message]:
    if not plan.hires:
        yield Message("growing.nobody", {"months": sum(m.demand.ahead for m in plan.months)})
    for hire in plan.hires:
        values = {
            "kind": hire.kind.label,
            "by": hire.decide_by.isoformat(),
            "starts": hire.starts.isoformat(),
            "full": hire.productive.isoformat(),
            "why": _why(hire),
        }
        yield Message("growing.decide", values)


def _late(plan: HiringPlan) -> Iterator[Message]:
    """Months that lack people, and what customers get in them."""
    seen = {each.month: each for each in plan.short}
    ready = earliest_start(plan.scenario) + plan.scenario.said.hiring.until_full
    for month in plan.months:
        if month.kept is not False:
            continue
        cause = "growing.cause_late" if month.demand.first < ready else "growing.cause_little"
        values: dict[str, object] = {
            "month": f"{month.demand.first:%Y-%m}",
            "short": f"{month.short:.1f}",
            "cause": str(Message(cause)),
        }
        found = seen.get(month.demand.first)
        if found is None:
            yield Message("growing.short_unseen", values)
        else:
            code = "growing.short_piles" if found.piles else "growing.short"
            yield Message(code, {**values, **_figures(found)})


def _figures(found: Seen) -> dict[str, object]:
    return {
        "people": found.people,
        "queue": found.queue,
        "kept": f"{100 * found.kept:.0f}",
        "promise": f"{100 * found.promise:.0f}",
        "wait": wait_text(found.wait),
    }


def _money(plan: HiringPlan) -> Iterator[Message]:
    said, ahead = plan.scenario.said.hiring, [m for m in plan.months if m.demand.ahead]
    values: dict[str, object] = {
        "cost": f"{sum(month.cost for month in ahead):,.0f}",
        "months": len(ahead),
        "currency": plan.scenario.currency,
    }
    yield Message("growing.cost", values)
    if said.budget is not None:
        over = [month for month in ahead if month.cost > said.budget]
        values |= {"over": len(over), "budget": f"{said.budget:,.0f}"}
        values["first"] = f"{over[0].demand.first:%Y-%m}" if over else ""
        yield Message("growing.over_budget" if over else "growing.in_budget", values)


def _checked(found: Seen) -> Message:
    values = {**_figures(found), "month": f"{found.month:%Y-%m}"}
    return Message("growing.check_fails" if found.others or found.piles else "growing.check_keeps", values)


def _assumed(plan: HiringPlan) -> Iterator[Message]:
    said = plan.scenario.said.hiring
    unsaid = [key for key in type(said).model_fields if key not in said.model_fields_set]
    kept = ("lead_time", "ramp", "mentor", "training", "attrition", "recruiting", "equipment")
    if keys := [key for key in kept if key in unsaid]:
        plain = type(said)().model_dump()
        told = Listed(
            tuple(Message("growing.stated", {"key": key, "amount": _plain(plain[key])}) for key in keys)
        )
        yield Message("growing.assumed", {"keys": told})
    yield Message("growing.between")
    yield Message("growing.no_season")
    if plan.scenario.said.growth.customers is None:
        yield Message("growing.no_growth")
    if not plan.proven:
        yield Message("growing.not_proven")
    if plan.cancelled:
        yield Message("growing.cancelled")


def _plain(value: object) -> str:
    if isinstance(value, list):
        return " then ".join(map(str, value))
    return number_text(value) if isinstance(value, float) else str(value)
