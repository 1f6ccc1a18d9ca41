"""Rotations of scenarios: small facts, what the rules mean, mistakes, the verb and its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner._errors import ScenarioError
from planner.cli import VERBS
from planner.cli.verbs import parser
from planner.rota import Forbidden, check_rotation, counts, read_pattern, read_rota
from planner.study import Scenario, check
from planner.study.columns import COLUMNS
from planner.study.rotation import rotation
from planner.study.rotation_beside import beside, beside_words
from planner.study.rotation_rules import from_rules
from planner.study.rotation_terms import asked_of
from planner.study.rotation_words import rotation_words, write_rotation
from planner.study.scenario.rotation_sense import group_of
from planner.study.steps import audit, hard

FACTS = Path(__file__).parent / "facts"


def no_matter(name: str) -> Scenario:
    """A fact without wishes: any rotation will do."""
    wishes = {"worked_weekend": 0, "single_day_off": 0, "backward": 0}
    return Scenario.load(FACTS / name).replace(rotation={"wishes": wishes})


DESK = """
name: Desk
zone: Europe/Rome
period: {first_day: 2026-03-16, weeks: 4}
people: 8
need: {seat: 1}
queues: [{name: seat, channel: phone, language: en}]
opening_hours: [{days: all, open: 00:00, close: 24:00}]
shifts:
  - {name: Day, start: 07:00, paid_hours: 8}
  - {name: Late, start: 15:00, paid_hours: 8}
  - {name: Night, start: 23:00, paid_hours: 8}
rules: [minimum_rest: {hours: 11 h}, max_days_in_row: {days: 6}]
rotation:
  posts: [{shift: Day, days: mon-fri, people: 2}, {shift: Day, days: sat-sun}, {shift: Late}, {shift: Night}]
  work_block: 2-5 days
  days_off: 2-4
  nights_in_row: 2-3
  free_weekends: 1 in 2
  rest_after_nights: 2
