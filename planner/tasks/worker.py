"""The worker process: claim, plan, keep, again.

Started by an executor as ``python -m planner.tasks.worker --store FOLDER``; it ends when its standard
input does.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import threading
from pathlib import Path

from planner.tasks.store import LEASE_SECONDS, Store
from planner.tasks.tidying import Limits
from planner.tasks.warming import warm_up_beside
from planner.tasks.working import new_name, work


def main() -> None:
    """Command line of the worker process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--lease", type=float, default=LEASE_SECONDS)
    parser.add_argument("--worker", default="")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    store = Store(given.store, given.lease, Limits.of_environment())
    worker = given.worker or new_name()

    def until_launcher_is_gone() -> None:
        while sys.stdin.buffer.read(1):
            pass
        # A solve under way is dropped and goes back to the queue, for the worker of the next launcher.
        try:
            store.release(worker)
        finally:
            os._exit(0)

    threading.Thread(target=until_launcher_is_gone, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)
    warm_up_beside()
    work(store, worker, threading.Event())


if __name__ == "__main__":
    main()
