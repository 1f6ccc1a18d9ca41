"""Which rules hold for whom: always, by country, by scenario; the stricter value wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from planner._errors import InputError
from planner._messages import Message, Place
from planner.people import Team
from planner.rules.decisions import Decided, decide, of_pack, weaker
from planner.rules.pack import Pack, load_pack
from planner.rules.reading import Setting, read_all, read_rules
from planner.rules.rule import Rule
from planner.rules.team_rule import TeamRule

ALWAYS: tuple[Setting, ...] = ("one_shift_a_day", "unavailable", "no_nights")
OWN = ("agreement", "company", "person")
OUTSIDE = ("one_shift_a_day",)
BY_DEFAULT: tuple[Setting, ...] = ({"weekly_hours": {"at_most": "contract"}},)


def rules_for(
    team: Team,
    settings: Sequence[Setting],
    packs: Mapping[str, Pack] | None = None,
    over: Sequence[Pack] = (),
) -> dict[str, tuple[Rule, ...]]:
    """The rules of every person: those that always hold, the site's country, the scenario's.

    Of two hard rules of one name the stricter value wins, unless the upper one gives a ``derogation``;
    values that cannot be compared both hold, as do a hard and a soft rule. Without a word on weekly
    hours, nobody works more than their contract. People of a partner have one shift a day, and no other
    rule of ours.

    Parameters
    ----------
    team: people and sites.
    settings: as scenario files write them, each the name of a rule or a mapping of it to its settings;
        with ``for``, only for some people, sites or teams.
    packs: country rules by name; looked up by the site's ``country_rules`` if None or not in it.
    over: packs that hold on top of every country's, such as an agreement or rules of the house.

    Raises
    ------
    InputError
        With all mistakes of the settings and names of packs.

    Examples
    --------
    >>> from planner.people import Agent, Site
    >>> site = Site("Madrid", "Europe/Madrid", country_rules="es")
    >>> team = Team((Agent("Anna", "Madrid", "Europe/Madrid", {}),), (site,))
    >>> rules = rules_for(team, [{"minimum_rest": {"hours": "11 h"}}, {"max_days_in_row": {"days": 5}}])
    >>> [str(rule.explain()) for rule in rules["Anna"] if rule.name == "minimum_rest"]
    ["At least 12 hours' rest between two shifts"]
    """
    decided = decisions_for(team, settings, packs, over)
    return {name: tuple(each.rule for each in theirs) for name, theirs in decided.items()}


def decisions_for(
    team: Team,
    settings: Sequence[Setting],
    packs: Mapping[str, Pack] | None = None,
    over: Sequence[Pack] = (),
) -> dict[str, tuple[Decided, ...]]:
    """Rules of every person as ``rules_for`` gives them, each with its layer, its source, what it replaces.

    Examples
    --------
    >>> from planner.people import Agent, Site
    >>> site = Site("Madrid", "Europe/Madrid", country_rules="es")
    >>> team = Team((Agent("Anna", "Madrid", "Europe/Madrid", {}),), (site,))
    >>> [rest] = [d for d in decisions_for(team, [])["Anna"] if d.rule.name == "minimum_rest"]
    >>> rest.layer, rest.pack, rest.source, rest.status
    ('country', 'es', 'art. 34(3)', 'T')
    """
    stated = _stated(settings)
    if mistakes := unknown_people(team, settings):
        raise InputError(*mistakes)
    always = [Decided(rule, "always") for rule in read_rules((*ALWAYS, *BY_DEFAULT))]
    upper = [each for pack in over for each in of_pack(pack)]
    made = {}
    for agent in team.agents:
        if agent.outside:
            made[agent.name] = tuple(each for each in always if each.rule.name in OUTSIDE)
            continue
        pack = _pack_of(team.site_of(agent).country_rules, packs)
        law = [*(of_pack(pack) if pack else ()), *upper]
        mine = [each for each in (*law, *stated) if each.rule.holds_for(agent)]
        hours = any(each.rule.name == "weekly_hours" and each.layer in OWN for each in mine)
        base = [each for each in always if not hours or each.rule.name != "weekly_hours"]
        made[agent.name] = decide([*base, *mine])
    return made


def _stated(settings: Sequence[Setting]) -> list[Decided]:
    """Rules of the scenario, those that name people last."""
    read_rules(settings)  # all mistakes at once
    read = [
        Decided(rule, "person" if rule.people else "company", index=index)
        for index, setting in enumerate(settings)
        for rule in read_rules([setting])
    ]
    return sorted(read, key=lambda each: each.layer == "person")


def unknown_people(
    team: Team, settings: Sequence[Setting], packs: Sequence[Pack] = ()
) -> tuple[Message, ...]:
    """Names after ``for``, in rules and packs, that are no person, site or team."""
    known = {site.name for site in team.sites}
    for agent in team.agents:
        known |= {agent.name, *agent.teams}
    found = []
    asked = [
        (Place(path=f"rules[{index}].{rule.name}.for"), rule.people)
        for index, setting in enumerate(settings)
        for rule in read_all([setting])
    ]
    asked += [
        (Place(pack.name), people)
        for pack in packs
        for people in (pack.people, *(rule.people for rule in pack.rules))
    ]
    for place, people in asked:
        for name in people:
            if name not in known:
                near = get_close_matches(name, sorted(known), n=1)
                code = "rules.for_near" if near else "rules.for_nobody"
                found.append(Message(code, {"name": name, "near": "".join(near)}, place))
    return tuple(found)


def below_pack(
    team: Team,
    settings: Sequence[Setting],
    packs: Mapping[str, Pack] | None = None,
    over: Sequence[Pack] = (),
) -> tuple[Message, ...]:
    """Settings that are less strict than a site's country rules and give no reason.

    ``rules_for`` uses the stricter value all the same; these messages say so.

    Parameters
    ----------
    team, settings, packs, over: as ``rules_for`` takes them.
    """
    found = []
    stated = _stated(settings)
    for agent in team.agents:
        pack = _pack_of(team.site_of(agent).country_rules, packs)
        law = [*(of_pack(pack) if pack else ()), *(each for own in over for each in of_pack(own))]
        below = decide(each for each in law if each.rule.holds_for(agent))
        for each in stated:
            for lower in below if each.rule.holds_for(agent) else ():
                for field in weaker(lower.rule, each.rule):
                    values = {
                        "rule": each.rule.name,
                        "field": field,
                        "value": _text(getattr(each.rule, field)),
                        "law": _text(getattr(lower.rule, field)),
                        "pack": lower.pack if lower.layer != "eu" or not pack else pack.name,
                    }
                    place = Place(path=f"rules[{each.index}].{each.rule.name}.{field}")
                    found.append(Message("rules.below_pack", values, place))
    return tuple(dict.fromkeys(found))


def team_rules_for(team: Team, settings: Sequence[Setting]) -> tuple[TeamRule, ...]:
    """Rules over several people, in the order of the scenario.

    Parameters
    ----------
    team: people and sites.
    settings: as ``read_rules`` takes them; rules about one person are passed over.

    Raises
    ------
    InputError
        With all mistakes, names that nobody bears too.

    Examples
    --------
    >>> from planner.people import Agent, Site
    >>> team = Team((Agent("Anna", "Rome", "Europe/Rome", {}),), (Site("Rome", "Europe/Rome"),))
    >>> [str(rule.explain()) for rule in team_rules_for(team, [{"nobody_alone": {"shifts": "night"}}])]
    ['Nobody is alone on a night: no one or at least 2']
    """
    read = read_all(settings)
    if mistakes := unknown_people(team, settings):
        raise InputError(*mistakes)
    return tuple(rule for rule in read if isinstance(rule, TeamRule))


def _pack_of(name: str, packs: Mapping[str, Pack] | None) -> Pack | None:
    """The pack of a site; None if it names none."""
    if not name:
        return None
    return packs[name] if packs is not None and name in packs else load_pack(name)


def _text(value: float | None) -> str:
    """A number without needless digits."""
    return f"{value:g}" if value is not None else ""
