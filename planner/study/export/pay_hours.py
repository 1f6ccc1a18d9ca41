"""Paid time by what it is: buckets that do not overlap and add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.rota import PaidSpan, Shift, paid_spans
from planner.study.export.pay_plans import Duty, Plans

OVERTIME, ON_CALL, TRAINING = "overtime", "on_call", "training"


@dataclass(frozen=True, slots=True)
class Piece:
    """Paid time of one person within one local day, all of one kind.

    Attributes
    ----------
    plan: number of the plan that it is from.
    day: local day on which it lies.
    minutes: paid. counted: of these, towards the contract.
    base_cents, premium_cents: what it costs.
    unknown: premiums that it should have and nobody stated: "night", "sunday", "holiday".
    """

    agent: str
    plan: int
    day: date
    bucket: str
    minutes: int
    counted: int
    base_cents: int
    premium_cents: int
    unknown: tuple[str, ...] = ()


def pieces_of(agent: str, plans: Plans) -> tuple[Piece, ...]:
    """Paid time of a person in all plans, in order of time.

    A shift belongs to the week of its local start day, as in labour rules, and its minutes to the day on
    which they lie. The last counted minutes of a week that are beyond what its terms allow are overtime,
    whatever they were before.
    """
    weeks: dict[tuple[int, int], list[Piece]] = {}
    for duty in plans.duties[agent]:
        year, week, _ = duty.shift.day.isocalendar()
        weeks.setdefault((year, week), []).extend(_pieces(duty, agent, plans))
    return tuple(piece for week in weeks.values() for piece in _with_overtime(week, agent, plans))


def bucket_of(shift: Shift, span: PaidSpan) -> str:
    """What a span of a shift is.

    On call and training are that at any hour; a meeting is work like other. A public holiday that falls on
    a Sunday is a public holiday.
    """
    if shift.kind == "on_call":
        return ON_CALL
    if shift.kind == "training":
        return TRAINING
    kind = "holiday" if span.holiday else "sunday" if span.sunday else "ordinary"
    return f"{kind}_night" if span.night else f"{kind}_day"


def _pieces(duty: Duty, agent: str, plans: Plans) -> Iterator[Piece]:
    terms = plans.dossiers[duty.plan].terms
    site = terms.sites[terms.site_of[agent]]
    priced = plans.agent(agent, duty.plan).outside  # a partner's price has everything in it
    for span in paid_spans(duty.shift, agent, terms):
        if not (span.paid_minutes or span.base_cents or span.premium_cents):
            continue  # all of it was break
        lacking = (
            ("night", span.night and site.night_premium is None),
            ("sunday", span.sunday and site.sunday_premium is None),
            ("holiday", span.holiday and site.holiday_premium is None),
        )
        yield Piece(
            agent,
            duty.plan,
            span.day,
            bucket_of(duty.shift, span),
            span.paid_minutes,
            span.paid_minutes if duty.shift.counted else 0,
            span.base_cents,
            span.premium_cents,
            tuple(name for name, missing in lacking if missing and not priced),
        )


def _with_overtime(week: Sequence[Piece], agent: str, plans: Plans) -> list[Piece]:
    """The pieces of a week, its last counted minutes beyond the limit as overtime."""
    if not week:
        return []
    plan = week[-1].plan
    terms = plans.dossiers[plan].payroll
    person, site = plans.agent(agent, plan), plans.site(agent, plan)
    most = terms.most_without_overtime(person.weekly_minutes, site.full_time_minutes)
    if most is None or person.outside:
        return list(week)
    beyond = max(0, sum(piece.counted for piece in week) - most)
    found: list[Piece] = []
    for piece in reversed(week):
        over = min(beyond, piece.counted)
        beyond -= over
        found += reversed(_cut(piece, over))
    return found[::-1]


def _cut(piece: Piece, over: int) -> list[Piece]:
    """A piece of which the last minutes are overtime; cents go by minutes, and none is lost."""
    if not over:
        return [piece]
    if over == piece.minutes:
        return [replace(piece, bucket=OVERTIME)]
    base, premium = (cents * over // piece.minutes for cents in (piece.base_cents, piece.premium_cents))
    kept = piece.minutes - over
    before = replace(
        piece,
        minutes=kept,
        counted=kept,
        base_cents=piece.base_cents - base,
        premium_cents=piece.premium_cents - premium,
    )
    late = replace(piece, bucket=OVERTIME, minutes=over, counted=over, base_cents=base, premium_cents=premium)
    return [before, late]
