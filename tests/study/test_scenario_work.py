"""Planned work, meetings, appointments, tickets that wait, staffing: what may be said and what it means."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import HistoryError, ScenarioError
from planner.clock import local_at
from planner.demand import PlannedWork
from planner.study.scenario import Scenario
from planner.study.scenario.sense import sense_mistakes
from planner.study.scenario.when import (
    Amount,
    Weeks,
    amount_text,
    on_text,
    on_window_text,
    parse_amount,
    parse_on,
    parse_on_window,
    parse_weeks,
    weeks_text,
)
from planner.study.steps import forecast, planned_of

DESK = """
zone: Europe/Lisbon
period: {first_day: 2026-06-01, weeks: 2}
public_holidays: Lisbon
agents:
- {name: Ana, languages: en, teams: expert}
- {name: Bruno, languages: "en, it"}
- {name: Carla, languages: it, leave: 2026-06-09}
queues: [{name: email en}, {name: phone it, channel: phone, language: it}]
shifts: [{name: day, start: 09:00, paid_hours: 8}]
opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
"""


def work_of(line: str, key: str = "planned_work") -> PlannedWork:
    [work] = Scenario.from_text(f"{DESK}{key}: [{{{line}}}]").stated_work
    return work


def windows_of(work: PlannedWork) -> list[tuple[str, str, int, float]]:
    return [
        (
            f"{local_at(w.start, 'Europe/Lisbon'):%a %d %H:%M}",
            f"{local_at(w.end, 'Europe/Lisbon'):%H:%M}",
            w.people,
            w.work_seconds,
        )
        for w in work.windows
    ]


def refused(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(text)
    return [str(message) for message in caught.value.messages]


def test_fixed_work_takes_people_away() -> None:
    work = work_of("name: school, what: training, people: 2, days: 'tue, wed', from: 10:00, to: 11:30")
    assert (work.what, work.fixed, work.queues, work.team) == ("training", True, ("email en", "phone it"), "")
    # 10 June is a public holiday in Portugal.
    assert windows_of(work) == [
        ("Tue 02 10:00", "11:30", 2, 0.0),
        ("Wed 03 10:00", "11:30", 2, 0.0),
        ("Tue 09 10:00", "11:30", 2, 0.0),
    ]
    assert work.person_hours == 9.0


@pytest.mark.parametrize(
    ("weeks", "days"),
    [
        ("every week", ["Tue 02", "Tue 09"]),
        ("every 2 weeks", ["Tue 02"]),
        ("every 2 weeks from 2026-06-08", ["Tue 09"]),
        ("every 2 weeks from 2026-05-19", ["Tue 02"]),
        ("2026-06-04, 2026-06-10", ["Thu 04", "Wed 10"]),
    ],
)
def test_how_often(weeks: str, days: list[str]) -> None:
    work = work_of(f"name: school, people: 1, days: tue, from: 10:00, to: 11:00, weeks: '{weeks}'")
    assert [window[0][:6] for window in windows_of(work)] == days


def test_work_that_passes_midnight_stays_inside_the_period() -> None:
    work = work_of("name: night, people: 1, days: sun, from: 22:00, to: 02:00")
    assert windows_of(work) == [
        ("Mon 01 00:00", "02:00", 1, 0.0),
        ("Sun 07 22:00", "02:00", 1, 0.0),
        ("Sun 14 22:00", "00:00", 1, 0.0),
    ]


def test_stated_minutes_move_within_their_hours() -> None:
    work = work_of(
        "name: calls, what: call-backs, who: phone it, days: mon, minutes: 240 min a weekday, between: 10:00-16:00, piece: 5 min"
    )
    assert (work.fixed, work.queues, work.piece_seconds, work.random) == (False, ("phone it",), 300.0, False)
    assert windows_of(work) == [
        ("Mon 01 10:00", "16:00", 0, 14_400.0),
        ("Mon 08 10:00", "16:00", 0, 14_400.0),
    ]
    assert work.person_hours == 8.0


def test_minutes_without_hours_are_done_while_open() -> None:
    work = work_of("name: notes, who: [email en, expert], days: sat-mon, minutes: 1 h a day")
    assert (work.queues, work.team) == (("email en",), "expert")
    assert windows_of(work) == [("Mon 01 09:00", "17:00", 0, 3600.0), ("Mon 08 09:00", "17:00", 0, 3600.0)]


def test_work_of_a_week_is_spread_over_its_days() -> None:
    work = work_of("name: notes, minutes: 20 h a week")
    seconds = [window.work_seconds for window in work.windows]
    # Corpus Christi (4 June) and Portugal Day (10 June) leave four days in each week.
    assert seconds == pytest.approx([18_000.0] * 8)


def test_a_meeting_in_turns() -> None:
    work = work_of("on: tue 10:00, who: all in 2 turns, length: 30 min", "meetings")
    assert (work.name, work.what, work.fixed) == ("meeting", "meeting", True)
    # Carla is on leave on the 9th.
    assert windows_of(work) == [
        ("Tue 02 10:00", "10:30", 2, 0.0),
        ("Tue 02 10:30", "11:00", 1, 0.0),
        ("Tue 09 10:00", "10:30", 1, 0.0),
        ("Tue 09 10:30", "11:00", 1, 0.0),
    ]
    team = work_of("name: experts, on: tue 10:00, who: expert, every: 2 weeks", "meetings")
    assert team.queues == ()
    assert (team.team, windows_of(team)) == ("expert", [("Tue 02 10:00", "11:00", 1, 0.0)])
    some = work_of("on: tue 10:00, people: 2, who: phone it", "meetings")
    assert (some.queues, [w.people for w in some.windows]) == (("phone it",), [2, 2])


def test_skills_know_planned_work() -> None:
    s = Scenario.from_text(
        DESK
        + "planned_work: [{name: a, people: 1, from: 9:00, to: 10:00, who: expert}, {name: b, people: 1, from: 9:00, to: 10:00, who: phone it}]\nappointments: [{queues: all, on: mon 09:00-12:00, team: expert}]"
    )
    able = {name: sorted(people) for name, people in s.skills.able.items()}
    assert able["a"] == ["Ana"]
    assert able["b"] == ["Bruno", "Carla"]
    assert able["appointments"] == ["Ana"]
    assert s.skills.kind["a"] == "work"


def calls_file(folder: Path) -> None:
    """Ten weeks of calls: Mondays at 10, local time, 4 calls of 300 s; in the first two weeks 40."""
    lines = ["interval_start,queue,arrivals,aht_seconds"]
    start = datetime(2026, 3, 2, tzinfo=UTC)
    for hour in range(10 * 7 * 24):
        at = start + timedelta(hours=hour)
        summer = at >= datetime(2026, 3, 29, 1, tzinfo=UTC)
        ten = at.weekday() == 0 and at.hour == (9 if summer else 10)
        calls = (40 if hour < 2 * 7 * 24 else 4) if ten else 0
        lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},phone it,{calls},{300 if calls else ''}")
    (folder / "calls.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("between", ["", ", between: 12:00-16:00"])
def test_minutes_of_call_backs_come_from_a_file(tmp_path: Path, between: str) -> None:
    calls_file(tmp_path)
    text = f"{DESK}planned_work: [{{name: calls, what: call-backs, who: phone it, outbound: {{file: calls.csv}}{between}}}]"
    s = Scenario.from_text(text, folder=tmp_path)
    [work] = s.stated_work
    assert (work.fixed, work.random) == (False, True)
    hours = ("12:00", "16:00") if between else ("10:00", "11:00")
    assert windows_of(work) == [(f"Mon {day} {hours[0]}", hours[1], 0, 1200.0) for day in ("01", "08")]
    assert str(s.outbound_notices[0]) == (
        "calls: 1680 of 1680 rows of calls.csv are taken; its calls take 0.3 person-hours a week on average over the last weeks"
    )
    grown = s.replace(growth={"more_contacts": {"all": "50%"}})
    assert grown.stated_work[0].windows[0].work_seconds == pytest.approx(1800.0)
    again = Scenario.from_text(s.dump(), folder=tmp_path)
    assert again == s
    assert again.stated_work == s.stated_work


def test_calls_under_other_names_are_met_with_the_names_that_mend_it(tmp_path: Path) -> None:
    calls_file(tmp_path)
    path = tmp_path / "calls.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",phone it,", ",outbound it,"), encoding="utf-8")

    def desk(queues: str) -> Scenario:
        text = f"{DESK}planned_work: [{{name: calls, who: phone it, outbound: {{file: calls.csv{queues}}}}}]"
        return Scenario.from_text(text, folder=tmp_path)

    with pytest.raises(HistoryError) as refused_file:
        _ = desk("").stated_work
    assert [str(message) for message in refused_file.value.messages] == [
        "calls.csv: none of the 1680 rows is named calls, phone it; say which names in its queue column are "
        'the calls of "calls", such as outbound: {queues: [outbound it]} (labels met: outbound it)'
    ]
    assert len(desk(", queues: [outbound it]").stated_work[0].windows) == 2
    lines = path.read_text(encoding="utf-8").splitlines()
    others = [line.replace("outbound it", "outbound fr") for line in lines[1:]]
    path.write_text("\n".join([*lines, *others]) + "\n", encoding="utf-8")
    said = [str(message) for message in desk(", queues: [outbound it]").outbound_notices]
    assert said[1] == (
        "calls.csv: 1680 rows (50.0 %) are not named calls, outbound it and were left out (labels met: outbound fr); "
        'if they are calls of "calls" as well, write outbound: {queues: [outbound it, outbound fr]}'
    )


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("name: a", 'planned_work[0].name: how much of "a" there is, is not said; write people with from and to or length, or minutes such as 240 min a weekday'),
        ("name: a, people: 1", 'planned_work[0]: "a" keeps people away, and when is not said; write from and to, or length'),
        ("name: a, people: 1, from: 9:00, to: 10:00, minutes: 1 h a day", "planned_work[0].minutes: says the same as people in another way; keep one of them"),
        ("name: a, people: 1, from: 9:00, to: 10:00, between: 9:00-10:00", "planned_work[0].between: does not go with people; write from and to"),
        ("name: a, minutes: 1 h a day, from: 9:00", "planned_work[0].from: does not go with minutes; write between"),
        ("name: a, minutes: 1 h", 'planned_work[0].minutes: "1 h" is not an amount of work; write it like 240 min a weekday or 20 h a week'),
        ("name: a, minutes: 9999 h a day", "planned_work[0].minutes: more than 100000 min are too much; check the number"),
        ("name: a, people: 1, from: 9:05, to: 10:00", "planned_work[0].from: hours open and close on quarter-hours; write it like 09:00 or 09:15"),
        ("name: email en, minutes: 1 h a day", 'planned_work[0].name: a queue or a role is called "email en" as well; give the work a name of its own'),
        ("name: all, minutes: 1 h a day", 'planned_work[0].name: "all" cannot be the name of work; use a name without commas and " + " that means nothing else'),
        ("name: a, minutes: 1 h a day, who: email fr", 'planned_work[0].who: there is no queue or team "email fr"; did you mean email en?'),
        ("name: a, minutes: 1 h a day, who: zzz", 'planned_work[0].who: there is no queue or team "zzz"; known: all, email en, phone it, expert'),
        ("name: a, minutes: 1 h a day, weeks: monthly", 'planned_work[0].weeks: "monthly" does not say how often; write every week, every 2 weeks, or days like 2026-06-09, 2026-06-23'),
        ("name: a, minutes: 1 h a day, weeks: every 99 weeks", 'planned_work[0].weeks: "every 99 weeks" does not say how often; write every week, every 2 weeks, or days like 2026-06-09, 2026-06-23'),
        ("name: a, outbound: {file: no.csv}", 'planned_work[0].outbound.file: "no.csv" is a file, and this scenario stands in no folder; save it in one first'),
        ("name: a, minutes: 1 h a day, what: party", 'planned_work[0].what: "party" is not known here; write one of call-backs, project, training, mentoring, meeting'),
    ],
)  # fmt: skip
def test_mistakes_of_planned_work(line: str, answer: str) -> None:
    [found] = refused(f"{DESK}planned_work: [{{{line}}}]")
    assert found.partition("planned_work")[1] + found.partition("planned_work")[2] == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("planned_work: [{name: a, minutes: 1 h a day}, {name: a, minutes: 2 h a day}]", '"a" stands twice, first at line 12 column 23'),
        ("planned_work: [{name: meeting, minutes: 1 h a day}]\nmeetings: [{on: tue 10:00}]", '"meeting" stands twice, first at line 12 column 23'),
        ("meetings: [{on: tue}]", '"tue" is not a day and an hour; write it like tue 10:00'),
        ("meetings: [{on: tue 10:10}]", "meetings start on quarter-hours and last whole ones; write it like tue 10:00 and 30 min"),
        ("meetings: [{on: tue 10:00, length: 20 min}]", "meetings start on quarter-hours and last whole ones; write it like tue 10:00 and 30 min"),
        ("meetings: [{on: tue 10:00, who: all in 40 turns}]", "40 turns take more than a day; write fewer turns, or a shorter length"),
        ("meetings: [{on: tue 10:00, every: month}]", '"month" does not say how often'),
        ("meetings: [{on: tue 10:00, who: boss in 2 turns}]", 'there is no queue or team "boss"'),
        ("appointments: [{queues: email en, on: mon}]", '"mon" is not a weekday and hours on it; write it like mon 09:00-12:00'),
        ("appointments: [{queues: email en, on: mon 12:00-09:00}]", '"mon 12:00-09:00" is not a weekday and hours on it'),
        ("appointments: [{queues: mail en, on: mon 09:00-12:00}]", 'there is no queue "mail en"; did you mean email en?'),
        ("appointments: [{queues: email en, on: mon 09:00-12:00, share: 0%}]", "write a share above 0%, such as 20%"),
        ("appointments: [{queues: email en, on: mon 09:00-12:00, team: exprt}]", 'there is no queue or team "exprt"; did you mean expert?'),
        ("appointments: [{on: mon 09:00-12:00}]", "queues is missing; write it like queues: email en, chat en"),
        ("planned_work: [{name: a, outbound: {profile: zendesk}}]", "file is missing"),
        ("open_tickets: {email fr: 3}", 'there is no queue "email fr"; did you mean email en?'),
        ("open_tickets: {phone it: 3}", 'nobody waits in "phone it" overnight; open tickets are for e-mail and social that are not answered live'),
        ("staffing: {forecast: median}", '"median" is not a way to read a forecast; write mean, expected or quantile 80%'),
        ("staffing: {forecast: quantile 100%}", "write a share above 0% and below 100%, such as 80%"),
        ("staffing: {method: forward, forecast: expected}", "staffing.forecast: method forward follows one course of the period, not all that may come; write mean or quantile 80%, or method: interval"),
        ("staffing: {small_teams: 100%}", "write a share above 0% and below 100%, such as 80%"),
        ("staffing: {method: exact}", '"exact" is not known here; write one of interval, forward'),
        ("escalation: [{role: expert, share: 2%, takes: 0 min}]", "a length of time above 0 is needed"),
    ],
)  # fmt: skip
def test_other_mistakes(text: str, answer: str) -> None:
    [found] = refused(DESK + text)
    assert answer in found


def test_planned_minutes_need_contacts_beside_them() -> None:
    text = "need: {seat: 1}\nplanned_work: [{name: a, minutes: 1 h a day}]"
    [found] = refused(text)
    assert "with a stated need only people can be planned" in found
    fine = Scenario.from_text("need: {seat: 1}\nplanned_work: [{name: a, people: 1, from: 9:00, to: 10:00}]")
    assert len(fine.stated_work[0].windows) == 20


def sense(line: str, key: str = "planned_work") -> list[str]:
    return [str(message) for message in sense_mistakes(Scenario.from_text(f"{DESK}{key}: [{{{line}}}]"))]


def test_files_of_calls_are_asked_as_a_history_is(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("x\n", encoding="utf-8")
    line = "profile: zendesk, mapping: {stmp: x, queues: {a: calls, b: other}}"
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(
            f"{DESK}planned_work: [{{name: calls, outbound: {{file: calls.csv, {line}}}}}]", folder=tmp_path
        )
    found = [str(message).partition("planned_work[0].")[2] for message in caught.value.messages]
    assert found == [
        "outbound: stamps of this profile carry no clock; write the zone of the export, such as zone: Europe/Lisbon",
        "outbound.mapping.stmp: unknown; did you mean stamp?",
        'outbound.mapping.queues.b: there is no queue "other"; known: calls',
    ]
    (tmp_path / "calls.csv").unlink()
    with pytest.raises(ScenarioError, match="there is no file"):
        Scenario.from_text(
            f"{DESK}planned_work: [{{name: calls, outbound: {{file: calls.csv}}}}]", folder=tmp_path
        )


def test_work_that_cannot_be_done() -> None:
    assert sense("name: a, people: 3, from: 9:00, to: 10:00") == []
    [too_few] = sense("name: a, people: 2, from: 9:00, to: 10:00, who: expert")
    assert too_few.endswith(
        'planned_work[0].people: "a" takes 2 people at a time, and 1 can do it; lower the number, or name more in who'
    )
    [nobody] = sense("name: a, people: 1, from: 9:00, to: 10:00, who: [expert, phone it]")
    assert nobody.endswith(
        'planned_work[0].who: nobody can do "a"; name queues or a team that somebody has, or all'
    )
    [outside] = sense("name: a, people: 1, days: tue, from: 16:00, to: 18:00")
    assert outside.endswith(
        'planned_work[0]: "a" is planned Tuesday 17:00-18:00, and no shift of anybody who can do it reaches that; move it, or add a start to shifts'
    )
    assert sense("name: a, days: tue, minutes: 1 h a day, between: 16:00-18:00") == []
    [never] = sense("name: a, days: tue, minutes: 1 h a day, between: 17:00-18:00")
    assert 'planned_work[0]: "a" is planned Tuesday 17:00-18:00' in never
    assert sense("queues: email en, on: mon 09:00-12:00", "appointments") == []
    [slots] = sense("queues: email en, on: mon 18:00-19:00", "appointments")
    assert 'appointments[0]: "appointments" is planned Monday 18:00-19:00, and no shift' in slots
    [meeting] = sense("on: tue 17:00", "meetings")
    assert 'meetings[0]: "meeting" is planned Tuesday 17:00-18:00' in meeting


def test_work_of_which_nothing_falls_into_the_period_is_told() -> None:
    s = Scenario.from_text(
        f"{DESK}planned_work: [{{name: a, people: 1, from: 9:00, to: 10:00, weeks: 2026-09-01}}]"
    )
    [told] = [str(m) for m in s.notices if m.code == "scenario.work_never"]
    assert told.endswith('no day of "a" falls into the period; look at days, weeks and public holidays')


def test_settings_reach_the_need() -> None:
    text = DESK + "open_tickets: {email en: 120}\nvoicemail_within: 3 h\n"
    settings = Scenario.from_text(
        text + "staffing: {method: forward, forecast: quantile 90%, small_teams: 95%}"
    ).need_settings
    assert (settings.method, settings.policy, settings.quantile) == ("forward", "quantile", 0.9)
    assert (settings.small_team_confidence, dict(settings.open_tickets)) == (0.95, {"email en": 120})
    assert settings.voicemail_seconds == 10_800.0
    expected = Scenario.from_text("staffing: {forecast: expected}").need_settings
    assert (expected.policy, expected.method, expected.small_team_confidence) == (
        "expected service level",
        "interval",
        None,
    )
    [role] = Scenario.from_text(DESK + "escalation: [{role: expert, share: 2%, takes: 45 min}]").role_needs
    assert (role.share, role.handle_seconds) == (0.02, 2700.0)


@given(
    st.one_of(
        st.builds(lambda every, since: Weeks(every, since), st.integers(1, 52), st.none() | st.dates()),
        st.builds(lambda days: Weeks(on=tuple(sorted(days))), st.sets(st.dates(), min_size=1, max_size=3)),
    )
)
def test_weeks_read_back(weeks: Weeks) -> None:
    assert parse_weeks(weeks_text(weeks)) == weeks


@given(st.integers(1, 10_000), st.sampled_from(["day", "weekday", "week"]))
def test_amounts_read_back(minutes: int, per: str) -> None:
    amount = Amount(timedelta(minutes=minutes), per)  # type: ignore[arg-type]
    assert parse_amount(amount_text(amount)) == amount


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(0, 95), st.integers(1, 95))
def test_days_and_hours_read_back(days: set[int], start: int, length: int) -> None:
    on = parse_on(
        ", ".join(["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day] for day in sorted(days))
        + f" {start // 4:02d}:{start % 4 * 15:02d}"
    )
    assert parse_on(on_text(on)) == on
    end = min(96, start + length)
    window = parse_on_window(f"sun {start // 4:02d}:{start % 4 * 15:02d}-{end // 4:02d}:{end % 4 * 15:02d}")
    assert parse_on_window(on_window_text(window)) == window


def test_monday_slots_for_the_cases_of_a_weekend() -> None:
    always = DESK.replace("days: mon-fri, open: 09:00, close: 17:00", "days: all, open: 00:00, close: 24:00")
    text = (
        always
        + "appointments: [{queues: email en, share: 20%, on: mon 09:00-12:00, length: 30 min, team: expert}]\nvolume: {email en: 100, phone it: 10}"
    )
    s = Scenario.from_text(text)
    volumes = forecast(None, s)
    [work] = planned_of(s, volumes)
    assert (work.what, work.queues, work.team, work.piece_seconds) == (
        "appointments",
        ("email en",),
        "expert",
        1800.0,
    )
    # A weekend brings 0.4 of a weekday. The weekend before the period is taken to be as the one in it.
    assert windows_of(work) == [
        ("Mon 01 09:00", "12:00", 0, pytest.approx(40 * 0.2 * 1800)),
        ("Mon 08 09:00", "12:00", 0, pytest.approx(40 * 0.2 * 1800)),
    ]
    [told] = [str(m) for m in s.assumptions if m.code == "scenario.assumed_first_appointments"]
    assert (
        told == "assumed: as many cases wait for appointments when the period begins as come in a week of it"
    )
    [unknown] = planned_of(s)
    assert unknown.windows == ()


def test_everything_reads_back() -> None:
    s = Scenario.from_text(
        DESK
        + """
