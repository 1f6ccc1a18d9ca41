"""Who is on duty, counted again from the shifts: the judge of cover.

Slow and plain on purpose. The engine has its own fast counting and is held to this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import quarter_of
from planner.people import Skills
from planner.rota.options import ceil_quarter
from planner.rota.shifts import Rota, Shift

if TYPE_CHECKING:
    from planner.requirement import Backlog, Need, Post


@dataclass(frozen=True, eq=False)
class Cover:
    """What a rota gives a need.

    Attributes
    ----------
    on_duty: people on duty per listed set and interval, shape (sets, intervals).
    short: people missing per interval, as ``people_missing`` counts them, shape (intervals,).
    short_set: index of the set with the largest shortage (the first of equals), -1 where nobody is missing.
    spare: people on duty beyond the largest requirement of the interval, whatever they serve, shape
        (intervals,).
    missing_work: work above what is not yet due, units per backlog and interval, shape (backlogs, intervals).
    missing_work_units: its sum per backlog, shape (backlogs,).
    missing_intervals: people times intervals missing, live, deferred and on posts together; somebody
        missing on a post counts with the paid hours of the shift.
    posts: people on each post per day, shape (days,) each.
    """

    on_duty: np.ndarray
    short: np.ndarray
    short_set: np.ndarray
    spare: np.ndarray
    missing_work: np.ndarray
    missing_work_units: np.ndarray
    missing_intervals: float
    posts: tuple[np.ndarray, ...] = ()


def people_on_duty(
    rota: Rota,
    skills_: Skills,
    sets: Sequence[frozenset[str]],
    first_quarter: int,
    interval_minutes: int,
    intervals: int,
    cyclic: bool = False,
    carried: Iterable[Shift] = (),
) -> np.ndarray:
    """People on duty who can serve any queue of each set, the fewest over the quarters of an interval.

    A person counts once, in quarters that a duty covers whole, outside its break, if the kind of
    duty is the kind that serves the queue.

    Parameters
    ----------
    rota: shifts of the period.
    skills_: who is able to serve what.
    sets: sets of queues or roles.
    first_quarter, interval_minutes, intervals: the grid.
    cyclic: duties that reach past the end of the grid come in again at its start.
    carried: last period's shifts, of which the ends may still reach into this one.

    Returns
    -------
    Whole numbers, shape (sets, intervals).
    """
    step = interval_minutes // 15
    quarters = intervals * step
    present: dict[tuple[str, str], np.ndarray] = {}
    for shift in (*rota.shifts, *carried):
        row = present.setdefault((shift.agent, shift.kind), np.zeros(quarters, dtype=bool))
        for quarter in quarters_on_duty(shift):
            index = quarter - first_quarter
            if cyclic:
                row[index % quarters] = True
            elif 0 <= index < quarters:
                row[index] = True
    counts = np.zeros((len(sets), quarters), dtype=np.int64)
    for index, names in enumerate(sets):
        able = {kind: skills_.of_set(names, kind) for kind in ("work", "on_call")}
        for agent in sorted(able["work"] | able["on_call"]):
            on_duty = np.zeros(quarters, dtype=bool)
            for kind, people in able.items():
                if agent in people and (agent, kind) in present:
                    on_duty |= present[agent, kind]
            counts[index] += on_duty
    fewest: np.ndarray = counts.reshape(len(sets), intervals, step).min(axis=2)
    return fewest


def quarters_on_duty(shift: Shift) -> list[int]:
    """Absolute quarter-hours that a duty covers whole, without its break."""
    first, last = ceil_quarter(shift.start), quarter_of(shift.end)
    away: range = range(0)
    if shift.break_start is not None and shift.break_minutes:
        away = range(quarter_of(shift.break_start), ceil_quarter(shift.break_start, shift.break_minutes))
    return [quarter for quarter in range(first, last) if quarter not in away]


def recount(
    need: Need, rota: Rota, skills_: Skills, cyclic: bool = False, carried: Iterable[Shift] = ()
) -> Cover:
    """Count what a rota gives a need, from its shifts and nothing else.

    A backlog starts from its ``carried_in`` also where the period is cyclic.

    Parameters
    ----------
    need: people and deferred work needed.
    rota, skills_, cyclic, carried: as ``people_on_duty`` takes them.
    """
    limits = [names for backlog in need.backlogs for names, _ in backlog.limits]
    anyone = frozenset(need.queues)
    sets = [*need.sets, *limits, anyone]
    counted = people_on_duty(
        rota, skills_, sets, need.first_quarter, need.interval_minutes, need.intervals, cyclic, carried
    )
    on_duty = counted[: len(need.sets)]
    short, short_set = people_missing(need, on_duty)
    largest = need.required.max(axis=0) if len(need.sets) else np.zeros(need.intervals, dtype=np.int64)
    missing_work = np.zeros((len(need.backlogs), need.intervals), dtype=np.int64)
    row = len(need.sets)
    for index, backlog in enumerate(need.backlogs):
        people = counted[row : row + len(backlog.limits)]
        missing_work[index] = _overdue(backlog, people)
        row += len(backlog.limits)
    units = missing_work.sum(axis=1)
    posts = tuple(people_on_post(post, rota, skills_) for post in need.posts)
    return Cover(
        on_duty=on_duty,
        short=short,
        short_set=short_set,
        spare=np.maximum(counted[-1] - largest, 0),
        missing_work=missing_work,
        missing_work_units=units,
        missing_intervals=float(short.sum())
        + _missing_people(need, units)
        + missing_post_hours(need, posts) * 60 / need.interval_minutes,
        posts=posts,
    )


def people_on_post(post: Post, rota: Rota, skills_: Skills) -> np.ndarray:
    """Different people on a post's shift per day of the period, by local start day.

    Parameters
    ----------
    post: which shift, and whom it counts. rota, skills_: as ``people_on_duty`` takes them.
    """
    there: list[set[str]] = [set() for _day in range(len(post.required))]
    for shift in rota.shifts:
        day = (shift.day - rota.first_day).days
        counts = not post.queues or shift.agent in skills_.of_set(post.queues, shift.kind)
        if shift.name == post.shift and 0 <= day < len(there) and counts:
            there[day].add(shift.agent)
    return np.array([len(people) for people in there], dtype=np.int64)


def missing_post_hours(need: Need, posts: Sequence[np.ndarray]) -> float:
    """Paid hours of everybody missing on the posts of a need."""
    return float(
        sum(
            int(np.maximum(post.required - people, 0).sum()) * post.hours
            for post, people in zip(need.posts, posts, strict=True)
        )
    )


def post_cost(need: Need, posts: Sequence[np.ndarray]) -> tuple[int, int]:
    """Cents of people missing on the posts of a need, and of people too many."""
    missing = extra = 0
    for post, people in zip(need.posts, posts, strict=True):
        missing += int((np.maximum(post.required - people, 0) * post.missing_cents).sum())
        extra += int((np.maximum(people - post.required, 0) * post.extra_cents).sum())
    return missing, extra


def people_missing(need: Need, on_duty: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People missing per interval, and the set with the largest shortage (-1 where nobody is missing).

    Within a block of sets that share people the largest shortage counts; blocks add up; a set that spans
    several blocks asks for at least its own shortage.

    Parameters
    ----------
    need: what is needed.
    on_duty: people on duty per listed set and interval, shape (sets, intervals).
    """
    nobody = np.zeros(need.intervals, dtype=np.int64)
    if not len(need.sets):
        return nobody, np.full(need.intervals, -1)
    lacking = np.maximum(need.required - on_duty, 0)
    apart = sum((lacking[list(block)].max(axis=0) for block in need.blocks), nobody)
    across = lacking[list(need.spanning)].max(axis=0) if need.spanning else nobody
    short = np.maximum(apart, across)
    return short, np.where(short > 0, lacking.argmax(axis=0), -1)


