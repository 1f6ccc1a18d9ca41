"""Every column of rota.csv, counted again minute by minute on the wall clock."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import PublicHolidays
from planner.people import Agent, Site, Team
from planner.rota import ROTA_COLUMNS, Rota, Shift, pay_terms, read_rota, rota_frame

# Clocks with whole and half hours, with days before a change of theirs or a public holiday.
PLACES = {
    "Europe/Rome": ("Rome", (date(2026, 3, 27), date(2026, 10, 23), date(2026, 4, 4), date(2026, 12, 24))),
    "Asia/Kolkata": ("IN", (date(2026, 8, 14),)),
    "Australia/Lord_Howe": ("AU", (date(2026, 4, 3), date(2026, 10, 2))),
    "America/St_Johns": ("CA", (date(2026, 3, 6), date(2026, 10, 30))),
    "Africa/Cairo": ("EG", (date(2026, 4, 23), date(2026, 10, 28))),
}
NIGHTS = ((1320, 360), (1380, 420), (1200, 1290))
SHARES = st.sampled_from((None, 0.0, 0.15, 0.5))
HOURS = ("elapsed_hours", "paid_hours", "night_hours", "sunday_hours", "holiday_hours")


@st.composite
def rotas(draw):
    """Two people at two sites, each with some duties of any minutes; and what an hour costs."""
    zones = draw(st.lists(st.sampled_from(sorted(PLACES)), min_size=2, max_size=2, unique=True))
    sites = tuple(
        Site(f"at {zone}", zone, PLACES[zone][0], night=draw(st.sampled_from(NIGHTS)),
             night_premium=draw(SHARES), sunday_premium=draw(SHARES),
             premiums=draw(st.sampled_from(("add up", "highest"))))
        for zone in zones
    )  # fmt: skip
    names = ("Zoë", "=Ana")
    agents = tuple(
        Agent(name, site.name, site.zone, {"it": None, "en": None}, frozenset({"b", "a"}),
              cost_per_hour=17.35, payroll_id="00123")
        for name, site in zip(names, sites, strict=True)
    )  # fmt: skip
    shifts = [draw(duties(agent)) for agent in agents for _ in range(draw(st.integers(1, 3)))]
    holiday = {site.name: draw(SHARES) for site in sites}
    shifts.sort(key=lambda shift: (shift.start, shift.agent, shift.end))
    rota = Rota("desk", min(shift.day for shift in shifts), 30, names, tuple(shifts))
    return rota, Team(agents, sites), holiday


@st.composite
def duties(draw, agent):
    day = draw(st.sampled_from(PLACES[agent.zone][1]))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 4000)))
    length = draw(st.one_of(st.integers(1, 1700), st.sampled_from((420, 480, 540))))
    rest = draw(st.integers(0, min(90, length - 1)))
    begins = start + timedelta(minutes=draw(st.integers(0, length - rest))) if draw(st.booleans()) else None
    own = start.astimezone(ZoneInfo(agent.zone)).date()
    kind, share = draw(st.sampled_from((("work", 1.0), ("on_call", 0.15), ("training", 1.0))))
    return Shift(start, agent.name, start + timedelta(minutes=length), own, "late", agent.zone, kind,
                 begins if rest else None, rest, "locked", share, kind != "on_call")  # fmt: skip


def recount(shift: Shift, site: Site) -> dict[str, list[bool]]:
    """Which of a duty's minutes are of which kind."""
    opens, closes = site.night
    days, found = PublicHolidays(site.public_holidays), defaultdict(list)
    for number in range(shift.elapsed_minutes):
        local = (shift.start + timedelta(minutes=number)).astimezone(ZoneInfo(site.zone))
        minute = 60 * local.hour + local.minute
        past = opens > closes
        inside = (minute >= opens or minute < closes) if past else opens <= minute < closes
        found["night"].append(inside)
        found["sunday"].append(local.isoweekday() == 7)
        found["holiday"].append(days.name_of(local.date()) is not None)
    return found


def premium_cents(
    shift: Shift, kinds: dict[str, list[bool]], shares: dict[str, float | None], highest: bool
) -> int:
    each = []
    for number in range(shift.elapsed_minutes):
        due = [Fraction(str(shares[kind] or 0)) for kind in shares if kinds[kind][number]]
        each.append(max(due, default=Fraction(0)) if highest else sum(due, Fraction(0)))
    paid = sum(sorted(each)[shift.break_minutes :], Fraction(0))
    return floor(Fraction(1735, 60) * Fraction(str(shift.pay_share)) * paid + Fraction(1, 2))


