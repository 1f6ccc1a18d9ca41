"""Wall and CPU seconds of the shipped five-stage rollout, and how soon it says something.

``python -m tests.bench.rollout [--effort normal] [--mend first] [--json]`` runs ``planner rollout`` on
``weekday-to-247`` and its four stages as a user does, from the start of the process to its end, and then its
named baseline in the same run: five times ``planner plan``, one after another from cold, without the rota of
the stage before, gates, answers, or what would mend a stage. The bar, on 2 cores with nothing else running:
180 s for all of it, and the first line of progress within 1 s; the first of a stage comes when scenarios are
read. What the machine had to do at the start is told as ``load``: under other load seconds say little.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "scenarios" / "weekday-to-247"
STAGES = (FOLDER / "scenario.yaml", *sorted(FOLDER.glob("stage-*.yaml")))
BAR_SECONDS, FIRST_LINE_SECONDS = 180.0, 1.0


class Ran(NamedTuple):
    """Seconds of a process: by the wall clock, of CPU, to its first line, and until it tells of a stage."""

    wall: float
    cpu: float
    first_line: float
    first_stage: float


def run(arguments: Sequence[str]) -> Ran:
    """One call of the planner from its start to its end; a failure is told with its last lines."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "planner", *arguments]
    said: list[str] = []
    first = stage = 0.0
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        for line in process.stderr:
            now = time.perf_counter() - began
            first, stage = first or now, stage or (now if line.startswith("[") else 0.0)
            said.append(line)
        if process.wait():
            raise SystemExit(f"{' '.join(command)} failed:\n{''.join(said[-5:])}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(time.perf_counter() - began, cpu, first, stage)


def rows(file: Path) -> list[dict[str, str]]:
    """A table as it was written."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def told(folder: Path) -> dict[str, object]:
    """What came out of the rollout: stages planned, go or no-go of each, changes planned again."""
    answers = [row for row in rows(folder / "answers.csv") if not row["queue"]]
    mending = folder / "mending.csv"
    return {
        "stages": 1 + len(answers),
        "answers": [row["answer"] for row in answers],
        "changes_planned_again": len(rows(mending)) if mending.exists() else 0,
    }


def main() -> None:
    """Measure and print; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--effort", choices=("quick", "normal", "thorough"), default="normal")
    parser.add_argument("--mend", choices=("first", "all", "none"), default="first")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    effort, load = ["--effort", args.effort], os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rollout"
        mine = run(["rollout", *map(str, STAGES), "--out", str(out), "--mend", args.mend, *effort])
        found = told(out)
        cold = [run(["plan", str(file), "--out", f"{folder}/{file.stem}", *effort]) for file in STAGES]
    wall, cpu = sum(each.wall for each in cold), sum(each.cpu for each in cold)
    row = {
        "effort": args.effort,
        "load": round(load, 2),
        **found,
        "seconds": round(mine.wall, 1),
        "cpu_seconds": round(mine.cpu, 1),
        "seconds_to_first_line": round(mine.first_line, 2),
        "seconds_to_first_stage": round(mine.first_stage, 2),
        "baseline": "five plans from cold, one after another",
        "baseline_seconds": round(wall, 1),
        "baseline_cpu_seconds": round(cpu, 1),
        "ratio_seconds": round(mine.wall / wall, 2),
        "ratio_cpu_seconds": round(mine.cpu / cpu, 2),
        "bar_seconds": BAR_SECONDS,
    }
    print(json.dumps(row) if args.json else "\n".join(f"{key:22} {value}" for key, value in row.items()))
    sys.exit(mine.wall > BAR_SECONDS or mine.first_line > FIRST_LINE_SECONDS)


if __name__ == "__main__":
    main()
