"""What is expected and when it comes, for one queue or all of them."""

from __future__ import annotations

import streamlit as st

from planner.demand import Volumes
from planner.study import Scenario, charts, demand_view
from planner.ui import expected, parts, state
from planner.ui.words import plain, t


def show(here: state.Work, file: str, worked: state.Worked, volumes: Volumes) -> None:
    """The forecast of a queue with its band, by hour of the week, and step by step."""
    left, right = st.columns([3, 2])
    with left:
        queue = expected.choose_queue(volumes.queues)
    view = expected.view(here, file, queue)
    with right:
        grain = st.segmented_control(
            t("demand.grain"),
            expected.GRAINS,
            default=view.grain,
            required=True,
            format_func=lambda one: t(f"demand.grain_{one}"),
            key=f"demand-grain-{queue}",
        )
    zone = worked.scenario.zone
    _headline(view, zone)
    frame = expected.outlook(here, file, queue, grain)
    name = demand_view.name_of(queue)
    figure = charts.history_and_forecast(frame, queue, zone, grain, view.changes, name)
    parts.chart(figure, "demand-outlook")
    st.caption(t("demand.band_meaning", grain=t(f"demand.unit_{grain}")))
    _by_hour(here, file, worked.scenario, view, worked.history is not None)
    _steps(view, volumes)


def _headline(view: demand_view.View, zone: str) -> None:
    """Contacts a week and how sure they are; the zone of it all."""
    week, band, advised = st.columns(3)
    week.metric(t("demand.week"), parts.number(view.week))
    band.metric(t("demand.week_band"), f"{parts.number(view.low)} – {parts.number(view.high)}")
    advised.metric(t("demand.advised"), t(f"demand.advised_{view.advised.replace(' ', '_')}"))
    st.caption(t("demand.zone", zone=zone))


def _by_hour(
    here: state.Work, file: str, scenario: Scenario, view: demand_view.View, has_history: bool
) -> None:
    """Hours of the week: what is expected or what came, on a clock to choose."""
    clocks, left, right = demand_view.clocks(scenario), *st.columns(2)
    what = left.segmented_control(
        t("demand.what"),
        ("expected", "came") if has_history else ("expected",),
        default="expected",
        required=True,
        format_func=lambda one: t(f"demand.what_{one}"),
        key="demand-what",
    )
    clock = right.segmented_control(
        t("demand.clock"),
        tuple(clocks),
        default=next(iter(clocks)),
        required=True,
        format_func=lambda one: t(f"demand.clock_{one}", zone=scenario.zone),
        key="demand-clock",
    )
    queue = view.queue
    per_hour = expected.hours_of_week(here, file, queue, str(clock), what == "came")
    title = demand_view.hours_title(queue, what == "came")
    zone = demand_view.clock_name(clocks[str(clock)], queue)
    parts.wide_chart(charts.hours_heat_map(per_hour, title, zone), "demand-heat")
    st.caption(t(f"demand.heat_{'borrowed' if view.borrowed and what == 'expected' else what}"))


def _steps(view: demand_view.View, volumes: Volumes) -> None:
    """From the history to the forecast, in bars and in words; then everything that is to be known of it."""
    parts.chart(charts.demand_steps(view.steps, view.steps[0].queue), "demand-steps")
    st.markdown("\n".join(f"- {plain(str(line).strip())}" for line in view.lines))
    for message in view.borrowed:
        st.warning(plain(str(message)), icon=":material/visibility_off:")
    for message in view.by_hand:
        st.info(plain(str(message)), icon=":material/edit:")
    for message in view.notices:
        st.caption(plain(str(message)))
    st.caption(t("demand.method", method=volumes.method))
