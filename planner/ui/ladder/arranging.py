"""The order of the ladder by hand: copy, rename, move, take away, and undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.study import stage_order
from planner.ui import state
from planner.ui.words import t


def show(here: state.Work, file: str) -> None:
    """What can be done to the stage on screen."""
    files = list(here.names)
    at, name = files.index(file), here.names[file]
    undo = f"undo-{here.id}"

    def done(texts: Any, shown: str | None) -> None:
        if texts is not None:
            state.keep(undo, (texts, file))
            state.go(stage=shown)

    def did(what: Callable[[], Any], shown: str | None = file) -> None:
        done(state.attempt(what), shown)

    def copy() -> None:
        made = state.attempt(
            lambda: stage_order.copy_stage(here.folder, file, t("rollout.copy_name", stage=name))
        )
        if made is not None:
            done(made[1], made[0])

    def rename() -> None:
        wanted = str(state.typed(f"rename-{file}") or "")
        if wanted != name:
            did(lambda: stage_order.rename_stage(here.folder, file, wanted))

    with st.expander(t("rollout.arrange", stage=name), icon=":material/swap_vert:"):
        st.text_input(t("rollout.rename"), value=name, key=f"rename-{file}", max_chars=80)
        row = st.container(horizontal=True)
        row.button(t("rollout.rename_go"), on_click=rename, icon=":material/edit:")
        row.button(t("rollout.copy"), on_click=copy, icon=":material/content_copy:")
        for up, label, icon, stuck in (
            (True, t("rollout.up"), ":material/arrow_upward:", at < 2),
            (False, t("rollout.down"), ":material/arrow_downward:", at in (0, len(files) - 1)),
        ):
            row.button(
                label,
                on_click=did,
                args=(lambda up=up: stage_order.move_stage(here.folder, file, up),),
                icon=icon,
                disabled=stuck,
            )
        row.button(
            t("stages.remove"),
            on_click=did,
            args=(lambda: stage_order.remove_stage(here.folder, file), None),
            icon=":material/delete:",
            disabled=len(files) == 1,
        )
        st.caption(t("rollout.order_meaning"))


def undo(here: state.Work) -> None:
    """The way back from the last change of the ladder."""
    key = f"undo-{here.id}"
    held = state.typed(key)
    if not held:
        return
    texts, shown = held

    def back() -> None:
        def put() -> bool:
            stage_order.put_back(here.folder, texts)
            return True

        if state.attempt(put):
            state.keep(key, None)
            state.go(stage=shown)

    st.button(t("rollout.undo"), on_click=back, icon=":material/undo:", key="undo-ladder")
