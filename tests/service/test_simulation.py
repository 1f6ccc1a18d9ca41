"""What must hold for every simulated rota."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.people import skills
from planner.service import (
    BadHours,
    Outcome,
    Records,
    Service,
    ServiceSettings,
    kept_share,
    occupancy,
    service_levels,
)
from planner.service.duty import QUARTER


def check_story(small, service: Service) -> None:
    """Judge the records by themselves: nobody is lost, and nobody does what they cannot."""
    r = service.records
    assert set(np.unique(r.outcome)) <= set(Outcome)
    begun, sent = np.isfinite(r.started), np.isfinite(r.answered)
    answered = r.outcome == Outcome.ANSWERED
    assert (begun & sent)[answered].all()
    assert not begun[np.isin(r.outcome, [Outcome.ABANDONED, Outcome.TURNED_AWAY])].any()
    assert (r.started[begun] >= r.arrived[begun] - 1e-6).all()
    assert (r.answered[sent] >= r.started[sent]).all()
    assert ((r.agent >= 0) == begun).all()
    assert service.able[r.queue[begun], r.agent[begun]].all()
    gone = r.outcome == Outcome.ABANDONED
    assert (np.isfinite(r.gone) == gone).all()
    assert (r.gone[gone] >= r.arrived[gone]).all()
    quarters = (r.arrived // QUARTER).astype(int).clip(max=service.open_.shape[1] - 1)
    same = (r.offered_to == r.queue) & r.arrived_open
    assert service.open_[r.queue[same], quarters[same]].all()
    on_duty = np.zeros((len(service.agents), service.open_.shape[1] + 1), dtype=bool)
    for shift in small.rota.shifts:
        first = int(shift.start.timestamp() // QUARTER) - service.first_quarter
        last = int(shift.end.timestamp() // QUARTER) - service.first_quarter
        on_duty[service.agents.index(shift.agent), max(0, first) : max(0, last)] = True
    # Calls are taken on duty and may pass its end; replies are sent on duty, as they can be handed over.
    calls = r.live & begun
    assert on_duty[r.agent[calls], (r.started[calls] // QUARTER).astype(int)].all()
    replies = sent & np.array([q.channel == "email" for q in service.queues])[r.queue]
    assert on_duty[r.agent[replies], ((r.answered[replies] - 1e-6) // QUARTER).astype(int)].all()
    present = (service.handling + service.waiting_for_work).sum()
    overrun = r.answered[r.live & begun] - r.started[r.live & begun]
    assert present <= service.replications * on_duty.sum() * QUARTER + overrun.sum() + 1e-6


def check_one_call_at_a_time(service: Service) -> None:
    """Live contacts of one person never overlap."""
    r = service.records
    mine = r.live & np.isfinite(r.started)
    order = np.lexsort((r.started[mine], r.agent[mine], r.replication[mine]))
    start, end, who = r.started[mine][order], r.answered[mine][order], r.agent[mine][order]
    again = (who[1:] == who[:-1]) & (r.replication[mine][order][1:] == r.replication[mine][order][:-1])
    assert (start[1:] >= end[:-1] - 1e-6)[again].all()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_arrival_has_one_fate_in_any_rota(world, duties, phone, email, open_hours, data):
    names = ["Ana", "Ben", "Cleo"]
    queues = [
        phone,
        replace(email, priority=data.draw(st.integers(0, 1))),
        replace(phone, name="phone pt", language="pt", patience_seconds=None),
    ]
    people = {
        name: data.draw(st.sampled_from([{"en": None}, {"pt": None}, {"en": None, "pt": None}]))
        for name in names
    }
    shifts = []
    for _ in range(data.draw(st.integers(0, 8))):
        start = data.draw(st.integers(0, 23))
        length = data.draw(st.integers(1, 12))
        rest = data.draw(st.none() | st.just(start + length / 2 // 0.25 * 0.25))
        shifts.append(
            duties(
                data.draw(st.sampled_from(names)),
                data.draw(st.integers(0, 2)),
                start,
                start + length,
                rest,
                30,
            )
        )
    opens = data.draw(st.integers(0, 12))
    opening = {q.name: open_hours(opens, opens + data.draw(st.integers(1, 12))) for q in queues}
    doors = data.draw(
        st.sampled_from([{}, {"phone": {"email": 0.5, "returns at opening": 0.2, "voicemail": 0.2}}])
    )
    small = world(queues, people, shifts, {q.name: 3.0 for q in queues}, days=3, opening=opening)
    chosen = ServiceSettings(
        data.draw(st.integers(0, 9)), 2, when_closed=doors, busy_inside_shift=0.1, no_shows=0.1
    )
    service = small.live(chosen)
    check_story(small, service)
    check_one_call_at_a_time(service)


def test_no_contact_is_lost_or_made_up(shop):
    from planner.demand import draws

    small = shop()
    service = small.live(ServiceSettings(seed=4, replications=3))
    counts = draws(small.volumes, 3, 4).sum(axis=2)
    r = service.records
    assert [
        [((r.replication == n) & (r.offered_to == q)).sum() for q in (0, 1)] for n in range(3)
    ] == counts.tolist()


def rows(records: Records) -> list[bytes]:
    return [np.ascontiguousarray(getattr(records, f.name)).tobytes() for f in fields(records)]


def test_same_seed_same_bits_other_seed_other_bits(shop):
    chosen = ServiceSettings(seed=5, replications=2, busy_inside_shift=0.15, no_shows=0.03)
    first, again = shop().live(chosen), shop().live(chosen)
    assert rows(first.records) == rows(again.records)
    assert rows(first.records) != rows(shop().live(replace(chosen, seed=6)).records)


def test_replications_do_not_depend_on_how_many_there_are(shop):
    few, many = (shop().live(ServiceSettings(replications=n)).records for n in (1, 3))
    assert np.array_equal(few.started, many.started[many.replication == 0], equal_nan=True)


def test_an_absent_person_never_helps(shop):
    small = shop()
    whole = small.live(ServiceSettings(replications=5))
    base = kept_share(whole)
    for shift in small.shifts[::4]:
        missing = small.live(ServiceSettings(replications=5, absent=(shift.agent, shift.day)))
        mine = (missing.records.agent == missing.agents.index(shift.agent)) & missing.records.live
        day = (shift.day - small.rota.first_day).days
        inside = (missing.records.started >= day * 86400) & (missing.records.started < (day + 1) * 86400)
        assert not (mine & inside).any()
        assert kept_share(missing) <= base + 0.002


def test_more_people_busy_elsewhere_means_worse_service(shop):
    shares = [kept_share(shop().live(ServiceSettings(busy_inside_shift=b))) for b in (0.0, 0.2, 0.5)]
    assert shares[0] > shares[1] > shares[2]


def test_time_away_is_the_share_asked_for(world, duties, phone):
    shifts = [duties("Ana", day, 8, 18) for day in range(28)]
    small = world([phone], {"Ana": {"en": None}}, shifts, {"phone": 3.0}, days=28)
    service = small.live(ServiceSettings(replications=10, busy_inside_shift=0.2))
    there = (service.handling + service.waiting_for_work).sum() / (10 * 28 * 10 * 3600)
    assert there == pytest.approx(0.8, abs=0.02)


def test_no_shows_take_whole_shifts(world, duties, email):
    shifts = [duties("Ana", day, 8, 18) for day in range(28)]
    small = world([email], {"Ana": {"en": None}}, shifts, {"email": 0.0}, days=28)
    service = small.live(ServiceSettings(replications=20, no_shows=0.25))
    assert service.waiting_for_work.sum() / 36000 == pytest.approx(0.75 * 560, rel=0.08)


def test_a_break_and_the_end_of_duty_stop_e_mail(world, duties, email):
    """One ten-hour e-mail, handed from Ana to Ben at noon, paused while Ben has lunch."""
    long = replace(email, aht_seconds=36000.0, cv=0.0, replies=1.0)
    arrivals = np.zeros(48)
    arrivals[18] = 1.0
    shifts = [duties("Ana", 0, 9, 12), duties("Ben", 0, 10, 22, 14, 60)]
    small = world([long], {"Ana": {"en": None}, "Ben": {"en": None}}, shifts, {"email": arrivals}, days=1)
    for seed in range(20):
        r = small.live(ServiceSettings(seed, 1)).records
        if len(r) == 1:
            assert r.answered[0] == pytest.approx(r.started[0] + 36000 + 3600)
            assert r.agent[0] == 1
            return
    pytest.fail("no draw had exactly one contact")


def test_people_on_duty_outside_opening_hours_work_the_backlog(world, duties, phone, email, open_hours):
    closed = {"phone": open_hours(9, 17), "email": open_hours(9, 17)}
    small = world(
        [phone, email],
        {"Ana": {"en": None}},
        [duties("Ana", d, 18, 24) for d in range(7)],
        {"phone": 2.0, "email": 1.0},
        opening=closed,
    )
    r = small.live(ServiceSettings(replications=2)).records
    assert not np.isfinite(r.started[r.live]).any()
    assert np.isfinite(r.started[~r.live]).mean() > 0.8
    hour = (r.started[np.isfinite(r.started)] % 86400) / 3600
    assert (hour >= 18).all()


def test_mistakes_are_told_at_once(shop):
    small = shop()
    wrong = ServiceSettings(
        replications=0, no_shows=1.5, when_closed={"fax": {"lost": 2.0}}, absent=("Zoe", small.rota.first_day)
    )
    wrong = replace(
        wrong,
        bad_hours=BadHours(small.rota.first_day, 30, 4, 0.5),
        open_tickets={"phone": -1},
        voicemail_seconds=-1.0,
    )
    with pytest.raises(InputError) as caught:
        small.live(wrong)
    assert {m.code for m in caught.value.messages} >= {
        "service.replications",
        "service.share",
        "service.unknown_queue",
        "service.unknown_person",
        "service.doors_above_one",
        "service.bad_factor",
        "service.bad_hours",
        "service.open_tickets",
        "service.open_tickets_queue",
        "service.voicemail",
    }
    assert all(str(message) for message in caught.value.messages)


def test_queues_must_be_those_of_the_forecast(shop, email):
    from planner.service import simulate

    small = shop()
    with pytest.raises(InputError) as caught:
        simulate(small.rota, small.volumes, [email], small.team, skills(small.team, [email]), {})
    assert {m.code for m in caught.value.messages} == {"service.no_opening", "service.other_queues"}


def test_levels_and_occupancy_are_shares(shop):
    service = shop().live()
    levels = service_levels(service, "phone")
    assert 0 < levels.offered < levels.answered < 1
    assert levels.offered < levels.gone < 1
    assert 0 < occupancy(service, "phone") < 1


def test_nobody_and_nothing(world, phone):
    service = world([phone], {"Ana": {"en": None}}, [], {"phone": 0.0}).live()
    assert len(service.records) == 0
    assert np.isnan(kept_share(service))
    assert np.isnan(occupancy(service, "phone"))


def test_very_many_contacts_are_lived_through_less_often(shop, monkeypatch):
    usual = shop().live(ServiceSettings(replications=4))
    monkeypatch.setattr("planner.service.settings.MOST_RECORDS", 2.5 * len(usual.records) / 4)
    rare = shop().live(ServiceSettings(replications=4))
    assert (usual.replications, rare.replications) == (4, 2)
    assert rare.records.replication.max() == 1
