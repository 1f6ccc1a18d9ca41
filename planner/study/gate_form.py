"""Gates as people read and change them: each a sentence with its numbers, and the numbers as fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from planner._messages import Message
from planner._values import number_text, share_text

if TYPE_CHECKING:
    from planner.study.scenario import Gate, Scenario

Unit = Literal["of ten", "points", "a month", "count", "percent", "weeks", "words"]


@dataclass(frozen=True)
class Field:
    """A number of a gate, or words.

    Attributes
    ----------
    key: as the scenario says it. unit: of ten weeks, points, a month, contacts, per cent, weeks; or words.
    usual: what a gate begins with. needed: it cannot be left out.
    """

    key: str
    unit: Unit
    usual: float | str | None
    needed: bool = True


@dataclass(frozen=True)
class GateLine:
    """A gate of a form: its form, and its amounts by key."""

    form: str
    amounts: Mapping[str, float | str | None]


FORMS: Mapping[str, tuple[Field, ...]] = {
    "promise_new": (Field("in_weeks", "of ten", 9.0),),
    "promise_old": (Field("not_worse_by", "points", 3.0),),
    "survives": (),
    "escalation": (),
    "nights_per_person": (Field("at_most", "a month", 6.0),),
    "weekends_per_person": (Field("at_most", "a month", 2.0),),
    "fairness": (
        Field("nights", "a month", 4.0, needed=False),
        Field("weekends", "a month", 2.0, needed=False),
        Field("holidays", "a month", None, needed=False),
    ),
    "contacts_per_new_hour": (
        Field("at_least", "count", 0.5),
        Field("or_contract", "words", "", needed=False),
    ),
    "cost_uplift": (Field("at_most", "percent", 10.0),),
    "actuals": (Field("within", "percent", None, needed=False), Field("for", "weeks", 2.0)),
}
"""The known gates, each with its numbers."""
PROMISES = {"promise_new": "new hours", "promise_old": "old hours"}


def lines_of(gates: Sequence[Gate]) -> tuple[GateLine, ...]:
    """Gates as lines of a form.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("gates: [cost_uplift: {at_most: 10%}, promise_kept: {in: new hours}]")
    >>> [(line.form, dict(line.amounts)) for line in lines_of(desk.gates)]
    [('cost_uplift', {'at_most': 10.0}), ('promise_new', {'in_weeks': 9.0})]
    """
    return tuple(_line(gate) for gate in gates)


def _line(gate: Gate) -> GateLine:
    form = gate.kind
    if form == "promise_kept":
        form = next(name for name, hours in PROMISES.items() if hours == gate.settings["in"])
    return GateLine(form, {field.key: _amount(field, gate.settings[field.key]) for field in FORMS[form]})


def _amount(field: Field, value: Any) -> float | str | None:
    if value is None or isinstance(value, str):
        return value if field.unit == "words" else None
    if isinstance(value, timedelta):
        return value / timedelta(weeks=1)
    scale = {"of ten": 10, "points": 100, "percent": 100}.get(field.unit, 1)
    return round(float(value) * scale, 6)


def usual(form: str) -> GateLine:
    """A gate with the numbers that it begins with.

    Examples
    --------
    >>> usual("cost_uplift")
    GateLine(form='cost_uplift', amounts={'at_most': 10.0})
    """
    return GateLine(form, {field.key: field.usual for field in FORMS[form]})


def sentence(line: GateLine) -> Message:
    """What a gate asks, with its numbers.

    Examples
    --------
    >>> str(sentence(usual("nights_per_person")))
    'nobody works more nights a month than 6'
    """
    code, given = line.form, dict(line.amounts)
    values: dict[str, object] = {key: _shown(value) for key, value in given.items()}
    if code == "fairness":
        asked = [
            str(Message(f"gate_form.{key}", {"most": _shown(value)}))
            for key, value in given.items()
            if value is not None
        ]
        values = {"what": "; ".join(asked)}
    elif code == "contacts_per_new_hour" and given["or_contract"]:
        code = "contacts_or_contract"
    elif code == "actuals" and given["within"] is None:
        code = "actuals_band"
    return Message(f"gate_form.{code}", values)


def _shown(value: float | str | None) -> str:
    return "–" if value is None else value if isinstance(value, str) else number_text(value)


def title(form: str) -> str:
    """The short name of a gate.

    Examples
    --------
    >>> title("survives")
    'one person absent'
    """
    return str(Message(f"gate_form.title_{form}"))


def label(form: str, key: str) -> str:
    """What a field asks for, with its unit.

    Examples
    --------
    >>> label("cost_uplift", "at_most")
    'at most, per cent more'
    """
    return str(Message(f"gate_form.{form}_{key}"))


def said(lines: Sequence[GateLine]) -> list[Any]:
    """Gates as a scenario file says them; what is left empty is not said.

    Examples
    --------
    >>> said([usual("promise_new"), usual("survives"), usual("actuals")])
    [{'promise_kept': {'in': 'new hours', 'in_weeks': '90%'}}, 'survives', {'actuals': {'for': '2 weeks'}}]
    """
    return [_said(line) for line in lines]


def _said(line: GateLine) -> Any:
    settings = {
        field.key: _text(field, line.amounts[field.key])
        for field in FORMS[line.form]
        if line.amounts[field.key] not in (None, "")
    }
    if line.form in PROMISES:
        return {"promise_kept": {"in": PROMISES[line.form], **settings}}
    return {line.form: settings} if settings or FORMS[line.form] else line.form


def _text(field: Field, amount: float | str | None) -> str:
    if isinstance(amount, str) or amount is None:
        return str(amount)
    if field.unit == "weeks":
        days = round(7 * amount)
        return f"{days // 7} weeks" if days % 7 == 0 else f"{days} days"
    texts = {
        "of ten": share_text(round(amount / 10, 8)),
        "percent": share_text(round(amount / 100, 8)),
        "points": f"{number_text(amount)} points",
        "a month": f"{number_text(amount)} a month",
    }
    return texts.get(field.unit, number_text(amount))


def changes_of(scenario: Scenario, lines: Sequence[GateLine]) -> dict[str, Any]:
    """What a stage says with these gates; empty where they are those that it has."""
    return {} if tuple(lines) == lines_of(scenario.gates) else {"gates": said(lines)}
