"""Files of paid time by format, all of the same plans, month and terms, so that they tell the same hours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message
from planner.study.export.dossier import Dossier
from planner.study.export.made import Made, together
from planner.study.export.pay_month import PayMonth
from planner.study.export.payroll import payroll
from planner.study.export.same_file import refuse_same_file
from planner.study.export.template import load_template, paid_from_template
from planner.study.export.template_model import Template

HOURS, LINES = "hours", "payroll-lines"
PAID = (HOURS, LINES)
"""Formats of paid time that are there; templates of one's own may have rows of it, too."""


def paid_files(
    of: Sequence[Dossier], names: Sequence[str], month: PayMonth | None = None, dialect: str = "plain"
) -> Made:
    """Files of a payroll month across plans.

    Parameters
    ----------
    of: plans that together have the month; what two of them have alike counts once.
    names: of ``PAID``, or paths of templates with ``rows: pay``.
    month: None: the whole period of each plan. dialect: of ``hours.csv`` and ``hours_cost.csv``.

    Raises
    ------
    InputError
        If a name is none of these, or two write the same file; if the plans contradict each other, or have
        no day of the month.
    """
    return together(
        payroll(of, month, dialect) if template is None else paid_from_template(of, template, month)
        for template in _templates(names).values()
    )


def idle_dialect(names: Sequence[str], dialect: str) -> tuple[Message, ...]:
    """That a dialect is asked for and changes none of the files.

    Examples
    --------
    >>> print(*idle_dialect(["payroll-lines"], "it"))
    --dialect changes none of these files: it is for hours
    """
    if dialect == "plain" or HOURS in names:
        return ()
    return (Message("export.idle_option", {"option": "--dialect", "formats": HOURS}),)


def _templates(names: Sequence[str]) -> dict[str, Template | None]:
    """The template of each format, None for hours; or everything that is wrong with any of them."""
    found: dict[str, Template | None] = {}
    wrong: list[Message] = []
    for name in names:
        if name == HOURS:
            found[name] = None
            continue
        if name != LINES and Path(name).suffix.lower() not in {".yaml", ".yml"}:
            wrong.append(Message("payroll.no_format", {"name": name, "known": ", ".join(PAID)}))
            continue
        try:
            found[name] = template = load_template(name)
        except InputError as error:
            wrong += error.messages
        else:
            if template.rows != "pay":
                wrong.append(Message("payroll.no_paid_rows", {"name": name, "rows": template.rows}))
    if wrong:
        raise InputError(*dict.fromkeys(wrong))
    refuse_same_file(tuple(found))
    return found
