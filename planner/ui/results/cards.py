"""The answer of a stage as a card: go or no-go with its reason, then its figures."""

from __future__ import annotations

from html import escape

import streamlit as st

from planner.study.report.cards import AnswerCard, Fact
from planner.ui import parts
from planner.ui.words import plain, t

STYLE = """<style>
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:.9rem 1.4rem;
margin:.2rem 0!important;padding:0!important}
.facts div{min-width:0;overflow-wrap:anywhere}
.facts dt{font-size:.9rem;opacity:.92}
.facts dt,.facts dd{margin:0;padding:0}
.facts dd:first-of-type{font-size:1.15rem;font-weight:600;line-height:1.35}
.facts dd+dd{font-size:.9rem;line-height:1.4}
</style>"""
MARKS = {"go": ":green[:material/check_circle:]", "no-go": ":red[:material/cancel:]"}
WORDS = {"go": "results.go", "no-go": "results.no_go"}


def show(card: AnswerCard) -> None:
    """One stage of the answer."""
    with st.container(border=True):
        st.header(f"{card.number}. {plain(card.stage)}", anchor=f"stage-{card.number}")
        if card.go:
            mark = MARKS.get(card.go, ":material/help:")
            why = "; ".join(text for text in (card.why, card.missing) if text)
            st.markdown(f"{mark} **{t(WORDS.get(card.go, 'results.undecided'))}**: {plain(why)}")
            st.markdown(plain(card.opens))
        else:
            st.caption(t("results.first"))
        _warn(card)
        st.html(STYLE + facts_html(card.facts))
        if card.mend:
            st.info(plain(card.mend), icon=":material/build:")
        if card.back:
            with st.expander(t("results.back")):
                st.markdown(plain(card.back))


def _warn(card: AnswerCard) -> None:
    """Hours that nobody covers, and people whose rules leave no rota."""
    if card.missing_hours > 0:
        missing = t("results.missing", hours=parts.hours(card.missing_hours))
        st.warning(missing, icon=":material/group_off:")
    for name in card.no_tour:
        st.warning(t("outcome.no_legal_tour", agent=plain(name)), icon=":material/gavel:")


def facts_html(facts: tuple[Fact, ...]) -> str:
    """Figures as a list of terms; names and reasons in them are escaped."""
    return f'<dl class="facts">{"".join(map(_fact, facts))}</dl>'


def _fact(fact: Fact) -> str:
    lines = "".join(f"<dd>{escape(line)}</dd>" for line in (fact.value, *fact.more))
    return f'<div class="fact-{fact.name}"><dt>{escape(t(f"results.fact_{fact.name}"))}</dt>{lines}</div>'
