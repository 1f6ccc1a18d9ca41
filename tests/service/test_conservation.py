"""In any world, with every feature: nobody is lost, nobody is in two places, and no second either."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.demand import PlannedWindow, PlannedWork, Promise, Queue, draws
from planner.service import Outcome, Service, ServiceSettings

NAMES = ("Ana", "Ben", "Cleo", "Dia")
CHAT = Queue(
    "chat", "chat", "en", 500.0, Promise(0.8, 60.0), chats_at_once=3, patience_seconds=200.0, priority=1
)
DAYS, STEP = 2, 1800.0


def works(first_quarter: int, draw) -> tuple[PlannedWork, ...]:
    """A training and call-backs, somewhere in the period."""
    start = first_quarter + draw(st.integers(0, 150))
    end = start + draw(st.integers(1, 24))
    people = draw(st.integers(1, 2))
    training = PlannedWork("training", "training", windows=(PlannedWindow(start, end, people),))
    calls = PlannedWork(
        "calls",
        "call-backs",
        queues=("phone",),
        fixed=False,
        windows=(PlannedWindow(start - 4, end + 20, 0, draw(st.sampled_from([900.0, 20_000.0]))),),
        random=draw(st.booleans()),
    )
    return (training, calls)


@st.composite
def shifts_of(draw, duties):
    """Shifts of each person that do not overlap, some with a break."""
    found = []
    for name in NAMES:
        at = draw(st.integers(0, 20))
        while at < 24 * DAYS:
            length = draw(st.integers(2, 12))
            rest = draw(st.none() | st.just(at + (length / 2) // 0.25 * 0.25))
            found.append(duties(name, 0, at, at + length, rest, 30))
            at += length + draw(st.integers(0, 20))
    return found


def on_duty(small, service: Service) -> np.ndarray:
    """Whether each person is there by the rota in each quarter-hour, breaks apart."""
    there = np.zeros((len(service.agents), service.open_.shape[1]), dtype=bool)
    for shift in small.rota.shifts:
        who = service.agents.index(shift.agent)
        first, last = (int(at.timestamp() // 900) - service.first_quarter for at in (shift.start, shift.end))
        there[who, first:last] = True
        if shift.break_start is not None:
            begins = int(shift.break_start.timestamp() // 900) - service.first_quarter
            there[who, begins : begins + 2] = False
            if begins + 2 >= last:
                there[who, begins:last] = False
    return there


def check(small, service: Service, away: bool) -> None:
    """What holds whatever happens."""
    r = service.records
    begun, sent = np.isfinite(r.started), np.isfinite(r.answered)
    outcome = {o: r.outcome == o for o in Outcome}
    assert sum(mask.astype(int) for mask in outcome.values()).tolist() == [1] * len(r)
    counts = draws(small.volumes, service.replications, service.settings.seed).sum(axis=2)
    for q, queue in enumerate(service.queues):
        mine = (r.offered_to == q) & ~r.carried
        assert (
            np.bincount(r.replication[mine], minlength=service.replications).tolist() == counts[:, q].tolist()
        )
        carried = service.settings.open_tickets.get(queue.name, 0) * service.replications
        assert (r.carried & (r.offered_to == q)).sum() == carried
    assert (begun & sent)[outcome[Outcome.ANSWERED]].all()
    assert not begun[outcome[Outcome.ABANDONED] | outcome[Outcome.TURNED_AWAY]].any()
    assert (r.due >= r.arrived).all()
    there = on_duty(small, service)
    quarter = (r.started[begun] // 900).astype(int)
    assert service.able[r.queue[begun], r.agent[begun]].all()
    on_line = r.live[begun]
    assert there[r.agent[begun][on_line], quarter[on_line]].all()
    assert there[:, quarter].any(axis=0).all()
    # Seconds: never more than there are, none idle off duty, and on duty not one that is not accounted for.
    seconds = (service.handling + service.waiting_for_work + service.at_planned_work) / service.replications
    assert seconds.max(initial=0.0) <= STEP + 1e-6
    quarters = there.reshape(len(NAMES), -1, 2)
    assert not service.waiting_for_work[~quarters.any(axis=2)].any()
    if not away:
        assert np.allclose(seconds[quarters.all(axis=2)], STEP)
        assert (seconds >= quarters.sum(axis=2) * 900.0 - 1e-6).all()
    else:
        assert (service.waiting_for_work / service.replications <= quarters.sum(axis=2) * 900.0 + 1e-6).all()
    assert (service.planned.done_seconds <= service.planned.planned_seconds + 1e-6).all()
    assert service.planned.done_seconds.sum() <= service.at_planned_work.sum() / service.replications + 1e-6
    calls = begun & r.live & (r.queue != 0)
    order = np.lexsort((r.started[calls], r.agent[calls], r.replication[calls]))
    start, end, who, life = (x[calls][order] for x in (r.started, r.answered, r.agent, r.replication))
    again = (who[1:] == who[:-1]) & (life[1:] == life[:-1])
    assert (start[1:] >= end[:-1] - 1e-6)[again].all()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_and_nobody_is_lost(world, duties, phone, email, open_hours, data):
    draw = data.draw
    queues = [
        CHAT,
        replace(phone, priority=draw(st.integers(0, 2))),
        replace(email, priority=draw(st.integers(0, 1)), interruptible=draw(st.booleans())),
        replace(phone, name="phone pt", language="pt", patience_seconds=None),
    ]
    skills = [{"en": None}, {"pt": None}, {"en": None, "pt": None}, {"en": frozenset({"chat", "email"})}]
    busy = draw(st.sampled_from([0.0, 0.0, 0.15]))
    small = world(
        queues,
        {name: draw(st.sampled_from(skills)) for name in NAMES},
        draw(shifts_of(duties)),
        {"chat": 8.0, "phone": 4.0, "email": 2.0, "phone pt": 2.0},
        days=DAYS,
        opening={q.name: open_hours(draw(st.integers(0, 10)), 22) for q in queues},
        slower={"Ben": {"en": draw(st.sampled_from([0.8, 1.0, 1.7]))}},
    )
    small = replace(small, planned=works(small.volumes.first_quarter, draw))
    doors = draw(
        st.sampled_from([{}, {"phone": {"email": 0.4, "returns at opening": 0.3, "voicemail": 0.2}}])
    )
    chosen = ServiceSettings(
        draw(st.integers(0, 99)), 2, doors, busy, 0.1 if busy else 0.0, open_tickets={"email": 7}
    )
    check(small, small.live(chosen), busy > 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_who_waits_is_answered_when_everybody_has_time(world, duties, phone, email, open_hours, data):
    """Contacts of one day, and a second day on which four people who can do everything have nothing else."""
    draw = data.draw
    queues = [
        CHAT,
        replace(phone, patience_seconds=None, priority=draw(st.integers(0, 2))),
        replace(email, interruptible=draw(st.booleans())),
        replace(phone, name="phone pt", language="pt", patience_seconds=None),
    ]
    first_day = np.repeat([1.0, 0.0], 48)
    shifts = [shift for shift in draw(shifts_of(duties)) if shift.end.day == shift.start.day == 6]
    small = world(
        queues,
        {name: {"en": None, "pt": None} for name in NAMES},
        [*shifts, *(duties(name, 1, 0, 24, 12, 30) for name in NAMES)],
        {
            "chat": 8.0 * first_day,
            "phone": 4.0 * first_day,
            "email": 2.0 * first_day,
            "phone pt": 2.0 * first_day,
        },
        days=DAYS,
        opening={q.name: open_hours(8, 20) for q in queues},
        slower={"Ben": {"en": 1.7}},
    )
    small = replace(small, planned=works(small.volumes.first_quarter, draw))
    doors = {"phone": {"email": 0.4, "returns at opening": 0.3, "voicemail": 0.2}}
    busy = draw(st.sampled_from([0.0, 0.15]))
    r = small.live(ServiceSettings(draw(st.integers(0, 99)), 2, doors, busy)).records
    assert (r.outcome != Outcome.WAITING).all()


EVERYTHING = """
import hashlib, sys
from dataclasses import fields, replace
sys.path.insert(0, {folder!r})
import conftest, test_conservation as t
from planner._compiled import COMPILED
from planner.demand import PlannedWindow, PlannedWork
from planner.service import BadHours, ServiceSettings
shifts = [
    conftest.duty(n, d, 6 + 2 * k, 15 + 2 * k, 10 + 2 * k, 45) for d in range(7) for k, n in enumerate("ABCD")
]
people = {{"A": {{"en": None}}, "B": {{"en": None}}, "C": {{"en": frozenset({{"email", "chat"}})}}}}
people["D"] = {{"en": None, "pt": None}}
urgent = replace(conftest.EMAIL, name="urgent", language="pt", priority=1, interruptible=False)
small = conftest.World(
    (t.CHAT, conftest.PHONE, conftest.EMAIL, urgent),
    people,
    shifts,
    {{"chat": 12.0, "phone": 5.0, "email": 3.0, "urgent": 0.5}},
    opening={{"phone": conftest.hours(9, 18)}},
    slower={{"B": {{"en": 1.3}}, "D": {{"en": 1.7}}}},
)
first = small.volumes.first_quarter
windows = [PlannedWindow(first + 96 * d + 36, first + 96 * d + 60, 0, 9000.0) for d in range(7)]
works = (
    PlannedWork("training", "training", windows=(PlannedWindow(first + 41, first + 50, 2),)),
    PlannedWork("calls", "call-backs", fixed=False, random=True, windows=tuple(windows)),
)
chosen = ServiceSettings(
    7, 3, {{"phone": {{"email": 0.5, "voicemail": 0.2, "returns at opening": 0.2}}}}, 0.15, 0.05,
    bad_hours=BadHours(conftest.FIRST_DAY, 10), open_tickets={{"email": 9}},
)
service = replace(small, planned=works).live(chosen)
r = service.records
parts = [getattr(r, field.name) for field in fields(r)]
parts += [service.handling, service.waiting_for_work, service.at_planned_work, service.planned.done_seconds]
print(COMPILED, service.events, hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())
"""


def test_compiled_and_plain_give_the_same_bits_with_every_feature():
    pytest.importorskip("numba")
    here = Path(__file__)
    said = []
    for plain in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", EVERYTHING.format(folder=str(here.parent))],
            env=os.environ | {"PLANNER_PLAIN": plain, "PYTHONHASHSEED": plain},
            capture_output=True,
            text=True,
            cwd=here.parents[2],
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout.split())
    assert [one[0] for one in said] == ["True", "False"]
    assert said[0][1:] == said[1][1:]
    assert int(said[0][1]) > 5000


def test_two_rotas_meet_the_same_contacts(shop, duties):
    """Common random numbers: what people do changes, who comes does not."""
    few = shop()
    more = replace(few, shifts=[*few.shifts, *(duties("Ana", day, 20, 23) for day in range(7))])
    chosen = ServiceSettings(
        5, 3, {"phone": {"email": 0.5, "voicemail": 0.2}}, 0.1, 0.05, open_tickets={"email": 3}
    )
    a, b = few.live(chosen).records, more.live(chosen).records
    for name in ("replication", "offered_to", "queue", "arrived", "arrived_open", "live", "due", "voicemail"):
        assert np.array_equal(getattr(a, name), getattr(b, name)), name
    assert not np.array_equal(a.started, b.started, equal_nan=True)
