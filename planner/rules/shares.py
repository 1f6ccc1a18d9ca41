"""Everyone's share of what a team has, for rules that split things evenly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor, gcd

from planner.rules.calendar import AgentCalendar
from planner.rules.shapes import Mark, Team, Unit
from planner.rules.team_rule import TeamRule


def own_shares(calendars: Mapping[str, AgentCalendar], equal: bool) -> dict[str, int]:
    """Whole parts of the team's total by name: contract minutes made small, or 1 each."""
    if len(calendars) < 2:
        return {}
    parts = {name: calendar.agent.weekly_minutes for name, calendar in calendars.items()}
    common = gcd(*parts.values())
    if equal or not common:
        return dict.fromkeys(parts, 1)
    return {name: part // common for name, part in parts.items()}


def share_shapes(
    rule: TeamRule,
    calendars: Mapping[str, AgentCalendar],
    shares: Mapping[str, int],
    marks: Mapping[str, Mark],
    unit: Unit,
    within: Fraction,
) -> tuple[Team, ...]:
    """For each person a row that holds their total near their share.

    In whole numbers: with parts h of H, |x - h / H * sum| <= within is |H x - h sum| <= H within.
    """
    whole = sum(shares.values())
    names = tuple(shares)
    each = tuple(marks[name] for name in names)
    made = []
    for name, part in shares.items():
        members = tuple((other, whole * (other == name) - part) for other in names)
        most = floor(whole * within)
        made.append(
            Team(
                rule.name,
                members,
                each[0],
                unit,
                0,
                max(calendars[other].days for other in names) - 1,
                least=-most,
                most=most,
                price=rule.price,
                scale=whole,
                marks=() if len(set(each)) == 1 else each,
            )
        )
    return tuple(made)


def judged(
    shares: Mapping[str, int], totals: Mapping[str, int], within: Fraction
) -> Iterator[tuple[str, int, Fraction]]:
    """Who is too far from their share: name, by how much (rounded up), and the share."""
    everything, whole = sum(totals.values()), sum(shares.values())
    for name, part in shares.items():
        share = Fraction(part * everything, whole)
        away = ceil(abs(totals[name] - share) - within)
        if away > 0:
            yield name, away, share
