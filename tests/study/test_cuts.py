"""Where people are asked for: the set that fails, the hours in which it does, and how many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.people import Skills
from planner.requirement import people_between
from planner.rota import people_on_duty, recount
from planner.study import Scenario
from planner.study.asks import Asks, difference, level
from planner.study.cuts import failing_hours, failing_sets, with_cuts
from planner.study.misses import Misses

MAIL, PHONE = "email en", "phone en"
TUESDAY_TEN = 24 + 10


def shares(**hours: float) -> np.ndarray:
    """Share kept by hour of the week: 1 but in the hours named ``h34`` and so on."""
    share = np.ones(168)
    for name, value in hours.items():
        share[int(name[1:])] = value
    return share


def found(short: dict[str, float], hours: dict[str, np.ndarray], **more: Any) -> Misses:
    kept = {name: 0.8 - short.get(name, 0.0) for name in hours}
    contacts = {name: np.full(168, 10) for name in hours}
    given = {"weak": {}, "concentrated": frozenset(), **more}
    return Misses(kept, short, hours, contacts=contacts, **given)


def asked(desk: Scenario, planned: Any, what: Misses, bold: int = 1) -> tuple[Any, Asks]:
    base = planned.need
    given = (base, desk, planned.volumes, planned.rota, what, base.open)
    asks = with_cuts(Asks(), *given, bold)
    return asks.of(base), asks


def test_a_live_queue_gets_more_than_are_there_only_where_it_misses(desk: Scenario, planned: Any) -> None:
    calm = np.ones(168)
    what = found({PHONE: 0.001}, {MAIL: calm, PHONE: shares(h34=0.5)})
    need, asks = asked(desk, planned, what)
    phone = frozenset({PHONE})
    grid = (need.first_quarter, 30, need.intervals)
    on_duty = people_on_duty(planned.rota, desk.skills, [phone], *grid)[0]
    row, before = level(need, phone), level(planned.need, phone)
    changed = np.flatnonzero(row != before)
    assert changed.tolist() == [48 + 20, 48 + 21]
    assert (row[changed] > on_duty[changed].min()).all()
    cover = recount(need, planned.rota, desk.skills)
    assert cover.short[changed].any(), "a cut that the rota already meets would change nothing"
    [told] = difference(planned.need, need, Asks(), asks, desk.zone)
    assert (told.queues, told.hours, told.z) == ((PHONE,), (TUESDAY_TEN,), 0.0)
    assert told.person_hours == (row - before).sum() / 2


def test_deferred_work_gets_people_where_its_late_contacts_stand(desk: Scenario, planned: Any) -> None:
    what = found(
        {MAIL: 0.12},
        {MAIL: shares(h9=0.4), PHONE: np.ones(168)},
        weak={MAIL: (9,)},
        concentrated=frozenset({MAIL}),
    )
    need, asks = asked(desk, planned, what)
    assert set(asks.cuts) == {frozenset({MAIL})}
    changed = level(need, frozenset({MAIL})) - level(planned.need, frozenset({MAIL}))
    assert np.flatnonzero(changed).tolist() == [18, 19]


def test_deferred_work_that_is_late_everywhere_gets_no_cut(desk: Scenario, planned: Any) -> None:
    what = found({MAIL: 0.12}, {MAIL: np.full(168, 0.7), PHONE: np.ones(168)})
    assert not asked(desk, planned, what)[1].cuts


def test_queues_that_share_people_and_fail_together_are_one_set(desk: Scenario) -> None:
    mail, phone = desk.queues
    table = desk.skills
    both = found({PHONE: 0.3}, {MAIL: shares(h9=0.2), PHONE: shares(h9=0.4, h10=0.4)})
    live = [phone, type(phone)(**{**_fields(phone), "name": MAIL})]
    assert failing_sets(live, table, both) == {frozenset({MAIL, PHONE}): {9}, frozenset({PHONE}): {10}}
    apart = Skills({MAIL: frozenset({"A"}), PHONE: frozenset({"B"})}, {MAIL: "work", PHONE: "work"})
    assert failing_sets(live, apart, both) == {frozenset({PHONE}): {9, 10}}
    assert mail.handled_as == "deferred"


def _fields(queue: Any) -> dict[str, Any]:
    return {name: getattr(queue, name) for name in queue.__dataclass_fields__}


def test_hours_that_lose_most_come_first_until_the_promise_would_hold(desk: Scenario) -> None:
    phone = desk.queues[1]
    hours = shares(h9=0.3, h10=0.5, h11=0.78)
    need_little = found({PHONE: 0.001}, {PHONE: hours})
    assert failing_hours(phone, need_little) == {9}
    need_more = found({PHONE: 0.0028}, {PHONE: hours})
    assert failing_hours(phone, need_more) == {9, 10}
    assert failing_hours(phone, need_little, bold=6) == {9, 10, 11}


def test_a_miss_that_no_hour_shows_is_asked_for_in_all_hours(desk: Scenario) -> None:
    what = found({PHONE: 0.1}, {PHONE: np.full(168, np.nan)})
    assert len(failing_hours(desk.queues[1], what)) == 168


def test_boldly_each_queue_asks_for_itself_too(desk: Scenario, planned: Any) -> None:
    what = found(
        {MAIL: 0.2, PHONE: 0.001},
        {MAIL: shares(h34=0.2), PHONE: shares(h34=0.5)},
        weak={MAIL: (34,)},
        concentrated=frozenset({MAIL}),
    )
    calm, bold = (asked(desk, planned, what, times)[1] for times in (1, 2))
    assert set(calm.cuts) == {frozenset({MAIL, PHONE})}
    assert set(bold.cuts) == {frozenset({MAIL, PHONE}), frozenset({MAIL}), frozenset({PHONE})}
    both = frozenset({MAIL, PHONE})
    assert bold.cuts[both].max() > calm.cuts[both].max()


@pytest.mark.parametrize(("kept", "people"), [(0.79, 1), (0.5, 1), (0.1, 3)])
def test_more_people_for_a_larger_gap(desk: Scenario, kept: float, people: int) -> None:
    phone = desk.queues[1]
    assert people_between([phone], [60.0], [kept], desk.need_settings) >= people


def test_what_is_taken_back_leaves_no_trace(desk: Scenario, planned: Any) -> None:
    mail = frozenset({MAIL})
    asks = Asks().with_z(mail, 0.7).with_people(frozenset({PHONE}), np.full(planned.need.intervals, 9))
    assert asks.of(planned.need).need_id != planned.need.need_id
    back = asks.with_z(mail, -0.7).without(frozenset({PHONE}))
    assert back.of(planned.need).need_id == planned.need.need_id
