"""Worlds changed in ways whose effect on the optimum is known: nothing, never dearer, or so many times."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from planner.scheduling import Result, SolveSettings
from tests.proof.small import Said, build, optimum, said

FACTOR = 3
NAMES = {"en": "zeta", "it": "alpha", "engineer": "mid", **{f"p{i}": f"{'zyxwv'[i]}{i}" for i in range(5)}}


CHANGES = (
    "renamed",
    "a week later",
    "in another order",
    "dearer",
    "one more who need not be taken",
    "one rule more",
    "fewer needed",
)
EXACT = SolveSettings("cp-sat", iterations=400)


def solved(world: Said) -> Result | None:
    """The proven optimum of a world; None if the budget did not suffice."""
    return optimum(build(world), EXACT)


def changes_do_what_they_must(seed: int) -> dict[str, int]:
    """Two changes of the metamorphic list on one small world; seven seeds in a row make each twice."""
    draw = random.Random(seed)
    world = said(seed, most_people=3, most_days=5)
    base = solved(world)
    if base is None:
        return {"not proven": 1}
    best, counts = base.objective.total, {"worlds": 1}

    asked = {CHANGES[seed % len(CHANGES)], CHANGES[(seed + 3) % len(CHANGES)]}

    def same(name: str, changed: Said, times: int = 1, rounding: int = 0) -> None:
        found = solved(changed) if name in asked else None
        if found is not None:
            counts[name] = 1
            assert abs(found.objective.total - best * times) <= rounding, (seed, name, best, found.objective)

    same("renamed", replace(world, names=NAMES))
    same("a week later", replace(world, first_day=world.first_day + timedelta(weeks=1)))
    order = list(range(len(world.speak)))
    draw.shuffle(order)
    same("in another order", replace(world, order=tuple(order)))
    same("dearer", replace(world, factor=FACTOR), FACTOR, FACTOR if world.backlog else 0)

    def compared(name: str, changed: Said, sign: int) -> None:
        found = solved(changed) if name in asked else None
        # Whose rules clash works less, which may be cheaper: no statement is made about that.
        if found is not None and not (found.no_legal_tour or base.no_legal_tour):
            counts[name] = 1
            counts[f"{name}, and it matters"] = found.objective.total != best
            assert sign * (found.objective.total - best) >= 0, (seed, name, best, found.objective)

    new = f"p{len(world.speak)}"
    joined = replace(
        world,
        speak=(*world.speak, draw.choice(["en", "it", "en it"])),
        hourly=(*world.hourly, 12.0),
        optional={**world.optional, new: draw.choice([0, 3000, 40_000])},
    )
    compared("one more who need not be taken", joined, -1)
    rule, settings = draw.choice(
        [
            ("max_nights", {"nights": 1}),
            ("shifts_a_week", {"at_most": 3}),
            ("days_off_in_row", {"days": 2, "penalty": 30}),
            ("min_days_in_row", {"days": 2, "penalty": 15}),
            ("minimum_rest", {"hours": 16}),
            ("no_work_on", {"days": "sat, sun", "penalty": 9}),
            ("rest_every", {"hours": 36, "days": 4}),
        ]
    )
    if rule not in world.rules:
        compared("one rule more", replace(world, rules={**world.rules, rule: settings}), 1)
    fewer = {
        text: tuple(max(0, n - (draw.random() < 0.3)) for n in row) for text, row in world.required.items()
    }
    if not world.extra and not world.backlog:
        # A busy hour less leaves deferred work more room, but it is said by another row here.
        compared("fewer needed", replace(world, required=fewer), -1)
    return {name: int(count) for name, count in counts.items()}
