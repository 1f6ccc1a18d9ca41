"""Planned work beside contacts: meetings that take people away, and call-backs that fill idle time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner._errors import InputError
from planner.demand import PlannedWindow, PlannedWork
from planner.service import Outcome, ServiceSettings
from planner.service.planned import pieces_of

HOUR = 3600.0


def at_hours(first_quarter: int, start: float, end: float, **given) -> PlannedWindow:
    """A window in hours from the start of the period."""
    return PlannedWindow(first_quarter + round(start * 4), first_quarter + round(end * 4), **given)


@pytest.fixture
def desk(world, duties, phone, email):
    """Three people from 8 to 16 of one day, with few calls and e-mails; planned work by keyword."""

    def build(calls: float = 4.0, emails: float = 0.0, **given):
        names = ("Ana", "Ben", "Cleo")
        by_day = np.repeat([0.0, 1.0, 0.0], 16)
        return world(
            [replace(phone, patience_seconds=None), email],
            {name: {"en": None} for name in names},
            [duties(name, 0, 8, 16) for name in names],
            {"phone": calls * by_day, "email": emails * by_day},
            days=1,
            **given,
        )

    return build


def first_quarter(desk) -> int:
    return desk().volumes.first_quarter


def test_training_takes_people_for_its_whole_window(desk):
    window = at_hours(first_quarter(desk), 10.25, 12, people=2)
    training = PlannedWork("training", "training", windows=(window,))
    service = desk(calls=0.0, planned=(training,)).live(ServiceSettings(replications=2))
    assert service.planned.frame().to_dict("records") == [
        {
            "work": "training",
            "start": window.start,
            "end": window.end,
            "planned_seconds": 2 * 1.75 * HOUR,
            "done_seconds": 2 * 1.75 * HOUR,
        }
    ]
    # Two people all the time, and the same two.
    by_interval = service.at_planned_work.sum(axis=0) / 2
    assert by_interval[20:24].tolist() == [1800.0, 3600.0, 3600.0, 3600.0]
    assert by_interval.sum() == 3.5 * HOUR
    assert (service.at_planned_work.sum(axis=1) > 0).sum() == 2
    assert service.handling.sum() == 0.0
    assert service.waiting_for_work.sum() == pytest.approx(2 * (24 - 3.5) * HOUR)


def test_training_waits_for_calls_in_hand_and_nobody_answers_meanwhile(desk):
    window = at_hours(first_quarter(desk), 10, 12, people=3)
    training = PlannedWork("training", "training", windows=(window,))
    busy = desk(calls=20.0, planned=(training,)).live(ServiceSettings(replications=10))
    done = busy.planned.done_seconds[0] / busy.planned.planned_seconds[0]
    assert 0.9 < done < 1.0
    r = busy.records
    begun = r.started[np.isfinite(r.started)]
    # Everybody is in the room a few minutes after it begins.
    assert not ((begun > 10.5 * HOUR) & (begun < 12 * HOUR)).any()
    waits = (r.started - r.arrived)[(r.arrived > 10.5 * HOUR) & (r.arrived < 11 * HOUR)]
    assert np.nanmin(waits) > HOUR


def test_training_interrupts_e_mail_and_it_is_taken_up_again(desk):
    window = at_hours(first_quarter(desk), 10, 11, people=3)
    training = PlannedWork("training", "training", windows=(window,))
    small = desk(calls=0.0, emails=6.0, planned=(training,))
    service = small.live(ServiceSettings(replications=5))
    assert service.planned.done_seconds[0] == 3 * HOUR
    r = service.records
    during = (r.answered > 10 * HOUR) & (r.answered < 11 * HOUR)
    assert not during.any()
    paused = (r.started < 10 * HOUR) & (r.answered > 11 * HOUR)
    assert paused.any()


def test_who_goes_home_hands_the_meeting_over(desk, world, duties, phone):
    window = at_hours(first_quarter(desk), 11, 13, people=1)
    meeting = PlannedWork("meeting", "meeting", windows=(window,))
    small = world(
        [phone],
        {"Ana": {"en": None}, "Ben": {"en": None}},
        [duties("Ana", 0, 8, 12.25), duties("Ben", 0, 12, 18)],
        {"phone": 0.0},
        days=1,
        planned=(meeting,),
    )
    service = small.live(ServiceSettings(replications=1))
    assert service.planned.done_seconds[0] == 2 * HOUR
    assert service.at_planned_work.sum(axis=1).tolist() == [1.25 * HOUR, 0.75 * HOUR]


def test_call_backs_fill_idle_time_and_give_way_to_nobody_in_vain(desk):
    window = at_hours(first_quarter(desk), 8, 16, work_seconds=10 * HOUR)
    calls = PlannedWork("call-backs", "call-backs", queues=("phone",), fixed=False, windows=(window,))
    quiet = desk(calls=6.0).live(ServiceSettings(replications=10))
    with_calls = desk(calls=6.0, planned=(calls,)).live(ServiceSettings(replications=10))
    assert with_calls.planned.done_seconds[0] == pytest.approx(10 * HOUR)
    assert with_calls.at_planned_work.sum() == pytest.approx(10 * 10 * HOUR)
    # Contacts are the same; they wait a little longer.
    a, b = (s.records for s in (quiet, with_calls))
    assert np.array_equal(a.arrived, b.arrived)
    assert np.nanmean(b.started - b.arrived) > np.nanmean(a.started - a.arrived)


def test_call_backs_come_last_until_they_are_urgent(desk):
    """More e-mail than anybody can do: without urgency, not one call-back would be made."""
    window = at_hours(first_quarter(desk), 8, 12, work_seconds=2 * HOUR)
    calls = PlannedWork("call-backs", "call-backs", fixed=False, windows=(window,))
    service = desk(calls=0.0, emails=60.0, planned=(calls,)).live(ServiceSettings(replications=5))
    assert service.planned.done_seconds[0] == pytest.approx(2 * HOUR, rel=0.06)
    by_interval = service.at_planned_work.sum(axis=0) / 5
    # One each while nobody has written yet; the other nine when half of the people are needed for them.
    assert by_interval[:17].sum() == pytest.approx(3 * 600.0)
    assert by_interval[17:21].sum() == 0.0
    assert by_interval[21:24].sum() == pytest.approx(9 * 600.0, rel=0.1)


def test_what_is_not_begun_in_its_window_is_not_done(desk):
    window = at_hours(first_quarter(desk), 8, 9, work_seconds=10 * HOUR)
    calls = PlannedWork("call-backs", "call-backs", fixed=False, windows=(window,))
    service = desk(calls=0.0, planned=(calls,)).live(ServiceSettings(replications=1))
    assert service.planned.planned_seconds[0] == 10 * HOUR
    assert service.planned.done_seconds[0] == pytest.approx(3 * HOUR)
    assert (service.at_planned_work[:, 19:] == 0).all()


def test_random_work_is_drawn_around_its_mean_and_shared_by_what_ifs(desk):
    window = at_hours(first_quarter(desk), 8, 16, work_seconds=6 * HOUR)
    calls = PlannedWork("calls", "call-backs", fixed=False, windows=(window,), random=True)
    there = np.full((1, 96), 3.0)
    drawn = [
        pieces_of([calls], first_quarter(desk), 2, there, ServiceSettings(), nth).planned_seconds[0]
        for nth in range(300)
    ]
    assert np.mean(drawn) == pytest.approx(6 * HOUR, rel=0.03)
    assert np.std(drawn) == pytest.approx(600 * 6, rel=0.12)
    other = desk(calls=9.0, planned=(calls,)).live(ServiceSettings(replications=4))
    same = desk(calls=2.0, planned=(calls,)).live(ServiceSettings(replications=4))
    assert other.planned.planned_seconds[0] == same.planned.planned_seconds[0] == np.mean(drawn[:4])


def test_only_people_who_can_do_the_work_do_it(world, duties, phone):
    calls = PlannedWork(
        "calls", "call-backs", queues=("phone pt",), fixed=False, windows=(PlannedWindow(0, 1 << 30, 0, 1.0),)
    )
    queues = [phone, replace(phone, name="phone pt", language="pt")]
    small = world(
        queues,
        {"Ana": {"en": None}, "Bia": {"pt": None}},
        [duties(name, 0, 8, 16) for name in ("Ana", "Bia")],
        {"phone": 1.0, "phone pt": 1.0},
        days=1,
    )
    start = small.volumes.first_quarter
    calls = replace(calls, windows=(PlannedWindow(start + 32, start + 64, 0, 4 * HOUR),))
    service = replace(small, planned=(calls,)).live(ServiceSettings(replications=2))
    assert service.at_planned_work.sum(axis=1).tolist() == [0.0, pytest.approx(8 * HOUR)]


def test_windows_beyond_the_period_count_for_their_part_inside(desk):
    first = first_quarter(desk)
    works = (
        PlannedWork("early", "training", windows=(PlannedWindow(first - 8, first - 4, people=1),)),
        PlannedWork("late", "training", windows=(at_hours(first, 23, 25, people=2),)),
        PlannedWork(
            "calls", "call-backs", fixed=False, windows=(at_hours(first, 20, 28, work_seconds=8 * HOUR),)
        ),
    )
    service = desk(planned=works).live(ServiceSettings(replications=1))
    assert service.planned.planned_seconds.tolist() == [0.0, 2 * HOUR, 4 * HOUR]
    assert service.planned.done_seconds.tolist() == [0.0, 0.0, 0.0]
    assert len(service.planned) == 3


def test_a_chat_person_is_claimed_for_training(world, duties):
    from planner.demand import Promise, Queue

    chat = Queue("chat", "chat", "en", 600.0, Promise(0.8, 60.0), chats_at_once=3, patience_seconds=120.0)
    start = world([chat], {}, [], {"chat": 0.0}, days=1).volumes.first_quarter
    training = PlannedWork("training", "training", windows=(at_hours(start, 10, 12, people=1),))
    names = ("Ana", "Ben")
    small = world(
        [chat],
        {name: {"en": None} for name in names},
        [duties(name, 0, 8, 16) for name in names],
        {"chat": 40.0},
        days=1,
        planned=(training,),
    )
    service = small.live(ServiceSettings(replications=10))
    assert service.planned.done_seconds[0] > 0.8 * 2 * HOUR
    assert (service.records.outcome == Outcome.ABANDONED).any()


def test_pieces_of_no_length_are_refused(desk):
    window = at_hours(first_quarter(desk), 8, 9, work_seconds=HOUR)
    calls = PlannedWork("calls", "call-backs", fixed=False, windows=(window,), piece_seconds=0.0)
    with pytest.raises(InputError, match='"calls" comes in pieces of 0 s'):
        desk(planned=(calls,)).live()
