"""The answer of each scenario in a line, with its gates in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.study import tables
from planner.study.compare_view import Side
from planner.study.report.cards import answer_cards
from planner.ui import parts
from planner.ui.results.cards import MARKS, WORDS
from planner.ui.results.found import Found
from planner.ui.words import plain, t


def show(found: Found, sides: Sequence[Side]) -> None:
    """Go or no-go of each scenario, what it opens and takes, and every gate; of a rollout alone."""
    gates = tables.read_csv(found.folder / "gates.csv")
    cards = {card.number: card for card in answer_cards(found.folder).cards}
    for side in sides:
        card, mine = cards[side.number], gates[gates["number"] == side.number]
        answer = t(WORDS.get(card.go, "results.undecided")) if card.go else t("compare.no_gates")
        with st.container(border=True):
            st.markdown(f"{MARKS.get(card.go, '')} **{side.number}. {plain(side.scenario)}** · {answer}")
            facts = {fact.name: fact.value for fact in card.facts}
            told = [
                f"{t(f'results.fact_{name}')}: {facts[name]}" for name in ("hires", "people") if name in facts
            ]
            st.markdown(plain(" · ".join([*([card.opens] if card.opens else []), *told])))
            if len(mine):
                with st.expander(t("compare.gates")):
                    for gate in mine.itertuples():
                        mark = MARKS.get(str(gate.answer), ":material/help:")
                        word = t(WORDS.get(str(gate.answer), "results.undecided"))
                        finding = plain(parts.spoken(found.job, str(gate.finding)))
                        st.markdown(f"{mark} {word}: {finding}")
