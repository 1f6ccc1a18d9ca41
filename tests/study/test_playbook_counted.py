"""A playbook's numbers against random rotas, counted quarter-hour by quarter-hour from wall clocks alone."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.rota import Rota, Shift
from planner.study import Scenario
from planner.study.playbook import playbook

DESK = """
name: Two sites
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 2}
sites: [{name: Lisbon, zone: Europe/Lisbon}, {name: Manila, zone: Asia/Manila}]
agents:
  - {name: Ana, site: Lisbon, languages: en}
  - {name: Ben, site: Lisbon, languages: en}
  - {name: Caz, site: Manila, languages: en}
  - {name: Eva, site: Lisbon, languages: en, teams: engineer, channels: email}
queues: [{name: email en, aht: 10 min, promise: 90% within 2 h}]
opening_hours: {days: DAYS, open: "OPEN:00", close: "CLOSE:00"}
escalation: [{role: engineer, reach: 20 min}]
shifts:
  - {name: x, start: 08:00, paid_hours: 8}
  - {name: on call, start: 08:00, paid_hours: 12, kind: on_call, teams: engineer}
need: {email en: 1}
"""
MONDAY = date(2026, 3, 23)  # clocks in Lisbon change on the Sunday
ZONES = {"Ana": "Europe/Lisbon", "Ben": "Europe/Lisbon", "Caz": "Asia/Manila", "Eva": "Europe/Lisbon"}
LISBON = ZoneInfo("Europe/Lisbon")


def shifts_of(draw: random.Random) -> list[Shift]:
    """Shifts at random hours: work of three people, and on-call duty of the engineer on some days."""
    found = []
    for day in (MONDAY + timedelta(days=n) for n in range(14)):
        for who, zone in ZONES.items():
            if draw.random() < 0.3:
                continue
            kind = "on_call" if who == "Eva" else "work"
            hour = draw.choice([5, 8, 9]) if kind == "work" else 8
            start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
            length = timedelta(hours=12 if kind == "on_call" else draw.choice([6, 8]))
            name = "on call" if kind == "on_call" else "x"
            found.append(Shift(start, who, start + length, day, name, zone, kind=kind))  # type: ignore[arg-type]
    return sorted(found)


@pytest.mark.parametrize("seed", range(8))
def test_people_shifts_and_calls_counted_again(seed: int) -> None:
    draw = random.Random(seed)
    opens, closes, days = draw.randrange(4, 9), draw.randrange(16, 24), draw.choice([5, 7])
    text = DESK.replace("OPEN", f"{opens:02}").replace("CLOSE", f"{closes:02}")
    scenario = Scenario.from_text(text.replace("DAYS", "all" if days == 7 else "mon-fri"))
    shifts = shifts_of(draw)
    made = playbook(scenario, Rota("x", MONDAY, 14, tuple(ZONES), tuple(shifts)))

    people: dict[tuple[int, int], list[int]] = defaultdict(list)
    missing = open_quarters = 0
    at = datetime(2026, 3, 23, tzinfo=LISBON).astimezone(UTC)
    last = datetime(2026, 4, 6, tzinfo=LISBON).astimezone(UTC)
    while at < last:
        local = at.astimezone(LISBON)
        if at >= shifts[0].start and local.weekday() < days and opens <= local.hour < closes:
            there = [s for s in shifts if s.start <= at < s.end]
            people[local.weekday(), local.hour].append(sum(s.kind == "work" for s in there))
            open_quarters += 1
            missing += not any(s.kind == "on_call" for s in there)
        at += timedelta(minutes=15)
    for weekday in range(7):
        for hour in range(24):
            counts = people.get((weekday, hour), [-1])
            assert made.people[:, weekday, hour].tolist() == [min(counts), max(counts)], (weekday, hour)

    (role,) = made.on_call
    assert (role.open_hours, role.missing_hours) == (open_quarters / 4, missing / 4)
    for told, kind in ((made.covered, "work"), (role.duties, "on_call")):
        wanted = Counter((s.agent, wall(s, s.start), wall(s, s.end)) for s in shifts if s.kind == kind)
        found = Counter({(who, c.start, c.end): times for c in told for who, times in c.people})
        assert found == wanted
        for each in told:
            mine = [
                s
                for s in shifts
                if (s.kind, s.zone, wall(s, s.start), wall(s, s.end))
                == (kind, each.zone, each.start, each.end)
            ]
            a_day = Counter(s.day for s in mine)
            assert (each.fewest, each.most) == (min(a_day.values()), max(a_day.values()))
            assert set(each.weekdays) == {s.day.weekday() for s in mine}


def wall(shift: Shift, at: datetime) -> int:
    local = at.astimezone(ZoneInfo(shift.zone))
    return local.hour * 60 + local.minute
