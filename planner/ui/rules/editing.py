"""Changes of rules: presets, country rules, one rule of the scenario, a new one, an exception from a pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from planner.rules import Rule
from planner.study import Scenario, rules_form, rules_view
from planner.study.rules_form import Asked
from planner.ui import state, undoing
from planner.ui.words import t


def put(draft: undoing.Draft, make: Callable[[Asked], Asked]) -> None:
    """Change what is under way; for callbacks, which begin when widgets hold what was typed."""
    now = state.typed(draft.key)
    if isinstance(now, undoing.Draft):
        undoing.keep_typed(now, make(now.typed))


def presets(draft: undoing.Draft) -> None:
    """Packs on and off: usual rules of the house, guidance against fatigue, country rules of each site."""
    asked: Asked = draft.typed
    usual, guidance = rules_form.has_usual(asked), rules_form.GUIDANCE in asked.packs
    with st.container(horizontal=True):
        _switch(draft, "usual", t("rules.usual"), usual, rules_form.with_usual, t("rules.usual_meaning"))
        _switch(
            draft,
            "guidance",
            t("rules.guidance"),
            guidance,
            lambda old, on: rules_form.with_pack(old, rules_form.GUIDANCE, on),
            t("rules.guidance_meaning"),
        )
    with st.container(horizontal=True):
        for site, pack in asked.countries:
            _country(draft, site, pack)


def one_rule(draft: undoing.Draft, scenario: Scenario) -> None:
    """One rule of the scenario: hard or soft, its numbers, whom it holds for, a reason, or away with it."""
    asked: Asked = draft.typed
    key = f"{draft.key}-chosen"
    if (state.typed(key) or 0) >= len(asked.rules):
        state.keep(key, None)
    index = st.selectbox(
        t("rules.which"),
        range(len(asked.rules)),
        index=None,
        format_func=lambda number: f"{number + 1}. {rules_form.sentence_of(asked.rules[number])}",
        key=key,
        placeholder=t("rules.choose"),
    )
    if index is None:
        return
    with st.container(border=True):
        _fields(draft, index, scenario)

        def remove() -> None:
            state.keep(key, None)
            put(draft, lambda old: rules_form.without_rule(old, index))

        st.button(t("rules.remove"), icon=":material/delete:", on_click=remove)


def more(draft: undoing.Draft, lines: Sequence[rules_view.Line]) -> None:
    """A rule that is not there yet, or an exception from a rule of a pack."""

    def add(setting: rules_form.Setting) -> None:
        put(draft, lambda old: rules_form.with_rule(old, setting))
        state.keep(f"{draft.key}-chosen", len(draft.typed.rules))

    with st.expander(t("rules.more"), icon=":material/add:"):
        name = st.selectbox(
            t("rules.new"),
            rules_form.addable(),
            index=None,
            format_func=lambda each: rules_form.sentence_of(rules_form.example_of(each)),
            key=f"{draft.key}-new",
            placeholder=t("rules.choose"),
        )
        new = rules_form.example_of(name) if name else {}
        st.button(t("rules.add"), icon=":material/add:", disabled=not name, on_click=add, args=(new,))
        of_packs = [line.rule for line in lines if line.of_pack and isinstance(line.rule, Rule)]
        place = st.selectbox(
            t("rules.exception"),
            range(len(of_packs)),
            index=None,
            format_func=lambda number: str(of_packs[number].explain()),
            key=f"{draft.key}-exception",
            placeholder=t("rules.choose"),
        )
        st.caption(t("rules.exception_meaning"))
        exception = rules_form.exception_of(of_packs[place]) if place is not None else {}
        st.button(
            t("rules.except"),
            icon=":material/rule:",
            disabled=place is None,
            on_click=add,
            args=(exception,),
        )


def _fields(draft: undoing.Draft, index: int, scenario: Scenario) -> None:
    setting = draft.typed.rules[index]
    name, said = rules_form.named(setting)
    st.markdown(f"**{t('rules.settings')}** `{name}`")
    soft = "penalty" in said
    with st.container(horizontal=True):
        _switch(draft, f"soft-{index}", t("rules.soft"), soft,
                lambda old, on: rules_form.softened(old, index, on), t("rules.soft_meaning"))  # fmt: skip
        if soft:
            unit = rules_view.unit_text(rules_form.unit_of(setting))
            label = t("rules.price", currency=scenario.currency, unit=unit)
            _text(draft, index, "penalty", label, said)
    with st.container(horizontal=True):
        for field in rules_form.fields_of(setting):
            _text(draft, index, field, field, said)
    _people(draft, index, said, scenario)
    if rules_form.takes_reason(setting):
        _text(draft, index, "derogation", t("rules.reason"), said, "stretch", t("rules.reason_meaning"))


def _text(
    draft: undoing.Draft,
    index: int,
    field: str,
    label: str,
    said: Any,
    width: Any = 220,
    meaning: str | None = None,
) -> None:
    key = f"{draft.key}-{index}-{field}"
    value = said.get(field, "")
    state.keep(key, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
    st.text_input(
        label,
        key=key,
        width=width,
        help=meaning,
        on_change=lambda: put(
            draft, lambda old: rules_form.with_setting(old, index, field, state.typed(key) or "")
        ),
    )


def _people(draft: undoing.Draft, index: int, said: Any, scenario: Scenario) -> None:
    """Sites, teams and people; nobody chosen is everybody."""
    key = f"{draft.key}-{index}-for"
    known = rules_view.known_names(scenario)
    chosen = said.get("for", [])
    names = [name.strip() for name in chosen.split(",")] if isinstance(chosen, str) else list(chosen)
    state.keep(key, [name for name in names if name])
    st.multiselect(
        t("rules.for"),
        [*known, *(name for name in names if name and name not in known)],
        key=key,
        placeholder=t("rules.for_everybody"),
        on_change=lambda: put(
            draft, lambda old: rules_form.with_setting(old, index, "for", list(state.typed(key) or []))
        ),
    )


def _country(draft: undoing.Draft, site: str, pack: str) -> None:
    key = f"{draft.key}-country-{site}"
    state.keep(key, pack)
    options = dict.fromkeys(("", *rules_form.country_packs(), pack))
    st.selectbox(
        t("rules.country", site=site),
        list(options),
        format_func=lambda name: rules_view.pack_title(name) if name else t("rules.no_country"),
        key=key,
        width=320,
        on_change=lambda: put(
            draft, lambda old: rules_form.with_country(old, site, str(state.typed(key) or ""))
        ),
    )


def _switch(
    draft: undoing.Draft,
    name: str,
    label: str,
    on: bool,
    make: Callable[[Asked, bool], Asked],
    meaning: str | None = None,
) -> None:
    key = f"{draft.key}-{name}"
    state.keep(key, on)
    st.toggle(
        label,
        key=key,
        help=meaning,
        on_change=lambda: put(draft, lambda old: make(old, bool(state.typed(key)))),
    )
