"""Verbs that read and make scenario files and judge rotas: nothing is solved."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message, Place
from planner.cli.verb import DONE, FINDINGS, MISTAKES, Verb


def _check(args: argparse.Namespace) -> int:
    from planner.study import findings

    found = findings([Path(path) for path in args.scenario])
    mistakes, notices = found.mistakes, found.notices
    if args.data and not mistakes:
        from planner.study import data_findings

        mistakes, more = data_findings(found.scenarios)
        notices = (*notices, *more)
    for message in mistakes:
        print(message)
    for message in notices:
        print(Message("study.notice", {"text": str(message)}))
    if not mistakes:
        print(Message("study.check_clean", {"files": len(args.scenario)}))
    return MISTAKES if mistakes else DONE


def _forecast(args: argparse.Namespace) -> int:
    from planner.study import Scenario, forecast_report

    report = forecast_report(Scenario.load(Path(args.scenario)))
    if report.table:
        print(report.table, end="\n\n")
    for line in report.sentences:
        print(line)
    if args.out:
        report.write(Path(args.out))
    return DONE


def _audit(args: argparse.Namespace) -> int:
    from planner.study import Scenario, audit, no_finding, not_checked

    scenario = Scenario.load(Path(args.scenario))
    found = audit(Path(args.rota), scenario)
    for violation in found:
        print(violation.message)
    if not found:
        print(no_finding(scenario))
    for line in not_checked(scenario):
        print(line)
    return FINDINGS if found else DONE


def _rules(args: argparse.Namespace) -> int:
    from planner.rules import rules_table

    if args.scenario is None:
        if args.person is not None:
            raise InputError(Message("rules.for_whom", {"name": args.person}))
        print(rules_table())
        return DONE
    from planner.study import Scenario, not_checked, rules_report

    scenario = Scenario.load(Path(args.scenario))
    for line in (*rules_report(scenario, args.person or ""), *not_checked(scenario)):
        print(line)
    return DONE


def _new(args: argparse.Namespace) -> int:
    from planner._files import write_atomic
    from planner.study import Scenario
    from planner.study.scenario.files import file_mistake

    scenario = Scenario.quick(args.sentence)
    out = Path(args.out)
    if out.exists():
        raise InputError(Message("study.exists", {"file": args.out}))
    if wrong := file_mistake(out, out.parent, Place(args.out)):
        raise InputError(wrong)
    write_atomic(Path(args.out), scenario.dump())
    for assumption in scenario.assumptions:
        print(assumption)
    return DONE


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--data", action="store_true", help="read the files of tickets and calls as well")


def _forecast_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("--out")


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario")
    parser.add_argument("rota")


def _rules_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scenario")
    parser.add_argument("--for", dest="person")


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sentence")
    parser.add_argument("--out", required=True)


VERBS = (
    Verb(
        "check",
        "SCENARIO... [--data]",
        "every mistake as file:line:column; exit 2; with --data, what the ticket files hold, too",
        _paths,
        _check,
    ),
    Verb(
        "forecast",
        "SCENARIO [--out DIR]",
        "the forecast and how well it would have done",
        _forecast_arguments,
        _forecast,
    ),
    Verb(
        "audit",
        "SCENARIO ROTA.csv",
        "judge any rota, hand-made ones too; exit 1 on violations",
        _audit_arguments,
        _audit,
    ),
    Verb(
        "rules",
        "[--scenario SCENARIO [--for NAME]]",
        "every rule, its settings, its sentence; or who is under which, from which layer and source",
        _rules_arguments,
        _rules,
    ),
    Verb(
        "new",
        '"9 people, 40 h, English, about 100 tickets a weekday" --out FILE',
        "a scenario from a sentence",
        _new_arguments,
        _new,
    ),
)
