"""Cuts and margins change a need without touching the one they were given."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.clock import OpeningHours, OpeningLine
from planner.demand import Promise, Queue, Volumes
from planner.people import Agent, Team, skills
from planner.requirement import NeedSettings, require, with_cut, with_margin

QUEUES = [
    Queue("phone en", "phone", "en", 370.0, Promise(0.8, 20.0)),
    Queue("phone fr", "phone", "fr", 370.0, Promise(0.8, 20.0)),
    Queue("email en", "email", "en", 600.0, Promise(0.9, 7200.0), replies=2.2),
    Queue("email fr", "email", "fr", 600.0, Promise(0.9, 7200.0)),
]
NAMES = tuple(queue.name for queue in QUEUES)
TEAM = Team((Agent("Ada", "", "UTC", {"en": None, "fr": None}),))
OPENING = OpeningHours("UTC", (OpeningLine(frozenset(range(5)), False, 540, 1080),))


def need_with(**decided):
    mean = np.random.default_rng(3).gamma(2.0, 3.0, (4, 336))
    zeros = np.zeros(336, dtype=int)
    volumes = Volumes(NAMES, 20_000 * 96, 30, mean, mean, mean, {}, zeros, zeros)
    opening = dict.fromkeys(NAMES, OPENING)
    return require(volumes, QUEUES, TEAM, skills(TEAM, QUEUES), opening, NeedSettings(**decided))


@pytest.fixture(scope="module")
def need():
    """Two phones and two mailboxes that share people, one week."""
    return need_with()


def test_a_cut_of_a_listed_set_adds_people(need):
    before, extra = need.required.copy(), np.arange(336) % 3
    names = frozenset({"phone en"})
    more = with_cut(need, names, extra)
    assert (more.required[0] == before[0] + extra).all()
    assert (more.required[1:] == before[1:]).all()
    assert more.sets == need.sets
    assert more.need_id != need.need_id
    assert (need.required == before).all()
    assert with_cut(need, names, np.zeros(336)).need_id == need.need_id


def test_a_cut_of_a_new_set_starts_from_what_its_parts_need(need):
    names = frozenset({"phone fr", "email fr"})
    extra = np.zeros(336)
    extra[20:24] = 2
    more = with_cut(need, names, extra)
    assert more.sets == (*need.sets, names)
    assert (more.required[-1][20:24] == need.required[1][20:24] + 2).all()
    assert more.required[-1].sum() == more.required[-1][20:24].sum()
    twice = with_cut(more, names, extra)
    assert twice.sets == more.sets
    assert (twice.required[-1][20:24] == need.required[1][20:24] + 4).all()


@pytest.mark.parametrize(
    ("names", "extra", "words"),
    [
        ({"fax"}, np.zeros(336), "names fax"),
        ({"phone en"}, np.zeros(3), "3 numbers"),
        ({"phone en"}, np.full(336, -1), "-1 people more"),
    ],
)
def test_cuts_that_do_not_fit_are_refused(need, names, extra, words):
    with pytest.raises(InputError, match=words):
        with_cut(need, frozenset(names), extra)


@pytest.mark.parametrize("z", [0.2, 0.5])
def test_a_margin_is_the_need_with_more_safety(need, z):
    more = with_margin(need, frozenset(NAMES), z)
    expected = need_with(safety=0.42 + z)
    assert (more.required == need.required).all()
    for got, want, before in zip(more.backlogs, expected.backlogs, need.backlogs, strict=True):
        # both are rounded to whole units, from different fractions
        assert np.abs(np.cumsum(got.arriving) - np.cumsum(want.arriving)).max() <= 1
        assert np.abs(got.not_due - want.not_due).max() <= 3
        assert got.arriving.sum() > before.arriving.sum()
        assert got.arriving.min() >= 0
        assert got.not_due.min() >= 0
    assert need_with().need_id == need.need_id


def test_a_margin_touches_only_its_own_queues(need):
    more = with_margin(need, frozenset({"email en"}), 0.3)
    changed = [
        sorted(b.queues)
        for b, a in zip(more.backlogs, need.backlogs, strict=True)
        if b.arriving.sum() > a.arriving.sum()
    ]
    assert changed == [["email en"], ["email en"]]
    back = with_margin(more, frozenset({"email en"}), -0.3)
    assert np.abs(np.cumsum(back.backlogs[0].arriving) - np.cumsum(need.backlogs[0].arriving)).max() <= 1
    stated = need_with(margin={"email en": 0.3})
    assert np.abs(np.cumsum(stated.backlogs[0].arriving) - np.cumsum(more.backlogs[0].arriving)).max() <= 1


@settings(max_examples=20, derandomize=True)
@given(st.permutations([0.1, 0.25, -0.05, 0.7, 0.3, -0.2, -0.1, -0.25, 0.05, -0.7, -0.3, 0.2]))
def test_steps_of_safety_that_cancel_give_the_same_need(need, steps):
    names = frozenset(NAMES)
    changed, ids = need, {}
    total = 0.0
    for step in steps:
        changed = with_margin(changed, names, step)
        total = round(total + step, 6)
        # whatever way led there
        assert changed.need_id == ids.setdefault(total, with_margin(need, names, total).need_id)
    assert changed.need_id == need.need_id


def test_safety_comes_on_top_of_work_that_was_changed_since(need):
    names = frozenset(NAMES)
    more = with_margin(need, names, 0.5)
    half = [replace(row, arriving=row.arriving // 2, not_due=row.not_due // 2) for row in more.backlogs]
    changed = replace(more, backlogs=tuple(half))
    again = with_margin(changed, names, 0.3)
    for row, before in zip(again.backlogs, half, strict=True):
        added = row.arriving.sum() - before.arriving.sum()
        assert added == pytest.approx(0.3 * row.margin_arriving.sum(), abs=1)
    back = with_margin(again, names, -0.3)
    assert [row.arriving.tolist() for row in back.backlogs] == [row.arriving.tolist() for row in half]
