"""Rotas for teams that think in shifts: so many people on a kind of shift on each day.

``groups`` (people and columns) < ``master`` (linear programme) < ``generation`` (column generation)
< ``dive`` and ``branching`` < ``tree`` (branch and price) and ``neighbourhood`` < ``solve`` < ``engine``.
"""

from __future__ import annotations

from planner.scheduling.problem import Problem

__all__ = ["only_posts"]


def only_posts(problem: Problem) -> bool:
    """Whether a problem asks for posts, and for nothing else that people share."""
    need = problem.need
    intervals = bool(len(need.sets)) and bool((need.required > 0).any())
    spare = bool(problem.extra_cents and need.queues)
    shared = intervals or bool(need.backlogs) or bool(problem.team_rules) or spare
    return bool(need.posts) and not shared and not problem.cyclic
