"""Several chats at once: against exact chains over how many chats each person holds, and by hand."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest

from planner.demand import Promise, Queue
from planner.service import Outcome, ServiceSettings, kept_by_week

CHAT = Queue("chat", "chat", "en", 400.0, Promise(0.8, 60.0), chats_at_once=3, cv=1.0)
SPEEDS = {"S083": (1.0, 0.8), "S085": (1.0, 0.8, 0.62), "S087": (1.0, 0.8, 0.62)}


def near(weekly: np.ndarray, exact: float) -> None:
    sigma = float(weekly.std(ddof=1) / np.sqrt(weekly.size))
    assert abs(weekly.mean() - exact) <= 3 * sigma + 1e-12


@pytest.mark.parametrize("row", sorted(SPEEDS))
def test_chats_are_within_three_sigma_of_the_exact_chain(world, duties, shared, row):
    with (shared / "data" / "staffing" / "staffing_reference.csv").open(newline="") as file:
        given = next(line for line in csv.DictReader(file) if line["id"] == row)
    patience = float(given["patience_s"]) if given["patience_s"] else None
    speed = SPEEDS[row]
    queue = replace(
        CHAT,
        aht_seconds=float(given["aht_s"]),
        chats_at_once=len(speed),
        chat_speed=speed,
        patience_seconds=patience,
        promise=Promise(0.8, float(given["T_s"])),
    )
    names = [f"P{n}" for n in range(int(given["agents"]))]
    shifts = [duties(name, day, 0, 24) for name in names for day in range(28)]
    people = {name: {"en": None} for name in names}
    desk = world([queue], people, shifts, {"chat": float(given["arrivals_per_hour"])}, days=28)
    service = desk.live(ServiceSettings(replications=8, handle_times="exponential"))
    r = service.records
    near(kept_by_week(service), float(given["service_level_offered"]))
    cell = r.replication * 4 + (r.arrived // 604_800).astype(int)
    offered = np.bincount(cell, minlength=32)
    gone = np.bincount(cell[r.outcome == Outcome.ABANDONED], minlength=32) / offered
    near(gone, float(given["p_abandon"]))
    waited = (r.outcome == Outcome.ABANDONED) | (r.started > r.arrived + 1e-9)
    near(np.bincount(cell[waited], minlength=32) / offered, float(given["p_wait"]))


def open_at_once(r, chosen: np.ndarray) -> int:
    """Most chats open at one time among chosen records."""
    at = np.concatenate([r.started[chosen], r.answered[chosen] - 1e-9])
    change = np.concatenate([np.ones(chosen.sum()), -np.ones(chosen.sum())])
    return int(np.cumsum(change[np.argsort(at, kind="stable")]).max(initial=0))


def test_one_person_shares_themselves_among_three(world, duties):
    """Nine chats of exactly 400 s that wait when Ana comes: three at a time, each at 0.8 of the speed."""
    queue = replace(CHAT, cv=0.0, chat_speed=(1.0, 0.9, 0.8))
    counts = np.zeros(96)
    counts[0] = 9.0
    desk = world(
        [queue],
        {"Ana": {"en": None}},
        [duties("Ana", 0, 1, 9)],
        {"chat": counts * 4},
        days=1,
        interval_minutes=15,
    )
    for seed in range(40):
        r = desk.live(ServiceSettings(seed, 1)).records
        if len(r) == 9:
            break
    assert open_at_once(r, r.agent >= 0) == 3
    assert sorted(set(np.round(r.started - 3600, 6))) == [0.0, 500.0, 1000.0]
    assert sorted(set(np.round(r.answered - 3600, 6))) == [500.0, 1000.0, 1500.0]


def test_new_chats_go_to_who_has_fewest_and_slower_people_take_longer(world, duties):
    """Two people and two chats: one each, although one person could take both; Bo takes 1.5 times as long."""
    queue = replace(CHAT, cv=0.0)
    desk = world(
        [queue],
        {"Ana": {"en": None}, "Bo": {"en": None}},
        [duties(name, day, 0, 24) for name in ("Ana", "Bo") for day in range(7)],
        {"chat": 4.0},
        slower={"Bo": {"en": 1.5}},
    )
    r = desk.live(ServiceSettings(3, 4)).records
    took = r.answered - r.started
    assert took[r.agent == 0].min() == pytest.approx(400.0)
    assert took[r.agent == 1].min() == pytest.approx(600.0)
    order = np.lexsort((r.started, r.replication))
    start, end, who, life = (x[order] for x in (r.started, r.answered, r.agent, r.replication))
    second = np.flatnonzero(
        (life[1:] == life[:-1]) & (start[1:] < end[:-1]) & (np.concatenate([[0], end[:-2]]) < start[:-1])
    )
    # Whoever comes while exactly one chat is open meets the other person.
    alone = [i for i in second if not ((life[:i] == life[i + 1]) & (end[:i] > start[i + 1])).any()]
    assert len(alone) > 20
    assert (who[1:][alone] != who[:-1][alone]).all()


def test_people_with_chats_take_no_other_work_and_the_other_way_round(world, duties, phone, email):
    queues = [CHAT, replace(phone, patience_seconds=None), email]
    names = ("Ana", "Bo", "Cleo")
    desk = world(
        queues,
        {name: {"en": None} for name in names},
        [duties(name, day, 8, 18, 12, 30) for name in names for day in range(7)],
        {"chat": 12.0, "phone": 6.0, "email": 1.0},
    )
    r = desk.live(ServiceSettings(replications=3)).records
    chats = np.isfinite(r.started) & (r.queue == 0)
    calls = np.isfinite(r.started) & (r.queue == 1)
    assert chats.sum() > 500
    assert calls.sum() > 300
    for life in range(3):
        for agent in range(3):
            mine = (r.replication == life) & (r.agent == agent)
            a, b = mine & chats, mine & calls
            overlap = np.minimum(r.answered[a][:, None], r.answered[b]) - np.maximum(
                r.started[a][:, None], r.started[b]
            )
            assert (overlap < 1e-6).all()
            assert open_at_once(r, a) <= 3


def test_a_call_that_waits_claims_somebody_with_chats(world, duties, phone):
    """Two people, chats without end: calls would wait for ever if chats kept taking every free place."""
    patient = replace(phone, patience_seconds=None, priority=1)
    desk = world(
        [replace(CHAT, patience_seconds=300.0), patient],
        {"Ana": {"en": None}, "Bo": {"en": None}},
        [duties(name, day, 0, 24) for name in ("Ana", "Bo") for day in range(7)],
        {"chat": 60.0, "phone": 1.0},
    )
    r = desk.live(ServiceSettings(replications=2)).records
    calls = (r.queue == 1) & np.isfinite(r.started)
    assert calls.sum() > 250
    # Somebody is free as soon as their chats are over: at most three, each about ten minutes long.
    assert np.median(r.started[calls] - r.arrived[calls]) < 1800


def test_breaks_take_no_new_chats_and_finish_those_in_hand(world, duties):
    desk = world(
        [CHAT], {"Ana": {"en": None}}, [duties("Ana", d, 8, 16, 12, 60) for d in range(7)], {"chat": 10.0}
    )
    service = desk.live(ServiceSettings(replications=3))
    r = service.records
    begun = np.isfinite(r.started)
    hour = (r.started[begun] % 86_400) / 3600
    assert not ((hour >= 12) & (hour < 13)).any()
    assert not ((hour < 8) | (hour >= 16)).any()
    ends = (r.answered[begun] % 86_400) / 3600
    assert ((ends > 12) & (ends < 13)).any()
    assert (ends > 16).any()
    present = (service.handling + service.waiting_for_work).sum() / 3
    assert 7 * 7 * 3600 <= present < 7 * 7 * 3600 + 7 * 2 * 3600
