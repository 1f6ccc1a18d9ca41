"""python -m planner <verb>: parse, call, print.

Exit 0: done, 1: findings, 2: something to mend first, 3: an error of ours.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from planner._errors import PlannerError
from planner._messages import Message, speaking, spoken_language
from planner.cli import VERBS, parser
from planner.cli.verb import MISTAKES, OURS, say

# Set to anything: errors of ours end in a traceback.
TRACEBACK = "PLANNER_TRACEBACK"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; mistakes are sentences on stderr and exit code 2, errors of ours exit code 3."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    args = parser().parse_args(argv)
    with speaking(getattr(args, "language", spoken_language())):  # mistakes, too
        return _done(args)


def _done(args: argparse.Namespace) -> int:
    """Do what is asked; the exit code."""
    try:
        code = VERBS[args.verb].run(args)
        sys.stdout.flush()
        return code
    except PlannerError as error:
        for message in error.messages:
            say(message)
        return MISTAKES
    except BrokenPipeError:
        # Whoever read our output has seen enough (| head); Python must not complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        values = {"file": str(error.filename or args.verb), "reason": error.strerror or str(error)}
        say(Message("study.no_file", values))
        return MISTAKES
    except KeyboardInterrupt:
        say(Message("study.interrupted"))
        return MISTAKES
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        values = {"kind": type(error).__name__, "where": where, "variable": TRACEBACK}
        say(Message("study.our_error", values))
        return OURS


if __name__ == "__main__":
    sys.exit(main())
