"""The loop of a worker: claim, carry out, keep, again."""

from __future__ import annotations

import logging
import secrets
import threading
import time

from planner._errors import PlannerError, TaskError
from planner._messages import Message
from planner.tasks.interface import Working
from planner.tasks.job import Job
from planner.tasks.reporter import TakenOver
from planner.tasks.run import NothingKept, for_people, run_job

_log = logging.getLogger("planner.tasks")
POLL_SECONDS = 0.2
TROUBLE_SECONDS = 2.0
TIDY_EVERY_SECONDS = 3600.0


def work(store: Working, worker: str, stop: threading.Event) -> None:
    """Carry out jobs until ``stop`` is set; trouble with the store is logged, and waited for to pass."""
    tidied = float("-inf")
    while not stop.is_set():
        try:
            job = store.claim(worker)
            if job is not None:
                _carry_out(store, worker, job)
                continue
            if time.monotonic() - tidied > TIDY_EVERY_SECONDS:
                tidied = time.monotonic()
                store.tidy()
            stop.wait(POLL_SECONDS)
        except TaskError:
            _log.exception("the store is in trouble")
            stop.wait(TROUBLE_SECONDS)


def _carry_out(store: Working, worker: str, job: Job) -> None:
    """Run one job with its lease kept alive; errors become sentences."""
    ended = threading.Event()

    def keep_lease() -> None:
        while not ended.wait(store.lease_seconds / 4):
            try:
                store.renew(job.id, worker)
            except TaskError:  # a full disk may have room again before the lease runs out
                _log.exception("the lease of job %s could not be renewed", job.id)

    keeper = threading.Thread(target=keep_lease, daemon=True)
    keeper.start()
    began = time.monotonic()
    errors: tuple[str, ...] = ()
    ended_here = True
    cancelled = False
    try:
        ended_here = run_job(store, worker, job)
    except TakenOver:
        _log.info("job %s was taken over", job.id)
        return
    except NothingKept:
        cancelled = True
    except PlannerError as error:
        errors = tuple(for_people(str(message)) for message in error.messages)
    except OSError as error:
        _log.exception("job %s failed", job.id)
        values = {"folder": str(error.filename or ""), "reason": error.strerror or type(error).__name__}
        errors = (str(Message("tasks.disk", values)),)
    except Exception as error:
        _log.exception("job %s failed", job.id)
        errors = (str(Message("tasks.failed", {"kind": type(error).__name__, "job": job.id})),)
    finally:
        ended.set()
        keeper.join()
    if ended_here:
        store.finish(job.id, worker, errors, cancelled)
    said = "parted" if not ended_here else "failed" if errors else "done"
    _log.info("job %s %s %s in %.1f s", job.id, job.kind, said, time.monotonic() - began)


def new_name() -> str:
    """Name of a worker; process ids are used again, this is not."""
    return secrets.token_hex(6)
