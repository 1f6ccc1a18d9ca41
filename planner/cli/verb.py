"""What a verb is, and its exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import NamedTuple

DONE, FINDINGS, MISTAKES, OURS = 0, 1, 2, 3


class Verb(NamedTuple):
    """One verb of the command line.

    Attributes
    ----------
    given: its arguments in words; what: what it does. The README repeats both, a test holds it to that.
    add: adds the arguments to a parser. run: does it; the exit code.
    """

    name: str
    given: str
    what: str
    add: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def say(message: object) -> None:
    """A line for the person at the terminal, apart from the result."""
    print(message, file=sys.stderr, flush=True)
