"""Recent work of this browser or person: open, rename, duplicate, delete, undo."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from planner._errors import PlannerError
from planner.study import desks
from planner.study.shelf import Recent, also_of
from planner.ui import state, visit
from planner.ui.lifespan import store_folder
from planner.ui.start.way import on_the_way, say_mistakes_of
from planner.ui.words import plain, t

SHOWN = 5
WAY = "recent"


def listed() -> list[tuple[Recent, desks.Desk]]:
    """What is on the list and still there, the last one first."""
    found = []
    for each in visit.shelf().recent:
        try:
            found.append((each, desks.desk(store_folder(), each.work)))
        except PlannerError:
            continue
    return found


def show(work: list[tuple[Recent, desks.Desk]]) -> None:
    """The list, and the way back for what was removed last."""
    say_mistakes_of(WAY)
    _undo()
    if not work:
        return
    st.header(t("start.recent"))
    st.caption(t("start.recent_meaning", zone=visit.browser_zone()))
    for each, desk in work[:SHOWN]:
        _card(each, desk)
    if work[SHOWN:]:
        with st.expander(t("start.earlier", count=len(work) - SHOWN)):
            for each, desk in work[SHOWN:]:
                _card(each, desk)


def _card(each: Recent, desk: desks.Desk) -> None:
    with st.container(border=True, key=f"recent-{desk.work}"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            ids = {"work": desk.work, **({"job": each.job} if each.job else {})}
            page = "results" if each.job else "rollout"
            name = f"**{plain(desk.name)}**"
            st.page_link(f"views/{page}.py", label=name, icon=":material/folder_open:", query_params=ids)
            stages = ", ".join(plain(name) for name in desk.stages)
            st.caption(f"{stages or t('start.broken')} · {visit.moment(each.seen)}  \n{_plan(each.job)}")
        with right:
            actions(desk)


def actions(desk: desks.Desk) -> None:
    """What can be done with a whole workspace: rename, duplicate, delete."""
    with st.popover(t("start.more"), key=f"more-{desk.work}"):
        key = f"name-{desk.work}"
        st.text_input(t("start.new_name"), value=desk.name, max_chars=desks.LONGEST_NAME, key=key)
        st.button(t("start.rename"), key=f"rename-{desk.work}", on_click=_rename, args=(desk.work, key))
        copy = t("start.copy_of", name=desk.name)
        st.button(t("start.duplicate"), key=f"copy-{desk.work}", on_click=_copy, args=(desk.work, copy))
        st.button(
            t("start.delete"),
            key=f"delete-{desk.work}",
            on_click=_remove,
            args=(desk.work,),
            icon=":material/delete:",
        )


def _plan(job: str) -> str:
    """What became of its last plan."""
    found = state.job_named(job)
    if found is None:
        return t("start.plan_none")
    became = found.outcome or found.state
    return t(f"start.plan_{became.value}", when=visit.moment(found.finished or found.created))


def _undo() -> None:
    removed = visit.shelf().removed
    found = state.attempt(lambda: desks.removed_desk(store_folder(), removed)) if removed else None
    if removed and (found or _there(removed)):
        name = plain(found.name if found else desks.desk(store_folder(), removed).name)
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="removed-desk"):
            st.markdown(t("start.removed" if found else "start.taken_off", name=name), width="stretch")
            st.button(t("start.undo"), icon=":material/undo:", on_click=_restore, args=(removed,))


def _there(work: str) -> bool:
    try:
        desks.desk(store_folder(), work)
    except PlannerError:
        return False
    return True


@on_the_way(WAY)
def _rename(work: str, key: str) -> None:
    desks.rename(store_folder(), work, str(state.typed(key) or ""))


@on_the_way(WAY)
def _copy(work: str, name: str) -> None:
    visit.remember(desks.duplicate(store_folder(), work, name), "")


@on_the_way(WAY)
def _remove(work: str) -> None:
    """Move it aside; where somebody else has it open, too, it only leaves this list."""
    if not also_of(store_folder(), work, state.owner()):
        desks.remove(store_folder(), work)
    visit.shelve(lambda kept: replace(kept.without(work), removed=work))
    if state.ids().get("work") == work:
        st.query_params.clear()


@on_the_way(WAY)
def _restore(work: str) -> None:
    desks.restore(store_folder(), work)
    visit.remember(work, "")
    visit.shelve(lambda kept: replace(kept, removed=""))
