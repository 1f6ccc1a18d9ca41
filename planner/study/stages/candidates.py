"""Changes that could mend a gate, each a plain change of the scenario."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner._values import clock_text, goal_text, number_text
from planner.study.goals import goal_of
from planner.study.hired import has_candidates
from planner.study.money import DAYS_A_MONTH
from planner.study.scenario.people import AgentSaid
from planner.study.stages.halves import halves
from planner.study.stages.judged import GateResult
from planner.study.why.hour_changes import A_DAY, LADDER
from planner.study.why.team_changes import PERSONAL, SHARED, plain

if TYPE_CHECKING:
    from planner.study.scenario import Gate, Scenario

NO_LEAD = timedelta(0)
LIVE = ("phone", "chat")


@dataclass(frozen=True)
class Candidate:
    """A change that is not tried yet.

    Attributes
    ----------
    kind, what: for programs and for people.
    changes: keys of the scenario and what they say then, as ``Scenario.replace`` takes them.
    hires: people who join. set_up: from decision to effect, beyond the notice of a changed rota.
    loosened: queues whose promise is relaxed. stated: the scenario itself names this way out.
    notes: what is assumed.
    """

    kind: str
    what: Message
    changes: Mapping[str, Any]
    hires: int = 0
    set_up: timedelta = NO_LEAD
    loosened: frozenset[str] = frozenset()
    stated: bool = False
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A gate that a stage fails, and what the stage is.

    Attributes
    ----------
    before: the stage before it; the first scenario for the first stage.
    """

    gate: Gate
    found: GateResult
    scenario: Scenario
    before: Scenario

    @property
    def queue(self) -> str:
        """The queue that the finding names; "" if it names none."""
        return str(self.found.message.values.get("queue", ""))


Maker = Callable[[Failed], Iterator[Candidate]]


def candidates_for(failed: Failed) -> tuple[Candidate, ...]:
    """Changes that may mend a gate: those that the scenario states first, then by what they usually cost.

    One of every kind stands before a second of any, so that the first few are as different as can be.
    """
    every = [each for make in WAYS.get(failed.gate.kind, ()) for each in make(failed)]
    every.sort(key=lambda each: not each.stated)
    turns: list[tuple[int, Candidate]] = []
    for each in every:
        turns.append((sum(before.kind == each.kind for _turn, before in turns), each))
    return tuple(each for _turn, each in sorted(turns, key=lambda turn: turn[0]))


def more_on_duty(failed: Failed) -> Iterator[Candidate]:
    """One more person at least on duty at every open hour."""
    people = failed.scenario.need_settings.presence.get("all", 0) + 1
    values = {"people": people}
    yield Candidate(
        "minimum", Message("stages.more_on_duty", values), {"minimum_on_duty": {"all": str(people)}}
    )


def fewer_on_duty(failed: Failed) -> Iterator[Candidate]:
    """One person fewer at least, where more than one is asked."""
    for name, people in failed.scenario.said.minimum_on_duty.items():
        if people > 1:
            values = {"queues": name, "people": people - 1, "before": people}
            changes = {"minimum_on_duty": {name: str(people - 1)}}
            yield Candidate("minimum", Message("stages.fewer_on_duty", values), changes)


def more_starts(failed: Failed) -> Iterator[Candidate]:
    """Shifts that may start at every interval between their first and their last start."""
    scenario = failed.scenario
    said = [dict(line) for line in scenario.plain.get("shifts", ())]
    names = []
    for number, shift in enumerate(scenario.said.shifts[: len(said)]):
        if shift.kind != "work" or shift.teams or len(shift.start) < 2:
            continue
        grid = range(min(shift.start), max(shift.start) + 1, scenario.interval_minutes)
        starts = sorted({*shift.start, *grid})
        if len(starts) > len(shift.start):
            said[number]["start"] = ", ".join(clock_text(start) for start in starts)
            names.append(shift.name)
    if names:
        values = {"shifts": ", ".join(names), "minutes": scenario.interval_minutes}
        yield Candidate("starts", Message("stages.more_starts", values), {"shifts": said})


