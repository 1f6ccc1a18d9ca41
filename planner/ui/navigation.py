"""The pages and how they hang together: four in the first view, the rest one click deeper."""

from __future__ import annotations

from typing import Any

import streamlit as st

from planner.ui import state
from planner.ui.visit import moment
from planner.ui.words import plain, t

GROUPS = {
    "start": ("start",),
    "demand_and_team": ("demand", "team", "rules", "requirement"),
    "stages": ("rollout", "hours", "nights", "whatif", "hiring", "solve"),
    "results": ("results", "rota", "service", "promise", "compare", "export"),
    "settings": ("settings", "about"),
}
"""Pages by what stands in the first view; each leads to its first page."""
PAGES = tuple(page for group in GROUPS.values() for page in group)
ICONS = {
    "start": ":material/home:",
    "demand_and_team": ":material/groups:",
    "stages": ":material/stairs:",
    "settings": ":material/settings:",
    "demand": ":material/monitoring:",
    "team": ":material/badge:",
    "rules": ":material/gavel:",
    "requirement": ":material/person_add:",
    "rollout": ":material/stairs:",
    "hours": ":material/wb_twilight:",
    "nights": ":material/bedtime:",
    "whatif": ":material/help_center:",
    "hiring": ":material/how_to_reg:",
    "solve": ":material/play_circle:",
    "results": ":material/fact_check:",
    "rota": ":material/calendar_month:",
    "service": ":material/support_agent:",
    "promise": ":material/handshake:",
    "compare": ":material/balance:",
    "export": ":material/download:",
    "about": ":material/verified:",
}


def link(page: str, label: str, icon: str | None = None, **others: str) -> None:
    """A link to a page that shows the same workspace, stage and job, but for other ids given here."""
    ids = {**state.ids(), **others}
    st.page_link(f"views/{page}.py", label=label, icon=icon or ICONS[page], query_params=ids)


def next_page(page: str) -> None:
    """The way on, at the end of a page."""
    st.divider()
    link(page, t("parts.next", page=title_of(page)), ":material/arrow_forward:")


def title_of(page: str) -> str:
    """What a page is called where it is linked to."""
    return t(f"nav.{'answers' if page == 'results' else page}")


def group_of(page: str) -> str:
    """The group of the first view that a page stands in."""
    return next(group for group, pages in GROUPS.items() if page in pages)


def pages() -> dict[str, Any]:
    """All pages by name, as the framework knows them."""
    return {
        name: st.Page(f"views/{name}.py", title=title_of(name), url_path=name, default=name == "start")
        for name in PAGES
    }


def bar(here: str) -> None:
    """Links to the first view, and under them those to the pages of the group on screen.

    Our own links, because those of the framework would lose the ids in the address; in rows that wrap,
    because a side bar stays open over a phone's page.

    Parameters
    ----------
    here: the page on screen; its links are marked.
    """
    group, work = group_of(here), state.open_work()
    with st.container(horizontal=True, gap="xsmall", key="pages"):
        for name, inside in GROUPS.items():
            marked = f"**{t(f'nav.{name}')}**" if name == group else t(f"nav.{name}")
            link(inside[0], marked, ICONS.get(name))
    if len(GROUPS[group]) > 1:
        with st.container(horizontal=True, gap="xsmall", key="pages-inside"):
            for name in GROUPS[group]:
                link(name, f"**{title_of(name)}**" if name == here else title_of(name))
    if work and here != "start":
        with st.container(key="open-work"):
            st.caption(_shown(work))


def _shown(work: state.Work) -> str:
    """The work on screen in one line: its name, stage and plan, and the clock."""
    file, job = state.stage(work), state.job_named(state.ids().get("job", ""))
    name, stage, zone = state.name_of(work), work.names[file], state.zone_of(work, file)
    said = [f"**{plain(name)}**", *([plain(stage)] if stage != name else [])]
    if job is not None:
        became, clock = job.outcome or job.state, "UTC" if state.clock() == "utc" else zone
        said.append(t(f"start.plan_{became.value}", when=moment(job.finished or job.created, clock)))
    if zone:
        said.append(t(f"nav.clock_{state.clock()}", zone=zone))
    return " · ".join(said)
