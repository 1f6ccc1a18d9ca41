"""Who carries out jobs: plain subprocesses of this machine, or threads of this process."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from planner._errors import TaskError
from planner.tasks.interface import Working
from planner.tasks.store import Store
from planner.tasks.working import new_name, work

_log = logging.getLogger("planner.tasks")
PROGRAM = (sys.executable, "-m", "planner.tasks.worker")
SLOWEST_SECONDS = 10.0
MOST_WORKERS = 4
WORKERS_VARIABLE = "PLANNER_WORKERS"


def usual_workers() -> int:
    """As many as there are cores for this process, at most four; ``PLANNER_WORKERS`` says otherwise."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    said = os.environ.get(WORKERS_VARIABLE, "")
    return max(1, int(said)) if said.isdecimal() else min(cores, MOST_WORKERS)


class LocalExecutor:
    """Worker subprocesses tied to this process by their standard input: end of file ends them.

    A worker that dies is replaced, and its job is given to the next one at once.

    Parameters
    ----------
    store: whose jobs are carried out.
    workers: processes at a time; ``usual_workers`` if None.
    program: what starts a worker; it is given ``--store``, ``--lease`` and ``--worker``.
    """

    def __init__(self, store: Store, workers: int | None = None, program: Sequence[str] = PROGRAM) -> None:
        self.store = store
        self.workers = usual_workers() if workers is None else workers
        self.program = tuple(program)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._running: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the workers; each is watched by a thread that replaces it."""
        for _ in range(self.workers):
            thread = threading.Thread(target=self._watch, daemon=True)
            thread.start()
            self._threads.append(thread)

    def _watch(self) -> None:
        pause = 0.5
        while not self._stopping.is_set():
            with self._lock:
                if self._stopping.is_set():
                    return
                name = new_name()
                process = self._launch(name)
                self._running.append(process)
            began = time.monotonic()
            process.wait()
            with self._lock:
                self._running.remove(process)
                _close(process)
            try:
                self.store.lost(name)
            except TaskError:  # then the lease says it, later
                _log.exception("the jobs of a lost worker could not be given back")
            # One that cannot even start is not tried twice a second for ever.
            pause = 0.5 if time.monotonic() - began > SLOWEST_SECONDS else min(2 * pause, SLOWEST_SECONDS)
            self._stopping.wait(pause)

    def _launch(self, name: str) -> subprocess.Popen[bytes]:
        given = {
            "--store": str(self.store.folder),
            "--lease": str(self.store.lease_seconds),
            "--worker": name,
        }
        command = [*self.program, *(word for pair in given.items() for word in pair)]
        # The launcher's end of the pipe closes with it, however it ends.
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)

    def stop(self) -> None:
        """End the workers and wait for them."""
        with self._lock:
            self._stopping.set()
            processes = list(self._running)
        for process in processes:
            _close(process)
        for process in processes:
            try:
                process.wait(timeout=5.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for thread in self._threads:
            thread.join(timeout=5.0)


def _close(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe that keeps a worker alive."""
    if process.stdin:
        process.stdin.close()


class InlineExecutor:
    """Workers as threads of this process: for tests, and where nothing needs to survive it.

    Parameters
    ----------
    store: whose jobs are carried out. workers: threads at a time.
    """

    def __init__(self, store: Working, workers: int = 1) -> None:
        self.store = store
        self.workers = workers
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads."""
        for _ in range(self.workers):
            given = self.store, new_name(), self._stopping
            thread = threading.Thread(target=work, args=given, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Wait for the jobs at work, and take no other."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
