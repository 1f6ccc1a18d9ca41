"""The shipped scenarios as they are run: rules kept, cover and cost counted again, always the same bytes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.rota import missing_cost, read_rota, recount, rota_cost
from planner.study import Plan, Scenario, plan, rollout, write_plan
from planner.study.missing_price import missing_cents
from planner.study.steps import audit, carried_of, hard, pay_terms

REPOSITORY = Path(__file__).parents[2]
SCENARIOS = REPOSITORY / "scenarios"
QUARTER = timedelta(minutes=15)

# Folder, file, weeks (0: as shipped).
RUNS = [
    ("weekday-to-247", "stage-4-24-7.yaml", 0),
    ("weekday-to-247", "scenario.yaml", 2),
    ("mozilla-support", "scenario.yaml", 2),
    ("mozilla-support", "five-languages.yaml", 1),
]


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: f"{run[0]}/{run[1]}")
def made(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    """A plan of a shipped scenario with a quick effort, and the folder it was written to."""
    name, file, weeks = request.param
    scenario = Scenario.load(SCENARIOS / name / file)
    changes: dict[str, Any] = {"solve": {"effort": "quick", "rounds": 2}}
    if weeks:
        changes["period"] = {"weeks": weeks}
    folder = tmp_path_factory.mktemp("shipped")
    result = plan(scenario.replace(**changes))
    write_plan(result, folder)
    return result, folder


def rows(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_no_hard_finding_of_the_judge(made: tuple[Plan, Path]) -> None:
    result, folder = made
    assert hard(result.violations) == ()
    assert hard(audit(folder / "rota.csv", result.scenario)) == ()
    assert result.rota.shifts


def test_cover_counted_by_hand(made: tuple[Plan, Path]) -> None:
    """From rota.csv and the team alone: who is there, not on a break, and speaks one of the languages."""
    result, folder = made
    scenario = result.scenario
    able = {
        queue.name: {a.name for a in scenario.team.agents if queue.language in a.languages and not a.teams}
        for queue in scenario.queues
    }
    able |= {
        role.name: {a.name for a in scenario.team.agents if role.name in a.teams} for role in scenario.roles
    }
    present: dict[datetime, set[tuple[str, str]]] = defaultdict(set)
    for row in rows(folder / "rota.csv"):
        at, end = instant(row["start_utc"]), instant(row["end_utc"])
        rest = instant(row["break_starts_utc"]) if row["break_starts_utc"] else end
        back = rest + timedelta(minutes=int(row["break_minutes"] or 0))
        while at < end:
            if not rest <= at < back:
                present[at].add((row["agent"], row["kind"]))
            at += QUARTER
    short: dict[tuple[str, bool], int] = defaultdict(int)
    counted = 0
    for row in rows(folder / "cover.csv"):
        names = row["set"].split(" + ")
        kind = "on_call" if names[0] in {role.name for role in scenario.roles} else "work"
        people = {name for each in names for name in able[each]}
        start = instant(row["interval_start"])
        quarters = [start + n * QUARTER for n in range(scenario.interval_minutes // 15)]
        here = min(len({a for a, k in present[at] if k == kind and a in people}) for at in quarters)
        assert here == int(row["on_duty"]), row
        lacking = max(0, int(row["required"]) - here)
        assert (lacking > 0) <= (int(row["short"]) > 0), row
        block = (row["interval_start"], kind == "on_call")
        short[block] = max(short[block], lacking)
        counted += 1
    assert counted == len(result.need.sets) * result.need.intervals
    assert sum(short.values()) == int(result.cover.short.sum())


def soft_cents(plan: Plan) -> dict[str, int]:
    """What the judge finds of soft rules, at their price."""
    found: dict[str, int] = {}
    for one in plan.violations:
        rules = plan.scenario.personal_rules.get(one.agent, ())
        price = next((rule.penalty for rule in rules if rule.name == one.rule and not rule.hard), None)
        if price is not None and not one.hard and not one.before_period:
            found[one.rule] = found.get(one.rule, 0) + round(100 * price * one.amount)
    return found


def test_objective_is_that_of_the_rota(made: tuple[Plan, Path]) -> None:
    result, folder = made
    scenario, need = result.scenario, result.need
    rota = read_rota(
        folder / "rota.csv", scenario.team, scenario.shift_types, scenario.first_day, scenario.days
    )
    cover = recount(need, rota, scenario.skills, scenario.cyclic, carried_of(scenario))
    pay = rota_cost(rota, pay_terms(scenario))
    objective = result.result.objective
    assert objective.missing == missing_cost(need, cover, missing_cents(scenario, pay_terms(scenario)))
    assert (objective.labour, objective.premiums) == (pay.base_cents, pay.premium_cents)
    assert objective.soft_rules == soft_cents(made[0])
    soft = sum(objective.soft_rules.values())
    assert objective.total == objective.missing + objective.pay + objective.extra + soft
    record = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert record["objective"]["total"] == objective.total / 100
    assert record["bound"] is not None
    assert record["bound"] <= record["objective"]["total"]
    # Wages without the planner's cost code: paid hours of rota.csv at the team's rates.
    rates = {agent.name: agent.cost_per_hour for agent in scenario.team.agents}
    shares = {kind.name: kind.pay_share for kind in scenario.shift_types}
    paid = rows(folder / "rota.csv")
    wages = sum(float(r["paid_hours"]) * rates[r["agent"]] * shares[r["shift"]] for r in paid)
    assert wages == pytest.approx(objective.labour / 100, abs=0.01 * len(paid))
    # A cell is empty where one of the shift's premiums is not known; the cost has the others.
    told = sum(float(r["premium_cost"] or 0) for r in paid)
    if all(r["premium_cost"] for r in paid):
        assert told == pytest.approx(objective.premiums / 100, abs=0.01)
    assert told <= objective.premiums / 100 + 0.01


def test_what_is_proven_lies_below_what_was_found(made: tuple[Plan, Path]) -> None:
    result = made[0].result
    assert result.missing_hours_bound is None or result.missing_hours_bound <= result.missing_hours + 1e-9
    assert result.missing_hours == pytest.approx(
        made[0].cover.missing_intervals * made[0].scenario.interval_minutes / 60
    )


def test_a_later_stage_shares_nights() -> None:
    """Around the clock nobody works more nights than the gate allows, and the cost is plausible."""
    stages = [
        Scenario.load(SCENARIOS / "weekday-to-247" / f"{name}.yaml").replace(
            solve={"effort": "quick", "rounds": 1}, period={"weeks": 2}
        )
        for name in ("scenario", "stage-4-24-7")
    ]
    made = rollout(stages, mend="none")
    answers = {gate.kind: gate for gate in made.gates[1]}
    assert answers["nights_per_person"].passed
    assert answers["nights_per_person"].value > 0  # type: ignore[operator]
    assert answers["survives"].passed
    assert answers["escalation"].passed
    assert 0.7 < answers["cost_uplift"].value < 1.2  # type: ignore[operator]
    assert made.plans[1].result.missing_hours < 1


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both shipped scenarios over one week, in folders of their own."""
    folder = tmp_path_factory.mktemp("short")
    found = {}
    for name in ("weekday-to-247", "mozilla-support"):
        shutil.copytree(SCENARIOS / name, folder / name)
        file = folder / name / "short.yaml"
        solve = "solve: {effort: quick, rounds: 1, replications: 6}"
        text = f"starts_from: scenario.yaml\nperiod: {{weeks: 1}}\n{solve}\n"
        file.write_text(text, encoding="utf-8")
        found[name] = file
    return found


