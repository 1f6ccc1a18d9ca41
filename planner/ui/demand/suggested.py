"""What was found in a history: each with the line that accepts it, and a box to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from planner.demand import Suggestion
from planner.study import taking
from planner.ui import state
from planner.ui.words import plain, t


def tick(
    suggestions: Sequence[Suggestion],
    taken: Sequence[str] | None = None,
    say: Callable[..., None] | None = None,
) -> list[str]:
    """Boxes for what can be accepted, sentences for the rest; returns the lines that are ticked.

    Parameters
    ----------
    taken: lines that are ticked; None: whatever the boxes say. say: is told the lines when a box changes.
    """
    lines = [one.line for one in suggestions]

    def ticked() -> list[str]:
        return [line for number, line in enumerate(lines) if line and state.typed(f"suggestion-{number}")]

    for number, one in enumerate(suggestions):
        if not one.line:
            st.markdown(f"- {plain(str(one.why))}")
            continue
        key = f"suggestion-{number}"
        if taken is not None:
            state.keep(key, one.line in taken)
        st.checkbox(plain(str(one.why)), key=key, on_change=(lambda: say(ticked())) if say else None)
        st.caption(t("import.adds", line=plain(one.line)))
    return ticked()


def show(here: state.Work, file: str, suggestions: Sequence[Suggestion]) -> None:
    """Suggestions about the history of a stage, and the button that makes a new one of those accepted."""
    if not suggestions:
        return
    st.header(t("demand.history_suggestions"))
    st.caption(t("demand.history_suggestions_meaning"))
    lines = tick(suggestions)
    if any(one.line for one in suggestions):
        st.button(t("demand.history_take"), on_click=_take, args=(here, file, lines), icon=":material/check:")


def _take(here: state.Work, file: str, lines: Sequence[str]) -> None:
    if not lines:
        state.say_mistakes([t("demand.history_none_ticked")])
        return
    name = t("demand.history_take_name", stage=here.names[file])
    made = state.attempt(lambda: taking.accept_suggestions(here.folder, file, name, lines))
    if made:
        state.forget_removed()
        state.go(stage=made)
