"""The verb that imports a file of history on its own."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from planner._messages import Message
from planner.cli.verb import DONE, MISTAKES, Verb, say

WRITTEN = ("counts.csv", "mapping.yaml", "report.json")


def _import(args: argparse.Namespace) -> int:
    from planner.demand import SavedMapping, read_mapping
    from planner.study import Scenario, import_file, import_lines, refuse_folder, write_import

    file = Path(args.file)
    said = read_mapping(Path(args.mapping)) if args.mapping else SavedMapping(file.name.split(".")[0])
    said = replace(said, profile=args.profile or said.profile, zone=args.zone or said.zone)
    scenario = Scenario.load(Path(args.scenario)) if args.scenario else None
    if args.out:
        refuse_folder(args.out)
    found = import_file(file, said, scenario, args.accept_bad_rows)
    for line in import_lines(found):
        print(line)
    if found.history is None:
        return MISTAKES
    if args.out:
        write_import(found, Path(args.out))
        say(Message("profiles.written", {"files": ", ".join(f"{args.out}/{name}" for name in WRITTEN)}))
    return DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--profile", help="which help desk wrote it; default: told from its column titles")
    parser.add_argument("--mapping", help="a saved mapping: what the columns hold")
    parser.add_argument("--zone", help="clock of stamps without an offset, such as Europe/Rome")
    parser.add_argument("--for", dest="scenario", help="scenario whose queues are taken")
    parser.add_argument(
        "--accept-bad-rows", action="store_true", help="leave out up to 5 %% of unreadable rows"
    )
    parser.add_argument("--out", help="folder for counts.csv, mapping.yaml and report.json")


VERBS = (
    Verb(
        "import",
        "FILE [--profile P] [--mapping FILE] [--zone Z] [--for SCENARIO] [--out DIR]",
        "what an export is and what would become of it; with --out, its counts without any ticket",
        _arguments,
        _import,
    ),
)
