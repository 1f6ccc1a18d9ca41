"""Sections made of tables that other verbs write: nights, next hours, reach, hiring, sweeps, a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from planner.study.charts import figures_table, publish_table
from planner.study.columns import COLUMNS
from planner.study.paper import Section, bullets, table
from planner.study.report.cells import Told, whole_table
from planner.study.report.lines import say
from planner.study.report.reading import Source, StageFiles

MORE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "nights.csv": ("nights",),
        "next_hours.csv": ("next_hours",),
        "reach.csv": ("reach",),
        "frontier.csv": ("frontier",),
        "hiring_plan.csv": ("hiring_plan",),
        "hires.csv": ("hires",),
        "backlog_path.csv": ("backlog_path",),
        "sweep.csv": ("sweep",),
        "promise.csv": ("promise",),
        "year.csv": ("year",),
    }
)
"""Files of other verbs that a report takes in as they stand, in this order; the heading of each."""
HIDDEN = ("schema_version",)


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
        parts.append(f"<h3>{stage.number}. {_escaped(stage.name)}</h3>{made}{bullets(sentences)}")
    return "".join(parts)


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)


def comparison_html(source: Source) -> str:
    """Every figure of every stage, with its difference to the first."""
    if "comparison.csv" not in source.tables:
        return ""
    shown = figures_table(source.tables["comparison.csv"])
    return table(list(shown.columns), shown.to_numpy().tolist(), range(2, len(shown.columns)))


def more_sections(sources: Sequence[Source]) -> list[Section]:
    """A section for each table of another verb that is there."""
    found = []
    for file, (code,) in MORE.items():
        for source in sources:
            if file in source.tables and file in COLUMNS:
                told = Told(f"{source.folder.name}/{file}", source.tables[file])
                columns = [each.name for each in COLUMNS[file] if each.name not in HIDDEN]
                found.append(Section(say(f"part_{code}"), whole_table(told, columns)))
    return found
