"""Against simpy: the same contacts lived through by an independent model, record by record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
import simpy

from planner.demand import draws
from planner.people import skills
from planner.service import ServiceSettings
from planner.service.contacts import contacts_of


@dataclass(eq=False)
class Person:
    name: str
    serves: set[int]
    here: bool = False
    task: Any = None
    process: Any = None
    held: Any = None
    idle_since: float = 0.0
    slower: dict[int, float] = field(default_factory=dict)


@dataclass(eq=False)
class Customer:
    queue: int
    live: bool
    soft: bool
    patience_ends: float
    work: list[float]
    pauses: list[float]
    since: float = 0.0
    touch: int = 0
    started: float | None = None
    answered: float | None = None
    by: str = ""


@dataclass(eq=False)
class Desk:
    """Everyone and everything, with plain lists and sorting."""

    env: simpy.Environment
    people: list[Person]
    priority: list[int]
    waiting: list[Customer] = field(default_factory=list)

    def come(self, at: float, customer: Customer):
        yield self.env.timeout(at - self.env.now)
        customer.since = self.env.now
        self.offer(customer)

    def offer(self, customer: Customer) -> None:
        idle = [p for p in self.people if p.here and not p.task and customer.queue in p.serves]
        if idle:
            self.take(min(idle, key=lambda p: (len(p.serves), p.idle_since)), customer)
            return
        rank = self.priority[customer.queue]
        busy = [p for p in self.people if p.task and customer.queue in p.serves and p.task.soft]
        busy = [p for p in busy if self.priority[p.task.queue] <= rank]
        if customer.live and busy:
            person = min(busy, key=lambda p: (len(p.serves), -p.idle_since))
            self.pause(person)
            self.take(person, customer)
            return
        self.waiting.append(customer)

    def take(self, person: Person, customer: Customer) -> None:
        person.task, person.idle_since = customer, self.env.now
        if customer.touch == 0:
            customer.by = person.name
            customer.started = self.env.now if customer.started is None else customer.started
        person.process = self.env.process(self.handle(person, customer))

    def handle(self, person: Person, customer: Customer):
        began, factor = self.env.now, person.slower.get(customer.queue, 1.0)
        try:
            yield self.env.timeout(customer.work[customer.touch] * factor)
        except simpy.Interrupt:
            customer.work[customer.touch] -= (self.env.now - began) / factor
            return
        person.task = None
        if customer.touch == 0:
            customer.answered = self.env.now
        customer.touch += 1
        if customer.touch < len(customer.work):
            self.env.process(self.come(self.env.now + customer.pauses[customer.touch], customer))
        self.look(person)

    def pause(self, person: Person) -> None:
        person.process.interrupt()
        person.held, person.task = person.task, None

    def look(self, person: Person) -> None:
        if not person.here:
            return
        person.idle_since = self.env.now

        def order(c: Customer):
            return (-self.priority[c.queue], not c.live, c.touch > 0, c.since)

        can = [c for c in self.waiting if c.queue in person.serves and c.patience_ends > self.env.now]
        if person.held:
            mine = self.priority[person.held.queue]
            can = [c for c in can if c.live and self.priority[c.queue] >= mine]
        if can:
            best = min(can, key=order)
            self.waiting.remove(best)
            self.take(person, best)
        elif person.held:
            customer, person.held = person.held, None
            self.take(person, customer)

    def shift(self, person: Person, start: float, end: float, rest: tuple[float, float] | None):
        yield self.env.timeout(start)
        person.here = True
        if not person.task:
            self.look(person)
        if rest:
            yield self.env.timeout(rest[0] - self.env.now)
            self.step_out(person)
            yield self.env.timeout(rest[1] - self.env.now)
            person.here = True
            if not person.task:
                self.look(person)
        yield self.env.timeout(end - self.env.now)
        self.step_out(person)
        if person.held:
            customer, person.held = person.held, None
            self.offer(customer)

    def step_out(self, person: Person) -> None:
        person.here = False
        if person.task and person.task.soft:
            self.pause(person)


def by_simpy(small, settings: ServiceSettings) -> list[Customer]:
    """The same contacts in the same order, on a simpy clock."""
    env = simpy.Environment()
    table = skills(small.team, small.queues)
    people = [
        Person(
            name,
            {q for q, queue in enumerate(small.queues) if name in table.able[queue.name]},
            slower={
                q: table.slower[queue.name][name]
                for q, queue in enumerate(small.queues)
                if name in table.slower.get(queue.name, {})
            },
        )
        for name in small.people
    ]
    desk = Desk(env, people, [queue.priority for queue in small.queues])
    start = small.volumes.first_quarter * 900
    for shift in small.rota.shifts:
        times = [shift.start.timestamp() - start, shift.end.timestamp() - start]
        rest = None
        if shift.break_start:
            begins = shift.break_start.timestamp() - start
            rest = (begins, begins + 60 * shift.break_minutes)
        env.process(desk.shift(next(p for p in people if p.name == shift.agent), times[0], times[1], rest))
    open_ = np.ones((len(small.queues), small.days * 96), dtype=bool)
    counts = draws(small.volumes, 1, settings.seed)[0]
    given = contacts_of(counts, small.volumes, small.queues, open_, settings, 0)
    customers = []
    for c in range(len(given.queue)):
        rows = slice(given.touch_from[c], given.touch_from[c + 1])
        customers.append(
            Customer(
                int(given.queue[c]),
                bool(given.live[c]),
                bool(given.soft[c]),
                float(given.gives_up_at[c]),
                given.handle[rows].tolist(),
                given.delay[rows].tolist(),
            )
        )
        env.process(desk.come(float(given.arrived_at[c]), customers[-1]))
    env.run(until=small.days * 86400)
    return customers


def compare(small, settings: ServiceSettings) -> int:
    """Assert that both tell the same story; number of contacts answered."""
    service, customers = small.live(settings), by_simpy(small, settings)
    r = service.records
    assert len(r) == len(customers)
    started = np.array([np.nan if c.started is None else c.started for c in customers])
    np.testing.assert_allclose(r.started, started, atol=1e-6)
    deferred = ~r.live
    answered = np.array([np.nan if c.answered is None else c.answered for c in customers])
    np.testing.assert_allclose(r.answered[deferred], answered[deferred], atol=1e-6)
    assert [service.agents[a] if a >= 0 else "" for a in r.agent] == [c.by for c in customers]
    return int(np.isfinite(started).sum())


@pytest.mark.parametrize("seed", [1, 2])
def test_specialists_and_generalists_answer_two_languages(world, duties, phone, seed):
    queues = [phone, replace(phone, name="phone pt", language="pt", priority=1)]
    people = {"Ana": {"en": None}, "Bo": {"pt": None}, "Cleo": {"en": None, "pt": None}}
    shifts = [duties(name, 0, 0, 168) for name in people]
    small = world(queues, people, shifts, {"phone": 16.0, "phone pt": 12.0})
    assert compare(small, ServiceSettings(seed, 1)) > 3000


@pytest.mark.parametrize("seed", [1, 2])
def test_calls_interrupt_e_mail_which_comes_back(world, duties, phone, email, seed):
    people = {"Ana": {"en": None}, "Bo": {"en": None}}
    shifts = [duties(name, 0, 0, 168) for name in people]
    small = world([phone, email], people, shifts, {"phone": 6.0, "email": 2.5})
    assert compare(small, ServiceSettings(seed, 1)) > 1000


@pytest.mark.parametrize("seed", [1, 2])
def test_shifts_breaks_and_priorities(world, duties, phone, email, seed):
    urgent = replace(email, name="urgent", language="pt", priority=1)
    queues = [phone, email, urgent, replace(email, name="fixed", interruptible=False, language="pt")]
    people = {"Ana": {"en": None}, "Bo": {"en": None, "pt": None}, "Cleo": {"pt": None}}
    shifts = [
        duties(name, day, 6 + 4 * nth, 15 + 4 * nth, 10 + 4 * nth, 45)
        for day in range(14)
        for nth, name in enumerate(people)
    ]
    rates = {"phone": 3.0, "email": 1.0, "urgent": 0.5, "fixed": 0.3}
    assert compare(world(queues, people, shifts, rates, days=14), ServiceSettings(seed, 1)) > 1000


@pytest.mark.parametrize("seed", [1, 2])
def test_slower_people_and_work_that_is_handed_over(world, duties, phone, email, seed):
    """Half-done e-mails pass between people who take 1, 1.3 and 2 times as long."""
    people = {"Ana": {"en": None}, "Bo": {"en": None}, "Cleo": {"en": None, "pt": None}}
    shifts = [
        duties(name, day, 5 + 5 * nth, 13 + 5 * nth, 9 + 5 * nth, 30)
        for day in range(7)
        for nth, name in enumerate(people)
    ]
    small = world(
        [phone, replace(email, aht_seconds=2400.0)],
        people,
        shifts,
        {"phone": 3.0, "email": 0.8},
        slower={"Bo": {"en": 1.3}, "Cleo": {"en": 2.0}},
    )
    assert compare(small, ServiceSettings(seed, 1)) > 250
