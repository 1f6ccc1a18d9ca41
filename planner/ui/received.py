"""A file on its way in as a page sees it: its token stands in the address, so a reload shows the same.

What was looked at or read is kept here as long as nothing is said otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from planner.demand import Look, SavedMapping
from planner.study import incoming, taking, workspace
from planner.ui import state
from planner.ui.lifespan import store_folder

PART = "import"


def token() -> str:
    """Of the file on its way in; "" if there is none."""
    return state.ids().get("file", "")


def receive(name: str, data: bytes, queues: str) -> None:
    """Keep a file that was given, and show what it is.

    Parameters
    ----------
    queues: into which its contacts are sorted if nothing is said, as in ``Choices``.
    """
    made = state.attempt(lambda: incoming.receive(store_folder(), name, data))
    if made:
        incoming.choose(store_folder(), made, queues=queues)
        state.go(file=made, part=PART)


def clear() -> None:
    """Remove files that were forgotten."""
    incoming.clear(store_folder())


def discard() -> None:
    """Remove the file and what was said of it."""
    incoming.discard(store_folder(), token())
    state.go(file=None)


def choices() -> incoming.Choices:
    """What was said of the file so far."""
    return incoming.choices_of(store_folder(), token())


def choose(**said: Any) -> None:
    """Say something of the file."""
    state.attempt(lambda: incoming.choose(store_folder(), token(), **said))


def choose_mapping(key: str, value: object, word: str = "") -> None:
    """Say one key of its mapping, or what one word of it means."""
    state.attempt(lambda: incoming.choose_mapping(store_folder(), token(), key, value, word))


def take_mapping(mapping: SavedMapping) -> None:
    """Read it as an earlier file was read."""
    state.attempt(lambda: incoming.take_mapping(store_folder(), token(), mapping))


def look() -> Look | None:
    """What the file is; None if it is gone: then a sentence says so."""

    def seen() -> Look:
        said = choices()
        return _look(str(store_folder()), token(), repr((said.profile, said.zone, said.mapping)))

    return state.attempt(seen)


def read(of: state.Work, file: str) -> taking.ReadIn | None:
    """The file read for a stage, or what is wrong with it."""
    said = choices()
    asked = repr((said.profile, said.zone, said.mapping, said.accept, said.queues))
    stage = workspace.fingerprint(of.folder, (file,))
    return state.attempt(lambda: _read(str(store_folder()), token(), str(of.folder), file, asked + stage))


def accept(of: state.Work, file: str, name: str) -> None:
    """Use the history in a new stage, show it, and keep nothing else of the file."""
    found, said = read(of, file), choices()
    if found is None:
        return
    made = state.attempt(lambda: taking.accept(of.folder, file, name, found, said.taken))
    if made:
        incoming.discard(store_folder(), token())
        state.forget_removed()
        state.go(stage=made, file=None, part="forecast")


@st.cache_resource(max_entries=16, show_spinner=False)
def _look(root: str, token: str, key: str) -> Look:
    del key
    return incoming.look_at(Path(root), token)


# Few: a history is some megabytes, and only the one that is being decided about is needed again.
@st.cache_resource(max_entries=4, show_spinner=False)
def _read(root: str, token: str, folder: str, file: str, key: str) -> taking.ReadIn:
    del key
    said = incoming.choices_of(Path(root), token)
    return taking.read_in(incoming.file_of(Path(root), token), said, workspace.load(Path(folder), file))