def partner(failed: Failed) -> Iterator[Candidate]:
    """The partner whom the scenario states, weighed by the engine."""
    said = failed.scenario.said
    if said.outsource is None or said.solve.outsource:
        return
    values = {"from": clock_text(said.outsource.from_), "to": clock_text(said.outsource.to)}
    yield Candidate(
        "partner",
        Message("stages.partner", values),
        {"solve": {"outsource": "yes"}},
        set_up=said.outsource.set_up,
        stated=True,
    )


def one_hire(failed: Failed) -> Iterator[Candidate]:
    """One more person: of each kind that may be hired, else like the cheapest who does what is short."""
    scenario = failed.scenario
    if has_candidates(scenario):
        return
    name = _free_name(scenario)
    for kind in scenario.said.hires.types:
        given = {key: getattr(kind, key) for key in SHARED if getattr(kind, key, None) is not None}
        person = AgentSaid(name=name).model_copy(update=given)
        spoken = ", ".join(person.languages or {}) or "every language"
        what = Message("stages.hire_type", {"what": ", ".join(w for w in (person.site, spoken) if w)})
        yield replace(_hired(scenario, person, what, True, ()), set_up=kind.ready_after)
    like = None if scenario.said.hires.types else _like(failed)
    if like is not None:
        said = next(one for one in scenario.persons if one.name == like)
        fields = {key: AgentSaid.model_fields[key].get_default() for key in PERSONAL}
        person = said.model_copy(update={**fields, "name": name})
        notes = (Message("stages.assumed_like", {"like": like}),)
        yield _hired(scenario, person, Message("stages.hire", {"like": like}), False, notes)


def _hired(
    scenario: Scenario, person: AgentSaid, what: Message, stated: bool, notes: tuple[Message, ...]
) -> Candidate:
    agents = [*map(plain, scenario.persons), plain(person)]
    return Candidate("hire", what, {"agents": agents}, hires=1, stated=stated, notes=notes)


def _like(failed: Failed) -> str | None:
    """The cheapest person who serves what the gate is about, among those with a contract or on call."""
    scenario = failed.scenario
    agents = [agent for agent in scenario.team.agents if not agent.outside]
    if failed.gate.kind == "escalation":
        able = frozenset().union(
            *(scenario.skills.of_set(frozenset({r.name}), "on_call") for r in scenario.roles)
        )
        fit = [agent for agent in agents if agent.name in able]
    else:
        names = [failed.queue] if failed.queue in scenario.skills.able else [q.name for q in scenario.queues]
        able_of = [scenario.skills.able[name] for name in names]
        fit = [a for a in agents if a.weekly_minutes and any(a.name in able for able in able_of)]
        most = max((sum(a.name in able for able in able_of) for a in fit), default=0)
        fit = [a for a in fit if sum(a.name in able for able in able_of) == most]
        if failed.gate.kind == "nights_per_person":
            fit = [a for a in fit if a.nights]
    best = min(fit, key=lambda agent: (agent.cost_per_hour, agent.name), default=None)
    return None if best is None else best.name


def _free_name(scenario: Scenario) -> str:
    names = {person.name for person in scenario.persons}
    number = 1
    while f"New person {number}" in names:
        number += 1
    return f"New person {number}"


def half_of_block(failed: Failed) -> Iterator[Candidate]:
    """Only a part of the hours that the stage opens; no help where nobody is named to be on call."""
    if failed.gate.kind == "escalation" and not failed.scenario.roles:
        return
    for half in halves(failed.scenario, failed.before):
        values = {"hours": half.hours, "days": half.days}
        yield Candidate("half", Message("stages.half", values), {"opening_hours": half.lines})


