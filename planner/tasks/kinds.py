"""What each kind of job does: one small function each, with its files in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._files import write_atomic
from planner.study.progress import PlanProgress
from planner.tasks.job import JobState
from planner.tasks.reporter import Reporter

if TYPE_CHECKING:
    from planner.study import Scenario

# Functions of study are imported where they are called: the solver loads only in a worker; and by module,
# because a module of that room is often named like its function.


_BEGUN, _CELL = "begun.json", "cell.json"
STATED, QUICK = "stated", "quick"
"""Effort that the scenario says; effort of jobs that solve many teams, as their verbs take it."""


@dataclass(frozen=True)
class Parted:
    """A job that is done by others: its kind is asked again when all of them have ended.

    Attributes
    ----------
    kind: of the cells. payloads: one a cell; paths in them as the job's own payload says them.
    """

    kind: str
    payloads: tuple[Mapping[str, Any], ...]


Kind = Callable[[Mapping[str, Any], Path, Reporter], Parted | None]


def _plan(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_plan
    from planner.study.plan import plan

    scenario = _scenario(payload)
    write_plan(plan(scenario, reporter.say, reporter.is_cancelled, reporter.start_of(1, scenario)), out)


def _rollout(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_rollout
    from planner.study.rollout import rollout

    scenarios = _scenarios(payload)
    starts = {n: reporter.start_of(n, stage) for n, stage in enumerate(scenarios, start=1)}
    later = Path(payload["later"]) if payload.get("later") else None
    known = {n: rota for n, rota in starts.items() if rota is not None}
    made = rollout(scenarios, reporter.say, reporter.is_cancelled, later, starts=known)
    write_rollout(made, out)


def _compare(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_comparison
    from planner.study.compare import compare

    write_comparison(compare(_scenarios(payload), reporter.say, reporter.is_cancelled), out)


def _stress(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study.stress_files import stress_test

    stress_test(payload, out, reporter.say, reporter.is_cancelled)


def _promise(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_promise
    from planner.study.promise import promise

    asked = payload["goals"], payload["queues"]
    write_promise(promise(_scenario(payload), *asked, reporter.say, reporter.is_cancelled), out)


def _publish(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_publication
    from planner.study.publish import publish

    write_publication(publish(_scenario(payload), payload["rota"], on_progress=reporter.say), out)


def _why(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.rota import read_rota
    from planner.study.why.files import write_why
    from planner.study.why.run import why

    scenario = _scenario(payload)
    period = scenario.first_day, scenario.days
    warm = read_rota(Path(payload["rota"]), scenario.team, scenario.shift_types, *period)
    made = why(scenario, on_progress=reporter.say, is_cancelled=reporter.is_cancelled, warm=warm)
    write_why(made, scenario, out)


def _replan(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_plan
    from planner.study.plan import plan
    from planner.study.rota_edits import Edit, replanned
    from planner.study.rota_effect import asks_of_plan, read_need_of_plan

    edits = [Edit.read(edit) for edit in payload.get("edits", ())]
    scenario = replanned(_scenario(payload), edits, Path(payload["rota"]))
    known = None
    if "held_to" in payload:
        held = read_need_of_plan(Path(payload["held_to"]))
        known = lambda need: asks_of_plan(need, scenario, held)  # noqa: E731
    warm = reporter.start_of(1, scenario)
    write_plan(plan(scenario, reporter.say, reporter.is_cancelled, warm, known), out)


def _nights(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_nights
    from planner.study.nights import nights

    write_nights(nights(_scenario(payload), reporter.say, reporter.is_cancelled), out)


def _reach(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_reach
    from planner.study.reaching import reach

    asked = int(payload.get("step_minutes", 60)), str(payload.get("order", ""))
    may_miss = float(payload.get("may_miss", 0.0))
    made = reach(_scenario(payload), *asked, reporter.say, reporter.is_cancelled, may_miss)
    write_reach(made, out)


def _next_hours(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import best_hours, write_next_hours

    asked = int(payload.get("minutes", 120)), payload.get("queues", ()), payload.get("days", ())
    how = int(payload.get("top", 3)), bool(payload.get("apart", False))
    made = best_hours(_scenario(payload, QUICK), *asked, *how, reporter.say, reporter.is_cancelled)
    write_next_hours(made, out)


def _hiring_plan(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study.growing import (
        hiring_plan,
        projections,
        stage_starts,
        with_goal,
        write_hiring_plan,
    )

    given, goal, teams = _scenarios(payload, QUICK), str(payload.get("goal", "")), count(1)
    if goal:
        given = [with_goal(scenario, goal) for scenario in given]
    # How many teams are solved shows on the way: each is told as a round.
    tell = lambda _: reporter.say(PlanProgress("finished", round=next(teams)))  # noqa: E731
    made = hiring_plan(given[0], payload.get("months"), tell, reporter.is_cancelled)
    write_hiring_plan(made, out, projections(given, made), stage_starts(given), goal)


def _sweep(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> Parted | None:
    """The scenario as it is first; then every cell is a job of its own; then all of them in one table."""
    from planner.study.sweeps import Begun, begin, gather, write_sweep

    start, over = _scenario(payload), payload["over"]
    folder, records = reporter.store.job_folder(reporter.job.id), []
    if reporter.job.cells:
        said = json.loads((folder / _BEGUN).read_text(encoding="utf-8"))
        begun = Begun(said["first"], tuple(said["settled"]), ())
        done = [cell for cell in reporter.cells() if cell.state is JobState.DONE]
        kept = [reporter.store.job_folder(cell.id) / _CELL for cell in done]
        records = [json.loads(file.read_text(encoding="utf-8")) for file in kept]
    else:
        begun = begin(start, over, reporter.say, reporter.is_cancelled)
        if begun.payloads and not reporter.is_cancelled():
            first = {"first": dict(begun.first), "settled": [dict(record) for record in begun.settled]}
            reporter.store.put(reporter.job.id, _BEGUN, json.dumps(first))
            # Where the files were laid out is another place for each cell.
            here = {"folder": reporter.job.payload["scenario"], "root": reporter.job.payload["scenario"]}
            return Parted("sweep_cell", tuple({**cell, **here} for cell in begun.payloads))
    write_sweep(gather(start, over, begun, records), out)
    return None


def _sweep_cell(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study.sweeps import run_cell

    reporter.say(PlanProgress("preparing"))
    folder = str(Path(payload["folder"]).parent)
    record = run_cell({**payload, "folder": folder, "root": folder})
    write_atomic(out / _CELL, json.dumps(record))


def _hire(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_hiring
    from planner.study.hiring import hire

    mode = payload.get("mode", "cheapest")
    write_hiring(hire(_scenario(payload), mode, reporter.say, reporter.is_cancelled), out)


def _scenario(payload: Mapping[str, Any], usual: str = STATED) -> Scenario:
    """The scenario of a job, with the effort that was asked for, or that such jobs usually take."""
    return _scenarios({**payload, "scenarios": [payload["scenario"]]}, usual)[0]


def _scenarios(payload: Mapping[str, Any], usual: str = STATED) -> list[Scenario]:
    from planner.study import Scenario

    made = [Scenario.load(Path(path)) for path in payload["scenarios"]]
    effort, seconds = payload.get("effort", usual), int(payload.get("seconds", 0))
    asked = {} if effort == STATED else {"effort": effort}
    asked |= {"time_limit": f"{seconds} s"} if seconds else {}
    return [each.replace(solve=asked) for each in made] if asked else made


KINDS: dict[str, Kind] = {
    "compare": _compare,
    "hire": _hire,
    "hiring_plan": _hiring_plan,
    "next_hours": _next_hours,
    "nights": _nights,
    "plan": _plan,
    "promise": _promise,
    "publish": _publish,
    "reach": _reach,
    "replan": _replan,
    "rollout": _rollout,
    "stress": _stress,
    "sweep": _sweep,
    "sweep_cell": _sweep_cell,
    "why": _why,
}
