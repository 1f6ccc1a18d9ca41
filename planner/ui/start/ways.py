"""The three ways in: a sample, files of one's own, one sentence."""

from __future__ import annotations

import streamlit as st

from planner.study import Scenario, arriving, incoming, workspace
from planner.study.doubts import usual_queues
from planner.ui import received, state
from planner.ui.lifespan import store_folder
from planner.ui.start.way import on_the_way, say_mistakes_of
from planner.ui.words import plain, t

SAMPLE, FILES, SENTENCE = "sample", "files", "sentence"
_ENDINGS = ("yaml", "yml", "zip", "csv", "tsv", "txt", "json", "jsonl", "ndjson", "xlsx", "gz")
_GIVEN = "given-files"


def sample(name: str, first: bool) -> None:
    """A card that opens a copy of a shipped scenario."""
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{name}**  \n{t('start.sample_' + name.replace('-', '_'))}")
        st.button(
            t("start.open"),
            key=f"open-{name}",
            on_click=_open_sample,
            args=(name,),
            type="primary" if first else "secondary",
        )


def files() -> None:
    """A box for a scenario file, the ZIP of a folder, or an export of tickets."""
    say_mistakes_of(FILES)
    number = int(state.typed(_GIVEN) or 0)
    key = f"own-files-{number}"
    st.file_uploader(
        t("start.files_label"), type=list(_ENDINGS), key=key, on_change=_take, args=(key, number)
    )
    st.caption(t("start.files_meaning"))
    if received.token():
        name = state.attempt(lambda: incoming.file_of(store_folder(), received.token()).name)
        if name:
            st.success(t("start.tickets_here", name=plain(name)), icon=":material/upload_file:")


def sentence() -> bool:
    """A sentence that makes a desk; True when an import of tickets for it is wanted now."""
    say_mistakes_of(SENTENCE)
    waits = bool(received.token())
    with st.form("sentence-form", border=False):
        st.text_input(t("start.sentence_label"), value=t("start.sentence_example"), key="sentence")
        st.form_submit_button(
            t("start.sentence_go"), on_click=_open_sentence, type="secondary" if waits else "primary"
        )
        return st.form_submit_button(
            t("start.own"),
            icon=":material/upload_file:",
            help=t("start.own_meaning"),
            on_click=_open_sentence,
            args=(received.PART,),
            type="primary" if waits else "secondary",
        )


def _show(work: str, **more: str | None) -> None:
    state.go(**{**dict.fromkeys(state.KEYS), "work": work, **more})


@on_the_way(SAMPLE)
def _open_sample(name: str) -> None:
    _show(workspace.open_sample(store_folder(), name))


@on_the_way(FILES)
def _take(key: str, number: int) -> None:
    """Open what was given; the box is emptied, whatever came of it, and everything else stays."""
    given = state.typed(key)
    if given is None:
        return
    state.keep(_GIVEN, number + 1)
    data = given.getvalue()
    if arriving.kind_of(given.name, data) == arriving.SCENARIO:
        _show(arriving.open_files(store_folder(), given.name, data))
    else:
        state.go(file=incoming.receive(store_folder(), given.name, data))


@on_the_way(SENTENCE)
def _open_sentence(part: str | None = None) -> None:
    """Make a scenario of the sentence and show it, or the import of a history for it."""
    made = Scenario.quick(str(state.typed("sentence") or ""))
    work = workspace.open_text(store_folder(), made.dump())
    token = received.token() if part else ""
    if token:
        incoming.choose(store_folder(), token, queues=usual_queues(made))
    _show(work, part=part, file=token or None)
