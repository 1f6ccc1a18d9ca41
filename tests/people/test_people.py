"""Languages that take longer, planned work, and who shares people with whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand import PlannedWindow, PlannedWork, Promise, Queue
from planner.people import Agent, Role, Skills, Team, groups, skills

EMAIL_IT = Queue("email it", "email", "it", 600.0, Promise(0.9, 7200.0))
EMAIL_FR = Queue("email fr", "email", "fr", 600.0, Promise(0.9, 7200.0))
PHONE_FR = Queue("phone fr", "phone", "fr", 300.0, Promise(0.8, 20.0))
QUEUES = (EMAIL_IT, EMAIL_FR, PHONE_FR)
ANNA = Agent("Anna", "", "UTC", {"it": None, "fr": frozenset({"email"})}, slower={"fr": 1.3})
BEN = Agent("Ben", "", "UTC", {"fr": None})
EVE = Agent("Eve", "", "UTC", {"de": None}, teams=frozenset({"project"}))


def test_a_second_language_takes_longer_where_it_is_spoken():
    table = skills(Team((ANNA, BEN, EVE)), QUEUES)
    assert table.slower == {"email fr": {"Anna": 1.3}}
    assert table.factor("email fr") == pytest.approx((1.3 + 1.0) / 2)
    assert table.factor("email it") == 1.0
    assert table.factor("phone fr") == 1.0  # she does not take calls in French
    assert table.able["email fr"] == {"Anna", "Ben"}


def test_nobody_takes_the_usual_time():
    table = skills(Team((EVE,)), QUEUES)
    assert table.able["phone fr"] == frozenset()
    assert table.factor("phone fr") == 1.0


@given(st.lists(st.floats(0.5, 3.0), min_size=1, max_size=6))
def test_the_factor_lies_between_the_slowest_and_the_fastest(factors):
    people = tuple(
        Agent(f"P{n}", "", "UTC", {"fr": None}, slower={"fr": factor}) for n, factor in enumerate(factors)
    )
    factor = skills(Team(people), [PHONE_FR]).factor("phone fr")
    assert min(factors) - 1e-12 <= factor <= max(factors) + 1e-12


@pytest.mark.parametrize(
    ("work", "who"),
    [
        (PlannedWork("meeting", "meeting"), "Anna Ben Eve"),
        (PlannedWork("project", "project", team="project"), "Eve"),
        (PlannedWork("call-backs", "call-backs", queues=("phone fr",)), "Ben"),
        (PlannedWork("replies", "call-backs", queues=("email it", "email fr")), "Anna Ben"),
        (PlannedWork("nobody", "project", queues=("phone fr",), team="project"), ""),
        (PlannedWork("unknown", "project", queues=("phone de",)), ""),
    ],
)
def test_who_does_planned_work(work, who):
    assert [a.name for a in (ANNA, BEN, EVE) if a.does(work, QUEUES)] == who.split()
    table = skills(Team((ANNA, BEN, EVE)), QUEUES, planned=[work])
    assert table.able[work.name] == frozenset(who.split())
    assert table.kind[work.name] == "work"
    assert table.factor(work.name) == 1.0


def test_planned_work_brings_people_together():
    team = Team((ANNA, BEN, EVE))
    assert groups(team, QUEUES) == (("email it", "email fr", "phone fr"),)
    project = PlannedWork("project", "project", team="project")
    meeting = PlannedWork("meeting", "meeting")
    assert groups(team, QUEUES, [project]) == (("email it", "email fr", "phone fr"), ("project",))
    assert groups(team, QUEUES, [project, meeting]) == (
        ("email it", "email fr", "phone fr", "project", "meeting"),
    )
    apart = Team((Agent("A", "", "UTC", {"it": None}), BEN))
    assert groups(apart, QUEUES) == (("email it",), ("email fr", "phone fr"))
    assert groups(apart, QUEUES, [meeting]) == (("email it", "email fr", "phone fr", "meeting"),)


def test_roles_are_on_call_and_planned_work_is_work():
    table = skills(Team((EVE,)), [], [Role("project")], [PlannedWork("plan", "project", team="project")])
    assert table.of_set(["project", "plan"], "on_call") == {"Eve"}
    assert table.of_set(["project", "plan"], "work") == {"Eve"}
    assert Skills({}, {}).slower == {}


def test_hours_of_planned_work():
    fixed = PlannedWork("a", "training", windows=(PlannedWindow(0, 6, people=3), PlannedWindow(96, 98, 1)))
    assert fixed.person_hours == 5.0
    movable = PlannedWork("b", "call-backs", fixed=False, windows=(PlannedWindow(0, 96, work_seconds=5400),))
    assert movable.person_hours == 1.5
