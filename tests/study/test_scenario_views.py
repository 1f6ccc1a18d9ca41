"""What the rooms below get from a scenario."""

# ruff: noqa: E501 - texts and what they mean stand side by side

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.clock import OpeningLine, day_starts
from planner.demand import HistorySource, Promise, Queue
from planner.people import Role, Site
from planner.requirement import NeedSettings, RoleNeed
from planner.rota import ShiftType
from planner.study.scenario import Scenario

WEEK = frozenset(range(5))


def read(text: str, folder: Path | None = None) -> Scenario:
    return Scenario.from_text(text, folder=folder)


def test_queues_take_the_defaults_of_a_shop() -> None:
    s = read("queues: [{name: phone fr}, {name: chat}, {name: mail pt-BR}, {name: social it, language: en}]")
    assert s.queues == (
        Queue(
            "phone fr", "phone", "fr", 370.0, Promise(0.8, 20.0), patience_seconds=120.0, interruptible=False
        ),
        Queue("chat", "chat", "en", 600.0, Promise(0.8, 60.0), patience_seconds=180.0, interruptible=False),
        Queue("mail pt-BR", "email", "pt-BR", 420.0, Promise(0.9, 14_400.0), replies=1.5),
        Queue("social it", "social", "en", 300.0, Promise(0.9, 3_600.0)),
    )


def test_queues_as_they_are_said() -> None:
    line = (
        "aht: 12 min, replies: 2.2, promise: 90% within 2 business hours, hangs_up_after: 4 min, team: gold"
    )
    more = "customers: premium, priority: 2, can_be_put_down: no, handle_time_cv: 0.8, channel: email, language: it"
    s = read(f"queues: [{{name: a, {line}, {more}}}]\nagents: [{{name: A, teams: gold}}]")
    assert s.queues == (
        Queue("a", "email", "it", 720.0, Promise(0.9, 7200.0, "open hours"), 2.2, 240.0, "gold", "premium", 2, False, 0.8),
    )  # fmt: skip


def test_chats_at_once() -> None:
    chat, phone = read("queues: [{name: chat en, chats_at_once: 3}, {name: phone en}]").queues
    assert (chat.chats_at_once, chat.chat_speed[:3]) == (3, (1.0, 0.85, 0.83))
    assert phone.chats_at_once == 1
    assumed = [str(m) for m in read("queues: [{name: chat en, chats_at_once: 3}]").assumptions]
    sentence = (
        "default, not your data: chat en: of 3 chats at once, each runs at 83% of the speed of one alone"
    )
    assert sentence in assumed


def test_opening_hours_of_each_queue_are_the_lines_that_name_it_or_all() -> None:
    s = read(
        "zone: Europe/Lisbon\npublic_holidays: Lisbon\nqueues: [{name: a}, {name: b}]\nopening_hours:\n"
        "- {queues: all, days: mon-fri, open: 09:00, close: 18:00}\n"
        "- {queues: 'b, a', days: sat, open: 00:00, close: 24:00}\n"
        "- {queues: [b], days: public holidays, closed: yes}\n"
    )
    office = OpeningLine(WEEK, False, 540, 1080)
    saturday = OpeningLine(frozenset({5}), False, 0, 1440)
    assert s.opening["a"].lines == (office, saturday)
    assert s.opening["b"].lines == (office, saturday, OpeningLine(frozenset(), True, 540, 1080, closed=True))
    assert s.opening["a"].zone == "Europe/Lisbon"
    assert s.opening["a"].holidays.name_of(date(2026, 6, 10)) is not None


def test_a_queue_may_keep_the_public_holidays_of_another_place() -> None:
    """Italy closes on 2 June, France on Whit Monday, and whoever asks for none on neither."""
    s = read(
        "zone: Europe/Paris\npublic_holidays: Paris\nqueues:\n"
        "- {name: email fr}\n- {name: email it, public_holidays: Milan}\n"
        "- {name: email en, public_holidays: none}\nopening_hours:\n"
        "- {queues: all, days: mon-fri, open: 09:00, close: 18:00}\n"
        "- {queues: all, days: public holidays, closed: yes}\n"
    )

    def hours_on(queue: str, day: str) -> float:
        return float(s.opening[queue].mask(day_starts(day, 1, "Europe/Paris")[0], 96).sum() / 4)

    found = {name: [hours_on(name, day) for day in ("2026-05-25", "2026-06-02")] for name in s.opening}
    assert found == {"email fr": [0.0, 9.0], "email it": [9.0, 0.0], "email en": [9.0, 9.0]}


