"""Whole scenarios from a file's text: nothing hard is broken, and all that is told is counted again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.rota import read_rota, rota_frame
from planner.rules import judge
from planner.scheduling import SolveSettings, objective_of, schedule
from planner.study import Scenario, demand_and_need, steps

SITES = {
    "Rome": ("Europe/Rome", "it"),
    "Lisbon": ("Europe/Lisbon", "pt"),
    "Paris": ("Europe/Paris", "fr"),
    "Manila": ("Asia/Manila", "ph"),
    "New York": ("America/New_York", ""),
    "Madrid": ("Europe/Madrid", "es"),
}
FIRST = (date(2026, 1, 12), date(2026, 3, 23), date(2026, 3, 30), date(2026, 10, 19), date(2026, 12, 21))
RULES = (
    "minimum_rest: {hours: 11}",
    "max_days_in_row: {days: 5}",
    "max_days_in_row: {days: 4, penalty: 30}",
    "two_days_off_together: {}",
    "weekly_hours: {at_most: contract}",
    "weekly_hours: {at_most: contract, at_least: contract}",
    "max_nights_in_row: {nights: 3}",
    "whole_weekends: {penalty: 25}",
    "weekly_rest: {hours: 35}",
    "quick_returns: {shorter_than: 12 h, at_most: 1}",
    "stable_starts: {hours: 3 h, penalty: 2}",
    "rest_after_nights: {hours: 24}",
    "free_sundays: {sundays: 1}",
    "nobody_alone: {nights: true, penalty: 40}",
    "most_on_shift: {most: 3, shifts: [day]}",
)
QUICK = SolveSettings(iterations=15)


def text_of(draw: random.Random) -> str:
    """A scenario file: one or two sites, three to eight people, rules and packs, all hours at times."""
    sites = draw.sample(sorted(SITES), draw.choice([1, 1, 2]))
    languages = draw.choice([["en"], ["en", "it"], ["en", "fr", "it"]])
    first = draw.choice(FIRST) + timedelta(days=draw.choice([0, 0, 0, 2]))
    lines = ["name: Random", f"zone: {SITES[sites[0]][0]}", f"period: {{first_day: {first}, weeks: 1}}"]
    lines += [f"interval: {draw.choice([15, 30, 60])} min", "sites:"]
    for site in sites:
        zone, pack = SITES[site]
        rules = f", country_rules: {pack}" if pack and draw.random() < 0.5 else ""
        holidays = f", public_holidays: {site}" if site in ("Rome", "Lisbon", "Paris") else ""
        lines.append(
            f"  - {{name: {site}, zone: {zone}, full_time_hours: 40, night_premium: 25%{rules}{holidays}}}"
        )
    lines.append("agents:")
    for i in range(draw.randrange(3, 9)):
        spoken = sorted({"en", draw.choice(languages)}) if draw.random() < 0.8 else [draw.choice(languages)]
        leave = f", leave: {first + timedelta(days=draw.randrange(7))}" if draw.random() < 0.15 else ""
        lines.append(
            f'  - {{name: P{i}, site: {draw.choice(sites)}, languages: "{", ".join(spoken)}", '
            f"weekly_hours: {draw.choice([20, 32, 40, 40])}, cost: {draw.choice([12, 15.5, 20])}{leave}}}"
        )
    lines.append("queues:")
    volumes = []
    for language in languages:
        lines.append(
            f"  - {{name: phone {language}, aht: 6 min, promise: 80% within 60 s, hangs_up_after: 4 min}}"
        )
        volumes.append(f"phone {language}: {draw.choice([5, 15, 30])}")
    if draw.random() < 0.4:
        lines.append("  - {name: email en, aht: 10 min, promise: 90% within 4 business hours}")
        volumes.append("email en: 20")
    lines.append(f"volume: {{{', '.join(volumes)}}}")
    opening = draw.choice(
        [
            "mon-fri, open: 09:00, close: 18:00",
            "all, open: 08:00, close: 22:00",
            "all, open: 00:00, close: 24:00",
        ]
    )
    lines += ["opening_hours:", f"  - {{queues: all, days: {opening}}}"]
    if draw.random() < 0.5:
        lines.append(f"minimum_on_duty: {{all: {draw.choice([1, 2])}}}")
    lines.append("shifts:")
    lines.append("  - {name: day, start: 07:00-10:00 every 60 min, paid_hours: 8, break: 1 h unpaid}")
    lines.append("  - {name: late, start: 14:00, paid_hours: 8}")
    if "00:00" in opening:
        lines.append("  - {name: night, start: 22:00, paid_hours: 8}")
    lines.append(f"rules: [{', '.join('{' + rule + '}' for rule in one_of_each(draw))}]")
    lines.append(f"solve: {{effort: quick, seed: {draw.randrange(1, 9)}, rounds: 1}}")
    return "\n".join(lines) + "\n"


def one_of_each(draw: random.Random) -> list[str]:
    """Some rules, none twice."""
    found = {rule.split(":")[0]: rule for rule in draw.sample(RULES, draw.randrange(2, 7))}
    return [found[name] for name in sorted(found)]


def scenario_holds(seed: int) -> dict[str, int]:
    """One random scenario, planned: judge, objective, cover, file and repetition."""
    draw = random.Random(seed)
    text = text_of(draw)
    scenario = Scenario.from_text(text)
    _history, _volumes, need = demand_and_need(scenario)
    problem = steps.problem_of(need, scenario)
    settings = replace(QUICK, seed=scenario.seed)
    result = schedule(problem, settings)
    everything = (problem.team, problem.calendars, problem.rules, problem.carried, problem.team_rules)
    found = judge(result.rota, *everything)
    broken = [v for v in found if v.hard and not v.before_period and v.agent not in result.no_legal_tour]
    team = {rule.name for rule in problem.team_rules}
    assert not [v for v in broken if v.rule not in team], (text, broken)
    assert not broken or result.status.value == "partial", (text, broken)
    assert steps.audit(result.rota, scenario) == found, text
    assert result.objective == objective_of(result.rota, problem), text
    assert result.bound_cents is None or result.bound_cents <= result.objective.total, text
    hours = result.missing_hours_bound
    assert hours is None or hours <= result.missing_hours + 1e-6, text
    frame = rota_frame(result.rota, problem.team)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rota.csv"
        file.write_text(frame.to_csv(index=False), encoding="utf-8")
        again = read_rota(file, problem.team, problem.shift_types, problem.first_day, problem.days)
    assert again.shifts == result.rota.shifts, text
    counts = {"scenarios": 1, "clashing": bool(result.no_legal_tour), "shifts": len(result.rota.shifts)}
    if seed % 4 == 0:
        other = schedule(steps.problem_of(need, Scenario.from_text(text)), settings)
        assert rota_frame(other.rota, problem.team).to_csv() == frame.to_csv(), text
        assert (other.bound_cents, other.objective) == (result.bound_cents, result.objective), text
        counts["repeated"] = 1
    return counts


EXACT = SolveSettings("cp-sat", iterations=60)


def engines_agree(seed: int) -> dict[str, int]:
    """The week after a planned one, by both engines: neither bound is above the other's rota.

    Last week's rota is read from its file, so what is carried over binds; nobody is named by one engine only.
    """
    draw = random.Random(seed)
    text = text_of(draw)
    scenario = Scenario.from_text(text)
    week = schedule(steps.problem_of(demand_and_need(scenario)[2], scenario), QUICK)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "last.csv"
        file.write_text(rota_frame(week.rota, scenario.team).to_csv(index=False), encoding="utf-8")
        later = scenario.first_day + timedelta(weeks=1)
        changed = (
            text.replace(str(scenario.first_day) + ", weeks", f"{later}, weeks") + "carryover: last.csv\n"
        )
        following = Scenario.from_text(changed, folder=folder)
        need = demand_and_need(following)[2]
        problem = steps.problem_of(need, following)
    quick, exact = schedule(problem, QUICK), schedule(problem, EXACT)
    counts = {"scenarios": 1, "carried": len(problem.carried), "clashing": bool(quick.no_legal_tour)}
    assert set(quick.no_legal_tour) == set(exact.no_legal_tour), (changed, quick, exact)
    team = {rule.name for rule in problem.team_rules}
    everything = (problem.team, problem.calendars, problem.rules, problem.carried, problem.team_rules)
    kept = True
    for one in (quick, exact):
        assert one.objective == objective_of(one.rota, problem), changed
        broken = [v for v in judge(one.rota, *everything) if v.hard and not v.before_period]
        assert not [v for v in broken if v.agent not in one.no_legal_tour and v.rule not in team], changed
        kept = kept and not [v for v in broken if v.rule in team]
    for one, other in ((quick, exact), (exact, quick)):
        if one.bound_cents is not None and kept:
            counts[f"bounds of {one.engine}"] = 1
            total = other.objective.total
            assert one.bound_cents <= total, (changed, one.engine, one.bound_cents, total)
            hours = one.missing_hours_bound
            assert hours is None or hours <= other.missing_hours + 1e-6, (changed, one.engine, hours)
    return counts
