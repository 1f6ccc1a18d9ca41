"""The pipeline, step by step: each function unpacks a scenario for one room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner import demand, requirement
from planner import rota as rota_room
from planner import rules as rules_room
from planner.clock import PublicHolidays, day_starts
from planner.demand import PlannedWork
from planner.requirement import Need
from planner.rota import PayTerms, Rota, Shift
from planner.rules import Rule, Violation
from planner.study.call_outs import rests_after_call_outs
from planner.study.expecting import expected
from planner.study.hired import has_candidates, renumbered, with_candidates
from planner.study.lives import usual_lives
from planner.study.missing_price import missing_cents
from planner.study.replan import keeping, locked_of, published_of

if TYPE_CHECKING:
    from planner.demand import History, Volumes
    from planner.scheduling import IsCancelled, OnProgress, Problem, Result, SolveSettings
    from planner.service import BadHours, Service
    from planner.study.scenario import Scenario


def horizon(scenario: Scenario) -> tuple[int, int]:
    """First absolute quarter-hour and number of planning intervals of the period, on the scenario's clock."""
    starts = day_starts(scenario.first_day, scenario.days, scenario.zone)
    return starts[0], (starts[-1] - starts[0]) * 15 // scenario.interval_minutes


def read_history(scenario: Scenario) -> History | None:
    """Ticket history of a scenario; None if it states its volumes instead."""
    if not scenario.history_sources:
        return None
    place = scenario.public_holidays
    holidays = PublicHolidays(place) if place else None
    sources, minutes = scenario.history_sources, scenario.interval_minutes
    return demand.read_history(
        sources, scenario.queues, minutes, holidays, scenario.opening, zone=scenario.zone
    )


def forecast(history: History | None, scenario: Scenario) -> Volumes:
    """Contacts per interval over the period, from history or from the volumes that the scenario states."""
    return expected(history, scenario, *horizon(scenario))


def planned_of(scenario: Scenario, volumes: Volumes | None = None) -> tuple[PlannedWork, ...]:
    """Work that needs people and answers no contact, on the period: planned work, meetings, appointments.

    Parameters
    ----------
    volumes: the forecast, which appointments are a share of; without it they have no windows.

    Raises
    ------
    HistoryError: a file of calls that cannot be trusted.
    """
    chosen = (placement.work for placement in scenario.placements)
    return (*scenario.stated_work, *chosen, *scenario.appointments_of(volumes))


def require(volumes: Volumes, scenario: Scenario) -> Need:
    """People needed on duty over sets of queues; edges that no shift of the period reaches are left out."""
    return requirement.require(
        volumes,
        scenario.queues,
        scenario.team,
        scenario.skills,
        scenario.opening,
        scenario.need_settings,
        scenario.role_needs,
        planned=planned_of(scenario, volumes),
        when_closed=scenario.when_closed,
    )


def demand_and_need(scenario: Scenario) -> tuple[History | None, Volumes | None, Need]:
    """History, forecast and need of a scenario; the first two are None where it states its need."""
    from planner.study.fixed import fixed_need
    from planner.study.posts import with_posts

    if scenario.fixed_need or scenario.posts_alone:
        return None, None, with_posts(fixed_need(scenario), scenario)
    history, volumes = scenario.history, scenario.expected
    assert volumes is not None, "only a stated need has none"
    return history, volumes, with_posts(require(volumes, scenario), scenario)


def carried_of(scenario: Scenario) -> tuple[Shift, ...]:
    """Last period's shifts, if the scenario names them."""
    if scenario.carryover is None:
        return ()
    last = rota_room.read_rota(scenario.carryover, scenario.team, scenario.shift_types, may_have_left=True)
    return tuple(shift for shift in last.shifts if shift.day < scenario.first_day)


def with_carried(rota: Rota, scenario: Scenario) -> Rota:
    """The rota and last period's shifts, whose ends may reach into it: everybody who is there."""
    carried = carried_of(scenario)
    return replace(rota, shifts=tuple(sorted((*carried, *rota.shifts)))) if carried else rota


def pay_terms(scenario: Scenario) -> PayTerms:
    """Pay of every person and site, in cents; premiums that nobody stated are named, not counted."""
    return rota_room.pay_terms(scenario.team, scenario.holiday_premiums, scenario.unknown_premiums)


def rules_of(scenario: Scenario) -> dict[str, tuple[Rule, ...]]:
    """Everybody's rules; those that hold them to a published rota, and to rest after call-outs, too."""
    published = published_of(scenario)
    kept = {} if published is None else keeping(scenario, published)
    rests = rests_after_call_outs(scenario)
    rules = scenario.personal_rules.items()
    return {name: (*mine, *kept.get(name, ()), *rests.get(name, ())) for name, mine in rules}


def problem_of(need: Need, scenario: Scenario, warm: Rota | None = None) -> Problem:
    """Everything that the engine is asked; with hires or a partner, whom of them to take."""
    problem = _problem(need, scenario, warm)
    return with_candidates(problem, scenario) if has_candidates(scenario) else problem


