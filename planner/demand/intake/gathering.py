"""What stands in the mapped columns of a file: samples, words, first and last stamp; no row is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np

from planner.demand.intake.entries import Batch
from planner.demand.intake.forms import Forms
from planner.demand.intake.guessing import meanings
from planner.demand.intake.looks import Met
from planner.demand.intake.stamps import shown
from planner.demand.profiles import Layout

SAMPLES = 5
MOST_WORDS = 40
_MOST_LETTERS = 40
_WORD_KEYS = ("queue", "language", "channel", "direction")


class Gatherer:
    """What was met in the mapped columns: samples, words, first and last stamp; no row is kept."""

    def __init__(self, layout: Layout, forms: Forms) -> None:
        self._forms = forms
        self._tagged = layout.tagged
        self.samples: dict[str, dict[str, None]] = {}
        self._words: dict[str, Counter[str]] = {key: Counter() for key in _WORD_KEYS}
        self.left_out: Counter[str] = Counter()
        self.rows = self.naive = self.with_offset = 0
        self.first: tuple[float, str] = (np.inf, "")
        self.last: tuple[float, str] = (-np.inf, "")

    def take(self, batch: Batch) -> None:
        """Look at a batch."""
        self.rows += len(batch.lines)
        self.left_out.update(batch.dropped.values())
        self.left_out.update(problem.code for problem in batch.problems.values())
        gone = {*batch.dropped, *batch.problems}
        for key, cells in batch.cells.items():
            if key in _WORD_KEYS:
                self._words[key].update(cell.strip() for at, cell in enumerate(cells) if at not in gone)
            sample = self.samples.setdefault(key, {})
            for cell in islice((cell.strip() for cell in cells if cell.strip()), 20):
                if len(sample) < SAMPLES:
                    sample[cell] = None
        read = self._forms.stamp.read(batch.cells["stamp"])
        good = read.day >= 0
        self.naive += int((good & read.naive).sum())
        self.with_offset += int((good & ~read.naive).sum())
        instants = read.day * 86_400.0 + read.second - 60.0 * read.offset
        for at in (
            np.nonzero(good)[0][np.argsort(instants[good], kind="stable")][[0, -1]] if good.any() else ()
        ):
            pair = (float(instants[at]), shown(batch.cells["stamp"][at]))
            self.first, self.last = min(self.first, pair), max(self.last, pair)

    def words(self, layout: Layout) -> Iterator[Met]:
        """Words of few columns of few words, the usual first; of tags only those that name a language."""
        for key, counted in self._words.items():
            tags = key == "language" and self._tagged
            words: Counter[str] = Counter()
            for text, rows in counted.items():
                for word in dict.fromkeys(text.replace(",", " ").split()) if tags else (text,):
                    words[word] += rows
            own = layout.words.get(f"{key}s", {})
            named = [(word, rows, _meaning(key, own, word, tags)) for word, rows in words.items() if word]
            shown_words = [one for one in named if one[2] or (not tags and _harmless(one[0]))]
            if not tags and len(named) > MOST_WORDS:
                shown_words = [one for one in shown_words if one[2]]
            for word, rows, meaning in sorted(shown_words, key=lambda one: (-one[1], one[0]))[:MOST_WORDS]:
                yield Met(key, word, rows, meaning)


def _meaning(key: str, own: Mapping[str, str], word: str, tag: bool) -> str:
    if key == "queue":
        return {name.casefold(): meaning for name, meaning in own.items()}.get(word.casefold(), "")
    return "" if key == "direction" else meanings(key, own, word, tag)


def _harmless(word: str) -> bool:
    """Whether a word may be shown: no address and no number, in a column of few words."""
    return len(word) <= _MOST_LETTERS and "@" not in word and sum(sign.isdigit() for sign in word) < 6
