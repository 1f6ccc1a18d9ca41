"""When contacts first came, also those whom a closed door sends away and who come back."""

from __future__ import annotations

import numpy as np

from planner.service import Outcome
from planner.study import Scenario, steps
from planner.study.plan import plan

DESK = """
name: Doors
period: {first_day: 2026-03-02, weeks: 1}
people: [{count: 2, languages: en, cost: 10}]
queues: [{name: phone en, channel: phone, language: en, aht: 3 min}]
volume: {phone en: 30}
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
when_closed: {phone en: {returns at opening: 60%, lost: 40%}}
shifts: [{name: day, start: 09:00, paid_hours: 8}]
solve: {effort: quick, rounds: 1, replications: 10}
"""


def test_whoever_returns_first_came_before_and_nobody_else_did() -> None:
    desk = Scenario.from_text(DESK)
    made = plan(desk)
    assert made.service is not None
    records = made.service.records
    back = records.came != records.arrived
    assert back.any()
    quarter = (records.came // 900).astype(int)
    open_ = made.service.open_[0]
    # All who came back found it closed, and came back later.
    assert not open_[quarter[back]].any()
    assert (records.arrived[back] > records.came[back]).all()
    # All who found it closed are lost or came back; with hours around the clock the same people come.
    assert (records.outcome[~open_[quarter] & ~back] == Outcome.TURNED_AWAY).all()
    always = desk.replace(opening_hours=[{"days": "all", "open": "00:00", "close": "24:00"}])
    assert made.volumes is not None
    other = steps.simulate(made.rota, made.volumes, always)
    for nth in range(10):
        came = [np.sort(r.came[r.replication == nth]) for r in (records, other.records)]
        assert np.array_equal(*came)
