"""Pinned 24/7 support cases, solved by the planner's own engines and judged by code of their own.

    python -m tests.bench.support247 FILE... [--seconds 60] [--engine search] [--seed 1]
        [--baseline 45] [--json]

Without ``--seconds`` the budget is ``--iterations``, and two runs print the same figures. The baseline
``--engine cp-sat`` starts from the first rota of the search engine as a complete hint.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.clock import quarter_of
from planner.rota import Rota
from planner.scheduling import OnProgress, Progress, Result, SolveSettings, schedule
from tests.bench.support247_checker import Duty, Verdict, check
from tests.bench.support247_world import CENTS, Case, load_case, name_of

HINT_ITERATIONS = 1
SOON_SECONDS = 5
"""Counted from the first rota, when work on the bound begins."""


def solve(case: Case, settings: SolveSettings, on_progress: OnProgress | None = None) -> Result:
    """The planner's rota; for CP-SAT from a first rota of the search engine."""
    problem = case.problem
    if settings.engine == "cp-sat":
        first = schedule(problem, SolveSettings("search", settings.seed, HINT_ITERATIONS))
        problem = replace(problem, warm=first.rota)
    return schedule(problem, settings, on_progress)


def duties_of(case: Case, rota: Rota) -> dict[int, list[Duty]]:
    """The rota as the checker reads it: minutes since the first midnight, UTC."""
    origin = case.problem.need.first_quarter
    numbers = {name_of(entry): entry["id"] for entry in case.data["agents"]}
    duties: dict[int, list[Duty]] = {}
    for shift in rota.shifts:
        span = (15 * (quarter_of(shift.start) - origin), 15 * (quarter_of(shift.end) - origin))
        duties.setdefault(numbers[shift.agent], []).append(span)
    return duties


def figures(case: Case, result: Result) -> dict[str, Any]:
    """One line of output; money in the units of the file."""
    verdict: Verdict = check(case.data, duties_of(case, result.rota))
    agrees = verdict.cost * CENTS == result.objective.total
    interval_hours = case.problem.need.interval_minutes / 60
    bound = result.missing_hours_bound
    return {
        "case": case.data["name"],
        "engine": result.engine,
        "status": str(result.status),
        "cost": result.objective.total / CENTS,
        "missing_cost": result.objective.missing / CENTS,
        "missing_hours": result.missing_hours,
        "missing_agent_intervals": verdict.missing,
        "bound": None if result.bound_cents is None else result.bound_cents / CENTS,
        "gap": _rounded(result.gap),
        "avoidable_gap": _rounded(result.avoidable_gap),
        "unavoidable": None if result.unavoidable_cents is None else result.unavoidable_cents / CENTS,
        "missing_hours_bound": _rounded(bound),
        "missing_agent_intervals_bound": None if bound is None else _rounded(bound / interval_hours),
        "seconds": round(result.seconds, 2),
        "seconds_to_first": round(result.seconds_to_first, 2),
        "checker": verdict.text if agrees else f"cost {verdict.cost} differs; {verdict.text}",
        "checker_cost": verdict.cost,
        "seed": result.seed,
        "iterations": result.iterations,
    }


def told(seen: Sequence[Progress], result: Result) -> dict[str, Any]:
    """What was told on the way: the first rota's share of the final shortage, seconds of the bound's work."""
    first = next((one for one in seen if one.phase == "first rota"), None)
    proven = [(one.seconds - result.seconds_to_first, one.bound_cents) for one in seen if one.bound_cents]
    soon = [bound / CENTS for seconds, bound in proven if seconds <= SOON_SECONDS]
    most = max((bound for _seconds, bound in proven), default=0)
    ratio = None
    if first is not None and first.missing_hours is not None and result.missing_hours:
        ratio = first.missing_hours / result.missing_hours
    return {
        "first_missing_ratio": _rounded(ratio),
        f"bound_after_{SOON_SECONDS}_s": max(soon, default=None),
        "bound_seconds": next((round(seconds, 2) for seconds, bound in proven if bound == most), None),
        "memory_mb": _memory(),
    }


def _memory() -> int:
    """Most memory so far of this process and of the largest of its children together, MB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in whose) // 1024


def beside(case: Case, result: Result, seed: int, seconds: float) -> dict[str, Any]:
    """The named baseline of the same run: avoidable cost of ``engine: cp-sat``, and ours as a share of it."""
    reference = solve(case, SolveSettings("cp-sat", seed, time_limit_seconds=seconds))
    wages = result.unavoidable_cents or 0
    theirs = reference.objective.total - wages
    return {
        "baseline": f"engine: cp-sat, {seconds:g} s",
        "baseline_cost": reference.objective.total / CENTS,
        "avoidable_ratio": _rounded((result.objective.total - wages) / theirs) if theirs > 0 else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve each file, print a line each; 1 if the checker objects to one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.support247", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=None, help="time limit for each case")
    parser.add_argument("--iterations", type=int, default=2000, help="budget without a time limit")
    parser.add_argument("--engine", choices=("search", "cp-sat"), default="search")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--baseline", type=float, default=None, help="seconds of CP-SAT beside each case")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args(arguments)
    objections = 0
    for path in asked.files:
        case = load_case(path)
        seen: list[Progress] = []
        settings = SolveSettings(asked.engine, asked.seed, asked.iterations, asked.seconds)
        result = solve(case, settings, seen.append)
        found = figures(case, result) | told(seen, result)
        if asked.baseline is not None:
            found |= beside(case, result, asked.seed, asked.baseline)
        objections += found["checker"] != "ok"
        if asked.json:
            print(json.dumps(found), flush=True)
        else:
            print("\n".join(f"{key:>30}  {value}" for key, value in found.items()), end="\n\n", flush=True)
    return 1 if objections else 0


if __name__ == "__main__":
    raise SystemExit(main())