def longer_promise(failed: Failed) -> Iterator[Candidate]:
    """The next longer promise of the queue that fails; of every deferred queue where none is named."""
    scenario = failed.scenario
    said = [dict(line) for line in scenario.plain.get("queues", ())]
    goals = []
    for queue in scenario.queues:
        if (queue.name != failed.queue) if failed.queue else (queue.channel in LIVE):
            continue
        now = goal_of(queue.promise)
        ladder = (2 * now.seconds,) if queue.channel in LIVE else (*LADDER, A_DAY.get(now.clock, 0.0))
        longer = [at for at in ladder if at > now.seconds]
        place = next((i for i, one in enumerate(said) if one.get("name") == queue.name), None)
        if longer and now.clock in A_DAY and place is not None:
            goal = goal_text(now._replace(seconds=longer[0]))
            said[place]["promise"] = goal
            goals.append((queue.name, goal))
    if goals:
        told = "; ".join(f"{name}: {goal}" for name, goal in goals)
        names = frozenset(name for name, _goal in goals)
        what = Message("stages.longer_promise", {"promises": told})
        yield Candidate("promise", what, {"queues": said}, loosened=names)


def more_on_call(failed: Failed) -> Iterator[Candidate]:
    """One duty on call more for each person, where the scenario limits them."""
    rules: list[dict[str, Any]] = [dict(rule) for rule in failed.scenario.plain.get("rules", ())]
    changed = False
    for number, rule in enumerate(rules):
        ((name, settings),) = rule.items()
        if name == "max_on_call" and isinstance(settings, Mapping) and "duties" in settings:
            more = {**settings, "duties": str(int(str(settings["duties"])) + 1)}
            rules[number], changed = {name: more}, True
    if changed:
        yield Candidate("on call", Message("stages.more_on_call"), {"rules": rules})


def shared_by_rule(failed: Failed) -> Iterator[Candidate]:
    """A rule that asks the engine for what the gate asks."""
    rule = _RULES[failed.gate.kind](failed)
    if rule is not None:
        said = [dict(each) for each in failed.scenario.plain.get("rules", ())]
        ((name, settings),) = rule.items()
        told = ", ".join(f"{key}: {value}" for key, value in settings.items())
        what = Message("stages.rule", {"rule": f"{name}: {{{told}}}"})
        yield Candidate("rule", what, {"rules": [*said, rule]})


def _nights_rule(failed: Failed) -> dict[str, dict[str, str]] | None:
    most = math.floor(float(failed.gate.settings["at_most"]))
    return {"max_nights": {"nights": str(most), "per": "month"}} if most else None


def _weekends_rule(failed: Failed) -> dict[str, dict[str, str]] | None:
    most = math.floor(float(failed.gate.settings["at_most"]) * failed.scenario.days / DAYS_A_MONTH)
    return {"max_weekends": {"weekends": str(most)}}


def _even_rule(failed: Failed) -> dict[str, dict[str, str]] | None:
    what = failed.found.unit.split(" ")[0]
    at_most = (failed.found.threshold or 0.0) * failed.scenario.days / DAYS_A_MONTH
    if what == "holidays":
        return None
    return {
        "even_split": {"of": what, "within": number_text(max(0.5, round(at_most / 2, 1))), "penalty": "60"}
    }


_RULES: Mapping[str, Callable[[Failed], dict[str, dict[str, str]] | None]] = {
    "nights_per_person": _nights_rule,
    "weekends_per_person": _weekends_rule,
    "fairness": _even_rule,
}

_SERVICE: tuple[Maker, ...] = (more_starts, longer_promise, half_of_block, more_on_duty, one_hire, partner)
_LOAD: tuple[Maker, ...] = (shared_by_rule, one_hire, partner, half_of_block)
WAYS: Mapping[str, tuple[Maker, ...]] = {
    "promise_kept": _SERVICE,
    "survives": (more_on_duty, more_starts, one_hire, partner, half_of_block),
    "nights_per_person": _LOAD,
    "weekends_per_person": _LOAD,
    "fairness": _LOAD,
    "contacts_per_new_hour": (half_of_block,),
    "escalation": (more_on_call, one_hire, half_of_block),
    "cost_uplift": (fewer_on_duty, half_of_block, partner, longer_promise),
}
