"""The judge: every shift of a rota against every rule, on clock times."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.people import Team
from planner.rota import Rota, Shift, shift_of
from planner.rules.calendar import AgentCalendar
from planner.rules.rule import Rule, Violation
from planner.rules.team_rule import TeamRule


def judge(
    rota: Rota,
    team: Team,
    calendars: Mapping[str, AgentCalendar],
    rules: Mapping[str, Sequence[Rule]],
    carried: Iterable[Shift] = (),
    team_rules: Sequence[TeamRule] = (),
    *,
    optional: Collection[str] = (),
) -> tuple[Violation, ...]:
    """What a rota breaks, soft rules too, sorted by day, person and rule.

    Hand-made rotas are judged like any other. Shifts before the first day count as carried over.

    Parameters
    ----------
    rota: shifts of the period.
    team: everyone who is judged.
    calendars, rules: by name of the person.
    carried: last period's shifts; if there are none, those that the calendars know.
    team_rules: rules over several people.
    optional: people who need not be taken; without a shift of the period no rule asks anything of them.
    """
    earlier = list(carried)
    found: list[Violation] = []
    tours: dict[str, list[Shift]] = {}
    for agent in team.agents:
        calendar = calendars[agent.name]
        before = [shift for shift in earlier if shift.agent == agent.name]
        if not before:
            before = [
                shift_of(option, agent, None, calendar.first_day, "carried") for option in calendar.carried
            ]
        tour = [shift for shift in rota.tour(agent.name) if shift.day >= calendar.first_day]
        before += [s for s in rota.tour(agent.name) if s.day < calendar.first_day and s not in before]
        tours[agent.name] = tour
        if agent.name in optional and not tour:
            continue
        for rule in rules[agent.name]:
            found += rule.check(calendar, tour, [] if calendar.cyclic else before)
    mine = {agent.name: calendars[agent.name] for agent in team.agents}
    for team_rule in team_rules:
        concerned = team_rule.concerned(mine, optional)
        found += team_rule.check(concerned, {name: tours[name] for name in concerned})
    return tuple(sorted(found, key=_order))


def _order(violation: Violation) -> tuple[object, ...]:
    """Sort key of violations."""
    return (
        violation.day,
        violation.agent,
        violation.rule,
        violation.before_period,
        violation.unit,
        violation.amount,
    )
