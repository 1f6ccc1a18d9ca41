"""Rules: which hold for whom and why, what can be changed of them, and what cannot hold together."""

import streamlit as st

from planner.study import rules_form, rules_view
from planner.ui import parts, state, undoing
from planner.ui.rules import editing, findings
from planner.ui.words import t

st.title(t("nav.rules"))
here = parts.need_work()
file = parts.choose_stage(here, "rules")
base = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if base is None:
    st.stop()
st.caption(t("rules.meaning"))
start = rules_form.asked_of(base)
draft = undoing.draft_of(here, file, "rules", start)
editing.presets(draft)
found = rules_form.judged(base, draft.typed)
shown = base.replace(**found.changes) if found.changes else base
lines = state.attempt(lambda: rules_view.lines_of(shown)) or ()
findings.in_force(shown, lines)
st.header(t("rules.change"))
editing.one_rule(draft, base)
editing.more(draft, lines)
if found.mistakes:
    st.error(findings.bullets(t("rules.mistakes"), found.mistakes), icon=":material/error:")
undoing.buttons(draft, start)
undoing.save(here, file, draft, found.changes, t("rules.stage_name"))
findings.contradictions(here, file, draft, shown)
findings.sources(shown)
findings.hours(shown)
parts.next_page("requirement")
