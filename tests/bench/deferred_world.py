"""Fifty desks of deferred work, drawn from a seed: their scenario files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("elapsed", "open hours")
MOST_MINUTES_OF_AN_HOUR = 11
"""So that the promise is longer than five handle times: else the queue is answered live as well."""
MOSTLY_MAIL = 40
"""Minutes of e-mail for each call: with less, people who wait for calls do the e-mail beside."""


@dataclass(frozen=True)
class Desk:
    """One drawn desk.

    Attributes
    ----------
    contacts: e-mails a day that it is open. minutes: handle time. hours, share, clock: the promise.
    around: open around the clock, else 9 to 17 from Monday to Friday.
    calls: a day, on the same people; 0: no phone.
    """

    number: int
    contacts: int
    minutes: int
    hours: int
    share: float
    clock: str
    around: bool
    calls: int

    @property
    def name(self) -> str:
        """What distinguishes it, in a line."""
        within = f"{self.hours} {'business ' if self.clock == 'open hours' else ''}h"
        phone = f", {self.calls} calls" if self.calls else ""
        where = "24/7" if self.around else "office"
        return f"{self.contacts} x {self.minutes} min, {100 * self.share:.0f}% in {within}, {where}{phone}"

    def text(self, weeks: int) -> str:
        """Its scenario file: a team that is large enough, no contract to fill, nothing but safety to bind."""
        open_hours = 24 if self.around else 8
        busy = (self.contacts * self.minutes + self.calls * 6) / 60 / open_hours
        people = int(np.ceil((2.2 * busy / 0.85 + 3) * (open_hours * (7 if self.around else 5) / 40)))
        within = f"{self.hours} business hours" if self.clock == "open hours" else f"{self.hours} h"
        hours = "00:00, close: 24:00" if self.around else "09:00, close: 17:00"
        starts = "00:00-23:00 every 60 min" if self.around else "07:00-13:00 every 60 min"
        lines = [
            f"name: desk {self.number}",
            "zone: UTC",
            f"period: {{first_day: 2026-03-02, weeks: {weeks}}}",
            "people:",
            f"  - {{count: {people}, languages: en, cost: 12, weekly_hours: 40}}",
            "queues:",
            f"  - {{name: email en, channel: email, language: en, aht: {self.minutes} min, replies: 1,",
            f"     promise: {100 * self.share:.0f}% within {within}}}",
        ]
        if self.calls:
            lines.append("  - {name: phone en, channel: phone, language: en, priority: 1, aht: 6 min,")
            lines.append("     promise: 80% within 60 s, hangs_up_after: 4 min}")
        phone = f", phone en: {self.calls}" if self.calls else ""
        lines += [
            f"volume: {{email en: {self.contacts}{phone}}}",
            "opening_hours:",
            f"  - {{queues: all, days: {'all' if self.around else 'mon-fri'}, open: {hours}}}",
            "minimum_on_duty: {all: 0}",
            "occupancy_at_most: 100%",
            "shifts:",
            f"  - {{name: four, start: {starts}, paid_hours: 4}}",
            f"  - {{name: eight, start: {starts}, paid_hours: 8, break: 30 min unpaid}}",
            "rules:",
            "  - minimum_rest: {hours: 11}",
            "  - max_days_in_row: {days: 6}",
            "  - weekly_hours: {at_most: contract}",
            "solve: {effort: quick, seed: 1, rounds: 8}",
        ]
        return "\n".join(lines) + "\n"


def desks(count: int, seed: int = 8) -> list[Desk]:
    """Desks drawn from a seed: 20 to 400 a day, 5 to 15 minutes, promises of 80 to 95 % in 1 to 8 hours."""
    random = np.random.default_rng(np.random.SeedSequence((seed, 50)))
    found = []
    for number in range(count):
        contacts = round(float(np.exp(random.uniform(np.log(20), np.log(400)))))
        minutes = int(random.integers(5, 16))
        hours = int(random.choice([1, 2, 4, 8]))
        minutes = min(minutes, MOST_MINUTES_OF_AN_HOUR * hours)
        share = float(random.choice([0.80, 0.85, 0.90, 0.95]))
        clock = str(random.choice(KINDS))
        around = bool(random.random() < 0.4)
        calls = round(float(random.uniform(10, 40))) if random.random() < 0.4 else 0
        if contacts * minutes < MOSTLY_MAIL * calls or around:
            calls = 0
        found.append(Desk(number, contacts, minutes, hours, share, clock, around, calls))
    return found
