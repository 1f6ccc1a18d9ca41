"""People: team files with all mistakes of all rows, people in the scenario, so many people."""

# ruff: noqa: E501 - texts and the sentences they get stand side by side

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner._errors import ScenarioError
from planner.people import Agent
from planner.study.scenario import Scenario
from planner.study.scenario.people import leave_text, parse_leave

HEADER = "name,site,languages,teams,channels,weekly_hours,cost,nights,from,until,leave,payroll_id,email\n"
SITES = (
    "sites: [{name: Lisbon, zone: Europe/Lisbon, full_time_hours: 39}, {name: Manila, zone: Asia/Manila}]\n"
)


def load(folder: Path, team: str | bytes, before: str = SITES) -> Scenario:
    (folder / "team.csv").write_bytes(team if isinstance(team, bytes) else team.encode())
    return Scenario.from_text(before + "team: team.csv", folder=folder)


def mistakes(folder: Path, team: str | bytes, before: str = SITES) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(folder, team, before)
    return [str(message).removeprefix(folder.as_posix() + "/") for message in caught.value.messages]


def test_every_column(tmp_path: Path) -> None:
    s = load(
        tmp_path,
        HEADER
        + 'Ana Almeida,Lisbon,"en, fr(email chat)",engineer,"email, chat",38.5,13.20,no,2026-04-01,2026-12-31,'
        + "2026-04-06..2026-04-08; 2026-05-04,L0101,ana@example.com\n"
        + "Kim,Manila,EN,,,,,,,,,,\n",
    )
    assert s.team.agents == (
        Agent(
            name="Ana Almeida",
            site="Lisbon",
            zone="Europe/Lisbon",
            languages={"en": None, "fr": frozenset({"email", "chat"})},
            teams=frozenset({"engineer"}),
            channels=frozenset({"email", "chat"}),
            weekly_minutes=2310,
            cost_per_hour=13.2,
            nights=False,
            available_from=date(2026, 4, 1),
            available_until=date(2026, 12, 31),
            unavailable=frozenset({date(2026, 4, 6), date(2026, 4, 7), date(2026, 4, 8), date(2026, 5, 4)}),
            payroll_id="L0101",
            email="ana@example.com",
        ),
        # What Kim does not say: full-time hours of the site, the others' cost, nights yes.
        Agent(
            name="Kim",
            site="Manila",
            zone="Asia/Manila",
            languages={"en": None},
            weekly_minutes=2400,
            cost_per_hour=13.2,
        ),
    )
    assert "1 people without a cost" in " ".join(map(str, s.assumptions))


def test_an_empty_cell_of_languages_is_none_and_no_column_is_all(tmp_path: Path) -> None:
    queues = "queues: [{name: email it}, {name: email en}]\n"
    assert load(tmp_path, "name,languages\nA,it\nB,\n", queues).team.agent("B").languages == {}
    assert load(tmp_path, "name\nA\n", queues).team.agent("A").languages == {"it": None, "en": None}


def test_without_queues_there_is_one_for_each_language_spoken(tmp_path: Path) -> None:
    s = load(tmp_path, 'name,languages\nA,"it, en"\nB,\nC,pt_br\n')
    assert [queue.name for queue in s.queues] == ["email it", "email en", "email pt-BR"]


def test_all_mistakes_of_all_rows_at_once(tmp_path: Path) -> None:
    team = (
        "name,site,langauges,weekly_hours,cost,nights,from,leave\n"
        "Ana,Lisbn,en,forty,13 EUR,maybe,1.4.2026,2026-04-06-2026-04-10\n"
        "\n"
        "Bruno,Manila,en,40,12,yes\n"
        ",Manila,en,40,12,yes,,\n"
        "Kim,Manila,en,-4,12,yes,,\n"
    )
    assert mistakes(tmp_path, team) == [
        "team.csv:1: langauges: unknown; did you mean languages?",
        'team.csv:2: cost: "13 EUR" is not an amount of money; write it like 14 or 14.50, without a currency',
        'team.csv:2: from: "1.4.2026" is not a day; write it like 2026-03-30',
        'team.csv:2: leave: "2026-04-06-2026-04-10" is not leave; write days like 2026-05-04 and spans like 2026-04-06..2026-04-10, apart by ;',
        'team.csv:2: nights: "maybe" is neither; write yes or no',
        'team.csv:2: weekly_hours: "forty" is not a number; write it like 12 or 12.5',
        "team.csv:4: 6 cells, the header has 8; put cells with commas in quotes",
        "team.csv:5: name: name is missing; write it like name: Ana Almeida",
        "team.csv:6: weekly_hours: -4 is below 0; write 0 or more",
    ]


