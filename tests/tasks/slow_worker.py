"""A worker whose only job counts ticks for some seconds, shows them, and keeps the best when told to stop."""

import sys
import time

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.study import PlanProgress
from planner.tasks import run, worker


def count(payload, out, reporter):
    began = time.monotonic()
    ticks = 0
    while time.monotonic() - began < payload["seconds"] and not reporter.is_cancelled():
        ticks += 1
        reporter.say(PlanProgress("improving", cost_cents=10_000 - ticks))
        time.sleep(0.02)
    out.mkdir(parents=True, exist_ok=True)
    write_atomic(out / "ticks.txt", f"{ticks}")


def refuse(payload, out, reporter):
    raise InputError(Message("errors.with_place", {"text": "nobody speaks Latin"}))


def stumble(payload, out, reporter):
    raise ZeroDivisionError("secret detail")


if __name__ == "__main__":
    run.KINDS.update({"count": count, "refuse": refuse, "stumble": stumble})
    sys.exit(worker.main())
