"""Ways to cover nights side by side: figures in columns, costs on one scale, a stage by one click."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from planner.study import asked_view, charts, tables
from planner.study.as_stage import file_changes
from planner.tasks import Job
from planner.ui import parts, state
from planner.ui.asked import telling
from planner.ui.asked.question import stage_button
from planner.ui.words import plain, t


def show_ways(here: state.Work, job: Job) -> None:
    """The advice, all ways as columns, their costs on one scale, and what each rests on."""
    folder = state.store().job_folder(job.id)
    record, frame = state.record_of(job, "nights.json"), tables.read_csv(folder / "nights.csv")
    ways = asked_view.night_ways(frame, record)
    st.info(plain(_first_up(parts.spoken(job, record["advice"]))), icon=":material/lightbulb:")
    st.caption(t("nights.window", **{key: record["night"][key] for key in ("from", "to", "zone")}))
    planned = [way for way in ways if "why" not in way]
    parts.wide_table(_columns(planned, record["currency"]), "nights-table")
    st.caption(t("nights.meaning"))
    named = frame.assign(way=[_name(way) for way in frame["way"]])
    parts.wide_chart(charts.night_costs(named, record["currency"]), "nights-chart")
    st.header(t("nights.rests_on"))
    for way in ways:
        with st.container(border=True):
            _card(here, job, way)
    parts.download(folder / "nights.csv", t("nights.download"))


def _name(way: str) -> str:
    return t(f"nights.way_{way.replace(' ', '_')}")


def _first_up(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]


def _columns(ways: list[dict[str, Any]], currency: str) -> pd.DataFrame:
    """A line a figure, a column a way."""
    lines = {way["way"]: _figures(way, currency) for way in ways}
    shown: dict[str, list[str]] = {}
    if ways:
        shown[t("nights.figure")] = list(next(iter(lines.values())))
    for way, figures in lines.items():
        shown[_name(way)] = list(figures.values())
    return pd.DataFrame(shown)


def _figures(way: dict[str, Any], currency: str) -> dict[str, str]:
    kept = f"{telling.share(way['night_kept_share'])} / {telling.share(way['night_promised_share'])}"
    ends = telling.share(way["night_kept_low"]), telling.share(way["night_kept_high"])
    whole = telling.between(way["whole_low"], way["whole"])
    return {
        t("nights.cost"): parts.money(way["cost_a_month"], currency),
        t("nights.range"): t("asked.unknown") if whole == "–" else f"{whole} {currency}",
        t("nights.against"): _verdict(way["verdict_cost"]),
        t("nights.one_off"): parts.money(way["one_off_cost"], currency),
        t("nights.hires"): parts.number(way["hires"]),
        t("nights.seats"): parts.number(way["seats"]),
        t("nights.workers"): parts.number(way["night_workers"]),
        t(
            "nights.nights_each"
        ): f"{parts.number(way['nights_most'], 1)} / {parts.number(way['nights_mean'], 1)}",
        t("nights.contacts"): parts.number(way["night_contacts_a_week"], 1),
        t("nights.median"): telling.wait(way["night_median_seconds"]),
        t("nights.p90"): telling.wait(way["night_p90_seconds"]),
        t("nights.kept"): kept,
        t("nights.kept_range"): f"{ends[0]} – {ends[1]}",
        t("nights.away"): telling.share(way["night_away_share"]),
        t("nights.missing"): parts.hours(way["missing_hours"]),
        t("nights.missing_against"): _verdict(way["verdict_missing"]),
        t("nights.findings"): parts.number(way["findings"]),
        t("nights.ready"): _ready(way),
        t("nights.keeps"): t("nights.yes_word" if way["keeps"] else "nights.no_word"),
    }


def _verdict(word: str) -> str:
    return t(f"asked.verdict_{word.replace(' ', '_')}")


def _ready(way: dict[str, Any]) -> str:
    weeks = t("nights.weeks", weeks=parts.number(way["ready_weeks"]))
    return f"{weeks} ({telling.value(str(way['ready']))})" if way["ready"] else weeks


def _card(here: state.Work, job: Job, way: dict[str, Any]) -> None:
    """What a way rests on, and its stage; why it was not planned else."""
    st.markdown(f"**{_name(way['way'])}**")
    if "why" in way:
        st.caption(f"{t('nights.not_planned')} {plain(parts.spoken(job, way['why']))}")
        return
    if way["taken"]:
        st.markdown(t("nights.taken", names=plain(", ".join(way["taken"]))))
    for line in (*way["assumed"], way["risk"]):
        st.caption(plain(parts.spoken(job, line).strip()))
    base = job.payload["files"][0]
    path = state.store().job_folder(job.id) / way["way"].replace(" ", "-") / "scenario.yaml"
    stage_button(
        here,
        job,
        t("nights.make_stage"),
        t("nights.stage_name", stage=here.names.get(base, base), way=_name(way["way"])),
        lambda: file_changes(state.scenario(here, base), path, here.folder, seats=True),
        f"{job.id}-{way['way']}",
    )