def test_the_clock_and_the_holidays_are_the_first_sites_unless_said() -> None:
    sites = "sites: [{name: L, zone: Europe/Lisbon, public_holidays: Lisbon}, {name: M, zone: Asia/Manila}]\n"
    assert (read(sites).zone, read(sites).public_holidays) == ("Europe/Lisbon", "Lisbon")
    other = read(sites + "zone: America/New_York\npublic_holidays: none")
    assert (other.zone, other.public_holidays) == ("America/New_York", "")
    assert read("people: 3").sites == (Site("Office", "UTC"),)


def test_nights_and_premiums_come_from_the_country_rules() -> None:
    s = read(
        "sites:\n- {name: L, zone: Europe/Lisbon, country_rules: pt}\n- {name: M, zone: Europe/Rome, country_rules: it}\n"
        "- {name: P, zone: Europe/Paris, country_rules: fr, night_premium: 12.5%}\n"
        "- {name: X, zone: UTC, night: 23:00-05:00, full_time_hours: 35}\n"
    )
    assert [(site.night, site.night_premium, site.full_time_minutes) for site in s.sites] == [
        ((1320, 420), 0.25, 2400),
        ((1320, 360), 0.15, 2400),
        ((1260, 360), 0.125, 2400),
        ((1380, 300), None, 2100),
    ]
    assert s.holiday_premiums == {"L": 0.5, "M": None, "P": None, "X": None}
    assert "X: night" in s.unknown_premiums
    assert "X: public holiday" in s.unknown_premiums
    assert not any(words.startswith("L:") for words in s.unknown_premiums)
    said = " ".join(map(str, s.assumptions))
    assert "L: night 22:00-07:00 and its premium of 25% as in country rules pt" in said
    assert "no country rules for X" in said


def test_shifts_as_they_are_said() -> None:
    s = read(
        "agents: [{name: A, teams: [engineer, late]}]\nescalation: [{role: engineer, pay: 20%}]\nshifts:\n"
        "- {name: day, start: 07:00-08:00 every 30 min, paid_hours: 8, break: 1 h unpaid, break_after: 2 h to 4 h}\n"
        "- {name: short, start: 09:00, paid_hours: 3, break: 15 min, teams: late}\n"
        "- {name: watch, start: 19:00, paid_hours: 12, kind: on_call}\n"
        "opening_hours: [{days: all, open: 00:00, close: 24:00}]\n"
    )
    assert s.shift_types == (
        ShiftType("day", (420, 450, 480), 540, 60, (120, 240)),
        ShiftType("short", (540,), 195, 15, (180, 180), teams=frozenset({"late"})),
        ShiftType("watch", (1140,), 720, 0, (180, 300), kind="on_call", pay_share=0.2, counted=False,
                  teams=frozenset({"engineer"})),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "starts"),
    [
        ("[{open: 09:00, close: 17:00}]", {"day": (540,)}),
        ("[{open: 09:00, close: 18:00}]", {"day": (540, 570)}),
        ("[{open: 07:00, close: 20:00}]", {"day": (420, 480, 540, 600, 660, 690)}),
        (
            "[{days: all, open: 00:00, close: 24:00}]",
            {"early": (360, 420, 480, 540, 600), "late": (780, 840, 900), "night": (1320,)},
        ),
        (
            "[{open: 20:00, close: 04:00}]",
            {"early": (360, 420, 480, 540, 600), "late": (780, 840, 900), "night": (1320,)},
        ),
    ],
)
def test_usual_shifts_fit_the_opening_hours(opening: str, starts: dict[str, tuple[int, ...]]) -> None:
    types = read(f"opening_hours: {opening}").shift_types
    assert {kind.name: kind.starts for kind in types} == starts
    assert {(kind.present_minutes, kind.paid_minutes) for kind in types} == {(510, 480)}


