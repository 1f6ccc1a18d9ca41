"""Borrowed hours: on made weeks that are known, and on real queues whose closed hours are hidden."""

import mpmath
import numpy as np
import pandas as pd
import pytest

from planner.demand.told.donors import Seen, borrow, typical_week

OFFICE = np.zeros((7, 24), dtype=bool)
OFFICE[:5, 9:18] = True
EVERY = np.ones((7, 24), dtype=bool)
BLOCKS = {
    "early": (slice(0, 5), slice(7, 9)),
    "evening": (slice(0, 5), slice(18, 20)),
    "night": (slice(0, 5), [22, 23, 0, 1, 2, 3, 4, 5]),
    "weekend": (slice(5, 7), slice(9, 18)),
}
ZONES = {
    "cs": "Europe/Prague", "en-US": "America/New_York", "hu": "Europe/Budapest", "it": "Europe/Rome",
    "nl": "Europe/Amsterdam", "pt-BR": "America/Sao_Paulo", "tr": "Europe/Istanbul",
}  # fmt: skip
ES = {"firefox": "America/Mexico_City", "thunderbird": "Europe/Madrid"}


def seen(name, week, mask=EVERY, channel="email"):
    return Seen(name, channel, np.where(mask, week, 0.0), mask, float(week[mask].sum()))


@pytest.fixture(scope="module")
def real(shared):
    """A mean week of every real queue of some size, by years, on its customers' clock."""
    frame = pd.read_csv(shared / "data" / "real" / "sumo_hourly_long.csv.gz")
    frame["at"] = pd.to_datetime(frame["hour_utc"], utc=True)
    weeks = {}
    for (product, locale), part in frame.groupby(["product", "locale"]):
        zone = ES[product] if locale == "es" else ZONES.get(locale)
        if zone is None:
            continue
        local = part["at"].dt.tz_convert(zone)
        # Shocks of one hour are no profile.
        contacts = np.minimum(part["questions"].to_numpy(), 60 if locale == "en-US" else 8)
        for year in (2021, 2023, 2025):
            inside = local.dt.year.isin((year, year + 1)).to_numpy()
            week = np.zeros((7, 24))
            places = (local.dt.day_of_week.to_numpy()[inside], local.dt.hour.to_numpy()[inside])
            np.add.at(week, places, contacts[inside])
            if week.sum() > 250:
                weeks[product, locale, year] = week
    return weeks


@pytest.fixture(scope="module")
def misses(real):
    """Logarithm of borrowed over true volume, and the doubt, by block of hours."""
    found = {name: [] for name in BLOCKS}
    for key, truth in real.items():
        others = [seen(str(k), w) for k, w in real.items() if k != key and k[2] == key[2]]
        loan = borrow(seen(str(key), truth, OFFICE), others)
        for name, block in BLOCKS.items():
            came = truth[block].sum()
            if came >= 10:
                mean, doubt = loan.week[block].sum(), float(loan.doubt[block].mean())
                chance = at_most(came, mean, doubt)
                found[name].append((np.log(mean / came), 0.1 < chance < 0.9))
    return {name: np.array(rows) for name, rows in found.items()}


def at_most(came, mean, doubt):
    """Chance of at most so many contacts: a negative binomial, by its incomplete beta function."""
    return float(mpmath.betainc(1 / doubt, came + 1, 0, 1 / (1 + doubt * mean), regularized=True))


def typical_error(rows):
    return float(np.exp(np.median(np.abs(rows[:, 0]))))


def test_typical_error_on_real_queues(misses):
    assert all(len(rows) >= 20 for rows in misses.values())
    assert typical_error(misses["evening"]) < 1.3
    assert typical_error(misses["weekend"]) < 1.25
    assert typical_error(misses["early"]) < 1.6
    assert typical_error(misses["night"]) < 1.9


def test_no_block_is_borrowed_far_too_high_or_low(misses):
    for rows in misses.values():
        assert 1 / 1.3 < np.exp(np.median(rows[:, 0])) < 1.3


def test_bands_hold_what_they_say(misses):
    inside = np.concatenate([rows[:, 1] for rows in misses.values()])
    assert 0.72 <= inside.mean() <= 0.92


def test_the_first_open_hour_carried_on_is_worse(real, misses):
    flat = []
    for truth in real.values():
        came = truth[:5, 7:9].sum()
        if came >= 10:
            flat.append(np.log(2 * truth[:5, 9].sum() / came))
    assert np.exp(np.median(flat)) > 1.5  # too much, nearly always
    assert np.mean(np.abs(flat)) > np.abs(misses["early"][:, 0]).mean() + 0.1


