"""Start: open a sample, or write one sentence."""

import streamlit as st

from planner.study import Scenario, workspace
from planner.ui import parts, state
from planner.ui.lifespan import store_folder
from planner.ui.words import t


def open_sample(name: str) -> None:
    """Copy the sample and show it."""
    made = state.attempt(lambda: workspace.open_sample(store_folder(), name))
    if made:
        state.go(work=made, stage=None, job=None, part=None, file=None)


def open_sentence(part: str | None = None) -> None:
    """Make a scenario from the sentence and show it, or the import of a history for it."""
    scenario = state.attempt(lambda: Scenario.quick(str(state.typed("sentence") or "")))
    if scenario is not None:
        made = workspace.open_text(store_folder(), scenario.dump())
        state.go(work=made, stage=None, job=None, part=part, file=None)


st.title(t("start.heading"))
st.write(t("start.lead"))
here = state.work()
state.show_mistakes()
if here is not None:
    first = here.stages[0]
    with st.container(border=True):
        st.markdown(f":material/check: **{t('start.opened', name=first.name, stages=len(here.stages))}**")
        for sentence in state.assumptions(here):
            st.caption(sentence)
        parts.link("demand", t("start.next"), ":material/arrow_forward:")
state.show_mistakes()
st.subheader(t("start.samples"))
for name in workspace.samples():
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"**{name}**  \n{t('start.sample_' + name.replace('-', '_'))}")
        right.button(
            t("start.open"),
            key=f"open-{name}",
            on_click=open_sample,
            args=(name,),
            type="secondary" if here else "primary",
            width="stretch",
        )
st.subheader(t("start.sentence"))
with st.form("sentence-form", border=True):
    st.text_input(t("start.sentence_label"), value=t("start.sentence_example"), key="sentence")
    with st.container(horizontal=True):
        st.form_submit_button(t("start.sentence_go"), on_click=open_sentence)
        own = st.form_submit_button(
            t("start.own"),
            icon=":material/upload_file:",
            help=t("start.own_meaning"),
            on_click=open_sentence,
            args=("import",),
        )
if own and state.ids().get("part"):
    st.switch_page("views/demand.py", query_params=state.ids())
