"""Rotations as nouns: dated on each clock, as text and back, and judged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import RotaFileError
from planner.people import Agent
from planner.rota import (
    Block,
    Forbidden,
    Rotation,
    RotationTerms,
    ShiftType,
    check_rotation,
    dated_rota,
    pattern_csv,
    pattern_text,
    read_pattern,
    week_of,
    wished,
)

NIGHT, DAY = ShiftType("N", (1320,), 480), ShiftType("D", (480, 540), 540, break_minutes=60)
WEEKS = (
    ("D", "D", "D", "D", "D", "", ""),
    ("", "", "", "", "", "N", "N"),
    ("N", "N", "N", "N", "N", "", ""),
)
THREE = Rotation(("D", "N"), WEEKS)


def people(*names: str, zone: str = "Europe/Rome") -> list[Agent]:
    return [Agent(name, "", zone, {}) for name in names]


def test_everyone_walks_the_same_weeks_each_from_another() -> None:
    rota = dated_rota(THREE, people("A", "B", "C"), [NIGHT, DAY], date(2026, 6, 1), 21)
    for day in range(21):
        on = sorted(shift.name for shift in rota.shifts if (shift.day - rota.first_day).days == day)
        expected = sorted(week[day % 7] for week in WEEKS if week[day % 7])
        assert on == expected
    first, second = ([s.name for s in rota.tour(name) if s.day >= date(2026, 6, 8)] for name in "AB")
    assert first[:2] == ["N", "N"]
    assert second[:5] == ["N"] * 5


def test_nights_at_clock_changes() -> None:
    """Rome, 28 March and 24 October 2026: seven and nine hours, still from 22:00 to 06:00 on the wall."""
    week = Rotation(("N",), (("N",) * 7,))
    for first, hours in ((date(2026, 3, 23), [8, 8, 8, 8, 8, 7, 8]), (date(2026, 10, 19), [8] * 5 + [9, 8])):
        rota = dated_rota(week, people("A"), [NIGHT], first, 7)
        assert [shift.elapsed_minutes / 60 for shift in rota.shifts] == hours


def test_first_day_in_mid_week_and_several_starts() -> None:
    rota = dated_rota(THREE, people("A"), [DAY, NIGHT], date(2026, 6, 3), 5, "x", {"D": 540})
    assert [(shift.day.day, shift.start.hour) for shift in rota.shifts] == [(3, 7), (4, 7), (5, 7)]
    assert rota.shifts[0].break_start is not None
    assert week_of(THREE, 0, date(2026, 6, 3), date(2026, 6, 7)) == 0
    assert week_of(THREE, 0, date(2026, 6, 3), date(2026, 6, 8)) == 1


def test_two_people_in_a_week() -> None:
    rota = dated_rota(THREE, people("A", "B", "C", "D", "E", "F"), [DAY, NIGHT], date(2026, 6, 1), 7)
    assert [s.name for s in rota.tour("A")] == [s.name for s in rota.tour("D")]
    assert len(rota.shifts) == 2 * 12


def test_closed_days_stay_free() -> None:
    shut = ShiftType("N", (1320,), 480, not_on=frozenset({("Europe/Rome", date(2026, 6, 2))}))
    rota = dated_rota(Rotation(("N",), (("N",) * 7,)), people("A"), [shut], date(2026, 6, 1), 7)
    assert [shift.day.day for shift in rota.shifts] == [1, 3, 4, 5, 6, 7]


@given(st.lists(st.tuples(*[st.sampled_from(["", "D", "=N", "Late shift"])] * 7), min_size=1, max_size=6))
def test_csv_is_read_back(weeks: list[tuple[str, ...]]) -> None:
    rotation = Rotation(("D", "=N", "Late shift"), tuple(weeks))
    assert read_pattern(pattern_csv(rotation), rotation.shifts) == rotation


def test_hand_made_csv() -> None:
    text = "\ufeffMon,Tue,Wed,Thu,Fri,Sat,Sun\nd,d,off,-,FREE,n,\n"
    assert read_pattern(text, ("D", "N")).pattern == (("D", "D", "", "", "", "N", ""),)


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("", ["columns missing: mon, tue, wed, thu, fri, sat, sun"]),
        ("mon,tue,wed,thu,fri,sat\nD,D,D,D,D,D\n", ["columns missing: sun"]),
        ("mon,tue,wed,thu,fri,sat,sun\n", [":2: the week is empty"]),
        ("mon,tue,wed,thu,fri,sat,sun\n,,,,,,\nX,D,Y,,,,\n", [":2: ", ':3: mon: "X"', ':3: wed: "Y"']),
    ],
)
def test_mistakes_have_their_rows(text: str, mistakes: list[str]) -> None:
    with pytest.raises(RotaFileError) as caught:
        read_pattern(text, ("D", "N"))
    assert len(caught.value.messages) == len(mistakes)
    for message, part in zip(caught.value.messages, mistakes, strict=True):
        assert part in str(message)


def test_a_week_of_days_off_is_a_row_of_dashes() -> None:
    rotation = Rotation(("D",), (("D",) * 7, ("",) * 7))
    assert pattern_text(rotation).splitlines()[2].split() == ["2", *"-------"]
    text = pattern_csv(rotation).replace("2,,,,,,,", "2,-,-,-,-,-,-,-")
    assert read_pattern(text, ("D",)) == rotation


POSTS = ((1, 1, 1, 1, 1, 0, 0), (1, 1, 1, 1, 1, 1, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"posts": ((2, 1, 1, 1, 1, 0, 0), POSTS[1])}, ["mon: 1 people on D, 2 needed"]),
        ({"posts": ((0, 1, 1, 1, 1, 0, 0), POSTS[1])}, ["mon: 1 people on D, 0 wanted"]),
        ({"work": (1, 6)}, ["week 2 sat: 7 days of work in a row, at most 6"]),
        ({"work": (6, None)}, ["week 1 mon: 5 days of work in a row, at least 6"]),
        ({"days_off": (3, None)}, ["week 3 sat: 2 days off in a row, at least 3"]),
        ({"days_off": (1, 6)}, ["week 1 sat: 7 days off in a row, at most 6"]),
        ({"blocks": (Block(("N",), 1, 3),)}, ["week 2 sat: 7 days on N in a row, at most 3"]),
        ({"blocks": (Block(("D", "N"), 6),)}, ["week 1 mon: 5 days on D or N in a row, at least 6"]),
        ({"forbidden": (Forbidden("N", "D", 2),)}, ["week 3 fri: N is followed by D after 2 days off"]),
        ({"forbidden": (Forbidden("N", "D", 1), Forbidden("N", "D"))}, []),
        ({"free_weekends": (1, 2)}, []),
        ({"free_weekends": (2, 2)}, ["weeks 1 and on: 1 free", "weeks 2 and on: 1 free"]),
        ({"days_off_together": 5}, ["week 1: no 5 days", "week 3: no 5 days"]),
        ({"shifts_a_week": (3, 5)}, ["week 2: 2 days of work, at least 3"]),
        ({"windows": ((6, 7),)}, ["week 2 sat: 7 days of work in 7 days, at most 6"]),
    ],
)
def test_the_judge(change: dict[str, object], said: list[str]) -> None:
    terms = RotationTerms(**{"shifts": ("D", "N"), "posts": POSTS, **change})  # type: ignore[arg-type]
    found = [str(message) for message in check_rotation(THREE, terms)]
    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence


def test_work_without_end() -> None:
    terms = RotationTerms(("D",), ((1,) * 7,), work=(1, 6))
    endless = Rotation(("D",), (("D",) * 7,))
    assert [str(message) for message in check_rotation(endless, terms)] == [
        "days of work without end, at most 6"
    ]
    assert check_rotation(endless, RotationTerms(("D",), ((1,) * 7,), work=(9, None))) == ()


def test_wishes_are_counted_around_the_circle() -> None:
    terms = RotationTerms(("D", "N"), ((1,) * 7, (0,) * 7), exactly=False)
    rotation = Rotation(("D", "N"), (("D", "", "N", "D", "N", "", "D"),))
    found = wished(rotation, terms)
    assert (found.extra, found.worked_weekend, found.single_day_off, found.backward) == (-2, 1, 2, 2)
