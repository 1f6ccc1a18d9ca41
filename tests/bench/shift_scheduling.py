"""Shift scheduling instances of Curtois & Qu, solved by the planner's own engine, judged by code of its own.

    python -m tests.bench.shift_scheduling FILE... [--seconds 60] [--engine search] [--seed 1] [--json]

Without ``--seconds`` the budget is ``--iterations``, and two runs print the same figures.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.scheduling import Result, SolveSettings, schedule
from tests.bench.shift_scheduling_checker import check
from tests.bench.shift_scheduling_file import Instance, read_instance
from tests.bench.shift_scheduling_world import CENTS, problem_of, roster_of


def figures(instance: Instance, result: Result, cpu: float) -> dict[str, Any]:
    """One line of output, in the units of the file."""
    verdict = check(instance, roster_of(result.rota))
    agrees = verdict.cost * CENTS == result.objective.total
    bound = None if result.bound_cents is None else result.bound_cents / CENTS
    return {
        "case": instance.name,
        "engine": result.engine,
        "status": str(result.status),
        "objective": verdict.cost,
        "bound": bound,
        "gap": None if result.gap is None else round(result.gap, 4),
        "requests": verdict.requests,
        "under": verdict.under,
        "over": verdict.over,
        "missing_hours": result.missing_hours,
        "missing_hours_bound": result.missing_hours_bound,
        "seconds": round(result.seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "seconds_to_first": round(result.seconds_to_first, 2),
        "checker": verdict.text if agrees else f"objective {result.objective.total} differs; {verdict.text}",
        "seed": result.seed,
        "iterations": result.iterations,
        "left_out": list(result.left_out),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve each file, print a line each; 1 if the checker objects to one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.shift_scheduling", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=None, help="time limit for each instance")
    parser.add_argument("--iterations", type=int, default=2000, help="budget without a time limit")
    parser.add_argument("--engine", choices=("search", "cp-sat"), default="search")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args(arguments)
    objections = 0
    for path in asked.files:
        instance = read_instance(path)
        settings = SolveSettings(asked.engine, asked.seed, asked.iterations, asked.seconds)
        began = time.process_time()
        result = schedule(problem_of(instance), settings)
        found = figures(instance, result, time.process_time() - began)
        objections += found["checker"] != "ok"
        if asked.json:
            print(json.dumps(found), flush=True)
        else:
            print("\n".join(f"{key:>20}  {value}" for key, value in found.items()), end="\n\n", flush=True)
    return 1 if objections else 0


if __name__ == "__main__":
    raise SystemExit(main())
