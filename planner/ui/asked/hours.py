"""The best next hours as cards, and how far today's team reaches; each becomes a stage by one click."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from planner.study import asked_view, tables
from planner.study.as_stage import block_changes, file_changes
from planner.tasks import Job
from planner.ui import parts, state
from planner.ui.asked import telling
from planner.ui.asked.question import stage_button
from planner.ui.words import plain, t

GO = {True: ("go_word", "green"), False: ("no_go", "red"), None: ("open", "orange")}


def show_blocks(here: state.Work, job: Job) -> None:
    """Ranked blocks: those that were planned as cards, the others in a table."""
    folder = state.store().job_folder(job.id)
    record = state.record_of(job, "next_hours.json")
    rows = asked_view.records(tables.read_csv(folder / "next_hours.csv"))
    planned = [row for row in rows if row["missing_hours"] is not None]
    st.caption(t("hours.meaning", zone=job.payload["zone"]))
    for row in planned:
        with st.container(border=True):
            _card(here, job, row, record["currency"])
    if not planned:
        st.warning(t("hours.none_planned"), icon=":material/hourglass_disabled:")
    _screened([row for row in rows if row["missing_hours"] is None])
    st.caption(plain(parts.spoken(job, record["people_like"])))
    parts.download(folder / "next_hours.csv", t("hours.download"))


def _block(row: dict[str, Any]) -> str:
    return f"{telling.value(row['days'])} {row['open']}–{row['close']}"


def _card(here: state.Work, job: Job, row: dict[str, Any], currency: str) -> None:
    """One block: what its customers get, what it asks of people and money, go or no-go, and the stage."""
    word, colour = GO[row["go"]]
    name = f"{row['rank']}. {plain(row['queues'])}: {_block(row)}"
    st.markdown(f"**{name}** &nbsp; :{colour}-badge[{t(f'hours.{word}')}]")
    coming, waits, people, cost = st.columns(4)
    coming.metric(t("hours.contacts"), parts.number(row["contacts_per_week"], 1))
    low_high = telling.between(row["contacts_low"], row["contacts_high"])
    coming.caption(t("hours.contacts_range", range=low_high, share=telling.share(row["share_of_week"])))
    waits.metric(t("hours.wait_after"), telling.wait(row["after_median_seconds"]))
    before = telling.wait(row["before_median_seconds"])
    nine = telling.wait(row["after_p90_seconds"]), telling.wait(row["before_p90_seconds"])
    waits.caption(t("hours.waits", before=before, nine_after=nine[0], nine_before=nine[1]))
    people.metric(t("hours.hires"), t("asked.unknown") if row["hires"] is None else str(row["hires"]))
    sure = "found" if not row["hires_proven"] else "proven" if row["hires"] else "none"
    sure = "unknown" if row["hires"] is None else sure
    people.caption(t(f"hours.hires_{sure}"))
    cost.metric(t("hours.cost"), telling.change(row["cost_change_a_month"], currency))
    cost.caption(telling.change_range(row["cost_change_low"], row["cost_change_high"], currency))
    st.markdown(plain(parts.spoken(job, row["why"])))
    if row["why_not_alone"]:
        st.markdown(t("hours.not_alone", why=plain(parts.spoken(job, row["why_not_alone"]))))
    if row["estimated"]:
        st.caption(t("hours.estimated"))
    load = {name: telling.most_and_mean(row, name) for name in ("early", "late", "nights")}
    st.caption(t("hours.asked_of_people", **load))
    base = job.payload["files"][0]
    stage_button(
        here,
        job,
        t("hours.make_stage"),
        t("hours.stage_name", queues=row["queues"], block=_block(row).replace("\\", "")),
        lambda: block_changes(state.scenario(here, base), row),
        f"{job.id}-{row['rank']}",
    )


def _screened(rows: list[dict[str, Any]]) -> None:
    """Blocks that were only screened by the formulas, in their order."""
    if not rows:
        return
    with st.expander(t("hours.screened", count=len(rows)), icon=":material/filter_list:"):
        st.caption(t("hours.screened_meaning"))
        shown = [
            {
                t("hours.column_rank"): str(row["rank"]),
                t("hours.column_block"): f"{row['queues']}: {row['days']} {row['open']}–{row['close']}",
                t("hours.contacts"): row["contacts_per_week"],
                t("hours.column_person_hours"): row["screen_person_hours"],
                t("hours.column_people"): row["people_about"],
            }
            for row in rows
        ]
        parts.wide_table(pd.DataFrame(shown), "screened")


def show_reach(here: state.Work, job: Job) -> None:
    """How far today's team goes with no hire, direction by direction, and what comes next."""
    folder = state.store().job_folder(job.id)
    found = tables.read_csv(folder / "reach.csv")
    farther = bool((found["hours_more"] > 0).any())
    st.markdown(t("hours.reach_farther" if farther else "hours.reach_nothing"))
    shown = [
        {
            t("hours.reach_block"): telling.value(row["block"]).replace("\\", ""),
            t("hours.reach_more"): parts.number(row["hours_more"], 1),
            t("hours.reach_open"): row["open"] or "–",
            t("hours.reach_contacts"): parts.number(row["contacts_per_week"], 1),
            t("hours.reach_why"): parts.spoken(job, row["why"]),
        }
        for row in asked_view.records(found)
    ]
    parts.wide_table(pd.DataFrame(shown), "reach-table")
    st.caption(t("hours.reach_meaning", zone=job.payload["zone"]))
    base = job.payload["files"][0]
    if farther:
        stage_button(
            here,
            job,
            t("hours.reach_stage"),
            t("hours.reach_name", stage=here.names.get(base, base)),
            lambda: file_changes(state.scenario(here, base), folder / "widest.yaml", here.folder),
            f"{job.id}-widest",
        )
    parts.download(folder / "reach.csv", t("hours.reach_download"))
