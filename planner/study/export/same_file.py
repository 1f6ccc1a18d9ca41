"""Formats that would write the same file, one over the other."""

from __future__ import annotations

from collections.abc import Sequence

from planner._errors import InputError
from planner._messages import Message
from planner.study.export.template import TEMPLATES, load_template


def refuse_same_file(names: Sequence[str]) -> None:
    """Refuse two templates that write one file; the others' files are refused where a template is read.

    Parameters
    ----------
    names: formats that are made together, templates' paths among them. A template with mistakes is passed
        over: they are told when it is made.

    Raises
    ------
    InputError
        Naming each two, with the remedy.

    Examples
    --------
    >>> refuse_same_file(["csv", "deputy", "personio"])
    """
    first: dict[str, str] = {}
    wrong = []
    shipped = [name for name in names if name in TEMPLATES]
    for name in (*shipped, *(name for name in names if name.lower().endswith((".yaml", ".yml")))):
        try:
            file = load_template(name).file
        except InputError:
            continue
        other = first.setdefault(file.casefold(), name)
        if other != name:
            wrong.append(Message("template.same_file", {"first": other, "second": name, "file": file}))
    if wrong:
        raise InputError(*wrong)
