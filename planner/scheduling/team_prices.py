"""Rules over several people as the engine is asked: their rows, the price of hard ones, which are broken."""

from __future__ import annotations

from planner.rota import Rota
from planner.rules import Rule, Team, judge, team_shapes
from planner.scheduling.problem import Problem


def shapes_of(problem: Problem) -> tuple[Team, ...]:
    """What all rules over several people ask of the people of a problem."""
    return team_shapes(problem.team_rules, problem.calendars, tuple(problem.optional))


def hard_cents(problem: Problem, shape: Team) -> int:
    """Price of one unit of a hard row: more than a duty of a whole day can save."""
    a_day = 4 * problem.missing_cents * 1440 // problem.need.interval_minutes
    return max(10**6, a_day) // (60 if shape.unit.endswith("minutes") else 1)


def broken_rules(rota: Rota, problem: Problem) -> tuple[str, ...]:
    """Names of hard rules over several people that a rota breaks, as the judge finds."""
    hard = tuple(rule for rule in problem.team_rules if rule.hard)
    if not hard:
        return ()
    nothing: dict[str, tuple[Rule, ...]] = {agent.name: () for agent in problem.team.agents}
    found = judge(
        rota, problem.team, problem.calendars, nothing, problem.carried, hard, optional=problem.optional
    )
    return tuple(sorted({violation.rule for violation in found}))
