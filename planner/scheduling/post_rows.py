"""Posts as rows of numbers: one for each post and day, for everything that counts people on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.people import Skills
from planner.requirement import Need

if TYPE_CHECKING:
    from planner.scheduling.cpsat_people import Choice


@dataclass(frozen=True, eq=False)
class PostRows:
    """What the posts of a need ask, a row for each post and day (all days of the first post come first).

    Attributes
    ----------
    need: whose posts they are.
    required, missing_cents, extra_cents: as in ``Post``, shape (rows,).
    intervals: planning intervals that somebody missing stands for (paid hours), shape (rows,).
    """

    need: Need
    required: np.ndarray
    missing_cents: np.ndarray
    extra_cents: np.ndarray
    intervals: np.ndarray

    @classmethod
    def of(cls, need: Need) -> PostRows:
        """The rows of a need; none where it has no posts."""
        hours = [np.full(len(post.required), post.hours) for post in need.posts]
        return cls(
            need,
            _joined([post.required for post in need.posts]),
            _joined([post.missing_cents for post in need.posts]),
            _joined([post.extra_cents for post in need.posts]),
            np.concatenate([np.zeros(0), *hours]) * 60 / need.interval_minutes,
        )

    def hours_only(self, missing_cents: int) -> PostRows:
        """The same with missing people priced by the hours of their shifts, and nobody too many."""
        cents = np.floor(self.intervals * missing_cents).astype(np.int64)
        return replace(self, missing_cents=cents, extra_cents=np.zeros_like(cents))

    def __len__(self) -> int:
        return len(self.required)

    def cost(self, people: np.ndarray) -> int:
        """Cents of people missing and of people too many; ``people`` on each row."""
        lacking = self.required - people
        return int(np.where(lacking > 0, lacking * self.missing_cents, -lacking * self.extra_cents).sum())

    def missing(self, people: np.ndarray) -> float:
        """People times intervals missing."""
        return float((np.maximum(self.required - people, 0) * self.intervals).sum())

    def worth(self, people: np.ndarray) -> np.ndarray:
        """Cents that one more person on each row saves, and a last 0 for options that count nowhere."""
        found = np.zeros(len(self) + 1, np.int64)
        found[:-1] = np.where(people < self.required, self.missing_cents, -self.extra_cents)
        return found

    def priced(self, prices: np.ndarray, labour: bool, missing_cents: int) -> np.ndarray:
        """Whole-cent prices between those of one too many and of one missing, with a last 0.

        Without ``labour`` only people missing count, by the hours of their shifts.
        """
        found = np.zeros(len(self) + 1, np.int64)
        if len(prices) == len(self):
            rows = self if labour else self.hours_only(missing_cents)
            found[:-1] = np.clip(np.rint(prices).astype(np.int64), -rows.extra_cents, rows.missing_cents)
        return found

    def marks(self, choices: Sequence[Choice], eligible: Mapping[str, Sequence[int]]) -> np.ndarray:
        """The rows that each choice counts on, padded with the number of rows, shape (choices, most)."""
        if not self.need.posts:
            return np.zeros((len(choices), 0), np.int64)
        day_rows, at = [], 0
        for post in self.need.posts:
            day_rows.append((post.shift, at, len(post.required)))
            at += len(post.required)
        found = [
            [
                first + choice.option.day
                for p in eligible.get(choice.option.kind, ())
                for shift, first, days in (day_rows[p],)
                if shift == choice.option.name and 0 <= choice.option.day < days
            ]
            for choice in choices
        ]
        most = max((len(rows) for rows in found), default=0)
        padded = [rows + [at] * (most - len(rows)) for rows in found]
        return np.array(padded, np.int64).reshape(len(found), most)


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int64)


def eligible_for(need: Need, skills_: Skills, agent: str, kinds: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Per kind of duty, indices of the posts on which somebody counts."""
    return {
        kind: tuple(
            p
            for p, post in enumerate(need.posts)
            if not post.queues or agent in skills_.of_set(post.queues, kind)
        )
        for kind in kinds
    }
