"""Cells of tags or topics, as numbers of sets that are kept once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from planner.demand.intake.folding import plain
from planner.demand.intake.tally import Tally

MOST_LABELS = 24
MOST_LETTERS = 60
_MARKS = re.compile(r"[,;|\n]+")
_TAG_WORDS = ("tag", "label", "etich", "etiq", "schlagw", "stichw")


class TagCells:
    """Reads batches of cells.

    Tags are parted by commas, semicolons, bars and, where the title says that they are tags, by blanks;
    topics may have blanks inside.

    Parameters
    ----------
    title: of the column.
    tally: where the sets are kept.
    """

    def __init__(self, title: str, tally: Tally) -> None:
        self._blanks = any(word in plain(title) for word in _TAG_WORDS)
        self._tally = tally
        self._known: dict[str, int] = {}

    def read(self, cells: Sequence[str], size: int) -> np.ndarray:
        """Number of each cell's set, -1 where there is none; all of them if the file has no such column."""
        if not cells:
            return np.full(size, -1, dtype=np.int64)
        self._tally.has_labels = True
        known = self._known
        found = []
        for cell in cells:
            number = known.get(cell)
            found.append(self._number(cell) if number is None else number)
        return np.array(found, dtype=np.int64)

    def _number(self, cell: str) -> int:
        number = self._tally.label_set(self.labels_in(cell))
        if len(self._known) < 200_000:
            self._known[cell] = number
        return number

    def labels_in(self, cell: str) -> tuple[str, ...]:
        """The different tags of a cell, in order of the alphabet."""
        parts = (part for mark in _MARKS.split(cell) for part in self._parted(mark))
        tidy = (" ".join(part.split())[:MOST_LETTERS] for part in parts)
        return tuple(sorted({part for part in tidy if part})[:MOST_LABELS])

    def _parted(self, mark: str) -> list[str]:
        """Tags parted by blanks are in small letters; what has capitals may be a name and stays whole."""
        return mark.split() if self._blanks and mark == mark.lower() else [mark]
