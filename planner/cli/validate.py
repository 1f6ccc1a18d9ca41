"""The planner held to published numbers."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message
from planner.cli.verb import DONE, FINDINGS, Verb


def _validate(args: argparse.Namespace) -> int:
    from planner._files import write_atomic
    from planner.study import validation

    found, wrong = validation.checks(), validation.errata()
    missed = [check for check in found if not check.passed]
    hidden = [erratum.id for erratum in wrong if not erratum.shown]
    if missed:
        print(validation.checks_table(missed))
    if hidden:
        print(Message("validation.not_shown", {"ids": ", ".join(hidden)}))
    print(validation.summary(found, wrong))
    if args.write:
        if not Path(args.write).parent.is_dir():
            raise InputError(Message("validation.no_folder", {"file": args.write}))
        write_atomic(Path(args.write), validation.document(found, wrong))
    return FINDINGS if missed or hidden else DONE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", metavar="FILE", help="write the whole document, in Markdown")


VERBS = (
    Verb(
        "validate",
        "[--write FILE]",
        "every published number that the planner is held to, run; exit 1 if one is missed",
        _arguments,
        _validate,
    ),
)
