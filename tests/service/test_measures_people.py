"""Occupancy per person and site, escalations per shift, figures by day, worst hours of the week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.demand import Promise, Queue
from planner.people import Agent, Site, Skills, Team
from planner.requirement import RoleNeed
from planner.rota import Rota
from planner.service import (
    Outcome,
    ServiceSettings,
    busy_chance,
    by_day,
    escalations,
    occupancy,
    occupancy_frame,
    quiet_hours,
    service_frame,
    worst_hours,
)

NAN = float("nan")
A = Outcome.ANSWERED
PHONE = Queue("phone", "phone", "en", 300.0, Promise(0.8, 20.0))
HOUR = 3600.0


class TestOccupancy:
    def test_hours_add_up_to_the_time_on_duty(self, shop):
        world = shop()
        service = world.live()
        frame = occupancy_frame(service, world.rota, world.team)
        assert frame.agent.tolist() == ["", "Ana", "Ben", "Cleo"]
        assert frame.site.unique().tolist() == ["Lisbon"]
        hours = frame.handling_hours + frame.waiting_hours + frame.off_contact_hours
        # Nine hours a day without the break; calls under way at the end of a shift come on top.
        assert hours[1:].tolist() == pytest.approx([63.0] * 3, rel=0.02)
        assert frame.off_contact_hours.max() < 1.0
        assert hours[0] == pytest.approx(hours[1:].sum())
        assert frame.occupancy[0] == pytest.approx(occupancy(service, "phone"))
        busiest = frame.handling_hours[1] / (frame.handling_hours[1] + frame.waiting_hours[1])
        assert frame.occupancy[1] == pytest.approx(busiest)

    def test_overtime_after_closing_is_no_occupancy(self, shop, open_hours):
        world = shop(opening={q: open_hours(9, 17) for q in ("phone", "email")})
        service = world.live()
        after = np.any(service.handling, axis=0) & ~np.any(service.open_, axis=0).reshape(-1, 2).any(axis=1)
        assert after.any(), "somebody finishes a call after the end"
        frame = service_frame(service, "UTC", fewest=1).set_index("queue").loc["phone"]
        total = frame[frame["weekday"] == ""].set_index("arrived")["occupancy"]
        assert np.isnan(total["closed"])
        assert 0 < total["open"] < 1
        by_hour = frame[frame["weekday"] != ""]
        shut = ~by_hour["hour"].between(9, 16).to_numpy(dtype=bool)
        assert by_hour["occupancy"][shut].isna().all()
        assert by_hour["occupancy"][~shut].notna().all()

    def test_spells_away_are_off_contact(self, shop):
        world = shop()
        service = world.live(ServiceSettings(replications=10, busy_inside_shift=0.2))
        frame = occupancy_frame(service, world.rota, world.team)
        assert frame.off_contact_hours[1:].tolist() == pytest.approx([0.2 * 63] * 3, rel=0.15)

    def test_sites_stand_apart_and_people_without_a_shift_are_left_out(self, shop, duties):
        world = shop(shifts=[duties("Ana", 0, 8, 16), duties("Ben", 0, 8, 16)])
        sites = {"Ana": "Lisbon", "Ben": "Rome", "Cleo": "Rome"}
        team = Team(
            tuple(Agent(name, sites[name], "UTC", {"en": None}) for name in sites),
            (Site("Lisbon", "UTC"), Site("Rome", "UTC")),
        )
        frame = occupancy_frame(world.live(), world.rota, team)
        assert list(zip(frame.agent, frame.site, strict=True)) == [
            ("", "Lisbon"),
            ("", "Rome"),
            ("Ana", "Lisbon"),
            ("Ben", "Rome"),
        ]

    def test_an_empty_rota_has_nobody(self, shop):
        world = shop(shifts=[])
        assert len(occupancy_frame(world.live(), world.rota, world.team)) == 0


class TestEscalations:
    @pytest.fixture
    def on_call(self, hand_made, duties):
        """Two lives; a contact at each half hour of the first day; Ana on call 0–12, Ben 6–12 with her."""
        rows = [(life, 0, (n + 0.5) * HOUR, NAN, NAN, NAN, 1, 1) for life in (0, 1) for n in range(24)]
        service = hand_made([PHONE], rows)
        monday = service.first_quarter * 900
        shifts = [
            replace(duties("Ana", 0, 0, 12), kind="on_call"),
            replace(duties("Ben", 0, 6, 12), kind="on_call"),
            duties("Ben", 0, 12, 20),
        ]
        back = shifts[0].start - pd.Timestamp(monday, unit="s", tz="UTC").to_pydatetime()
        moved = [replace(s, start=s.start - back, end=s.end - back) for s in shifts]
        rota = Rota("small", moved[0].day, 14, ("Ana", "Ben"), tuple(sorted(moved)))
        table = Skills({"engineer": frozenset({"Ana", "Ben"})}, {"engineer": "on_call"})
        return service, rota, table

    def test_shares_the_cases_among_those_on_call(self, on_call):
        service, rota, table = on_call
        role = RoleNeed("engineer", share=0.5, handle_seconds=1800.0)
        frame = escalations(service, rota, table, [role])
        assert frame.agent.tolist() == ["Ana", "Ben"]
        assert frame.hours.tolist() == [12.0, 6.0]
        assert frame.contacts.tolist() == [12.0, 6.0]
        assert frame.escalations.tolist() == [0.5 * 6 + 0.5 * 3, 0.5 * 3]
        loads = [4.5 * 1800 / (12 * HOUR), 1.5 * 1800 / (6 * HOUR)]
        assert frame.busy_chance.tolist() == pytest.approx([a / (1 + a) for a in loads])

    def test_a_role_without_a_share_is_silent(self, on_call):
        service, rota, table = on_call
        assert len(escalations(service, rota, table, [RoleNeed("engineer")])) == 0

    def test_one_person_is_busy_as_erlang_b_says(self):
        from planner.requirement import erlang_b

        for load in (0.0, 0.1, 1.0, 7.5):
            assert busy_chance(load) == pytest.approx(erlang_b(load, 1))


def test_days_are_local(hand_made):
    """23:30 UTC is the next day in Lisbon's summer."""
    rows = [(0, 0, at * HOUR, at * HOUR + 10, at * HOUR + 300, NAN, A, 1) for at in (12, 22.5, 23.5)]
    frame = by_day(hand_made([PHONE], rows), "Europe/Lisbon", fewest=1)
    came = frame[frame.contacts > 0].set_index("day")
    assert came.contacts.tolist() == [1.0, 0.5]
    assert came.kept_share.tolist() == [1.0, 1.0]
    assert len(frame) == 15


