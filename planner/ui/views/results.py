"""Results: the answer for a meeting, stage by stage, go or no-go first."""

import streamlit as st

from planner.study import charts, tables
from planner.study.report.cards import answer_cards
from planner.ui import parts, state
from planner.ui.results import cards, found, papers
from planner.ui.words import plain, t

st.title(t("nav.results"))
shown = found.need((found.ROLLOUT,))
told = state.attempt(lambda: answer_cards(shown.folder))
state.show_mistakes()
if told is None:
    st.stop()
found.say_shorter(shown, len(told.cards))
st.header(t("results.today"))
st.markdown(plain(told.today[0]) if told.today else t("results.no_today"))
if told.today[1:]:
    with st.expander(t("results.by_queue")):
        for line in told.today[1:]:
            st.markdown(f"- {plain(line)}")
papers.report_button(shown.folder)
if len(told.cards) < 2:
    st.info(t("results.one_stage"), icon=":material/info:")
    parts.link("rollout", t("results.to_ladder"), ":material/arrow_forward:")
for card in told.cards:
    cards.show(card)
if len(told.cards) > 1:
    figures = tables.read_csv(shown.folder / "comparison.csv")
    parts.wide_chart(charts.cost_by_stage(figures), "results-cost")
with st.container(horizontal=True, key="results-on"):
    for page in ("rota", "service", "compare", "export"):
        parts.link(page, t(f"nav.{page}"))
