"""Personal data that came after the solve: e-mails, payroll ids and grades from a file of people.

None of them changes who works when, so a rota need not be solved again for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner._errors import InputError
from planner._messages import Listed, Message
from planner.people import Agent
from planner.study.export.dossier import Dossier
from planner.study.scenario.people import AgentSaid
from planner.study.scenario.team_file import people_in

TAKEN = ("email", "payroll_id", "grade")
"""What is taken of the file; its other columns belong to a solve."""


def completed(
    rotas: Sequence[Dossier], data: bytes, file: str
) -> tuple[tuple[Dossier, ...], tuple[Message, ...]]:
    r"""Rotas whose people have the e-mail, payroll id and grade that a file says.

    Parameters
    ----------
    rotas: those that are handed on together, such as all plans of a payroll month.
    data: CSV with a column ``name`` and any of ``email``, ``payroll_id`` and ``grade``; a ``team.csv`` is
        one. An empty cell leaves what was known.
    file: its name in messages.

    Returns
    -------
    The rotas in their order, and a notice that names people of the file who are in none of them.

    Raises
    ------
    InputError: every mistake of the file with row and column; or that it has none of the columns.

    Examples
    --------
    >>> from datetime import date
    >>> from planner.people import Site, Team
    >>> from planner.rota import PayTerms, Rota
    >>> team = Team((Agent("Ana", "Rome", "Europe/Rome", {"it": None}),), (Site("Rome", "Europe/Rome"),))
    >>> rota = Rota("desk", date(2026, 3, 30), 7, ("Ana",), ())
    >>> of = Dossier("desk", "Europe/Rome", "EUR", rota, team, PayTerms({}, {}, {}))
    >>> (found,), notices = completed([of], b"name,email\nAna,ana@example.com\n", "people.csv")
    >>> found.team.agent("Ana").email
    'ana@example.com'
    """
    people, mistakes = people_in(data, file)
    if mistakes:
        raise InputError(*mistakes)
    if not any(getattr(said, key) for said in people.said for key in TAKEN):
        raise InputError(Message("export.nothing_to_complete", {"file": file, "columns": ", ".join(TAKEN)}))
    known = {_same(said.name): said for said in people.said}
    found = tuple(_with(of, known) for of in rotas)
    there = {_same(agent.name) for of in rotas for agent in of.team.agents}
    absent = [said.name for name, said in known.items() if name not in there]
    notices = (
        (Message("export.not_in_rota", {"file": file, "people": Listed(tuple(absent))}),) if absent else ()
    )
    return found, notices


def _same(name: str) -> str:
    """A name without what people vary when they type it."""
    return " ".join(name.casefold().split())


def _with(of: Dossier, known: Mapping[str, AgentSaid]) -> Dossier:
    agents = tuple(_complete(agent, known.get(_same(agent.name))) for agent in of.team.agents)
    return replace(of, team=replace(of.team, agents=agents))


def _complete(agent: Agent, said: AgentSaid | None) -> Agent:
    given = {key: getattr(said, key) for key in TAKEN if said is not None and getattr(said, key)}
    return replace(agent, **given)