class TestWorstHours:
    @pytest.fixture
    def frame(self, hand_made):
        """Monday 9:00 keeps half, Tuesday 14:00 a quarter; Sunday 3:00 has three late contacts only."""
        rows = []
        for start, count, good in ((9, 40, 20), (38, 40, 10), (147, 3, 0), (12, 40, 40)):
            for n in range(count):
                at = start * HOUR + n
                wait = 10 if n < good else 100 + n
                rows.append((n % 2, 0, at, at + wait, at + wait + 300, NAN, A, 1))
        return service_frame(hand_made([PHONE], rows), "UTC")

    def test_ranked_and_named(self, frame):
        worst = worst_hours(frame)
        named = list(zip(worst.weekday, worst.hour, worst.kept_share, strict=True))
        assert named == [("tue", 14, 0.25), ("mon", 9, 0.5)]
        assert worst.contacts_per_week.tolist() == [10.0, 10.0]
        assert worst.wait_p90_seconds[0] > 100
        assert len(worst_hours(frame, most=1)) == 1

    def test_low_counts_are_counted_not_ranked(self, frame):
        assert quiet_hours(frame) == 1
        assert quiet_hours(frame, "phone") == 1
        assert len(worst_hours(frame, "nobody")) == 0
        sunday = frame[(frame.weekday == "sun") & (frame.hour == 3)].iloc[0]
        assert np.isnan(sunday.kept_share)
        assert sunday.contacts_per_week == 3 / 4
