"""A team in figures: people, hours and pay by site, by language, by queue; public holidays; days off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner._values import share_text, window_text
from planner.clock import PublicHolidays
from planner.people import Agent, Site
from planner.study.scenario import Scenario
from planner.study.scenario.people import leave_text

if TYPE_CHECKING:
    import pandas as pd


def whole_of(scenario: Scenario) -> Message:
    """Everybody in one sentence.

    Examples
    --------
    >>> str(whole_of(Scenario.from_text("people: {count: 4, weekly_hours: 30}")))
    'People: 4; hours a week: 120; full-time equivalents: 3.0'
    """
    team = _team(scenario)
    values = {
        "people": len(team),
        "hours": f"{_hours(team):,.0f}",
        "full_time": f"{_full_time(scenario, team):,.1f}",
    }
    return Message("team_form.whole", values)


def sites_table(scenario: Scenario) -> pd.DataFrame:
    """Places of work with their clock, law, holidays and premiums, and what their people cost.

    Pay is hours a week times the cost of an hour, without premiums.
    """
    return _table(_site_row(scenario, site) for site in scenario.sites if _at(scenario, site) or _own(site))


def languages_table(scenario: Scenario) -> pd.DataFrame:
    """For each language, the people who speak it on any channel: in all, at each site, at night."""
    team = _team(scenario)
    spoken = dict.fromkeys(code for agent in team for code in agent.languages)
    by_code = {code: [agent for agent in team if code in agent.languages] for code in spoken}
    return _table(_who_row(scenario, "language", code, people) for code, people in by_code.items())


def queues_table(scenario: Scenario) -> pd.DataFrame:
    """For each queue, the people who can answer it: in all, at each site, at night."""
    team = _team(scenario)
    return _table(
        _who_row(scenario, "queue", queue.name, [agent for agent in team if agent.serves(queue)])
        for queue in scenario.queues
    )


def notices_of(scenario: Scenario) -> tuple[Message, ...]:
    """What a manager should see of a team at once: queues that nobody can answer, costs that are assumed."""
    team = _team(scenario)
    alone = [q.name for q in scenario.queues if not any(agent.serves(q) for agent in team)]
    silent = [person.name for person in scenario.persons if person.cost is None]
    lines = [Message("team_form.nobody_serves", {"queues": ", ".join(alone)})] if alone else []
    if silent:
        cost = scenario.team.agent(silent[0]).cost_per_hour
        values = {"cost": f"{cost:,.2f}", "currency": scenario.currency}
        lines.append(Message("team_form.assumed_cost", values))
    last = scenario.first_day + timedelta(days=scenario.days - 1)
    parts = [a.name for a in team if not (a.employed_on(scenario.first_day) and a.employed_on(last))]
    if parts:
        lines.append(Message("team_form.later", {"names": ", ".join(parts)}))
    return tuple(lines)


def leave_of(scenario: Scenario) -> tuple[Message, ...]:
    """Days off of each person that fall into the period.

    Examples
    --------
    >>> days = "{first_day: 2026-06-01, weeks: 1}"
    >>> ana = "[{name: Ana, leave: 2026-05-30..2026-06-02}]"
    >>> [str(line) for line in leave_of(Scenario.from_text(f"{{period: {days}, agents: {ana}}}"))]
    ['Ana: 2026-06-01..2026-06-02']
    """
    last = scenario.first_day + timedelta(days=scenario.days - 1)
    away = [
        (agent.name, frozenset(day for day in agent.unavailable if scenario.first_day <= day <= last))
        for agent in _team(scenario)
    ]
    return tuple(
        Message("team_form.on_leave", {"name": name, "days": leave_text(days)}) for name, days in away if days
    )


def holidays_of(scenario: Scenario) -> tuple[Message, ...]:
    """Public holidays in the period of each site that has people or a place for them."""
    last = scenario.first_day + timedelta(days=scenario.days - 1)
    found = []
    for site in (site for site in scenario.sites if _at(scenario, site) or _own(site)):
        named = PublicHolidays(site.public_holidays).days_between(scenario.first_day, last)
        days = "; ".join(f"{day.isoformat()} {name}" for day, name in named.items())
        values = {"site": site.name, "days": days or str(Message("team_form.none"))}
        found.append(Message("team_form.holidays", values))
    return tuple(found)


def _team(scenario: Scenario) -> list[Agent]:
    """Our own people: nobody who could be hired, nobody of a partner."""
    other = {*scenario.hires, *scenario.seats}
    return [agent for agent in scenario.team.agents if agent.name not in other and not agent.outside]


def _at(scenario: Scenario, site: Site) -> list[Agent]:
    return [agent for agent in _team(scenario) if agent.site == site.name]


def _own(site: Site) -> bool:
    return bool(site.country_rules or site.public_holidays)


def _hours(people: Sequence[Agent]) -> float:
    return sum(agent.weekly_minutes for agent in people) / 60


def _full_time(scenario: Scenario, people: Sequence[Agent]) -> float:
    return sum(agent.weekly_minutes / scenario.team.site_of(agent).full_time_minutes for agent in people)


def _site_row(scenario: Scenario, site: Site) -> dict[str, Any]:
    people = _at(scenario, site)
    none, unknown = str(Message("team_form.none")), str(Message("team_form.not_known"))
    premiums = (site.night_premium, site.sunday_premium, scenario.holiday_premiums[site.name])
    at_night, on_sundays, on_holidays = (unknown if each is None else share_text(each) for each in premiums)
    pay = sum(agent.weekly_minutes / 60 * agent.cost_per_hour for agent in people)
    return {
        _title("site"): site.name,
        _title("people"): len(people),
        _title("hours"): _hours(people),
        _title("full_time"): _full_time(scenario, people),
        _title("pay", currency=scenario.currency): round(pay),
        _title("clock"): site.zone,
        _title("law"): site.country_rules or none,
        _title("night"): window_text(site.night),
        _title("night_premium"): at_night,
        _title("sunday_premium"): on_sundays,
        _title("holiday_premium"): on_holidays,
    }


def _who_row(scenario: Scenario, what: str, name: str, people: Sequence[Agent]) -> dict[str, Any]:
    row: dict[str, Any] = {
        _title(what): name,
        _title("people"): len(people),
        _title("hours"): _hours(people),
        _title("full_time"): _full_time(scenario, people),
        _title("at_night"): sum(agent.nights for agent in people),
    }
    places = [site.name for site in scenario.sites if _at(scenario, site)]
    if len(places) > 1:
        row |= {place: sum(agent.site == place for agent in people) for place in places}
    return row


def _title(code: str, **values: str) -> str:
    return str(Message(f"team_form.{code}", values))


def _table(rows: Iterable[dict[str, Any]] | Iterator[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))
