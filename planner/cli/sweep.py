"""The verb that varies one or two things and plans every combination, side by side within the cores."""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner.cli.asked import add_solving, reporter, scenarios, stop_and_keep, whole_number
from planner.cli.verb import DONE, FINDINGS, Verb

if TYPE_CHECKING:
    from planner.study.sweeps.sweeping import CellMap, Record

POLL_SECONDS = 0.5
MOST_WORKERS = 64
# One cell a core: libraries that would take several cores for one cell are told not to.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _sweep(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder
    from planner.study.sweeps import sweep, sweep_summary, write_sweep

    (scenario,) = scenarios([args.scenario], args)
    refuse_folder(args.out)
    workers = args.workers or cores()
    cell_map: CellMap = map if workers == 1 else side_by_side(workers)
    made = sweep(scenario, args.over, cell_map, reporter(scenario.currency), stop_and_keep())
    write_sweep(made, Path(args.out))
    for line in sweep_summary(made):
        print(line)
    return FINDINGS if any(cell.why for cell in made.cells) else DONE


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(workers: int) -> CellMap:
    """A map over so many processes: results as they are finished, a sign of life in between.

    A process that is lost takes the cells with it that are not finished: they come back with a sentence.
    """

    def run(cell: Callable[[Record], dict[str, Any]], payloads: Sequence[Record]) -> Iterator[Record | None]:
        count = max(1, min(workers, len(payloads)))
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")
        with ProcessPoolExecutor(count, get_context("spawn"), initializer=_leave_stopping) as pool:
            begun = {pool.submit(cell, payload): payload for payload in payloads}
            try:
                while begun:
                    done, _ = wait(begun, POLL_SECONDS, FIRST_COMPLETED)
                    yield None
                    for future in done:
                        yield _result(future.result, begun.pop(future))
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    return run


def _result(result: Callable[[], Record], payload: Record) -> Record:
    try:
        return result()
    except BrokenProcessPool:
        return {"number": payload["number"], "why": [str(Message("sweeps.lost"))]}


def _leave_stopping() -> None:
    """Ctrl+C reaches every process of a terminal; whoever started the cells decides what becomes of them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _workers(text: str) -> int:
    return whole_number(text, 1, MOST_WORKERS)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument(
        "--over",
        action="append",
        required=True,
        metavar="FACTOR",
        help="what to vary, such as volume.by=-20%%,0%%,+20%%; once or twice",
    )
    parser.add_argument("--out", required=True)
    parser.add_argument("--workers", type=_workers, metavar="N", help="processes; default: as many as cores")
    add_solving(parser)


VERBS = (
    Verb(
        "sweep",
        "SCENARIO --over CHANGE.SETTING=V1,V2... [--over ...] --out DIR [--workers N]",
        "a plan for every value of one or two things, against the scenario as it is; exit 1 if one cannot be",
        _arguments,
        _sweep,
    ),
)
