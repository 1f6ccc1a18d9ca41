"""Back-test on the Mozilla Support counts, at the origins of the design's table.

``python -m tests.bench.forecast ../shared/data/real/sumo_hourly_long.csv.gz --json``
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from planner.clock import PublicHolidays
from planner.demand import HistorySource, Promise, Queue, backtest, read_history

SERIES = (
    ("firefox", "en-US", "US", date(2022, 10, 10), 84),
    ("thunderbird", "en-US", "US", date(2024, 1, 8), 56),
    ("firefox", "it", "IT", date(2022, 10, 10), 84),
    ("firefox", "es", "ES", date(2022, 10, 10), 84),
    ("thunderbird", "it", "IT", date(2024, 1, 8), 56),
    ("thunderbird", "nl", "NL", date(2024, 1, 8), 56),
)
# The table's naive figures come out with 14 Firefox origins; a fifteenth would follow a five-fold shock.
MOST_ORIGINS = 14


def measure(file: Path) -> list[dict[str, object]]:
    """Scores of every series, by grain and method."""
    results: list[dict[str, object]] = []
    for product, locale, place, first, apart in SERIES:
        queue = Queue(f"{product} {locale}", "email", locale, 600, Promise(0.9, 7200))
        mapping = {
            "stamp": "hour_utc",
            "language": "locale",
            "count": "questions",
            "keep": {"product": product},
        }
        as_of = datetime(2026, 3, 1, tzinfo=UTC)
        history = read_history([HistorySource(file, "mapping", "UTC", mapping, as_of=as_of)], [queue], 60)
        origins = [first + timedelta(days=apart * index) for index in range(MOST_ORIGINS)]
        started = time.perf_counter()
        frame = backtest(history, [queue], "UTC", PublicHolidays(place), origins)
        frame["seconds"] = round(time.perf_counter() - started, 2)
        results += frame.to_dict(orient="records")
    return results


def main() -> None:
    """Print the scores as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = measure(arguments.file)
    if arguments.json:
        tidy = [{key: None if value != value else value for key, value in row.items()} for row in results]
        print(json.dumps(tidy, indent=1))
        return
    for row in results:
        print(
            f"{row['queue']:18} {row['grain']:5} {row['method']:20} wape {100 * row['wape']:6.2f} %"
            f"  bias {100 * row['bias']:+5.1f} %  floor ratio {row['noise_floor_ratio']:6.3f}"
            f"  coverage {row['coverage80']:.3f}"
        )


if __name__ == "__main__":
    main()
