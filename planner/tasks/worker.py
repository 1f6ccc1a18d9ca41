"""The worker process: claim, plan, keep, again.

Started by an executor as ``python -m planner.tasks.worker --store FOLDER``; it ends when its standard
input does.
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import sys
import threading
import time
from pathlib import Path

from planner._errors import PlannerError
from planner._messages import Message
from planner.tasks.run import TakenOver, run_job
from planner.tasks.store import LEASE_SECONDS, Job, Store
from planner.tasks.warming import warm_up_beside

_log = logging.getLogger("planner.tasks")
POLL_SECONDS = 0.2


def work(store: Store, worker: str, stop: threading.Event) -> None:
    """Carry out jobs until ``stop`` is set."""
    while not stop.is_set():
        job = store.claim(worker)
        if job is None:
            stop.wait(POLL_SECONDS)
        else:
            _carry_out(store, worker, job)


def _carry_out(store: Store, worker: str, job: Job) -> None:
    """Run one job with its lease kept alive; errors become sentences."""
    ended = threading.Event()

    def keep_lease() -> None:
        while not ended.wait(store.lease_seconds / 4):
            store.renew(job.id, worker)

    keeper = threading.Thread(target=keep_lease, daemon=True)
    keeper.start()
    began = time.monotonic()
    errors: tuple[str, ...] = ()
    try:
        run_job(store, worker, job)
    except TakenOver:
        _log.info("job %s was taken over", job.id)
        return
    except PlannerError as error:
        errors = tuple(str(message) for message in error.messages)
    except Exception as error:
        _log.exception("job %s failed", job.id)
        errors = (str(Message("tasks.failed", {"kind": type(error).__name__, "job": job.id})),)
    finally:
        ended.set()
        keeper.join()
    store.finish(job.id, worker, errors)
    _log.info("job %s %s in %.1f s", job.id, "failed" if errors else "done", time.monotonic() - began)


def main() -> None:
    """Command line of the worker process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--lease", type=float, default=LEASE_SECONDS)
    given = parser.parse_args()
    store = Store(given.store, given.lease)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    # Process ids are used again; the name of a worker is not.
    worker = f"{os.getpid()}-{secrets.token_hex(4)}"

    def until_launcher_is_gone() -> None:
        while sys.stdin.buffer.read(1):
            pass
        # A solve under way is dropped and goes back to the queue, for the worker of the next launcher.
        store.release(worker)
        os._exit(0)

    threading.Thread(target=until_launcher_is_gone, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)
    warm_up_beside()
    work(store, worker, threading.Event())


if __name__ == "__main__":
    main()
