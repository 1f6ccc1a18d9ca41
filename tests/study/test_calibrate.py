"""The loop of need, rota and simulation: what it asks for, when it stops, which round it keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from planner.rota import people_on_duty, recount
from planner.scheduling import Objective, objective_of
from planner.study import Scenario, steps
from planner.study import calibrate as module
from planner.study.calibrate import calibrate, more_need
from planner.study.misses import Misses, misses

NONE = np.full(168, np.nan)


def found(short: dict[str, float], **more: Any) -> Misses:
    kept = {"email en": 0.9 - short.get("email en", 0), "phone en": 0.8 - short.get("phone en", 0)}
    given = {"hours": {"email en": NONE, "phone en": NONE}, "weak": {}, "concentrated": frozenset(), **more}
    return Misses(kept=kept, short=short, **given)


Script = Callable[[Sequence[tuple[dict[str, float], int]]], list[str]]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, planned: Any) -> Script:
    """Rounds whose misses and wages are given; returns the ids of the needs that were solved."""

    def make(rounds: Sequence[tuple[dict[str, float], int]]) -> list[str]:
        solved: list[str] = []

        def schedule(need: Any, *_: Any) -> Any:
            solved.append(need.need_id)
            wages = rounds[len(solved) - 1][1]
            objective = Objective(missing=10_000 * len(solved), labour=wages, premiums=0)
            return replace(planned.result, objective=objective, iterations=len(solved))

        monkeypatch.setattr(steps, "schedule", schedule)
        monkeypatch.setattr(steps, "simulate", lambda *_, **__: SimpleNamespace(number=len(solved)))
        monkeypatch.setattr(module, "misses", lambda *_: found(rounds[len(solved) - 1][0]))
        return solved

    return make


def run(desk: Scenario, planned: Any, rounds: int = 4) -> Any:
    return calibrate(planned.need, planned.volumes, desk.replace(solve={"rounds": rounds}))


def test_stops_when_promises_are_kept(desk: Scenario, planned: Any, script: Script) -> None:
    solved = script([({}, 100)])
    made = run(desk, planned)
    assert solved == [planned.need.need_id]
    assert [(r.number, r.chosen, dict(r.added)) for r in made.rounds] == [(1, True, {})]
    assert made.notices == ()


def test_goes_on_while_it_helps_and_keeps_what_belongs_together(
    desk: Scenario, planned: Any, script: Script
) -> None:
    short = [0.3, 0.2, 0.1]
    solved = script([({"email en": s}, 100 + n) for n, s in enumerate(short)] + [({}, 200)])
    made = run(desk, planned)
    assert len(solved) == len(set(solved)) == 4
    assert [r.need_id for r in made.rounds] == solved
    assert [r.chosen for r in made.rounds] == [False, False, False, True]
    assert (made.need.need_id, made.result.iterations, made.service.number) == (solved[3], 4, 4)
    assert [dict(r.added) for r in made.rounds] == [
        {"email en": "safety +2"},
        {"email en": "safety +1.5"},
        {"email en": "safety +1"},
        {},
    ]


def test_a_round_that_brings_nothing_is_the_last_and_not_the_plan(
    desk: Scenario, planned: Any, script: Script
) -> None:
    solved = script([({"email en": 0.2}, 100), ({"email en": 0.1}, 150), ({"email en": 0.15}, 90)])
    made = run(desk, planned)
    assert len(solved) == 3
    assert [r.chosen for r in made.rounds] == [False, True, False]
    assert (made.need.need_id, made.result.iterations, made.service.number) == (solved[1], 2, 2)
    [notice] = made.notices
    assert str(notice) == (
        "email en: 80 % are answered within the promise, "
        "after 3 solve(s) that asked for more where it was missed; "
        "more people or a longer promise would mend it"
    )


def test_of_equal_misses_the_lower_wages_win_whatever_is_missing(
    desk: Scenario, planned: Any, script: Script
) -> None:
    """A later round asks for more people, so its people missing say nothing of its rota."""
    solved = script([({"email en": 0.1}, 100), ({"email en": 0.1}, 99), ({"email en": 0.1}, 99)])
    made = run(desk, planned)
    assert [r.chosen for r in made.rounds] == [False, True, False]
    assert len(solved) == 3


def test_no_more_rounds_than_asked(desk: Scenario, planned: Any, script: Script) -> None:
    solved = script([({"email en": 0.3 - n / 100}, 100) for n in range(9)])
    made = run(desk, planned, rounds=2)
    assert len(solved) == 2
    assert dict(made.rounds[-1].added) == {}
    assert made.rounds[-1].chosen


def test_cancelled_keeps_the_best_and_asks_for_no_more(desk: Scenario, planned: Any, script: Script) -> None:
    solved = script([({"email en": 0.3}, 100), ({}, 100)])
    made = calibrate(planned.need, planned.volumes, desk, is_cancelled=lambda: True)
    assert len(solved) == 1
    assert made.rounds[0].chosen
    assert not made.rounds[0].added


def ask(desk: Scenario, planned: Any, what: Misses) -> tuple[Any, dict[str, str]]:
    return more_need(planned.need, desk, planned.volumes, planned.rota, what, planned.need.open)


def test_a_live_queue_gets_more_than_are_there_only_where_it_misses(desk: Scenario, planned: Any) -> None:
    hours = NONE.copy()
    hours[24 + 10], hours[24 + 11] = 0.5, 0.9  # Tuesday: 10:00 misses, 11:00 does not
    need, added = ask(desk, planned, found({"phone en": 0.3}, hours={"email en": NONE, "phone en": hours}))
    grid = (need.first_quarter, 30, need.intervals)
    phone = frozenset({"phone en"})
    on_duty = people_on_duty(planned.rota, SimpleNamespace(of_set=_all_work(desk)), [phone], *grid)[0]
    row = need.required[need.sets.index(phone)]
    before = planned.need.required[planned.need.sets.index(phone)]
    changed = np.flatnonzero(row != before)
    assert changed.tolist() == [48 + 20, 48 + 21]
    assert (row[changed] > on_duty[changed].min()).all()
    assert added["phone en"].endswith("person-hours")
    cover = recount(need, planned.rota, SimpleNamespace(of_set=_all_work(desk)))  # type: ignore[arg-type]
    assert cover.short[changed].any(), "a cut that the rota already meets would change nothing"


def _all_work(desk: Scenario) -> Callable[..., frozenset[str]]:
    everybody = frozenset(agent.name for agent in desk.team.agents)
    return lambda _names, kind: everybody if kind == "work" else frozenset()


def test_a_deferred_queue_gets_safety_or_people_where_the_misses_stand(desk: Scenario, planned: Any) -> None:
    need, added = ask(desk, planned, found({"email en": 0.12}))
    assert added == {"email en": "safety +1"}
    assert (need.backlogs[0].arriving.sum()) > planned.need.backlogs[0].arriving.sum()
    hours = NONE.copy()
    hours[9] = 0.4
    what = found(
        {"email en": 0.12},
        hours={"email en": hours, "phone en": NONE},
        weak={"email en": (9,)},
        concentrated=frozenset({"email en"}),
    )
    need, added = ask(desk, planned, what)
    assert added["email en"].endswith("person-hours")
    row = need.required[need.sets.index(frozenset({"email en"}))]
    assert np.flatnonzero(row > 1).tolist() == [18, 19]


def test_weak_hours_alone_ask_for_nothing_and_are_told(
    desk: Scenario, planned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "misses", lambda *_: found({}, weak={"email en": (9, 33)}))
    made = calibrate(planned.need, planned.volumes, desk, warm=planned.rota)
    assert len(made.rounds) == 1
    assert made.rounds[0].weak_hours == {"email en": (9, 33)}
    [notice] = made.notices
    assert "the first is Mon 09:00; 2 in all" in str(notice)
    assert "80 %" in str(notice)


def test_a_desk_too_small_says_so_and_keeps_one_need(desk: Scenario) -> None:
    small = desk.replace(volume={"email en": 150, "phone en": 40}, solve={"rounds": 2})
    need = steps.require(steps.forecast(None, small), small)
    made = calibrate(need, steps.forecast(None, small), small)
    assert made.rounds
    assert set(made.rounds[0].missed) <= {"email en", "phone en"}
    assert made.rounds[0].missed
    [chosen] = [r for r in made.rounds if r.chosen]
    assert chosen.need_id == made.need.need_id
    assert objective_of(made.result.rota, steps.problem_of(made.need, small)) == made.result.objective
    again = misses(made.service, made.need, made.need.open, small.zone)  # type: ignore[arg-type]
    assert again.kept == dict(chosen.kept)
    assert any("promise" in str(notice) for notice in made.notices)
