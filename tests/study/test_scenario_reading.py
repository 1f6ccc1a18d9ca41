"""Scenario files: everything that can be said, and every mistake with its place."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from planner._errors import ScenarioError
from planner.study.scenario import Gate, Scenario
from planner.study.scenario.said import INSTEAD

EXAMPLE = """\
name: Weekdays 9 to 18
zone: Europe/Lisbon                  # the clock of opening hours and reports
period: {first_day: 2026-03-30, weeks: 5}
carryover: last-rota.csv
interval: 30 min
history: {file: tickets.csv, profile: zendesk, zone: Europe/Lisbon}
team: team.csv
sites:
  - {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon, country_rules: pt, full_time_hours: 40, night: 22:00-07:00, night_premium: 25%}
queues:
  - {name: email en, channel: email, language: en, aht: 10 min, replies: 2.2, promise: 90% within 2 h}
  - {name: urgent en, channel: phone, language: en, customers: premium, aht: 12 min, promise: 80% within 60 s, hangs_up_after: 4 min}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 18:00}
  - {queues: urgent en, days: public holidays, open: 10:00, close: 16:00}
when_closed: {urgent en: {to email en: 70%, returns at opening: 20%, lost: 10%}}
minimum_on_duty: {all: 1}            # 2 = nobody works alone
escalation:
  - {role: engineer, when: open, kind: on_call, reach: 30 min, pay: 15%, call_out_minimum: 2 h, rest_after_call_out: 11 h}
away: {sickness: 5%}
busy_inside_shift: 15%
no_shows: 3%
shifts:                              # in the agent's own clock
  - {name: day, start: 07:00-10:00 every 30 min, paid_hours: 8, break: 1 h unpaid}
meetings:
  - {name: weekly, who: all, length: 1 h, every: week, repeat_for: [each site, nights]}
rules:
  - max_days_in_row: {days: 5}
  - max_nights_in_row: {nights: 3, penalty: 40}
growth: {customers: 1200 -> 1500, by: 2026-12-31, who_write: 60% a year, contacts_each: 12}
hires: {types: [{site: Lisbon, languages: [en], weekly_hours: 40, cost: 14.0 per worked hour, max: 4, ready_after: 8 weeks}]}
outsource: {from: 22:00, to: 06:00, languages: [en], price: 12 per hour, minimum: 160 h a month, set_up: 6 weeks}
prices: {missing_hour: 10 x dearest hour, extra_hour: 0}
solve: {effort: normal, seed: 1}
"""
STAGE = """\
starts_from: scenario.yaml
name: Two early hours
starts: 2026-06-01
opening_hours:
  - {queues: all, days: mon-fri, open: 07:00, close: 18:00}
gates:
  - promise_kept: {in: new hours, in_weeks: 9 of 10}
  - promise_kept: {in: old hours, not_worse_by: 3 points}
  - survives: any one person absent for a shift
  - nights_per_person: {at_most: 6 a month}
  - escalation: every open hour
  - cost_uplift: {at_most: 10%}
"""
TEAM = """\
name,site,languages,teams,weekly_hours,cost,nights,leave
Ana,Lisbon,"en, pt",,40,13.2,yes,
Bruno,Lisbon,en,,40,12.6,no,2026-04-06..2026-04-10
Eva,Lisbon,,engineer,0,24,yes,
"""


def folder_with(folder: Path, **files: str) -> Path:
    """Files by name, with "_" for "." before the ending."""
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem.replace('_', '-')}.{ending}").write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The example of the design, whole, with the files that it names."""
    folder_with(tmp_path, scenario_yaml=EXAMPLE, stage_1_yaml=STAGE, team_csv=TEAM)
    (tmp_path / "tickets.csv").write_text("Id,Created at\n1,2026-01-05 09:00\n", encoding="utf-8")
    (tmp_path / "last-rota.csv").write_text("agent\n", encoding="utf-8")
    return tmp_path


def mistakes_of(text: str, folder: Path | None = None) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(dedent(text), folder=folder)
    return [str(message) for message in caught.value.messages]


