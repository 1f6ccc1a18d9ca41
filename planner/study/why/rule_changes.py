"""Changes of rules: one that may be broken at a price, or a shorter rest now and then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner._messages import Message
from planner._values import number_text
from planner.rules import read_rules, rules_for
from planner.study.missing_price import dearest_hour
from planner.study.why.change import Basis, Change

if TYPE_CHECKING:
    from planner.rules import Rule

SHORT_REST = 9.0
"""Hours of rest of a quick return."""
HOURS_OF_A_UNIT = 2.0
"""A unit of a broken rule is priced like so many of the dearest hours; an hour of one like one."""
FACTS = ("unavailable", "no_nights", "one_shift_a_day")
"""Leave, people who do not work nights: no manager's to relax."""

Setting = Mapping[str, Any]


def relaxed(basis: Basis) -> Iterator[Change]:
    """Each rule of the scenario that stops somebody, as one that may be broken at a price."""
    price = dearest_hour(basis.scenario, basis.problem.pay) / 100
    for rule, worth in _stopping(basis).items():
        if rule.name in FACTS:
            continue
        each = price if rule.unit == "minute" else price * HOURS_OF_A_UNIT
        settings = _softened(basis, rule, round(each, 2))
        if settings is None:
            continue
        values = {
            "rule": str(rule.explain()),
            "price": number_text(round(each, 2)),
            "unit": "hour" if rule.unit == "minute" else rule.unit,
            "currency": basis.scenario.currency,
        }
        yield Change("relax", Message("why.relax", values), {"rules": settings}, worth, counted=rule)


def quick_returns(basis: Basis) -> Iterator[Change]:
    """One shorter rest in the period: for whoever it would help most, and for everybody."""
    found = [rule for rule in _stopping(basis) if rule.name == "minimum_rest" and hasattr(rule, "hours")]
    rule = next((one for one in found if getattr(one, "hours", 0.0) > SHORT_REST), None)
    if rule is None:
        return
    hours = {"rest": number_text(getattr(rule, "hours", 0.0)), "hours": number_text(SHORT_REST)}
    saves = _saves(basis, rule)
    best = max(saves, key=lambda name: (saves[name], name))
    in_law = not any(_is(one, rule) for one in _stated(basis))
    notes = (Message("why.fix_law", {"rule": str(rule.explain())}),) if in_law else ()
    (counted,) = read_rules([{"quick_returns": {"shorter_than": f"{hours['rest']} h", "at_most": 0}}])
    kinds = ((best, "quick_return"), ("", "quick_returns"))
    for name, code in kinds if len(saves) > 1 else kinds[:1]:
        worth = float(saves[best]) if name else min(basis.missing_cents, float(sum(saves.values())))
        yield Change(
            "quick return",
            Message(f"why.{code}", {**hours, "agent": name}),
            {"rules": [*_stated(basis), *_short_once(hours, name)]},
            worth,
            counted=counted,
            notes=notes,
        )


def _short_once(hours: Mapping[str, str], name: str) -> list[Setting]:
    """The rules that let a person, or everybody, rest less once."""
    whom = {"for": [name]} if name else {}
    shorter = {"hours": f"{hours['hours']} h", "derogation": "one quick return, agreed"}
    once = {"shorter_than": f"{hours['rest']} h", "at_most": "1", "per": "period"}
    return [{"minimum_rest": {**shorter, **whom}}, {"quick_returns": {**once, **whom}}]


def _saves(basis: Basis, rule: Rule) -> dict[str, int]:
    """Cents that each person whom a rule stops may save without it."""
    best: dict[str, int] = {}
    for finding in basis.found.findings:
        for stop in finding.by_rule.get(rule, ()):
            best[stop.person] = max(best.get(stop.person, 0), stop.saves)
    return best


def _stopping(basis: Basis) -> Mapping[Rule, float]:
    """Cents that each rule, left out for everybody whom it stops, may save; at most what is missing."""
    rules = dict.fromkeys(rule for finding in basis.found.findings for rule in finding.by_rule)
    return {rule: min(basis.missing_cents, float(sum(_saves(basis, rule).values()))) for rule in rules}


def _stated(basis: Basis) -> list[Setting]:
    """Rules as the scenario file says them."""
    return list(basis.scenario.plain.get("rules", []))


def _softened(basis: Basis, rule: Rule, price: float) -> list[Setting] | None:
    """The rules of the scenario with one at a price; None if it would hold all the same."""
    stated, changed = _stated(basis), False
    settings: list[Setting] = []
    for one in stated:
        ((name, said),) = one.items()
        if name == rule.name and _is(one, rule):
            settings += _priced(name, dict(said), price)
            changed = True
        else:
            settings.append(one)
    if not changed:
        if rule.name != "weekly_hours" or any("weekly_hours" in one for one in stated):
            return None
        settings.append({"weekly_hours": {"at_most": "contract", "penalty": number_text(price)}})
    team = basis.scenario.team
    held = rules_for(team, tuple(settings))
    return None if any(rule in mine for mine in held.values()) else settings


def _is(setting: Setting, rule: Rule) -> bool:
    """Whether a line of the scenario is this rule."""
    read: Sequence[Any] = read_rules([setting])
    return any(one == rule for one in read)


def _priced(name: str, said: dict[str, Any], price: float) -> list[Setting]:
    """A line with a price; of weekly hours only the upper limit, the lower one stays firm."""
    if name == "weekly_hours" and "at_least" in said and "at_most" in said:
        rest = {key: value for key, value in said.items() if key not in ("at_least", "at_most")}
        lower = {name: {**rest, "at_least": said["at_least"]}}
        return [lower, {name: {**rest, "at_most": said["at_most"], "penalty": number_text(price)}}]
    return [{name: {**said, "penalty": number_text(price)}}]
