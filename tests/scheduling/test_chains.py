"""Two chains of the search: in a process of its own or here, the same rotas."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.requirement import Backlog
from planner.rota import ShiftType
from planner.scheduling import Problem, Progress, SolveSettings, SolveStatus, chain_child, race, schedule
from planner.scheduling.chains import Kept, Rival, Round, heard, run, told
from planner.scheduling.crew import crew_of
from planner.scheduling.duals import CoverPrices
from planner.scheduling.freight import can_travel, packed, receive, send, unpacked
from planner.scheduling.lagrange import priced
from planner.scheduling.search import Search

WorldMaker = Callable[..., Problem]
DAY = ShiftType("day", (480, 540), 480, break_minutes=60, break_window=(180, 300), break_step_minutes=30)
NIGHT = ShiftType("night", (1320,), 480)
LAW = {"minimum_rest": {"hours": 11}, "max_days_in_row": {"days": 5, "penalty": 700}}


@pytest.fixture
def problem(world: WorldMaker) -> Problem:
    """Two languages, mail, somebody who need not be taken."""
    hours = np.arange(24 * 14)
    mail = np.where(hours % 24 == 9, 300, 0)
    row = Backlog(
        frozenset({"en"}), mail, np.where(hours % 24 < 20, mail, 0), 150, ((frozenset({"en"}), mail * 0),)
    )
    made = world(
        ["en", "en it", "it", "en", "en it"],
        {"en": [1], "it": [0] * 8 + [1] * 10 + [0] * 6, "en it": [1] * 8 + [2] * 10 + [1] * 6},
        [DAY, NIGHT],
        14,
        rules=LAW,
        backlogs=[row],
        missing_cents=3000,
    )
    return replace(made, optional={"p4": 5000})


def tasks(crew: object, search: Search) -> list[Round]:
    """Two rounds as a race gives them."""
    rows = np.full(search.crew.problem.need.required.shape, 40.0)
    prices = priced(search.crew, CoverPrices(rows))
    return [Round(30, None, 0.0, 0.5, Kept.of(search)), Round(30, None, 0.5, 1.0, prices=prices)]


def test_a_crew_travels_and_searches_alike(problem: Problem) -> None:
    crew = crew_of(problem)
    assert can_travel(crew)
    stream = io.BytesIO()
    send(stream, *packed(crew))
    stream.seek(0)
    head, arrays = receive(stream)
    assert receive(stream) is None
    there, here = Search(unpacked(head, arrays), 3, 1), Search(crew, 3, 1)
    first = Search(crew, 3)
    first.first()
    for task in tasks(crew, first):
        for search in (there, here):
            assert run(search, heard(*told(task)), lambda: False) == 30
        assert there.best_cost == here.best_cost
        assert there.best_missing == here.best_missing
        for one, other in zip(there.best, here.best, strict=True):
            assert one.options.tolist() == other.options.tolist()
            assert one.breaks.tolist() == other.breaks.tolist()


def rota_of(chain: Rival, crew: object, search: Search) -> list[list[int]]:
    """What a chain finds in two rounds."""
    found = []
    for task in tasks(crew, search):
        chain.begin(task)
        kept = chain.meet(lambda: False)
        assert kept is not None
        found += [[kept.cost], kept.options.ravel().tolist(), kept.breaks.ravel().tolist()]
    chain.end()
    return found


def test_a_chain_elsewhere_here_or_lost_finds_the_same(problem: Problem) -> None:
    """Also when its process is killed between two rounds: all is done again here."""
    crew = crew_of(problem)
    search = Search(crew, 2)
    search.first()
    here = rota_of(Rival(crew, 2, alone=True), crew, search)
    apart = Rival(crew, 2)
    assert apart.apart
    assert rota_of(apart, crew, search) == here
    lost = Rival(crew, 2)
    first, second = tasks(crew, search)
    lost.begin(first)
    assert lost.meet(lambda: False) is not None
    lost._process.kill()
    lost.begin(second)
    kept = lost.meet(lambda: False)
    assert [[kept.cost], kept.options.ravel().tolist(), kept.breaks.ravel().tolist()] == here[3:]
    assert not lost.apart


def test_a_solve_with_and_without_a_second_process_is_the_same(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(race, "SHORTEST_MOVES", 1)
    settings = SolveSettings(iterations=40)
    apart = schedule(problem, settings)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    here = schedule(problem, settings)
    assert apart.rota == here.rota
    assert (apart.bound_cents, apart.missing_hours_bound) == (here.bound_cents, here.missing_hours_bound)


def test_cancel_ends_the_second_process(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a few questions after the first yes, the best rota comes back and nothing runs on."""
    monkeypatch.setattr(race, "SHORTEST_MOVES", 1)
    made: list[Rival] = []
    monkeypatch.setattr(race, "Rival", lambda *args: made.append(Rival(*args)) or made[0])
    seen: list[Progress] = []
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        stop = any(progress.phase == "improving" and progress.rota is not None for progress in seen)
        asked += stop
        return stop

    result = schedule(problem, SolveSettings(iterations=10**6), seen.append, is_cancelled)
    assert result.status == SolveStatus.CANCELLED
    assert result.rota.shifts
    assert asked < 60
    assert not made[0].apart


@pytest.mark.skipif(os.name != "posix", reason="elsewhere processes do not learn that their parent is gone")
def test_the_second_process_ends_with_the_first_in_the_middle_of_a_round(
    problem: Problem, tmp_path: Path
) -> None:
    """Whoever started it is killed outright: a round without end ends all the same, unsaid."""
    search = Search(crew_of(problem), 1)
    search.first()
    head, arrays = packed(search.crew)
    with (tmp_path / "told").open("wb") as file:
        send(file, {**head, "seed": 1, "number": 1}, arrays)
        send(file, *told(Round(10**9, None, 0.0, 1.0, Kept.of(search))))
    program = [sys.executable, "-P", chain_child.__file__, *sys.path]
    line = f"{shlex.join(program)} < {shlex.quote(str(tmp_path / 'told'))} & wait"
    with subprocess.Popen(["sh", "-c", line], stdout=subprocess.PIPE) as starter:
        with pytest.raises(subprocess.TimeoutExpired):
            starter.communicate(timeout=6)
        starter.kill()
        assert starter.communicate(timeout=30) == (b"", None)