@given(rotas())
@settings(max_examples=60)
def test_every_column(made):
    rota, team, holiday = made
    frame = rota_frame(rota, team, pay_terms(team, holiday), rota_version=3)
    rows = frame.to_dict("records")
    order = sorted(rota.shifts, key=lambda shift: (shift.start, shift.agent, shift.end))
    assert len({row["shift_id"] for row in rows}) == len(rows) == len(order)
    for shift, row in zip(order, rows, strict=True):
        agent = team.agent(shift.agent)
        site, zone = team.site_of(agent), ZoneInfo(agent.zone)
        kinds = recount(shift, site)
        begins, ends = shift.start.astimezone(zone), shift.end.astimezone(zone)
        shares = {"night": site.night_premium, "sunday": site.sunday_premium, "holiday": holiday[site.name]}
        unknown = any(share is None and any(kinds[kind]) for kind, share in shares.items())
        cents = premium_cents(shift, kinds, shares, site.premiums == "highest")
        every = (shift.start + timedelta(minutes=n) for n in range(shift.elapsed_minutes))
        touched = dict.fromkeys(at.astimezone(zone).date() for at in every)
        names = [PublicHolidays(site.public_holidays).name_of(day) for day in touched]
        assert row == {
            "schema_version": 1,
            "scenario": "desk",
            "rota_version": 3,
            "shift_id": row["shift_id"],
            "agent": agent.name,
            "payroll_id": "00123",
            "site": site.name,
            "zone": agent.zone,
            "day": begins.date().isoformat(),
            "shift": "late",
            "kind": shift.kind,
            "start_local": begins.isoformat(),
            "end_local": ends.isoformat(),
            "start_utc": f"{shift.start:%Y-%m-%dT%H:%M:%SZ}",
            "end_utc": f"{shift.end:%Y-%m-%dT%H:%M:%SZ}",
            "break_starts_utc": f"{shift.break_start:%Y-%m-%dT%H:%M:%SZ}" if shift.break_start else "",
            "break_minutes": shift.break_minutes,
            "elapsed_hours": round(shift.elapsed_minutes / 60, 4),
            "paid_hours": round((shift.elapsed_minutes - shift.break_minutes) / 60, 4),
            "night_hours": round(sum(kinds["night"]) / 60, 4),
            "sunday_hours": round(sum(kinds["sunday"]) / 60, 4),
            "holiday_hours": round(sum(kinds["holiday"]) / 60, 4),
            "holiday": "; ".join(name for name in names if name),
            "premium_cost": "" if unknown else f"{cents / 100:.2f}",
            "languages": "it en",
            "team": "a b",
            "status": "locked",
            "note": "",
        }


