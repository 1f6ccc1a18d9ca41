"""Back-test on any file of counts, or on the Mozilla Support counts at the origins of the design's table.

``python -m tests.bench.forecast ../shared/data/real/sumo_hourly_long.csv.gz --json``
``python -m tests.bench.forecast calls.csv --zone Europe/Rome --country IT``

A file of counts has the columns ``interval_start, queue, arrivals``: intervals of 5, 15, 30 or 60 minutes,
stamps with an offset or on the clock of ``--zone``, all rows or only those with arrivals. It is read as a
user's would be; nothing is tuned to it. Errors are added up per queue and over all queues, against "same hour
last week" and the "mean of 8 weeks"; hours that a queue could not be reached count nowhere in the bands.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from planner._errors import HistoryError
from planner.demand import ForecastAsks
from planner.demand.backtesting.trials import Trial, trials_of
from planner.demand.forecasting import fitted, pasts_of
from tests.bench.forecast_bars import Bar, as_rows, counts_bars, sumo_bars, time_bars
from tests.bench.forecast_file import SUMO_HEADER, Series, counts_series, header_of, sumo_series
from tests.bench.forecast_scores import pooled, sums_of

ORIGINS = 13
SHOWN = (
    ("wape", "WAPE", 100), ("bias", "bias", 100),
    ("to_last_week", "/last", 1), ("to_eight_weeks", "/8 wk", 1),
    ("noise_floor_ratio", "floor", 1), ("deviance_ratio", "dev", 1), ("coverage80", "in 80", 1),
    ("coverage95", "in 95", 1), ("mean", "mean", 1),
)  # fmt: skip


def measure(
    series: Sequence[Series], left: Mapping[str, str] | None = None, *, sumo: bool = False
) -> dict[str, object]:
    """Scores of every series, all of them together, and the bars; series too short to test are left out."""
    tested, seconds, kept = [], [], []
    left = dict(left or {})
    for one in series:
        try:
            trials, took = _trials(one)
        except HistoryError as error:
            left[one.queue.name] = str(error)
            continue
        kept.append(one)
        tested.append(sums_of(trials))
        seconds.append(took)
    queues = {
        one.queue.name: {grain: sums.row() for grain, sums in grains.items()}
        for one, grains in zip(kept, tested, strict=True)
    }
    together = {grain: sums.row() for grain, sums in pooled(tested).items()}
    bars: list[Bar] = []
    if kept:
        bars += sumo_bars(queues) if sumo else counts_bars(together, queues)
        bars += time_bars(max(one for one, _ in seconds), max(test for _, test in seconds))
    return {
        "queues": queues,
        "pooled": together,
        "seconds": {
            one.queue.name: {"fit": round(fit, 3), "back_test": round(test, 3)}
            for one, (fit, test) in zip(kept, seconds, strict=True)
        },
        "left_out": left,
        "bars": as_rows(bars),
    }


def _trials(one: Series) -> tuple[tuple[Trial, ...], tuple[float, float]]:
    """Trials of a series; processor seconds of one forecast's fit and of the whole back-test."""
    asks = ForecastAsks()
    past = pasts_of(one.history, [one.queue], one.zone, one.holidays, asks)[0]
    started = time.process_time()
    fitted(past)
    fit = time.process_time() - started
    started = time.process_time()
    trials = trials_of(past, asks, one.origins)
    return trials, (fit, time.process_time() - started)


def _series(arguments: argparse.Namespace) -> tuple[list[Series], dict[str, str], bool]:
    if header_of(arguments.file) == SUMO_HEADER:
        return sumo_series(arguments.file), {}, True
    origins: int | tuple[date, ...] = arguments.origins
    if arguments.first_origin:
        first = date.fromisoformat(arguments.first_origin)
        origins = tuple(first + timedelta(days=arguments.apart * index) for index in range(arguments.origins))
    return *counts_series(arguments.file, arguments.zone, arguments.country, origins), False


def show(found: dict) -> None:
    """Print scores and bars as tables."""
    print(f"{'':22} {'grain':13}" + "".join(f"{title:>9}" for _, title, _ in SHOWN))
    for name, grains in (*found["queues"].items(), ("ALL QUEUES", found["pooled"])):
        for grain, row in grains.items():
            cells = "".join(
                f"{'-':>9}" if row[key] is None else f"{factor * row[key]:9.3f}" for key, _, factor in SHOWN
            )
            print(f"{name:22} {grain:13}{cells}")
    for name, took in found["seconds"].items():
        print(f"{name:22} fit {took['fit']:.3f} s, back-test {took['back_test']:.3f} s")
    for name, why in found["left_out"].items():
        print(f"{name:22} left out: {why}")
    for bar in found["bars"]:
        value = "-" if bar["value"] is None else f"{bar['value']:.3f}"
        (low, must), (floor, wish) = bar["must"], bar["ambitious"]
        limits = f"<= {must}, {wish}" if not low else f"{low}-{must}, {floor}-{wish}"
        print(f"{bar['what']:45} {value:>8}  {limits:24} {bar['told']}")


def main(words: Sequence[str] | None = None) -> None:
    """Print the scores as tables or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--zone", help="clock of days and hours; default: the one that the stamps show")
    parser.add_argument("--country", help="whose public holidays are told, such as IT or PT-11")
    parser.add_argument("--origins", type=int, default=ORIGINS, help="how many days to forecast from")
    parser.add_argument(
        "--first-origin", help="first of these days; default: the last ones that leave 4 weeks"
    )
    parser.add_argument("--apart", type=int, default=28, help="days between them, with --first-origin")
    arguments = parser.parse_args(words)
    series, left, sumo = _series(arguments)
    found = measure(series, left, sumo=sumo)
    if arguments.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)


if __name__ == "__main__":
    main()
