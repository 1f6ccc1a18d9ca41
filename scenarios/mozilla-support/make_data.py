"""Make the data of this folder: hourly counts cut from the real series, and a made-up team.

Run ``python scenarios/mozilla-support/make_data.py SUMO_HOURLY_LONG.csv.gz [folder]``. The counts are
questions put to Mozilla Support about Firefox, two years to 2026-02-15, five languages; the team, its costs
and its sites are made up.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

LOCALES = {"en-US": "en", "es": "es", "it": "it", "nl": "nl", "pt-BR": "pt"}
FIRST, LAST = "2024-02-19", "2026-02-15"
TEAM = [
    ("Aoife", "Dublin", "en", 21.0), ("Brendan", "Dublin", "en, nl", 21.5),
    ("Ciara", "Dublin", "en", 20.5), ("Dario", "Milan", "en, it", 22.0),
    ("Elena", "Milan", "en, it, es", 23.0), ("Fabio", "Milan", "en, it", 21.0),
    ("Gabriel", "Lisbon", "en, pt", 15.0), ("Helena", "Lisbon", "en, pt, es", 15.5),
    ("Iris", "Lisbon", "en, nl", 16.0), ("Joana", "Lisbon", "en, pt, es", 15.0),
    ("Kim", "Manila", "en", 7.5), ("Liza", "Manila", "en", 7.5),
    ("Miguel", "Manila", "en, es", 8.0), ("Noel", "Manila", "en", 7.5),
    ("Olivia", "Manila", "en", 7.5), ("Paolo", "Manila", "en", 7.5),
    ("Quinn", "Manila", "en", 7.5), ("Rosa", "Manila", "en", 7.5),
]  # fmt: skip


def counts(source: Path) -> list[list[str]]:
    """Rows interval_start, queue, arrivals of the chosen languages."""
    rows = []
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (
                row["product"] == "firefox"
                and row["locale"] in LOCALES
                and FIRST <= row["hour_utc"][:10] <= LAST
            ):
                start = row["hour_utc"].replace(" ", "T") + "+00:00"
                rows.append([start, f"web {LOCALES[row['locale']]}", row["questions"]])
    return sorted(rows)


def main(source: Path, folder: Path) -> None:
    """Write counts.csv.gz and team.csv."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["interval_start", "queue", "arrivals"])
    out.writerows(counts(source))
    with (folder / "counts.csv.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())
    with (folder / "team.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "site", "languages", "weekly_hours", "cost", "nights"])
        for name, site, languages, cost in TEAM:
            out.writerow([name, site, languages, "40", f"{cost:.2f}", "yes"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent)