def test_duplicate_people_have_both_places(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "name\nAna\nBruno\n ANA \n") == [
        f'team.csv:4: name: "ANA" stands twice, first at {tmp_path.as_posix()}/team.csv:2; give each person a name of their own'
    ]


def test_mistakes_of_scenario_and_team_come_together(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "name,site\nAna,Lisbn\n", SITES + "no_shows: 3\n")
    assert found == [
        "scenario.yaml:2:11: no_shows: 3 would be 300 %; write 3% or 0.03",
        'team.csv:2: site: there is no site "Lisbn"; did you mean Lisbon?',
    ]


@pytest.mark.parametrize(
    ("team", "answer"),
    [
        (b"", "team.csv: a header and one row a person are expected"),
        ("name\n", "team.csv: a header and one row a person are expected"),
        ("site\nLisbon\n", 'team.csv:1: no column "name"'),
        ("name,name\nA,B\n", "team.csv:1: name: this column stands twice"),
        ('name,site\n"Ana,Lisbon\nBruno,Lisbon\n', "team.csv:2: a quote opens and never closes"),
        ('name,site\n"An"a,Lisbon\n', "team.csv:2: a quote opens and never closes, or text follows it"),
        ("name,colour\nAna,blue\n", "team.csv:1: colour: unknown; known here: name, site, languages"),
        ("name\nAna\nJo\xe3o\n".encode("cp1252"), "team.csv:3: the byte e3 is not UTF-8 text"),
        ("name\n" + "".join(f"P{n}\n" for n in range(501)), "501 people are too many"),
        (b"name\n" + b"A" * 5_000_001, "a team file of more than 5 MB"),
        ("name,channels\nAna,fax\n", 'team.csv:2: channels: "fax" is not a channel'),
    ],
)
def test_team_files_that_cannot_be_read(tmp_path: Path, team: str | bytes, answer: str) -> None:
    assert answer in mistakes(tmp_path, team)[0]


def test_excel_files_of_other_countries(tmp_path: Path) -> None:
    team = (
        "\N{BYTE ORDER MARK}Name;E-mail;Weekly hours;Languages\r\nJoão;j@example.com;40;en, pt\r\n".encode()
    )
    joao = load(tmp_path, team).team.agent("João")
    assert (joao.email, joao.weekly_minutes, list(joao.languages)) == ("j@example.com", 2400, ["en", "pt"])


def test_people_in_the_scenario_itself() -> None:
    s = Scenario.from_text(
        "agents:\n- {name: Ana, languages: [en, fr(email)], teams: [a, b], leave: [2026-06-01, 2026-06-03..2026-06-04]}\n"
        "- {name: Bruno}\n"
    )
    ana = s.team.agent("Ana")
    assert ana.languages == {"en": None, "fr": frozenset({"email"})}
    assert ana.teams == {"a", "b"}
    assert ana.unavailable == {date(2026, 6, 1), date(2026, 6, 3), date(2026, 6, 4)}
    assert list(s.team.agent("Bruno").languages) == ["en", "fr"]


def test_so_many_people() -> None:
    s = Scenario.from_text(
        "people: [{count: 11, cost: 12}, {count: 1, name: Night, nights: no, weekly_hours: 20}]"
    )
    assert [agent.name for agent in s.team.agents[:2]] == ["Person 01", "Person 02"]
    night = s.team.agents[-1]
    assert (night.name, night.nights, night.weekly_minutes, night.cost_per_hour) == (
        "Night 1",
        False,
        1200,
        12.0,
    )


