"""Every file of a rota at once, for the ZIP of everything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner._errors import PlannerError
from planner._messages import Message
from planner.study.bundle import bundle
from planner.study.export.dossier import Dossier, own_files
from planner.study.export.formats import ALL, Wanted, chosen, make_one
from planner.study.export.made import Made, together

NOT_IN = "LEFT_OUT.txt"
EXPORT = "export"
"""Folder of these files in the ZIP of a plan, as beside it."""


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
    made, _ = each_apart(of, [ALL], wanted, rest)
    if not made.lacking:
        return made
    lines = [Message("export.left_out_rest" if rest else "export.left_out_files"), *made.lacking]
    text = "".join(f"{line}\n" for line in lines)
    return Made({**made.files, NOT_IN: text.encode()}, made.lacking, made.notices)


def each_apart(
    of: Dossier, names: Sequence[str], wanted: Wanted, rest: bool = False
) -> tuple[Made, tuple[str, ...]]:
    """Files of several formats; one that cannot be made, or leaves people out, keeps no other one back.

    Parameters
    ----------
    names: as ``make`` takes them. rest: also files that leave people out.

    Returns
    -------
    The files, with all that is missing once; and the formats that none are there of.

    Raises
    ------
    InputError: for names that are not known, all of them at once.
    """
    parts: list[Made] = []
    said: list[Message] = []
    absent: list[str] = []
    for name in chosen(names, wanted):
        try:
            part = make_one(of, name, wanted)
        except PlannerError as error:
            said += error.messages
            absent.append(name)
            continue
        said += part.lacking
        if rest or not part.lacking:
            parts.append(part)
        else:
            absent.append(name)
    whole = together(parts)
    return Made(whole.files, tuple(dict.fromkeys(said)), whole.notices), tuple(absent)


def plan_zip(folder: Path, of: Dossier, wanted: Wanted, rest: bool = False) -> tuple[bytes, Made]:
    """One ZIP of a plan's own files, scenario and versions included, and of every file for HR in ``export/``.

    Whatever else lies in the folder, such as earlier ZIPs and exports or rotas tried by hand, stays out, so
    that the same plan gives the same bytes.

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
    return bundle(folder, more, only=own_files(folder)), made
