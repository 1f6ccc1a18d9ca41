"""Rules in force as sentences: hard or soft, from where, for whom; packs; people whose rules clash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner._values import number_text
from planner.rules import (
    Decided,
    Pack,
    Rule,
    TeamRule,
    decisions_for,
    load_pack,
    pack_names,
    team_rules_for,
)
from planner.study import steps
from planner.study.checked import not_checked
from planner.study.ladder import hours_text, rows_of
from planner.study.scenario import Scenario
from planner.study.scenario.sense import sense_mistakes
from planner.study.why.words import clash_lines, people_text

if TYPE_CHECKING:
    import pandas as pd

    from planner.requirement import Need

LAYERS = ("always", "eu", "country", "agreement", "company", "person")
EXPLAINED = 2
"""People whose clash is searched for its smallest sets; others with no tour are named."""


@dataclass(frozen=True)
class Line:
    """A rule in force.

    Attributes
    ----------
    rule: with the values that hold. layer: as of ``Decided``; "team" for rules over several people.
    source: pack, parameter, where it stands and how well that was read; empty for the scenario's own.
    people: names of those it holds for. instead_of: sentences of rules that it replaces.
    """

    rule: Rule | TeamRule
    layer: str
    source: str
    people: tuple[str, ...]
    instead_of: tuple[str, ...] = ()

    @property
    def of_pack(self) -> bool:
        """Whether a pack states it."""
        return bool(self.source) and isinstance(self.rule, Rule)


def lines_of(scenario: Scenario) -> tuple[Line, ...]:
    """Every rule in force once, with everybody it holds for, from the law up to single people.

    Raises
    ------
    InputError: rules that cannot be read.

    Examples
    --------
    >>> desk = Scenario.from_text("{people: 2, rules: [max_days_in_row: {days: 5}]}")
    >>> [str(line.rule.explain()) for line in lines_of(desk) if line.layer == "company"]
    ['At most 5 days of work in a row']
    """
    decided = decisions_for(
        scenario.team, scenario.rule_settings, scenario.country_packs, scenario.house_packs
    )
    people: dict[Decided, list[str]] = {}
    for name, theirs in decided.items():
        for each in theirs:
            people.setdefault(each, []).append(name)
    order = sorted(people, key=lambda each: LAYERS.index(each.layer))
    lines = [
        Line(
            each.rule,
            each.layer,
            _source(each),
            tuple(people[each]),
            tuple(str(other.rule.explain()) for other in each.instead_of),
        )
        for each in order
    ]
    everybody = tuple(decided)
    over = team_rules_for(scenario.team, scenario.rule_settings)
    return (*lines, *(Line(rule, "team", "", rule.people or everybody) for rule in over))


def lines_table(scenario: Scenario, lines: Sequence[Line]) -> pd.DataFrame:
    """Rules in force for a reader."""
    return _table(
        {
            _title("sentence"): str(line.rule.explain()),
            _title("severity"): severity_of(line.rule, scenario.currency),
            _title("layer"): str(Message(f"rules_form.layer_{line.layer}")),
            _title("source"): "; ".join(part for part in (line.source, _reason(line.rule)) if part),
            _title("people"): who(scenario, line.people),
            _title("instead_of"): "; ".join(line.instead_of),
        }
        for line in lines
    )


def severity_of(rule: Rule | TeamRule, currency: str) -> str:
    """Hard, or soft with its price.

    Examples
    --------
    >>> from planner.rules import read_rules
    >>> severity_of(read_rules([{"minimum_rest": {"hours": 11, "penalty": 6}}])[0], "EUR")
    'soft, 6 EUR an hour'
    """
    if rule.penalty is None:
        return str(Message("rules_form.hard"))
    unit = "hour" if rule.unit == "minute" else rule.unit
    values = {"price": number_text(rule.penalty), "currency": currency, "unit": unit_text(unit)}
    return str(Message("rules_form.soft", values))


def unit_text(unit: str) -> str:
    """What the price of a soft rule is for, in words."""
    code = f"unit_{unit.replace(' ', '_')}"
    return str(Message(f"rules_form.{code}" if unit in UNITS else "rules_form.unit_other", {"unit": unit}))


UNITS = ("hour", "day", "shift", "rest", "weekend", "week")


def who(scenario: Scenario, names: Sequence[str]) -> str:
    """Whom a rule holds for: everybody, whole sites, or the first of the people."""
    everybody = [agent.name for agent in scenario.team.agents]
    own = [agent.name for agent in scenario.team.agents if not agent.outside]
    if set(names) in ({*everybody}, {*own}):
        return str(Message("rules_form.everybody"))
    sites = {
        site.name: {a.name for a in scenario.team.agents if a.site == site.name} for site in scenario.sites
    }
    whole = [site for site, people in sites.items() if people and people <= set(names)]
    if whole and set(names) == set().union(*(sites[site] for site in whole)):
        return ", ".join(whole)
    return people_text(tuple(names))


def packs_table(scenario: Scenario) -> pd.DataFrame:
    """Packs in force: whose, for which sites, when their values were looked up, what they ask."""
    sites: dict[str, list[str]] = {}
    for site in scenario.sites:
        if site.country_rules:
            sites.setdefault(site.country_rules, []).append(site.name)
    everywhere = [site.name for site in scenario.sites]
    rows = [(pack, sites.get(name, [])) for name, pack in scenario.country_packs.items()]
    rows += [(pack, list(pack.people) or everywhere) for pack in scenario.house_packs]
    return _table(_pack_row(pack, names) for pack, names in rows)


def unchecked(scenario: Scenario) -> tuple[Message, ...]:
    """What of the packs nobody checks here, and what a person has to look after."""
    return not_checked(scenario)


def known_names(scenario: Scenario) -> tuple[str, ...]:
    """Names that a rule may be for: sites, teams, people."""
    teams = sorted({team for agent in scenario.team.agents for team in agent.teams})
    sites = [site.name for site in scenario.sites]
    return tuple(dict.fromkeys((*sites, *teams, *(agent.name for agent in scenario.team.agents))))


def pack_title(name: str) -> str:
    """Title of country rules; the name where they are a file of one's own.

    Examples
    --------
    >>> pack_title("es")[:2], pack_title("house.yaml")
    ('es', 'house.yaml')
    """
    return f"{name}: {load_pack(name).title}" if name in pack_names() else name


def hours_lines(scenario: Scenario) -> str:
    """Opening hours of each queue in a line, on the scenario's clock."""
    return hours_text(rows_of(scenario))


