"""Sections made of tables that other verbs write: nights, next hours, reach, hiring, sweeps, a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from planner._messages import spoken_value
from planner.study.charts import (
    backlog_ahead,
    figures_table,
    hours_against_people,
    night_costs,
    people_ahead,
    publish_table,
    sweep_chart,
)
from planner.study.columns import COLUMNS
from planner.study.paper import Section, bullets, table
from planner.study.report.cells import Told, whole_table
from planner.study.report.drawn import drawn
from planner.study.report.lines import say
from planner.study.report.reading import Source, StageFiles

MORE: Mapping[str, str] = MappingProxyType(
    {
        "nights.csv": "nights",
        "next_hours.csv": "next_hours",
        "reach.csv": "reach",
        "frontier.csv": "frontier",
        "hiring_plan.csv": "hiring_plan",
        "joiners.csv": "joiners",
        "team_sizes.csv": "team_sizes",
        "backlog_ahead.csv": "backlog_ahead",
        "hires.csv": "hires",
        "sweep.csv": "sweep",
        "promise.csv": "promise",
        "year.csv": "year",
    }
)
"""Files of other verbs that a report takes in as they stand, in this order, and the code of their heading."""
HIDDEN = ("schema_version",)
CHARTS: Mapping[str, Callable[[pd.DataFrame], go.Figure]] = MappingProxyType(
    {
        "frontier.csv": hours_against_people,
        "hiring_plan.csv": people_ahead,
        "backlog_ahead.csv": backlog_ahead,
        "sweep.csv": sweep_chart,
    }
)
"""Charts of those files that have one."""


def publish_html(stages: Sequence[StageFiles]) -> str:
    """What each stage lets one publish, with the sentences to paste."""
    parts = []
    for stage in stages:
        if "publish.csv" not in stage.tables or not len(stage.tables["publish.csv"]):
            continue
        frame = stage.tables["publish.csv"]
        shown = publish_table(frame)
        made = table(list(shown.columns), shown.to_numpy().tolist())
        sentences = [text for text in frame["sentence_en"].tolist() if text]
        parts.append(f"<h3>{stage.number}. {escape(stage.name)}</h3>{made}{bullets(sentences)}")
    return "".join(parts)


def comparison_html(source: Source) -> str:
    """Every figure of every stage, with its difference to the first."""
    if "comparison.csv" not in source.tables:
        return ""
    shown = figures_table(source.tables["comparison.csv"])
    rows = [[spoken_value(str(cell)) for cell in row] for row in shown.to_numpy().tolist()]
    return table(list(shown.columns), rows, range(2, len(shown.columns)))


def more_sections(sources: Sequence[Source]) -> list[Section]:
    """A section for each table of another verb: its chart, if it has one, and all its columns."""
    found = []
    currency = next((stage.currency for source in sources for stage in source.stages), "")
    for file, code in MORE.items():
        for number, source in enumerate(sources, start=1):
            frame = source.tables.get(file)
            if frame is None or not len(frame):
                continue
            columns = [each.name for each in COLUMNS[file] if each.name not in HIDDEN]
            told = Told(f"{source.folder.name}/{file}", frame, source.said)
            charts = drawn(charts_beside(file, frame, currency), f"{code}-{number}")
            found.append(Section(say(f"part_{code}"), charts + whole_table(told, columns)))
    return found


def charts_beside(file: str, frame: pd.DataFrame, currency: str = "") -> tuple[go.Figure, ...]:
    """The chart of a table of another verb; empty: it has none."""
    if file == "nights.csv":
        return (night_costs(frame, currency),)
    chart = CHARTS.get(file)
    return () if chart is None else (chart(frame),)
