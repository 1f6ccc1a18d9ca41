"""Chats against simpy: one process per person that is woken whenever their number of chats changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
import simpy

from planner.demand import Promise, Queue, draws
from planner.people import skills
from planner.service import ServiceSettings
from planner.service.contacts import contacts_of

CHAT = Queue("chat", "chat", "en", 500.0, Promise(0.8, 60.0), chats_at_once=3, patience_seconds=240.0)


@dataclass(eq=False)
class Chat:
    queue: int
    gone_at: float
    left: float
    came: float
    started: float = np.nan
    ended: float = np.nan
    by: str = ""


@dataclass(eq=False)
class Person:
    """Holds chats; whenever their number changes, the next end is planned anew."""

    env: simpy.Environment
    name: str
    serves: set[int]
    slower: float
    queues: list[Queue]
    chats: list[Chat] = field(default_factory=list)
    since: float = 0.0
    here: bool = False
    plan: int = 0

    def room(self, queue: int) -> bool:
        most = min(self.queues[q].chats_at_once for q in [queue, *(c.queue for c in self.chats)])
        return self.here and queue in self.serves and len(self.chats) < most

    def pace(self, chat: Chat) -> float:
        return self.queues[chat.queue].chat_speed[len(self.chats) - 1] / self.slower

    def work_until_now(self) -> None:
        for chat in self.chats:
            chat.left -= self.pace(chat) * (self.env.now - self.since)
        self.since = self.env.now

    def begin(self, chat: Chat) -> None:
        self.work_until_now()
        chat.started, chat.by = self.env.now, self.name
        self.chats.append(chat)

    def look_ahead(self, desk: Desk) -> None:
        self.plan += 1
        if self.chats:
            ending = min(self.chats, key=lambda c: c.left / self.pace(c))
            self.env.process(self.end(ending, ending.left / self.pace(ending), self.plan, desk))

    def end(self, chat: Chat, wait: float, plan: int, desk: Desk):
        yield self.env.timeout(wait)
        if plan == self.plan:
            self.work_until_now()
            chat.ended = self.env.now
            self.chats.remove(chat)
            desk.next_for(self)


@dataclass(eq=False)
class Desk:
    env: simpy.Environment
    people: list[Person]
    waiting: list[Chat] = field(default_factory=list)

    def come(self, chat: Chat):
        yield self.env.timeout(chat.came)
        able = [p for p in self.people if p.room(chat.queue)]
        if able:
            person = min(able, key=lambda p: (len(p.chats), len(p.serves), p.since))
            person.begin(chat)
            person.look_ahead(self)
        else:
            self.waiting.append(chat)

    def next_for(self, person: Person) -> None:
        """As many of those who wait as there is room for, the oldest first."""
        for chat in list(self.waiting):
            if chat.gone_at > self.env.now and person.room(chat.queue):
                self.waiting.remove(chat)
                person.begin(chat)
        person.look_ahead(self)

    def shift(self, person: Person, start: float, end: float):
        yield self.env.timeout(start)
        person.here = True
        person.work_until_now()
        self.next_for(person)
        yield self.env.timeout(end - start)
        person.here = False


def by_simpy(small, settings: ServiceSettings) -> list[Chat]:
    """The same chats on a simpy clock."""
    env = simpy.Environment()
    able = skills(small.team, small.queues).able
    people = [
        Person(
            env,
            name,
            {q for q, queue in enumerate(small.queues) if name in able[queue.name]},
            small.slower.get(name, {}).get("en", 1.0),
            list(small.queues),
        )
        for name in small.people
    ]
    desk = Desk(env, people)
    start = small.volumes.first_quarter * 900
    for shift in small.rota.shifts:
        person = next(p for p in people if p.name == shift.agent)
        env.process(desk.shift(person, shift.start.timestamp() - start, shift.end.timestamp() - start))
    open_ = np.ones((len(small.queues), small.days * 96), dtype=bool)
    counts = draws(small.volumes, 1, settings.seed)[0]
    given = contacts_of(counts, small.volumes, small.queues, open_, settings, 0)
    rows = zip(given.queue, given.gives_up_at, given.handle, given.arrived_at, strict=True)
    chats = [Chat(int(q), float(gone), float(work), float(came)) for q, gone, work, came in rows]
    for chat in chats:
        env.process(desk.come(chat))
    env.run(until=small.days * 86400)
    return chats


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chats_in_two_queues_with_shifts_and_slower_people(world, duties, seed):
    """Three at once in English, two in Portuguese; Cleo does both, Bo takes 1.4 times as long."""
    queues = [CHAT, replace(CHAT, name="chat pt", language="pt", chats_at_once=2, cv=0.6)]
    people = {"Ana": {"en": None}, "Bo": {"en": None}, "Cleo": {"en": None, "pt": None}, "Dia": {"pt": None}}
    shifts = [
        duties(name, day, 5 + 3 * nth, 15 + 3 * nth) for day in range(7) for nth, name in enumerate(people)
    ]
    small = world(queues, people, shifts, {"chat": 20.0, "chat pt": 9.0}, slower={"Bo": {"en": 1.4}})
    settings = ServiceSettings(seed, 1)
    r, chats = small.live(settings).records, by_simpy(small, settings)
    assert len(r) == len(chats)
    np.testing.assert_allclose(r.started, [c.started for c in chats], atol=1e-5)
    over = np.array([c.ended for c in chats])
    ended = np.isfinite(over)
    np.testing.assert_allclose(r.answered[ended], over[ended], atol=1e-5)
    assert [list(people)[a] if a >= 0 else "" for a in r.agent] == [c.by for c in chats]
    assert np.isfinite(r.started).sum() > 1500
