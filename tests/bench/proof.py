"""The independent checks at nightly size: what the planner says, against code that shares nothing with it.

``python -m tests.bench.proof [--full] [--json] [--only NAME] [--first SEED]`` prints a line for each check:
seeds that hold, what was counted, and the first seeds that do not. Without ``--full`` each has as many
seeds as in the tests. Exit code 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter

from tests.proof.checks import CHECKS, Check

SHOWN = 20


def outcome(name: str, check: Check, seeds: range) -> dict[str, object]:
    """One check on its seeds."""
    began, counts, wrong = time.process_time(), Counter[str](), dict[int, str]()
    for seed in seeds:
        try:
            counts.update(check.of_seed(seed))
        except AssertionError as error:
            wrong[seed] = str(error)[:200]
    return {
        "check": name,
        "seeds": len(seeds),
        "hold": len(seeds) - len(wrong),
        "enough": check.enough(counts),
        "counts": {key: int(count) for key, count in sorted(counts.items())},
        "wrong": dict(list(wrong.items())[:SHOWN]),
        "cpu_seconds": round(time.process_time() - began, 1),
    }


def main() -> int:
    """Run the checks and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="as many seeds as at night")
    parser.add_argument("--json", action="store_true", help="one JSON line a check")
    parser.add_argument("--only", default="", help="checks whose name holds this")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--seeds", type=int, default=0, help="so many seeds")
    asked = parser.parse_args()
    fine = True
    for name, check in CHECKS.items():
        if asked.only not in name:
            continue
        many = asked.seeds or (check.full if asked.full else check.quick)
        found = outcome(name, check, range(asked.first, asked.first + many))
        fine = fine and found["hold"] == found["seeds"] and bool(found["enough"])
        if asked.json:
            print(json.dumps(found), flush=True)
        else:
            told = ", ".join(f"{count} {key}" for key, count in found["counts"].items())  # type: ignore[attr-defined]
            print(f"{name}: {found['hold']} of {found['seeds']} hold ({told}); {found['cpu_seconds']} CPU s")
            for seed, text in found["wrong"].items():  # type: ignore[attr-defined]
                print(f"  seed {seed}: {text}")
            if not found["enough"]:
                print("  the counts are not what is stated")
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
