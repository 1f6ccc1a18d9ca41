"""The rota as changes of duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from planner.clock import quarter_of
from planner.service import ServiceSettings
from planner.service.duty import Duty, changes_of, duties_of
from planner.service.rows import AWAY, BREAK, END, ON


def read(small, chosen: ServiceSettings | None = None) -> tuple[Duty, ...]:
    people = {name: a for a, name in enumerate(small.people)}
    return duties_of(
        small.rota, people, small.volumes.first_quarter, small.days * 96, chosen or ServiceSettings()
    )


def story(changes) -> list[tuple[float, int, int]]:
    return [
        (at / 900, int(of), int(what))
        for at, of, what in zip(changes.at, changes.of, changes.what, strict=True)
    ]


def test_a_shift_with_a_break(shop, duties):
    small = shop(people={"Ana": {"en": None}}, shifts=[duties("Ana", 0, 8, 16, 12, 20)])
    changes = changes_of(read(small), ["Ana"], 96, ServiceSettings(), 0)
    # A break of 20 minutes takes two quarter-hours.
    assert story(changes) == [(32, 0, ON), (48, 0, BREAK), (50, 0, ON), (64, 0, END)]


def test_a_break_at_the_very_end_is_the_end(shop, duties):
    small = shop(people={"Ana": {"en": None}}, shifts=[duties("Ana", 0, 8, 16, 15.5, 30)])
    assert story(changes_of(read(small), ["Ana"], 96, ServiceSettings(), 0)) == [(32, 0, ON), (62, 0, END)]


def test_people_are_there_in_whole_quarter_hours(shop, duties):
    shift = duties("Ana", 0, 8 + 1 / 12, 16 + 1 / 12)
    small = shop(people={"Ana": {"en": None}}, shifts=[shift])
    assert story(changes_of(read(small), ["Ana"], 96, ServiceSettings(), 0)) == [(33, 0, ON), (64, 0, END)]


def test_shifts_are_cut_at_the_ends_of_the_period(shop, duties):
    small = shop(
        people={"Ana": {"en": None}}, shifts=[duties("Ana", -1, 22, 30), duties("Ana", 0, 22, 30)], days=1
    )
    assert story(changes_of(read(small), ["Ana"], 96, ServiceSettings(), 0)) == [
        (0, 0, ON),
        (24, 0, END),
        (88, 0, ON),
        (96, 0, END),
    ]


def test_only_work_of_the_team_answers_customers(shop, duties):
    shift = duties("Ana", 0, 8, 16)
    others = [replace(shift, kind=kind) for kind in ("on_call", "training", "meeting")]
    assert read(shop(shifts=[*others, replace(shift, agent="Zoe")])) == ()


def test_the_absent_shift_is_the_one_that_starts_on_that_day(shop, duties):
    shifts = [duties("Ana", 0, 22, 30), duties("Ana", 1, 22, 30)]
    small = shop(shifts=shifts)
    left = read(small, ServiceSettings(absent=("Ana", small.rota.first_day + timedelta(days=1))))
    assert [duty.start for duty in left] == [quarter_of(shifts[0].start) - small.volumes.first_quarter]


def test_surprises_stay_with_person_and_time_when_the_rota_changes(shop, duties):
    chosen = ServiceSettings(busy_inside_shift=0.3)
    long, short = (
        changes_of((Duty(0, 0, 0, end), Duty(1, 0, 0, 40)), ["Ana", "Bruno"], 96, chosen, 0)
        for end in (40, 20)
    )

    def away(changes, person):
        return changes.at[(changes.what == AWAY) & (changes.of == person)]

    assert np.array_equal(away(long, 1), away(short, 1))
    assert np.array_equal(away(long, 0)[away(long, 0) < 18000], away(short, 0))
