"""Instances like the public ones, of any size, drawn from a seed: demand close to what the people can work.

python -m tests.bench.shift_scheduling_similar PEOPLE TYPES DAYS SEED > FILE
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

REST_MINUTES = 11 * 60
DAY_MINUTES = 24 * 60
WEEKEND_SHARE = 0.44
"""Of the people on duty on a day of a weekend, where each may work half of the weekends."""

PART_TIME = 0.25
LENGTHS = (480, 480, 480, 720, 600, 540, 360)


@dataclass(frozen=True)
class Type:
    """A shift: minutes after midnight at which it starts, and its length."""

    name: str
    start: int
    minutes: int

    def stops(self, after: Type) -> bool:
        """Whether this leaves too little rest before a shift of the next day."""
        return DAY_MINUTES + after.start - self.start - self.minutes < REST_MINUTES


def similar(people: int, types: int, days: int, seed: int) -> str:
    """The text of an instance."""
    random = np.random.default_rng(np.random.SeedSequence((seed, people, types, days)))
    kinds = _types(types)
    staff = [_person(random, number, kinds, days) for number in range(people)]
    minutes = sum(int(row.split(",")[2]) for row in staff) * 0.95
    off = [_days_off(random, days) for _number in range(people)]
    wishes = list(_requests(random, off, kinds, days))
    return "\n".join(
        [
            "SECTION_HORIZON",
            str(days),
            "SECTION_SHIFTS",
            *(f"{a.name},{a.minutes},{'|'.join(b.name for b in kinds if a.stops(b))}" for a in kinds),
            "SECTION_STAFF",
            *staff,
            "SECTION_DAYS_OFF",
            *(f"P{number},{text}" for number, text in enumerate(off)),
            "SECTION_SHIFT_ON_REQUESTS",
            *(row for on, row in wishes if on),
            "SECTION_SHIFT_OFF_REQUESTS",
            *(row for on, row in wishes if not on),
            "SECTION_COVER",
            *_cover(random, people, kinds, days, minutes),
            "",
        ]
    )


def _types(number: int) -> list[Type]:
    starts = np.linspace(6 * 60, 22 * 60, number).round(-1).astype(int).tolist()
    return [Type(f"T{i}", start, LENGTHS[i % len(LENGTHS)]) for i, start in enumerate(starts)]


def _person(random: np.random.Generator, number: int, kinds: Sequence[Type], days: int) -> str:
    some = (0, days // 3, days)
    most = [
        f"{kind.name}={days if i == number % len(kinds) or random.random() < 0.8 else 0}"
        for i, kind in enumerate(kinds[:-1])
    ]
    most.append(f"{kinds[-1].name}={some[int(random.integers(3))]}")
    part = random.random() < PART_TIME
    high = (4320 if part else 8640) * days // 28
    low = (3240 if part else 7560) * days // 28
    long_ = random.random() < 0.3
    rows, least, off = (6, 2, 3) if long_ else (5, 1 if part else 2, 2)
    weekends = max(1, days // 14 + int(part))
    return f"P{number},{'|'.join(most)},{high},{low},{rows},{least},{off},{weekends}"


def _days_off(random: np.random.Generator, days: int) -> str:
    number = int(random.integers(1, 4))
    first = int(random.integers(days - number))
    return ",".join(str(first + i) for i in range(number))


def _requests(
    random: np.random.Generator, off: Sequence[str], kinds: Sequence[Type], days: int
) -> Iterator[tuple[bool, str]]:
    """Blocks of days on which somebody wants a shift, or wants none of it; at most one wish a day."""
    for number, text in enumerate(off):
        taken = np.zeros(days, bool)
        taken[[int(day) for day in text.split(",")]] = True
        for _block in range(max(2, days // 7)):
            kind = kinds[int(random.integers(len(kinds)))].name
            length, weight, on = int(random.integers(1, 5)), int(random.integers(1, 4)), random.random() < 0.6
            first = int(random.integers(days - length))
            for day in range(first, first + length):
                if not taken[day]:
                    yield on, f"P{number},{day},{kind},{weight}"
                taken[day] = True


def _cover(
    random: np.random.Generator, people: int, kinds: Sequence[Type], days: int, minutes: float
) -> Iterator[str]:
    """People asked by day and shift: shares of types, rounded by chance so that the total is right."""
    shares = random.uniform(0.6, 1.4, len(kinds))
    shares /= shares.sum()
    length = float(shares @ np.array([kind.minutes for kind in kinds]))
    weekend = np.array([day % 7 >= 5 for day in range(days)])
    on_weekend = WEEKEND_SHARE * people
    on_weekday = (minutes / length - on_weekend * weekend.sum()) / (~weekend).sum()
    for day in range(days):
        total = on_weekend if weekend[day] else on_weekday
        for kind, share in zip(kinds, shares, strict=True):
            asked = int(total * share * random.uniform(0.85, 1.15) + random.random())
            yield f"{day},{kind.name},{asked},100,1"


if __name__ == "__main__":
    print(similar(*(int(word) for word in sys.argv[1:5])), end="")