def test_usual_shifts_on_several_clocks_start_at_every_hour() -> None:
    s = read("sites: [{name: L, zone: Europe/Lisbon}, {name: M, zone: Asia/Manila}]")
    assert [len(kind.starts) for kind in s.shift_types] == [24]


def test_escalation_has_duties_of_its_own_unless_said() -> None:
    text = "agents: [{name: A}, {name: E, languages: none, teams: engineer}]\nescalation: [{role: engineer, people: 2, reach: 15 min}]\n"
    s = read(text)
    assert s.roles == (Role("engineer"),)
    assert s.role_needs == (RoleNeed("engineer", 2, 900.0),)
    on_call = s.shift_types[-1]
    assert (on_call.kind, on_call.starts, on_call.present_minutes, on_call.pay_share) == (
        "on_call",
        (540,),
        540,
        0.15,
    )
    round_the_clock = read(text + "opening_hours: [{days: all, open: 00:00, close: 24:00}]").shift_types[-1]
    assert (round_the_clock.starts, round_the_clock.present_minutes) == ((480, 1200), 720)


def test_settings_of_the_need() -> None:
    s = read(
        "queues: [{name: a}]\nminimum_on_duty: {all: 2, a: 1}\naway: {sickness: 4%}\nbusy_inside_shift: 12%\n"
        "no_shows: 2%\noccupancy_at_most: 80%\nfollow_up_within: 6 h"
    )
    assert s.need_settings == NeedSettings(
        {"all": 2, "a": 1}, 0.12, 0.02, 0.04, 0.8, follow_up_seconds=21_600.0
    )
    assert read("away: {sickness: 4%, absence: 14%}").need_settings.absence == 0.14
    assert read("minimum_on_duty: 3").need_settings.presence == {"all": 3}


def test_when_closed_names_queues_and_doors() -> None:
    s = read(
        "queues: [{name: a}, {name: b}]\nwhen_closed: {a: {to b: 70%, returns at opening: 20%, lost: 10%}}"
    )
    assert s.when_closed == {"a": {"b": 0.7, "returns at opening": 0.2, "lost": 0.1}}