def test_shares_of_a_week(real):
    """Facts for rollouts, on queues large enough to tell; the assumed profile lies among them."""
    ranges = {"office": (0.34, 0.69), "early": (0.02, 0.10), "evening": (0.04, 0.13), "night": (0.04, 0.30)}
    for week in (*(week for week in real.values() if week.sum() > 900), typical_week(24)):
        total = week.sum()
        shares = {
            "office": week[OFFICE].sum() / total,
            "early": week[BLOCKS["early"]].sum() / total,
            "evening": week[BLOCKS["evening"]].sum() / total,
            "night": (week[:, 22:].sum() + week[:, :6].sum()) / total,
        }
        assert all(low <= shares[name] <= high for name, (low, high) in ranges.items()), shares


def test_a_twin_is_borrowed_exactly():
    week = 100 * typical_week(24)
    loan = borrow(seen("phone", week / 4, OFFICE, "phone"), [seen("mail", week)])
    assert np.allclose(loan.week, week / 4)
    assert not loan.doubt[OFFICE].any()
    assert (loan.doubt[~OFFICE] > 0).all()
    assert loan.donors == (("mail", 1.0),)
    assert not loan.assumed.any()


def test_scaling_the_queue_scales_the_loan_and_order_does_not_matter():
    rng = np.random.default_rng(1)
    donors = [seen(f"q{i}", rng.gamma(3, 20, (7, 24))) for i in range(3)]
    own = rng.gamma(3, 5, (7, 24))
    once = borrow(Seen("p", "phone", own, OFFICE, 500.0), donors)
    twice = borrow(Seen("p", "phone", 2 * own, OFFICE, 500.0), donors[::-1])
    assert np.allclose(2 * once.week, twice.week)
    assert np.allclose(once.doubt, twice.doubt)


def test_look_alikes_and_large_queues_lend_more():
    week = 100 * typical_week(24)
    late = np.roll(week, 6, axis=1)
    own = seen("p", week, OFFICE, "phone")
    weights = dict(borrow(own, [seen("like", week), seen("late", late)]).donors)
    assert weights["like"] > 0.9
    weights = dict(borrow(own, [seen("large", week), seen("small", week / 50)]).donors)
    assert weights["large"] > weights["small"]


def test_donors_that_differ_leave_more_doubt():
    week = 1000 * typical_week(24)
    nightly = week.copy()
    nightly[:, :6] *= 5
    own = seen("p", week, OFFICE, "phone")
    alike = borrow(own, [seen("a", week), seen("b", week)])
    apart = borrow(own, [seen("a", week), seen("b", nightly)])
    assert apart.doubt[0, 3] > alike.doubt[0, 3]


def test_half_open_donors_fill_what_they_saw_and_the_rest_is_assumed():
    week = 100 * typical_week(24)
    early = EVERY.copy()
    early[:, :6] = False
    early[5:] = False
    loan = borrow(seen("p", week / 2, OFFICE, "phone"), [seen("q", week, early, "phone")])
    assert np.allclose(loan.week[:5, 6:], week[:5, 6:] / 2)
    assert loan.assumed[:, :6].all()
    assert not loan.assumed[:5, 6:].any()
    assert loan.doubt[0, 3] > loan.doubt[0, 7]
    assert (loan.week > 0).all()


def test_without_donors_the_week_is_typical_and_said_to_be_assumed():
    week = 100 * typical_week(24)
    loan = borrow(seen("p", week, OFFICE, "phone"), [])
    assert np.allclose(loan.week, week)
    assert loan.assumed[~OFFICE].all()
    assert loan.donors == ()


def test_a_language_never_staffed_takes_its_channel_and_its_stated_volume():
    week = 100 * typical_week(24)
    mail, phone = seen("mail it", week), seen("phone it", np.roll(week, 3, axis=1), EVERY, "phone")
    new = Seen("mail de", "email", np.zeros((7, 24)), EVERY, 0.0)
    loan = borrow(new, [mail, phone], a_weekday=8.0)
    assert loan.donors == (("mail it", 1.0),)
    assert loan.week[:5].sum() / 5 == pytest.approx(8.0)
    assert not borrow(new, [mail, phone]).week.any()
    alone = borrow(new, [], a_weekday=8.0)
    assert alone.assumed.all()
    assert alone.week[:5].sum() / 5 == pytest.approx(8.0)


def test_a_weekend_seen_in_part_scales_the_rest_of_it():
    week = 1000 * typical_week(24)
    quiet = week.copy()
    quiet[5:] /= 4
    mask = OFFICE.copy()
    mask[5, 9:13] = True
    loan = borrow(seen("p", quiet, mask, "phone"), [seen("q", week)])
    assert loan.week[6, 9:18].sum() < 0.5 * week[6, 9:18].sum()
    assert loan.week[6, 9:18].sum() > quiet[6, 9:18].sum()
