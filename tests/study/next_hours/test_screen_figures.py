"""Figures of the screen that nothing else gives away: share of a queue's own week, work as a floor."""

from __future__ import annotations

import numpy as np
import pytest

from planner.study import Scenario, steps
from planner.study.next_hours.blocks import candidates
from planner.study.next_hours.opened import opened
from planner.study.next_hours.screening import more_person_hours, screen

DESK = """
name: Two queues with hours of their own
period: {weeks: 1}
people: [{count: 3, languages: en}]
queues:
  - {name: chat en, channel: chat, language: en, aht: 10 min, promise: 80% within 60 s}
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 4 h}
volume: {chat en: 10 a weekday, email en: 20 a weekday}
opening_hours:
  - {queues: chat en, days: mon-fri, open: 09:00, close: 17:00}
  - {queues: email en, days: mon-fri, open: 08:00, close: 20:00}
shifts: [{name: day, start: 09:00, paid_hours: 8}]
"""


def test_the_share_is_of_the_contacts_of_the_block_s_own_queues() -> None:
    scenario = Scenario.from_text(DESK)
    blocks = candidates(scenario)
    volumes = steps.forecast(None, opened(scenario, *blocks))
    seen = set()
    for each in screen(scenario, blocks):
        rows = [volumes.queues.index(name) for name in each.block.queues]
        whole = sum(float(volumes.mean[row].sum()) for row in rows)
        assert each.share == pytest.approx(each.contacts / whole)
        seen.add(len(rows))
    assert 1 in seen


def test_new_hours_take_no_less_than_the_work_in_them() -> None:
    need = steps.demand_and_need(Scenario.from_text(DESK))[2]
    everywhere = np.ones(need.intervals, dtype=bool)
    # The formulas ask for nobody more; the work is still there.
    assert more_person_hours(need, need, everywhere, 3.5) == 3.5
    assert more_person_hours(need, need, everywhere, 0.0) == 0.0
