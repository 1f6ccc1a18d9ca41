"""Gates of a stage: what must hold before it goes ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    InstanceOf,
    PlainSerializer,
    ValidationError,
    model_validator,
)

from planner import _yaml
from planner._errors import ValueTextError
from planner._values import number_text, parse_count, parse_number, parse_share, share_text
from planner.study.scenario.mistakes import messages_of
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import Length, Number, Premium, Text, wrong

EVERY_OPEN_HOUR = "every open hour"
ANY_ONE_ABSENT = "any one person absent for a shift"


@dataclass(frozen=True, slots=True)
class Gate:
    """A question that a stage must pass, with its numbers.

    Attributes
    ----------
    kind: ``promise_kept``, ``survives``, ``nights_per_person``, ``weekends_per_person``, ``fairness``,
        ``contacts_per_new_hour``, ``escalation``, ``cost_uplift`` or ``actuals``.
    settings: of promise_kept: ``in`` ("new hours" or "old hours"), ``in_weeks`` (share of weeks) or
        ``not_worse_by`` (share); of nights and weekends per person: ``at_most`` a month; of fairness:
        ``nights``, ``weekends``, ``holidays`` a month (None: not asked); of contacts per new hour:
        ``at_least`` and ``or_contract`` ("": none); of cost_uplift: ``at_most`` (share); of actuals:
        ``within`` ("band" or a share) and ``for`` (timedelta); else empty.
    """

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)


def _of(text: str) -> float:
    found = re.fullmatch(r"\s*(\d+)\s+of\s+(\d+)\s*", text)
    if not found:
        return parse_share(text)
    kept, weeks = parse_count(found[1]), parse_count(found[2], least=1)
    if kept > weeks:
        raise wrong("weeks_of", given=text.strip())
    return kept / weeks


def _of_text(share: float) -> str:
    tenths = Fraction(repr(share)) * 10
    return f"{tenths} of 10" if tenths.denominator == 1 else share_text(share)


def _points(text: str) -> float:
    found = re.fullmatch(r"\s*(\S+)\s+points?\s*", text)
    if not found:
        raise wrong("points", given=text.strip())
    return float(parse_number(found[1]) / 100)


def _a_month(text: str) -> float:
    found = re.fullmatch(r"\s*(\S+?)(?:\s+(?:a|per)\s+month)?\s*", text)
    if not found:
        raise wrong("a_month", given=text.strip())
    return float(parse_number(found[1]))


def _said(parse: Any, write: Any) -> Any:
    return (
        BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value),
        PlainSerializer(lambda value: None if value is None else write(value)),
    )


def _within(text: str) -> float | str:
    return "band" if text.strip() == "band" else parse_share(text)


def _within_text(value: float | str) -> str:
    return value if isinstance(value, str) else share_text(value)


Within = Annotated[float | Literal["band"], *_said(_within, _within_text)]
WeeksKept = Annotated[float, *_said(_of, _of_text)]
Points = Annotated[float, *_said(_points, lambda share: f"{share_text(share)[:-1]} points")]
AMonth = Annotated[float, *_said(_a_month, lambda nights: f"{number_text(nights)} a month")]


class PromiseKept(Part):
    """The promise is kept in new hours, or not worse than before in old ones."""

    in_: Literal["new hours", "old hours"] = Field(
        alias="in", description="hours that this stage opens, or those open before", examples=["new hours"]
    )
    in_weeks: WeeksKept = Field(
        0.9,
        description="new hours: weeks in which a queue keeps its promise; the queue that does so least often "
        "decides",
        examples=["9 of 10"],
    )
    not_worse_by: Points = Field(
        0.03,
        description="old hours: points below the first scenario; the queue that loses most decides",
        examples=["3 points"],
    )


class NightsPerPerson(Part):
    """Nobody works more nights than this."""

    at_most: AMonth = Field(description="nights of one person", examples=["6 a month"])


class WeekendsPerPerson(Part):
    """Nobody works on more weekends than this."""

    at_most: AMonth = Field(
        description="weekends of one person on whose Saturday or Sunday a shift starts",
        examples=["2 a month"],
    )


class Fairness(Part):
    """What is hard is shared: most minus fewest of one person, each as if full time for a whole month."""

    nights: AMonth | None = Field(
        None,
        description="most minus fewest nights among those who may work them: each one's count, divided by "
        "the share of full time in the contract and by the days there, for a month",
        examples=["4 a month"],
    )
    weekends: AMonth | None = Field(None, description="the same of weekends", examples=["2 a month"])
    holidays: AMonth | None = Field(
        None, description="the same of shifts on public holidays", examples=["2 a month"]
    )

    @model_validator(mode="after")
    def _something(self) -> Fairness:
        if self.nights is self.weekends is self.holidays is None:
            raise wrong("fairness_of")
        return self


class ContactsPerNewHour(Part):
    """Hours that a stage opens bring contacts, or a contract asks for them."""

    at_least: Number = Field(
        0.5, description="mean contacts in an hour that the stage opens", examples=["0.5"], ge=0
    )
    or_contract: Text = Field(
        "",
        description="why these hours are opened though fewer come; stated, it passes, and is told",
        examples=["premium contract: 24/7"],
    )


class CostUplift(Part):
    """The rota does not cost more than this above the first scenario's."""

    at_most: Premium = Field(description="share on top", examples=["10%"])


