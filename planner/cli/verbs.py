"""All verbs: parser and table."""

from __future__ import annotations

import argparse

from planner.cli import (
    actuals,
    export,
    files,
    formulas,
    hire,
    hiring_plan,
    imports,
    next_hours,
    payroll,
    plans,
    playbook,
    promise,
    replan,
    report,
    rotation,
    simulate,
    sweep,
    validate,
    whatif,
    why,
    year,
)
from planner.cli.verb import Verb

_ORDER = (
    *("check", "import", "forecast", "plan", "why", "replan", "rollout", "actuals"),
    *("whatif", "compare", "sweep", "promise", "publish"),
    *("hire", "hiring-plan", "reach", "next", "nights", "rotation", "year", "playbook", "report"),
    *("export", "payroll"),
    *("audit", "simulate", "rules", "erlang", "validate", "new"),
)
_HOMES = (
    files,
    imports,
    plans,
    actuals,
    whatif,
    why,
    replan,
    promise,
    next_hours,
    hire,
    hiring_plan,
    simulate,
    sweep,
    formulas,
    validate,
    rotation,
    year,
    playbook,
    report,
    export,
    payroll,
)
_ALL = {verb.name: verb for home in _HOMES for verb in home.VERBS}
VERBS: dict[str, Verb] = {name: _ALL[name] for name in sorted(_ALL, key=_ORDER.index)}
"""Every verb by name, in the order of a manager's work."""


def verbs_table() -> str:
    """The verbs as a Markdown table for the README.

    Examples
    --------
    >>> print(verbs_table().splitlines()[2].split("|")[1].strip())
    `python -m planner check SCENARIO... [--data]`
    """
    rows = [
        f"| `{' '.join(('python -m planner', verb.name, verb.given)).strip()}` | {verb.what} |"
        for verb in VERBS.values()
    ]
    return "\n".join(["| verb | what it does |", "| --- | --- |", *rows])


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    made = argparse.ArgumentParser(prog="python -m planner", description="24/7 shift coverage planner")
    verbs = made.add_subparsers(dest="verb", required=True, metavar="verb")
    for verb in VERBS.values():
        verb.add(verbs.add_parser(verb.name, help=verb.what))
    return made
