"""What the Demand page shows of a forecast, kept as long as the stage's files do not change.

Kept by ids, not by frames: a change of queue or clock works out only what it changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import streamlit as st

from planner.study import asks_form, demand_view, workspace
from planner.ui import state
from planner.ui.words import t

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from planner.demand import AccuracyReport, Volumes

Grain = Literal["hour", "day", "week"]
GRAINS: tuple[Grain, ...] = ("hour", "day", "week")
LAST_DAYS: dict[Grain, int] = {"hour": 14, "day": 56, "week": 182}


def _key(of: state.Work, file: str) -> str:
    return f"{of.folder}/{file}/{workspace.fingerprint(of.folder, (file,))}"


def _volumes(of: state.Work, file: str) -> Volumes:
    made = state.demand_and_need(of, file).volumes
    assert made is not None, "sections are shown of a forecast only"
    return made


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(key: str, queue: str, _of: state.Work, _file: str) -> demand_view.View:
    return demand_view.view_of(_volumes(_of, _file), state.scenario(_of, _file), queue)


def view(of: state.Work, file: str, queue: str) -> demand_view.View:
    """A stage's forecast of a queue, "" for all."""
    return _view(_key(of, file), queue, of, file)


@st.cache_resource(max_entries=64, show_spinner=False)
def _outlook(key: str, queue: str, grain: Grain, _of: state.Work, _file: str) -> pd.DataFrame:
    from planner.demand import outlook  # heavy; only for the page that asks

    at = state.demand_and_need(_of, _file)
    return outlook(at.history, _volumes(_of, _file), at.scenario.zone, grain, LAST_DAYS[grain], [queue])


def outlook(of: state.Work, file: str, queue: str, grain: Grain) -> pd.DataFrame:
    """What came lately and what is expected of a queue, "" for all, by hour, day or week."""
    return _outlook(_key(of, file), queue, grain, of, file)


@st.cache_resource(max_entries=64, show_spinner=False)
def _hours(key: str, queue: str, clock: str, came: bool, _of: state.Work, _file: str) -> np.ndarray:
    at = state.demand_and_need(_of, _file)
    history = at.history if came else None
    zones = demand_view.clocks(at.scenario)[clock]
    return demand_view.hours_of_week(_volumes(_of, _file), history, zones, queue)


def hours_of_week(of: state.Work, file: str, queue: str, clock: str, came: bool) -> np.ndarray:
    """Contacts in each hour of a week on a clock: those that came, or those expected."""
    return _hours(_key(of, file), queue, clock, came, of, file)


@st.cache_resource(max_entries=16, show_spinner=t("parts.working"))
def _accuracy(key: str, _of: state.Work, _file: str) -> AccuracyReport:
    from planner.study.accuracy import accuracy_of  # heavy; only for the page that asks

    at = state.demand_and_need(_of, _file)
    return accuracy_of(at.history, at.scenario)


def accuracy(of: state.Work, file: str) -> AccuracyReport | None:
    """How well such forecasts would have done on a stage's history; None: it is too short, it is said."""
    return state.attempt(lambda: _accuracy(_key(of, file), of, file))


@st.cache_resource(max_entries=16, show_spinner=False)
def _preview(key: str, said: str, _of: state.Work, _file: str) -> Volumes:
    at = state.demand_and_need(_of, _file)
    return asks_form.preview(at.scenario, at.history, json.loads(said))


def preview(of: state.Work, file: str, changes: Mapping[str, object]) -> Volumes | None:
    """The forecast of a stage with changes that nobody has saved; None: a sentence says what is wrong."""
    return state.attempt(lambda: _preview(_key(of, file), json.dumps(changes), of, file))


def choose_queue(queues: tuple[str, ...]) -> str:
    """A choice of a queue, or of all together: "" for all."""
    among = ("", *queues) if len(queues) > 1 else queues
    return str(st.selectbox(t("demand.queue"), among, format_func=demand_view.name_of, key="demand-queue"))


def choose_tested(queues: tuple[str, ...]) -> str:
    """A choice of a queue that was tested."""
    return str(st.selectbox(t("demand.queue"), queues, key="accuracy-queue"))