class ActualsKept(Part):
    """Once the stage is live, what comes is what was expected; not yet known before."""

    within: Within = Field(
        "band",
        description="of each queue's total: as far as the forecast said it may stray (19 times of 20), or a "
        "share of it",
        examples=["20%"],
    )
    for_: Length = Field(
        timedelta(weeks=2),
        alias="for",
        description="how long it must have been live, whole days",
        examples=["2 weeks"],
    )


GATES: Mapping[str, type[BaseModel] | str] = {
    "promise_kept": PromiseKept,
    "survives": ANY_ONE_ABSENT,
    "nights_per_person": NightsPerPerson,
    "weekends_per_person": WeekendsPerPerson,
    "fairness": Fairness,
    "contacts_per_new_hour": ContactsPerNewHour,
    "escalation": EVERY_OPEN_HOUR,
    "cost_uplift": CostUplift,
    "actuals": ActualsKept,
}


def single_key(value: object, known: Mapping[str, Any], what: str) -> tuple[str, Any]:
    """The one key of a list entry such as ``max_days_in_row: {days: 5}`` and what stands after it."""
    if isinstance(value, str):
        value = {value: {}}
    if not isinstance(value, Mapping) or len(value) != 1:
        raise wrong("one_key", what=what, example=next(iter(known), ""))
    ((kind, said),) = value.items()
    if kind not in known:
        near = get_close_matches(kind, known, n=1)
        raise wrong("unknown_kind", what=what, given=kind, near=near[0] if near else ", ".join(known))
    return kind, said


def _read(value: object) -> object:
    if isinstance(value, Gate):
        return value
    kind, said = single_key(value, GATES, "gate")
    model = GATES[kind]
    if isinstance(model, str):
        if said not in ("", {}, model):
            raise wrong("gate_text", kind=kind, text=model)
        return Gate(kind)
    try:
        read = model.model_validate(said)
    except ValidationError as error:
        document = _yaml.tree({kind: said})
        raise ValueTextError(*messages_of(error, document, model, (kind,))) from None
    values = {info.alias or name: getattr(read, name) for name, info in model.model_fields.items()}
    if kind == "promise_kept":
        values.pop("not_worse_by" if values["in"] == "new hours" else "in_weeks")
    return Gate(kind, values)


def _write(gate: Gate) -> dict[str, Any]:
    model = GATES[gate.kind]
    if isinstance(model, str):
        return {gate.kind: model}
    said = {key: value for key, value in gate.settings.items() if value is not None and value != ""}
    return {gate.kind: model.model_validate(said).model_dump(by_alias=True, exclude_unset=True)}


GateSaid = Annotated[InstanceOf[Gate], BeforeValidator(_read), PlainSerializer(_write)]
