"""What is worth knowing about a scenario and is no mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner._messages import Message
from planner._values import clock_text, number_text
from planner.clock import day_starts, local_at, quarter_of, shift_lengths
from planner.rota import open_type, people_who_left
from planner.study.scenario.asks_notices import asks_notices
from planner.study.scenario.mistakes import at
from planner.study.scenario.windows import stated_work
from planner.study.scenario.work_sense import stated_paths
from planner.study.scenario.world import DAYS

if TYPE_CHECKING:
    from planner.study.scenario.resolved import Resolved

DAY_QUARTERS = 96


def notices_of(scenario: Resolved) -> tuple[Message, ...]:
    """Keys that have no effect here, premiums and prices to look at, rest unchecked, clock changes."""
    return (
        *scenario.what_if,
        *_unexpected(scenario),
        *_not_asked(scenario),
        *_definitions(scenario),
        *_never(scenario),
        *_unknown_premiums(scenario),
        *_cheap_missing_hour(scenario),
        *asks_notices(scenario),
        *_cut_weeks(scenario),
        *_no_earlier_shifts(scenario),
        *_left(scenario),
        *_clock_changes(scenario),
    )


def _unexpected(scenario: Resolved) -> Iterator[Message]:
    """Call-outs that nothing lets expect."""
    for index, line in enumerate(scenario.said.escalation):
        for key in ("call_out_minimum", "rest_after_call_out"):
            stated = bool(scenario.fixed_need) or scenario.posts_alone
            if getattr(line, key) is not None and (stated or (line.share <= 0 and not line.also)):
                code = "call_outs_of_need" if stated else "call_outs_unknown"
                yield at(scenario.node, ("escalation", index, key), code, role=line.role)


def _not_asked(scenario: Resolved) -> Iterator[Message]:
    """Hires and a partner that a plan leaves alone."""
    said = scenario.said
    if said.hires.types and said.solve.hire == "no":
        yield at(scenario.node, ("hires",), "not_asked_hires")
    if said.outsource is not None and not said.solve.outsource:
        yield at(scenario.node, ("outsource",), "not_asked_outsource")


def _definitions(scenario: Resolved) -> Iterator[Message]:
    """What a share is of matters only where customers hang up."""
    for index, (line, queue) in enumerate(zip(scenario.said.queues, scenario.queues, strict=False)):
        if queue.promise.definition != "offered" and queue.patience_seconds is None:
            yield at(scenario.node, ("queues", index, "promise"), "definition_same", queue=line.name)


def _never(scenario: Resolved) -> Iterator[Message]:
    """Planned work of which nothing falls into the period; files of calls are not read for it."""
    for path, work in zip(stated_paths(scenario.said), stated_work(scenario, {}), strict=True):
        if not work.windows and work.name not in scenario.outbound_sources:
            yield at(scenario.node, path, "work_never", work=work.name)


def _unknown_premiums(scenario: Resolved) -> Iterator[Message]:
    """Unknown is not nothing: a cost without them is no full cost."""
    if scenario.unknown_premiums:
        names = "; ".join(scenario.unknown_premiums)
        yield at(scenario.node, ("sites",), "unknown_premiums", names=names)


def _cheap_missing_hour(scenario: Resolved) -> Iterator[Message]:
    kind, amount = scenario.said.prices.missing_hour
    premium = {site.name: site.night_premium or 0.0 for site in scenario.sites}
    dearest = max((a.cost_per_hour * (1 + premium[a.site]) for a in scenario.team.agents), default=0.0)
    if amount < (1 if kind == "factor" else dearest):
        yield at(scenario.node, ("prices", "missing_hour"), "cheap_missing_hour")


def _cut_weeks(scenario: Resolved) -> Iterator[Message]:
    if scenario.first_day.weekday() and not scenario.cyclic:
        day = DAYS[scenario.first_day.weekday()]
        yield at(scenario.node, ("period", "first_day"), "cut_weeks", day=day)


def _no_earlier_shifts(scenario: Resolved) -> Iterator[Message]:
    if scenario.carryover is not None or scenario.cyclic:
        return
    everybody = scenario.personal_rules.values()
    rests = [rule for mine in everybody for rule in mine if rule.name == "minimum_rest"]
    hours = [rule.hours for rule in rests]  # type: ignore[attr-defined]  # that rule has them
    if hours:
        yield Message("scenario.no_earlier_shifts", {"hours": number_text(max(hours))})


def _left(scenario: Resolved) -> Iterator[Message]:
    """People of earlier periods who are not in the team any more."""
    if scenario.carryover is not None and (names := people_who_left(scenario.carryover, scenario.team)):
        yield at(scenario.node, ("carryover",), "carryover_left", names=", ".join(names))
    here = {agent.name for agent in scenario.team.agents}
    if gone := sorted({row.agent for row in scenario.ledger.rows} - here):
        yield at(scenario.node, ("ledger",), "ledger_left", names=", ".join(gone))


def _clock_changes(scenario: Resolved) -> Iterator[Message]:
    """One sentence for each kind of shift and day on which it is not as long as it looks."""
    for zone in dict.fromkeys(agent.zone for agent in scenario.team.agents):
        changed = list(_changed_days(scenario.first_day, scenario.days, zone))
        if not changed:
            continue
        for kind in scenario.shift_types:
            if not any(open_type(kind, agent) for agent in scenario.team.agents if agent.zone == zone):
                continue
            for day, forward in changed:
                for shown in (day - timedelta(days=1), day):
                    if scenario.first_day <= shown and (zone, shown) not in kind.not_on:
                        yield from _altered(
                            kind.name, kind.starts, kind.present_minutes, shown, zone, forward
                        )


def _changed_days(first_day: date, days: int, zone: str) -> Iterator[tuple[date, bool]]:
    """Local days of a period on which clocks change, and whether they go forward."""
    starts = day_starts(first_day, days, zone)
    for index in range(days):
        quarters = starts[index + 1] - starts[index]
        if quarters != DAY_QUARTERS:
            yield first_day + timedelta(days=index), quarters < DAY_QUARTERS


def _altered(
    name: str, starts: tuple[int, ...], minutes: int, day: date, zone: str, forward: bool
) -> Iterator[Message]:
    touched = []
    for start in starts:
        lengths = shift_lengths(day, start, (start + minutes) % 1440, zone)
        if lengths.start_kind == "nonexistent" or lengths.elapsed_minutes != lengths.nominal_minutes:
            touched.append((start, lengths))
    if not touched:
        return
    start, lengths = touched[0]
    values = {
        "shift": name,
        "window": f"{clock_text(start)}-{clock_text((start + minutes) % 1440)}",
        "day": day.isoformat(),
        "zone": zone,
        "hours": number_text(lengths.elapsed_minutes / 60),
        "others": len(touched) - 1,
    }
    if lengths.start_kind == "nonexistent":
        begins = local_at(quarter_of(lengths.start), zone)
        values["begins"] = f"{begins:%H:%M}"
        code = "clock_moves_start"
    else:
        code = "clock_forward" if forward else "clock_back"
    yield Message(f"scenario.{code}" + ("_more" if len(touched) > 1 else ""), values)
