"""Hiring ahead: people by month, which month needs which hire, and what all of it rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from planner.study import Scenario, asked_view, charts, tables
from planner.tasks import Job
from planner.ui import parts, state
from planner.ui.asked import telling
from planner.ui.words import plain, t


def show_terms(scenario: Scenario) -> None:
    """How people come and go, each stated or assumed."""
    terms = asked_view.hiring_terms(scenario)
    if not any(term.stated for term in terms):
        st.info(t("hiring.all_assumed"), icon=":material/edit_note:")
    with st.expander(t("hiring.terms"), icon=":material/fact_check:"):
        rows = [
            {
                t("hiring.term"): t(f"hiring.term_{term.key}"),
                t("hiring.value"): telling.value(term.text).replace("\\", "")
                if term.text
                else t("hiring.not_said"),
                t("hiring.sure"): t("hiring.stated" if term.stated else "hiring.assumed"),
            }
            for term in terms
        ]
        parts.wide_table(pd.DataFrame(rows), "hiring-terms")
        st.caption(t("hiring.terms_meaning", currency=scenario.currency))


def show_plan(here: state.Work, job: Job) -> None:
    """Months ahead, whom to decide on by when, the backlog ahead, and every sentence of the answer."""
    folder = state.store().job_folder(job.id)
    record = state.record_of(job, "hiring_plan.json")
    months = tables.read_csv(folder / "hiring_plan.csv")
    parts.wide_chart(charts.people_ahead(months), "people-ahead")
    st.caption(t("hiring.people_meaning" if record["proven"] else "hiring.people_unproven"))
    st.header(t("hiring.decide"))
    joiners = asked_view.records(tables.read_csv(folder / "joiners.csv"))
    if joiners:
        rows = [_joiner(job, row, record["currency"]) for row in joiners]
        parts.wide_table(pd.DataFrame(rows), "joiners")
    else:
        st.success(t("hiring.nobody"), icon=":material/check:")
    if (folder / "backlog_ahead.csv").exists():
        st.header(t("hiring.backlog"))
        parts.wide_chart(charts.backlog_ahead(tables.read_csv(folder / "backlog_ahead.csv")), "backlog-ahead")
    st.header(t("hiring.in_words"))
    st.markdown("\n".join(f"- {plain(parts.spoken(job, line).strip())}" for line in record["notices"]))
    ahead = [row for row in asked_view.records(months) if row["phase"] == "ahead"]
    with st.expander(t("hiring.months"), icon=":material/calendar_month:"):
        parts.wide_table(pd.DataFrame([_month(row, record["currency"]) for row in ahead]), "hiring-months")
    parts.download(folder / "hiring_plan.csv", t("hiring.download"))
    parts.download(folder / "joiners.csv", t("hiring.download_joiners"))


def _joiner(job: Job, row: dict[str, Any], currency: str) -> dict[str, str]:
    return {
        t("hiring.kind"): parts.spoken(job, str(row["kind"])),
        t("hiring.decide_by"): str(row["decide_by"]),
        t("hiring.starts"): str(row["starts"]),
        t("hiring.full"): str(row["fully_productive"]),
        t("hiring.once"): parts.money(row["cost_once"], currency),
        t("hiring.a_month"): parts.money(row["cost_a_month"], currency),
        t("hiring.why"): parts.spoken(job, str(row["why"])),
    }


def _month(row: dict[str, Any], currency: str) -> dict[str, str]:
    low, high = row["people_needed_low"], row["people_needed_high"]
    return {
        t("hiring.month"): str(row["month"])[:7],
        t("hiring.contacts"): parts.number(row["contacts"]),
        t(
            "hiring.needed"
        ): f"{parts.number(row['people_needed'], 1)} ({parts.number(low)} – {parts.number(high)})",
        t("hiring.heads"): parts.number(row["heads"], 1),
        t("hiring.productive"): parts.number(row["productive"], 1),
        t("hiring.joiners"): parts.number(row["joiners"]),
        t("hiring.cost"): parts.money(row["cost"], currency),
        t("hiring.kept"): t("hiring.yes_word" if row["promise_kept"] == "yes" else "hiring.no_word"),
        t("hiring.short"): parts.number(row["people_short"], 1),
    }