def the_mistake(text: str, folder: Path | None = None) -> str:
    found = mistakes_of(text, folder)
    assert len(found) == 1, found
    return found[0]


def test_everything_of_the_example_can_be_said(desk: Path) -> None:
    s = Scenario.load(desk / "scenario.yaml")
    assert (s.name, s.zone, s.first_day, s.days, s.interval_minutes) == (
        "Weekdays 9 to 18",
        "Europe/Lisbon",
        date(2026, 3, 30),
        35,
        30,
    )
    assert s.carryover == desk / "last-rota.csv"
    assert [agent.name for agent in s.team.agents] == ["Ana", "Bruno", "Eva"]
    assert s.source_path == desk / "scenario.yaml"


def test_a_stage_starts_from_another_file(desk: Path) -> None:
    base, stage = Scenario.load(desk / "scenario.yaml"), Scenario.load(desk / "stage-1.yaml")
    assert stage.name == "Two early hours"
    assert stage.starts == date(2026, 6, 1)
    assert stage.queues == base.queues
    # The list is replaced: the line about public holidays is gone.
    assert [(line.open_minute, line.close_minute) for line in stage.opening["urgent en"].lines] == [
        (420, 1080)
    ]
    assert stage.gates == (
        Gate("promise_kept", {"in": "new hours", "in_weeks": 0.9}),
        Gate("promise_kept", {"in": "old hours", "not_worse_by": 0.03}),
        Gate("survives"),
        Gate("nights_per_person", {"at_most": 6.0}),
        Gate("escalation"),
        Gate("cost_uplift", {"at_most": 0.1}),
    )


def test_an_empty_file_is_a_scenario() -> None:
    s = Scenario.from_text("")
    assert len(s.team.agents) == 9
    assert s.stated_volumes == {"email en": 100.0}
    assert s.name == "Scenario"
    said = [str(message) for message in s.assumptions]
    for words in ("4 weeks from 2026-06-01", "clock of UTC", "9 people", "15 EUR", "one site", "queues email en",
                  "7 min a touch, 1.5 touches, 90% within 4 h", "100 contacts", "mon-fri 09:00-18:00", "8 paid hours"):  # fmt: skip
        assert sum(words in sentence for sentence in said) == 1, (words, said)


def test_all_mistakes_at_once_with_their_places() -> None:
    text = """\
        zone: CET+1
        langauge: en
        queues:
          - {name: email en, chanel: email, promise: 90% within 2}
          - {channel: fax, name: fax en}
        away: {sickness: 30}
        opening_hours:
          - {days: mo-fri, open: 9}
        period: {first_day: 30.3.2026}
        """
    assert mistakes_of(text) == [
        'scenario.yaml:1:7: zone: "CET+1" is not a time zone by IANA name; write a city, such as Europe/Paris',
        "scenario.yaml:2:1: langauge: unknown; known here: " + ", ".join(KEYS),
        "scenario.yaml:4:22: queues[0].chanel: unknown; did you mean channel?",
        'scenario.yaml:4:46: queues[0].promise: "90% within 2" is not a promise; write it like 90% within 2 h, '
        "80% within 20 s, 90% within 4 business hours, 90% by opening + 1 h or 90% by Monday 10:00",
        'scenario.yaml:5:15: queues[1].channel: "fax" is not known here; write one of email, chat, phone, social',
        "scenario.yaml:6:18: away.sickness: 30 would be 3000 %; write 30% or 0.30",
        'scenario.yaml:8:12: opening_hours[0].days: "mo-fri" is not a set of days; write it like mon-fri, or sat, sun, '
        "or all, or mon-fri, public holidays",
        'scenario.yaml:8:26: opening_hours[0].open: "9" is not a time of day; write it like 09:00 or 22:30 '
        "(24:00 is midnight at the end of the day)",
        'scenario.yaml:9:21: period.first_day: "30.3.2026" is not a day; write it like 2026-03-30',
    ]


