"""The verb that looks through a year of clock changes."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from planner.cli.verb import DONE, FINDINGS, Verb


def _year(args: argparse.Namespace) -> int:
    from planner.rota import read_rota
    from planner.study import Scenario, refuse_folder
    from planner.study.year import year
    from planner.study.year.words import write_year, year_summary

    scenario = Scenario.load(Path(args.scenario))
    if args.out:
        refuse_folder(args.out)
    rota = None
    if args.rota:
        period = scenario.first_day, scenario.days
        rota = read_rota(Path(args.rota), scenario.team, scenario.shift_types, *period)
    found = year(scenario, args.first, args.last, rota)
    if args.out:
        write_year(found, Path(args.out))
    for line in year_summary(found):
        print(line)
    return FINDINGS if found.of_kind("hole") else DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day such as 2027-01-01") from None


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument(
        "rota", nargs="?", help="rota.csv whose weeks are repeated; default: what shifts reach"
    )
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="default: 1 January")
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="default: 31 December")
    parser.add_argument("--out", help="folder for year.csv")


VERBS = (
    Verb(
        "year",
        "SCENARIO [ROTA.csv] [--from DAY] [--to DAY] [--out DIR]",
        "a year of clock changes: every hole and double cover by date, per site and language; exit 1 if "
        "there are holes",
        _arguments,
        _year,
    ),
)
