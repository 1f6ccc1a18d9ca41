"""People who need not be taken: hires, and seats of a partner.

Taking one costs so many cents once, beside their duties; who is not taken has no duty and no rule to
keep. For the engine that is one comparison: the best legal tour and the price of taking, or nothing.
"""

from __future__ import annotations

import numpy as np

from planner.rota import Rota
from planner.scheduling.duties import Worker
from planner.scheduling.problem import Problem
from planner.scheduling.tours import best_tour


def may_stay_out(worker: Worker) -> bool:
    """Whether a person need not be taken; a shift that must stay takes them."""
    person = worker.person
    return person.optional is not None and not any(choice.locked for choice in worker.choices)


def nobody(worker: Worker) -> np.ndarray:
    """The options of a person who is not taken: none on any day."""
    return np.full(len(worker.person.days), -1, np.int64)


def best_of(worker: Worker, costs: np.ndarray, soft: int = 1) -> tuple[int, np.ndarray] | None:
    """The best tour as ``best_tour`` gives it, with the price of taking the person; not taken where cheaper.

    Parameters
    ----------
    costs: of each option, in parts of a cent. soft: how many parts, for priced rules and for taking the
        person; 0: these cost nothing.
    """
    found = best_tour(worker.programme, costs, soft)
    price = worker.person.optional
    if price is None:
        return found
    if found is not None:
        found = found[0] + price * soft, found[1]
    if may_stay_out(worker) and (found is None or found[0] >= 0):
        return 0, nobody(worker)
    return found


def taken_in(rota: Rota, problem: Problem) -> tuple[str, ...]:
    """Optional people who have a duty in a rota, in the order of the team."""
    return tuple(
        agent.name
        for agent in problem.team.agents
        if agent.name in problem.optional and any(s.status != "carried" for s in rota.tour(agent.name))
    )