def contradictions(scenario: Scenario) -> tuple[Message, ...]:
    """What cannot hold together, as far as it can be told without solving anybody."""
    return sense_mistakes(scenario)


def clashes(scenario: Scenario, need: Need) -> tuple[Message, ...]:
    """People who have no legal tour and the rules of theirs that clash; nothing if everybody has one.

    Everybody is solved alone; for the first of them the smallest sets of rules are searched.

    Parameters
    ----------
    need: of the scenario or of one that differs in its rules only.
    """
    from planner.scheduling.crew import crew_of  # heavy; only where it is asked for
    from planner.scheduling.why import clash_of

    problem = steps.problem_of(need, scenario)
    names = [person.name for person in crew_of(problem).clashing]
    told: list[Message] = []
    for name in names[:EXPLAINED]:
        found = clash_of(problem, name)
        told += clash_lines(found) if found is not None else ()
    rest = names[EXPLAINED:]
    if rest:
        told.append(Message("rules_form.others", {"names": ", ".join(rest)}))
    return tuple(told)


def _source(each: Decided) -> str:
    if not each.pack:
        return ""
    status = str(Message(f"rules_form.status_{each.status}")) if each.status in ("T", "S", "U") else ""
    return "; ".join(part for part in (f"{each.pack}: {each.parameter}", each.source, status) if part)


def _reason(rule: Rule | TeamRule) -> str:
    reason = getattr(rule, "derogation", "")
    return str(Message("rules_form.reason", {"reason": reason})) if reason else ""


def _pack_row(pack: Pack, sites: Sequence[str]) -> dict[str, Any]:
    return {
        _title("pack"): f"{pack.name}: {pack.title}",
        _title("layer"): str(Message(f"rules_form.layer_{pack.layer}")),
        _title("sites"): ", ".join(sites),
        _title("as_of"): pack.as_of.isoformat(),
        _title("asked"): len(pack.rules),
        _title("open"): len(pack.of("not checked")) + len(pack.of("manual")),
    }


def _title(code: str) -> str:
    return str(Message(f"rules_form.{code}"))


def _table(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))
