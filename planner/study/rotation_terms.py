"""From a scenario to the terms of its rotation: who walks it, posts, and the stricter of wish and rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import ScenarioError
from planner._messages import Message
from planner.clock import local_at
from planner.people import Agent
from planner.requirement import Need
from planner.rota import Block, Forbidden, Limits, RotationTerms, ShiftType, rest_after
from planner.study import steps
from planner.study.rotation_rules import FromRules, from_rules
from planner.study.scenario.mistakes import place_of
from planner.study.scenario.rotation_said import RotationSaid
from planner.study.scenario.rotation_sense import HERE, duty_kinds, group_of, rotation_mistakes

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

DAY, WEEK = 96, 672
NIGHT_MINUTES = 180
Posts = dict[str, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked of a rotation.

    Attributes
    ----------
    group: who walks it, in order. posts: people per shift, Monday to Sunday, of all of them together.
    starts: of each shift, minutes after midnight. terms: for one person in each week.
    notes: what was not said and follows from need and rules.
    """

    group: tuple[Agent, ...]
    posts: Posts
    starts: Mapping[str, int]
    terms: RotationTerms
    notes: tuple[Message, ...]


def asked_of(scenario: Scenario) -> Asked:
    """The group and the terms of a scenario's rotation.

    Raises
    ------
    ScenarioError
        With all mistakes of the key ``rotation``; where nobody is left, or posts have to be written.
    """
    if mistakes := rotation_mistakes(scenario):
        raise ScenarioError(*mistakes)
    said = scenario.said.rotation or RotationSaid()
    group = group_of(scenario)
    if not group:
        raise ScenarioError(Message("rotation.nobody", {}, place_of(scenario.node, (HERE,))))
    posts, starts, notes = _stated(said, scenario) if said.posts else _derived(scenario)
    ruled = from_rules(scenario, group, starts)
    night = _nights(scenario, group, starts)
    terms = RotationTerms(
        shifts=tuple(starts),
        posts=tuple(posts[name] for name in starts),
        exactly=said.exactly,
        work=_stricter(said.work_block, (1, _most(ruled.longest))),
        days_off=_stricter(said.days_off, (1, None)),
        blocks=tuple(_blocks(said, ruled, night)),
        forbidden=_forbidden(said, ruled, list(starts), night),
        free_weekends=said.free_weekends,
        days_off_together=max(said.days_off_together or 0, ruled.together),
        windows=(said.work_at_most,) if said.work_at_most else (),
        shifts_a_week=_stricter(said.shifts_a_week, (0, ruled.shifts_a_week)),
    )
    return Asked(group, posts, starts, terms, (*notes, *_told(ruled)))


def _stated(said: RotationSaid, scenario: Scenario) -> tuple[Posts, dict[str, int], list[Message]]:
    """Posts as they are written; lines add up."""
    totals: dict[str, list[int]] = {}
    stated: dict[str, int] = {}
    for post in said.posts:
        row = totals.setdefault(post.shift, [0] * 7)
        for day in post.days.weekdays:
            row[day] += post.people
        if post.start is not None:
            stated[post.shift] = post.start
    starts = {
        name: stated.get(name, kind.starts[0])
        for name, kind in duty_kinds(scenario).items()
        if any(totals.get(name, ()))
    }
    if not starts:
        raise ScenarioError(Message("rotation.no_posts", {}, place_of(scenario.node, (HERE, "posts"))))
    ordered = dict(sorted(starts.items(), key=lambda pair: (pair[1], pair[0])))
    return {name: tuple(totals[name]) for name in ordered}, ordered, []