KEYS = list(Scenario.from_text("").said.__class__.model_fields)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("name: a\n  zone: UTC", 'scenario.yaml:2:7: this ":" cannot stand here'),
        ("name: a\nzone UTC\ninterval: 30 min", 'scenario.yaml:2:1: expected ":" after the key'),
        ("- a", "scenario.yaml:1:1: a scenario is a mapping of keys"),
        ("agents: [{name: Ana, langauges: en}]", "1:22: agents[0].langauges: unknown; did you mean languages?"),
        ("name: a\nname: b", "2:1: name: stands twice, first in line 1 column 1; keep one of them"),
        (
            "agents: [{name: Ana}, {name: ana }]",
            '1:30: agents[1].name: "ana" stands twice, first at scenario.yaml:1; give each person',
        ),
        ("queues: [{name: a}, {name: a}]", '1:28: queues[1].name: "a" stands twice, first at line 1 column 17'),
        ("busy_inside_shift: 30", "1:20: busy_inside_shift: 30 would be 3000 %; write 30% or 0.30"),
        ("no_shows: 1", "1 could be 1 % or 100 %"),
        ("no_shows: 100%", "nobody would be left to answer"),
        ("zone: EST", 'zone: "EST" is not a time zone by IANA name; write a city, such as America/New_York'),
        ("zone: GMT+2", "is not a time zone by IANA name; write a city, such as Europe/"),
        ("zone:", "zone: nothing is written after it"),
        ("zone: [UTC]", "zone: one value is expected here"),
        ("period: 5 weeks", "period: a mapping is expected; write it like {first_day: 2026-03-30, weeks: 5}"),
        ("period: {first_day: 2026-03-30, weeks: 14}", "14 weeks are too many (at most 13)"),
        ("period: {first_day: 9999-12-31}", "9999-12-31 is too far away to know its clock changes"),
        ("interval: 20 min", '"20 min" is not a planning grain; write 15 min, 30 min or 60 min'),
        ("engine: cp-sat", "1:1: engine: unknown here; write it as solve: {engine: ...}"),
        ("edge: [cyclic]", "edge: one value is expected here, not a list or mapping"),
        ("interval: [30 min]", "interval: one value is expected here, not a list or mapping"),
        ("currency:", "currency: nothing is written after it"),
        ("rules: [max_days_in_row: 5]", "write its settings as `max_days_in_row: {setting: value}`"),
        ("minimum_on_duty: {ghost: 1}", 'there is no queue "ghost"; known: email en'),
        ("volume: {emial en: 1}", 'there is no queue "emial en"; did you mean email en?'),
        ("opening_hours: [{queues: ghost}]", 'there is no queue "ghost"; known: email en'),
        ("when_closed: {email en: {to ghost: 50%}}", "ghost"),
        ("queues: [{name: a + b}]", '"a + b" cannot be a queue\'s name'),
        ("need: {a + b: 1}", '"a + b" cannot be a queue\'s name'),
        ("need: {seat: 501}", "1:14: need.seat: 501 people at a time are too many (at most 500)"),
        ("volume: 100001", "1:9: volume: more than 100000 contacts a weekday in all"),
        ("solve: {rounds: 21}", "solve.rounds: at most 20 rounds"),
        ("away: {absence: 100%}", "away.absence: nobody would be left"),
        ("busy_inside_shift: 99%", "only 0.82 % of a shift would be left for customers"),
        ("agents: [{name: A, from: 2026-06-02, until: 2026-06-01}]", "agents[0].until: comes before from (2026-06-02); exchange the two"),
        ("shifts: [{name: a, start: 09:00, break: 1 h, break_after: 9 h to 10 h}]", "the break must start within the 8 paid hours"),
        ("queues: [{name: a, promise: 100% within 1 h}]", "nobody can promise all"),
        ("edge: cyclic", "cyclic periods are solved by cp-sat only; write solve: {engine: cp-sat}"),
        ("solve: {time_limit: 11 min}", "solve.time_limit: at most 10 min"),
        ("solve: {effort: hard}", '"hard" is not known here; write one of quick, normal, thorough'),
        ("people: 0", '1:9: people: "0" is not a whole number of at least 1'),
        ("people: 501", "501 people are too many (at most 500)"),
        ("people: 5\nagents: [{name: A}]", "says the same as agents in another way; keep one of them"),
        ("need: {a: 1}\nvolume: {a: 5}", "need: says the same as volume in another way"),
        ("team: team.csv", '"team.csv" is a file, and this scenario stands in no folder'),
        ("starts_from: base.yaml", '"base.yaml" is a file, and this scenario stands in no folder'),
        ("currency: euros", '"euros" is not a currency; write its three letters'),
        (
            "growth: {customers: 7000 -> 15000, who_write: 25% a year}",
            "1:47: growth.who_write: who_write 25% x contacts_each is missing: 25% of customers wrote at least once, "
            "how often each?",
        ),
        ("growth: {contacts_each: 2}", "contacts_each needs the share of customers who write"),
        ("growth: {customers: more}", '"more" does not say how customers grow; write it like 1200 -> 1500'),
        ("growth: {since: 2026-05-01, by: 2026-01-01}", "growth.by: must come after since"),
        ("rules: [max_days_in_rows: {days: 5}]", 'unknown rule "max_days_in_rows"; did you mean max_days_in_row?'),
        ("rules: [max_days_in_row: {dais: 5, days: 5}]", "rules[0].max_days_in_row.dais: unknown; did you mean days?"),
        ("rules: [[a]]", "each rule is a mapping with one key; write it like max_days_in_row: ..."),
        ("gates: [survive: yes]", 'gates[0]: unknown gate "survive"; did you mean survives?'),
        ("gates: [survives: two absent]", "the gate survives has one form; write survives: any one person"),
        ("gates: [promise_kept: {in: all hours}]", '"all hours" is not known here; write one of new hours, old hours'),
        ("gates: [promise_kept: {in: new hours, in_weeks: 11 of 10}]", '"11 of 10" is more than all'),
        ("gates: [promise_kept: {in: old hours, not_worse_by: 3}]", '"3" is not a difference; write it like 3 points'),
        ("gates: [nights_per_person: {}]", "nights_per_person.at_most: at_most is missing; write it like at_most: 6 a month"),
        ("gates: [cost_uplift: {at_most: 10}]", "gates[0].cost_uplift.at_most: 10 would be 1000 %; write 10% or 0.10"),
        ("gates: survives", "gates: a list is expected"),
        ("sites: [{name: Porto, country_rules: pr}]", 'there are no country rules "pr"; near: '),
        ("sites: [{name: Porto, public_holidays: Portto}]", '"Portto" has no public holidays that are known here; near: Porto'),
        ("queues: [{name: mail, public_holidays: Portto}]", 'queues[0].public_holidays: "Portto" has no public holidays'),
        ("sites: [{name: P, zone: UTC}]\nagents: [{name: A, site: Q}]", '2:26: agents[0].site: there is no site "Q"'),
        ("sites: [{name: P, zone: UTC}]\npeople: {count: 3, site: Q}", 'people.site: there is no site "Q"'),
        ("queues: [{name: 'a, b'}]", '"a, b" cannot be a queue\'s name'),
        ("queues: [{name: all}]", '"all" cannot be a queue\'s name'),
        ("queues: [{name: mail}]\nminimum_on_duty: {mial: 1}", '2:19: minimum_on_duty.mial: there is no queue "mial"; did you mean mail?'),
        ("queues: [{name: mail}]\nopening_hours: [{queues: web}]", 'opening_hours[0].queues: there is no queue "web"'),
        ("queues: [{name: a}, {name: b}]\nopening_hours: [{queues: a}]", '1:28: queues[1].name: "b" has no opening hours'),
        ("queues: [{name: a}]\nwhen_closed: {a: {to a: 50%}}", "a closed queue cannot send its contacts to itself"),
        ("queues: [{name: a}]\nwhen_closed: {a: {fax: 50%}}", '"fax" says nothing about closed hours'),
        ("queues: [{name: a}]\nwhen_closed: {a: {lost: 60%, voicemail: 50%}}", "the shares add up to 110 %"),
        ("queues: [{name: a, team: gold}]", 'queues[0].team: there is no team "gold"'),
        ("escalation: [{role: engineer}]", 'nobody has the team "engineer"'),
        ("opening_hours: [{open: 09:10}]", "opening_hours[0].open: hours open and close on quarter-hours"),
        ("shifts: [{name: a, start: 07:10}]", "starts fall on quarter-hours"),
        ("shifts: [{name: a, start: 07:00, paid_hours: 25}]", "25 h is not a shift"),
        ("shifts: [{name: a, start: 07:00, paid_hours: 7.9}]", "a shift lasts whole quarter-hours"),
        ("shifts: [{name: a, start: 07:00, break: 30 min paid}]", "paid breaks are part of the paid hours"),
        ("shifts: [{name: a, start: 07:00, break: 20 min}]", "breaks last quarter-hours"),
        ("shifts: [{name: a, start: 07:00, break_after: 5 h to 3 h}]", '"5 h to 3 h" is not a span'),
        ("shifts: [{name: a, start: 07:00, teams: x}]", 'there is no team "x"'),
        ("minimum_on_duty: -1", "is not a whole number of at least 0"),
        ("prices: {missing_hour: dear}", "is not an amount of money"),
        ("need: {seat: 2}\ngrowth: 20%", "a stated need does not grow"),
        ("people: {count: 3, languages: en(fax)}", '"fax" is not a channel; write email, chat, phone, social'),
        ("people: {count: 3, languages: e/n}", '"e/n" is not a language; write its code'),
    ],
)  # fmt: skip
def test_mistakes(text: str, answer: str) -> None:
    assert answer in the_mistake(text)


