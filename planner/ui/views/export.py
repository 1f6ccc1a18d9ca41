"""Files: what HR, a meeting and planners take away, each with what it is for; everything in one ZIP."""

import streamlit as st

from planner.ui import parts
from planner.ui.results import files, papers
from planner.ui.words import t

st.title(t("nav.export"))
results = parts.need_results("export")
stage = results.files.folder
st.write(t("export.lead"))
papers.everything_button(results.job)
st.caption(t("export.everything_meaning"))
papers.report_button(results.folder)
papers.playbook_button(results.job, results.number)
st.caption(t("export.playbook"))
there = files.of(stage, results.folder)
files.show(there)
files.show_preview(there)
