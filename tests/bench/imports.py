"""Speed and memory of an import, beside a plain pass of ``csv.reader`` and ``pandas.read_csv``.

``python -m tests.bench.imports --rows 2000000 --json``

Two seeded files are made: 12 columns, and 40 columns as Zendesk's account export has them, with quoted
subjects, tags, three languages, repeated ids and deleted tickets. Every measurement is a process of its own:
wall and CPU seconds, and the peak of its resident memory. The bar: 2 million rows in 30 s and 500 MB.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

WIDE = (
    *("Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email"),
    *("Requester domain", "Submitter", "Assignee", "Group", "Subject", "Tags", "Status", "Priority", "Via"),
    *("Ticket type", "Created at", "Updated at", "Assigned at", "Organization", "Due date"),
    *("Initially assigned at", "Solved at", "Resolution time", "Satisfaction Score", "Group stations"),
    *("Assignee stations", "Reopens", "Replies", "First reply time in minutes"),
    *("First reply time in minutes within business hours", "First resolution time in minutes"),
    *("First resolution time in minutes within business hours", "Full resolution time in minutes"),
    *("Full resolution time in minutes within business hours", "Agent wait time in minutes"),
    *("Agent wait time in minutes within business hours", "Requester wait time in minutes"),
    *("Requester wait time in minutes within business hours", "On hold time in minutes"),
)
NARROW = (
    *("Id", "Requester", "Subject", "Tags", "Status", "Priority", "Via", "Group"),
    *("Created at", "Updated at", "Solved at", "First reply time in minutes"),
)
LANGUAGES = ("italiano", "english", "deutsch")
VIAS = ("Mail", "Mail", "Mail", "Web form", "Chat")
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 92
MEGABYTE = 1 << 20


def cells_of(number: int, rows: int, dice: random.Random) -> dict[str, str]:
    """One ticket, in the order of numbers, spread over three months."""
    at = FIRST + timedelta(seconds=number * DAYS * 86_400 // rows)
    chance = dice.random()
    solved = (at + timedelta(seconds=int(chance * 540_000))).isoformat(" ", "seconds")[:19]
    low = int(chance * 1e9)
    return {
        "Summation column": "1",
        "Id": str(100_000 + (number - 50 if low % 500 == 7 and number > 50 else number)),
        "Requester": f"Requester {number % 7919}",
        "Requester email": f"r{number % 7919}@example.invalid",
        "Subject": f'"Order {number}, where is it?"',
        "Tags": f"{LANGUAGES[low % 3]} topic_{low % 41} plan_{low % 307}",
        "Status": "Deleted" if low % 100 == 3 else "Closed",
        "Priority": "Normal",
        "Via": VIAS[low % 5],
        "Group": "Support",
        "Created at": at.isoformat(" ", "seconds")[:19],
        "Updated at": solved,
        "Solved at": solved,
        "First reply time in minutes": str(1 + low % 700),
    }


def write(file: Path, titles: Sequence[str], rows: int, seed: int = 1) -> None:
    """One made file."""
    dice = random.Random(seed)
    line = ",".join(
        f"{{{title}}}" if title in cells_of(0, 1, dice) else str(at) for at, title in enumerate(titles)
    )
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(",".join(titles) + "\n")
        for number in range(rows):
            text.write(line.format_map(cells_of(number, rows, dice)) + "\n")


def planner_pass(file: Path) -> dict[str, object]:
    """The whole import: counts, panels, report."""
    from planner.demand import HistorySource, Promise, Queue, read_history

    promise = Promise(0.9, 7200)
    queues = [
        Queue(f"{channel} {language}", channel, language, 600, promise)
        for channel in ("email", "chat")
        for language in ("it", "en", "de")
    ]
    source = HistorySource(file, "zendesk", "Europe/Rome", as_of=datetime(2026, 6, 1, tzinfo=UTC))
    report = read_history([source], queues).report
    return {"rows": report.rows_read, "kept": report.rows_kept, "left_out": dict(report.left_out)}


def csv_pass(file: Path) -> dict[str, object]:
    """Baseline: every cell parted, nothing understood."""
    with file.open(encoding="utf-8", newline="") as text:
        return {"rows": sum(1 for _ in csv.reader(text)) - 1}


def pandas_pass(file: Path) -> dict[str, object]:
    """Baseline: the whole table loaded, stamps parsed, counted by hour."""
    import pandas as pd

    frame = pd.read_csv(file)
    hours = pd.to_datetime(frame["Created at"]).dt.floor("h").value_counts()
    return {"rows": len(frame), "hours": len(hours)}


PASSES: dict[str, Callable[[Path], dict[str, object]]] = {
    "planner": planner_pass,
    "csv.reader": csv_pass,
    "pandas.read_csv": pandas_pass,
}


def measured(name: str, file: Path) -> dict[str, object]:
    """One pass in this process, which does nothing else."""
    started, cpu = time.perf_counter(), time.process_time()
    found = PASSES[name](file)
    return {
        **found,
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE),
    }


def measure(rows: int) -> list[dict[str, object]]:
    """All passes over both files."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for titles in (NARROW, WIDE):
            file = Path(folder, f"zendesk-{len(titles)}.csv")
            write(file, titles, rows)
            for name in PASSES:
                command = [sys.executable, "-m", "tests.bench.imports", "--pass", name, "--file", str(file)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                size = round(file.stat().st_size / MEGABYTE)
                results.append(
                    {"columns": len(titles), "file_mb": size, "pass": name, **json.loads(done.stdout)}
                )
            file.unlink()
    return results


def main() -> None:
    """Print the measurements as a table or as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pass", dest="name", choices=sorted(PASSES), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.name:
        print(json.dumps(measured(given.name, given.file)))
        return
    results = measure(given.rows)
    if given.json:
        print(json.dumps(results, indent=1))
        return
    print(f"{'columns':>7} {'MB':>5} {'pass':16} {'rows':>9} {'wall s':>7} {'CPU s':>7} {'peak MB':>8}")
    for one in results:
        print(
            f"{one['columns']:>7} {one['file_mb']:>5} {one['pass']:16} {one['rows']:>9} "
            f"{one['seconds']:>7} {one['cpu_seconds']:>7} {one['peak_mb']:>8}"
        )


if __name__ == "__main__":
    main()
