"""What-ifs: the list with remove and undo, the form of a change with its preview, and how they compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from planner import _yaml
from planner.study import charts, tables, workspace
from planner.study.whatif import CHANGES, preview, settings_of, typed_change
from planner.tasks import Job
from planner.ui import parts, state
from planner.ui.asked import telling
from planner.ui.words import plain, t

REMOVED = "whatif-removed"
# Settings that mean another thing in each change have words of their own there.
OF_CHANGE = ("to", "from", "by", "people", "days", "name", "costs")


def show_list(here: state.Work, found: Sequence[workspace.StageFile]) -> None:
    """Every what-if with what it changes, and the way to take it away and back."""
    gone = state.typed(REMOVED)
    if gone and gone[0] == here.id:
        st.button(t("whatif.undo"), on_click=_undo, args=(here, *gone[1:]), icon=":material/undo:")
    if not found:
        st.info(t("whatif.none"), icon=":material/info:")
    names = {stage.file: stage.name for stage in workspace.scenario_files(here.folder)}
    for each in found:
        with st.container(border=True):
            st.markdown(f"**{plain(each.name)}**")
            _told(here, each.file)
            base = names.get(each.starts_from or "", "")
            st.caption(t("whatif.beside", stage=plain(base)))
            st.button(
                t("whatif.remove"),
                key=f"remove-{each.file}",
                on_click=_remove,
                args=(here, each.file),
                icon=":material/delete:",
            )


def _told(here: state.Work, file: str) -> None:
    """What a what-if changes, in sentences; what is wrong with its file else."""
    made = state.attempt(lambda: state.scenario(here, file))
    state.show_mistakes()
    for message in made.what_if if made is not None else ():
        st.markdown(f"- {plain(str(message))}")


def _remove(here: state.Work, file: str) -> None:
    text = state.attempt(lambda: workspace.delete_stage(here.folder, file))
    if text is not None:
        state.keep(REMOVED, (here.id, file, text))


def _undo(here: state.Work, file: str, text: str) -> None:
    state.attempt(lambda: workspace.restore_stage(here.folder, file, text))
    state.keep(REMOVED, None)


def new(here: state.Work) -> None:
    """A change, its settings, what it will change in words, and the button that saves it as a file."""
    files = {stage.file: stage.name for stage in workspace.scenario_files(here.folder)}
    left, right = st.columns(2)
    base = left.selectbox(t("whatif.base"), [*files], format_func=lambda file: files[file], key="whatif-base")
    if state.typed("whatif-change") is None:
        state.keep("whatif-change", "volume")
    change = right.selectbox(
        t("whatif.change"), sorted(CHANGES, key=_title), format_func=_title, key="whatif-change"
    )
    typed = _fields(str(change))
    st.text_input(t("whatif.name"), placeholder=_title(str(change)), key=f"whatif-name-{change}")
    scenario = state.attempt(lambda: state.scenario(here, str(base)))
    state.show_mistakes()
    if scenario is None:
        return
    ready = any(text.strip() for text in typed.values())
    if not ready:
        st.caption(t("whatif.not_yet"))
    asked = state.attempt(lambda: typed_change(str(change), typed)) if ready else None
    told = None if asked is None else state.attempt(lambda: preview(scenario, asked))
    state.show_mistakes()
    if told:
        with st.container(border=True):
            st.markdown(f"**{t('whatif.preview')}**")
            for message in told:
                st.markdown(f"- {plain(str(message))}")
            st.caption(t("whatif.in_file"))
            st.code(_yaml.dump({"starts_from": base, "what_if": asked}), language="yaml", wrap_lines=True)
    st.button(
        t("whatif.save"),
        on_click=_save,
        args=(here, str(base), str(change), asked),
        disabled=not told,
        type="primary",
        icon=":material/save:",
    )


def _title(change: str) -> str:
    return t(f"whatif.change_{change}")


def _fields(change: str) -> dict[str, str]:
    """What is typed into the settings of a change: those first that must be said."""
    settings = settings_of(change)
    needed = [setting for setting in settings if setting.needed]
    other = [setting for setting in settings if not setting.needed]
    typed = {setting.key: _field(change, setting.key, setting.example) for setting in needed}
    if other:
        with st.expander(t("whatif.more"), expanded=not needed):
            typed |= {setting.key: _field(change, setting.key, setting.example) for setting in other}
    return typed


def _field(change: str, key: str, example: str) -> str:
    words = t(f"whatif.field_{change}_{key}") if key in OF_CHANGE else t(f"whatif.field_{key}")
    said = st.text_input(
        f"{words} ({t('whatif.such_as')} {example})" if example else words, key=f"whatif-{change}-{key}"
    )
    return str(said or "")


def _save(here: state.Work, base: str, change: str, asked: list[dict[str, Any]]) -> None:
    """Write the what-if beside the ladder, and empty the form."""
    name = str(state.typed(f"whatif-name-{change}") or "").strip() or _title(change)
    made = state.attempt(lambda: workspace.save_stage(here.folder, base, name, {"what_if": asked}))
    if made:
        for setting in settings_of(change):
            state.keep(f"whatif-{change}-{setting.key}", "")
        state.keep(f"whatif-name-{change}", "")
        st.toast(t("whatif.saved", name=plain(name)))


def show_comparison(here: state.Work, job: Job) -> None:
    """The stage and its what-ifs side by side, differences against the stage."""
    folder = state.store().job_folder(job.id)
    figures = tables.read_csv(folder / "comparison.csv")
    parts.wide_chart(charts.cost_by_stage(figures), "whatif-cost")
    parts.wide_table(charts.figures_table(figures, verdicts=True), "whatif-table")
    st.caption(t("whatif.meaning", zone=telling.value(str(job.payload["zone"]))))
    parts.download(folder / "comparison.csv", t("whatif.download"))
    parts.link("compare", t("whatif.to_compare"), job=job.id)
