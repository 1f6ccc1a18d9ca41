"""How often a rota is lived through: the same number wherever it is judged."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from planner.study import lives, simulate
from planner.study.lives import lives_for, usual_lives


def crowd(contacts: float) -> Any:
    return SimpleNamespace(mean=np.array([[contacts]]))


def test_few_contacts_are_met_more_often() -> None:
    assert lives_for(crowd(0)) == lives.MOST_LIVES
    assert lives_for(crowd(1e9)) == lives.FEWEST_LIVES
    assert lives_for(crowd(lives.CONTACTS / 50)) == 50
    assert usual_lives(crowd(lives.CONTACTS / 50)) == 50


def test_a_crowd_is_met_as_often_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    for compiled, usual in ((True, 30), (False, 6)):
        monkeypatch.setattr(lives, "COMPILED", compiled)
        assert usual_lives(crowd(100_000)) == usual


def test_a_plan_and_a_simulation_of_its_rota_agree(planned: Any) -> None:
    again = simulate(planned.rota, planned.volumes, planned.scenario)
    assert again.replications == planned.service.replications == usual_lives(planned.volumes)
    assert str(again.totals()) == str(planned.service.totals())
