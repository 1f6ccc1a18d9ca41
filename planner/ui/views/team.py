"""Team: who works where, speaks what and for how many hours; typed, pasted or from a file."""

import streamlit as st

from planner.study import team_form
from planner.ui import parts, state, undoing
from planner.ui.team import figures, pasting, people
from planner.ui.words import t

st.title(t("nav.team"))
here = parts.need_work()
file = parts.choose_stage(here, "team")
base = state.attempt(lambda: state.scenario(here, file))
state.show_mistakes()
if base is None:
    st.stop()
st.caption(t("team.meaning"))
if not (base.said.team or base.said.agents):
    st.info(t("team.nameless"), icon=":material/info:")
start = team_form.form_of(team_form.rows_of(base))
draft = people.edit(undoing.draft_of(here, file, "team", start, people.EDITOR))
undoing.buttons(draft, start)
found = team_form.judged(base, draft.typed)
people.say(found)
shown = base.replace(**found.changes) if found.changes else base
figures.whole(shown)
people.give_leave(draft, base)
pasting.show(draft, base)
undoing.save(here, file, draft, found.changes, t("team.stage_name"))
st.download_button(
    t("team.download"),
    data=lambda: team_form.file_of(draft.typed),
    file_name="team.csv",
    mime="text/csv",
    on_click="ignore",
    icon=":material/download:",
)
figures.show(shown, team_form.before_solving(shown))
parts.next_page("rules")
