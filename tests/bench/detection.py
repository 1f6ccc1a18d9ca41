"""Detection of exports: every sample, generated variations of each, and files of no help desk.

``python -m tests.bench.detection [FOLDER] [--json]``

FOLDER holds samples as ``shared/data/exports`` does: ``headers`` and ``real`` by vendor, ``synthetic`` traps.
A variation keeps the creation stamp and some of the other columns, in another order, with other letter case,
columns of somebody's own between them, and another delimiter. Exit code 1 if a sample is taken for another.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from planner.demand.profiles import Detected, certain, detect, header_of, is_lines, known_profiles
from planner.demand.profiles.titles import find_all

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data" / "exports"
NONE = "none"
KEPT = (0.9, 0.7, 0.5, 0.35)
EACH = 5
HEAD_BYTES = 200_000
OWN = ("Internal code", "Region", "Cost centre", "Note 2", "Squad", "Flag A", "Cliente VIP", "Zona", "Turno")
TRUTH = {
    "aircall_csv.csv": "aircall",
    "freshdesk_csv.csv": "freshdesk",
    "freshservice_csv.csv": "freshservice",
    "front_analytics_messages.csv": "front",
    "hubspot_api_ticket.csv": "hubspot-api",
    "intercom_csv.csv": "intercom",
    "salesforce_case_report.csv": "salesforce",
    "salesforce_dataloader_case.csv": "salesforce-loader",
    "zendesk_account_csv.csv": "zendesk",
    "intercom_conversation__fivetran_dbt_intercom.csv": "intercom-api",
    "zendesk_api_ticket__fivetran_dbt_zendesk.csv": "zendesk-api",
    "agg_counts_15min.csv": "counts",
    "zendesk_json_export.ndjson": "zendesk-json",
}
"""Samples by name; every other file is of no help desk."""


class Sample(NamedTuple):
    """A header, what it is, and whose it is."""

    name: str
    profile: str
    header: tuple[str, ...]
    lines: bool = False


class Verdict(NamedTuple):
    """What detection said: the true profile's score, the best other one's, and what it settled on."""

    sample: Sample
    true: float
    other: float
    settled: str

    @property
    def right(self) -> bool:
        """Whether the answer is the truth."""
        return self.settled == self.sample.profile

    @property
    def taken_for_another(self) -> bool:
        """Whether the file would be read as something that it is not."""
        return self.settled not in (self.sample.profile, NONE)


def samples(folder: Path) -> Iterator[Sample]:
    """Samples of a folder, and those beside this file."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "README.md"):
        with file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        yield Sample(file.name, TRUTH.get(file.name, NONE), header_of(head), is_lines(head))
    for line in (HERE / "detection_headers.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            profile, what, titles = (part.strip() for part in line.split(" | ", 2))
            yield Sample(f"{profile}: {what}", profile, tuple(titles.split(",")))


def judged(sample: Sample) -> Verdict:
    """Detection of one header."""
    found = detect(sample.header, sample.lines)
    sure = certain(found)
    others = [one.score for one in found if one.profile != sample.profile]
    return Verdict(
        sample, _score(found, sample.profile), max(others, default=0.0), sure.profile if sure else NONE
    )


def _score(found: Sequence[Detected], profile: str) -> float:
    return next((one.score for one in found if one.profile == profile), 0.0)


def variations(sample: Sample, seed: int) -> Iterator[Sample]:
    """The same export as other people have it; ``seed`` tells the samples apart."""
    dice = np.random.default_rng(seed)
    profile = known_profiles()[sample.profile]
    stamp = find_all(sample.header, profile.columns["stamp"])[0]
    needed = {stamp, *(find_all(sample.header, profile.columns[key])[0] for key in profile.needed)}
    for share in KEPT:
        for _ in range(EACH):
            kept = [at for at in range(len(sample.header)) if at in needed or dice.random() < share]
            titles = [sample.header[at] for at in dice.permutation(kept)]
            for own in dice.choice(OWN, size=int(dice.integers(0, 4)), replace=False):
                titles.insert(int(dice.integers(0, len(titles) + 1)), str(own))
            if dice.random() < 0.5 and not sample.lines:
                titles = [title.upper() if dice.random() < 0.5 else title.lower() for title in titles]
            if not sample.lines:
                titles = list(header_of(_line(titles, str(dice.choice([",", ";", "\t"])))))
            name = f"{sample.name}, {share:.0%} of the columns"
            yield Sample(name, sample.profile, tuple(titles), sample.lines)


def _line(titles: Sequence[str], delimiter: str) -> bytes:
    cells = ('"' + title.replace('"', '""') + '"' for title in titles)
    return (delimiter.join(cells) + "\n1\n").encode()


def report(folder: Path) -> dict[str, object]:
    """Counts, and the lowest true and highest false score."""
    plain = [judged(sample) for sample in samples(folder)]
    known = [verdict for verdict in plain if verdict.sample.profile != NONE]
    varied = [
        judged(each) for number, verdict in enumerate(known) for each in variations(verdict.sample, number)
    ]
    rows = [
        {
            "sample": one.sample.name,
            "profile": one.sample.profile,
            "settled": one.settled,
            "true": one.true,
            "other": one.other,
        }
        for one in plain
    ]
    return {
        "samples": len(known),
        "right": sum(one.right for one in known),
        "lowest_true": min(one.true for one in known),
        "highest_other": max(one.other for one in known),
        "others": len(plain) - len(known),
        "others_taken": sum(one.taken_for_another for one in plain if one.sample.profile == NONE),
        "highest_false": max(one.other for one in plain if one.sample.profile == NONE),
        "variations": len(varied),
        "variations_right": sum(one.right for one in varied),
        "variations_taken_for_another": sum(one.taken_for_another for one in varied),
        "variations_right_by_share": {
            f"{share:.0%}": _right_of(varied, f", {share:.0%} of the columns") for share in KEPT
        },
        "rows": rows,
        "wrong_variations": [
            f"{one.sample.name}: {one.settled} ({one.other})" for one in varied if one.taken_for_another
        ],
    }


def _right_of(varied: Sequence[Verdict], ending: str) -> float:
    of_it = [one for one in varied if one.sample.name.endswith(ending)]
    return round(sum(one.right for one in of_it) / max(len(of_it), 1), 3)


def main() -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = report(args.folder)
    if args.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        for row in found.pop("rows"):  # type: ignore[attr-defined]  # a list of dicts
            mark = " " if row["settled"] == row["profile"] else "?"
            print(f"{mark} {row['profile']:18} {row['true']:6.2f} {row['other']:6.2f}  {row['sample']}")
        for name, value in found.items():
            print(f"{name:30} {value}")
    wrong = found["right"] != found["samples"] or found["others_taken"]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
