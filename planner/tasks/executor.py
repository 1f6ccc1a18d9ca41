"""Who carries out jobs: one interface, and plain subprocesses of this machine behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Protocol

from planner.tasks.store import Store


class Executor(Protocol):
    """Keeps workers alive for a store; jobs themselves are only ever read from the store."""

    def start(self) -> None:
        """Begin to work."""

    def stop(self) -> None:
        """End the workers; their jobs go back to the queue."""


class LocalExecutor:
    """Worker subprocesses tied to this process by their standard input: end of file ends them.

    A worker that dies is replaced; its job goes on in the next one when the lease runs out.
    """

    def __init__(self, store: Store, workers: int = 1) -> None:
        self.store = store
        self.workers = workers
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
        while not self._stopping.is_set():
            with self._lock:
                if self._stopping.is_set():
                    return
                process = _worker(self.store.folder)
                self._running.append(process)
            process.wait()
            with self._lock:
                self._running.remove(process)
            self._stopping.wait(0.5)

    def stop(self) -> None:
        """End the workers and wait for them."""
        with self._lock:
            self._stopping.set()
            processes = list(self._running)
        for process in processes:
            if process.stdin:
                process.stdin.close()
        for process in processes:
            try:
                process.wait(timeout=5.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for thread in self._threads:
            thread.join(timeout=5.0)


def _worker(store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "planner.tasks.worker", "--store", str(store)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
