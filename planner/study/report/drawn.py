"""Charts of a report: written into the page with their library once, so that it opens without a network."""

from __future__ import annotations

from collections.abc import Iterable

import plotly.graph_objects as go

from planner.study.charts import cost_by_stage, cover_week, service_by_hour, surplus_by_interval
from planner.study.report.reading import Source, StageFiles

WIDTH, HEIGHT = 960, 360
CONFIG = {"displaylogo": False, "displayModeBar": False}


def library() -> str:
    """The chart library as one script."""
    from plotly.offline import get_plotlyjs

    return f"<script>{get_plotlyjs()}</script>"


def charts_of(source: Source) -> tuple[go.Figure, ...]:
    """Cost by stage, cover of every stage on one scale, and answers by hour of the last stage."""
    figures: list[go.Figure] = []
    if "comparison.csv" in source.tables and len(source.stages) > 1:
        figures.append(cost_by_stage(source.tables["comparison.csv"]))
    most = _most(source.stages)
    for stage in source.stages:
        figures.append(_titled(cover_week(stage.files.cover, stage.zone, most), stage))
    for stage in source.stages[-1:]:
        service = stage.files.service
        queues = service.loc[service["weekday"] != "", "queue"].unique() if len(service) else ()
        figures += [_titled(service_by_hour(service, str(queue), stage.zone), stage) for queue in queues]
    return tuple(figures)


def drawn(figures: Iterable[go.Figure], prefix: str = "chart") -> str:
    """Charts as HTML without the library; the same figures give the same text."""
    made = []
    for number, figure in enumerate(figures, start=1):
        figure.update_layout(width=WIDTH, height=figure.layout.height or HEIGHT)
        name = f"{prefix}-{number}"
        html = figure.to_html(full_html=False, include_plotlyjs=False, config=CONFIG, div_id=name)
        made.append(f"<figure>{html}</figure>")
    return "".join(made)


def _most(stages: Iterable[StageFiles]) -> int:
    """People at the ends of the colours: the largest of all stages."""
    found = [int(surplus_by_interval(stage.files.cover)["surplus"].abs().max()) for stage in stages]
    return max([1, *found])


def _titled(figure: go.Figure, stage: StageFiles) -> go.Figure:
    said = str(figure.layout.title.text or "")
    return figure.update_layout(title={"text": f"{stage.number}. {stage.name}: {said}"})
