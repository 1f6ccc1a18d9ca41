"""Bars of the design's table, and whether a measurement keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

Row = Mapping[str, float | int | None]


class Bar(NamedTuple):
    """One bar: a value, and what it must and should be.

    Attributes
    ----------
    what: in words. value: measured. must, ambitious: (lowest, highest), both included.
    """

    what: str
    value: float | None
    must: tuple[float, float]
    ambitious: tuple[float, float]

    @property
    def told(self) -> str:
        """How it stands."""
        if self.value is None:
            return "not measured"
        for name in ("ambitious", "must"):
            low, high = getattr(self, name)
            if low <= self.value <= high:
                return f"met ({name})"
        return "SHORT"


def _most(must: float, ambitious: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (0.0, must), (0.0, ambitious)


def sumo_bars(queues: Mapping[str, Mapping[str, Row]]) -> Iterator[Bar]:
    """Bars on the six Mozilla Support series."""
    firefox, thunderbird = queues["firefox en-US"], queues["thunderbird en-US"]
    yield Bar("firefox en-US daily WAPE %", _percent(firefox["day"]), *_most(16.8, 15.5))
    yield Bar("firefox en-US weekly WAPE %", _percent(firefox["week"]), *_most(11.5, 10.0))
    yield Bar("firefox en-US hourly WAPE %", _percent(firefox["hour"]), *_most(54.0, 53.2))
    yield Bar("firefox en-US hourly floor", firefox["hour"]["noise_floor_ratio"], *_most(1.11, 1.08))
    yield Bar("thunderbird en-US daily WAPE %", _percent(thunderbird["day"]), *_most(22.8, 21.5))
    yield Bar("thunderbird en-US hourly floor", thunderbird["hour"]["noise_floor_ratio"], *_most(1.08, 1.065))
    for name, grains in queues.items():
        if not name.endswith("en-US"):
            yield Bar(f"{name} hourly floor", grains["hour"]["noise_floor_ratio"], *_most(1.03, 1.02))
            yield Bar(f"{name} hourly deviance", grains["hour"]["deviance_ratio"], *_most(1.08, 1.05))
    for name, grains in queues.items():
        yield Bar(f"{name} daily to last week", grains["day"]["to_last_week"], *_most(0.83, 0.78))
    yield from coverage_bars(queues)


def counts_bars(pooled: Mapping[str, Row], queues: Mapping[str, Mapping[str, Row]]) -> Iterator[Bar]:
    """Bars on any file of counts: errors pooled over its queues, bands of each."""
    hourly = pooled.get("hour (dense)") or pooled["hour"]
    yield Bar("hourly to last week, pooled", hourly["to_last_week"], *_most(0.73, 0.71))
    yield Bar("daily to last week, pooled", pooled["day"]["to_last_week"], *_most(0.83, 0.78))
    yield from coverage_bars(queues)


def coverage_bars(queues: Mapping[str, Mapping[str, Row]]) -> Iterator[Bar]:
    """Bands at hour, shift and day."""
    for name, grains in queues.items():
        for grain in ("hour", "shift", "day"):
            row = grains[grain]
            yield Bar(f"{name} {grain} inside 80 %", row["coverage80"], (0.75, 0.90), (0.77, 0.86))
            yield Bar(f"{name} {grain} inside 95 %", row["coverage95"], (0.92, 0.985), (0.93, 0.97))


def time_bars(one_queue: float, back_test: float) -> Iterator[Bar]:
    """Seconds of processor time."""
    yield Bar("one queue, seconds", one_queue, *_most(0.3, 0.05))
    yield Bar("back-test of one queue, seconds", back_test, *_most(5.0, 1.0))


def as_rows(bars: Sequence[Bar]) -> list[dict[str, object]]:
    """Bars for JSON."""
    return [
        {"what": bar.what, "value": bar.value, "must": bar.must, "ambitious": bar.ambitious, "told": bar.told}
        for bar in bars
    ]


def _percent(row: Row) -> float | None:
    wape = row["wape"]
    return None if wape is None else 100 * wape
