"""Small facts of shift work: so many people are enough, and one fewer is proved too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner._messages import Message
from planner.study.scenario import Scenario
from planner.study.validation.check import Case, Check

PROVED = "combinatorics of shift work, proved; hours: seats x 168 h less 40 h a person"
SEAT = """
name: A seat around the clock
zone: UTC
period: {first_day: 2026-03-02, weeks: 1}
edge: cyclic
interval: 60 min
people: 5
queues: [{name: seat, channel: phone, language: en}]
opening_hours: [{queues: all, days: all, open: 00:00, close: 24:00}]
need: {seat: 1}
shifts:
  - {name: early, start: 06:00, paid_hours: 8}
  - {name: late, start: 14:00, paid_hours: 8}
  - {name: night, start: 22:00, paid_hours: 8}
rules:
  - weekly_hours: {at_most: 40 h}
  - minimum_rest: {hours: 11 h}
  - max_days_in_row: {days: 5}
  - two_days_off_together: {}
solve: {engine: cp-sat, effort: quick}
"""
SHIFTS: tuple[Mapping[str, Any], ...] = (
    {"max_days_in_row": {"days": "5"}},
    {"shifts_a_week": {"at_most": "5"}},
    {"weekly_hours": {"at_most": "168 h"}},
)


def rotas() -> Iterator[Check]:
    """One seat, two seats, three shifts of two: hours that the best rota misses, and the bound on them."""
    from planner.study import steps
    from planner.study.fixed import fixed_need

    one = Scenario.from_text(SEAT)
    two = one.replace(need={"seat": "2"})
    three = two.replace(rules=list(SHIFTS))
    for name, word, scenario, people, missing in (
        ("R001", "one_seat", one, 5, 0),
        ("R002", "one_seat", one, 4, 8),
        ("R003", "two_seats", two, 9, 0),
        ("R004", "two_seats", two, 8, 16),
        ("R005", "three_shifts", three, 9, 0),
        ("R006", "three_shifts", three, 8, 16),
    ):
        staffed = scenario.replace(people=str(people))
        made = steps.schedule(fixed_need(staffed), staffed)
        bound = made.missing_hours_bound
        what = Message(f"validation.{word}", {"people": people})
        case = Case(name, "rota", what, PROVED, published=False)
        got = f"{made.missing_hours:g} h missing, {'not proved' if bound is None else 'proved'}"
        proved = bound is not None and abs(bound - made.missing_hours) < 1e-6
        assert not steps.audit(made.rota, staffed)
        yield case.same(f"{missing} h missing, proved", got if proved else f"{got} at {bound} h")
