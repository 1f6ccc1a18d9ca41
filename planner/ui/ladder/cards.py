"""The stages as cards: what each opens, what the last solve says of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from planner._messages import spoken_value
from planner.study.rungs import Rung, unsolved
from planner.study.solved_stages import Solved
from planner.ui import parts, state
from planner.ui.ladder import kept
from planner.ui.words import t

STYLE = """<style>
.rung{display:flex;flex-wrap:wrap;gap:.15rem .9rem;align-items:baseline;line-height:1.45}
.rung h2{font-size:1.05rem!important;margin:0;padding:0;flex:1 1 14rem}
.rung p{margin:0;flex-basis:100%;font-size:.9rem}
.rung .small{opacity:.85;font-size:.85rem}
.rung .verdict{border-radius:.8rem;padding:.05rem .6rem;font-weight:600;font-size:.85rem;border:2px solid}
.rung .go{background:#009E73;border-color:#009E73;color:#000}
.rung .stop{background:#D55E00;border-color:#D55E00;color:#000}
.rung .open{border-style:dashed;border-color:#808080}
.rung .fact{font-size:.9rem}
.rung .asked{flex:1 1 16rem}
</style>"""
VERDICTS: Mapping[bool | None, tuple[str, str, str]] = {
    True: ("go", "✓ ", "rollout.go"),
    False: ("stop", "✗ ", "rollout.no_go"),
    None: ("open", "", "rollout.not_known"),
}
"""How an answer looks: its class, its sign, its words."""


def show(here: state.Work, ladder: tuple[Rung, ...], shown: str, found: kept.SolvedWork) -> None:
    """Every stage, the one on screen marked."""
    st.html(STYLE)
    for rung in ladder:
        with st.container(border=True, key=f"rung-{rung.number}"):
            words, button = st.columns([5, 1], vertical_alignment="center")
            words.html(_card(rung, rung.file == shown, found.by_file.get(rung.file), found.reason(rung.file)))
            button.button(
                t("rollout.on_screen") if rung.file == shown else t("rollout.show"),
                key=f"show-{rung.file}",
                on_click=state.go,
                kwargs={"stage": rung.file},
                disabled=rung.file == shown,
                width="stretch",
                help=rung.name if len(ladder) > 1 else None,
            )
    if len(ladder) == 1:
        st.info(t("rollout.one_stage"), icon=":material/stairs:")


def _card(rung: Rung, shown: bool, solved: Solved | None, reason: str) -> str:
    facts = [t("rollout.people", people=rung.people)]
    if rung.starts:
        facts.append(t("rollout.starts", day=spoken_value(rung.starts.isoformat())))
    facts.append(
        t("rollout.from_stage", stage=rung.starts_from) if rung.starts_from else t("rollout.from_none")
    )
    lines = [f"<p>{escape(rung.hours)}</p>"]
    if rung.change:
        lines.append(f"<p><b>{escape(rung.change)}</b></p>")
    if solved is not None:
        facts += _figures(solved)
    told = "".join(f'<span class="fact">{escape(fact)}</span>' for fact in facts)
    current = ' aria-current="true"' if shown else ""
    return (
        f'<div class="rung"{current}><h2>{rung.number}. {escape(rung.name)}</h2>{_verdict(solved, reason)}'
        f"{''.join(lines)}{told}</div>"
    )


def _verdict(solved: Solved | None, reason: str) -> str:
    if solved is None:
        return f'<span class="verdict open">{escape(unsolved(reason))}</span>'
    look, sign, code = VERDICTS[solved.go]
    if solved.go is None and solved.number == 1:
        code = "rollout.today"
    return f'<span class="verdict {look}">{escape(sign + t(code))}</span>'


def _figures(solved: Solved) -> list[str]:
    found = []
    if solved.cost is not None and solved.change is None:
        found.append(t("rollout.cost", cost=parts.money(solved.cost, solved.currency)))
    elif solved.change is not None:
        apart = solved.verdict != "not distinguishable"
        share = parts.number(100 * solved.change, 1)
        found.append(
            t(
                "rollout.cost_change" if apart else "rollout.cost_not_apart",
                share=f"+{share}" if solved.change > 0 else share,
            )
        )
    if solved.kept is not None:
        found.append(t("rollout.kept", share=parts.number(100 * solved.kept, 1), queue=solved.queue))
    return found
