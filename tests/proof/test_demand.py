"""Forecasts of made worlds against their truth, and planted faults that these checks must notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from planner.clock import OpeningHours, OpeningLine, PublicHolidays
from planner.demand import DemandCalendar, Driver, Event, ForecastAsks, OpenSince, Override, Ramp, unit_band

ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "Australia/Lord_Howe")
# Days before which the two weeks start in which clocks change, forward or back.
CHANGES = (
    ("Europe/Lisbon", date(2026, 3, 23), 23),
    ("Europe/Lisbon", date(2025, 10, 20), 25),
    ("America/New_York", date(2026, 3, 2), 23),
    ("America/New_York", date(2025, 10, 27), 25),
    ("Australia/Sydney", date(2026, 3, 30), 25),
    ("Australia/Sydney", date(2025, 9, 29), 23),
    ("Australia/Lord_Howe", date(2026, 3, 30), 24.5),
    ("Australia/Lord_Howe", date(2025, 9, 29), 23.5),
)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Worlds and checks of the modules beside this one."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return both()


@cache
def both() -> SimpleNamespace:
    parts: list[ModuleType] = [import_module(f"tests.proof.demand_{name}") for name in ("world", "checks")]
    return SimpleNamespace(**{name: value for part in parts for name, value in vars(part).items()})


def of_world(made: SimpleNamespace, world: object, first: date, days: int = 14, seed: int = 1, **more):
    """Forecast of days of a world, made from a history that ends just before; and the truth of them."""
    minutes, zone = more.pop("minutes", 60), more.pop("zone", "")
    length = more.pop("length", 380)
    past = made.span(world, first - timedelta(days=length), length, minutes, zone)
    coming = made.span(world, first, days, minutes, zone)
    history = made.history_of({"q": past.come(seed)}, past)
    return made.expected(history, [made.queue_named("q")], coming, zone, **more), coming


@pytest.mark.parametrize("zone", ZONES)
def test_mean_and_hours_are_the_truth(made, zone):
    volumes, coming = of_world(made, made.World(zone, 1500), date(2026, 2, 2), minutes=30)
    assert volumes.mean.sum() == pytest.approx(coming.due.sum(), rel=0.03)
    assert made.miss_by_hour(volumes, coming) < 0.04  # an hour too early or late would be 0.18


@pytest.mark.parametrize(("zone", "first", "hours"), CHANGES)
def test_days_of_clock_changes_keep_their_total_and_their_hours(made, zone, first, hours):
    volumes, coming = of_world(made, made.World(zone, 2500), first, minutes=30)
    intervals = {day: sum(at.date() == day for at in coming.here) for day in coming.by_day(coming.due)}
    odd = [day for day, count in intervals.items() if count != 48]
    assert [intervals[day] / 2 for day in odd] == [hours]
    share = volumes.mean.sum() / coming.due.sum()
    due, found = coming.by_day(coming.due), coming.by_day(volumes.mean[0])
    assert found[odd[0]] == pytest.approx(share * due[odd[0]], rel=0.04)
    there = np.array([at.date() == odd[0] for at in coming.here])
    assert np.abs(volumes.mean[0] - share * coming.due)[there].sum() < 0.05 * due[odd[0]]
    assert made.miss_by_hour(volumes, coming) < 0.04


@pytest.mark.parametrize("clock", ["Europe/Lisbon", "America/New_York", "Asia/Kathmandu"])
def test_the_clock_of_the_scenario_says_nothing_of_the_queue_s(made, clock):
    world, asks = made.World("Australia/Sydney", 1500), ForecastAsks(zones={"q": "Australia/Sydney"})
    past = made.span(world, date(2025, 3, 1), 390, 15, "UTC")
    coming = made.span(world, date(2026, 3, 30), 14, 15, "UTC")
    history, queues = made.history_of({"q": past.come(2)}, past), [made.queue_named("q")]
    here, home = (made.expected(history, queues, coming, zone, asks=asks) for zone in (clock, world.zone))
    assert np.array_equal(here.mean, home.mean)
    assert np.array_equal(here.high, home.high)
    assert made.miss_by_hour(here, coming) < 0.05  # in the clock of Lisbon it would be 0.9


def test_hours_and_days_that_are_shut_get_nothing(made):
    world = made.World("America/New_York", 400, is_open=lambda weekday, hour: weekday < 5 and 9 <= hour < 18)
    volumes, coming = of_world(made, world, date(2026, 3, 2))
    shut = coming.due == 0
    for values in (volumes.mean, volumes.low, volumes.high):
        assert not values[0][shut].any()
    assert (volumes.mean[0][~shut] > 0).all()
    assert volumes.mean.sum() == pytest.approx(coming.due.sum(), rel=0.03)


def fewer_on_holidays(made: SimpleNamespace, share: float, per_day: float) -> tuple[object, list[date]]:
    """A world of whose customers a share has the holidays of Portugal; and those of the weeks to come."""
    off = PublicHolidays("PT").days_between(date(2023, 1, 1), date(2026, 12, 31))
    dips = {day: 1 - 0.7 * share for day in off if day.weekday() < 5}
    world = made.World("Europe/Lisbon", per_day, days=dips)
    coming = (date(2026, 3, 30) + timedelta(days=index) for index in range(35))
    return world, [day for day in coming if day in world.days]


# What is seen on few contacts leans on no effect; half of the customers is no power of all of them.
@pytest.mark.parametrize(
    ("share", "per_day", "within"), [(1.0, 60, 0.3), (1.0, 600, 0.06), (0.5, 600, 0.15), (1.0, 6000, 0.04)]
)
def test_holidays_dip_as_far_as_customers_have_them(made, share, per_day, within):
    world, off = fewer_on_holidays(made, share, per_day)
    calendar = DemandCalendar(((PublicHolidays("PT"), share),))
    volumes, coming = of_world(made, world, date(2026, 3, 30), 35, length=728, holidays=calendar)
    found, due = coming.by_day(volumes.mean[0]), coming.by_day(coming.due)
    assert len(off) == 2
    for day in off:
        assert found[day] == pytest.approx(due[day], rel=within)
    others = [day for day in due if day not in off]
    assert sum(found[d] for d in others) == pytest.approx(sum(due[d] for d in others), rel=0.03)


def test_bands_hold_what_comes(made):
    world = made.World("Europe/Lisbon", 120, week=0.02, day=0.02, hour=0.03)
    covered, ratio = made.coverage(world, range(16), (0.8, 0.95))
    for (grain, share), inside in covered.items():
        # Weeks of one world share its error, so that 80 of them tell less.
        off, more = (0.12, 0.1) if grain == "week" else (0.05, 0.03)
        assert share - (off if share < 0.9 else more) < inside, (grain, share, inside)
        assert inside < (0.92 if share < 0.9 else 0.99), (grain, share, inside)
    assert ratio == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize("per_day", [0.3, 3.0])
def test_bands_of_small_queues_hold_what_comes(made, per_day):
    covered, ratio = made.coverage(made.World(per_day=per_day), range(12), (0.8,))
    assert all(inside > 0.75 for inside in covered.values()), covered
    assert ratio == pytest.approx(1, abs=0.2 if per_day < 1 else 0.08)


@pytest.mark.parametrize("per_day", [200, 300])
@pytest.mark.parametrize("zone", ["Europe/Lisbon", "Asia/Kathmandu"])
def test_draws_agree_with_the_bands_of_every_grain(made, zone, per_day):
    world = made.World(zone, per_day, week=0.03, day=0.02, hour=0.05)
    volumes, coming = of_world(made, world, date(2026, 3, 23), minutes=30)
    for share in (0.5, 0.9):
        outside = made.drawn_outside(volumes, coming, share)
        # Of whole numbers no more than the share may lie above, and no less at the end or above.
        assert all(above < 0.025 and at > -0.025 for above, at in outside.values()), (share, outside)
        # Of 200 a day, more hours than that lie at the end itself.
        assert per_day == 200 or all(above > -0.09 for above, _ in outside.values()), (share, outside)


def test_drivers_events_and_self_service_give_their_factors(made):
    first = date(2026, 3, 2)
    reference = first - timedelta(days=28)
    customers = [(date(2025, 6, 1), 7000.0), (date(2026, 9, 1), 15000.0)]
    centre = [(date(2026, 3, 4), 1.0), (date(2026, 3, 12), 0.9)]
    asks = ForecastAsks(
        events=(Event("sale", date(2026, 3, 7), date(2026, 3, 8), factor=3.0, doubt=0.1),),
        drivers=(
            Driver("customers", "customers", Ramp(tuple(customers)), relative=True),
            Driver("articles", "self-service", Ramp(tuple(centre)), relative=True),
            Driver("more", "growth", Ramp(((first, 1.25),)), queues=("another",)),
        ),
    )
    world = made.World("America/New_York", 300)
    plain, coming = of_world(made, world, first)
    asked, _ = of_world(made, world, first, asks=asks)
    for at, before, after in zip(coming.here, plain.mean[0], asked.mean[0], strict=True):
        factor = made.straight(customers, at.date()) / made.straight(customers, reference)
        factor *= made.straight(centre, at.date()) * (3.0 if at.date().day in (7, 8) else 1.0)
        assert after == pytest.approx(before * factor, rel=1e-9)


def test_a_driver_in_the_history_is_not_counted_twice(made):
    first = date(2026, 3, 2)
    points = [(date(2025, 1, 1), 7000.0), (date(2027, 1, 1), 14000.0)]
    world = made.World(per_day=400, level=lambda day: made.straight(points, day) / 10000)
    asks = ForecastAsks(drivers=(Driver("customers", "customers", Ramp(tuple(points)), relative=True),))
    volumes, coming = of_world(made, world, first, 28, asks=asks)
    assert volumes.mean.sum() == pytest.approx(coming.due.sum(), rel=0.04)


def test_what_the_history_s_last_weeks_have_is_certain(made):
    first = date(2026, 3, 2)
    ramps = [
        [(first - timedelta(days=days + 1), 1.0), (first - timedelta(days=days), 0.9)] for days in (90, -3)
    ]
    plain, old, new = (
        of_world(made, made.World(per_day=90), first, asks=ForecastAsks(drivers=drivers))[0]
        for drivers in ((), *((Driver("a", "self-service", Ramp(tuple(r)), (), 0.1, True),) for r in ramps))
    )
    assert np.array_equal(old.mean, plain.mean)
    assert np.array_equal(old.high, plain.high)
    assert new.mean.sum() < 0.95 * plain.mean.sum()
    assert new.spread["q"].level == pytest.approx(0.01)


def test_past_events_teach_coming_ones(made):
    first = date(2026, 3, 2)
    past = [date(2025, 5, 3), date(2025, 8, 12), date(2025, 11, 28), date(2026, 1, 7)]
    days = dict.fromkeys([*past, date(2026, 3, 5)], 2.5)
    asks = ForecastAsks(events=tuple(Event("sale", day, day) for day in days))
    volumes, coming = of_world(made, made.World(per_day=200, days=days), first, asks=asks)
    found, due = coming.by_day(volumes.mean[0]), coming.by_day(coming.due)
    assert found[date(2026, 3, 5)] == pytest.approx(due[date(2026, 3, 5)], rel=0.12)
    assert sum(found.values()) == pytest.approx(sum(due.values()), rel=0.04)


def test_waterfalls_add_up_and_hands_are_exact(made):
    first = date(2026, 3, 2)
    asks = ForecastAsks(
        drivers=(Driver("more", "growth", Ramp(((first, 1.25),)), doubt=0.1),),
        events=(Event("sale", date(2026, 3, 7), date(2026, 3, 8), factor=3.0),),
        overrides=(
            Override(date(2026, 3, 9), date(2026, 3, 10), "half", from_minute=540, to_minute=720, factor=0.5),
            Override(date(2026, 3, 11), date(2026, 3, 11), "told", contacts_a_day=77.0),
        ),
    )
    volumes, coming = of_world(made, made.World("Europe/Lisbon", 90), first, asks=asks, minutes=30)
    steps = list(made.steps_of(volumes, "q"))
    assert steps[0][0] == "history"
    assert steps[-1][0] == "forecast"
    assert steps[0][1] + sum(change for *_, change in steps) == pytest.approx(steps[-1][1])
    assert steps[-1][1] == pytest.approx(volumes.mean.sum() / 2)
    assert all(before + change == pytest.approx(after)
               for (_, before, _), (_, after, change) in pairwise(steps))  # fmt: skip
    for at, model, mean in zip(coming.here, volumes.modelled[0], volumes.mean[0], strict=True):
        if at.day in (9, 10):
            assert mean == pytest.approx(model * (0.5 if 9 <= at.hour < 12 else 1.0))
        elif at.day != 11:
            assert mean == model
    assert coming.by_day(volumes.mean[0])[date(2026, 3, 11)] == pytest.approx(77.0)


def hours_of(zone: str, low: int, high: int) -> OpeningHours:
    line = OpeningLine(frozenset(range(5)), False, 60 * low, 60 * high)
    return OpeningHours(zone, (line,), PublicHolidays(""))


def lending(made: SimpleNamespace, seed: int, times: float, pilot_days: int = 0):
    """A phone open from nine to six on weekdays, early hours never seen or for a while, beside its mail.

    Its early hours have so many times what the mail's would say. Returns the forecast with them open, the
    truth and which intervals are early.
    """
    zone, first, length = "Europe/Lisbon", date(2026, 3, 2), 364
    mail = made.World(zone, 150)
    early = tuple(weight * (times if 7 <= hour < 9 else 1.0) for hour, weight in enumerate(mail.hours))
    # The same weights by the hour as the mail's, so that only early hours differ.
    phone = made.World(zone, 60 * sum(early) / sum(mail.hours), hours=early)
    since = first - timedelta(days=pilot_days)
    spans = [made.span(world, first - timedelta(days=length), length) for world in (mail, phone)]
    came = [one.come(seed + index) for index, one in enumerate(spans)]
    for index, at in enumerate(spans[1].here):
        begins = 7 if at.date() >= since else 9
        if at.weekday() > 4 or not begins <= at.hour < 18:
            came[1][index] = 0
    history = made.history_of({"mail": came[0], "phone": came[1]}, spans[0])
    open_hours = [OpenSince(first - timedelta(days=length), hours_of(zone, 9, 18))]
    if pilot_days:
        open_hours.append(OpenSince(since, hours_of(zone, 7, 18)))
    asks = ForecastAsks(
        open_hours={"phone": tuple(open_hours)}, opening={"phone": hours_of(zone, 7, 18)}, moved=0.0
    )
    coming = made.span(phone, first, 14)
    queues = [made.queue_named("mail"), made.queue_named("phone", "phone")]
    volumes = made.expected(history, queues, coming, asks=asks)
    return volumes, coming, np.array([at.weekday() < 5 and 7 <= at.hour < 9 for at in coming.here])


def test_borrowed_hours_are_right_within_their_doubt(made):
    inside = 0
    for seed in range(6):
        times = (0.75, 1.0, 1.3)[seed % 3]
        volumes, coming, early = lending(made, 10 * seed, times)
        found, due = volumes.mean[1][early].sum(), coming.due[early].sum()
        doubt = np.sqrt(volumes.doubt[1][early].mean())
        assert 0.15 < doubt < 0.8
        inside += abs(due / found - 1) < 1.3 * doubt
        closed = np.array([at.weekday() > 4 or not 7 <= at.hour < 18 for at in coming.here])
        assert not volumes.mean[1][closed].any()
        if times == 1.0:
            assert found == pytest.approx(due, rel=0.15)
    assert inside >= 5


def test_a_pilot_takes_what_was_borrowed_to_the_truth(made):
    misses, doubts = [], []
    for pilot_days in (0, 14, 84):
        volumes, coming, early = lending(made, 3, 2.0, pilot_days)
        misses.append(abs(volumes.mean[1][early].sum() / coming.due[early].sum() - 1))
        doubts.append(volumes.doubt[1][early].mean() if volumes.doubt is not None else 0.0)
    assert misses[0] > 0.3
    assert misses[0] > misses[1] > misses[2]
    assert misses[2] < 0.12
    assert doubts[0] > doubts[1] > doubts[2]


def test_volumes_of_any_size_are_finite_and_as_large(made):
    for per_day in (0.0, 0.05, 50_000.0):
        world = made.World(per_day=per_day, week=0.01, day=0.01)
        volumes, coming = of_world(made, world, date(2026, 3, 2))
        for values in (volumes.mean, volumes.low, volumes.high, unit_band(volumes, "q", "week", 0.9)):
            assert np.isfinite(values).all()
            assert (values >= 0).all()
        if per_day > 1:
            assert volumes.mean.sum() == pytest.approx(coming.due.sum(), rel=0.15)
            assert (volumes.low <= volumes.high).all()


# Planted faults: each of them must be seen by the check named beside it.


def an_hour_late(patch: pytest.MonkeyPatch) -> None:
    grid = import_module("planner.demand.curve.grid")
    right = grid.PlanningGrid.lay
    patch.setattr(grid.PlanningGrid, "lay", lambda self, *given: np.roll(right(self, *given), 1))


def hours_of_the_history_in_utc(patch: pytest.MonkeyPatch) -> None:
    forecasting = import_module("planner.demand.forecasting")
    right = forecasting.local_days

    def wrong(history: object, queues: object, _zone: str, *more: object) -> object:
        return right(history, queues, "UTC", *more)

    patch.setattr(forecasting, "local_days", wrong)


def everybody_has_the_holiday(patch: pytest.MonkeyPatch) -> None:
    daily = import_module("planner.demand.curve.daily")
    right, turns = daily.days_off, []

    def wrong(holidays: object, first: date, last: date) -> dict[date, float]:
        turns.append(1)  # the history is read first, then what comes
        found = right(holidays, first, last)
        return found if len(turns) == 1 else dict.fromkeys(found, 1.0)

    patch.setattr(daily, "days_off", wrong)


def no_doubt(patch: pytest.MonkeyPatch) -> None:
    arrivals, fits = (import_module(f"planner.demand.{name}") for name in ("arrivals", "curve.fits"))
    patch.setattr(fits.Fits, "spread", lambda *_: arrivals.Spread())


def independent_hours(patch: pytest.MonkeyPatch) -> None:
    fits = import_module("planner.demand.curve.fits")
    right = fits.fit_spread

    def wrong(*given: object) -> object:
        found = right(*given)
        return replace(found, week=0.0, day=0.0, shift=0.0, hour=found.week + found.day + found.hour)

    patch.setattr(fits, "fit_spread", wrong)


def no_reference(patch: pytest.MonkeyPatch) -> None:
    asked = import_module("planner.demand.told.asked")
    patch.setattr(asked, "reference_day", lambda _end: date(2025, 1, 1))


def donors_lend_twice(patch: pytest.MonkeyPatch) -> None:
    donors = import_module("planner.demand.told.donors")
    right = donors._ratio
    patch.setattr(donors, "_ratio", lambda own, other: 1.5 * right(own, other))
    patch.setattr(donors, "_leaning", lambda _own, pool: pool)


def hands_on_something_else(patch: pytest.MonkeyPatch) -> None:
    asked = import_module("planner.demand.told.asked")
    right = asked.set_by_hand
    patch.setattr(asked, "set_by_hand", lambda mean, *more: right(mean * 1.01, *more))


FAULTS: dict[Callable[[pytest.MonkeyPatch], None], Callable[[SimpleNamespace], None]] = {
    an_hour_late: lambda made: test_mean_and_hours_are_the_truth(made, "Europe/Lisbon"),
    hours_of_the_history_in_utc: lambda made: test_mean_and_hours_are_the_truth(made, "America/New_York"),
    everybody_has_the_holiday: lambda made: test_holidays_dip_as_far_as_customers_have_them(
        made, 0.5, 600, 0.15
    ),
    no_doubt: test_bands_hold_what_comes,
    independent_hours: test_bands_hold_what_comes,
    no_reference: test_a_driver_in_the_history_is_not_counted_twice,
    donors_lend_twice: test_borrowed_hours_are_right_within_their_doubt,
    hands_on_something_else: test_waterfalls_add_up_and_hands_are_exact,
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_noticed(fault, made, monkeypatch):
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        FAULTS[fault](made)
