"""The hours of the week of a stage: shown, painted with the pointer or by keys, opened by day and hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from planner.study import hours_added, hours_cells, hours_matrix, hours_words, workspace
from planner.ui import parts, state
from planner.ui.ladder import kept
from planner.ui.words import plain, t

HERE = Path(__file__).parent
WEEK = st.components.v2.component(
    "planner.hours",
    html='<div class="hours"></div>',
    css=(HERE / "hours.css").read_text(encoding="utf-8"),
    js=(HERE / "hours.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
Strokes = list[dict[str, Any]]


def strokes_of(work: str, file: str) -> Strokes:
    """What was painted on a stage and is not saved yet."""
    return list(state.typed(f"strokes-{work}-{file}") or ())


def painted_weeks(scenario: Any, strokes: Strokes) -> dict[str, np.ndarray]:
    """The hours of every queue with what was painted."""
    return hours_matrix.with_strokes(hours_matrix.masks_of(scenario), strokes)


def show(here: state.Work, file: str, scenario: Any, people: Any) -> None:
    """The hours of a stage; what is painted is told in words before it is saved as a new stage.

    Parameters
    ----------
    people: gives people needed by day and hour for a queue; None: not known.
    """
    names = [queue.name for queue in scenario.queues]
    asked = state.ids().get("queue", "")
    queue = asked if asked in names else ""
    chosen = [queue] if queue else names
    if len(names) > 1:
        state.keep("hours-queue", queue)
        st.selectbox(
            t("rollout.queue"),
            ("", *names),
            format_func=lambda name: name or t("rollout.all_queues"),
            key="hours-queue",
            on_change=lambda: state.go(queue=state.typed("hours-queue") or None),
        )
    key = f"strokes-{here.id}-{file}"
    strokes = strokes_of(here.id, file)
    weeks = painted_weeks(scenario, strokes)

    def paint(cells: Sequence[Sequence[int]], is_open: bool) -> None:
        state.keep(
            key, [*strokes, {"cells": [tuple(cell) for cell in cells], "open": is_open, "queues": chosen}]
        )

    def stroke() -> None:
        said = getattr(state.typed(f"week-{file}"), "stroke", None)
        if isinstance(said, Mapping):
            paint(hours_matrix.cells_said(said.get("cells")), bool(said.get("open")))

    last = kept.before(here, file)
    earlier = state.attempt(lambda: state.scenario(here, last)) if last else None
    old = hours_matrix.masks_of(earlier) if earlier is not None else None
    now = hours_matrix.masks_of(scenario)
    cells = hours_cells.cells_of(weeks, old, people(queue) if people else None, chosen)
    hours_cells.mark_painted(cells, now, weeks, chosen)
    label = t("rollout.week_label", stage=here.names[file], zone=scenario.zone)
    data = {"cells": cells, "days": hours_words.day_names(), "label": label}
    WEEK(key=f"week-{file}", data=data, on_stroke_change=stroke)
    st.caption(t("rollout.week_meaning", zone=scenario.zone))
    _by_hour(paint, file)
    if strokes:
        _preview(here, file, scenario, (now, weeks), key, strokes)


def _by_hour(paint: Any, file: str) -> None:
    """Hours by day, from and to: the same without a pointer."""
    days = hours_words.day_names()
    with st.expander(t("rollout.by_hour"), icon=":material/schedule:"):
        on = st.pills(
            t("rollout.days"),
            range(7),
            selection_mode="multi",
            default=range(5),
            format_func=lambda day: days[day],
            key=f"days-{file}",
        )
        left, right = st.columns(2)
        clock = [f"{hour:02d}:00" for hour in range(25)]
        first = left.selectbox(t("rollout.from"), range(24), 7, lambda hour: clock[hour], key=f"from-{file}")
        last = right.selectbox(t("rollout.to"), range(1, 25), 8, lambda hour: clock[hour], key=f"to-{file}")
        block = hours_matrix.block(on or (), first or 0, last or 24)
        left.button(
            t("rollout.open_hours"),
            on_click=paint,
            args=(block, True),
            disabled=not on,
            width="stretch",
            key=f"open-{file}",
        )
        right.button(
            t("rollout.close_hours"),
            on_click=paint,
            args=(block, False),
            disabled=not on,
            width="stretch",
            key=f"close-{file}",
        )


def _preview(here: state.Work, file: str, scenario: Any, weeks: Any, key: str, strokes: Strokes) -> None:
    """What was painted, in words, and the way to keep it or not."""
    now, painted = weeks
    told = hours_words.change_text(now, painted)

    def save() -> None:
        name = str(state.typed(f"name-{file}") or "")
        changes = state.attempt(lambda: hours_added.changes_of(scenario, painted))
        made = changes and state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
        if made:
            state.keep(key, [])
            state.go(stage=made)

    with st.container(border=True, key="painted"):
        if told:
            st.markdown(f"**{t('rollout.painted')}** {plain(told)}")
            changes = state.attempt(lambda: hours_added.changes_of(scenario, painted))
            for line in hours_words.shifts_told(scenario, changes or {}):
                st.caption(plain(line))
            st.text_input(
                t("stages.new_name"),
                value=t("rollout.painted_name", stage=here.names[file]),
                key=f"name-{file}",
            )
        else:
            st.markdown(t("rollout.painted_back"))
        row = st.container(horizontal=True)
        row.button(t("stages.save"), on_click=save, type="primary", icon=":material/save:", disabled=not told)
        row.button(
            t("rollout.unpaint"), on_click=state.keep, args=(key, strokes[:-1]), icon=":material/undo:"
        )
        row.button(t("rollout.forget"), on_click=state.keep, args=(key, []), icon=":material/delete:")


def adds(here: state.Work, file: str, scenario: Any) -> None:
    """The usual next steps, each one click."""

    def add(kind: str) -> None:
        asked = state.ids().get("queue", "")
        queues = [asked] if asked in [queue.name for queue in scenario.queues] else None
        changes = state.attempt(lambda: hours_added.step(scenario, kind, queues))
        name = t(f"rollout.name_{kind}", stage=here.names[file])
        made = changes and state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
        if made:
            state.go(stage=made)

    icons = {
        "earlier": ":material/wb_twilight:",
        "later": ":material/bedtime:",
        "weekdays": ":material/date_range:",
        "always": ":material/all_inclusive:",
    }
    with st.container(horizontal=True, key="steps"):
        for kind in hours_added.STEPS:
            st.button(
                t(f"rollout.add_{kind}"), on_click=add, args=(kind,), icon=icons[kind], key=f"add-{kind}"
            )
    for place, page, words in zip(
        st.columns(2), ("hours", "nights"), (t("rollout.best_next"), t("rollout.cover_nights")), strict=True
    ):
        with place.container(border=True):
            st.markdown(words)
            parts.link(page, t(f"nav.{page}"))