def as_usual(result: Result, need: Need, scenario: Scenario) -> Result:
    """A decision about hires priced as any plan is: people and partner by the hours they are rostered.

    Its bound was on the decision, so none is known of this cost.
    """
    from planner.scheduling import objective_of

    objective = objective_of(result.rota, _problem(need, scenario, None))
    return replace(result, objective=objective, bound_cents=None, unavoidable_cents=None)


def _problem(need: Need, scenario: Scenario, warm: Rota | None) -> Problem:
    """The problem, everybody of the team taken and paid by the hour."""
    from planner.scheduling import Problem

    carried = carried_of(scenario)
    pay = pay_terms(scenario)
    published = published_of(scenario)
    return Problem(
        name=scenario.name,
        need=need,
        team=scenario.team,
        skills=scenario.skills,
        shift_types=scenario.shift_types,
        first_day=scenario.first_day,
        days=scenario.days,
        calendars=calendars_of(scenario),
        rules=rules_of(scenario),
        team_rules=rules_room.team_rules_for(scenario.team, scenario.rule_settings),
        pay=pay,
        missing_cents=missing_cents(scenario, pay),
        extra_cents=round(100 * scenario.extra_hour * scenario.interval_minutes / 60),
        carried=carried,
        locked=locked_of(scenario, published) if published else (),
        warm=warm or published,
        cyclic=scenario.cyclic,
    )


def calendars_of(scenario: Scenario) -> dict[str, rules_room.AgentCalendar]:
    """What rules may know of each person's period."""
    known = scenario.ledger.before(scenario.first_day)
    names = [agent.name for agent in scenario.team.agents]
    return rules_room.calendars(
        scenario.team,
        scenario.shift_types,
        scenario.first_day,
        scenario.days,
        carried_of(scenario) if scenario.carryover else None,
        scenario.cyclic,
        balances={name: known.balances(name) for name in names},
        earlier={name: known.earlier_minutes(name, scenario.first_day) for name in names},
    )


def schedule(
    need: Need,
    scenario: Scenario,
    warm: Rota | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Result:
    """A rota with its proof."""
    from planner.scheduling import schedule as solve

    problem = problem_of(need, scenario, warm)
    result = solve(problem, solve_settings(scenario), on_progress, is_cancelled)
    return renumbered(result, scenario) if has_candidates(scenario) else result


def solve_settings(scenario: Scenario) -> SolveSettings:
    """How hard the engine tries."""
    from planner.scheduling import SolveSettings

    return SolveSettings(
        engine=scenario.engine,
        seed=scenario.seed,
        iterations=scenario.iterations,
        time_limit_seconds=scenario.time_limit_seconds,
    )


def first_rota(need: Need, scenario: Scenario, warm: Rota | None, on_progress: OnProgress) -> None:
    """Tell a first legal rota, for people to look at while the need is still worked on."""
    from planner.scheduling import first_rota as make

    make(problem_of(need, scenario, warm), solve_settings(scenario), on_progress)


def simulate(
    rota: Rota,
    volumes: Volumes,
    scenario: Scenario,
    seed: int | None = None,
    replications: int | None = None,
    absent: tuple[str, date] | None = None,
    bad_hours: BadHours | None = None,
) -> Service:
    """What customers get from a rota, ours or a hand-made one.

    Parameters
    ----------
    seed: of all random numbers; default: the scenario's.
    replications: how often the period is lived through; default: as the scenario says, else as many as are
        quick, fewer without the compiled extra.
    absent: person and local day of a shift that nobody works. bad_hours: hours with more contacts.
    """
    from planner.service import ServiceSettings
    from planner.service import simulate as run

    settings = ServiceSettings(
        seed=scenario.seed if seed is None else seed,
        replications=replications or scenario.replications or usual_lives(volumes),
        when_closed=scenario.when_closed,
        busy_inside_shift=scenario.need_settings.busy_inside_shift,
        no_shows=scenario.need_settings.no_shows,
        absent=absent,
        bad_hours=bad_hours,
        voicemail_seconds=scenario.said.voicemail_within.total_seconds(),
        open_tickets=scenario.need_settings.open_tickets,
    )
    return run(
        with_carried(rota, scenario),
        volumes,
        scenario.queues,
        scenario.team,
        scenario.skills,
        scenario.opening,
        settings,
        planned=planned_of(scenario, volumes),
    )


def audit(rota: Rota | Path | str, scenario: Scenario) -> tuple[Violation, ...]:
    """What HR would object to in a rota, from a file or made here; the judge knows no solver."""
    if not isinstance(rota, Rota):
        rota = rota_room.read_rota(
            Path(rota), scenario.team, scenario.shift_types, scenario.first_day, scenario.days
        )
    return rules_room.judge(
        rota,
        scenario.team,
        calendars_of(scenario),
        rules_of(scenario),
        carried_of(scenario),
        rules_room.team_rules_for(scenario.team, scenario.rule_settings),
    )


def hard(violations: Sequence[Violation]) -> tuple[Violation, ...]:
    """Those that break a hard rule in this period."""
    return tuple(v for v in violations if v.hard and not v.before_period)
