"""Events: left out or divided when past, expected when coming."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine, PublicHolidays, day_starts
from planner.demand import Event, ForecastAsks, OpenSince, forecast
from planner.demand.told.events import Learned, Past, coming, learned, prepared, usual_doubt

START = date(2024, 1, 1)


def on(day, name="sale", factor=None, last=None, queues=(), doubt=None):
    first = START + timedelta(days=day)
    return Event(name, first, START + timedelta(days=day if last is None else last), queues, factor, doubt)


def week_after(made, history_days, **asks):
    """Arguments of a forecast of the week after so many days."""
    return (made.day_after(history_days), 7 * 24, 60, "UTC", None, 1.0, ForecastAsks(**asks))


class TestPrepared:
    def test_nothing_to_do_returns_what_was_given(self):
        counts, seen = np.ones((10, 24)), np.ones(10, dtype=bool)
        for events in ((), (on(3, queues=("other",)),), (on(50),), (on(-9, last=-1, factor=2.0),)):
            found = prepared(counts, seen, START, "q", events)
            assert found[0] is counts
            assert found[1] is seen

    def test_days_at_the_edges_are_cut_not_wrapped(self):
        counts, seen = np.full((5, 1), 6.0), np.ones(5, dtype=bool)
        counts, seen = prepared(counts, seen, START, "q", [on(-2, last=1, factor=2.0), on(4, last=9)])
        assert counts[:, 0].tolist() == [3.0, 3.0, 6.0, 6.0, 6.0]
        assert seen.tolist() == [True, True, True, True, False]

    def test_overlapping_events_multiply(self):
        events = [on(0, factor=2.0, last=2), on(1, "mail", factor=1.5)]
        counts, _ = prepared(np.full((4, 1), 6.0), np.ones(4, dtype=bool), START, "q", events)
        assert counts[:, 0].tolist() == [3.0, 2.0, 3.0, 6.0]

    @pytest.mark.parametrize("factor", [None, 0.0, 0.1])
    def test_a_day_with_nearly_nothing_is_left_out(self, factor):
        counts, seen = prepared(np.ones((3, 1)), np.ones(3, dtype=bool), START, "q", [on(1, factor=factor)])
        assert np.isfinite(counts).all()
        assert seen.tolist() == [True, False, True]


class TestLearned:
    def past(self, factors, days=200, per_day=100.0, seed=1, queue="q"):
        expected = np.full(days, per_day)
        rate = expected.copy()
        for day, factor in factors.items():
            rate[day] *= factor
        came = np.random.default_rng(seed).poisson(rate).astype(float)
        return Past(queue, START, came, expected, np.ones(days, dtype=bool))

    def test_nothing_seen_is_nothing_learned(self):
        assert learned("sale", [on(500)], [self.past({})]) == {}
        hidden = self.past({3: 2.0})._replace(seen=np.zeros(200, dtype=bool))
        assert learned("sale", [on(3)], [hidden]) == {}

    def test_the_factor_is_found_and_its_doubt_falls_with_events(self):
        few = learned("sale", [on(10)], [self.past({10: 3.0})])["q"]
        days = list(range(10, 190, 15))
        many = learned("sale", [on(day) for day in days], [self.past(dict.fromkeys(days, 3.0))])["q"]
        assert few.factor == pytest.approx(3.0, rel=0.15)
        assert many.factor == pytest.approx(3.0, rel=0.05)
        assert many.doubt < 0.6 * few.doubt
        assert (few.times, many.times) == (1, len(days))

    def test_events_that_differ_leave_more_doubt(self):
        days = list(range(10, 190, 15))
        alike = learned("sale", [on(d) for d in days], [self.past(dict.fromkeys(days, 2.0))])["q"]
        mixed = {day: (1.2, 3.3)[index % 2] for index, day in enumerate(days)}
        unlike = learned("sale", [on(d) for d in days], [self.past(mixed)])["q"]
        assert unlike.doubt > 2 * alike.doubt
        assert unlike.doubt == pytest.approx(0.52, abs=0.12)  # logarithms of 1.2 and 3.3 lie 0.5 either side

    @pytest.mark.parametrize(("factor", "differ"), [(1.3, 0.1), (3.0, 0.1), (3.0, 0.3)])
    @pytest.mark.parametrize("times", [1, 3, 10])
    def test_eight_of_ten_coming_ones_lie_inside_the_doubt(self, factor, differ, times):
        days = [10 + 12 * index for index in range(times)]
        inside, factors = 0, []
        for seed in range(150):
            true = factor * np.exp(np.random.default_rng(seed).normal(0, differ, times + 1) - differ**2 / 2)
            past = self.past(dict(zip(days, true[:-1], strict=True)), per_day=60.0, seed=seed)
            found = learned("sale", [on(day) for day in days], [past])["q"]
            inside += abs(np.log(true[-1] / found.factor)) < 1.2816 * found.doubt
            factors.append(found.factor)
        assert np.mean(factors) == pytest.approx(factor, rel=0.07)  # one event leans on no effect
        assert inside / 150 > 0.65

    def test_a_small_queue_leans_on_the_others(self):
        large, small = self.past({10: 3.0}), self.past({10: 0.0}, per_day=1.0, queue="small")
        found = learned("sale", [on(10)], [large, small])
        assert 2.4 < found["small"].factor < found["q"].factor
        own = learned("sale", [on(10, queues=("q",))], [large, small])
        assert list(own) == ["q"]

    def test_other_events_are_divided_out_or_left_aside(self):
        both = self.past({10: 6.0, 30: 3.0})
        events = [on(10), on(30), on(10, "mail", factor=2.0)]
        assert learned("sale", events, [both])["q"].factor == pytest.approx(3.0, rel=0.15)
        unknown = [on(10), on(30), on(10, "mail")]
        assert learned("sale", unknown, [both])["q"].times == 1


class TestComing:
    def test_only_events_of_the_queue_in_the_period(self):
        events = [on(5, factor=2.0), on(6, factor=2.0, queues=("other",)), on(30, factor=2.0)]
        period = (START, START + timedelta(days=10))
        assert [c.event for c in coming("q", events, {}, *period)] == events[:1]

    def test_doubt_is_stated_seen_or_usual(self):
        known = {"sale": {"q": Learned(2.5, 0.3, 4)}}
        period = (START, START + timedelta(days=40))
        events = [
            on(5, factor=3.0, doubt=0.1),
            on(6, factor=3.0),
            on(7),
            on(8, "new", factor=3.0),
            on(9, "new"),
        ]
        found = list(coming("q", events, known, *period))
        assert [c.factor for c in found] == [3.0, 3.0, 2.5, 3.0, 1.0]
        assert [c.doubt for c in found] == [0.1, 0.3, 0.3, usual_doubt(3.0), 0.0]
        assert [c.times for c in found] == [0, 0, 4, 0, None]


class TestForecast:
    def test_a_past_event_does_not_lift_the_level(self, made):
        table = np.random.default_rng(3).poisson(made.daily_rate(80, START, 200))
        plain = made.history_of({"q": table})
        spoilt = table.copy()
        spoilt[180:199] *= 3
        queues = [made.queue_named("q")]
        week = week_after(made, 200)
        truth = forecast(plain, queues, *week).mean.sum()
        wrong = forecast(made.history_of({"q": spoilt}), queues, *week).mean.sum()
        assert wrong > 1.2 * truth
        for factor in (None, 3.0):
            told = week_after(made, 200, events=(on(180, factor=factor, last=198),))
            assert forecast(made.history_of({"q": spoilt}), queues, *told).mean.sum() == pytest.approx(
                truth, rel=0.08
            )

    def test_a_coming_one_of_the_name_is_expected_alike(self, made):
        table = np.random.default_rng(4).poisson(made.daily_rate(80, START, 200))
        events = [on(day) for day in (60, 90, 120, 150)]
        for event in events:
            table[(event.first - START).days] *= 3
        history, queues = made.history_of({"q": table}), [made.queue_named("q")]
        sale = on(202)
        plain = forecast(history, queues, *week_after(made, 200, events=tuple(events)))
        found = forecast(history, queues, *week_after(made, 200, events=(*events, sale)))
        ratio = found.mean.sum(axis=0).reshape(7, 24).sum(axis=1) / plain.mean.reshape(7, 24).sum(axis=1)
        assert ratio[[0, 1, 3, 4, 5, 6]] == pytest.approx(np.ones(6))
        assert ratio[2] == pytest.approx(3.0, rel=0.1)
        [notice] = [str(n) for n in found.notices if n.code == "asks.event_learned"]
        assert notice.startswith("sale, 2024-07-21: expected as past ones were, 4 of them (q x")
        assert found.doubt is not None
        assert found.doubt.reshape(7, 24)[2].min() > 0
        assert found.doubt.reshape(7, 24)[[0, 1, 3]].max() == 0
        assert (found.high - found.mean)[0, 48:72].sum() > 3 * (plain.high - plain.mean)[0, 48:72].sum() / 2

    def test_what_could_not_be_seen_was_not_missing_on_a_sale(self, made):
        queue = replace(made.queue_named("q"), channel="phone")
        table = np.random.default_rng(4).poisson(made.daily_rate(80, START, 200))
        table[:, :8] = 0
        table[:, 18:] = 0
        events = [on(day) for day in (60, 90, 120, 150)]
        for event in events:
            table[(event.first - START).days] *= 2
        hours = OpeningHours(
            "UTC", (OpeningLine(frozenset(range(7)), False, 8 * 60, 18 * 60),), PublicHolidays("")
        )
        known = {"open_hours": {"q": (OpenSince(START, hours),)}}
        week = week_after(made, 200, events=(*events, on(202)), **known)
        found = forecast(made.history_of({"q": table}), [queue], *week)
        plain = forecast(
            made.history_of({"q": table}), [queue], *week_after(made, 200, events=tuple(events), **known)
        )
        ratio = (found.mean / np.maximum(plain.mean, 1e-9)).reshape(7, 24)[2, 9:17]
        assert ratio == pytest.approx(np.full(8, 2.0), rel=0.12)

    def test_nothing_tells_what_a_new_one_does(self, made):
        history, queues = made.poisson_history(30, 100), [made.queue_named("q")]
        plain = forecast(history, queues, *week_after(made, 100))
        found = forecast(history, queues, *week_after(made, 100, events=(on(102),)))
        assert np.array_equal(found.mean, plain.mean)
        assert any(n.code == "asks.event_unknown" for n in found.notices)

    def test_days_are_those_of_the_queues_clock(self, made):
        history, queues = made.poisson_history(30, 100, zone="Asia/Tokyo"), [made.queue_named("q")]
        first = day_starts(START + timedelta(days=100), 1, "UTC")[0]
        week = (first, 7 * 24, 60, "UTC", None, 1.0)
        zones = {"q": "Asia/Tokyo"}
        plain = forecast(history, queues, *week, ForecastAsks(zones=zones))
        found = forecast(history, queues, *week, ForecastAsks(zones=zones, events=(on(102, factor=2.0),)))
        changed = np.flatnonzero(~np.isclose(found.mean[0], plain.mean[0]))
        assert changed.tolist() == list(range(48 - 9, 72 - 9))  # midnight there is nine hours earlier


@given(st.permutations([2.0, 0.5, 3.0, 1.0]))
def test_the_order_of_overlapping_events_does_not_matter(factors):
    events = [on(index, factor=factor, last=3) for index, factor in enumerate(factors)]
    one, _ = prepared(np.full((5, 2), 7.0), np.ones(5, dtype=bool), START, "q", events)
    two, _ = prepared(np.full((5, 2), 7.0), np.ones(5, dtype=bool), START, "q", events[::-1])
    assert one == pytest.approx(two)
