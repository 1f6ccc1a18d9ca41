"""About: versions, and what the planner was checked against."""

import streamlit as st

from planner.study import validation
from planner.study.plan import versions
from planner.ui import parts
from planner.ui.words import t

st.title(t("nav.about"))
st.markdown(t("about.lead"))
st.caption(" · ".join(f"{name} {version}" for name, version in versions().items()))
with st.spinner(t("about.running")):
    found, wrong = validation.checks(), validation.errata()
st.header(t("about.checks"))
st.markdown(validation.summary(found, wrong))
group, printed = st.columns([3, 2], vertical_alignment="bottom")
chosen = group.selectbox(
    t("about.group"),
    ("", *validation.GROUPS),
    format_func=lambda name: t("about.all") if not name else validation.group_name(name),
    key="about-group",
)
only = printed.checkbox(t("about.only_published"), value=True, key="about-published")
frame = validation.checks_frame(found, chosen, only)
if frame.empty:
    st.info(t("about.nothing"), icon=":material/info:")
else:
    columns = {name: t(f"about.column_{name}") for name in frame.columns}
    st.dataframe(frame.rename(columns=columns), hide_index=True, height="content" if len(frame) < 12 else 460)
st.header(t("about.errata"))
st.caption(t("about.errata_meaning"))
frame = validation.errata_frame(wrong)
parts.wide_table(frame.rename(columns={name: t(f"about.column_{name}") for name in frame.columns}), "errata")
st.download_button(
    t("about.document"),
    data=lambda: validation.document(found, wrong),
    file_name=validation.FILE.name,
    mime="text/markdown",
    on_click="ignore",
    icon=":material/download:",
)
