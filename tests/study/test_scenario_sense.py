"""Mistakes of sense, notices, and checking files."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from planner._errors import InputError
from planner.study.scenario import Findings, Scenario, check, findings
from planner.study.scenario.sense import sense_mistakes

ROOT = Path(__file__).parents[2]
ROUND = "opening_hours: [{days: all, open: 00:00, close: 24:00}]\n"


def sense(text: str) -> list[str]:
    return [str(message) for message in sense_mistakes(Scenario.from_text(dedent(text)))]


def notices(text: str) -> list[str]:
    return [str(message) for message in Scenario.from_text(dedent(text)).notices]


def test_a_usual_desk_makes_sense() -> None:
    assert sense("") == []
    assert sense(ROUND) == []
    assert sense("people: 5\nneed: {seat: 1}\nedge: cyclic\nsolve: {engine: cp-sat}\n" + ROUND) == []


def test_a_language_that_nobody_speaks() -> None:
    text = """\
        queues: [{name: email en}, {name: email no}]
        people: {count: 3, languages: en}
        opening_hours:
          - {queues: email en}
          - {queues: email no, days: all, open: 00:00, close: 06:00}
        shifts: [{name: a, start: 00:00-12:00 every 6 h, paid_hours: 8}]
        """
    assert sense(text) == [
        'scenario.yaml:1:35: queues[1].name: "no" is open every day 00:00-06:00 and nobody speaks it; add it to '
        'someone\'s languages, or close "email no"'
    ]


def test_a_team_that_nobody_is_in_then() -> None:
    text = """\
        queues: [{name: email en}, {name: gold, team: gold}]
        agents: [{name: A}, {name: B, teams: gold, from: 2026-06-22}]
        period: {first_day: 2026-06-01, weeks: 4}
        """
    [found] = sense(text)
    assert (
        '"gold" is open Monday, Tuesday, Wednesday, Thursday, Friday 09:00-18:00 and nobody who can answer it may work then'
        in found
    )


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ("closed: yes", "no queue is open in the whole period; write opening_hours"),
        ("days: public holidays", "it opens on public holidays only, and none falls into the period"),
    ],
)
def test_a_period_in_which_nothing_is_open_is_told_once(lines: str, answer: str) -> None:
    [found] = sense(f"opening_hours: [{{{lines}}}]")
    assert found.startswith("scenario.yaml:1:16: opening_hours: ")
    assert answer in found


def test_a_missing_hour_that_costs_less_than_work() -> None:
    [found] = notices("prices: {missing_hour: 10}")
    assert "a missing hour costs less than an hour of work" in found
    assert notices("prices: {missing_hour: 20}") == []


def test_premiums_that_nobody_stated_are_named() -> None:
    [found] = notices("sites: [{name: Rome, country_rules: it}]")[:1]
    assert "premiums not in any cost, because nobody stated them: Rome: sunday; Rome: public holiday" in found
    assert notices("sites: [{name: A, night_premium: 0%, holiday_premium: 0%}]") == []
    assert not any(
        "not in any cost" in text for text in notices("sites: [{name: Lisbon, country_rules: pt}]")
    )


def test_weeks_that_the_period_cuts() -> None:
    [found] = notices("period: {first_day: 2026-06-03}")
    assert "the period starts on a Wednesday" in found
    assert notices("period: {first_day: 2026-06-01}") == []


@pytest.mark.parametrize(
    ("rota", "answer"),
    [
        ("", "last.csv: the file is empty"),
        (
            "agent,start_utc,end_utc\nZoe,2026-05-30T08:00Z,2026-05-30T16:00Z\n",
            "no shift of anybody in the team starts before 2026-06-01",
        ),
        (
            "agent,start_utc,end_utc\nPerson 1,2026-06-02T08:00Z,2026-06-02T16:00Z\n",
            "no shift of anybody in the team starts before 2026-06-01",
        ),
        (
            "agent,start_utc,end_utc\nZoe,2026-05-30T08:00Z,2026-05-30T16:00Z\n"
            "Person 1,2026-05-31T08:00Z,2026-05-31T16:00Z\n",
            "",
        ),
        ("agent,start_utc,end_utc\nPerson 1,2026-05-31T08:00Z,2026-05-31T16:00Z\n", ""),
    ],
)
def test_the_rota_of_the_last_period_is_read(tmp_path: Path, rota: str, answer: str) -> None:
    (tmp_path / "last.csv").write_text(rota, encoding="utf-8")
    (tmp_path / "desk.yaml").write_text("carryover: last.csv\n", encoding="utf-8")
    found = [str(message) for message in findings([tmp_path / "desk.yaml"]).mistakes]
    assert len(found) == bool(answer)
    assert all(answer in text for text in found)


def test_who_left_since_the_last_period_is_a_notice(tmp_path: Path) -> None:
    """Their shifts are left out of the carryover, their rows stay in the ledger."""
    rows = [f"{name},2026-05-31T08:00Z,2026-05-31T16:00Z" for name in ("Zoe", "Person 1", "Al")]
    (tmp_path / "last.csv").write_text("\n".join(["agent,start_utc,end_utc", *rows]), encoding="utf-8")
    (tmp_path / "ledger.csv").write_text("agent,first_day,days\nZoe,2026-05-25,7\n", encoding="utf-8")
    said = "carryover: last.csv\nledger: ledger.csv\n"
    (tmp_path / "desk.yaml").write_text(said, encoding="utf-8")
    found = findings([tmp_path / "desk.yaml"])
    assert found.mistakes == ()
    told = [str(message) for message in found.notices]
    assert any("carryover: Al, Zoe are not in the team: their shifts are left out" in text for text in told)
    assert any("ledger: Zoe are not in the team: their rows are kept" in text for text in told)
    (tmp_path / "ledger.csv").write_text(
        "agent,first_day,days,nights\nZoe,2026-05-25,7,x\n", encoding="utf-8"
    )
    [wrong] = findings([tmp_path / "desk.yaml"]).mistakes
    assert 'ledger.csv:2: row 1: "x" in nights is not a whole number' in str(wrong)


def test_nights_that_nobody_works() -> None:
    text = ROUND + "people: {count: 9, nights: no}\n"
    [found] = sense(text)
    assert (
        '"email en" is open every day 00:00-06:00; every day 22:30-24:00 and nobody who can answer it may work then'
        in found
        or (
            '"email en" is open' in found
            and "nobody who can answer it may work then; look at the contract dates" in found
        )
    )


def test_hours_that_no_shift_reaches() -> None:
    text = """\
        opening_hours: [{days: mon-fri, open: 09:00, close: 18:00}, {days: sat, open: 02:00, close: 06:00}]
        shifts: [{name: day, start: 09:00-10:00 every 1 h, paid_hours: 8}]
        """
    assert sense(text) == [
        "Saturday 02:00-06:00 is open but no shift reaches it; add a start to shifts, or close"
    ]


def test_the_edges_of_the_period_belong_to_the_neighbouring_ones() -> None:
    # Monday 00:00-06:00 is reached by Sunday's night shift, which is last period's.
    shifts = (
        "shifts: [{name: day, start: 06:00, paid_hours: 16}, {name: night, start: 22:00, paid_hours: 8}]\n"
    )
    assert sense(ROUND + shifts + "rules: []\n") == []
    # The last hour in Lisbon is reached from Manila on what is Monday there already.
    sites = "sites: [{name: L, zone: Europe/Lisbon}, {name: M, zone: Asia/Manila}]\n"
    team = "agents: [{name: A, site: L}, {name: B, site: M}]\n"
    shifts = "shifts: [{name: day, start: 06:00, paid_hours: 12}]\n"
    assert sense(ROUND + sites + team + shifts) == [
        "every day 18:00-23:00 is open but no shift reaches it; add a start to shifts, or close"
    ]


def test_a_contract_that_cannot_be_met() -> None:
    text = """\
        agents: [{name: Anna, weekly_hours: 40}, {name: Bea, weekly_hours: 24}]
        opening_hours: [{days: 'mon, wed, fri', close: 17:00}]
        shifts: [{name: day, start: 09:00, paid_hours: 8}]
        """
    assert sense(text) == [
        "scenario.yaml:1:37: agents[0].weekly_hours: Anna: 40 h a week, available 3 days x 8 h = 24 h in the week of "
        "2026-06-01; open more hours, or lower the contract"
    ]


def test_leave_and_holidays_are_credited() -> None:
    # Two days of leave leave 24 h to work in three days; 10 June and the feast of 13 June are no mistake.
    text = """\
        sites: [{name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon, country_rules: pt}]
        agents: [{name: Anna, leave: 2026-06-02..2026-06-03}, {name: Bea}]
        shifts: [{name: day, start: 09:00, paid_hours: 8, break: 1 h unpaid}]
        opening_hours: [{days: mon-fri}, {days: public holidays, closed: yes}]
        """
    assert sense(text) == []
    short = text.replace("days: mon-fri", "days: mon-thu")
    assert (
        "Anna: 40 h a week less 24 h of leave and holidays, available 1 days x 8 h = 8 h in the week of 2026-06-01"
        in sense(short)[0]
    )


def test_a_shift_that_breaks_a_hard_rule() -> None:
    text = """\
        sites: [{name: Madrid, zone: Europe/Madrid, country_rules: es}]
        shifts:
          - {name: day, start: 09:00, paid_hours: 8, break: 1 h unpaid}
          - {name: long, start: 09:00, paid_hours: 12}
        """
    assert sense(text) == [
        "scenario.yaml:4:5: shifts[1]: every long shift breaks a rule of Madrid (es): 09:00-21:00 (12 h), but: "
        "At most 9 paid hours a shift"
    ]


TWO_SITES = """\
    sites: [{name: Paris, zone: Europe/Paris}, {name: Milan, zone: Europe/Rome}]
    people: [{count: 2, site: Paris}, {count: 2, site: Milan}]
    shifts:
      - {name: north, start: 09:00, paid_hours: 8}
      - {name: south, start: 09:00, paid_hours: 8}
    opening_hours: [{days: mon-fri, open: 09:00, close: 17:00}]
    rules:
    """


def test_shifts_that_a_site_leaves_to_others_are_no_mistake() -> None:
    """Each site has its own shift: the other one is for the people of the other one."""
    text = TWO_SITES + (
        "  - allowed_shifts: {only: north, for: Paris}\n      - allowed_shifts: {only: south, for: Milan}\n    "
    )
    assert sense(text) == []


def test_a_limit_for_one_site_leaves_long_shifts_to_the_other() -> None:
    text = TWO_SITES.replace("09:00, paid_hours: 8}", "09:00, paid_hours: 7}", 1)
    text += "  - max_shift_length: {hours: 7, for: Paris}\n    "
    assert [line for line in sense(text) if "every" in line] == []


def test_a_shift_that_nobody_of_any_site_may_have_is_a_mistake() -> None:
    found = sense(TWO_SITES + "  - allowed_shifts: {never: south}\n    ")
    assert [line.split(" (")[0] for line in found] == [
        "scenario.yaml:5:5: shifts[1]: every south shift breaks a rule of Paris",
        "scenario.yaml:5:5: shifts[1]: every south shift breaks a rule of Milan",
    ]


def test_a_rule_below_its_law() -> None:
    text = """\
        sites: [{name: Milan, zone: Europe/Rome, country_rules: it}]
        rules:
          - max_days_in_row: {days: 6}
          - minimum_rest: {hours: 9 h}
        """
    [found] = sense(text)
    assert found == (
        "scenario.yaml:4:27: rules[1].minimum_rest.hours: 9 is less strict than country rules it (11); "
        "state a derogation with its reason, or remove it"
    )
    assert sense(text.replace("9 h}", "9 h, derogation: collective agreement art. 3}")) == []


def test_a_rule_about_no_shift_is_a_mistake() -> None:
    text = """\
        shifts: [{name: day, start: 09:00, paid_hours: 8}]
        rules:
          - forbidden_successions: {after: day, not_then: dya}
        """
    [found] = sense(text)
    assert found == (
        "scenario.yaml:3:51: rules[0].forbidden_successions.not_then: there is no shift "
        '"dya"; did you mean day?'
    )
    assert not any('no shift "' in text for text in sense(text.replace("dya", "day")))


def test_clock_changes_are_notices() -> None:
    text = """\
        zone: Europe/Rome
        period: {first_day: 2026-03-23, weeks: 1}
        opening_hours: [{days: all, open: 00:00, close: 24:00}]
        shifts:
          - {name: early, start: '02:00, 03:00', paid_hours: 8}
          - {name: night, start: 22:00, paid_hours: 8}
          - {name: day, start: 09:00, paid_hours: 8}
        """
    assert notices(text) == [
        "shift early 02:00-10:00 on 2026-03-29 starts at 03:00 (the clocks go forward in Europe/Rome): 7 h",
        "shift night 22:00-06:00 on 2026-03-28 lasts 7 h (the clocks go forward in Europe/Rome)",
    ]
    autumn = text.replace("2026-03-23", "2026-10-19").replace("'02:00, 03:00'", "'00:00, 01:00'")
    assert notices(autumn) == [
        "shift early 00:00-08:00 on 2026-10-25 lasts 9 h (the clocks go back in Europe/Rome); 1 more starts are touched",
        "shift night 22:00-06:00 on 2026-10-24 lasts 9 h (the clocks go back in Europe/Rome)",
    ]


def test_rest_that_cannot_be_checked_is_a_notice() -> None:
    text = "sites: [{name: Madrid, zone: Europe/Madrid, country_rules: es}]\n"
    sentence = "the first 12 hours cannot be checked for rest; add last period's rota as carryover"
    assert sentence in notices(text)
    assert sentence not in notices(text + "edge: cyclic\nsolve: {engine: cp-sat}\n")


UNKNOWN = (
    "no share of contacts is stated for engineer, so no call-out is expected, paid or rested for; write share"
)


def test_call_outs_that_nothing_lets_expect_are_told() -> None:
    text = """\
        agents: [{name: A, teams: engineer}]
        meetings: [{name: weekly}]
        away: {sickness: 5%}
        escalation: [{role: engineer, call_out_minimum: 2 h, rest_after_call_out: 11 h}]
        """
    found = notices(text)
    assert [sentence.split(": ")[1:3] for sentence in found] == [
        ["escalation[0].call_out_minimum", UNKNOWN],
        ["escalation[0].rest_after_call_out", UNKNOWN],
    ]


def test_hires_that_a_plan_leaves_alone_are_told() -> None:
    text = "hires: {types: [{max: 4}]}\noutsource: {from: 22:00}\n"
    found = [sentence for sentence in notices(text) if "python -m planner hire" in sentence]
    assert found[0].startswith("scenario.yaml:1:8: hires: a plan hires nobody by itself")
    assert found[1].startswith("scenario.yaml:2:12: outsource: a plan gives no hours to a partner by itself")
    assert not [s for s in notices(text + "solve: {hire: yes, outsource: yes}\n") if "by itself" in s]


def test_contacts_that_are_not_held_so_many_at_once() -> None:
    text = "queues: [{name: email en, chats_at_once: 2}, {name: chat en, chats_at_once: 6}, {name: chat, chats_at_once: 0}]"
    with pytest.raises(InputError) as caught:
        Scenario.from_text(text)
    assert [str(message) for message in caught.value.messages] == [
        'scenario.yaml:1:109: queues[2].chats_at_once: "0" is not a whole number of at least 1; write it like 3',
    ]
    with pytest.raises(InputError) as caught:
        Scenario.from_text(text.replace("chats_at_once: 0", "chats_at_once: 1"))
    assert [str(message).partition("chats_at_once: ")[2] for message in caught.value.messages] == [
        "only chats are held several at once, and this is email; leave it out",
        "nobody knows how slow more than 5 chats at once are; write 5 or fewer",
    ]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def test_checking_files_names_each(tmp_path: Path) -> None:
    good = write(tmp_path, "good.yaml", "people: 9\n")
    broken = write(tmp_path, "broken.yaml", "peopel: 9\nno_shows: 3\n")
    senseless = write(tmp_path, "senseless.yaml", "opening_hours: [{days: sat}]\npeople: 3\n")
    found = findings([good, broken, senseless])
    assert isinstance(found, Findings)
    assert [str(m).removeprefix(tmp_path.as_posix() + "/").partition(";")[0] for m in found.mistakes] == [
        "broken.yaml:1:1: peopel: unknown",
        "broken.yaml:2:11: no_shows: 3 would be 300 %",
        "senseless.yaml: Person 1: 40 h a week, available 1 days x 8 h = 8 h in the week of 2026-06-01",
        "senseless.yaml: Person 2: 40 h a week, available 1 days x 8 h = 8 h in the week of 2026-06-01",
        "senseless.yaml: Person 3: 40 h a week, available 1 days x 8 h = 8 h in the week of 2026-06-01",
    ]
    assert all(str(message).startswith(f"{good.as_posix()}: ") for message in found.notices)
    assert len(found.scenarios) == 2
    assert check([good, broken, senseless]) == found.mistakes + found.notices
    assert check([]) == ()


def test_a_mistake_of_a_base_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "no_shows: 3\n")
    stages = [write(tmp_path, f"stage-{n}.yaml", f"starts_from: base.yaml\nname: S{n}\n") for n in (1, 2)]
    assert [str(m) for m in findings(stages).mistakes] == [
        f"{tmp_path.as_posix()}/base.yaml:1:11: no_shows: 3 would be 300 %; write 3% or 0.03"
    ]


def test_stages_out_of_order(tmp_path: Path) -> None:
    first = write(tmp_path, "first.yaml", "name: First\nstarts: 2026-08-01\n")
    undated = write(tmp_path, "undated.yaml", "name: Undated\n")
    second = write(tmp_path, "second.yaml", "name: Second\nstarts: 2026-06-01\n")
    assert [str(m) for m in findings([first, undated, second]).mistakes] == [
        f"{second.as_posix()}:2:9: starts: Second starts on 2026-06-01, before First (2026-08-01); "
        "put stages in the order in which they start"
    ]
    assert findings([second, undated, first]).mistakes == ()


@pytest.mark.parametrize(
    "folder", sorted(p.name for p in (ROOT / "scenarios").iterdir() if (p / "scenario.yaml").exists())
)
def test_shipped_scenarios_have_no_mistakes(folder: str) -> None:
    files = sorted((ROOT / "scenarios" / folder).glob("*.yaml"))
    found = findings(
        [file for file in files if file.name == "scenario.yaml" or file.name.startswith("stage-")]
    )
    assert [str(message) for message in found.mistakes] == []
    for file in files:
        assert findings([file]).mistakes == ()


def test_checking_loads_neither_solver_nor_frames() -> None:
    program = (
        "import sys; from planner.study.scenario import check; check(['scenarios/weekday-to-247/scenario.yaml']);"
        "print([m for m in ('ortools', 'streamlit', 'plotly', 'pandas', 'numba') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    assert done.stdout == "[]\n"
