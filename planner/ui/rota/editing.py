"""Changing a rota by hand: one thing at a time, each a step that can be taken back."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from planner._files import write_atomic
from planner.study import rota_effect, rota_person
from planner.study.rota_desk import Desk
from planner.study.rota_edits import Edit, possible
from planner.study.rota_week import day_text
from planner.ui import parts, state
from planner.ui.rota.shown import Shown, draft_path, keep
from planner.ui.words import plain, t

ACTS = ("shift", "swap", "lock", "leave")
FREE = "free"
MOST_FINDINGS = 12


def section(of: Shown) -> None:
    """What can be changed, what was, and what it changes; nothing where the scenario has moved on."""
    if of.desk is None:
        state.show_mistakes()
        st.info(t("rota.no_edits"), icon=":material/edit_off:")
        return
    st.header(t("rota.edit"), anchor="edit")
    st.caption(t("rota.edit_lead"))
    with st.container(border=True):
        act = st.segmented_control(
            t("rota.edit_what"),
            ACTS,
            default=ACTS[0],
            required=True,
            format_func=lambda name: t(f"rota.act_{name}"),
            key="rota-act",
        )
        {"shift": _shift, "swap": _swap, "lock": _lock, "leave": _leave}[str(act)](of, of.desk)
    state.show_mistakes()
    _steps(of, of.desk)
    if of.desk.draft.edits:
        _effect(of, of.desk)


def add(of: Shown, edit: Edit) -> None:
    """Take an edit, if it is possible; a sentence says why if not."""
    from planner.study.rota_edits import edited

    desk = of.desk
    assert desk is not None
    draft = desk.draft.add(edit)
    if state.attempt(lambda: edited(desk.base, draft.edits, desk.scenario)) is not None:
        keep(of, draft)


def _days(of: Shown) -> list[date]:
    return [of.first_day + timedelta(days=number) for number in range(of.days)]


def _person(desk: Desk, label: str, key: str, but: str = "") -> str:
    names = [agent.name for agent in desk.scenario.team.agents if agent.name != but]
    return str(st.selectbox(label, names, key=key))


def _day(of: Shown, label: str, key: str) -> date:
    found: date = st.selectbox(label, _days(of), format_func=day_text, key=key)
    return found


def _shift(of: Shown, desk: Desk) -> None:
    who, when, what = st.columns(3)
    with who:
        agent = _person(desk, t("rota.person"), "rota-edit-person")
    with when:
        day = _day(of, t("rota.day"), "rota-edit-day")
    options: dict[str, str] = {FREE: t("rota.free")}
    duties = {}
    for option in possible(desk.scenario, agent, day):
        name = f"{option.name} {option.start_minute}"
        options[name], duties[name] = rota_person.option_text(option), option
    label = t("rota.shift")
    with what:
        chosen = str(
            st.selectbox(label, list(options), format_func=lambda name: options[name], key="rota-edit-shift")
        )
    duty = duties.get(chosen)
    edit = Edit("shift", agent, day)
    if duty is not None:
        edit = Edit("shift", agent, day, shift=duty.name, start=duty.start_minute)
    st.button(t("rota.set_shift"), on_click=add, args=(of, edit), icon=":material/edit:")
    if not duties:
        st.caption(t("rota.nothing_possible", agent=agent, day=day_text(day)))


def _swap(of: Shown, desk: Desk) -> None:
    who, other, when = st.columns(3)
    with who:
        agent = _person(desk, t("rota.person"), "rota-swap-person")
    with other:
        second = _person(desk, t("rota.other_person"), "rota-swap-other", but=agent)
    with when:
        day = _day(of, t("rota.day"), "rota-swap-day")
    edit = Edit("swap", agent, day, other=second)
    st.button(t("rota.swap"), on_click=add, args=(of, edit), icon=":material/swap_horiz:")


def _lock(of: Shown, desk: Desk) -> None:
    who, when = st.columns(2)
    with who:
        agent = _person(desk, t("rota.person"), "rota-lock-person")
    with when:
        day = _day(of, t("rota.day"), "rota-lock-day")
    with st.container(horizontal=True):
        for name, edit in (
            ("cell", Edit("lock", agent, day)),
            ("person", Edit("lock", agent)),
            ("day", Edit("lock", day=day)),
        ):
            st.button(t(f"rota.lock_{name}"), on_click=add, args=(of, edit), icon=":material/lock:")


def _leave(of: Shown, desk: Desk) -> None:
    who, since, until = st.columns(3)
    with who:
        agent = _person(desk, t("rota.person"), "rota-leave-person")
    with since:
        first = _day(of, t("rota.leave_from"), "rota-leave-from")
    with until:
        last = _day(of, t("rota.leave_to"), "rota-leave-to")
    edit = Edit("leave", agent, first, last)
    st.button(t("rota.give_leave"), on_click=add, args=(of, edit), icon=":material/beach_access:")


def _steps(of: Shown, desk: Desk) -> None:
    """Undo, redo, and the list of edits."""
    draft = desk.draft
    with st.container(horizontal=True):
        for name, then, off, icon in (
            ("rota.undo", draft.undo(), not draft.can_undo, ":material/undo:"),
            ("rota.redo", draft.redo(), not draft.can_redo, ":material/redo:"),
            ("rota.discard", draft.emptied(), not draft.edits, ":material/delete:"),
        ):
            st.button(t(name), on_click=keep, args=(of, then), disabled=off, icon=icon)
    if not draft.edits:
        st.caption(t("rota.nothing_edited"))
        return
    st.markdown(t("rota.edits", count=len(draft.edits)))
    for number, edit in enumerate(draft.edits):
        line, out = st.columns([6, 1], vertical_alignment="center")
        text = rota_person.edit_text(edit)
        line.markdown(f"{number + 1}. {plain(text)}")
        then, key = draft.without(number), f"rota-out-{number}"
        out.button(t("rota.take_out"), key=key, on_click=keep, args=(of, then), help=text)


def _effect(of: Shown, desk: Desk) -> None:
    """What the edits change: cost, people missing, findings."""
    found = state.attempt(lambda: desk.effect(state.demand_and_need(of.here, of.file).need))
    state.show_mistakes()
    if found is None:
        return
    st.markdown(f"**{t('rota.effect')}**")
    cost, missing, hard = st.columns(3)
    currency = str(of.files.record["currency"])
    wages, hours = found.after.wages_cents / 100, found.after.missing_hours
    broken = rota_effect.hard_findings(found.after)
    more = broken - rota_effect.hard_findings(found.before)
    for cell, name, now, change in (
        (cost, "rota.wages", parts.money(wages, currency), _signed(found.wages, currency)),
        (missing, "rota.missing", parts.hours(hours), _signed(found.missing_hours, "h")),
        (hard, "rota.broken_rules", parts.number(broken), _signed(more, "")),
    ):
        cell.metric(t(name), now, change, delta_color="inverse")
    for finding in found.new[:MOST_FINDINGS]:
        text = plain(str(finding.message))
        if finding.hard:
            st.error(t("rota.new_hard", text=text), icon=":material/gavel:")
        else:
            st.caption(t("rota.new_soft", text=text))
    if len(found.new) > MOST_FINDINGS:
        st.caption(t("rota.more_findings", count=len(found.new) - MOST_FINDINGS))
    for finding in found.gone[:MOST_FINDINGS]:
        st.caption(t("rota.gone", text=plain(str(finding.message))))
    if not (found.new or found.gone):
        st.caption(t("rota.no_new_findings"))


def _signed(amount: float, unit: str) -> str | None:
    """A difference with its sign; None where there is none."""
    if abs(amount) < 0.005:
        return None
    decimals = 0 if amount == int(amount) else 2
    sign = "+" if amount > 0 else "-"
    return f"{sign}{parts.number(abs(amount), decimals)} {unit}".strip()


def draft_file_of(of: Shown) -> str:
    """The rota with its edits as a file that a job can read; returns its path."""
    assert of.desk is not None
    path = draft_path(of.plan).with_suffix(".csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, of.desk.text)  # a job may be reading the one before
    return str(path)
