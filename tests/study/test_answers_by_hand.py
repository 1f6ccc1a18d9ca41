"""Contacts in some hours, and hours in words, on a world small enough to count on fingers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import isnan
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import quarter_of, to_utc
from planner.demand import Promise, Queue
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift
from planner.service import Outcome, Service, ServiceSettings
from planner.service.records import Records
from planner.study.stages import in_hours
from planner.study.stages.blocks import block_text, hours_text, spans_by_day
from planner.study.stages.carried import Load, carried
from planner.study.stages.in_hours import Became, Came, Coming, hours_a_week, opens_later, same_contacts
from planner.study.stages.today_line import TodayLine, tickets_of, today_words

ZONE = "Europe/Lisbon"
MONDAY = quarter_of(to_utc("2026-06-01", "00:00", ZONE))
HOUR = 3600.0
WEEK = 672
ANSWERED, WAITING, GONE, AWAY = (
    int(one) for one in (Outcome.ANSWERED, Outcome.WAITING, Outcome.ABANDONED, Outcome.TURNED_AWAY)
)
MAIL, PHONE = 0, 1

# replication, offered to, queue, hour of coming, of arriving, of the answer or going, what became of it
ROWS: list[tuple[int, int, int, float, float, float, int]] = [
    (0, MAIL, MAIL, 7.0, 7.0, 9.5, ANSWERED),  # Monday 07:00, waits 2.5 h for an answer
    (0, MAIL, MAIL, 7.5, 7.5, 10.5, ANSWERED),  # 3 h
    (0, MAIL, MAIL, 10.0, 10.0, 11.0, ANSWERED),  # in old hours
    (0, PHONE, MAIL, 7.25, 7.25, 9.25, ANSWERED),  # sent to mail, 2 h
    (0, PHONE, PHONE, 8.0, 9.1, 9.2, ANSWERED),  # comes back at opening: 1.2 h since coming
    (0, PHONE, PHONE, 8.5, 8.5, 8.5, AWAY),  # lost
    (0, PHONE, PHONE, 8.75, 9.2, 9.3, GONE),  # comes back and hangs up
    (1, MAIL, MAIL, 168 + 7.0, 168 + 7.0, 168 + 8.0, ANSWERED),  # second life, second week: 1 h
    (
        1,
        MAIL,
        MAIL,
        168 + 116.0,
        168 + 116.0,
        336.0,
        WAITING,
    ),  # Friday 20:00, after the last opening of the period
]


def service_of(rows: list[tuple[int, int, int, float, float, float, int]], open_: np.ndarray) -> Service:
    queues = (
        Queue("mail", "email", "en", 600, Promise(0.9, 7200)),
        Queue("phone", "phone", "en", 300, Promise(0.8, 60), patience_seconds=240),
    )
    table = np.array(rows).T
    seconds, outcome = table[3:6] * HOUR, table[6].astype(int)
    queue = table[2].astype(int)
    ends = np.where(outcome == ANSWERED, seconds[2], np.nan)
    records = Records(
        replication=table[0].astype(int),
        offered_to=table[1].astype(int),
        queue=queue,
        arrived=seconds[1],
        arrived_open=np.zeros(len(rows), dtype=bool),
        live=queue == PHONE,
        agent=np.zeros(len(rows), dtype=int),
        started=ends,
        answered=ends,
        gone=np.where(outcome == GONE, seconds[2], np.nan),
        due=np.full(len(rows), np.inf),
        carried=np.zeros(len(rows), dtype=bool),
        voicemail=np.zeros(len(rows), dtype=bool),
        outcome=outcome,
        came=seconds[0],
    )
    return Service(
        records=records,
        queues=queues,
        agents=("Ana",),
        first_quarter=MONDAY,
        interval_minutes=30,
        intervals=WEEK,
        week_of=np.repeat([0, 1], WEEK // 2),
        open_=open_,
        able=np.ones((2, 1), dtype=bool),
        handling=np.zeros((1, WEEK)),
        waiting_for_work=np.zeros((1, WEEK)),
        settings=ServiceSettings(replications=2),
        events=0,
    )


def daily(first: int, end: int, days: int = 14) -> np.ndarray:
    """Hours of every day of the two weeks but weekends."""
    day = np.zeros(96, dtype=bool)
    day[4 * first : 4 * end] = True
    return np.concatenate([day if d % 7 < 5 else np.zeros(96, bool) for d in range(days)])


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> Came:
    monkeypatch.setattr(in_hours, "FEWEST_CONTACTS", 1)
    return Came(service_of(ROWS, np.stack([daily(9, 17)] * 2)))


NEW = {"mail": daily(7, 9), "phone": daily(7, 9)}


def test_contacts_in_new_hours_and_their_share(came: Came) -> None:
    """Seven come in the new hours: 6 in one week of four, 1 in another; nine come in all."""
    both = came.coming(NEW)
    assert both.contacts == pytest.approx(7 / 4)
    assert (both.low, both.high) == pytest.approx(tuple(np.quantile([6, 0, 0, 1], (0.1, 0.9))))
    assert both.share == pytest.approx(7 / 9)
    mail = came.coming({"mail": NEW["mail"]})
    assert mail.contacts == pytest.approx(3 / 4)
    assert mail.share == pytest.approx(3 / 5)


def test_waits_since_first_coming_and_what_became_of_them(came: Came) -> None:
    """Answered: 1, 1.2, 2, 2.5 and 3 h; of seven one is lost, two come back, one is moved, one hangs up."""
    found = came.became(NEW, opens_later({"mail": daily(9, 17), "phone": daily(9, 17)}))
    assert found.median == pytest.approx(2 * HOUR)
    assert found.nine == pytest.approx(3 * HOUR)
    shares = (found.lost, found.returned, found.called_back, found.moved, found.waited)
    assert shares == pytest.approx((1 / 7, 2 / 7, 0, 1 / 7, 3 / 7))
    assert found.hung_up == pytest.approx(1 / 7)


def test_who_comes_after_the_last_opening_is_left_aside(came: Came) -> None:
    """Of three who mail while closed, the last comes on a Friday night: nobody knows how long that takes."""
    closed, later = {"mail": ~daily(9, 17)}, opens_later({"mail": daily(9, 17)})
    assert came.coming(closed).contacts == pytest.approx(4 / 4)
    assert came.became(closed, later).nine == pytest.approx(3 * HOUR)
    assert came.became(closed, {"mail": np.ones(1344, bool)}).nine == pytest.approx(52 * HOUR)


def test_few_contacts_have_no_waits() -> None:
    few = Came(service_of(ROWS, np.stack([daily(9, 17)] * 2)))
    found = few.became(NEW, opens_later({"mail": daily(9, 17), "phone": daily(9, 17)}))
    assert isnan(found.median)
    assert isnan(found.lost)


def test_pairs_are_the_same_contacts_whatever_becomes_of_them(came: Came) -> None:
    other = [(*row[:4], row[3], row[3], ANSWERED) for row in reversed(ROWS)]
    paired = Came(service_of(other, np.stack([daily(7, 17)] * 2)))
    assert same_contacts(paired, came, NEW)
    fewer = Came(service_of(other[1:-1], np.stack([daily(7, 17)] * 2)))
    assert not same_contacts(fewer, came, NEW)


def test_hours_a_week() -> None:
    assert hours_a_week(NEW, 2) == 10.0
    assert hours_a_week({}, 2) == 0.0


def test_tickets_stand_beside_the_simulation() -> None:
    """Of a history that tells first replies, the row of those who came while closed."""
    told = {"left_out": [2, 2], "first_day": [date(2026, 1, 5)] * 2, "last_day": [date(2026, 3, 1)] * 2}
    told |= {"queue": ["mail"] * 2, "arrived": ["open", "closed"]}
    kept = pd.DataFrame({**told, "kept": [0.9, 0.25], "contacts": [80, 1240]})
    queues = service_of(ROWS, np.ones((2, 1344), bool)).queues
    first = SimpleNamespace(plan=SimpleNamespace(scenario=SimpleNamespace(queues=queues)))
    history = SimpleNamespace(panels=SimpleNamespace(kept=kept))
    found = tickets_of(history, first)  # type: ignore[arg-type]  # all that is looked at of both
    assert list(found) == ["mail"]
    assert (found["mail"].kept, found["mail"].contacts) == (0.25, 1240)
    became = Became(2 * HOUR, 14 * HOUR, 0.1, 0.0, 0.0, 0.2, 0.7, 0.0)
    lines = [
        TodayLine(name, "Desk", 128.0, Coming(31.2, 25, 38, 0.4), became, found.get(name))
        for name in ("", "mail")
    ]
    whole, mail = (str(line) for line in today_words(lines))
    assert whole == (
        "today (Desk): 31 (25 to 38) contacts a week come while their queue is closed, 40 % of all; of those "
        "answered half have an answer within 2 h, 9 of 10 within 14 h; 70 % wait in their queue, 20 % are "
        "sent to another queue, 10 % are lost"
    )
    assert mail.endswith(
        "by tickets of 2026-01-05 to 2026-03-01, 25 % of 1,240 who came while closed had a reply within the "
        "promise (90% within 2 h)"
    )
    assert lines[1].lost_a_week == pytest.approx(3.12)
    assert "no queue ever closes" in str(today_words([])[0])
    none = SimpleNamespace(panels=SimpleNamespace(kept=None))
    assert tickets_of(none, first) == {}  # type: ignore[arg-type]  # as above


def test_blocks_in_words() -> None:
    always = np.ones(1344, dtype=bool)
    assert hours_text(daily(7, 9), MONDAY, ZONE) == "Mon–Fri 07:00–09:00"
    assert hours_text(always, MONDAY, ZONE) == "every day 00:00–24:00"
    assert hours_text(daily(7, 9) | daily(20, 24), MONDAY, ZONE) == "Mon–Fri 07:00–09:00 and 20:00–24:00"
    weekend = np.repeat([d % 7 >= 5 for d in range(14)], 96)
    assert block_text({"mail": weekend, "phone": weekend}, MONDAY, ZONE) == (
        "mail, phone: Sat, Sun 00:00–24:00 (Europe/Lisbon)"
    )
    assert block_text({"mail": ~always}, MONDAY, ZONE) == ""
    # A holiday on one of two Tuesdays: what is as frequent and longer is usual, the other day is told.
    holiday = daily(7, 9).copy()
    holiday[96:192] = False
    assert hours_text(holiday, MONDAY, ZONE) == "Mon–Fri 07:00–09:00; not on 2026-06-02"
    only = np.zeros(1344, dtype=bool)
    only[96 * 8 :][:96] = daily(7, 9)[:96]
    assert hours_text(only, MONDAY, ZONE) == "Tue 07:00–09:00; not on 2026-06-02"


@given(st.lists(st.booleans(), min_size=96 * 2, max_size=96 * 2))
def test_spans_hold_every_quarter_once(quarters: list[bool]) -> None:
    by_day = spans_by_day(np.array(quarters), MONDAY, ZONE)
    assert sorted(by_day) == [date(2026, 6, 1), date(2026, 6, 2)]
    again = [
        any(begin <= 15 * q < end for begin, end in spans)
        for _, spans in sorted(by_day.items())
        for q in range(96)
    ]
    assert again == quarters


def test_hours_on_days_when_the_clocks_change() -> None:
    """A whole day stays a whole day in words, whether it has 23 hours or 25."""
    for day, quarters in (("2026-03-29", 92), ("2026-10-25", 100)):
        first = quarter_of(to_utc(day, "00:00", ZONE))
        assert spans_by_day(np.ones(quarters, bool), first, ZONE) == {date.fromisoformat(day): ((0, 1440),)}


def shift(agent: str, day: int, start: int, hours: int) -> Shift:
    at = datetime(2026, 6, day, tzinfo=UTC) + timedelta(hours=start)
    return Shift(at, agent, at + timedelta(hours=hours), date(2026, 6, day), "day", "UTC")


def test_what_is_asked_of_people() -> None:
    """Today 9 to 17; the stage has two starts at 7, an end at 19, a night, and a weekend of two days."""
    site = Site("here", "UTC", night=(1320, 420))
    people = [Agent(name, "here", "UTC", {"en": None}) for name in "ABC"]
    partner = Agent("P", "here", "UTC", {"en": None}, outside=True)
    scenario = SimpleNamespace(team=Team((*people, partner), (site,)), days=14)

    def made(*shifts: Shift) -> SimpleNamespace:
        rota = Rota("desk", date(2026, 6, 1), 14, ("A", "B", "C", "P"), tuple(sorted(shifts)))
        return SimpleNamespace(rota=rota, scenario=scenario)

    today = made(shift("A", 1, 9, 8))
    stage = made(
        shift("A", 1, 7, 8),
        shift("A", 2, 7, 8),
        shift("B", 1, 11, 8),
        shift("B", 3, 22, 8),
        shift("C", 6, 9, 8),
        shift("C", 7, 9, 8),
        shift("P", 6, 0, 8),
    )
    found = carried(stage, today)  # type: ignore[arg-type]  # all that is looked at of a plan
    month = 365.25 / 12 / 14
    assert found.day == (540, 1020)
    assert found.early == Load(2 * month, 2 * month, 1)
    assert found.late == Load(month, month, 1)
    assert found.nights == Load(month, month, 1)
    assert found.weekends == Load(month, month, 1)
    nothing = carried(made(shift("P", 6, 0, 8)), made())  # type: ignore[arg-type]  # as above
    assert nothing.early == nothing.weekends == Load()
    assert nothing.day == (420, 1320)
