"""Every file of a rota at once, for the ZIP of everything."""

from __future__ import annotations

from pathlib import Path

from planner._errors import PlannerError
from planner._messages import Message
from planner.study.bundle import bundle
from planner.study.export.dossier import Dossier
from planner.study.export.formats import FORMATS, Wanted, make, possible
from planner.study.export.made import Made, together

NOT_IN = "LEFT_OUT.txt"
EXPORT = "export"
"""Folder of these files beside a plan, and in its ZIP."""


def all_files(of: Dossier, wanted: Wanted, rest: bool = False) -> Made:
    """What ``export PLAN --format all`` writes, and where something is missing a text that says what.

    A format that cannot be made of this rota, or that has to leave people out, keeps no other one back.

    Parameters
    ----------
    rest: also files that leave people out of whom something is missing; default: without these files.

    Examples
    --------
    >>> from datetime import date
    >>> from planner.people import Agent, Site, Team
    >>> from planner.rota import PayTerms, Rota
    >>> team = Team((Agent("Ana", "Rome", "Europe/Rome", {"it": None}),), (Site("Rome", "Europe/Rome"),))
    >>> rota = Rota("desk", date(2026, 3, 30), 7, ("Ana",), ())
    >>> made = all_files(Dossier("desk", "Europe/Rome", "EUR", rota, team, PayTerms({}, {}, {})), Wanted())
    >>> "rota.csv" in made.files
    True
    """
    parts: list[Made] = []
    said: list[Message] = []
    for name in FORMATS:
        if not possible(name, wanted):
            continue
        try:
            part = make(of, [name], wanted)
        except PlannerError as error:
            said += error.messages
            continue
        said += part.lacking
        if rest or not part.lacking:
            parts.append(part)
    whole = together(parts)
    if not said:
        return whole
    lines = [Message("export.left_out_rest" if rest else "export.left_out_files"), *dict.fromkeys(said)]
    text = "".join(f"{line}\n" for line in lines)
    return Made({**whole.files, NOT_IN: text.encode()}, tuple(said), whole.notices)


def plan_zip(folder: Path, of: Dossier, wanted: Wanted, rest: bool = False) -> tuple[bytes, Made]:
    """One ZIP of a plan's folder, scenario and versions included, and of every file for HR in ``export/``.

    Parameters
    ----------
    folder: of the plan. of: its rota. rest: also files that leave people out.

    Returns
    -------
    The ZIP with ``MANIFEST.sha256``; and the files for HR, with what is missing in them.

    Raises
    ------
    InputError: if the folder cannot be read, or is too much for one ZIP.
    """
    made = all_files(of, wanted, rest)
    more = {f"{EXPORT}/{name}": content for name, content in made.files.items()}
    return bundle(folder, more, without=EXPORT), made