solve: {effort: quick}
"""


@pytest.mark.parametrize(("name", "people"), [("one-seat-4", 5), ("two-seats-8", 9), ("three-shifts-8", 9)])
def test_small_facts(name: str, people: int) -> None:
    """One seat needs five people, two seats nine, three shifts of two nine; each fewer is proved too few."""
    made = rotation(no_matter(f"{name}-people.yaml"), smallest=True)
    assert (made.results[-1].weeks, made.smallest_proved) == (people, True)
    assert made.rotation is not None
    assert check_rotation(made.rotation, made.terms) == ()
    assert made.rota is None  # the file has one person fewer
    answer, *_, said = map(str, rotation_words(made, True))
    assert f"the smallest team is {people} people; {people - 1} or fewer are proved too few" in answer
    assert "From the rules" in said


@pytest.mark.parametrize("name", ["one-seat-5", "two-seats-9", "three-shifts-9"])
def test_small_facts_are_legal_when_dated(name: str) -> None:
    made = rotation(no_matter(f"{name}-people.yaml"))
    assert made.rota is not None
    assert made.rota.days == 7 * len(made.people)
    assert (made.violations, made.missing_hours) == ((), 0)


def test_one_person_fewer_is_impossible() -> None:
    made = rotation(Scenario.load(FACTS / "one-seat-4-people.yaml"))
    assert (made.results[0].status, made.rota) == ("impossible", None)
    lines = [str(line) for line in rotation_words(made, False)]
    assert lines[0] == "There is no rotation of 4 weeks that keeps everything that is asked: proved."
    assert lines[1].startswith("The posts alone ask for 5 people: 21 shifts a week, at most 5 each")


def test_a_desk(tmp_path: Path) -> None:
    """Two clock changes in four weeks; the judge has nothing to say, and the files are read back."""
    scenario = Scenario.from_text(DESK)
    made = rotation(scenario)
    assert made.rotation is not None
    assert made.rota is not None
    assert counts(made.rotation)["Day"] == (2, 2, 2, 2, 2, 1, 1)
    assert check_rotation(made.rotation, made.terms) == ()
    assert hard(made.violations) == hard(audit(made.rota, scenario)) == ()
    nights = [shift for shift in made.rota.shifts if shift.name == "Night"]
    assert {shift.elapsed_minutes for shift in nights} == {480, 420}
    assert made.missing_hours == 0
    assert made.cost_cents == sum(shift.paid_minutes for shift in made.rota.shifts) * 1500 // 60
    assert {path.name for path in write_rotation(made, tmp_path)} == {"rotation.csv", "rota.csv"}
    text = (tmp_path / "rotation.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0].split(",") == [column.name for column in COLUMNS["rotation.csv"]]
    assert read_pattern(text, made.rotation.shifts) == made.rotation
    again = read_rota(tmp_path / "rota.csv", scenario.team, scenario.shift_types)
    assert again.shifts == made.rota.shifts


def test_repeats_exactly() -> None:
    first, second = (rotation(Scenario.from_text(DESK)) for _ in range(2))
    assert first.rotation == second.rotation
    assert first.rota == second.rota


def test_what_rules_mean_is_asked_of_the_judge() -> None:
    scenario = Scenario.from_text(DESK).replace(
        rules=[
            {"minimum_rest": {"hours": "35 h"}},
            {"max_nights_in_row": {"nights": 3}},
            {"max_days_in_row": {"days": 6}},
            {"shifts_a_week": {"at_most": 4}},
        ]
    )
    starts = {"Day": 420, "Late": 900, "Night": 1380}
    ruled = from_rules(scenario, group_of(scenario), starts)
    assert ruled.longest["Night"] == 1  # a day of rest after every shift
    assert Forbidden("Night", "Day", 1) in ruled.forbidden
    assert Forbidden("Day", "Late", 1) not in ruled.forbidden
    assert ruled.shifts_a_week is not None
    assert ruled.shifts_a_week <= 4
    free = from_rules(scenario.replace(rules=[]), group_of(scenario), starts)
    assert (free.forbidden, free.shifts_a_week, free.together) == ((), 5, 0)  # the contract: 40 h


def test_the_stricter_of_wish_and_rule() -> None:
    scenario = Scenario.from_text(DESK).replace(rules=[{"max_days_in_row": {"days": 4}}])
    terms = asked_of(scenario).terms
    assert terms.work == (2, 4)
    assert terms.days_off == (2, 4)
    assert terms.free_weekends == (1, 2)
    assert [block for block in terms.blocks if block.shifts == ("Night",)][-1].most == 3
    assert Forbidden("Night", "Day", 1) in terms.forbidden


def test_posts_that_follow_from_the_need() -> None:
    scenario = Scenario.from_text(DESK).replace(rotation={"posts": []}, need={"seat": 2})
    asked = asked_of(scenario)
    assert asked.posts == {"Day": (2,) * 7, "Late": (2,) * 7, "Night": (2,) * 7}
    assert "People per shift" in str(asked.notes[0])
    several = scenario.replace(shifts=[{"name": "Any", "start": "07:00-09:00 every 30 min"}])
    with pytest.raises(ScenarioError, match=r"write rotation: \{posts:"):
        asked_of(several)
    gap = scenario.replace(shifts=[{"name": "Day", "start": "07:00"}])
    with pytest.raises(ScenarioError, match="no shift reaches"):
        asked_of(gap)


def test_groups_that_share_nobody_add_up_and_people_on_call_do_not_walk() -> None:
    text = (
        DESK[: DESK.index("rotation:")]
        .replace("people: 8\n", "")
        .replace("need: {seat: 1}", "need: {a: 2, b: 1}")
    )
    text = text.replace(
        "queues: [{name: seat, channel: phone, language: en}]",
        """
queues: [{name: a, channel: phone, language: en}, {name: b, channel: phone, language: fr}]
agents:
  - {name: Ana, languages: en}
  - {name: Bea, languages: fr}
  - {name: Eva, languages: en, weekly_hours: 0}