def test_history(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv.gz"):
        (tmp_path / name).write_bytes(b"x")
    s = read(
        "history:\n- {file: a.csv, profile: zendesk, zone: Europe/Rome, since: 2025-09-01, until: 2026-02-28}\n"
        "- {file: b.csv.gz, profile: mapping, mapping: {stamp: Opened, queues: {x: email en}}, accept_bad_rows: yes}\n",
        tmp_path,
    )
    assert s.history_sources == (
        HistorySource(
            tmp_path / "a.csv", "zendesk", "Europe/Rome", None, date(2025, 9, 1), date(2026, 2, 28)
        ),
        HistorySource(
            tmp_path / "b.csv.gz",
            "mapping",
            mapping={"stamp": "Opened", "queues": {"x": "email en"}},
            accept_bad_rows=True,
        ),
    )


@pytest.mark.parametrize(
    ("text", "volumes"),
    [
        ("volume: 90 a weekday", {"a": 45.0, "b": 45.0}),
        ("volume: {a: 60 a day, all: 10}", {"a": 60.0, "b": 10.0}),
        ("volume: {a: 60}\ngrowth: 50%", {"a": 90.0, "b": 0.0}),
        ("", {"a": 50.0, "b": 50.0}),
        ("volume: {all: 10}\ngrowth: {more_contacts: {a: 100%}}", {"a": 10.0, "b": 5.0}),
    ],
)
def test_stated_volumes(text: str, volumes: dict[str, float]) -> None:
    assert read("queues: [{name: a}, {name: b}]\n" + text).stated_volumes == pytest.approx(volumes)


def test_volumes_from_customers() -> None:
    s = read("growth: {customers: 1000 -> 1500, who_write: 60% a year, contacts_each: 2}")
    # 1500 customers x 0.6 x 2 = 1800 contacts a year, over the 260.9 weekdays of a year.
    assert s.stated_volumes["email en"] == pytest.approx(1800 / 260.892857, rel=1e-6)
    assert "contacts a year of all customers" in " ".join(map(str, s.assumptions))


@pytest.mark.parametrize(
    ("growth", "factor"),
    [
        ("", 1.0),
        ("growth: {customers: 1200 -> 1500}", 1.25),
        ("growth: {customers: 1200 -> 1500, by: 2026-12-31}", 1.25),
        # The period's middle, 15 June, is half way from 1 January to 27 November.
        ("growth: {customers: 1000 -> 2000, since: 2026-01-01, by: 2026-11-27}", 1.5),
        ("growth: {customers: 1000 -> 2000, since: 2026-08-01, by: 2026-11-27}", 1.0),
        ("growth: 10%", 1.1),
    ],
)
def test_growth(growth: str, factor: float) -> None:
    assert read(growth).growth == {"email en": pytest.approx(factor)}


def test_a_stated_need() -> None:
    s = read(
        "need: {seat: 2}\npeople: 9\nedge: cyclic\nsolve: {engine: cp-sat}\nopening_hours: [{days: all, open: 00:00, close: 24:00}]"
    )
    assert s.fixed_need == {"seat": 2}
    assert [queue.name for queue in s.queues] == ["seat"]
    assert all(agent.serves(s.queues[0]) for agent in s.team.agents)
    assert (s.cyclic, s.engine) == (True, "cp-sat")
    assert int(s.opening["seat"].mask(0, 96 * 7).sum()) == 96 * 7
    assert not any("contacts" in str(message) for message in s.assumptions)


def test_prices_and_effort() -> None:
    s = read(
        "prices: {missing_hour: 12 x dearest hour, extra_hour: 0.5}\nsolve: {effort: thorough, seed: 7, time_limit: 60 s}"
    )
    assert (s.said.prices.missing_hour, s.extra_hour, s.iterations, s.seed, s.time_limit_seconds) == (
        ("factor", 12.0),
        0.5,
        8000,
        7,
        60.0,
    )
    assert (s.rounds, read("solve: {rounds: 3}").rounds) == (8, 3)
    assert read("prices: {missing_hour: 90}").said.prices.missing_hour == ("money", 90.0)
    usual = read("")
    assert (usual.said.prices.missing_hour, usual.extra_hour, usual.effort, usual.iterations, usual.seed) == (
        ("factor", 10.0),
        0.0,
        "normal",
        1500,
        1,
    )
    assert (usual.time_limit_seconds, usual.engine, usual.currency, usual.starts, usual.carryover) == (
        None,
        "search",
        "EUR",
        None,
        None,
    )
    assert usual.lighter().iterations == 500


def test_rules_are_handed_on_as_they_are_said() -> None:
    s = read("rules: [two_days_off_together, max_nights_in_row: {nights: 3, penalty: 40}]")
    assert s.rule_settings == (
        {"two_days_off_together": {}},
        {"max_nights_in_row": {"nights": "3", "penalty": "40"}},
    )


def test_promises_by_an_hour_and_of_what() -> None:
    text = """
queues:
- {name: email en, promise: 90% by opening + 1 h}
- {name: social en, promise: 90% by Monday 10:00}
- {name: phone en, promise: 80% of answered within 20 s, promise_over: day, abandoned_at_most: 5%}
"""
    mail, social, phone = read(text).queues
    assert mail.promise == Promise(0.9, 3600.0, "after opening")
    assert social.promise == Promise(0.9, 0.0, "by weekday", (0, 600))
    assert phone.promise == Promise(0.8, 20.0, definition="answered", over="day")
    assert (mail.max_abandon, phone.max_abandon) == (None, 0.05)
    assert (mail.handled_as, social.handled_as) == ("deferred", "deferred")


def test_the_speed_of_chats() -> None:
    said, timed = read(
        "queues:\n- {name: chat en, chats_at_once: 3, chat_speed: '100%, 85%, 80%'}\n"
        "- {name: chat it, chats_at_once: 3, chat_times: {1: 10 min, 2: 12 min, 3: 15 min}}\n"
    ).queues
    assert said.chat_speed == (1.0, 0.85, 0.8)
    assert timed.aht_seconds == 600.0
    assert timed.chat_speed == pytest.approx((1.0, 10 / 12, 10 / 15))
    s = read("queues: [{name: chat en, chats_at_once: 2, chat_speed: [100%, 90%]}]")
    assert s.queues[0].chat_speed == (1.0, 0.9)
    assert not [m for m in s.assumptions if m.code == "scenario.assumed_chat_speed"]
