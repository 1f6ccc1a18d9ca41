"""The verb that lives through a rota: any rota, ours or one from a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._errors import InputError, ScenarioError
from planner._messages import Message
from planner.cli.asked import reporter, stop_and_keep
from planner.cli.verb import DONE, Verb

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rota import Rota
    from planner.service import BadHours
    from planner.study import Scenario


def _simulate(args: argparse.Namespace) -> int:
    from planner.rota import read_rota
    from planner.study import Scenario, demand_and_need, refuse_folder, simulate
    from planner.study.files import write_files
    from planner.study.service_files import service_tables
    from planner.study.service_words import service_words
    from planner.study.stress import check_day
    from planner.study.tables import csv_text

    scenario = Scenario.load(Path(args.scenario))
    rush = _rush(args.bad_day) if args.bad_day else None
    if rush:
        check_day(rush, scenario)
    if args.out:
        refuse_folder(args.out)
        _refuse_plan(Path(args.out))
    period = scenario.first_day, scenario.days
    rota = read_rota(Path(args.rota), scenario.team, scenario.shift_types, *period)
    _, volumes, need = demand_and_need(scenario)
    if volumes is None:
        raise ScenarioError(Message("stress.no_service", {"scenario": scenario.name}))
    service = simulate(rota, volumes, scenario, replications=args.replications)
    tables = service_tables(service, rota, scenario)
    if args.out:
        write_files({name: csv_text(name, frame) for name, frame in tables.items()}, args.out)
    for line in service_words(service, tables, rota, scenario):
        print(line)
    for line in _stressed(args, rush, rota, volumes, need, scenario):
        print(line)
    return DONE


def _refuse_plan(folder: Path) -> None:
    """A plan vouches for each of its files: tables of another simulation must not take their places."""
    if (folder / "plan.json").exists():
        raise InputError(Message("files.holds_plan", {"folder": str(folder)}))


def _stressed(
    args: argparse.Namespace,
    rush: BadHours | None,
    rota: Rota,
    volumes: Volumes,
    need: Need,
    scenario: Scenario,
) -> Iterator[Message]:
    """What the tests find that were asked for; stopping keeps what was found."""
    from planner.study.absence import absences
    from planner.study.stress import bad_day
    from planner.study.wrong_forecast import forecast_error

    if not (args.absent or rush or args.wrong_forecast):
        return
    how: dict[str, Any] = {
        "replications": args.replications,
        "on_progress": reporter(scenario.currency),
        "is_cancelled": stop_and_keep(),
    }
    if args.absent:
        yield from absences(rota, volumes, need, scenario, **how).messages
    if rush and (day := bad_day(rota, volumes, scenario, rush, **how)):
        yield from day.messages
    if args.wrong_forecast and (wrong := forecast_error(rota, volumes, scenario, **how)):
        yield from wrong.messages


def _rush(words: list[str]) -> BadHours:
    """DAY HOUR HOURS FACTOR as a rush; all mistakes at once."""
    from planner.service import BadHours

    mistakes: list[Message] = []

    def read(kind: type[int | float], text: str, least: float, most: float) -> float:
        try:
            number = float(kind(text))
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            mistakes.append(Message("stress.rush_number", {"given": text, "least": least, "most": most}))
        return number

    try:
        day = date.fromisoformat(words[0])
    except ValueError:
        day = date.min
        mistakes.append(Message("stress.rush_day", {"given": words[0]}))
    hour, hours = read(int, words[1], 0, 23), read(int, words[2], 1, 24)
    factor = read(float, words[3], 1, 100)
    if mistakes:
        raise InputError(*mistakes)
    return BadHours(day, int(hour), int(hours), factor)


def _replications(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000:
        raise argparse.ArgumentTypeError("write a number from 1 to 10000")
    return number


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("rota", help="CSV of shifts, ours or hand-made")
    parser.add_argument("--out", help="folder for the tables of the service")
    parser.add_argument("--absent", action="store_true", help="which absence of one person matters most")
    parser.add_argument(
        "--bad-day",
        nargs=4,
        metavar=("DAY", "HOUR", "HOURS", "FACTOR"),
        help="so many times the contacts for some hours, such as 2026-04-13 10 4 4",
    )
    parser.add_argument("--wrong-forecast", action="store_true", help="what is kept in quiet and busy weeks")
    parser.add_argument("--replications", type=_replications, help="simulated periods; default 30")


VERBS = (
    Verb(
        "simulate",
        "SCENARIO ROTA.csv [--out DIR] [--absent] [--bad-day DAY HOUR HOURS FACTOR] [--wrong-forecast]",
        "what customers get from any rota; whom they would miss; a bad day; a wrong forecast",
        _arguments,
        _simulate,
    ),
)