def _derived(scenario: Scenario) -> tuple[Posts, dict[str, int], list[Message]]:
    """As few hours of shifts as cover the largest need of each quarter-hour of the week."""
    from planner.scheduling.rotation import posts_covering

    kinds = duty_kinds(scenario)
    place = place_of(scenario.node, (HERE,))
    several = [name for name, kind in kinds.items() if len(kind.starts) > 1]
    if several or not kinds:
        names = ", ".join(several) or "none"
        raise ScenarioError(Message("rotation.write_posts", {"shifts": names}, place))
    _, _, need = steps.demand_and_need(scenario)
    needed = _fullest_week(need, scenario.zone)
    shifts = [(kind.starts[0] // 15, kind.present_minutes // 15) for kind in kinds.values()]
    found = posts_covering(needed, shifts)
    if found is None:
        raise ScenarioError(Message("rotation.unreached", {}, place))
    posts = {name: row for name, row in zip(kinds, found, strict=True) if any(row)}
    if not posts:
        raise ScenarioError(Message("rotation.no_posts", {}, place))
    starts = {name: kinds[name].starts[0] for name in posts}
    text = ", ".join(f"{name} {' '.join(map(str, row))}" for name, row in posts.items())
    return posts, starts, [Message("rotation.posts_from_need", {"posts": text})]


def _fullest_week(need: Need, zone: str) -> list[int]:
    """The largest need of each quarter-hour of the week, on the scenario's clock.

    Of each group of queues that share people the set that needs most; groups that share nobody add up.
    """
    needed = [0] * WEEK
    people = sum(
        (_largest(need, frozenset(group)) for group in need.groups), np.zeros(need.intervals, dtype=np.int64)
    )
    step = need.interval_minutes // 15
    for interval, wanted in enumerate(people.tolist()):
        for quarter in range(
            need.first_quarter + interval * step, need.first_quarter + (interval + 1) * step
        ):
            local = local_at(quarter, zone)
            at = local.weekday() * DAY + local.hour * 4 + local.minute // 15
            needed[at] = max(needed[at], wanted)
    return needed


def _largest(need: Need, group: frozenset[str]) -> np.ndarray:
    """The largest need of the sets within a group, by interval."""
    rows = [row for names, row in zip(need.sets, need.required, strict=True) if names <= group]
    return np.max(rows, axis=0) if rows else np.zeros(need.intervals, dtype=np.int64)


def _stricter(said: Limits | None, ruled: Limits) -> Limits:
    """The larger least, the smaller most."""
    if said is None:
        return ruled
    mosts = [most for most in (said[1], ruled[1]) if most is not None]
    return max(said[0], ruled[0]), min(mosts, default=None)


def _most(longest: Mapping[str, int | None]) -> int | None:
    """Days of work in a row that at least one shift allows, if every shift has a limit."""
    known = [most for most in longest.values() if most is not None]
    return max(known) if len(known) == len(longest) else None


def _blocks(said: RotationSaid, ruled: FromRules, night: Sequence[str]) -> list[Block]:
    """Days in a row on one shift, and on all nights."""
    blocks = []
    for name, most in ruled.longest.items():
        limits = _stricter(said.shift_blocks.get(name), (1, most))
        if limits != (1, None) and (name in said.shift_blocks or most != _most(ruled.longest)):
            blocks.append(Block((name,), *limits))
    if said.nights_in_row and night:
        blocks.append(Block(tuple(night), *said.nights_in_row))
    return blocks


def _forbidden(
    said: RotationSaid, ruled: FromRules, names: Sequence[str], night: Sequence[str]
) -> tuple[Forbidden, ...]:
    stated = [Forbidden(*each) for each in said.forbidden if {each[0], each[1]} <= set(names)]
    if said.rest_after_nights:
        others = [name for name in names if name not in night]
        stated += rest_after(night, said.rest_after_nights, others)
    return tuple(dict.fromkeys((*ruled.forbidden, *stated)))


def _nights(scenario: Scenario, group: Sequence[Agent], starts: Mapping[str, int]) -> list[str]:
    """Shifts of which at least three hours lie in the night of the first person's site."""
    window = scenario.team.site_of(group[0]).night
    kinds = duty_kinds(scenario)
    return [name for name, start in starts.items() if _in_night(start, kinds[name], window) >= NIGHT_MINUTES]


def _in_night(start: int, kind: ShiftType, window: tuple[int, int]) -> int:
    """Minutes of a shift inside a daily window, on the wall clock."""
    begins, ends = window
    length = (ends - begins) % 1440 or 1440
    end = start + kind.present_minutes
    days = (begins + day * 1440 for day in (-1, 0, 1, 2))
    return sum(max(0, min(end, first + length) - max(start, first)) for first in days)


def _told(ruled: FromRules) -> list[Message]:
    """What the rules ask for, in words."""
    limits = [
        ("days_in_row", "most", _most(ruled.longest)),
        ("days_a_week", "most", ruled.shifts_a_week),
        ("days_together", "days", ruled.together),
    ]
    texts = [str(Message(f"rotation.{code}", {key: value})) for code, key, value in limits if value]
    notes = [Message("rotation.from_rules", {"text": ", ".join(texts)})] if texts else []
    gaps: dict[int, list[str]] = {}
    for each in ruled.forbidden:
        gaps.setdefault(each.days_off, []).append(f"{each.before} -> {each.after}")
    for gap, pairs in gaps.items():
        notes.append(Message("rotation.never_after", {"days_off": gap, "pairs": ", ".join(pairs)}))
    notes += [Message("rotation.not_alone", {"shift": name, "said": str(said)}) for name, said in ruled.alone]
    return notes
