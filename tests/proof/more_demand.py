"""More demand on small worlds: never cheaper, never fewer hours missing, never fewer people."""

from __future__ import annotations

import random
from dataclasses import replace

from planner.scheduling import Result, schedule
from tests.proof.small import EXACT, QUICK, Said, build, optimum, said

MOST_PEOPLE = 4
PRICED = {"missing": 600_000}
"""A price at which nothing but missing hours matters."""


def grown(world: Said, draw: random.Random) -> Said:
    """The same with more people asked in some hours, and with deferred work of the same moments doubled."""
    more = {
        text: tuple(n + (n > 0 and draw.random() < 0.5) for n in row) for text, row in world.required.items()
    }
    return replace(
        world, required=more, backlog=tuple(tuple(2 * units for units in row) for row in world.backlog)
    )


def more_demand_is_never_cheaper(seed: int) -> dict[str, int]:
    """Optimum, hours and fewest people of a world and of more demand, beside the bounds of both."""
    draw = random.Random(1000 + seed)
    world = replace(said(seed, most_people=3, most_days=5), extra=0, posts=())
    more = grown(world, draw)
    counts = {"worlds": 1}
    quick = {name: schedule(build(each), QUICK) for name, each in (("less", world), ("more", more))}
    exact = {name: optimum(build(each), EXACT) for name, each in (("less", world), ("more", more))}
    if exact["less"] and exact["more"] and not exact["less"].no_legal_tour:
        counts["costs"] = 1
        counts["dearer"] = exact["less"].objective.total < exact["more"].objective.total
        assert exact["less"].objective.total <= exact["more"].objective.total, seed
    for name in ("less", "more"):
        bound, best = quick[name].bound_cents, exact["more"]
        if bound is not None and best is not None and not quick["less"].no_legal_tour:
            # A bound proven for less demand holds for more.
            counts["bounds"] = counts.get("bounds", 0) + 1
            assert bound <= best.objective.total, (seed, name)
    fewest = [optimum(build(replace(each, **PRICED)), EXACT) for each in (world, more)]
    if all(fewest):
        hours = [found.missing_hours for found in fewest if found]
        counts["hours"] = 1
        assert hours[0] <= hours[1] + 1e-6, (seed, hours)
        for name in ("less", "more"):
            proven = quick[name].missing_hours_bound
            assert proven is None or proven <= hours[1] + 1e-6, (seed, name, proven, hours)
    people = fewest_people(world), fewest_people(more)
    if None not in people:
        counts["people"] = 1
        counts["more people"] = people[0] != people[1]
        assert people[0] <= people[1], (seed, people)  # type: ignore[operator]  # both are numbers
    return {name: int(count) for name, count in counts.items()}


def fewest_people(world: Said) -> int | None:
    """Least number of equal people with whom nothing is missing, found one by one; None: not proven."""
    for people in range(1, MOST_PEOPLE + 1):
        crew = replace(
            world,
            speak=("en it engineer" if "engineer" in world.required else "en it",) * people,
            hourly=(12.0,) * people,
            optional={},
            **PRICED,
        )
        problem = build(crew)
        found: Result | None = schedule(problem, QUICK)
        assert found is not None
        if found.missing_hours == 0:
            return people
        if not (found.missing_hours_bound or 0) > 0:
            found = optimum(problem, EXACT)
            if found is None:
                return None
            if found.missing_hours == 0:
                return people
    return MOST_PEOPLE + 1
