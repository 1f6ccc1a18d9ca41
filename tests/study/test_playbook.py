"""The playbook of a stage, on a rota made by hand."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner.rota import Rota, Shift
from planner.study import Scenario
from planner.study.playbook import Playbook, playbook
from planner.study.playbook.sheet import playbook_html, write_playbook

DESK = """
name: Early & late <desk>
zone: UTC
period: {first_day: 2026-06-01, weeks: 1}
sites: [{name: Here, zone: UTC}]
agents:
  - {name: Ana, languages: en}
  - {name: Ben, languages: en}
  - {name: Eva, languages: en, teams: engineer, channels: email}
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, promise: 90% within 2 business hours}
  - {name: phone en, channel: phone, language: en, aht: 5 min, promise: 80% within 60 s}
opening_hours: {days: mon-fri, open: 08:00, close: 20:00}
when_closed: {phone en: {to email en: 60%, lost: 40%}}
escalation: [{role: engineer, reach: 20 min, contact: "+351 555 0100"}]
shifts:
  - {name: early, start: 08:00, paid_hours: 6}
  - {name: late, start: 13:30-14:00 every 30 min, paid_hours: 6}
  - {name: on call, start: 08:00, paid_hours: 12, kind: on_call, teams: engineer}
need: {email en: 1, phone en: 1}
"""
MONDAY = date(2026, 6, 1)


def at(day: int, hour: float) -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=day, hours=hour)


def shift(name: str, agent: str, day: int, begin: float, end: float, kind: str = "work") -> Shift:
    of = MONDAY + timedelta(days=day)
    return Shift(at(day, begin), agent, at(day, end), of, name, "UTC", kind=kind)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> Playbook:
    # Late comes at 14:00 as early goes, but half an hour sooner on Tuesdays; Friday's engineer is missing.
    shifts = [shift("early", "Ana", day, 8, 14) for day in range(5)]
    shifts += [
        shift("late", "Ben", day, 13.5 if day == 1 else 14, 19.5 if day == 1 else 20) for day in range(5)
    ]
    shifts += [shift("on call", "Eva", day, 8, 20, "on_call") for day in range(4)]
    rota = Rota("desk", MONDAY, 7, ("Ana", "Ben", "Eva"), tuple(sorted(shifts)))
    return playbook(Scenario.from_text(DESK), rota)


def test_people_by_hour_of_the_week(made: Playbook):
    low, high = made.people
    assert low[0, 7] == high[0, 7] == -1  # closed
    assert (low[0, 8], high[0, 8]) == (1, 1)
    assert (low[1, 13], high[1, 13]) == (1, 2)  # both from half past one on Tuesday
    assert (low[1, 19], high[1, 19]) == (0, 1)  # Ben goes at half past seven
    assert (low[5:] == -1).all()


def test_who_covers_which_hours(made: Playbook):
    told = {(each.shift, each.start): each for each in made.covered}
    assert set(told) == {("early", 480), ("late", 810), ("late", 840)}
    early, late = told["early", 480], told["late", 840]
    assert (early.end, early.weekdays, early.fewest, early.most) == (840, (0, 1, 2, 3, 4), 1, 1)
    assert early.people == (("Ana", 5),)
    assert late.weekdays == (0, 2, 3, 4)
    assert late.people == (("Ben", 4),)


def test_escalation_tells_the_contact_and_what_is_missing(made: Playbook):
    (role,) = made.on_call
    assert (role.contact, role.reach_minutes) == ("+351 555 0100", 20)
    assert (role.open_hours, role.missing_hours) == (60, 12)
    assert role.duties[0].people == (("Eva", 4),)


def test_handovers_tell_how_long_both_are_there(made: Playbook):
    (found,) = [each for each in made.hand_overs if each.leaving == "early"]
    assert (found.minute, found.arriving, found.weekdays, found.times) == (840, "late", (0, 1, 2, 3, 4), 5)
    assert (found.least, found.most) == (0, 30)
    # On Tuesday Ben goes half an hour before the desk closes, and nobody carries on.
    (gone,) = [each for each in made.hand_overs if each.leaving == "late"]
    assert (gone.minute, gone.arriving, gone.weekdays) == (19 * 60 + 30, "", (1,))


def test_what_waits_until_when(made: Playbook):
    mail = {each.start: each for each in made.closed if each.queue == "email en"}
    assert set(mail) == {(day, 1200) for day in range(5)}
    assert (mail[0, 1200].end, mail[0, 1200].hours, mail[0, 1200].due) == ((1, 480), 12, (1, 600))
    assert (mail[4, 1200].end, mail[4, 1200].hours, mail[4, 1200].due) == ((0, 480), 60, (0, 600))
    assert {each.due for each in made.closed if each.queue == "phone en"} == {None}


def test_the_page_is_whole_and_escaped(made: Playbook, tmp_path: Path):
    (path,) = write_playbook(made, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert text == playbook_html(made)
    assert "<h1>Early &amp; late &lt;desk&gt;</h1>" in text
    assert "http" not in text
    assert "<script" not in text
    for told in (
        "Ana 5×",
        "+351 555 0100",
        "first reply by Mon 10:00",
        "60 % to email en, 40 % lost",
        "0–30 min",
    ):
        assert told in text
    assert len(re.findall(r"<section", text)) == 5


def test_around_the_clock_nothing_waits():
    text = DESK.replace(
        "{days: mon-fri, open: 08:00, close: 20:00}", "{days: all, open: 00:00, close: 24:00}"
    )
    scenario = Scenario.from_text(text)
    assert playbook(scenario, Rota("desk", MONDAY, 7, ("Ana", "Ben", "Eva"), ())).closed == ()
