"""Gates on what people carry: nights, weekends, and how evenly these and holidays are shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner import rota as rota_room
from planner._messages import Message
from planner.clock import quarter_at, window_minutes
from planner.study import steps
from planner.study.money import DAYS_A_MONTH
from planner.study.stages.judged import GateResult

if TYPE_CHECKING:
    from planner.people import Agent
    from planner.rules import AgentCalendar
    from planner.study.plan import Plan

SHARED = ("nights", "weekends", "holidays")
HALF = 0.5
NIGHT_MINUTES = 180
FIRST_OF_WEEKEND = 5


def nights_per_person(stage: Plan, at_most: float) -> GateResult:
    """Most nights of any one person, scaled to a month of 30.4 days."""
    who, value = _most(stage, "nights")
    values = {"agent": who, "nights": f"{value:.1f}", "at_most": f"{at_most:g}"}
    message = Message("study.gate_nights" if value else "study.gate_no_nights", values)
    return GateResult("nights_per_person", value <= at_most, value, at_most, message, "nights a month")


def weekends_per_person(stage: Plan, at_most: float) -> GateResult:
    """Most weekends of any one person on whose Saturday or Sunday a shift starts, scaled to a month.

    Duties on call are not counted.
    """
    who, value = _most(stage, "weekends")
    values = {"agent": who, "weekends": f"{value:.1f}", "at_most": f"{at_most:g}"}
    message = Message("stages.weekends" if value else "stages.no_weekends", values)
    return GateResult("weekends_per_person", value <= at_most, value, at_most, message, "weekends a month")


def _most(stage: Plan, what: str) -> tuple[str, float]:
    """Who has most of something, and how many that are a month; a partner's seat is no person."""
    frame = rota_room.fairness(stage.rota, stage.scenario.team)
    own = {agent.name for agent in stage.scenario.team.agents if not agent.outside}
    pairs = zip(frame["agent"].tolist(), frame[what].tolist(), strict=True)
    counts = {name: count for name, count in pairs if name in own}
    who = max(counts, key=lambda name: counts[name], default="–")
    return who, counts.get(who, 0) * DAYS_A_MONTH / stage.scenario.days


@dataclass(frozen=True)
class Spread:
    """How evenly something is shared: who has most and who fewest, each as if full time for a whole month.

    Attributes
    ----------
    what: "nights", "weekends" or "holidays". people: how many may work them and were there long enough.
    """

    what: str
    most: float
    fewest: float
    most_agent: str
    fewest_agent: str
    people: int

    @property
    def width(self) -> float:
        """Most minus fewest."""
        return self.most - self.fewest


def spread_of(stage: Plan, what: str) -> Spread:
    """The spread of nights, weekends or public holidays with a shift among those who may work them.

    Each one's count is divided by the share of full time in the contract, and by the days of the period that
    one was there (not on leave, not outside employment), and told for a month of 30.4 days. Whoever has
    no contract, no shift type of that kind on any of those days, or was there less than half of
    the period, is not compared.
    """
    frame = rota_room.fairness(stage.rota, stage.scenario.team)
    counts = dict(zip(frame["agent"].tolist(), frame[what].tolist(), strict=True))
    calendars = steps.calendars_of(stage.scenario)
    found: list[tuple[float, str]] = []
    for agent in stage.scenario.team.agents:
        calendar = calendars[agent.name]
        there = calendar.days - len(calendar.unavailable)
        if not agent.weekly_minutes or agent.outside or there < HALF * calendar.days:
            continue
        if not may_work(stage, agent, calendar, what):
            continue
        full_time = stage.scenario.team.site_of(agent).full_time_minutes
        share = min(1.0, agent.weekly_minutes / full_time) if full_time else 1.0
        found.append((counts[agent.name] * DAYS_A_MONTH / there / share, agent.name))
    if not found:
        return Spread(what, 0.0, 0.0, "–", "–", 0)
    most = max(found, key=lambda each: each[0])
    fewest = min(found, key=lambda each: each[0])
    return Spread(what, most[0], fewest[0], most[1], fewest[1], len(found))


def may_work(stage: Plan, agent: Agent, calendar: AgentCalendar, what: str) -> bool:
    """Whether one of the shift types makes a night, a weekend or a holiday for a person who is there."""
    if what == "nights" and not agent.nights:
        return False
    site = stage.scenario.team.site_of(agent)
    scenario = stage.scenario
    by_day = rota_room.options_for(agent, scenario.shift_types, scenario.first_day, scenario.days)
    for day, options in enumerate(by_day):
        weekend = (scenario.first_day.weekday() + day) % 7 >= FIRST_OF_WEEKEND
        if day in calendar.unavailable or (what == "weekends" and not weekend):
            continue
        if what == "holidays" and day not in calendar.holidays:
            continue
        work = [option for option in options if option.kind != "on_call"]
        if what != "nights" and work:
            return True
        spans = [(quarter_at(option.start), quarter_at(option.end)) for option in work]
        if any(window_minutes(*span, site.night, agent.zone) >= NIGHT_MINUTES for span in spans):
            return True
    return False


def fairness(stage: Plan, settings: Mapping[str, Any]) -> GateResult:
    """Most minus fewest nights, weekends or holidays among those who may work them; see ``spread_of``.

    Where several are asked, the one that strays furthest beyond its own threshold is told.
    """
    asked = [(what, float(settings[what])) for what in SHARED if settings.get(what) is not None]
    found = [(spread_of(stage, what), at_most) for what, at_most in asked]
    spread, at_most = max(found, key=lambda each: (each[0].width - each[1], each[0].width))
    values = {
        "what": str(Message(f"stages.shared_{spread.what}")),
        "most": f"{spread.most:.1f}",
        "most_agent": spread.most_agent,
        "fewest": f"{spread.fewest:.1f}",
        "fewest_agent": spread.fewest_agent,
        "width": f"{spread.width:.1f}",
        "at_most": f"{at_most:g}",
        "people": spread.people,
    }
    passed = all(each.width <= most for each, most in found)
    code = "fairness" if spread.most else "fairness_none"
    unit = f"{spread.what} a month"
    return GateResult("fairness", passed, spread.width, at_most, Message(f"stages.{code}", values), unit)
