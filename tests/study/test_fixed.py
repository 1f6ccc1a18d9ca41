"""A need that is stated holds whenever its queue is open."""

from __future__ import annotations

import numpy as np

from planner.study import Scenario
from planner.study.fixed import fixed_need

SEATS = """
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 1}
interval: 60 min
people: [{count: 3, languages: en}, {name: Engineer, count: 2, languages: en, teams: engineer}]
queues:
  - {name: seat, channel: phone, language: en}
  - {name: back office, channel: email, language: en}
opening_hours:
  - {queues: seat, days: mon-fri, open: 09:30, close: 17:00}
  - {queues: back office, days: sat, open: 10:00, close: 12:00}
escalation:
  - {role: engineer, when: open, kind: on_call}
need: {seat: 2}
"""


def test_people_while_open_and_roles_while_anything_is() -> None:
    scenario = Scenario.from_text(SEATS)
    need = fixed_need(scenario)
    assert need.queues == ("seat", "back office", "engineer")
    assert need.sets == tuple(frozenset({name}) for name in need.queues)
    assert need.intervals == 167  # the clocks go forward on Sunday
    day = need.required[0][:24]
    assert np.flatnonzero(day).tolist() == list(range(9, 17))  # an hour that is partly open counts
    assert set(day[9:17].tolist()) == {2}
    assert not need.required[1].any()
    assert need.required[2].sum() == 5 * 8 + 2
    assert need.open[2].sum() == 5 * 8 + 2
    assert not need.backlogs


def test_the_id_is_of_the_content() -> None:
    scenario = Scenario.from_text(SEATS)
    same, other = fixed_need(scenario), fixed_need(scenario.replace(need={"seat": 3}))
    assert same.need_id == fixed_need(scenario).need_id != other.need_id


def test_planned_people_come_on_top() -> None:
    text = (
        SEATS
        + """
planned_work:
- {name: school, people: 1, days: tue, from: 10:00, to: 11:30, who: seat}
- {name: project, people: 2, days: tue, from: 11:00, to: 13:00, who: engineer}
"""
    )
    need = fixed_need(Scenario.from_text(text))
    assert need.queues == ("seat", "back office", "school", "project", "engineer")
    rows = {tuple(sorted(names)): need.required[index] for index, names in enumerate(need.sets)}
    tuesday = {names: row[24 + 9 : 24 + 14].tolist() for names, row in rows.items()}
    assert tuesday["seat",] == [2, 2, 2, 2, 2]
    assert tuesday["school",] == [0, 1, 1, 0, 0]
    assert tuesday["project",] == [0, 0, 2, 2, 0]
    assert tuesday["school", "seat"] == [0, 3, 3, 0, 0]
    assert tuesday["project", "school", "seat"] == [0, 3, 5, 4, 0]
    assert tuesday["project", "seat"] == [0, 0, 4, 4, 0]
    assert need.groups == (("seat", "back office", "school", "project"),)