""",
    )
    asked = asked_of(Scenario.from_text(text))
    assert asked.posts["Night"] == (3,) * 7
    assert [agent.name for agent in asked.group] == ["Ana", "Bea"]


def test_two_people_in_every_week() -> None:
    made = rotation(Scenario.from_text(DESK.replace("free_weekends: 1 in 2", "weeks: 4")))
    assert made.terms.posts[1] == (1,) * 7
    assert made.rotation is None or len(made.people) == 8
    with pytest.raises(ScenarioError, match="cannot share a cycle of 3 weeks"):
        rotation(Scenario.from_text(DESK), weeks=3)
    with pytest.raises(ScenarioError, match="cannot be met exactly"):
        rotation(Scenario.from_text(DESK).replace(rotation={"exactly": True}), weeks=4)


def test_why_it_is_impossible() -> None:
    """Eight people, 36 shifts: with all weekends free but one in eight nobody could cover Saturdays."""
    made = rotation(Scenario.from_text(DESK).replace(rotation={"free_weekends": "7 in 8"}))
    assert made.results[0].status == "impossible"
    assert [str(line) for line in made.without] == ["It would be possible without free weekends."]


def test_cancelled_before_anything_was_found() -> None:
    made = rotation(Scenario.from_text(DESK), is_cancelled=lambda: True)
    assert (made.results[0].status, made.rota, made.without) == ("open", None, ())
    assert "none is ruled out" in str(next(iter(rotation_words(made, False))))


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(
        DESK[: DESK.index("rotation:")]
        + "rotation:\n"
        + "  people: [Person 1, Person 1, Persn 2]\n"
        + "  team: night owls\n"
        + "  posts: [{shift: Daay}, {shift: Late, start: 15:30}, {shift: Night, days: public holidays}]\n"
        + "  shift_blocks: {Nigth: 2-3}\n"
        + "  forbidden: [Night -> Early]\n",
        encoding="utf-8",
    )
    said = [str(message) for message in check([path])]
    for part in (
        "desk.yaml:15:22: rotation.people[1]: Person 1 stands here twice",
        'rotation.people[2]: there is no person "Persn 2"; did you mean Person 2?',
        'rotation.team: there is no team "night owls"',
        'rotation.posts[0].shift: there is no shift "Daay"; did you mean Day?',
        "rotation.posts[1].start: Late does not start then; write one of 15:00",
        "rotation.posts[2].days: posts are for weekdays",
        'rotation.shift_blocks.Nigth: there is no shift "Nigth"; did you mean Night?',
        'rotation.forbidden[0]: there is no shift "Early"',
    ):
        assert any(part in line for line in said), (part, said)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("work_block", "6-2", "is no number of days"),
        ("work_block", "0-0", "is no number of days"),
        ("free_weekends", "3 in 1", "write such as 1 in 3"),
        ("free_weekends", "0 in 3", "write such as 1 in 3"),
        ("forbidden", "[Night]", "write such as Night -> Day"),
        ("forbidden", "[Night -> Late -> Day]", "write such as Night -> Day"),
    ],
)
def test_values_that_mean_nothing(key: str, text: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        Scenario.from_text(f"people: 5\nrotation: {{{key}: {text}}}")


def test_said_again_as_it_was_said() -> None:
    scenario = Scenario.from_text(DESK)
    assert Scenario.from_text(scenario.dump()) == scenario


def test_beside_a_dated_rota() -> None:
    """The dated rota starts from the rotation's, so it is no worse; both are counted against one need."""
    scenario = Scenario.from_text(DESK).replace(period={"weeks": 1})
    made = rotation(scenario)
    found = beside(made)
    assert found is not None
    assert found.bound_cents is not None
    assert found.bound_cents <= found.whole_cents <= found.rotation_cents
    assert found.missing_hours == made.missing_hours == 0
    assert found.cost_cents < (made.cost_cents or 0)  # posts ask for more people than the seat needs
    lines = [str(line) for line in beside_words(found, made)]
    assert len(lines) == 3
    assert "+0.0 person-hours missing" in lines[1]
    assert beside(rotation(Scenario.load(FACTS / "one-seat-4-people.yaml"))) is None


def test_the_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(DESK, encoding="utf-8")
    args = parser().parse_args(["rotation", str(path), "--out", str(tmp_path / "out")])
    assert VERBS["rotation"].run(args) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("Desk: a rotation of 8 weeks, one person in each.")
    assert "The judge has no finding in the dated rota." in shown.out
    assert "searching" in shown.err or "points" in shown.err
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["rota.csv", "rotation.csv"]
    args = parser().parse_args(["rotation", str(FACTS / "one-seat-4-people.yaml")])
    assert VERBS["rotation"].run(args) == 1
