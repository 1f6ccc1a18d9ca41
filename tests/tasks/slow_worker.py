"""A worker whose jobs count ticks, part themselves, or kill it, and keep the best when told to stop."""

import json
import os
import signal
import sys
import time
from pathlib import Path

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message
from planner.study import PlanProgress
from planner.tasks import JobState, kinds, worker
from planner.tasks.kinds import Parted


def count(payload, out, reporter):
    """Count for some seconds; from where an earlier worker was, if it has shown that."""
    kept = reporter.store.job_folder(reporter.job.id) / "best-1.csv"
    began = time.monotonic()
    first = ticks = int(kept.read_text()) if reporter.job.begun > 1 and kept.exists() else 0
    while time.monotonic() - began < payload["seconds"] and not reporter.is_cancelled():
        ticks += 1
        reporter.say(PlanProgress("improving", cost_cents=100_000 - ticks, bound_cents=50_000))
        if ticks % 10 == 0:
            reporter.store.put(reporter.job.id, "best-1.csv", f"{ticks}")
        time.sleep(0.02)
    write_atomic(out / "ticks.txt", f"{ticks}")
    write_atomic(out / "first.txt", f"{first}")


def many(payload, out, reporter):
    """Part into cells that count, then add them up."""
    cells = reporter.cells()
    if not cells and not reporter.is_cancelled():
        return Parted("count", tuple({"seconds": payload["seconds"]} for _ in range(payload["cells"])))
    done = [cell for cell in cells if cell.state is JobState.DONE]
    ticks = [int((reporter.store.job_folder(cell.id) / "ticks.txt").read_text()) for cell in done]
    write_atomic(out / "sum.json", json.dumps({"done": len(done), "of": len(cells), "ticks": sum(ticks)}))
    return None


def read(payload, out, reporter):
    """Say what stands in a file, after a while."""
    time.sleep(payload.get("seconds", 0))
    write_atomic(out / "read.txt", Path(payload["scenario"]).read_text(encoding="utf-8"))


def refuse(payload, out, reporter):
    raise InputError(Message("errors.with_place", {"text": "nobody speaks Latin"}))


def stumble(payload, out, reporter):
    raise ZeroDivisionError("secret detail")


def die(payload, out, reporter):
    os.kill(os.getpid(), signal.SIGKILL)


def fill(payload, out, reporter):
    raise OSError(28, "No space left on device", str(out / "rota.csv"))


MADE_UP = {
    "count": count,
    "die": die,
    "fill": fill,
    "many": many,
    "read": read,
    "refuse": refuse,
    "stumble": stumble,
}

if __name__ == "__main__":
    kinds.KINDS.update(MADE_UP)
    worker.warm_up_beside = lambda: None  # made-up jobs need nothing compiled
    sys.exit(worker.main())