@given(rotas())
@settings(max_examples=60)
def test_rows_of_a_split_rota_add_up(made):
    rota, team, holiday = made
    terms = pay_terms(team, holiday)
    wholes = rota_frame(rota, team, terms).to_dict("records")
    by_id = defaultdict(list)
    for row in rota_frame(rota, team, terms, split=True).to_dict("records"):
        by_id[row["shift_id"]].append(row)
    assert list(by_id) == [row["shift_id"] for row in wholes]
    other = (
        "day start_local end_local start_utc end_utc break_starts_utc break_minutes holiday premium_cost note"
    )
    same = set(ROTA_COLUMNS) - {*HOURS, *other.split()}
    for whole in wholes:
        parts = by_id[whole["shift_id"]]
        assert all(part[column] == whole[column] for part in parts for column in same)
        for column in HOURS:
            assert min(part[column] for part in parts) >= 0
            assert round(sum(part[column] for part in parts), 4) == whole[column]
        assert sum(part["break_minutes"] for part in parts) == whole["break_minutes"]
        if whole["break_starts_utc"]:
            begins = datetime.fromisoformat(whole["break_starts_utc"])
            over = begins + timedelta(minutes=whole["break_minutes"])
            for part in parts:
                start, end = (datetime.fromisoformat(part[side]) for side in ("start_utc", "end_utc"))
                inside = max(timedelta(), min(end, over) - max(start, begins))
                assert timedelta(minutes=part["break_minutes"]) == inside
                told = f"{max(start, begins):%Y-%m-%dT%H:%M:%SZ}" if inside else ""
                assert part["break_starts_utc"] == told
        else:
            assert {part["break_starts_utc"] for part in parts} == {""}
        assert "; ".join(part["holiday"] for part in parts if part["holiday"]) == whole["holiday"]
        assert (parts[0]["start_utc"], parts[-1]["end_utc"]) == (whole["start_utc"], whole["end_utc"])
        for part, after in pairwise(parts):
            assert part["end_utc"] == after["start_utc"]
        days = [part["day"] for part in parts]
        assert days == sorted(set(days))
        for part in parts:
            # Within one local day: the last second before its end is of the day on which it starts.
            last = datetime.fromisoformat(part["end_utc"]) - timedelta(seconds=1)
            assert part["start_local"][:10] == part["day"]
            assert last.astimezone(ZoneInfo(part["zone"])).date().isoformat() == part["day"]
        if all(part["premium_cost"] for part in parts):
            assert sum(round(float(p["premium_cost"]) * 100) for p in parts) == round(
                float(whole["premium_cost"]) * 100
            )
        else:
            assert whole["premium_cost"] == ""
        many = len(parts) > 1
        assert [p["note"] for p in parts] == (
            [f"{n} of {len(parts)}" for n in range(1, len(parts) + 1)] if many else [""]
        )


def cases(shared) -> list[dict[str, str]]:
    found = json.loads((shared / "data" / "time" / "time_cases.json").read_text(encoding="utf-8"))
    return [case for case in found if case["kind"] == "shift"]


def test_shifts_of_the_reference(shared, tmp_path):
    """Wall clocks of the reference as a hand-made file: its instants and hours, and in rows for each day."""
    for case in cases(shared):
        ends_on = date.fromisoformat(case["date"]) + timedelta(days=case["end"] <= case["start"])
        team = Team((Agent("Ana", "x", case["zone"], {}),), (Site("x", case["zone"]),))
        path = tmp_path / "rota.csv"
        path.write_text(
            "agent,start_local,end_local\n"
            f"Ana,{case['date']} {case['start']},{ends_on} {case['end']}\n",
            encoding="utf-8",
        )  # fmt: skip
        rota = read_rota(path, team)
        [row] = rota_frame(rota, team).to_dict("records")
        told = [datetime.fromisoformat(case[side]) for side in ("start_utc", "end_utc")]
        assert [datetime.fromisoformat(row[side]) for side in ("start_utc", "end_utc")] == told, case["id"]
        assert [datetime.fromisoformat(row[side]) for side in ("start_local", "end_local")] == told, case[
            "id"
        ]
        assert row["elapsed_hours"] == case["elapsed_h"], case["id"]
        parts = rota_frame(rota, team, split=True)
        assert round(parts["elapsed_hours"].sum(), 4) == case["elapsed_h"], case["id"]


@pytest.mark.parametrize(
    ("day", "hours", "split"), [("2026-03-28", 7.0, [2.0, 5.0]), ("2026-10-24", 9.0, [2.0, 7.0])]
)
def test_nights_of_seven_and_nine_hours(day, hours, split, team, shift_at):
    night = shift_at("Anna", f"{day} 22:00", f"{date.fromisoformat(day) + timedelta(days=1)} 06:00")
    rota = Rota("x", night.day, 1, ("Anna",), (night,))
    [whole] = rota_frame(rota, team, pay_terms(team)).to_dict("records")
    assert [whole[column] for column in HOURS] == [hours, hours, hours, hours - 2, 0]
    parts = rota_frame(rota, team, pay_terms(team), split=True)
    assert list(parts["night_hours"]) == list(parts["paid_hours"]) == split
    assert list(parts["sunday_hours"]) == [0, split[1]]


def test_without_terms_there_are_no_premiums(team, shift_at):
    rota = Rota(
        "x", date(2026, 3, 28), 1, ("Anna",), (shift_at("Anna", "2026-03-28 22:00", "2026-03-29 06:00"),)
    )
    assert list(rota_frame(rota, team, split=True)["premium_cost"]) == ["", ""]
