"""Under which packs a rota was judged, what of them nobody checks, and which rule holds for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner import rules
from planner._errors import InputError
from planner._messages import Listed, Message, catalogue
from planner.rules import Decided, Pack, Parameter
from planner.study import steps

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

IN_COST = ("premium_night_ordinary", "premium_holiday_work")


def packs_of(scenario: Scenario) -> tuple[Pack, ...]:
    """Packs that hold for anybody: those of the sites, then agreements and rules of the house."""
    return (*scenario.country_packs.values(), *scenario.house_packs)


def no_finding(scenario: Scenario) -> Message:
    """What may be said of a rota with which the judge finds nothing; never more than this."""
    packs = packs_of(scenario)
    if not packs:
        return Message("study.no_finding_no_pack")
    return Message("study.no_finding", {"packs": Listed(tuple(map(_as_of, packs)))})


def _as_of(pack: Pack) -> Message:
    return Message("study.pack_as_of", {"pack": pack.name, "day": pack.as_of})


def not_checked(scenario: Scenario) -> tuple[Message, ...]:
    """What is not checked: parameters, permissions for people to look after, and weeks beyond the period."""
    lines = []
    for pack in packs_of(scenario):
        said = {"pack": pack.name, "as_of": pack.as_of}
        for code, found in (
            ("not_checked", pack.of("not checked")),
            ("check_yourself", pack.of("manual")),
            ("not_in_cost", [p for p in pack.of("cost") if _is_premium(p.name) and p.name not in IN_COST]),
        ):
            if found:
                named = Listed(tuple(map(in_words, found)))
                lines.append(Message(f"study.{code}", {**said, "parameters": named}))
    return (*lines, *_beyond(scenario))


def in_words(parameter: Parameter) -> Message | str:
    """What a parameter is about; its key where a pack of one's own has one that we have no words for."""
    code = f"parameters.{parameter.name}"
    if code not in catalogue("en"):
        return parameter.name
    return Message(code, {"value": parameter.value})


def _is_premium(name: str) -> bool:
    return name.startswith(("premium_", "overtime_"))


def _beyond(scenario: Scenario) -> Iterator[Message]:
    """Averages whose reference period is longer than what is known."""
    people: dict[tuple[str, int, int], int] = {}
    texts: dict[str, Message] = {}
    calendars = steps.calendars_of(scenario)
    for name, theirs in scenario.personal_rules.items():
        for rule in theirs:
            unseen = rule.unseen_weeks(calendars[name]) if isinstance(rule, rules.AverageHours) else 0
            if unseen and isinstance(rule, rules.AverageHours):
                text = rule.explain()
                texts[str(text)] = text
                key = (str(text), rule.weeks - unseen, unseen)
                people[key] = people.get(key, 0) + 1
    for (rule_text, seen, unseen), count in people.items():
        values = {"rule": texts[rule_text], "seen": seen, "unseen": unseen, "people": count}
        yield Message("study.beyond_alone" if seen <= scenario.weeks else "study.beyond", values)


def rules_report(scenario: Scenario, name: str = "") -> tuple[Message, ...]:
    """Who is under which rule, from which layer, source and status, and what it replaces.

    Parameters
    ----------
    name: only this person's; people with the same rules are told together otherwise.

    Raises
    ------
    InputError
        If nobody has that name.
    """
    decided = rules.decisions_for(
        scenario.team, scenario.rule_settings, scenario.country_packs, scenario.house_packs
    )
    if name and name not in decided:
        raise InputError(Message("study.no_such_person", {"name": name, "known": ", ".join(decided)}))
    together: dict[tuple[Decided, ...], list[str]] = {}
    for person, theirs in decided.items():
        if not name or person == name:
            together.setdefault(theirs, []).append(person)
    lines = []
    for theirs, people in together.items():
        lines.append(Message("study.rules_of", {"people": ", ".join(people)}))
        for each in theirs:
            lines.append(_told(each, "rule_holds"))
            lines += [_told(other, _why(each, other)) for other in each.instead_of]
    return tuple(lines)


def _why(each: Decided, other: Decided) -> str:
    """Why one rule stands instead of another."""
    return "rule_derogated" if each.rule.derogation else "rule_weaker"


def _told(each: Decided, code: str) -> Message:
    hard = "" if each.rule.hard else str(Message("study.rule_soft"))
    where = f"{each.pack}: {each.parameter}, {each.source}" if each.pack else ""
    values = {
        "rule": f"{each.rule.explain()}{hard}",
        "layer": str(Message(f"study.layer_{each.layer}")),
        "where": f"; {where} ({each.status})" if where else "",
        "reason": f"; {each.rule.derogation}" if each.rule.derogation else "",
    }
    return Message(f"study.{code}", values)
