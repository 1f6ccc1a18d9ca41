"""Every rota of a tiny world, counted with nothing of the planner's own, against both engines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, product

import numpy as np

from planner.people import Team
from planner.rota import Rota, Shift
from planner.rules import judge
from planner.scheduling import SolveSettings, objective_of, schedule
from tests.proof.tiny import EXTRA, MISSING, POST, QUARTER, Duty, Tiny, broken, duties_on, tiny, utc

EXACT = SolveSettings("cp-sat", iterations=1500)
QUICK = SolveSettings(iterations=60)


@dataclass(frozen=True)
class Tried:
    """One legal tour of one person: cents that it costs whatever the other does, and what it covers."""

    tour: tuple[Duty, ...]
    cents: int
    present: np.ndarray
    posted: np.ndarray


def legal_tours(world: Tiny, person: int) -> list[Tried]:
    """All of them; the judge calls every one legal, and every other one illegal."""
    problem, begins = world.problem, utc(world.problem.first_day, 0, world.zone)
    agent, hourly = problem.team.agents[person], world.hourly[person]
    optional, found = problem.optional.get(agent.name), []
    quarters = problem.need.intervals * 4
    for chosen in product(*([None, *duties_on(world, day)] for day in range(problem.days))):
        tour = [duty for duty in chosen if duty is not None]
        illegal, soft = broken(world, person, tour)
        if optional is not None and not tour:
            illegal, soft = False, 0
        assert illegal == judge_objects(world, person, tour), (world, person, tour)
        if illegal:
            continue
        # 12 an hour is 20 cents a minute; a quarter of it on top at night.
        pay = sum(hourly * 100 * duty.paid // 60 + hourly * 25 * duty.night // 60 for duty in tour)
        present, posted = np.zeros(quarters, bool), np.zeros(problem.days, np.int64)
        for duty in tour:
            for at in duty.quarters:
                index = int((at - begins) / QUARTER)
                if index < quarters:
                    present[index] = True
            posted[duty.day] += duty.name == problem.shift_types[0].name
        taking = (optional or 0) if tour else 0
        found.append(Tried(tuple(tour), pay + soft + taking, present, posted))
    return found


def judge_objects(world: Tiny, person: int, tour: list[Duty]) -> bool:
    """Whether the judge finds a hard rule broken."""
    problem = world.problem
    agent = problem.team.agents[person]
    alone = Team((agent,), problem.team.sites)
    rota = Rota("", problem.first_day, problem.days, (agent.name,), shifts_of(world, person, tour))
    found = judge(rota, alone, problem.calendars, problem.rules, optional=problem.optional)
    # Two duties at once are no rule of anybody's; nobody can be given them.
    at_once = any(b.start < a.end for a, b in pairwise(tour))
    return at_once or any(violation.hard for violation in found)


def shifts_of(world: Tiny, person: int, tour: list[Duty]) -> tuple[Shift, ...]:
    """A tour as dated shifts."""
    return tuple(
        Shift(
            duty.start,
            f"p{person}",
            duty.end,
            world.problem.first_day + timedelta(days=duty.day),
            duty.name,
            world.zone,
            break_start=duty.pause,
            break_minutes=60 if duty.pause else 0,
        )
        for duty in tour
    )


def missing_and_spare(world: Tiny, able: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """People missing and too many per interval, from who is present; last axis quarters, then summed up."""
    texts = [set(text.split()) for text in world.languages]
    lacking = {}
    for text, asked_ in world.required.items():
        there = sum(
            present.astype(np.int64)
            for present, spoken in zip(able, texts, strict=True)
            if spoken & set(text.split())
        ) + np.zeros(able[0].shape, np.int64)
        fewest = there.reshape(*there.shape[:-1], -1, 4).min(axis=-1)
        lacking[text] = np.maximum(asked_ - fewest, 0)
    together = any(spoken == {"en", "it"} for spoken in texts)
    if together:
        short = np.maximum.reduce(list(lacking.values()))
    else:  # nobody speaks both: two desks, and a row over both of them
        short = np.maximum(lacking["en"] + lacking["it"], lacking["en it"])
    anybody = sum(present.astype(np.int64) for present in able)
    anybody = anybody.reshape(*anybody.shape[:-1], -1, 4).min(axis=-1)
    largest = np.maximum.reduce(list(world.required.values()))
    return short, np.maximum(anybody - largest, 0)


def best_of(world: Tiny, first: list[Tried], second: list[Tried]) -> tuple[int, int, Tried, Tried]:
    """Least cost over all pairs of tours, fewest people missing over all pairs, and a best pair."""
    presents = np.array([tried.present for tried in second])
    posteds = np.array([tried.posted for tried in second])
    cents = np.array([tried.cents for tried in second])
    best: tuple[int, int, int] | None = None
    fewest = 10**9
    for i, tried in enumerate(first):
        short, spare = missing_and_spare(world, [np.broadcast_to(tried.present, presents.shape), presents])
        missing, extra = short.sum(axis=1), spare.sum(axis=1)
        total = tried.cents + cents + missing * MISSING + extra * EXTRA
        hours = missing.astype(float)
        if world.posted:
            there = tried.posted + posteds
            lacking = np.maximum(np.array(world.posted) - there, 0).sum(axis=1)
            total = total + lacking * POST
            total = total + np.maximum(there - np.array(world.posted), 0).sum(axis=1) * (POST // 10)
            hours = hours + lacking * world.problem.need.posts[0].hours
        j = int(total.argmin())
        fewest = min(fewest, int(hours.min()))
        if best is None or total[j] < best[0]:
            best = int(total[j]), i, j
    assert best is not None
    return best[0], fewest, first[best[1]], second[best[2]]


def brute_force_agrees(seed: int) -> dict[str, int]:
    """Both engines against every rota there is: optimum, bounds, hours, and who has no legal tour."""
    world = tiny(seed)
    problem = world.problem
    tours = [legal_tours(world, person) for person in range(2)]
    clashing = tuple(f"p{person}" for person in range(2) if not tours[person])
    nothing = Tried((), 0, np.zeros(problem.need.intervals * 4, bool), np.zeros(problem.days, np.int64))
    first, second = (mine or [nothing] for mine in tours)
    best, fewest, one, other = best_of(world, first, second)
    shifts = (*shifts_of(world, 0, list(one.tour)), *shifts_of(world, 1, list(other.tour)))
    rota = Rota("", problem.first_day, problem.days, ("p0", "p1"), tuple(sorted(shifts)))
    assert objective_of(rota, problem).total == best, (world, rota, best)
    exact, quick = schedule(problem, EXACT), schedule(problem, QUICK)
    for result in (exact, quick):
        assert result.no_legal_tour == clashing, (world, result.no_legal_tour, clashing)
        assert objective_of(result.rota, problem) == result.objective
        assert result.objective.total >= best, (world, result.engine, result.objective, best)
        assert result.bound_cents is None or result.bound_cents <= best, (world, result.engine, best)
        hours = result.missing_hours_bound
        assert hours is None or hours <= fewest + 1e-6, (world, result.engine, hours, fewest)
    assert exact.objective.total == exact.bound_cents == best, (
        world,
        exact.objective,
        exact.bound_cents,
        best,
    )
    return {
        "worlds": 1,
        "clashing": bool(clashing),
        "found": quick.objective.total == best,
        "proven": quick.bound_cents == best,
        "rotas": len(first) * len(second),
        "short": fewest > 0,
    }
