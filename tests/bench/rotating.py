"""Rotating workforce instances: ``python -m tests.bench.rotating FILE... [--seconds 60] [--json]``.

One line a file: solved, impossible (proved) or open; seconds from reading the file to the answer; and what a
checker that knows neither the planner nor its solver says of the pattern.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from planner.rota import NO_WISHES
from planner.scheduling.rotation import RotationSettings, rotate
from tests.bench.rotating_checker import broken
from tests.bench.rotating_file import read, terms_of

WORDS = {"best": "solved", "found": "solved", "impossible": "impossible", "open": "open"}


def measure(path: str, seconds: float, seed: int = 1) -> dict[str, Any]:
    """One instance: result, seconds, verdict."""
    began = time.perf_counter()
    data = read(path)
    settings = RotationSettings(seed=seed, seconds=seconds, wishes=NO_WISHES)
    result = rotate(terms_of(data), data["weeks"], settings)
    taken = time.perf_counter() - began
    verdict = "nothing to check"
    if result.rotation is not None:
        number = {name: shift for shift, name in enumerate(data["names"])}
        wrong = broken(data, [[number.get(name, -1) for name in week] for week in result.rotation.pattern])
        verdict = "; ".join(wrong[:5]) or "ok"
    return {
        "file": path.rsplit("/", 1)[-1],
        "result": WORDS[result.status],
        "seconds": round(taken, 2),
        "checker": verdict,
        "weeks": data["weeks"],
    }


def main() -> None:
    """Measure the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="+")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON line a file")
    args = parser.parse_args()
    for path in args.file:
        line = measure(path, args.seconds, args.seed)
        print(json.dumps(line) if args.json else "  ".join(map(str, line.values())), flush=True)


if __name__ == "__main__":
    main()
