"""The answer of a stage in the words that a manager reads first."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import clock_text, percent_text
from planner.study.stages.ways import contacts_text, waits_text, ways_text

if TYPE_CHECKING:
    from planner.study.stages.answers import Answer, InNewHours
    from planner.study.stages.carried import Load
    from planner.study.stages.cost_change import Money


def answer_words(one: Answer) -> tuple[Message, ...]:
    """What a stage opens, who comes then, what they get, what that takes, and when it can start."""
    lines = [_block(one)]
    if one.block:
        lines += [_contacts(one.whole, one.paired)]
        lines += [_contacts(hours, one.paired) for hours in one.hours[1:] if len(one.hours) > 2]
    lines += [_people(one), _money(one), *_once(one), _asked(one), _start(one)]
    lines += list(one.notes)
    return tuple(lines)


def go_words(one: Answer, missing: Message | None = None) -> Message:
    """Go or no-go with its reason, and people missing beside it."""
    why = one.why
    if missing is not None:
        why = Message("answers.why_and_missing", {"why": str(why), "missing": str(missing)})
    values = {"number": one.stage, "stage": one.scenario, "why": str(why)}
    code = "undecided" if one.go is None else "go" if one.go else "no_go"
    return Message(f"answers.{code}", values)


def _block(one: Answer) -> Message:
    values = {
        "block": one.block,
        "hours": f"{one.weekly_hours:.1f}".removesuffix(".0"),
        "closes": one.closes,
        "before": one.before,
    }
    if one.block and one.closes:
        return Message("answers.opens_and_closes", values)
    if one.block:
        return Message("answers.opens", values)
    return Message("answers.closes" if one.closes else "answers.no_new_hours", values)


def _contacts(hours: InNewHours, paired: bool | None) -> Message:
    values = {
        "queue": f"   {hours.queue}" if hours.queue else str(Message("answers.all_queues")),
        "contacts": contacts_text(hours.coming),
        "share": percent_text(hours.coming.share),
        "before": waits_text(hours.before) + ways_text(hours.before),
        "after": waits_text(hours.after) + ways_text(hours.after),
    }
    if not isfinite(hours.coming.contacts):
        return Message("answers.contacts_not_known", values)
    if not hours.coming.contacts:
        return Message("answers.nobody_comes", values)
    return Message("answers.contacts" if paired else "answers.contacts_not_paired", values)


def _people(one: Answer) -> Message:
    values = {
        "hires": one.hires,
        "leavers": one.leavers,
        "seats": one.seats,
        "idle": f"{one.idle_hours:,.0f}",
        "idle_before": f"{one.idle_before:,.0f}",
    }
    if one.seats:
        return Message("answers.hires_and_seats", values)
    return Message("answers.hires_and_leavers" if one.leavers else "answers.hires", values)


def _money(one: Answer) -> Message:
    values = {
        "cost": f"{one.today.cost:,.0f}",
        "currency": one.currency,
        "today": change_text(one.today, one.currency),
        "step": change_text(one.step, one.currency),
        "before": one.before,
    }
    return Message("answers.cost" if one.stage > 2 else "answers.cost_first", values)


def change_text(money: Money, currency: str) -> str:
    """A change in cost with its per cent, as far as it is proven.

    Examples
    --------
    >>> from planner.study.stages.cost_change import Money
    >>> change_text(Money(110, 105, 100, 10, 0.1, 5, 12, "higher"), "EUR")
    '+10 EUR, +10.0 % (proven between +5 and +12)'
    >>> change_text(Money(100, None, 100, 0, 0.0, None, None, "no range"), "EUR")
    '+0 EUR, +0.0 % (no bound is known)'
    """
    share = f"{round(100 * money.share, 1) + 0.0:+.1f} %" if isfinite(money.share) else "–"
    values = {"change": f"{round(money.change) + 0:+,}", "currency": currency, "share": share}
    if money.verdict == "same":
        return str(Message("answers.change_same", values))
    if money.low is None or money.high is None:
        return str(Message("answers.change_no_range", values))
    values |= {"low": f"{round(money.low) + 0:+,}", "high": f"{round(money.high) + 0:+,}"}
    apart = money.verdict in ("lower", "higher")
    return str(Message("answers.change_proven" if apart else "answers.change_not_apart", values))


def _once(one: Answer) -> list[Message]:
    """One-off costs, apart and summed; what nobody stated is said to be not stated."""
    if not one.hires and not one.set_up:
        return []
    values = {
        "total": f"{one.once_total:,.0f}",
        "currency": one.currency,
        "training": f"{one.once.training:,.0f}",
        "recruiting": _stated(one, "recruiting", one.once.recruiting),
        "equipment": _stated(one, "equipment", one.once.equipment),
        "set_up": f"{one.set_up:,.0f}",
    }
    return [Message("answers.once_and_set_up" if one.set_up else "answers.once", values)]


def _stated(one: Answer, what: str, money: float) -> str:
    return f"{money:,.0f}" if what in one.once.stated else str(Message("answers.not_stated"))


def _asked(one: Answer) -> Message:
    """What the rota asks of people."""
    day = one.carried.day
    values = {
        "early": load_text(one.carried.early),
        "late": load_text(one.carried.late),
        "nights": load_text(one.carried.nights),
        "weekends": load_text(one.carried.weekends),
        "starts": clock_text(day[0]),
        "ends": clock_text(day[1] % 1440 or 1440),
    }
    return Message("answers.asked", values)


def load_text(load: Load) -> str:
    """How often something is asked of people in a month.

    Examples
    --------
    >>> from planner.study.stages.carried import Load
    >>> load_text(Load(4.3, 2.2, 3)), load_text(Load())
    ('3 of the team, at most 4.3 and 2.2 on average', 'nobody')
    """
    if not load.people:
        return str(Message("answers.nobody"))
    values = {"people": load.people, "most": f"{load.most:.1f}", "mean": f"{load.mean:.1f}"}
    return str(Message("answers.load", values))


def _start(one: Answer) -> Message:
    start = one.start
    values = {
        "weeks": start.weeks,
        "day": start.day.isoformat() if start.day else "",
        "planned": start.planned.isoformat() if start.planned else "",
        "reasons": "; ".join(str(reason) for reason in start.reasons),
    }
    if start.day is None:
        code = "start_weeks" if start.planned is None else "start_weeks_planned"
        return Message(f"answers.{code}", values)
    return Message("answers.start_too_soon" if start.too_soon else "answers.start", values)
