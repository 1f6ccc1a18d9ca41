"""What stands in the mapped columns of a file: samples, words, first and last stamp; no row is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

import numpy as np

from planner.demand.intake.entries import Batch
from planner.demand.intake.folding import plain
from planner.demand.intake.forms import Forms
from planner.demand.intake.guessing import meanings
from planner.demand.intake.looks import Met
from planner.demand.intake.showing import may_be_shown
from planner.demand.intake.stamps import read_stamp, shown
from planner.demand.profiles import Layout

SAMPLES = 5
MOST_WORDS = 40
_WORD_KEYS = ("queue", "language", "channel", "direction")


class Gatherer:
    """What was met in the mapped columns: samples, words, first and last stamp; no row is kept."""

    def __init__(self, layout: Layout, forms: Forms) -> None:
        self._forms = forms
        self._tagged = layout.tagged
        self._layout = layout
        self._samples: dict[str, dict[str, None]] = {}
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
                continue
            sample = self._samples.setdefault(key, {})
            for cell in islice((cell.strip() for cell in cells if cell.strip()), 20):
                if len(sample) < SAMPLES and self._shows(key, cell):
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

    def _shows(self, key: str, cell: str) -> bool:
        """Whether a value without words may be shown: a time or a number, as those columns hold."""
        if key == "stamp" and read_stamp(cell, self._forms.form.order) is not None:
            return True
        return "@" not in cell and any(sign.isdigit() for sign in cell)

    def samples(self) -> Mapping[str, tuple[str, ...]]:
        """A few values of each column, the first ones that may be shown."""
        found = {key: tuple(values) for key, values in self._samples.items()}
        for key, counted in self._words.items():
            own = self._own(key)
            words = (word for word, rows in counted.items() if word and may_be_shown(key, word, rows, own))
            found[key] = tuple(islice(words, SAMPLES))
        return found

    def _own(self, key: str) -> frozenset[str]:
        """Words that the user has explained."""
        return frozenset(map(plain, self._layout.words.get(f"{key}s", {})))

    def words(self) -> tuple[tuple[Met, ...], Mapping[str, int]]:
        """Words of few columns of few words, the usual first; and how many of a column are not shown.

        Of tags only those that name a language are met. Words that may not be shown but mean something are
        added up by what they mean, without the word.
        """
        met: list[Met] = []
        hidden: dict[str, int] = {}
        for key, counted in self._words.items():
            found = self._met(key, counted)
            own, tags = self._own(key), key == "language" and self._tagged
            seen = [one for one in found if may_be_shown(key, one.word, one.rows, own)]
            rest = [one for one in found if one not in seen]
            if tags or len(found) > MOST_WORDS:
                seen = [one for one in seen if one.meaning]
            meant: Counter[str] = Counter()
            for one in rest:
                meant[one.meaning] += one.rows if one.meaning else 0
            met += sorted(seen, key=lambda one: (-one.rows, one.word))[:MOST_WORDS]
            met += [Met(key, "", rows, meaning) for meaning, rows in sorted(meant.items()) if meaning]
            if rest and not tags:
                hidden[key] = len(rest)
        return tuple(met), hidden

    def _met(self, key: str, counted: Counter[str]) -> list[Met]:
        tags = key == "language" and self._tagged
        words: Counter[str] = Counter()
        for text, rows in counted.items():
            for word in dict.fromkeys(text.replace(",", " ").split()) if tags else (text,):
                words[word] += rows
        own = self._layout.words.get(f"{key}s", {})
        return [Met(key, word, rows, _meaning(key, own, word, tags)) for word, rows in words.items() if word]


def _meaning(key: str, own: Mapping[str, str], word: str, tag: bool) -> str:
    if key == "queue":
        return {name.casefold(): meaning for name, meaning in own.items()}.get(word.casefold(), "")
    return "" if key == "direction" else meanings(key, own, word, tag)