def _overdue(backlog: Backlog, people: np.ndarray) -> np.ndarray:
    """Units that are overdue at the end of each interval; each counts once (see ``Backlog``)."""
    waiting = backlog.carried_in
    overdue = np.zeros(len(backlog.arriving), dtype=np.int64)
    for k in range(len(backlog.arriving)):
        room = min(
            backlog.per_person * int(people[index, k]) - int(taken[k])
            for index, (_, taken) in enumerate(backlog.limits)
        )
        waiting = max(0, waiting + int(backlog.arriving[k]) - max(0, room))
        overdue[k] = max(0, waiting - int(backlog.not_due[k]))
        waiting -= int(overdue[k])
    return overdue


def _of_group(need: Need, group: Sequence[str]) -> list[int]:
    """Indices of the backlogs whose queues belong to a group."""
    return [i for i, backlog in enumerate(need.backlogs) if backlog.queues & frozenset(group)]


def _missing_people(need: Need, units: np.ndarray) -> float:
    """Deferred work missing, as people times intervals: per group the largest over its backlogs."""
    return float(
        sum(
            max((int(units[i]) / need.backlogs[i].per_person for i in _of_group(need, group)), default=0.0)
            for group in need.groups
        )
    )


def missing_cost(need: Need, cover: Cover, missing_cents: int) -> int:
    """Price of what is missing, in cents.

    People missing cost ``missing_cents`` an interval, and on a post the post's own price; deferred work
    costs, per group of queues that share people, the largest over its backlogs of its person-intervals,
    rounded up to a cent.

    Parameters
    ----------
    need, cover: what was needed, and what ``recount`` found.
    missing_cents: price of one person missing for one interval.
    """
    deferred = 0
    for group in need.groups:
        deferred += max(
            (
                -(-int(cover.missing_work_units[i]) * missing_cents // need.backlogs[i].per_person)
                for i in _of_group(need, group)
            ),
            default=0,
        )
    return int(cover.short.sum()) * missing_cents + deferred + post_cost(need, cover.posts)[0]


def extra_cost(need: Need, cover: Cover, extra_cents: int) -> int:
    """Price of people more than needed, in cents: in intervals at ``extra_cents``, on posts at their own."""
    return int(cover.spare.sum()) * extra_cents + post_cost(need, cover.posts)[1]
