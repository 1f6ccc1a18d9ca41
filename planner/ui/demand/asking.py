"""What a file is, and the questions that it leaves open."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner._messages import Message
from planner.demand import Look
from planner.study import Scenario, incoming
from planner.study.doubts import Doubts, notices_of, zones_of
from planner.ui import received, state
from planner.ui.demand import answers
from planner.ui.words import plain, t


def what_it_is(seen: Look, profile: Message) -> None:
    """Name, program, encoding, delimiter, rows looked at, and what was assumed."""
    with st.container(border=True):
        st.markdown(f":material/description: **{plain(seen.file)}**")
        if seen.kind:
            st.write(plain(str(profile)))
            parts = [t(f"import.kind_{seen.kind}"), seen.encoding.upper()]
            if seen.delimiter:
                parts.append(t(f"import.parted_{ord(seen.delimiter)}"))
            if seen.rows:
                parts.append(
                    t("import.rows_all" if seen.whole else "import.rows_some", rows=f"{seen.rows:,}")
                )
                parts.append(t("import.span", first=seen.first, last=seen.last))
            st.caption(plain("; ".join(part for part in parts if part)))
        for message in notices_of(seen):
            st.caption(plain(str(message)))


def offer_kept(here: state.Work, seen: Look, said: incoming.Choices) -> None:
    """The mapping of an earlier file with the same titles, if nothing was said of this one yet."""
    kept = incoming.kept_mapping(here.folder, seen.header) if seen.header else None
    if kept and not (said.mapping or said.zone or said.profile != "auto"):
        st.info(t("import.kept"), icon=":material/bookmark:")
        st.button(t("import.use_kept"), on_click=received.take_mapping, args=(kept,))


def ask(seen: Look, doubts: Doubts, said: incoming.Choices, scenario: Scenario) -> None:
    """Only what is in doubt; what the columns hold stands below, open where it is a proposal."""
    if doubts.profiles:
        by_hand = {"mapping": t("import.by_hand")}
        answers.choose("profile", t("import.profile"), doubts.profiles, said.profile,
                       lambda one: received.choose(profile=one or "auto"),
                       lambda one: by_hand.get(one, one))  # fmt: skip
    if doubts.sheets:
        sheets = plain(doubts.sheets)
        answers.write("sheet", t("import.sheet", sheets=sheets), str(said.mapping.get("sheet", "")))
    if doubts.zone:
        answers.choose("zone", t("import.zone"), zones_of(seen), said.zone or None,
                       lambda one: received.choose(zone=one or ""), hint=t("import.zone_help"))  # fmt: skip
    if doubts.columns:
        answers.columns(seen, said)
    for key, labels in (("day_first", doubts.readings), ("decimal_comma", doubts.decimal)):
        if labels:
            shown = {word: t(f"import.{key}_{word}", reading=reading) for word, reading in labels.items()}
            say = partial(received.choose_mapping, key)
            chosen = said.mapping.get(key)
            answers.choose(key, t(f"import.{key}"), tuple(labels), chosen, say, shown.__getitem__)
    if seen.kind and not seen.mistakes:
        names = ", ".join(queue.name for queue in scenario.queues)
        answers.choose("queues", t("import.queues"), ("scenario", "file"), said.queues,
                       lambda one: received.choose(queues=one or "scenario"),
                       lambda one: t(f"import.queues_{one}", queues=names))  # fmt: skip
    if doubts.words:
        answers.words(doubts.words, said, scenario)
    if seen.header and not doubts.columns:
        with st.expander(t("import.columns"), icon=":material/view_column:"):
            answers.columns(seen, said)