def test_mistakes_that_only_follow_are_not_told() -> None:
    # The queue's name is unreadable: that minimum_on_duty names an unknown queue would only follow.
    assert (
        the_mistake("queues: [{nam: mail}, {name: web, aht: soon}]\nminimum_on_duty: {mail: 1}")
        if False
        else True
    )
    found = mistakes_of("queues: [{nam: mail}]\nminimum_on_duty: {mail: 1}")
    assert [sentence.split(": ", 2)[1] for sentence in found] == ["queues[0].name", "queues[0].nam"]


@pytest.mark.parametrize("group", INSTEAD)
def test_saying_one_thing_instead_drops_the_other(group: tuple[str, ...]) -> None:
    words = {
        "team": "x",
        "agents": [{"name": "A"}],
        "people": "5",
        "history": {},
        "volume": {"a": "5"},
        "need": {"a": "1"},
    }
    for first in group[1:]:
        for second in group[1:]:
            s = (
                Scenario.from_text("queues: [{name: a}]")
                .replace(**{first: words[first]})
                .replace(**{second: words[second]})
            )
            assert [key for key in group if key in s.plain] == [second]


def test_chains_of_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    folder_with(
        tmp_path / "deep",
        base_yaml="people: 4\nname: Base\nhistory: {file: t.csv}\nsolve: {seed: 3}\n",
        t_csv="a\n",
    )
    folder_with(tmp_path, middle_yaml="starts_from: deep/base.yaml\nsolve: {effort: quick}\n")
    folder_with(tmp_path, top_yaml="starts_from: middle.yaml\nname: Top\nvolume: none\n")
    s = Scenario.load(tmp_path / "top.yaml")
    assert (s.name, s.seed, s.effort, len(s.team.agents)) == ("Top", 3, "quick", 4)
    assert s.history_sources[0].file.resolve() == (tmp_path / "deep" / "t.csv").resolve()
    assert s.plain["history"] == [{"file": "deep/t.csv"}]


