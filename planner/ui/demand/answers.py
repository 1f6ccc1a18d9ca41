"""One question of the import and its answer, which is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from planner.demand import Look, Met
from planner.study import Scenario, incoming
from planner.study.doubts import UNIT_KEYS, UNITS, columns_of, meanings_of, with_column
from planner.ui import received, state
from planner.ui.words import plain, t


def choose(
    name: str,
    label: str,
    options: Sequence[str],
    chosen: object,
    say: Callable[[Any], None],
    shown: Callable[[str], str] = str,
    hint: str | None = None,
) -> None:
    """One of several answers; nothing is chosen before the owner of the file does."""
    key = f"import-{name}"
    state.keep(key, chosen if chosen in options else None)
    st.selectbox(
        label,
        options,
        index=None,
        format_func=shown,
        key=key,
        help=hint,
        placeholder=t("import.choose"),
        on_change=lambda: say(state.typed(key)),
    )


def write(name: str, label: str, value: str) -> None:
    """An answer in words."""
    key = f"import-{name}"
    state.keep(key, value)
    say = partial(received.choose_mapping, name)
    st.text_input(label, key=key, on_change=lambda: say(str(state.typed(key) or "")))


def words(found: Sequence[Met], said: incoming.Choices, scenario: Scenario) -> None:
    """What words of channels, languages and queues stand for."""
    st.markdown(f"**{t('import.words')}**")
    for one in found:

        def say(meaning: str | None, one: Met = one) -> None:
            received.choose_mapping(f"{one.key}s", meaning, one.word)

        name = f"word-{one.key}-{one.word}"
        label = t(f"import.word_{one.key}", word=plain(one.word), rows=f"{one.rows:,}")
        meant = (said.mapping.get(f"{one.key}s") or {}).get(one.word)
        choose(name, label, meanings_of(one.key, scenario.queues), meant, say)


def columns(seen: Look, said: incoming.Choices) -> None:
    """Which column holds what, with values of the mapped ones only."""
    st.caption(t("import.columns_meaning"))
    titles = list(dict.fromkeys(title for title in seen.header if title.strip()))
    mapped = {one.key: one for one in seen.columns}
    rest = [key for key in columns_of(seen) if key not in mapped]

    def column(key: str) -> None:
        def say(title: str | None) -> None:
            received.choose(**with_column(seen, said, key, title))

        chosen = mapped[key].title if key in mapped else None
        choose(f"column-{key}", t(f"import.column_{key}"), titles, chosen, say)

    for key in (key for key in columns_of(seen) if key in mapped):
        left, middle, right = st.columns([3, 4, 2], vertical_alignment="bottom")
        with left:
            column(key)
        middle.caption(plain(", ".join(mapped[key].values)) or t("import.no_samples"))
        with right:
            _unit(key, said)
    for number, place in enumerate(st.columns(3)):
        with place:
            for key in rest[number::3]:
                column(key)


def _unit(key: str, said: incoming.Choices) -> None:
    """What plain numbers of a time mean, where its owner named the column."""
    unit = f"{key}_unit"
    if unit in UNIT_KEYS and key in said.mapping:
        say = partial(received.choose_mapping, unit)
        choose(unit, t("import.unit"), UNITS, said.mapping.get(unit, UNITS[0]), say)
