"""The second chain of the search: the same moves from other random numbers, in a process of its own.

Both chains meet at fixed points, where the one that is behind goes on from the other's best rota. Where
no process can be started or it is lost, the same chain runs here: the same rotas, only later.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import BinaryIO, cast

import numpy as np

from planner.scheduling.crew import Crew
from planner.scheduling.freight import Arrays, can_travel, packed, receive, send
from planner.scheduling.lagrange import Priced
from planner.scheduling.problem import IsCancelled
from planner.scheduling.search import Search
from planner.scheduling.tally import tour_of

POLL_SECONDS = 0.02
GRACE_SECONDS = 0.3
SECOND = 1
"""Number of the second chain; the first is 0."""


@dataclass(frozen=True, eq=False)
class Kept:
    """The best rota of a chain: option and break of each worker and day, cents of each worker's own."""

    cost: int
    options: np.ndarray
    breaks: np.ndarray
    own: np.ndarray

    @classmethod
    def of(cls, search: Search) -> Kept:
        """Of a search."""
        shape = (len(search.best), -1)
        options = np.array([tour.options for tour in search.best], np.int64).reshape(shape)
        breaks = np.array([tour.breaks for tour in search.best], np.int64).reshape(shape)
        own = np.array([tour.own_cents for tour in search.best], np.int64)
        return cls(search.best_cost, options, breaks, own)

    def taken_over(self, search: Search) -> None:
        """A search goes on from it."""
        tours = []
        for worker, options, breaks, own in zip(
            search.workers, self.options, self.breaks, self.own.tolist(), strict=True
        ):
            where = np.zeros(len(worker.cents), np.int64)
            where[options[options >= 0]] = breaks[options >= 0]
            tours.append(tour_of(worker, options, where, own, search.crew.grid.cells))
        search.go_on_from(tours)


@dataclass(frozen=True, eq=False)
class Round:
    """What a chain does until both meet again.

    Attributes
    ----------
    moves: their number. seconds: or until so many are gone; None: by moves. begin, end: share of the budget
        that is spent before and after. start: rota to go on from; None: its own. prices: to be guided by from
        now on.
    """

    moves: int
    seconds: float | None
    begin: float
    end: float
    start: Kept | None = None
    prices: Priced | None = None

    def share(self, done: int, seconds: float) -> float:
        """Share of the round that is done after so many moves and seconds."""
        if self.seconds is None:
            return done / self.moves if self.moves else 1.0
        return seconds / max(1e-9, self.seconds)


def run(search: Search, task: Round, is_cancelled: IsCancelled) -> int:
    """One round of a chain; the number of moves."""
    take_up(search, task)
    began, done = perf_counter(), 0
    while search.workers and not is_cancelled():
        share = task.share(done, perf_counter() - began)
        if share >= 1:
            break
        search.step(task.begin + (task.end - task.begin) * share)
        done += 1
    return done


def take_up(search: Search, task: Round) -> None:
    """What a chain takes over before a round."""
    if task.start is not None:
        task.start.taken_over(search)
    if task.prices is not None:
        search.guide(task.prices)


class Rival:
    """The second chain, from this side.

    Parameters
    ----------
    crew, seed: of the search. alone: never start a process.
    """

    def __init__(self, crew: Crew, seed: int, alone: bool = False) -> None:
        self._crew = crew
        self._seed = seed
        self._told: list[Round] = []
        self._here: Search | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._answer: list[Kept] = []
        self._listener: Thread | None = None
        if not alone and can_travel(crew):
            self._launch()

    @property
    def apart(self) -> bool:
        """Whether it runs in a process of its own."""
        return self._process is not None

    def begin(self, task: Round) -> None:
        """Let it work on a round."""
        self._told.append(task)
        if self._process is not None:
            self._listener = Thread(target=self._listen, args=(task,), daemon=True, name="second chain")
            self._listener.start()

    @property
    def busy(self) -> bool:
        """Whether it is still at work in its process."""
        return self._listener is not None and self._listener.is_alive()

    def meet(self, is_cancelled: IsCancelled, by_clock: bool = False) -> Kept | None:
        """Its best rota after the round; None if cancelled.

        Parameters
        ----------
        by_clock: do not wait for it much longer, and make up for nothing: None then too.
        """
        waited = perf_counter()
        while self.busy:
            if is_cancelled() or (by_clock and perf_counter() - waited > GRACE_SECONDS):
                return None
            assert self._listener is not None
            self._listener.join(POLL_SECONDS)
        self._listener = None
        if self._answer:
            return self._answer.pop()
        self.end()
        return None if by_clock else self._catch_up(is_cancelled)

    def end(self) -> None:
        """Nobody waits for it any more."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
            self._process = None

    def _catch_up(self, is_cancelled: IsCancelled) -> Kept | None:
        """The rounds that were told, here; all again where a process had begun with them."""
        tasks = self._told if self._here is None else self._told[-1:]
        self._here = self._here or Search(self._crew, self._seed, SECOND)
        for task in tasks:
            run(self._here, task, is_cancelled)
            if is_cancelled():
                return None
        return Kept.of(self._here)

    def _launch(self) -> None:
        places = [place or os.getcwd() for place in sys.path]
        program = [sys.executable, "-P", str(Path(__file__).with_name("chain_child.py")), *places]
        try:
            self._process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError:
            return

    def _listen(self, task: Round) -> None:
        """Send a round, wait for the answer; nothing arrives where the process was lost."""
        process = self._process
        assert process is not None
        try:
            stdin, stdout = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
            if len(self._told) == 1:
                head, arrays = packed(self._crew)
                send(stdin, {**head, "seed": self._seed, "number": SECOND}, arrays)
            send(stdin, *told(task))
            answer = receive(stdout)
        except (OSError, ValueError):
            return
        if answer is not None:
            self._answer.append(Kept(answer[0]["cost"], *answer[1]))


def told(task: Round) -> tuple[dict[str, object], Arrays]:
    """A round as a message."""
    head: dict[str, object] = {"moves": task.moves, "seconds": task.seconds}
    head |= {"begin": task.begin, "end": task.end}
    arrays: Arrays = []
    if task.start is not None:
        head["cost"] = task.start.cost
        arrays += [task.start.options, task.start.breaks, task.start.own]
    if task.prices is not None:
        head["fine"] = task.prices.fine
        arrays.append(task.prices.cells)
    return head, arrays


def heard(head: dict[str, object], arrays: Arrays) -> Round:
    """The round of a message."""
    numbers = cast("dict[str, float]", head)
    start = Kept(int(numbers["cost"]), *arrays[:3]) if "cost" in head else None
    prices = Priced(arrays[-1], 0.0, fine=int(numbers["fine"])) if "fine" in head else None
    seconds = cast("float | None", head["seconds"])
    return Round(int(numbers["moves"]), seconds, numbers["begin"], numbers["end"], start, prices)
