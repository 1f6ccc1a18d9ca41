"""A playbook names as many people as one sheet holds, and says nothing of doors that never close."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.rota import Rota, Shift
from planner.study import Scenario
from planner.study.playbook import Playbook, playbook
from planner.study.playbook.fitting import TALL, height, most_that_fit
from planner.study.playbook.sheet import NAMED, playbook_html

MONDAY = date(2026, 6, 1)
DESK = """
name: Desk
zone: UTC
period: {{first_day: 2026-06-01, weeks: 4}}
sites: [{{name: Here, zone: UTC}}]
people: [{{count: {people}, site: Here, languages: en}}]
queues:
  - {{name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 2 business hours}}
  - {{name: phone en, channel: phone, language: en, aht: 5 min, promise: 80% within 60 s}}
opening_hours:
  - {{queues: email en, days: mon-fri, open: 08:00, close: 20:00}}
  - {{queues: phone en, days: {phone}}}
when_closed: {{phone en: {{to email en: 60%, lost: 40%}}}}
shifts:
  - {{name: day, start: 07:00-14:00 every 60 min, paid_hours: 8}}
need: {{email en: 1, phone en: 1}}
"""


def made(people: int, phone: str = "all, open: 00:00, close: 24:00") -> Playbook:
    """Everybody walks through all eight starts, another each day."""
    scenario = Scenario.from_text(DESK.format(people=people, phone=phone))
    shifts = []
    for number, agent in enumerate(scenario.team.agents):
        for ahead in range(28):
            begin = datetime(2026, 6, 1, 7 + (number + ahead) % 8, tzinfo=UTC) + timedelta(days=ahead)
            end = begin + timedelta(hours=8)
            shifts.append(Shift(begin, agent.name, end, MONDAY + timedelta(days=ahead), "day", "UTC"))
    names = tuple(agent.name for agent in scenario.team.agents)
    return playbook(scenario, Rota("desk", MONDAY, 28, names, tuple(sorted(shifts))))


def test_sixteen_names_are_all_told_on_one_sheet() -> None:
    told = made(16)
    page = playbook_html(told)
    assert height(page) <= TALL
    assert " more</td>" not in page
    assert all(page.count(f"{name} ") == 8 for name in told.rota.agents)


def test_of_too_many_names_as_many_as_fit_are_told() -> None:
    told = made(80)
    page = playbook_html(told)
    (left,) = {int(count) for count in re.findall(r"and (\d+) more</td>", page)}
    assert height(page) <= TALL
    assert NAMED < 80 - left < 80


def test_at_least_some_names_are_told_however_long_the_page() -> None:
    assert most_that_fit(lambda named: "<p>line</p>" * 200, 4, 30) == 4
    assert most_that_fit(lambda named: "<p>line</p>" * named, 4, 3) == 4
    for fits in (4, 17, 30):
        assert (
            most_that_fit(lambda named, fits=fits: "<p>x</p>" * (0 if named <= fits else 500), 4, 30) == fits
        )


@pytest.mark.parametrize(
    ("phone", "closes"),
    [("all, open: 00:00, close: 24:00", False), ("mon-sat, open: 00:00, close: 24:00", True)],
)
def test_a_queue_that_never_closes_has_no_doors(phone: str, closes: bool) -> None:
    page = playbook_html(made(4, phone))
    assert ("phone en while closed" in page) == closes
    assert "phone en: 80% within 1 min" in page