planned_work:
- {name: school, what: training, people: 2, days: "tue, public holidays", from: 10:00, to: 11:30, weeks: every 2 weeks from 2026-06-02}
- {name: calls, what: call-backs, who: [phone it, expert], minutes: 240 min a weekday, between: 10:00-16:00, piece: 12 min}
meetings: [{name: weekly, on: "tue, thu 10:00", who: all in 2 turns, length: 30 min, every: 2 weeks}]
appointments: [{queues: email en, share: 15%, arriving: sat-sun, on: mon 09:00-12:00, length: 45 min, team: expert}]
open_tickets: {email en: 120}
voicemail_within: 3 h
staffing: {method: forward, forecast: quantile 90%, small_teams: 95%}
escalation: [{role: expert, share: 2%, takes: 45 min}]
"""
    )
    again = Scenario.from_text(s.dump())
    assert again == s
    assert again.dump() == s.dump()
    assert again.stated_work == s.stated_work


def test_how_often_the_period_is_simulated() -> None:
    s = Scenario.from_text(DESK + "solve: {replications: 7, effort: quick}")
    assert s.replications == 7
    assert Scenario.from_text(DESK).replications is None
    [found] = refused(DESK + "solve: {replications: 5000}")
    assert found.endswith("solve.replications: at most 1000 simulated periods; more say little more")


def test_a_file_of_calls_stays_beside_the_scenario_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    calls_file(tmp_path / "base")
    line = "planned_work: {name: calls, who: phone it, outbound: {file: calls.csv}, between: 12:00-16:00}"
    (tmp_path / "base" / "base.yaml").write_text(DESK + line, encoding="utf-8")
    (tmp_path / "stage.yaml").write_text("starts_from: base/base.yaml\nname: Stage\n", encoding="utf-8")
    stage = Scenario.load(tmp_path / "stage.yaml")
    assert stage.outbound_sources["calls"].file == tmp_path / "base" / "calls.csv"
    assert stage.stated_work == Scenario.load(tmp_path / "base" / "base.yaml").stated_work
    assert stage.replace(planned_work=None).stated_work == ()
