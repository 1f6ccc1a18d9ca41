"""Edits of a rota by hand: applied, taken back, judged and counted; solving again keeps them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner._errors import InputError
from planner.rota import Rota, changes, csv_text, option_of, read_rota, rota_frame
from planner.study import Plan, Scenario, plan, read_plan, steps, write_plan
from planner.study.replan_why import changed
from planner.study.rota_drafts import Draft, draft_file, read_draft, write_draft
from planner.study.rota_edits import Edit, edited, locks, marks, possible, replanned, with_leave
from planner.study.rota_effect import counted, effect, need_of_plan
from planner.study.why.words import clash_lines

DESK = """
name: Small desk
zone: Europe/Lisbon
period: {first_day: 2026-03-23, weeks: 1}
sites: [{name: Lisbon, zone: Europe/Lisbon, full_time_hours: 40}]
agents:
  - {name: Ana, languages: en, cost: 12}
  - {name: Bruno, languages: en, cost: 12}
  - {name: Carla, languages: en, cost: 12, leave: 2026-03-27}
  - {name: Dino, languages: en, cost: 14}
queues:
  - {name: phone en, channel: phone, language: en, aht: 6 min, promise: 80% within 60 s}
need: {phone en: 1}
opening_hours: [{queues: all, days: mon-sat, open: 08:00, close: 20:00}]
shifts:
  - {name: early, start: 08:00, paid_hours: 8}
  - {name: late, start: 12:00, paid_hours: 8}