def test_what_nobody_says_about_cost_is_assumed() -> None:
    s = Scenario.from_text("people: 3\ncurrency: eur")
    assert {agent.cost_per_hour for agent in s.team.agents} == {15.0}
    assert "assumed: 15 EUR for a paid hour of everybody; write cost" in map(str, s.assumptions)


@given(st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), min_size=1))
def test_leave_reads_back(days: frozenset[date]) -> None:
    assert parse_leave(leave_text(days)) == days


@pytest.mark.parametrize("mark", [";", "\t"])
def test_what_a_spreadsheet_with_decimal_commas_writes(tmp_path: Path, mark: str) -> None:
    rows = (("name", "languages", "weekly_hours", "cost"), ("Ana", "en, it", "38,5", "14,20"))
    text = "".join(mark.join(row) + "\r\n" for row in rows)
    for before in ("", f"sep={mark}\r\n"):
        [agent] = load(tmp_path, "\ufeff" + before + text).team.agents
        assert (agent.weekly_minutes, agent.cost_per_hour, sorted(agent.languages)) == (
            2310,
            14.2,
            ["en", "it"],
        )


def test_lines_are_those_of_the_file_under_a_sep_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "sep=;\nname;cost\nAna;a lot\n")[0].startswith("team.csv:3: cost:")


@pytest.mark.parametrize("name", ['"An\na"', "An\x07a", "A" * 101])
def test_names_are_one_line_of_a_decent_length(tmp_path: Path, name: str) -> None:
    assert "a name is one line of at most 100 characters" in mistakes(tmp_path, f"name\n{name}\n")[0]


def test_a_second_language_is_slower(tmp_path: Path) -> None:
    queues = "queues: [{name: email en}, {name: email fr}]\n"
    s = load(tmp_path, 'name,languages\nA,"en, fr(email) x1.3"\nB,"fr x 0.9, en ×2"\nC,en\n', queues)
    assert [dict(agent.slower) for agent in s.team.agents] == [{"fr": 1.3}, {"fr": 0.9, "en": 2.0}, {}]
    assert s.team.agent("A").languages == {"en": None, "fr": frozenset({"email"})}
    said = Scenario.from_text(queues + "agents: [{name: A, languages: 'en x1.25, fr(email chat) x1.3'}]")
    again = Scenario.from_text(said.dump())
    assert again == said
    assert again.team == said.team
    assert "en x1.25, fr(chat email) x1.3" in said.dump()


@pytest.mark.parametrize(
    ("languages", "answer"),
    [
        ("fr x9", "x9 cannot be: handling takes 0.2 to 5 times as long as usual; write it like x1.3"),
        ("fr x0", "x0 cannot be: handling takes 0.2 to 5 times as long as usual; write it like x1.3"),
        ("fr x1,3", '"3" is not a language; write its code, such as en, it or pt-BR'),
        ("fr x1.3.4", '"x1.3.4" is not a language; write its code, such as en, it or pt-BR'),
    ],
)
def test_factors_that_cannot_be(languages: str, answer: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_text(f"agents: [{{name: A, languages: '{languages}'}}]")
    assert answer in str(caught.value)


@pytest.mark.parametrize("column", ["payroll_id", "email"])
@pytest.mark.parametrize("text", ["=1+1", "+39 02 1234", "@SUM(1)", "-2+3"])
def test_an_id_is_none_that_a_spreadsheet_would_run(column, text):
    with pytest.raises(ScenarioError, match="would be run as a formula") as refused:
        Scenario.from_text(f"agents: [{{name: Ana, {column}: '{text}'}}]")
    assert column in str(refused.value)


def test_ids_stay_as_they_are():
    scenario = Scenario.from_text("agents: [{name: Ana, payroll_id: ' 00123 ', email: ana+rota@example.com}]")
    (ana,) = scenario.team.agents
    assert (ana.payroll_id, ana.email) == ("00123", "ana+rota@example.com")
