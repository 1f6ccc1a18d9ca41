"""What is being typed on a page, kept until it is saved or reset, with a stack to undo from.

Editors start from a base and match by position of the row, so a base never changes under an editor: undoing
starts a new editor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from planner.study import workspace
from planner.ui import state
from planner.ui.words import t

MOST_STEPS = 100


@dataclass(frozen=True)
class Draft:
    """Something under way.

    Attributes
    ----------
    key: of this stage as its files are. version: editors of another version start anew.
    base: what the editors started from. typed: what they hold.
    past, future: what they held before, the last one last; what was undone, the last one last.
    """

    key: str
    version: int
    base: Any
    typed: Any
    past: tuple[Any, ...] = ()
    future: tuple[Any, ...] = ()

    def widget(self, name: str) -> str:
        """Key of an editor."""
        return f"{self.key}-{self.version}-{name}"


def draft_of(of: state.Work, file: str, page: str, start: Any, editor: str = "") -> Draft:
    """What is under way of a stage on a page; an editor that was away starts again from what it held.

    Parameters
    ----------
    start: what the stage says. editor: name of a widget that holds what is typed, if one does.
    """
    key = f"{page}-{of.id}-{workspace.fingerprint(of.folder, (file,))}"
    found = state.typed(key)
    if not isinstance(found, Draft):
        return _keep(Draft(key, 0, start, start))
    if editor and state.typed(found.widget(editor)) is None:
        return _keep(replace(found, version=found.version + 1, base=found.typed))
    return found


def keep_typed(draft: Draft, typed: Any) -> Draft:
    """Remember what the editors hold; what they held before can be had back."""
    if typed == draft.typed:
        return draft
    return _keep(replace(draft, typed=typed, past=_more(draft.past, draft.typed), future=()))


def change(draft: Draft, typed: Any) -> Draft:
    """Something else in place of what is typed: the editors start anew."""
    return _keep(Draft(draft.key, draft.version + 1, typed, typed, _more(draft.past, draft.typed)))


def forget(draft: Draft) -> None:
    """Nothing is under way any more."""
    state.keep(draft.key, None)


def buttons(draft: Draft, start: Any) -> None:
    """Undo, redo, and back to what the stage says."""

    def undo() -> None:
        now = state.typed(draft.key)
        if isinstance(now, Draft) and now.past:
            to, future = now.past[-1], _more(now.future, now.typed)
            _keep(Draft(now.key, now.version + 1, to, to, now.past[:-1], future))

    def redo() -> None:
        now = state.typed(draft.key)
        if isinstance(now, Draft) and now.future:
            to, past = now.future[-1], _more(now.past, now.typed)
            _keep(Draft(now.key, now.version + 1, to, to, past, now.future[:-1]))

    def reset() -> None:
        change(draft, start)

    with st.container(horizontal=True):
        st.button(t("team.undo"), icon=":material/undo:", disabled=not draft.past, on_click=undo)
        st.button(t("team.redo"), icon=":material/redo:", disabled=not draft.future, on_click=redo)
        st.button(
            t("team.reset"),
            icon=":material/restart_alt:",
            disabled=draft.typed == start,
            on_click=reset,
        )


def save(of: state.Work, file: str, draft: Draft, changes: Mapping[str, Any] | None, name: str) -> None:
    """Keep it as a new stage that starts from the one on screen, and show that.

    Parameters
    ----------
    changes: what the new stage says; None where mistakes keep it from being saved. name: to begin with.
    """
    with st.container(border=True):
        if changes is None:
            st.markdown(f":material/error: {t('team.not_saved_mistakes')}")
        elif changes:
            st.markdown(f":material/edit: **{t('team.unsaved')}**")
        else:
            st.caption(t("team.unchanged"))
        chosen = st.text_input(t("stages.new_name"), value=name, key=f"{draft.key}-name")
        wanted = st.button(t("stages.save"), type="primary", icon=":material/save:", disabled=not changes)
    if not (wanted and changes):
        return
    made = state.attempt(lambda: workspace.save_stage(of.folder, file, chosen, changes))
    state.show_mistakes()
    if made:
        forget(draft)
        state.go(stage=made)
        st.rerun()


def _more(steps: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    return (*steps, one)[-MOST_STEPS:]


def _keep(draft: Draft) -> Draft:
    state.keep(draft.key, draft)
    return draft
