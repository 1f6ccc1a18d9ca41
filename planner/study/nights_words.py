"""Ways to cover nights in sentences: each way, what is proven of it, what is risky, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import clock_text, percent_text, wait_text
from planner.study.compare import verdict
from planner.study.misses import TOLERANCE

if TYPE_CHECKING:
    from planner.study.nights import NightPlan, Nights

NOBODY = 0.05
"""Person-hours missing that are none."""


def mean_nights(made: NightPlan) -> float:
    """Nights a month of those who work any."""
    return sum(made.nights) / len(made.nights) if made.nights else 0.0


def keeps(made: NightPlan) -> bool:
    """Whether promises are kept, at night too as far as simulated, with nobody missing and no finding."""
    night = made.at_night
    promised = made.kept is None or made.kept.enough is not False
    by_night = night is None or night.kept is None or night.kept >= night.promised - TOLERANCE
    return promised and by_night and made.result.missing_hours < NOBODY and not made.broken


def nights_summary(found: Nights) -> tuple[Message, ...]:
    """Every way in a few sentences, rotation for all first, why others were not planned, and what to do."""
    begins, ends = found.window
    hours = {"from": clock_text(begins), "to": clock_text(ends), "zone": found.scenario.zone}
    lines = [line for made in found.plans for line in _told(made, found)]
    lines += [way.why for way in found.not_planned if way.why is not None]
    lines += [Message("nights.how"), Message("nights.hours", hours), advice(found)]
    if found.cancelled:
        lines.append(Message("nights.stopped", {"ways": len(found.plans)}))
    return tuple(lines)


def way_text(made: NightPlan) -> str:
    """What a way is called."""
    return str(Message(f"nights.way_{made.way.way.replace(' ', '_')}"))


def advice(found: Nights) -> Message:
    """The cheapest way that keeps what is promised, as far as proven ranges say so."""
    good = [made for made in found.plans if keeps(made)]
    if any(made.service is None for made in found.plans):
        return Message("nights.advice_unknown")
    if not good:
        return Message("nights.advice_none")
    best = min(good, key=lambda made: made.cost.high)
    cost = {"way": way_text(best), "cost": f"{best.cost.high:,.0f}", "currency": found.scenario.currency}
    if len(good) == 1:
        return Message("nights.advice_only", cost)
    others = [
        way_text(made)
        for made in good
        if made is not best
        and verdict(best.cost.low, best.cost.high, made.cost.low, made.cost.high) != "lower"
    ]
    return Message("nights.advice_open" if others else "nights.advice", {**cost, "others": "; ".join(others)})


def risk(made: NightPlan, currency: str) -> Message:
    """What is risky about a way, with its figures."""
    night = made.at_night
    values = {
        "most": f"{max(made.nights, default=0.0):.1f}",
        "people": len(made.nights),
        "hires": sum(one.kind == "hire" for one in made.taken),
        "weeks": made.ready_weeks,
        "cost": f"{made.cost.partner:,.0f}",
        "calls": f"{made.cost.called_out:,.0f}",
        "currency": currency,
        "wait": "–" if night is None or night.nine_of_ten is None else wait_text(night.nine_of_ten),
        "away": "–" if night is None else percent_text(night.away),
    }
    return Message(f"nights.risk_{made.way.way.replace(' ', '_')}", values)


def _told(made: NightPlan, found: Nights) -> Iterator[Message]:
    result, cost = made.result, made.cost
    values = {
        "way": way_text(made),
        "cost": f"{cost.paid:,.0f}",
        "low": "–" if cost.low is None else f"{cost.low:,.0f}",
        "high": f"{cost.high:,.0f}",
        "currency": found.scenario.currency,
        "hires": sum(one.kind == "hire" for one in made.taken),
        "seats": sum(one.kind == "partner" for one in made.taken),
        "people": len(made.nights),
        "most": f"{max(made.nights, default=0.0):.1f}",
        "mean": f"{mean_nights(made):.1f}",
        "once": f"{cost.one_off:,.0f}",
        "weeks": made.ready_weeks,
        "day": made.ready,
        "calls": f"{cost.called_out:,.0f}",
        "tickets": f"{made.tickets or 0.0:,.0f}",
        "partner": f"{cost.partner:,.0f}",
        "contracts": f"{cost.contract_hours:,.0f}",
        "needed": f"{cost.need_hours:,.0f}",
    }
    yield Message("nights.way", values)
    yield Message("nights.range", values)
    yield Message("nights.contracts", values)
    missing = {
        "hours": f"{result.missing_hours:,.1f}",
        "bound": f"{result.missing_hours_bound or 0.0:,.1f}",
        "days": found.scenario.days,
        "against": _verdict("missing", made.verdict_missing),
    }
    if made is not found.plans[0]:
        yield Message("nights.against", {**missing, "cost": _verdict("cost", made.verdict_cost)})
    proven = "missing" if result.missing_hours_bound else "missing_unproven"
    yield Message(f"nights.{proven if result.missing_hours >= NOBODY else 'nobody_missing'}", missing)
    if made.tickets is not None:
        yield Message("nights.tickets", values)
    if cost.called_out:
        yield Message("nights.called_out", values)
    yield from _service(made)
    yield Message("nights.ready_on" if made.ready else "nights.ready", values)
    yield from made.way.assumed
    if made.way.why is not None:
        yield made.way.why
    if made.never:
        yield Message("nights.never", {"names": "; ".join(made.never)})
    if made.broken:
        yield Message("nights.findings", {"count": made.broken})
    yield risk(made, found.scenario.currency)


def _service(made: NightPlan) -> Iterator[Message]:
    """Promises of all hours, and what becomes of contacts at night."""
    if made.kept is not None:
        shares = {"kept": percent_text(made.kept.share), "promised": percent_text(made.kept.promised)}
        yield Message("nights.kept", shares)
    night = made.at_night
    if night is None:
        return
    if night.kept is None or night.median is None or night.nine_of_ten is None:
        yield Message("nights.few_at_night", {"contacts": f"{night.contacts_a_week:,.1f}"})
        return
    yield Message(
        "nights.at_night",
        {
            "contacts": f"{night.contacts_a_week:,.1f}",
            "median": wait_text(night.median),
            "most": wait_text(night.nine_of_ten),
            "kept": percent_text(night.kept),
            "low": percent_text(night.low or 0.0),
            "high": percent_text(night.high or 0.0),
            "promised": percent_text(night.promised),
            "away": percent_text(night.away),
        },
    )


def _verdict(of: str, verdict: str) -> str:
    return str(Message(f"nights.{of}_{verdict.replace(' ', '_')}"))
