"""What one visit holds: the ids in its address, what its widgets hold, and sentences yet to be shown.

The address holds ids only: workspace, stage file, job. Everything else is read from the store again,
so a link, a reload, Back and a second browser show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from planner._errors import PlannerError
from planner._messages import Message
from planner.ui.words import listen, plain

KEYS = (
    *("work", "stage", "job", "test", "promise", "part", "file"),
    *("next", "reach", "nights", "hiring", "whatif", "edit", "person", "week", "view", "queue", "rota"),
)


def ids() -> dict[str, str]:
    """The ids in the address; a link that carries them shows the same."""
    return {key: st.query_params[key] for key in KEYS if st.query_params.get(key)}


def go(**new: str | None) -> None:
    """Show something else: change ids in the address, as one step for Back."""
    changed: dict[str, str | None] = {**ids(), **new}
    st.query_params.from_dict({key: value for key, value in changed.items() if value})


def keep(key: str, value: Any) -> None:
    """Give a widget its value before it is drawn."""
    st.session_state[key] = value


def typed(key: str) -> Any:
    """What a widget holds; None if it is not on screen."""
    return st.session_state.get(key)


def attempt(what: Callable[[], Any]) -> Any | None:
    """Do something that may find mistakes; they are kept as sentences until they are shown."""
    try:
        return what()
    except PlannerError as error:
        say_mistakes(error.messages)
        return None


def say_mistakes(sentences: Iterable[str | Message]) -> None:
    """Keep sentences until they are shown."""
    st.session_state["mistakes"] = [*sentences]


def show_mistakes() -> None:
    """Show the mistakes of the last action, once."""
    listen()
    for sentence in st.session_state.pop("mistakes", []):
        st.error(plain(str(sentence)), icon=":material/error:")


def keep_removed(file: str, text: str) -> None:
    """Remember a removed stage, for Undo."""
    st.session_state["removed"] = (file, text)


def removed() -> tuple[str, str] | None:
    """The stage that was removed last: file and text."""
    return st.session_state.get("removed")


def forget_removed() -> None:
    """Undo is done, or no longer wanted."""
    st.session_state.pop("removed", None)
