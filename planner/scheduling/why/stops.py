"""Why nobody more is there: what stops each person who could serve a short set, and what it would save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.rules import Rule
from planner.scheduling.duties import Worker
from planner.scheduling.problem import IsCancelled
from planner.scheduling.why.shortages import Shortage
from planner.scheduling.why.variants import Around, Beside, Variants, best_covering, rules_that_count

How = Literal["rule", "rules", "elsewhere", "nothing", "there", "no shift", "no tour"]
MOST_DAYS = 3
"""Days that a stretch may touch for each of them to be tried; longer ones are left to the best tour."""


@dataclass(frozen=True)
class Stop:
    """What stops one person from being there.

    Attributes
    ----------
    how: "rule": without this one rule the rota would be better with them there; "rules": without these
        together, and none of them alone; "elsewhere": without any rule they would still save more where
        they are; "nothing": they could come and it would pay, the search has not found it; "there": they are
        there already, in all hours that a shift of theirs reaches; "no shift": none reaches there; "no
        tour": their own rules clash.
    rules: those of "rule" and "rules".
    saves: cents that the whole rota would cost less if they were not held to them.
    """

    person: str
    how: How
    rules: tuple[Rule, ...] = ()
    saves: int = 0


class Stops:
    """Asks person by person what stops them; what is compiled for one stretch serves the next.

    Parameters
    ----------
    around: the rota. variants: of its people.
    """

    def __init__(self, around: Around, variants: Variants | None = None) -> None:
        self.around = around
        self._variants = variants or Variants(around.crew)
        self._beside: dict[str, Beside] = {}

    def of(
        self, shortage: Shortage, most_people: int = 60, is_cancelled: IsCancelled | None = None
    ) -> tuple[Stop, ...]:
        """What stops the people who could serve a set from the part of a stretch in which they are away.

        Parameters
        ----------
        most_people: how many are asked, the first of the team. is_cancelled: asked before each of them.
        """
        problem, crew = self.around.crew.problem, self.around.crew
        names = frozenset(shortage.names)
        kinds = sorted({problem.skills.kind[name] for name in names})
        able = {kind: problem.skills.of_set(names, kind) for kind in kinds}
        clashing = {person.name for person in crew.clashing}
        found: list[Stop] = []
        for name in sorted(clashing & frozenset().union(*able.values())):
            found.append(Stop(name, "no tour"))
        asked = 0
        for worker in crew.workers:
            mine = [kind for kind in kinds if worker.person.name in able[kind]]
            if not mine or asked >= most_people:
                continue
            if is_cancelled is not None and is_cancelled():
                break
            asked += 1
            found += self._stops(worker, shortage, mine)
        return tuple(found)

    def _of(self, worker: Worker) -> Beside:
        if worker.person.name not in self._beside:
            self._beside[worker.person.name] = self.around.beside(worker)
        return self._beside[worker.person.name]

    def _wanted(self, shortage: Shortage) -> np.ndarray:
        """Cells in which one more person would have helped."""
        width = self.around.crew.grid.per_interval
        wanted = np.zeros(self.around.crew.grid.cells, bool)
        wanted[shortage.since * width : (shortage.last + 1) * width] = True
        return wanted

    def _covers(self, worker: Worker, wanted: np.ndarray, kinds: Sequence[str]) -> np.ndarray:
        """Options of a person that cover a wanted interval whole."""
        width = self.around.crew.grid.per_interval
        whole = wanted.reshape(-1, width).all(axis=1)
        upto = np.concatenate([[0], np.cumsum(whole)])
        first, last = -(-worker.starts // width), worker.ends // width
        right = np.array([choice.option.kind in kinds for choice in worker.choices], bool)
        return np.asarray((upto[np.maximum(first, last)] > upto[first]) & right)

    def _stops(self, worker: Worker, shortage: Shortage, kinds: Sequence[str]) -> list[Stop]:
        """What stops one person from the part of a stretch in which they are away."""
        name, at = worker.person.name, self._of(worker)
        wanted = self._wanted(shortage)
        if shortage.post >= 0:
            covers = (worker.posts == shortage.post).any(axis=1)
            wanted[:] = False
            if (covers & self.around.taken(worker)).any():
                return [Stop(name, "there")]
        else:
            covers = self._covers(worker, wanted & ~at.present, kinds)
        if not covers.any():
            return [Stop(name, "there" if (wanted & at.present).any() else "no shift")]
        now = self._least(worker, at, covers)
        if now is not None and now < min(at.now, at.best + 1):
            return [Stop(name, "nothing", (), at.now - now)]
        rules = rules_that_count(worker.person, self.around.crew.problem.rules[name])
        alone = [
            Stop(name, "rule", (rule,), saved)
            for rule in rules
            if (saved := self._saved(worker, covers, (rule,)))
        ]
        if alone:
            return alone
        if not rules or not self._saved(worker, covers, rules):
            return [Stop(name, "elsewhere")]
        fewest = rules
        for rule in rules:
            fewer = tuple(other for other in fewest if other != rule)
            if fewer and self._saved(worker, covers, fewer):
                fewest = fewer
        return [Stop(name, "rules", fewest, self._saved(worker, covers, fewest))]

    def _saved(self, worker: Worker, covers: np.ndarray, dropped: tuple[Rule, ...]) -> int:
        """Cents that a tour there without some rules saves against the best of today; 0 if none."""
        at = self._of(worker)
        least = self._least(self._variants.of(worker, dropped), at, covers)
        return 0 if least is None else max(0, at.best - least)

    def _least(self, worker: Worker, at: Beside, covers: np.ndarray) -> int | None:
        """Cents of the best tour that is there; where that may be on many days, of the best tour at all."""
        if len(np.unique(worker.day[covers])) <= MOST_DAYS:
            found = best_covering(worker, at.costs, covers)
            return None if found is None else found.priced_cents
        best: int | None = None
        for day in _spread(np.unique(worker.day[covers]).tolist()):
            found = best_covering(worker, at.costs, covers & (worker.day == day))
            if found is not None and (best is None or found.priced_cents < best):
                best = found.priced_cents
        return best


def _spread(days: Sequence[int]) -> Iterator[int]:
    """A few of the days, the last first: deferred work is most urgent at its end."""
    for number in range(MOST_DAYS):
        yield days[len(days) - 1 - number * (len(days) - 1) // max(1, MOST_DAYS - 1)]
