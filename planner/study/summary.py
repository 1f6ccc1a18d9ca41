"""What the command line prints of a plan, a forecast or a rollout: sentences, answer first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import ScenarioError
from planner._messages import Message
from planner._values import percent_text
from planner.clock import local_at
from planner.study import steps
from planner.study.attendance import attendance_lines
from planner.study.call_outs import call_out_lines
from planner.study.checked import no_finding
from planner.study.data_check import read_line
from planner.study.goals import promise_text
from planner.study.missing_words import hours_text
from planner.study.money import a_month, hours_of
from planner.study.partner_owed import owed_beyond, partner_lines
from planner.study.reasons import binding, handled, planned_done
from planner.study.replan_why import change_lines
from planner.study.stages.mending_words import mending_lines
from planner.study.stages.telling import first_lines, words_of
from planner.study.stages.uplift import uplift_lines
from planner.study.story import story
from planner.study.today import findings_line, history_lines, today_lines, today_of_plan
from planner.study.waterfall import waterfall_lines
from planner.study.why.words import summary_of as why_summary

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.study.plan import Plan
    from planner.study.rollout import Rollout
    from planner.study.scenario import Scenario


GATE_ANSWERS = {True: "gate_passed", False: "gate_failed", None: "gate_unknown"}
WHY_TOLD = 3
"""Shortages that a plan tells with their reasons; the others stand in its files."""


def summary(made: Plan) -> tuple[Message, ...]:
    """The plan in a few sentences: service, cost and its proof, what is short, findings, notices."""
    result, scenario = made.result, made.scenario
    lines = []
    if made.history is not None:
        lines.append(read_line(made.history.report))
    lines += findings_line(made.history)
    values = {
        "scenario": scenario.name,
        "shifts": len(made.rota.shifts),
        "people": len({shift.agent for shift in made.rota.shifts}),
        "team": len(scenario.team.agents),
        "hours": f"{hours_of(made)['rostered']:,.0f}",
        "days": scenario.days,
        "status": str(Message(f"study.status_{result.status.value}")),
    }
    lines.append(Message("study.rota", values))
    lines += [_cost(made), *call_out_lines(made)]
    lines += [*_kept(made), *today_lines(today_of_plan(made)), *planned_done(made), *attendance_lines(made)]
    if result.missing_hours > 0:
        lines.append(missing_line(made))
    for name in result.no_legal_tour:
        lines.append(Message("study.no_legal_tour", {"agent": name}))
    lines += change_lines(made)
    if made.why is not None and (made.why.findings or made.why.clashes):
        lines += why_summary(made.why, made.need, scenario.zone, scenario.currency, WHY_TOLD)[1:]
    found = steps.hard(made.violations)
    lines.append(Message("study.findings", {"count": len(found)}) if found else no_finding(scenario))
    lines += [violation.message for violation in found]
    lines += [Message("study.notice", {"text": str(notice)}) for notice in made.notices]
    lines += [*handled(made), *binding(made), *story(made.rounds, made.safety, made.scenario.currency)]
    return tuple(lines)


def _kept(made: Plan) -> list[Message]:
    """What each queue keeps of its promise in the round that the plan is of."""
    lines = []
    for round_ in made.rounds:
        for queue in made.scenario.queues if round_.chosen else ():
            share = round_.kept[queue.name]
            values = {
                "queue": queue.name,
                "kept": percent_text(share),
                "promise": promise_text(queue.promise),
            }
            code = f"kept_{queue.promise.definition}" if isfinite(share) else "kept_nobody"
            lines.append(Message(f"study.{code}", values))
    return lines


def missing_line(made: Plan) -> Message:
    """People missing, and what is proven of it."""
    bound = made.result.missing_hours_bound
    day, most = worst_day(made)
    values = {
        "hours": hours_text(made.result.missing_hours),
        "bound": hours_text(bound or 0.0),
        "day": day,
        "most": hours_text(most),
    }
    return Message("study.missing" if bound else "study.missing_unproven", values)


def worst_day(made: Plan) -> tuple[str, float]:
    """Local day on which most people are missing, and their person-hours; ("", 0.0) if nobody is."""
    need, cover = made.need, made.cover
    missing = cover.short.astype(float)
    for group in need.groups:
        rows = [i for i, row in enumerate(need.backlogs) if row.queues & frozenset(group)]
        if rows:
            heaviest = max(rows, key=lambda i: cover.missing_work_units[i] / need.backlogs[i].per_person)
            missing += cover.missing_work[heaviest] / need.backlogs[heaviest].per_person
    days: dict[str, float] = {}
    for k in missing.nonzero()[0]:
        at = local_at(need.first_quarter + int(k) * need.quarters_per_interval, made.scenario.zone)
        day = f"{at:%Y-%m-%d}"
        days[day] = days.get(day, 0.0) + float(missing[k]) * need.interval_minutes / 60
    return max(days.items(), key=lambda item: item[1], default=("", 0.0))


def _cost(made: Plan, owed: int = 0) -> Message:
    """What a rota costs; ``owed``: cents on top of it."""
    result = made.result
    days = made.scenario.days
    values = {
        "cost": f"{a_month(result.objective.pay + owed, days):,.0f}",
        "currency": made.scenario.currency,
        "bound": "–" if result.bound_cents is None else f"{a_month(result.bound_cents, days):,.0f}",
        "whole": f"{a_month(result.objective.total + owed, days):,.0f}",
        "gap": "–" if result.gap is None else f"{100 * result.gap:.1f} %",
    }
    return Message("study.cost_no_bound" if result.bound_cents is None else "study.cost", values)


def rollout_summary(made: Rollout) -> tuple[Message, ...]:
    """Who comes while closed today; then each stage: go or no-go, what it opens and takes, cost, gates."""
    lines: list[Message] = list(first_lines(made))
    told = words_of(made)
    for number, (plan, gates) in enumerate(zip(made.plans, made.gates, strict=True)):
        go = made.go(number)
        answer = "no_gates" if go is None else "go" if go else "no_go"
        values = {"number": number + 1, "stage": plan.scenario.name}
        words = told.get(number + 1)
        lines += [Message(f"study.stage_{answer}", values)] if words is None else [words.go, *words.answer]
        lines += [_cost(plan, owed_beyond(plan)), *(partner_lines(plan) if words is None else ())]
        lines += [missing_line(plan)] if plan.result.missing_hours > 0 else []
        lines += uplift_lines(plan, made.plans[0]) if number else ()
        lines += [
            Message(f"study.{GATE_ANSWERS[gate.passed]}", {"text": str(gate.message)}) for gate in gates
        ]
        lines += [] if words is None else words.back
    lines += mending_lines(made.mending, made.plans[0].scenario.currency)
    if made.cancelled:
        lines.append(Message("study.cancelled_at", {"stages": len(made.plans)}))
    return tuple(lines)


@dataclass(frozen=True)
class ForecastReport:
    """A forecast in words, a table of its accuracy ("" where nothing could be tested), and its files."""

    sentences: tuple[Message, ...]
    scenario: Scenario
    volumes: Volumes
    table: str = ""

    def write(self, folder: Path) -> None:
        """Write forecast.csv, accuracy.csv and waterfall.csv."""
        from planner.study.files import write_forecast

        write_forecast(self.volumes, self.scenario, folder)


def forecast_report(scenario: Scenario) -> ForecastReport:
    """Forecast a scenario and say how well such forecasts would have done on its own history."""
    from planner.study.accuracy import accuracy_of, accuracy_table

    if scenario.fixed_need:
        raise ScenarioError(Message("study.no_forecast", {"scenario": scenario.name}))
    history = steps.read_history(scenario)
    volumes = steps.forecast(history, scenario)
    lines: list[Message] = []
    if history is not None:
        report = history.report
        lines.append(read_line(report))
        lines += [*report.notices, *history_lines(history, scenario)]
    tested = accuracy_of(history, scenario)
    lines += tested.sentences
    volumes = replace(volumes, accuracy=tested.scores)
    lines += waterfall_lines(volumes)
    lines += volumes.notices
    return ForecastReport(tuple(lines), scenario, volumes, accuracy_table(tested.summary))