rules: [{minimum_rest: {hours: 13}}]
solve: {effort: quick}
"""
PEOPLE = ("Ana", "Bruno", "Carla", "Dino")
DAYS = tuple(date(2026, 3, 23) + timedelta(days=n) for n in range(7))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "desk.yaml").write_text(DESK, encoding="utf-8")
    planned = plan(Scenario.load(folder / "desk.yaml"))
    write_plan(planned, folder)
    return planned, folder


EDITS = st.one_of(
    st.builds(
        lambda agent, day, shift: Edit(
            "shift", agent, day, shift=shift, start={"early": 480, "late": 720}.get(shift)
        ),
        st.sampled_from(PEOPLE[:2]),
        st.sampled_from(DAYS[:6]),
        st.sampled_from(["early", "late", ""]),
    ),
    st.builds(lambda day: Edit("swap", "Ana", day, other="Dino"), st.sampled_from(DAYS[:6])),
    st.builds(lambda agent, day: Edit("leave", agent, day), st.sampled_from(PEOPLE), st.sampled_from(DAYS)),
    st.builds(lambda agent: Edit("lock", agent), st.sampled_from(PEOPLE)),
)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(edits=st.lists(EDITS, max_size=6), back=st.integers(0, 6))
def test_undo_gives_the_rota_that_was_there(made, edits, back):
    rota, scenario = made[0].rota, made[0].scenario
    draft, rotas = Draft(), [rota]
    for edit in edits:
        draft = draft.add(edit)
        rotas.append(edited(rota, draft.edits, scenario))
    back = min(back, len(edits))
    for _ in range(back):
        draft = draft.undo()
    assert edited(rota, draft.edits, scenario) == rotas[len(edits) - back]
    for _ in range(back):
        draft = draft.redo()
    assert edited(rota, draft.edits, scenario) == rotas[-1]
    assert made[0].rota == rotas[0], "the rota itself is never touched"


@QUICK
@given(edits=st.lists(EDITS, min_size=1, max_size=5))
def test_what_edits_change_is_what_counting_by_hand_says(made, edits):
    planned, _ = made
    rota, scenario, need = planned.rota, planned.scenario, planned.need
    after = edited(rota, edits, scenario)
    found = effect(rota, after, edits, need, scenario)
    paid = sum(s.paid_minutes / 60 * {"Dino": 14}.get(s.agent, 12) for s in after.shifts)
    before = sum(s.paid_minutes / 60 * {"Dino": 14}.get(s.agent, 12) for s in rota.shifts)
    assert found.wages == pytest.approx(paid - before)
    assert found.after.missing_hours == missing_by_hand(after)
    assert found.before.missing_hours == missing_by_hand(rota)


def missing_by_hand(rota: Rota) -> float:
    """Half-hours from 8 to 20, Monday to Saturday, without anybody on duty; breaks count as away."""
    hours = 0.0
    for day in DAYS[:6]:
        for half in range(24):
            minutes = [480 + 30 * half, 495 + 30 * half]
            if not all(any(_there(s, day, minute) for s in rota.shifts) for minute in minutes):
                hours += 0.5
    return hours


def _there(shift, day: date, minute: int) -> bool:
    """On duty in a quarter-hour; Lisbon is on UTC in this week, until Sunday."""
    at = shift.start.replace(hour=minute // 60, minute=minute % 60)
    if shift.day != day or not shift.start <= at < shift.end:
        return False
    begins = shift.break_start
    return not (begins and begins <= at < begins + timedelta(minutes=shift.break_minutes))


def test_the_need_of_a_plan_is_read_from_its_files(made):
    planned, folder = made
    need = need_of_plan(steps.demand_and_need(planned.scenario)[2], planned.scenario, read_plan(folder))
    found = counted(planned.rota, need, planned.scenario)
    assert (need.required == planned.need.required).all()
    assert found.missing_hours == planned.result.missing_hours
    assert found.wages_cents == planned.result.objective.pay
    assert found.findings == planned.violations


def test_the_judge_names_the_rule_that_an_edit_breaks(made):
    planned, _ = made
    monday, tuesday = DAYS[:2]
    edits = [
        Edit("shift", "Ana", monday, shift="late", start=720),
        Edit("shift", "Ana", tuesday, shift="early", start=480),
    ]
    after = edited(planned.rota, edits, planned.scenario)
    found = effect(planned.rota, after, edits, planned.need, planned.scenario)
    assert ("minimum_rest", "Ana", True) in [(each.rule, each.agent, each.hard) for each in found.new]


def test_only_duties_that_can_be_are_offered_and_taken(made):
    scenario, rota = made[0].scenario, made[0].rota
    assert {option.name for option in possible(scenario, "Ana", DAYS[0])} == {"early", "late"}
    assert possible(scenario, "Carla", DAYS[4]) == (), "she is on leave"
    with pytest.raises(InputError, match="cannot have the shift early 08:00"):
        edited(rota, [Edit("shift", "Carla", DAYS[4], shift="early", start=480)], scenario)
    with pytest.raises(InputError, match="not in the period"):
        edited(rota, [Edit("leave", "Ana", DAYS[0], DAYS[-1] + timedelta(days=1))], scenario)
    with pytest.raises(InputError, match="ends before"):
        edited(rota, [Edit("leave", "Ana", DAYS[3], DAYS[2])], scenario)
    with pytest.raises(InputError, match="nobody of the team"):
        edited(rota, [Edit("lock", "Zoe")], scenario)


def test_a_swap_exchanges_the_shifts_of_the_day(made):
    rota, scenario = made[0].rota, made[0].scenario
    day = next(day for day in DAYS if len({s.agent for s in rota.shifts if s.day == day}) > 1)
    one, other = sorted({s.agent for s in rota.shifts if s.day == day})[:2]
    after = edited(rota, [Edit("swap", one, day, other=other)], scenario)

    def kinds(of: Rota, agent: str) -> list[tuple[str, int]]:
        mine = [s for s in of.shifts if (s.agent, s.day) == (agent, day)]
        return [(s.name, option_of(s, day).start_minute) for s in mine]

    assert (kinds(after, one), kinds(after, other)) == (kinds(rota, other), kinds(rota, one))
    assert len(after.shifts) == len(rota.shifts)


def test_marks_and_locks_say_each_cell(made):
    rota, scenario = made[0].rota, made[0].scenario
    day = DAYS[0]
    working = next(s.agent for s in rota.shifts if s.day == day)
    edits = [Edit("shift", working, day), Edit("lock", "Dino"), Edit("lock", day=DAYS[2])]
    found = marks(rota, edited(rota, edits, scenario), edits, scenario)
    assert found.changed == {(working, day)}
    assert ("Carla", DAYS[4]) in found.leave
    assert {(working, day), ("Dino", DAYS[6]), ("Ana", DAYS[2])} <= found.locked
    asked = locks(edits, scenario)
    assert asked == (f"{working} {day}", "Dino", *(f"{name} {DAYS[2]}" for name in PEOPLE))


def drafted(made: tuple[Plan, Path], edits: list[Edit]) -> Plan:
    """Solved again with the edits."""
    planned, folder = made
    rota, scenario = planned.rota, planned.scenario
    after = edited(rota, edits, scenario)
    file = folder / "draft.csv"
    file.write_text(csv_text(rota_frame(after, scenario.team)), encoding="utf-8")
    return plan(replanned(Scenario.load(folder / "desk.yaml"), edits, file))


def test_solving_again_keeps_what_was_edited_and_fills_the_rest(made):
    rota = made[0].rota
    day = DAYS[1]
    gone = next(s for s in rota.shifts if s.day == day and s.name == "early")
    edits = [Edit("shift", gone.agent, day)]
    after = drafted(made, edits)
    assert all((s.agent, s.day) != (gone.agent, day) for s in after.rota.shifts), "an edited cell is a lock"
    assert after.result.missing_hours == 0
    assert {each.change.day for each in changed(after)} >= {day}
    assert len(changed(after)) <= 4


def test_leave_given_by_hand_is_kept_too(made):
    after = drafted(made, [Edit("leave", "Ana", DAYS[0], DAYS[2])])
    assert {s.day for s in after.rota.shifts if s.agent == "Ana"}.isdisjoint(DAYS[:3])
    assert with_leave(made[0].scenario, [Edit("lock", "Ana")]) is made[0].scenario


def test_clashing_locks_name_the_rule(made):
    edits = [
        Edit("shift", "Ana", DAYS[0], shift="late", start=720),
        Edit("shift", "Ana", DAYS[1], shift="early", start=480),
    ]
    after = drafted(made, edits)
    assert after.result.no_legal_tour == ("Ana",)
    words = " ".join(str(line) for clash in after.why.clashes for line in clash_lines(clash))
    assert "rest" in words


def test_a_draft_is_kept_for_one_owner_and_one_plan(tmp_path):
    draft = Draft().add(Edit("leave", "Ana", DAYS[0], DAYS[2])).add(Edit("lock", day=DAYS[1])).undo()
    mine, yours = (draft_file(tmp_path, owner, "abc-1") for owner in ("../me", "you"))
    write_draft(mine, draft)
    assert read_draft(mine) == draft
    assert read_draft(yours) == Draft()
    assert tmp_path in mine.parents
    mine.write_text('{"steps": [[{"kind": "nothing"}]], "at": 0}', encoding="utf-8")
    assert read_draft(mine) == Draft()
    write_draft(mine, Draft())
    assert not mine.exists()
    with pytest.raises(ValueError, match="abc"):
        draft_file(tmp_path, "me", "../abc")


def test_a_draft_reads_back_as_the_same_rota(made, tmp_path):
    planned, _ = made
    edits = [Edit("shift", "Ana", DAYS[3], shift="late", start=720)]
    after = edited(planned.rota, edits, planned.scenario)
    file = tmp_path / "rota.csv"
    file.write_text(csv_text(rota_frame(after, planned.scenario.team)), encoding="utf-8")
    scenario = planned.scenario
    read = read_rota(file, scenario.team, scenario.shift_types, scenario.first_day, scenario.days)
    assert changes(after, read) == ()
    assert read.shifts == after.shifts
