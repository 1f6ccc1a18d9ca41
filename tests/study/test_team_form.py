"""People as a table: there and back, every mistake at its cell, blocks of spreadsheets, figures of a team."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import ScenarioError
from planner.study import Scenario, team_form, team_summary, team_table, workspace

DESK = """
name: Desk
period: {first_day: 2026-04-20, weeks: 2}
volume: {email en: 30 a weekday, email it: 10 a weekday}
queues: [{name: email en, language: en}, {name: email it, language: it}]
sites:
  - {name: Rome, zone: Europe/Rome, public_holidays: Rome, full_time_hours: 38}
  - {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon, country_rules: pt}
agents:
  - {name: Ana, site: Rome, languages: "en, it(email) x1.3", weekly_hours: 38, cost: 20, nights: no}
  - {name: Bea, site: Lisbon, languages: en, teams: [gold, silver], email: b@example.com,
     leave: 2026-04-27..2026-04-28}
"""


@pytest.fixture
def desk():
    return Scenario.from_text(DESK)


def typed(rows, place, **cells):
    """Rows with cells of one of them typed anew."""
    return team_form.form_of({**row, **(cells if index == place else {})} for index, row in enumerate(rows))


def told(scenario, rows):
    return [str(message) for message in team_form.judged(scenario, rows).mistakes]


@pytest.mark.parametrize("sample", workspace.samples())
def test_every_sample_comes_back_from_its_rows(sample):
    for path in sorted((workspace.SAMPLES / sample).glob("*.yaml")):
        scenario = Scenario.load(path)
        rows = team_form.form_of(team_form.rows_of(scenario))
        assert team_form.changes_of(scenario, rows) == {}
        more = [*rows, {"name": "One more", "site": rows[0]["site"], "nights": "yes"}]
        again = scenario.replace(**team_form.changes_of(scenario, more))
        people = [agent for agent in again.team.agents if agent.name != "One more"]
        assert [agent.name for agent in people] == [agent.name for agent in scenario.team.agents]
        if not any(person.cost is None for person in scenario.persons):
            assert tuple(people) == scenario.team.agents


def test_a_cell_that_is_changed_is_the_only_difference(desk):
    rows = typed(team_form.rows_of(desk), 1, weekly_hours="24", nights="no")
    made = desk.replace(**team_form.changes_of(desk, rows)).team.agent("Bea")
    assert (made.weekly_minutes, made.nights, made.email, made.teams) == (
        1440,
        False,
        "b@example.com",
        {"gold", "silver"},
    )
    assert team_form.changed(desk, rows) == 1


def test_every_mistake_is_told_at_once_with_its_row_and_column(desk):
    rows = team_form.form_of(
        [
            {"name": "Ana", "site": "Roma", "nights": "N"},
            {"name": "", "site": "Rome"},
            {"name": "Bea", "cost": "x", "leave": "2026", "until": "31/12/2026", "languages": "e n"},
            {"name": " ana ", "weekly_hours": "-3"},
        ]
    )
    found = told(desk, rows)
    assert sorted(line.partition(":")[0] for line in found) == [
        "row 1, Nights",
        "row 1, Site",
        "row 2, Name",
        "row 3, Cost of an hour",
        "row 3, Days off",
        "row 3, Employed until",
        "row 3, Languages",
        "row 4, Hours a week",
        "row 4, Name",
    ]
    assert any('"ana" stands twice, first at row 1' in line for line in found)
    assert rows[0]["nights"] == "N"  # the text stays


def test_rows_keep_the_number_they_have_on_screen(desk):
    frame = team_form.frame_of(team_form.rows_of(desk)).drop(index=1)
    frame.loc[2, "nights"] = "perhaps"
    assert told(desk, team_form.rows_in(frame)) == ['row 2, Nights: "perhaps" is neither; write yes or no']


def test_nobody_is_no_team(desk):
    assert told(desk, ()) == ["a team needs at least one person; write a name into a row"]


@pytest.mark.parametrize(
    "name", ["=1+1", "@SUM(A1)", "+39 Ana", "-Ana", "'=Ana", "yes", "2026-01-01", "a: b", "#x"]
)
def test_names_that_look_like_formulas_stay_text(tmp_path, name):
    folder = workspace.folder_of(tmp_path, workspace.open_text(tmp_path, DESK))
    desk = workspace.load(folder, "scenario.yaml")
    rows = typed(team_form.rows_of(desk), 0, name=name)
    made = workspace.save_stage(folder, "scenario.yaml", "Named", team_form.changes_of(desk, rows))
    assert workspace.load(folder, made).team.agents[0].name == name
    assert not team_form.file_of(rows).splitlines()[1].startswith(("=", "@", "+", "-Ana"))
    assert team_table.read_block(team_form.file_of(rows)).rows[0]["name"] == name
    (folder / "team.csv").write_text(team_form.file_of(rows), encoding="utf-8")
    said = DESK.partition("agents:")[0] + "team: team.csv"
    assert Scenario.from_text(said, folder=folder).team.agents[0].name == name


def test_a_stage_on_a_team_file_says_people_instead(tmp_path: Path):
    folder = workspace.folder_of(tmp_path, workspace.open_sample(tmp_path, "weekday-to-247"))
    desk = workspace.load(folder, "scenario.yaml")
    before = (folder / "team.csv").read_bytes()
    rows = typed(team_form.rows_of(desk), 0, weekly_hours="20")
    made = workspace.load(
        folder, workspace.save_stage(folder, "scenario.yaml", "Less", team_form.changes_of(desk, rows))
    )
    assert made.team.agents[0].weekly_minutes == 1200
    assert made.team.agents[1:] == desk.team.agents[1:]
    assert (folder / "team.csv").read_bytes() == before


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@settings(max_examples=40, deadline=None)
@given(DAYS, DAYS, DAYS, DAYS)
def test_days_off_add_up(a, b, c, d):
    row = team_form.with_leave([{"name": "Ana"}], 0, a, b)
    both = team_form.with_leave(row, 0, c, d)[0]["leave"]
    made = Scenario.from_text(f'agents: [{{name: Ana, leave: "{both}"}}]').team.agents[0].unavailable
    expected = {
        date.fromordinal(day)
        for first, last in ((a, b), (c, d))
        for day in range(min(first, last).toordinal(), max(first, last).toordinal() + 1)
    }
    assert made == expected


def test_days_off_that_cannot_be_read_keep_their_text():
    found = team_form.with_leave([{"name": "Ana", "leave": "easter"}], 0, date(2026, 4, 5), date(2026, 4, 5))
    assert found[0]["leave"] == "easter; 2026-04-05"


@pytest.mark.parametrize(
    "text",
    [
        "Name\tSite\tHours a week\nEva\tRome\t37,5\n",
        "name;site;weekly hours\nEva;Rome;37,5",
        'site,name,weekly_hours\n"Rome","Eva",37.5',
        "Nome\tSede\tOre a settimana\nEva\tRome\t37.5",
        "sep=;\nname;site;hours\nEva;Rome;37,5",
    ],
)
def test_a_block_is_read_by_its_titles(text):
    (row,) = team_table.read_block(text).rows
    assert (row["name"], row["site"], row["weekly_hours"]) == ("Eva", "Rome", "37.5")


def test_a_block_without_titles_is_read_in_the_order_of_the_table():
    block = team_table.read_block("Eva\tRome\ten\nIvo\tLisbon\tit")
    assert block.columns == ("name", "site", "languages")
    assert [row["name"] for row in block.rows] == ["Eva", "Ivo"]
    assert "taken as name, site, languages" in str(block.notices[0])


def test_titles_that_mean_nothing_are_told():
    block = team_table.read_block("name,birthday,site\nEva,1 May,Rome")
    assert block.columns == ("name", "site")
    assert '"birthday" is no column of the team' in str(block.notices[0])


@pytest.mark.parametrize("text", ["", "\n \n", "name,site\n", "site,languages\nRome,en"])
def test_a_block_that_names_nobody_is_refused(text):
    with pytest.raises(ScenarioError):
        team_table.read_block(text)


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(ScenarioError):
        team_table.read_bytes(b"PK\x03\x04\0\0")


def test_a_block_changes_only_what_it_says(desk):
    block = team_table.read_block("name\tcost\tnights\nana\t21,50\tN\nEva\t19\tyes")
    rows = team_table.added(team_form.rows_of(desk), block)
    assert [(row["name"], row["site"], row["cost"], row["nights"]) for row in rows] == [
        ("Ana", "Rome", "21.50", "N"),
        ("Bea", "Lisbon", "", "yes"),
        ("Eva", "", "19", "yes"),
    ]
    assert told(desk, rows) == ['row 1, Nights: "N" is neither; write yes or no']


def test_figures_by_hand(desk):
    assert str(team_summary.whole_of(desk)) == "People: 2; hours a week: 78; full-time equivalents: 2.0"
    sites = team_summary.sites_table(desk)
    assert sites["Site"].tolist() == ["Rome", "Lisbon"]
    assert sites["Pay a week, EUR"].tolist() == [760, 800]  # 38 h x 20; 40 h x the mean of the others, 20
    rome, _lisbon = map(str, team_summary.holidays_of(desk))
    assert rome.startswith("Public holidays in the period, Rome: 2026-04-25 ")
    assert sites["Premium at night"].tolist() == ["not known", "25%"]
    languages = team_summary.languages_table(desk).set_index("Language")
    assert languages.loc["en", "People"] == 2
    assert languages.loc["en", "Of these, may work nights"] == 1
    assert (languages.loc["it", "Rome"], languages.loc["it", "Lisbon"]) == (1, 0)
    assert team_summary.queues_table(desk).set_index("Queue").loc["email it", "Hours a week"] == 38
    assert [str(line) for line in team_summary.leave_of(desk)] == ["Bea: 2026-04-27..2026-04-28"]
    assert "not said of everybody" in str(team_summary.notices_of(desk)[0])


def test_what_nobody_can_answer_is_told(desk):
    rows = typed(team_form.rows_of(desk), 0, languages="en")
    made = desk.replace(**team_form.changes_of(desk, rows))
    assert "Nobody can answer email it" in str(team_summary.notices_of(made)[0])
    assert any("nobody speaks it" in str(line) for line in team_form.before_solving(made))
