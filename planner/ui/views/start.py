"""Start: what now? Go on with recent work, or one of three ways in."""

import streamlit as st

from planner.study import workspace
from planner.ui import state
from planner.ui.start import opened, recent, ways
from planner.ui.start.way import say_mistakes_of
from planner.ui.words import t

st.title(t("start.heading"))
st.write(t("start.lead"))
here = state.work()
if here is not None:
    opened.show(here)
say_mistakes_of()
before = recent.listed()
recent.show([found for found in before if here is None or found[0].work != here.id])
first, *others = workspace.samples()
st.header(t("start.ways_again" if before else "start.ways"))
one, two, three = st.columns(3)
with one:
    st.markdown(f"**{t('start.samples')}**")
    say_mistakes_of(ways.SAMPLE)
    ways.sample(first, first=not before)
with two:
    st.markdown(f"**{t('start.files')}**")
    ways.files()
with three:
    st.markdown(f"**{t('start.sentence')}**")
    own = ways.sentence()
if own and state.ids().get("part"):
    st.switch_page("views/demand.py", query_params=state.ids())
st.header(t("start.more_samples"))
for pair in (others[:3], others[3:]):
    for column, name in zip(st.columns(3), pair, strict=False):
        with column:
            ways.sample(name, first=False)
