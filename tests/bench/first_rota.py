"""How long until a legal rota stands on screen: 40 people, 28 days, three sites, five languages.

``python -m tests.bench.first_rota [--people 40] [--json]`` prints seconds to the first rota, counted from
the start of the plan (forecast and need included), and how many person-hours it misses, beside the named
baseline of the same run: the first rota of the CP-SAT model of the same scenario, within ten times that,
at least 30 seconds.
"""

from __future__ import annotations

import argparse
import json
import time

from planner.people import skills
from planner.rota import Rota, recount
from planner.study import PlanProgress, Scenario, audit, demand_and_need, plan

LANGUAGES = ("en", "fr", "de", "it", "es")
SITES = (("Lisbon", "Europe/Lisbon"), ("Toronto", "America/Toronto"), ("Manila", "Asia/Manila"))


def world(people: int) -> str:
    """A scenario file: three sites round the world, everybody speaks English and most one more language."""
    lines = ["name: First rota", "zone: UTC", "period: {first_day: 2026-03-02, weeks: 4}", "sites:"]
    lines += [f"  - {{name: {name}, zone: {zone}}}" for name, zone in SITES]
    lines.append("agents:")
    for i in range(people):
        spoken = ", ".join(dict.fromkeys(("en", LANGUAGES[i % 5])))
        who = f'name: P{i:03d}, site: {SITES[i % 3][0]}, languages: "{spoken}"'
        lines.append(f"  - {{{who}, weekly_hours: 40, cost: 20}}")
    lines.append("queues:")
    for language in LANGUAGES:
        lines.append(f"  - {{name: phone {language}, channel: phone, language: {language}, aht: 6 min,")
        lines.append("     promise: 80% within 60 s, hangs_up_after: 4 min}")
    lines.append(
        "volume: {" + ", ".join(f"phone {x}: {400 if x == 'en' else 40} a weekday" for x in LANGUAGES) + "}"
    )
    lines.append("opening_hours:")
    lines.append("  - {queues: phone en, days: all, open: 00:00, close: 24:00}")
    lines.append(
        "  - {queues: [phone fr, phone de, phone it, phone es], days: mon-fri, open: 08:00, close: 18:00}"
    )
    lines.append("shifts:")
    lines.append("  - {name: shift, start: 00:00-23:00 every 60 min, paid_hours: 8, break: 30 min unpaid}")
    lines.append(
        "rules: [{minimum_rest: {hours: 11}}, {max_days_in_row: {days: 6}}, {two_days_off_together: {}}]"
    )
    lines.append("solve: {effort: quick, rounds: 1}")
    return "\n".join(lines) + "\n"


def first_rota(scenario: Scenario, most_seconds: float) -> tuple[float, int, float] | None:
    """Seconds until a rota is told, its hard violations, and person-hours missing; None if there was none."""
    began = time.perf_counter()
    found: list[tuple[float, Rota]] = []

    def listen(said: PlanProgress) -> None:
        if said.rota is not None and not found:
            found.append((time.perf_counter() - began, said.rota))

    plan(scenario, listen, lambda: bool(found) or time.perf_counter() - began > most_seconds)
    if not found:
        return None
    seconds, rota = found[0]
    table = skills(scenario.team, scenario.queues, scenario.roles)
    need = demand_and_need(scenario)[2]
    missing = recount(need, rota, table).missing_intervals * need.interval_minutes / 60
    return seconds, sum(violation.hard for violation in audit(rota, scenario)), missing


def figures(prefix: str, found: tuple[float, int, float] | None) -> dict[str, float | int | None]:
    """The figures of one engine, named."""
    seconds, broken, missing = found or (None, None, None)
    return {
        f"{prefix}seconds_to_first": None if seconds is None else round(seconds, 2),
        f"{prefix}hard_violations": broken,
        f"{prefix}missing_hours": None if missing is None else round(missing, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    scenario = Scenario.from_text(world(args.people), name="first.yaml")
    first = first_rota(scenario, 60.0)
    limit = max(30.0, 10 * (first[0] if first else 60.0))
    reference = scenario.replace(solve={"engine": "cp-sat", "time_limit": f"{limit:.0f} s"})
    baseline = first_rota(reference, limit)
    row = {
        "people": args.people,
        **figures("", first),
        "baseline": "engine: cp-sat",
        **figures("baseline_", baseline),
    }
    row["ratio_seconds"] = round(first[0] / baseline[0], 3) if first and baseline else None
    row["ratio_missing"] = round(first[2] / baseline[2], 3) if first and baseline and baseline[2] else None
    print(json.dumps(row) if args.json else "\n".join(f"{key:18} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
