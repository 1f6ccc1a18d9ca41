"""Numbers that are too large to plan, leave nothing to plan with, or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from planner._values import duration_text, goal_text
from planner.demand import CHAT_SPEED, LIVE_CHANNELS
from planner.study.scenario.mistakes import Path
from planner.study.scenario.parts import ShiftSaid
from planner.study.scenario.queue_said import QueueSaid
from planner.study.scenario.said import Said
from planner.study.scenario.views import SHOP, channel_of

MOST_WEEKS = 13
MOST_SECONDS = 600
MOST_ROUNDS = 20
MOST_REPLICATIONS = 1000
MOST_AT_ONCE = 500
# More than 500 people could answer in any channel.
MOST_CONTACTS = 100_000
# Work is counted in units of 15 s: below this share of 15 minutes there is hardly one of them.
LEAST_AT_WORK = 0.02
USUAL_BREAK_AFTER = 3.0  # hours; the break of a shorter shift comes at its end


class Misfit(NamedTuple):
    """A number that does not fit: its path, the sentence of scenario.yaml and its values."""

    path: Path
    code: str
    values: dict[str, object]


def _misfit(*path: str | int, code: str, **values: object) -> Misfit:
    return Misfit(path, code, values)


def misfits(said: Said) -> Iterator[Misfit]:
    """All of them.

    Examples
    --------
    >>> [(found.path, found.code) for found in misfits(Said(need={"seat": 501}))]
    [(('need', 'seat'), 'too_many_at_once')]
    """
    yield from _of_the_period(said)
    yield from _of_solving(said)
    yield from _of_shares(said)
    yield from _of_queues(said)
    yield from _of_staffing(said)
    yield from _of_volumes(said)
    yield from _of_growth(said)
    for index, shift in enumerate(said.shifts):
        yield from _of_a_shift(index, shift)


def _of_the_period(said: Said) -> Iterator[Misfit]:
    period = said.period
    if period.weeks > MOST_WEEKS:
        yield _misfit("period", "weeks", code="too_many_weeks", given=period.weeks, most=MOST_WEEKS)
    if not 2000 <= period.first_day.year <= 2100:
        yield _misfit("period", "first_day", code="far_day", given=period.first_day.isoformat())
    for hours, lines in (
        ("opening_hours", said.opening_hours),
        ("special_days", said.special_days),
        ("history_open_hours", said.history_open_hours),
    ):
        for index, line in enumerate(lines):
            for key in ("open", "close"):
                if getattr(line, key) % 15:
                    yield _misfit(hours, index, key, code="quarter")
    for index, source in enumerate(said.history):
        if source.since and source.until and source.until < source.since:
            since = source.since.isoformat()
            yield _misfit("history", index, "until", code="until_before", first=since, key="since")


def _of_solving(said: Said) -> Iterator[Misfit]:
    solve = said.solve
    if solve.time_limit is not None and solve.time_limit.total_seconds() > MOST_SECONDS:
        yield _misfit("solve", "time_limit", code="time_limit")
    if solve.rounds is not None and solve.rounds > MOST_ROUNDS:
        yield _misfit("solve", "rounds", code="too_many_rounds", most=MOST_ROUNDS)
    if solve.replications is not None and solve.replications > MOST_REPLICATIONS:
        yield _misfit("solve", "replications", code="too_many_replications", most=MOST_REPLICATIONS)
    if said.edge == "cyclic" and solve.engine != "cp-sat":
        yield _misfit("edge", code="cyclic_engine")


def _of_shares(said: Said) -> Iterator[Misfit]:
    if not said.occupancy_at_most:
        yield _misfit("occupancy_at_most", code="no_occupancy")
        return
    nobody = False
    for key in ("busy_inside_shift", "no_shows"):
        if getattr(said, key) >= 1:
            nobody = True
            yield _misfit(key, code="nobody_left")
    for key in ("sickness", "absence"):
        if (getattr(said.away, key) or 0) >= 1:
            yield _misfit("away", key, code="nobody_left")
    left = said.occupancy_at_most * (1 - said.busy_inside_shift) * (1 - said.no_shows)
    if left < LEAST_AT_WORK and not nobody:
        yield _misfit("busy_inside_shift", code="little_left", left=f"{100 * left:.2g}")


def _of_staffing(said: Said) -> Iterator[Misfit]:
    (policy, quantile), sure = said.staffing.forecast, said.staffing.small_teams
    if said.staffing.method == "forward" and policy == "expected":
        yield _misfit("staffing", "forecast", code="forward_expected")
    for key, share in (("forecast", quantile), ("small_teams", sure)):
        if share is not None and not 0 < share < 1:
            yield _misfit("staffing", key, code="sure")


def _of_queues(said: Said) -> Iterator[Misfit]:
    for index, line in enumerate(said.queues):
        channel, here = channel_of(line), ("queues", index)
        live = channel in LIVE_CHANNELS
        if live and line.promise and line.promise.clock in ("after opening", "by weekday"):
            usual = goal_text(SHOP[channel][2])
            yield _misfit(*here, "promise", code="promise_by_hour", channel=channel, usual=usual)
        if line.promise_over == "day" and not live:
            yield _misfit(*here, "promise_over", code="over_a_day", channel=channel)
        if line.abandoned_at_most is not None:
            if not line.hangs_up_after and SHOP[channel][3] is None:
                yield _misfit(*here, "abandoned_at_most", code="nobody_hangs_up", channel=channel)
            elif not 0 < line.abandoned_at_most < 1:
                yield _misfit(*here, "abandoned_at_most", code="abandoned_all_or_none")
        yield from _of_chats(index, line, channel)


def _of_chats(index: int, line: QueueSaid, channel: str) -> Iterator[Misfit]:
    here = ("queues", index)
    if channel != "chat":
        several = {"chats_at_once": line.chats_at_once > 1, "chat_speed": line.chat_speed}
        for key, said in {**several, "chat_times": line.chat_times}.items():
            if said:
                yield _misfit(*here, key, code="only_chats", channel=channel)
        return
    if line.chat_times:
        yield from _of_chat_times(index, line)
    speed = line.chat_speed or ((1.0,) * len(line.chat_times) if line.chat_times else CHAT_SPEED)
    falls = all(first >= second for first, second in pairwise(speed))
    if speed[0] != 1.0 or not falls or not speed[-1]:
        yield _misfit(*here, "chat_speed", code="chat_speed")
    if line.chats_at_once > len(CHAT_SPEED):
        yield _misfit(*here, "chats_at_once", code="too_many_chats", most=len(CHAT_SPEED))
    elif line.chats_at_once > len(speed):
        key = "chat_times" if line.chat_times else "chat_speed"
        yield _misfit(*here, key, code="chat_speed_short", chats=line.chats_at_once, given=len(speed))


def _of_chat_times(index: int, line: QueueSaid) -> Iterator[Misfit]:
    path = ("queues", index, "chat_times")
    if line.chat_speed:
        yield _misfit(*path, code="chat_speed_twice")
    numbers = [str(number) for number in range(1, len(line.chat_times) + 1)]
    if sorted(line.chat_times) != sorted(numbers):
        yield _misfit(*path, code="chat_times")
    elif line.aht is not None and line.aht != line.chat_times["1"]:
        values = {"aht": duration_text(line.aht), "alone": duration_text(line.chat_times["1"])}
        yield _misfit(*path, code="chat_alone", **values)


def _of_volumes(said: Said) -> Iterator[Misfit]:
    if sum(said.volume.values()) > MOST_CONTACTS:
        yield _misfit("volume", code="too_many_contacts", most=MOST_CONTACTS)
    for key in ("need", "minimum_on_duty"):
        for queue, people in getattr(said, key).items():
            if people > MOST_AT_ONCE:
                yield _misfit(key, queue, code="too_many_at_once", given=people, most=MOST_AT_ONCE)


def _of_growth(said: Said) -> Iterator[Misfit]:
    growth = said.growth
    if growth.who_write is not None and growth.contacts_each is None:
        yield _misfit("growth", "who_write", code="contacts_each", share=f"{growth.who_write * 100:g}")
    if growth.contacts_each is not None and growth.who_write is None:
        yield _misfit("growth", "contacts_each", code="who_write")
    if growth.since and growth.by and growth.by <= growth.since:
        yield _misfit("growth", "by", code="growth_days")
    if said.need and "growth" in said.model_fields_set:
        yield _misfit("growth", code="growth_of_need")


def _of_a_shift(index: int, shift: ShiftSaid) -> Iterator[Misfit]:
    minutes = shift.paid_hours * 60 + shift.break_.total_seconds() / 60
    if shift.paid_hours <= 0 or minutes > 1440:
        yield _misfit("shifts", index, "paid_hours", code="shift_length", hours=f"{minutes / 60:g}")
    elif minutes % 15:
        yield _misfit("shifts", index, "paid_hours", code="shift_quarter")
    latest = timedelta(hours=max(shift.paid_hours, USUAL_BREAK_AFTER))
    if shift.break_ and shift.break_after[0] > latest:
        yield _misfit("shifts", index, "break_after", code="break_outside", hours=f"{shift.paid_hours:g}")
