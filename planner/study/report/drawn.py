"""Charts of a report: written into the page with their library once, so that it opens without a network."""

from __future__ import annotations

from collections.abc import Iterable

import plotly.graph_objects as go

from planner.study.charts import cost_by_stage, on_duty_week, service_by_hour, spoken
from planner.study.report.reading import Source, StageFiles

WIDTH, HEIGHT = 960, 360
CONFIG = {"displaylogo": False, "displayModeBar": False}


def library() -> str:
    """The chart library as one script."""
    from plotly.offline import get_plotlyjs

    return f"<script>{get_plotlyjs()}</script>"


def charts_of(source: Source) -> tuple[go.Figure, ...]:
    """Cost by stage, people on duty of every stage on one scale, and answers by hour of the last stage."""
    figures: list[go.Figure] = []
    if "comparison.csv" in source.tables and len(source.stages) > 1:
        figures.append(cost_by_stage(source.tables["comparison.csv"]))
    sets = {stage.number: _everybody(stage) for stage in source.stages}
    most = max((_most(stage, sets[stage.number]) for stage in source.stages), default=1)
    for stage in source.stages:
        if names := sets[stage.number]:
            figures.append(_titled(on_duty_week(stage.files.cover, names, stage.zone, most), stage))
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
        html = spoken(figure).to_html(full_html=False, include_plotlyjs=False, config=CONFIG, div_id=name)
        made.append(f"<figure>{html}</figure>")
    return "".join(made)


def _everybody(stage: StageFiles) -> str:
    """The widest set of queues that contacts come to; "": none is known."""
    queues = set(stage.files.forecast["queue"].unique())
    sets = [name for name in stage.files.cover["set"].unique() if set(str(name).split(" + ")) <= queues]
    return max(sets, key=lambda name: (name.count(" + "), name), default="")


def _most(stage: StageFiles, names: str) -> int:
    cover = stage.files.cover
    return int(cover.loc[cover["set"] == names, "on_duty"].max()) if names else 1


def _titled(figure: go.Figure, stage: StageFiles) -> go.Figure:
    said = str(figure.layout.title.text or "")
    return figure.update_layout(title={"text": f"{stage.number}. {stage.name}: {said}"})
