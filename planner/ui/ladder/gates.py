"""The gates of a stage in words: what was found, what would mend it, thresholds to change."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from planner.study import Scenario, gate_form, mended_stage, stage_order, workspace
from planner.study.gate_form import Field, GateLine
from planner.study.solved_stages import Answered, Mend, Solved
from planner.ui import parts, state
from planner.ui.ladder import kept
from planner.ui.ladder.cards import VERDICTS
from planner.ui.words import listen, plain, t

STEPS = {"percent": 5.0, "count": 0.5, "of ten": 0.5}


def show(here: state.Work, file: str, scenario: Scenario, found: kept.SolvedWork) -> None:
    """Every gate with its threshold and, where the stage is solved, its answer."""
    listen()
    st.header(t("rollout.gates"))
    lines = gate_form.lines_of(scenario.gates)
    solved = found.by_file.get(file)
    answers = solved.gates if solved is not None and len(solved.gates) == len(lines) else ()
    if not lines:
        st.caption(t("rollout.gates_none"))
    for number, line in enumerate(lines):
        answer = answers[number] if answers else None
        with st.container(key=f"gate-{number}"):
            st.html(_told(line, answer, found))
            if solved is not None and answer is not None and answer.passed is False:
                _mending(here, file, (scenario, solved), (number, answer), found)
    with st.expander(t("rollout.gates_change"), icon=":material/tune:"):
        _form(here, file, scenario)


def _told(line: GateLine, answer: Answered | None, found: kept.SolvedWork) -> str:
    asked = f'<span class="asked">{escape(str(gate_form.sentence(line)))}</span>'
    if answer is None:
        return f'<div class="rung">{asked}</div>'
    look, sign, code = VERDICTS[answer.passed]
    badge = f'<span class="verdict {look}">{escape(sign + t(code))}</span>'
    said = parts.spoken(found.job, answer.finding) if found.job else answer.finding
    return f'<div class="rung">{badge}{asked}<p class="small">{escape(said)}</p></div>'


def _mending(
    here: state.Work,
    file: str,
    stage: tuple[Scenario, Solved],
    gate: tuple[int, Answered],
    found: kept.SolvedWork,
) -> None:
    """What was tried to mend a gate; each by one click as a new stage."""
    (scenario, solved), (number, answer) = stage, gate
    before = kept.before(here, file)
    earlier = state.scenario(here, before) if before else scenario

    def make(mend: Mend) -> None:
        changes = mended_stage.changes_of_mend(scenario, earlier, scenario.gates[number], mend)
        name = t("rollout.mended_name", stage=here.names[file])
        if changes is None:
            state.say_mistakes([t("rollout.mend_gone")])
            return
        made = state.attempt(lambda: workspace.save_stage(here.folder, file, name, changes))
        if made:
            state.go(stage=made)

    for at, mend in enumerate(answer.mends):
        what = plain(parts.spoken(found.job, mend.what)) if found.job else plain(mend.what)
        code = "mend_passes" if mend.passes else "mend_only" if mend.mends else "mend_not"
        cost = parts.money(mend.cost, solved.currency)
        told = st.container(horizontal=True, vertical_alignment="center")
        told.markdown(t(f"rollout.{code}", what=what, cost=cost, weeks=mend.weeks))
        if mend.mends:
            told.button(
                t("rollout.mend"),
                on_click=make,
                args=(mend,),
                key=f"mend-{number}-{at}",
                icon=":material/build:",
            )


def _form(here: state.Work, file: str, scenario: Scenario) -> None:
    """Thresholds to change, gates to add and to take away; kept in this stage or as a new one."""
    draft = f"gates-{here.id}-{file}"
    typed, version = state.typed(draft) or (None, 0)
    lines: list[GateLine] = list(gate_form.lines_of(scenario.gates) if typed is None else typed)
    key = f"{draft}-{version}"  # fields of other lines begin anew with each line that comes or goes

    def put(made: list[GateLine] | None) -> None:
        state.keep(draft, (made, version + 1))

    def remove(number: int) -> None:
        put([line for at, line in enumerate(lines) if at != number])

    def add() -> None:
        put([*lines, gate_form.usual(str(state.typed(f"{draft}-new")))])

    def save() -> None:
        made = state.attempt(
            lambda: workspace.save_stage(
                here.folder, file, t("rollout.gates_name", stage=here.names[file]), changes
            )
        )
        if made:
            put(None)
            state.go(stage=made)

    def keep() -> None:
        texts = state.attempt(lambda: stage_order.say_in_stage(here.folder, file, changes))
        if texts is not None:
            state.keep(f"undo-{here.id}", (texts, file))
            put(None)

    for number, line in enumerate(lines):
        row = st.container(horizontal=True, vertical_alignment="center", key=f"gate-form-{number}")
        row.markdown(f"**{gate_form.title(line.form)}**", width=220)
        amounts: dict[str, Any] = {
            field.key: _field(row, f"{key}-{number}-{line.form}", line, field)
            for field in gate_form.FORMS[line.form]
        }
        row.button(
            t("rollout.gate_remove"),
            on_click=remove,
            args=(number,),
            key=f"{key}-remove-{number}",
            icon=":material/delete:",
        )
        lines[number] = GateLine(line.form, amounts)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.selectbox(
        t("rollout.gate_new"), list(gate_form.FORMS), format_func=gate_form.title, key=f"{draft}-new"
    )
    row.button(t("rollout.gate_add"), on_click=add, icon=":material/add:", key=f"{draft}-add")
    changes = gate_form.changes_of(scenario, lines)
    row = st.container(horizontal=True)
    row.button(
        t("rollout.gates_keep"), on_click=keep, disabled=not changes, type="primary", key=f"{draft}-keep"
    )
    row.button(t("stages.save"), on_click=save, disabled=not changes, key=f"{draft}-save")


def _field(row: Any, key: str, line: GateLine, field: Field) -> Any:
    label, value = gate_form.label(line.form, field.key), line.amounts[field.key]
    if field.unit == "words":
        return row.text_input(label, value=value or "", key=f"{key}-{field.key}", width=240)
    typed = row.number_input(
        label,
        min_value=0.0,
        max_value=10.0 if field.unit == "of ten" else None,
        value=value,
        step=STEPS.get(field.unit, 1.0),
        format="%g",
        key=f"{key}-{field.key}",
        width=240,
    )
    return field.usual if typed is None and field.needed else typed
