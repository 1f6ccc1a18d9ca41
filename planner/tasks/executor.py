"""Who carries out jobs: one interface, and plain subprocesses of this machine behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Protocol

from planner.tasks.store import Store

PROGRAM = (sys.executable, "-m", "planner.tasks.worker")
SLOWEST_SECONDS = 10.0


class Executor(Protocol):
    """Keeps workers alive for a store; jobs themselves are only ever read from the store."""

    def start(self) -> None:
        """Begin to work."""

    def stop(self) -> None:
        """End the workers; their jobs go back to the queue."""


class LocalExecutor:
    """Worker subprocesses tied to this process by their standard input: end of file ends them.

    A worker that dies is replaced; its job begins again in the next one when the lease runs out.

    Parameters
    ----------
    store: whose jobs are carried out.
    workers: processes at a time.
    program: what starts a worker; it is given ``--store`` and ``--lease``.
    """

    def __init__(self, store: Store, workers: int = 1, program: Sequence[str] = PROGRAM) -> None:
        self.store = store
        self.workers = workers
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
                process = self._launch()
                self._running.append(process)
            began = time.monotonic()
            process.wait()
            with self._lock:
                self._running.remove(process)
                _close(process)
            # One that cannot even start is not tried twice a second for ever.
            pause = 0.5 if time.monotonic() - began > SLOWEST_SECONDS else min(2 * pause, SLOWEST_SECONDS)
            self._stopping.wait(pause)

    def _launch(self) -> subprocess.Popen[bytes]:
        lease = str(self.store.lease_seconds)
        command = [*self.program, "--store", str(self.store.folder), "--lease", lease]
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
