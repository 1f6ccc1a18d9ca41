"""The validation document: written by running, the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner._messages import Message
from planner.study.validation.check import Check
from planner.study.validation.corrections import Erratum, errata
from planner.study.validation.register import GROUPS, checks

FILE = Path(__file__).with_name("VALIDATION.md")
"""Where the document stands."""
COMMAND = "python -m planner validate --write planner/study/validation/VALIDATION.md"


def summary(found: Sequence[Check], wrong: Sequence[Erratum]) -> str:
    """One line: how many numbers, how many of them printed by others, how many missed, how many errata.

    Examples
    --------
    >>> summary((), ())
    '0 numbers checked, 0 of them printed by others: none missed; 0 errata in published material'
    """
    missed = sum(not check.passed for check in found)
    values = {
        "checks": len(found),
        "published": sum(check.published for check in found),
        "missed": missed or str(Message("validation.none")),
        "errata": len(wrong),
    }
    return str(Message("validation.summary", values))


def link() -> str:
    """The document and its counts, as the README links to it."""
    place = FILE.relative_to(FILE.parents[3]).as_posix()
    return f"[{Message('validation.title')}]({place}): {summary(checks(), errata())}."


def document(found: Sequence[Check], wrong: Sequence[Erratum]) -> str:
    """The whole text, in Markdown."""
    parts = [
        f"# {Message('validation.title')}",
        str(Message("validation.how_made", {"command": COMMAND})),
        f"**{summary(found, wrong)}.**",
        _overview(found),
        f"## {Message('validation.errata')}",
        str(Message("validation.errata_lead")),
        _errata(wrong),
        *(part for group in GROUPS for part in _group(group, found)),
        f"## {Message('validation.data')}",
        str(Message("validation.data_lead")),
    ]
    return "\n\n".join(parts) + "\n"


def _overview(found: Sequence[Check]) -> str:
    head = [str(Message(f"validation.column_{name}")) for name in ("group", "printed", "own", "missed")]
    lines = []
    for group in GROUPS:
        mine = [check for check in found if check.group == group]
        printed = sum(check.published for check in mine)
        missed = sum(not check.passed for check in mine)
        lines.append([group_name(group), str(printed), str(len(mine) - printed), str(missed)])
    return _table(head, lines)


def _group(group: str, found: Sequence[Check]) -> list[str]:
    parts = [f"## {group_name(group)}"]
    for published, code in ((True, "printed_by_others"), (False, "own_computations")):
        mine = [check for check in found if check.group == group and check.published == published]
        if mine:
            parts += [f"### {Message(f'validation.{code}')}", checks_table(mine)]
    return parts


def checks_table(found: Sequence[Check]) -> str:
    """Checks as a Markdown table."""
    names = ("id", "what", "source", "expected", "got", "difference", "tolerance", "verdict")
    head = [str(Message(f"validation.column_{name}")) for name in names]
    verdict = {passed: str(Message(f"validation.passed_{passed}".lower())) for passed in (True, False)}
    return _table(
        head,
        [
            [
                check.id,
                str(check.what),
                check.source,
                check.expected,
                check.got,
                check.difference,
                check.tolerance,
                verdict[check.passed],
            ]
            for check in found
        ],
    )


def _errata(wrong: Sequence[Erratum]) -> str:
    head = [
        str(Message(f"validation.column_{name}")) for name in ("id", "what", "source", "said", "right", "why")
    ]
    rows = [[e.id, str(e.what), e.source, e.said, e.right, str(e.why)] for e in wrong]
    return _table(head, rows)


def group_name(group: str) -> str:
    """A group in words."""
    return str(Message(f"validation.group_{group}"))


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