@pytest.mark.parametrize(
    ("name", "other"), [("weekday-to-247", {"PLANNER_PLAIN": "1"}), ("mozilla-support", {})]
)
def test_same_bytes_in_every_process(
    name: str, other: dict[str, str], short: dict[str, Path], tmp_path: Path
) -> None:
    """Another hash seed, and the plain path instead of the compiled one, change no byte of any table."""
    written = []
    for number, more in enumerate([{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "77", **other}]):
        out = tmp_path / str(number)
        command = [sys.executable, "-m", "planner", "plan", str(short[name]), "--out", str(out)]
        env = {**os.environ, **more}
        subprocess.run(command, check=True, cwd=REPOSITORY, env=env, capture_output=True, timeout=120)
        written.append({path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))})
    assert written[0]["rota.csv"].count(b"\n") > 10
    assert written[0] == written[1]


def test_weekday_data_is_what_its_generator_makes(tmp_path: Path) -> None:
    folder = SCENARIOS / "weekday-to-247"
    subprocess.run([sys.executable, str(folder / "make_data.py"), str(tmp_path)], check=True, timeout=60)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(made) == ["team-12.csv", "team-16.csv", "team.csv", "tickets.csv"]
    assert made == {name: (folder / name).read_bytes() for name in made}


def test_mozilla_data_is_what_its_generator_makes(tmp_path: Path, shared: Path) -> None:
    folder = SCENARIOS / "mozilla-support"
    source = shared / "data" / "real" / "sumo_hourly_long.csv.gz"
    command = [sys.executable, str(folder / "make_data.py"), str(source), str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(made) == ["counts.csv.gz", "team.csv"]
    assert made == {name: (folder / name).read_bytes() for name in made}
