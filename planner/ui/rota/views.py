"""The five ways to look at a rota."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from planner.study import charts, grid, rota_clock, rota_person, rota_week
from planner.study.charts.cover import of_set, short_hours
from planner.study.charts.timeline import timeline
from planner.study.rota_edits import Marks
from planner.study.rota_who import groups_of, in_groups, named, short_id
from planner.ui import parts, state
from planner.ui.rota.shown import Shown, caption
from planner.ui.words import plain, t

VIEWS = ("grid", "timeline", "person", "cover", "fairness")
WHOLE = "all"


def choose_view() -> str:
    """The view in the address; the grid first."""
    asked = state.ids().get("view", "")
    view = asked if asked in VIEWS else VIEWS[0]
    state.keep("rota-view", view)
    st.segmented_control(
        t("rota.views"),
        VIEWS,
        required=True,
        format_func=lambda name: t(f"rota.view_{name}"),
        key="rota-view",
        label_visibility="collapsed",
        on_change=lambda: state.go(view=state.typed("rota-view")),
    )
    return view


def _pick(label: str, key: str, options: dict[str, str], usual: str) -> str:
    """A choice that stands in the address, by short ids."""
    asked = state.ids().get(key, "")
    chosen = asked if asked in options else usual
    state.keep(f"rota-{key}", chosen)
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=f"rota-{key}",
        on_change=lambda: state.go(**{key: state.typed(f"rota-{key}")}),
    )
    return chosen


def _week(of: Shown, whole: bool) -> tuple[date, int]:
    """First day and days of the week on screen, or of the whole period."""
    starts = rota_clock.weeks(of.first_day, of.days)
    options = {WHOLE: t("rota.whole_period")} if whole else {}
    options |= {day.isoformat(): t("rota.week_of", day=rota_week.day_text(day)) for day in starts}
    chosen = _pick(t("rota.week"), "week", options, next(iter(options)))
    if chosen == WHOLE:
        return of.first_day, of.days
    first = date.fromisoformat(chosen)
    return first, min(7, of.days - (first - of.first_day).days)


def _who(of: Shown) -> list[str]:
    """People of the site, team or queue on screen."""
    groups = groups_of(of.desk.scenario) if of.desk else ()
    if not groups:
        return of.people
    options = {WHOLE: t("rota.everybody")}
    options |= {group.id: t(f"rota.group_{group.kind}", name=group.name) for group in groups}
    chosen = _pick(t("rota.who"), "queue", options, WHOLE)
    return in_groups(groups, chosen, of.people)


def show_grid(of: Shown) -> None:
    """People by days."""
    left, right = st.columns(2)
    with left:
        first, days = _week(of, whole=True)
    with right:
        people = _who(of)
    rows = rota_clock.of_week(of.on_clock(), first, days, of.first_day, of.days)
    zones = sorted(set(rota_clock.on_clock(of.rows, of.clock, of.zone)["zone"])) or [of.zone]
    look = rota_week.Look(
        first,
        days,
        t("rota.clock", zone=of.zone_words()),
        of.kinds,
        zones,
        of.results.holidays,
        of.desk.marks if of.desk else Marks(),
    )
    st.html(rota_week.week_html(rows, people, look))


def show_timeline(of: Shown) -> None:
    """A bar for every shift of a week."""
    left, right = st.columns(2)
    with left:
        first, days = _week(of, whole=False)
    with right:
        people = _who(of)
    rows = rota_clock.of_week(of.on_clock(), first, days, of.first_day, of.days)
    parts.wide_chart(timeline(rows, people, of.kinds, first, of.zone_words()), "timeline")
    st.caption(t("rota.timeline_meaning"))


def show_person(of: Shown) -> None:
    """One person's shifts, and what they carry beside the team."""
    names = {short_id(name): name for name in of.people}
    chosen = _pick(t("rota.person"), "person", names, next(iter(names)))
    agent = named(of.people, chosen) or of.people[0]
    rows = of.on_clock()
    caption(of)
    figures = rota_person.beside_team(of.rows, of.people, agent)
    for cell, (name, own, mean) in zip(
        st.columns(len(figures)), figures.itertuples(index=False), strict=True
    ):
        what = t("rota.team_mean", mean=parts.number(mean, 1))
        whole = parts.number(own, 0 if own == int(own) else 1)
        cell.metric(t(f"rota.column_{name}"), whole, what, delta_color="off", delta_arrow="off")
    shifts = rota_person.shifts_of(rows, agent, of.results.holidays)
    if shifts.empty:
        st.info(t("rota.person_free"), icon=":material/info:")
        return
    titles = {name: t(f"rota.person_{name}") for name in shifts.columns}
    parts.wide_table(shifts.rename(columns=titles), "person-shifts")
    sheet = rota_person.person_sheet(
        rows[rows["agent"] == agent], of.rows, of.people, agent, of.zone_words(), of.results.holidays
    )
    st.download_button(
        t("rota.person_print"),
        data=sheet,
        file_name=f"rota-{chosen}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/print:",
    )


def show_cover(of: Shown, cover: pd.DataFrame, missing_hours: float) -> None:
    """People missing and extra, of everything or of one set of queues.

    Parameters
    ----------
    cover: columns of ``cover.csv``, of the rota on screen.
    """
    sets = {short_id(name): name for name in map(str, dict.fromkeys(cover["set"]))}
    options = {WHOLE: t("rota.all_queues"), **sets}
    chosen = _pick(t("rota.queues"), "queue", options, WHOLE)
    mine = cover if chosen == WHOLE else of_set(cover, sets[chosen])
    parts.wide_chart(charts.cover_heat_map(mine, of.zone), "cover-heat")
    st.caption(t("rota.cover_meaning"))
    missing, extra = st.columns(2)
    if chosen == WHOLE:
        missing.metric(t("rota.missing"), parts.hours(missing_hours))
    else:
        missing.metric(t("rota.missing"), parts.hours(short_hours(mine)))
    extra.metric(t("rota.extra"), parts.hours(charts.spare_hours(mine)))


def show_fairness(of: Shown) -> None:
    """Who carries how much, in words and as a table."""
    for line in rota_person.fairness_words(of.rows, of.people):
        st.markdown(f"- {plain(str(line))}")
    table = grid.per_person(of.rows, of.people)
    if not (of.desk and of.desk.draft.edits):
        table = grid.so_far(table, of.files.ledger, of.first_day.isoformat())
    titles = {name: t(f"rota.column_{name}") for name in table.columns}
    parts.wide_table(table.rename(columns=titles), "fairness")
    if "nights_so_far" not in table:
        st.caption(t("rota.no_ledger_before"))
