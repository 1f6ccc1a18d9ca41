"""PDLP in a process of its own, so that it never holds up the search and can be ended at any time.

The program at the end is run by path and imports nothing of the planner. Both sides speak plain bytes: a
JSON line of lengths, then the model, the settings and the start, and back two arrays of numbers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import BinaryIO

import numpy as np
from ortools.linear_solver import linear_solver_pb2
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp

Start = tuple[np.ndarray, np.ndarray]


def solve_here(model: bytes, settings: bytes, start: Start | None) -> Start:
    """Primal and dual values by PDLP in this process; model and settings are serialised messages."""
    problem = linear_solver_pb2.MPModelProto.FromString(model)
    begin = None
    if start is not None:
        begin = pdlp.PrimalAndDualSolution()
        begin.primal_solution, begin.dual_solution = start
    found = pdlp.primal_dual_hybrid_gradient(
        pdlp.qp_from_mpmodel_proto(problem, relax_integer_variables=False),
        solvers_pb2.PrimalDualHybridGradientParams.FromString(settings),
        begin,
    )
    return np.asarray(found.primal_solution), np.asarray(found.dual_solution)


class Ended(Exception):
    """The child was ended before it had an answer."""


class Child:
    """Solves in child processes, one after the other, until it is ended; the first starts at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ended = False
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting = self._launched()

    @staticmethod
    def _launched() -> subprocess.Popen[bytes] | None:
        """A process, which loads the solver while the programme is written down."""
        try:
            return subprocess.Popen(
                [sys.executable, "-P", str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError:
            return None

    def solve(self, model: bytes, settings: bytes, start: Start | None) -> Start:
        """As ``solve_here``; where no process can be started, in this one.

        Raises
        ------
        Ended: ``end`` was called meanwhile, or the child was lost.
        """
        with self._lock:
            if self._ended:
                raise Ended
            self._process, self._waiting = self._waiting or self._launched(), None
        if self._process is None:
            return solve_here(model, settings, start)
        arrays = [] if start is None else [np.ascontiguousarray(part, np.float64).tobytes() for part in start]
        parts = [model, settings, *arrays]
        lengths = json.dumps([len(part) for part in parts]).encode() + b"\n"
        answer, _nothing = self._process.communicate(lengths + b"".join(parts))
        if self._process.returncode != 0:
            raise Ended
        head, _line, body = answer.partition(b"\n")
        values = np.frombuffer(body, np.float64)
        return values[: json.loads(head)].copy(), values[json.loads(head) :].copy()

    def end(self) -> None:
        """End the child that runs, and start no other."""
        with self._lock:
            self._ended = True
            for process in (self._process, self._waiting):
                if process is not None and process.poll() is None:
                    process.kill()
            if self._waiting is not None:
                _closed(self._waiting)
                self._waiting = None


def _closed(process: subprocess.Popen[bytes]) -> None:
    """Nothing of a process that had no task stays open."""
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Read one task, write its answer."""
    lengths = json.loads(stdin.readline())
    parts = [stdin.read(length) for length in lengths]
    start = (np.frombuffer(parts[2]), np.frombuffer(parts[3])) if len(parts) > 2 else None
    primal, dual = solve_here(parts[0], parts[1], start)
    stdout.write(json.dumps(len(primal)).encode() + b"\n" + primal.tobytes() + dual.tobytes())


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
