"""The cost of any rota, counted again from its shifts: cover, pay and the judge; no solver."""

from __future__ import annotations

from planner.rota import Rota, extra_cost, missing_cost, recount, rota_cost
from planner.rules import Rule, judge
from planner.scheduling.problem import Problem
from planner.scheduling.result import Objective
from planner.scheduling.taking import taken_in


def objective_of(rota: Rota, problem: Problem) -> Objective:
    """What a rota costs under a problem, term by term.

    Soft rules cost their price for each unit that the judge finds; what carried-over shifts alone
    break costs nothing, because no rota can mend it.

    Parameters
    ----------
    rota: any rota of the period, hand-made ones too.
    problem: need, pay terms, rules and prices.
    """
    cover = recount(problem.need, rota, problem.skills, problem.cyclic, problem.carried)
    pay = rota_cost(rota, problem.pay)
    return Objective(
        missing=missing_cost(problem.need, cover, problem.missing_cents),
        labour=pay.base_cents,
        premiums=pay.premium_cents,
        extra=extra_cost(problem.need, cover, problem.extra_cents),
        soft_rules=_soft_rules(rota, problem),
        hires=sum(problem.optional[name] for name in taken_in(rota, problem)),
    )


def _soft_rules(rota: Rota, problem: Problem) -> dict[str, int]:
    """Cents by name of rule; each person's n-th soft rule is judged alone, as two may share a name."""
    soft = {name: [rule for rule in rules if rule.price is not None] for name, rules in problem.rules.items()}
    cents: dict[str, int] = {}
    for number in range(max((len(rules) for rules in soft.values()), default=0)):
        asked: dict[str, tuple[Rule, ...]] = {
            name: tuple(rules[number : number + 1]) for name, rules in soft.items()
        }
        judged = judge(
            rota, problem.team, problem.calendars, asked, problem.carried, optional=problem.optional
        )
        for found in judged:
            if not found.before_period:
                price = asked[found.agent][0].price or 0
                cents[found.rule] = cents.get(found.rule, 0) + found.amount * price
    nothing: dict[str, tuple[Rule, ...]] = {agent.name: () for agent in problem.team.agents}
    for rule in (rule for rule in problem.team_rules if rule.price is not None):
        for found in judge(
            rota,
            problem.team,
            problem.calendars,
            nothing,
            problem.carried,
            (rule,),
            optional=problem.optional,
        ):
            cents[rule.name] = cents.get(rule.name, 0) + found.amount * (rule.price or 0)
    return dict(sorted((name, total) for name, total in cents.items() if total))
