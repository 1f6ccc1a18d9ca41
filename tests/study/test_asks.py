"""What a forecast is asked, as scenarios say it: keys, mistakes, notices, and what becomes of them."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import ScenarioError
from planner.demand import Event, Override
from planner.study.scenario import Scenario
from planner.study.scenario.asks_texts import parse_span, parse_times, span_text, times_text
from planner.study.scenario.defaults import WEEK_IN_WEEKDAYS
from planner.study.scenario.sense import sense_mistakes
from planner.study.steps import forecast

DESK = """
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 4}
people: 4
queues: [{name: email en}, {name: phone en, channel: phone}]
"""
STATED = DESK + "volume: {email en: 60, phone en: 20}\n"


def read(text: str, desk: str = STATED, folder: Path | None = None) -> Scenario:
    return Scenario.from_text(desk + text, folder=folder)


def with_history(text: str, tmp_path: Path) -> Scenario:
    (tmp_path / "counts.csv").write_text("interval_start,queue,arrivals\n", encoding="utf-8")
    return read(text + "\nhistory: {file: counts.csv}", DESK, tmp_path)


class TestValues:
    @pytest.mark.parametrize(
        ("text", "factor"),
        [
            ("x3", 3.0),
            ("3", 3.0),
            ("3x", 3.0),
            ("x 0.5", 0.5),
            ("+20%", 1.2),
            ("-30%", 0.7),
            ("0", 0.0),
            ("times 2", 2.0),
        ],
    )
    def test_factors(self, text: str, factor: float) -> None:
        assert parse_times(text) == factor

    @given(st.floats(0, 100).map(lambda value: round(value, 4)))
    def test_factors_are_written_back(self, factor: float) -> None:
        assert parse_times(times_text(factor)) == pytest.approx(factor, abs=1e-9)

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_spans_are_written_back(self, one: date, two: date) -> None:
        span = (min(one, two), max(one, two))
        assert parse_span(span_text(span)) == span

    def test_all_that_is_said_is_written_back(self) -> None:
        s = read(
            "events: [{name: sale, days: [2026-02-03, 2026-03-01 to 2026-03-03], queues: email en, factor: +20%, doubt: 10%},"
            " {name: outage, days: '2026-02-05, 2026-02-07'}, {name: old, days: {from: 2026-01-02, to: 2026-01-03}}]\n"
            "self_service: {name: help, topics: 40% of contacts, adoption: 60%, solves: 20%, from: 2026-06-01, full_by: 2026-09-01}\n"
            "by_hand: [{days: 2026-06-03, hours: 09:00-18:30, queues: phone en, contacts: 40 a day, reason: Ana},"
            " {days: 2026-06-04, factor: x0.5, reason: 'Ana, too'}]\n"
            "days_off: [{day: 2026-06-12, name: bridge}]\n"
            "growth: {orders: 1500 -> 1800, contacts_per_order: 9% -> 8%, doubt: 10%}"
        )
        assert Scenario.from_text(s.dump()) == s
        assert "orders: 1500 -> 1800" in s.dump()
        assert "factor: x1.2" in s.dump()
        assert [e.first.isoformat() for e in s.forecast_asks.events] == [
            "2026-02-03", "2026-03-01", "2026-02-05", "2026-02-07", "2026-01-02",
        ]  # fmt: skip


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("events: [{name: sale, factor: x3}]", "events[0].days: days is missing; write it like days: 2026-06-27 to 2026-06-29"),
            ("events: [{name: sale, days: 2026-06-29 to 2026-06-27, factor: x3}]", "events[0].days: 2026-06-27 comes before 2026-06-29; exchange the two"),
            ("events: [{name: sale, days: 27 June, factor: x3}]", '"27 June" is not a day'),
            ("events: [{name: sale, days: 2026-06-27, factor: thrice}]", '"thrice" is no factor; write x3'),
            ("events: [{name: sale, days: 2026-06-27, factor: x3, queue: all}]", "events[0].queue: unknown; did you mean queues?"),
            ("events: [{name: sale, days: 2026-06-27, factor: x3, queues: emial en}]", "did you mean email en?"),
            ("events: [{name: sale, days: 2026-06-27}]", "without history nothing tells what it does"),
            ("self_service: [{topics: 40, solves: 20%}]", "40 would be 4000 %; write 40% or 0.40"),
            ("self_service: [{topics: 40%}]", "solves is missing"),
            ("self_service: [{topics: 90%, adoption: 100%, solves: 80%}]", "72% of all contacts would be solved"),
            ("self_service: [{topics: 40%, solves: 20%, from: 2026-06-01, full_by: 2026-06-01}]", "must come after its first day, 2026-06-01"),
            ("self_service: [{topics: 40%, solves: 20%, queues: chat}]", "chat"),
            ("by_hand: [{days: 2026-06-03, factor: x2}]", "by_hand[0].reason: reason is missing; write it like reason: "),
            ("by_hand: [{days: 2026-06-03, reason: Ana}]", "says nothing to change; write factor: x0.5 or contacts: 40 a day"),
            ("by_hand: [{days: 2026-06-03, factor: x2, contacts: 4, reason: Ana}]", "factor"),
            ("by_hand: [{days: 2026-06-03, hours: 22:00-06:00, factor: x2, reason: Ana}]", "write two entries for hours past midnight"),
            ("by_hand: [{days: 2026-06-03, factor: x2, queues: phne en, reason: Ana}]", "did you mean phone en?"),
            ("growth: {customers: 1 -> 2, orders: 3 -> 4}", "growth.orders"),
            ("growth: {contacts_per_order: 9 -> 8}", "9 would be 900 %"),
            ("days_off: [{name: bridge}]", "day is missing"),
            ("by_hand: [{days: 2026-06-03, contacts: 200000 a day, reason: Ana}]", "more than 100000 contacts"),
            ("growth: {orders: 2000000, contacts_per_order: 9%}", "more than 100000 contacts"),
        ],
    )  # fmt: skip
    def test_each_has_its_place_and_remedy(self, text: str, sentence: str) -> None:
        with pytest.raises(ScenarioError) as caught:
            read(text)
        assert sentence in "\n".join(map(str, caught.value.messages))
        assert str(caught.value.messages[0]).startswith("scenario.yaml:")

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("growth: {orders: 1500}", "orders need contacts_per_order"),
            ("growth: {contacts_per_order: 9%}", "needs orders"),
            (
                "queues: [{name: email fr, customers_in: {Paris: 70%, Milan: 40%}}]\nvolume: 9",
                "add up to 110%",
            ),
            (
                "queues: [{name: email fr, customers_in: {Milan: 70%, Paris: 60%}}]\nvolume: 9",
                "add up to 130%;",
            ),
            ("queues: [{name: email fr, customers_in: {Pariss: 70%}}]\nvolume: 9", "Paris"),
            ("queues: [{name: email fr, customers_zone: CET+1}]\nvolume: 9", "CET+1"),
            (
                "need: {seat: 2}\nevents: [{name: sale, days: 2026-06-27, factor: x3}]",
                "a stated need has no contacts",
            ),
        ],
    )
    def test_without_queues_or_volume(self, text: str, sentence: str) -> None:
        with pytest.raises(ScenarioError) as caught:
            read(text, "people: 4\n")
        assert sentence in "\n".join(map(str, caught.value.messages))

    def test_a_coming_event_needs_a_factor_or_a_past(self, tmp_path: Path) -> None:
        past = "{name: summer sale, days: 2025-06-27}"
        fine = with_history(f"events: [{past}, {{name: summer sale, days: 2026-06-27}}]", tmp_path)
        assert len(fine.forecast_asks.events) == 2
        with pytest.raises(ScenarioError, match="did you mean summer sale"):
            with_history(f"events: [{past}, {{name: sumer sale, days: 2026-06-27}}]", tmp_path)
        with pytest.raises(ScenarioError, match="write factor: x2, say, or the days of past ones"):
            with_history("events: [{name: sale, days: 2026-06-27}]", tmp_path)


class TestNotices:
    def said(self, text: str) -> str:
        s = read(text)
        assert sense_mistakes(s) == ()
        return "\n".join(map(str, s.notices))

    def test_self_service_that_solves_more_than_is_usual(self) -> None:
        assert "more than the 10% to 25% that are usual" in self.said(
            "self_service: [{topics: 40%, adoption: 60%, solves: 50%}]"
        )
        assert "usual" not in self.said("self_service: [{topics: 40%, adoption: 60%, solves: 40%}]")

    def test_a_quarter_who_write_are_no_quarter_of_a_contact_each(self) -> None:
        growth = "growth: {{customers: 7000 -> 15000, who_write: 25% a year, contacts_each: {}}}"
        said = "\n".join(map(str, Scenario.from_text("people: 4\n" + growth.format(1)).notices))
        assert "write at least 1.15 times each" in said
        assert "1.15" not in "\n".join(map(str, Scenario.from_text("people: 4\n" + growth.format(5)).notices))

    def test_days_without_effect(self) -> None:
        assert "it has no effect" in self.said("events: [{name: outage, days: 2026-02-03}]")
        assert "2026-09-03 is outside the period" in self.said(
            "by_hand: [{days: 2026-09-03, factor: x2, reason: Ana}]"
        )


class TestAsks:
    def test_nothing_said_is_nothing_asked(self) -> None:
        asks = read("").forecast_asks
        assert (asks.events, asks.drivers, asks.overrides, dict(asks.calendars), dict(asks.zones)) == (
            (),
            (),
            (),
            {},
            {},
        )

    def test_events_and_hands(self) -> None:
        asks = read(
            "events: [{name: sale, days: 2026-06-27 to 2026-06-29, queues: all, factor: x3}]\n"
            "by_hand: [{days: 2026-06-24, hours: 09:00-18:00, queues: phone en, factor: x0.5, reason: Ana}]"
        ).forecast_asks
        assert asks.events == (Event("sale", date(2026, 6, 27), date(2026, 6, 29), (), 3.0, None),)
        day = date(2026, 6, 24)
        assert asks.overrides == (Override(day, day, "Ana", ("phone en",), 540, 1080, 0.5, None),)

    def test_growth_of_a_history_becomes_drivers(self, tmp_path: Path) -> None:
        s = with_history(
            "growth: {orders: 1500 -> 1800, contacts_per_order: 9% -> 8%, since: 2026-01-01, by: 2026-12-31, doubt: 10%,"
            " more_contacts: {email en: 20%}}",
            tmp_path,
        )
        orders, rate, more = s.forecast_asks.drivers[:2] + s.forecast_asks.drivers[2:3]
        assert (orders.kind, orders.relative, orders.doubt) == ("orders", True, 0.1)
        assert orders.factor.at(date(2026, 7, 2)) == pytest.approx(1650)
        assert (rate.kind, rate.doubt) == ("contact rate", 0.0)
        assert (more.kind, more.queues, more.factor.at(date(2026, 6, 1))) == ("growth", ("email en",), 1.2)

    def test_without_both_days_all_of_the_growth_has_come(self, tmp_path: Path) -> None:
        [driver] = with_history(
            "growth: {customers: 1000 -> 1500, by: 2026-12-31}", tmp_path
        ).forecast_asks.drivers
        assert (driver.relative, driver.factor.at(date(2026, 6, 1))) == (False, 1.5)

    def test_growth_by_a_day_without_its_first_one_is_told(self, tmp_path: Path) -> None:
        alone, both = (
            with_history(f"growth: {{customers: 1000 -> 1500, {days}by: 2026-12-31}}", tmp_path)
            for days in ("", "since: 2026-01-01, ")
        )
        told = [str(notice) for notice in alone.notices if "without since" in str(notice)]
        assert len(told) == 1
        assert "2026-12-31 changes nothing" in told[0]
        assert not any("without since" in str(notice) for notice in both.notices)

    def test_customers_of_two_countries_and_a_bridge(self) -> None:
        s = Scenario.from_text(
            "people: 4\nvolume: 9\npublic_holidays: Lisbon\ndays_off: [{day: 2026-06-12, name: bridge}]\n"
            "queues: [{name: email fr, customers_in: {Paris: 70%, Milan: 30%}, customers_zone: Europe/Paris}, {name: email pt}]"
        )
        asks = s.forecast_asks
        shares = asks.calendars["email fr"].shares(date(2026, 6, 1), date(2026, 7, 14))
        assert shares == {date(2026, 6, 2): 0.3, date(2026, 6, 12): 1.0, date(2026, 7, 14): 0.7}
        assert date(2026, 6, 10) in asks.calendars["email pt"].shares(date(2026, 6, 1), date(2026, 7, 1))
        assert dict(asks.zones) == {"email fr": "Europe/Paris"}
        assert Scenario.from_text(
            "people: 4\nvolume: 9\nqueues: [{name: a, customers_in: Paris}]"
        ).forecast_asks.calendars

    def test_a_stage_replaces_the_list_of_the_file_it_starts_from(self, tmp_path: Path) -> None:
        (tmp_path / "base.yaml").write_text(
            STATED + "events: [{name: sale, days: 2026-06-27, factor: x3}]\ngrowth: {doubt: 10%}",
            encoding="utf-8",
        )
        (tmp_path / "stage.yaml").write_text(
            "starts_from: base.yaml\nevents: [{name: mail, days: 2026-06-20, factor: x2}]", encoding="utf-8"
        )
        stage = Scenario.load(tmp_path / "stage.yaml")
        assert [event.name for event in stage.forecast_asks.events] == ["mail"]
        assert stage.said.growth.doubt == 0.1
        (tmp_path / "none.yaml").write_text("starts_from: base.yaml\nevents: none", encoding="utf-8")
        assert Scenario.load(tmp_path / "none.yaml").forecast_asks.events == ()


class TestStated:
    def test_orders_and_contacts_for_each_give_the_level(self) -> None:
        from planner.demand import WEEKDAY_FACTORS

        assert sum(WEEKDAY_FACTORS) == pytest.approx(WEEK_IN_WEEKDAYS)
        s = read("growth: {orders: 1500, contacts_per_order: 9%}", DESK)
        volumes = forecast(None, s)
        assert volumes.mean.sum() / 4 == pytest.approx(1500 * 7 * 0.09, rel=1e-6)
        assert "all orders" in "\n".join(map(str, s.assumptions))

    def test_nothing_asked_is_what_was_stated(self) -> None:
        volumes = forecast(None, read(""))
        assert (volumes.modelled, volumes.doubt) == (None, None)
        assert [step.kind for step in volumes.steps] == ["stated", "forecast"] * 2
        again = forecast(None, read("events: [{name: outage, days: 2026-02-03}]"))
        assert np.array_equal(again.mean, volumes.mean)
        assert np.array_equal(again.high, volumes.high)

    def test_everything_at_once(self) -> None:
        plain = forecast(None, read(""))
        found = forecast(
            None,
            read(
                "events: [{name: sale, days: 2026-06-26, factor: x3}]\n"
                "self_service: [{topics: 50%, solves: 20%, queues: email en}]\n"
                "growth: {doubt: 10%}\n"
                "by_hand: [{days: 2026-06-24, queues: phone en, contacts: 40 a day, reason: Ana}]"
            ),
        )
        ratio = (found.mean / plain.mean).reshape(2, 28, 48)
        assert ratio[0, 25] == pytest.approx(np.full(48, 2.7))
        assert ratio[0, 3] == pytest.approx(np.full(48, 0.9))
        assert ratio[1, 25] == pytest.approx(np.full(48, 3.0))
        assert found.mean.reshape(2, 28, 48)[1, 23].sum() == pytest.approx(40)
        assert found.spread["phone en"].level == pytest.approx(0.01)
        assert found.spread["email en"].level > 0.01
        assert found.high.sum() > plain.high.sum()

    def test_days_off_and_clocks_of_customers_without_history(self) -> None:
        desk = "people: 4\nvolume: {a: 50}\nzone: Europe/Lisbon\nqueues: [{name: a%s}]\n"
        plain = forecast(None, Scenario.from_text(desk % ""))
        bridge = forecast(None, Scenario.from_text(desk % "" + "days_off: [{day: 2026-06-12, name: bridge}]"))
        ratio = (bridge.mean / plain.mean).reshape(28, 48)
        assert ratio[11] == pytest.approx(np.full(48, 0.35 / 0.85))  # a Friday
        assert ratio[[10, 12]] == pytest.approx(np.ones((2, 48)))
        part = forecast(None, Scenario.from_text(desk % ", customers_in: {Paris: 70%, Milan: 30%}"))
        ratio = (part.mean / plain.mean).reshape(28, 48)
        assert ratio[1] == pytest.approx(np.full(48, 0.7 + 0.3 * 0.35 / 1.05))  # 2 June, in Italy alone
        east = forecast(None, Scenario.from_text(desk % ", customers_zone: Europe/Athens"))
        assert east.mean[0, 48 * 7 + 14 : 48 * 8] == pytest.approx(
            plain.mean[0, 48 * 7 + 18 : 48 * 8 + 4], rel=0.2
        )
        assert np.array_equal(east.day_of, plain.day_of)
        assert east.mean[0, 48 * 8 + 12] == pytest.approx(plain.mean[0, 48 * 8 + 16])

    def test_need_and_service_see_it(self) -> None:
        from planner.study.steps import require

        plain, found = (
            read(text) for text in ("", "events: [{name: sale, days: 2026-06-01 to 2026-06-28, factor: x4}]")
        )
        needs = [require(forecast(None, s), s).required.sum() for s in (plain, found)]
        assert needs[1] > 1.2 * needs[0]


def test_days_that_are_labelled_are_not_suggested_again(tmp_path: Path) -> None:
    from planner.study import read_history
    from planner.study.today import history_lines

    rows = ["interval_start,queue,arrivals"]
    for day in range(100):
        at = date.fromordinal(date(2026, 2, 1).toordinal() + day)
        count = 300 if day in (70, 71) else 30 - day % 3
        rows.append(f"{at.isoformat()}T10:00:00+00:00,email en,{count}")
    (tmp_path / "counts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    desk = "people: 4\nqueues: [{name: email en}]\nhistory: {file: counts.csv}\nzone: UTC\n"
    before, after = (
        Scenario.from_text(desk + text, folder=tmp_path)
        for text in ("", "events: [{name: sale, days: 2026-04-12 to 2026-04-13}]")
    )
    lines = [history_lines(read_history(s), s) for s in (before, after)]
    assert ["2026-04-12" in str(line) for line in lines[0]].count(True) == 1
    assert not any("2026-04-12" in str(line) for line in lines[1])