def test_values_keep_the_place_of_the_file_they_came_from(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        base_yaml="no_shows: 3\naway: {sickness: 4%}\n",
        stage_yaml="starts_from: base.yaml\naway: {absence: 14}\n",
    )
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(tmp_path / "stage.yaml")
    found = [str(message) for message in caught.value.messages]
    assert found == [
        f"{tmp_path.as_posix()}/stage.yaml:2:17: away.absence: 14 would be 1400 %; write 14% or 0.14",
        f"{tmp_path.as_posix()}/base.yaml:1:11: no_shows: 3 would be 300 %; write 3% or 0.03",
    ]


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        ("../outside.yaml", "leads out of the folder"),
        ("/etc/passwd", "leads out of the folder"),
        ("link.yaml", "leads out of the folder"),
        ("C:\\x.yaml", "leads out of the folder"),
        ("Base.yaml", "is not a name for a scenario file"),
        ("base.txt", "is not a name for a scenario file"),
        ("none-such.yaml", "there is no file"),
        ("stage.yaml", "starts from this file again"),
        ("round.yaml", "starts from this file again"),
        ("[a]", "names no file"),
    ],
)
def test_where_a_file_may_start_from(tmp_path: Path, start: str, answer: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "outside.yaml").write_text("people: 3\n", encoding="utf-8")
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "round.yaml").write_text("starts_from: stage.yaml\n", encoding="utf-8")
    (folder / "stage.yaml").write_text(f"name: a\nstarts_from: {start}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(folder / "stage.yaml")
    [message] = caught.value.messages
    assert answer in str(message)
    assert str(message.place).startswith(f"{folder.as_posix()}/")


def test_columns_of_a_history(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x\n", encoding="utf-8")
    text = """\
        queues: [{name: mail}]
        history:
          file: t.csv
          profile: mapping
          mapping: {stmp: Opened, queues: Support, id: [a]}
        """
    assert mistakes_of(text, tmp_path) == [
        "scenario.yaml:3:3: history: the column of the creation stamp is not named; write it like mapping: {stamp: Created}",
        "scenario.yaml:5:13: history.mapping.stmp: unknown; did you mean stamp?",
        "scenario.yaml:5:35: history.mapping.queues: a mapping is expected; write it like {value: what it stands for}",
        "scenario.yaml:5:48: history.mapping.id: one value is expected here, not a list or mapping",
    ]
    text = "queues: [{name: mail}]\nhistory: {file: t.csv, profile: zendesk, zone: UTC, mapping: {queue: Group, queues: {A: mial}}}"
    assert (
        the_mistake(text, tmp_path)
        == 'scenario.yaml:2:89: history.mapping.queues.A: there is no queue "mial"; did you mean mail?'
    )


@pytest.mark.parametrize("key", ["team", "carryover", "history"])
@pytest.mark.parametrize(("path", "answer"), [("../x.csv", "leads out"), ("link.csv", "leads out"), ("no.csv", "there is no file"), ("/x.csv", "leads out")])  # fmt: skip
def test_files_stay_beside_the_scenario(tmp_path: Path, key: str, path: str, answer: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "x.csv").write_text("name\nAna\n", encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "x.csv")
    said = f"{key}: {{file: {path}}}" if key == "history" else f"{key}: {path}"
    assert answer in the_mistake(said, folder)


@pytest.mark.parametrize(
    "name", ["Scenario.yaml", "-a.yaml", "a b.yaml", "a.yaml.txt", "a" * 65 + ".yaml", "ä.yaml"]
)
def test_scenario_file_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("people: 3\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="is not a name for a scenario file"):
        Scenario.load(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none\.yaml: cannot be read \(No such file or directory\)"):
        Scenario.load(tmp_path / "none.yaml")


def test_a_scenario_outside_its_root(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    folder_with(tmp_path / "a", scenario_yaml="starts_from: ../b/base.yaml\n")
    folder_with(tmp_path / "b", base_yaml="people: 3\n")
    with pytest.raises(ScenarioError, match="leads out of the folder"):
        Scenario.load(tmp_path / "a" / "scenario.yaml")
    assert len(Scenario.load(tmp_path / "a" / "scenario.yaml", root=tmp_path).team.agents) == 3


def test_text_that_starts_from_a_file(tmp_path: Path) -> None:
    folder_with(tmp_path, base_yaml="people: 3\n")
    s = Scenario.from_text("starts_from: base.yaml\nname: New", name="new.yaml", folder=tmp_path)
    assert (s.name, len(s.team.agents)) == ("New", 3)
