"""Charts as pure functions of frames; pages and reports only place them.

Every axis names its unit, and its zone where it is time; charts are given wall time without a zone, because
browsers would convert it.
"""

from planner.study.charts.accuracy import (
    coverage_bars,
    error_by_grain,
    error_by_horizon,
    forecast_and_actual,
    history_and_forecast,
)
from planner.study.charts.actuals import actuals_chart
from planner.study.charts.cost import cost_by_stage, cost_steps, figures_table
from planner.study.charts.cover import (
    cover_heat_map,
    cover_line,
    on_duty_week,
    spare_hours,
    surplus_by_interval,
)
from planner.study.charts.demand import hours_heat_map, need_heat_map
from planner.study.charts.frontier import hours_against_people
from planner.study.charts.growing import backlog_ahead, people_ahead
from planner.study.charts.history import (
    open_tickets_line,
    today_curve,
    topic_trend,
    topics_table,
    weekly_history,
)
from planner.study.charts.multiples import cover_panels, promise_panels
from planner.study.charts.need import reason_bars
from planner.study.charts.nights import night_costs
from planner.study.charts.palette import spoken
from planner.study.charts.promise import part_in_words, price_curve, promise_table, publish_table
from planner.study.charts.service import language_table, service_by_hour, service_table
from planner.study.charts.solving import search_curve
from planner.study.charts.sweeps import cost_parts_chart, sweep_chart
from planner.study.charts.waits import (
    backlog_line,
    occupancy_bars,
    response_table,
    share_curve,
    worst_hours_table,
)
from planner.study.charts.waterfall import demand_steps, on_one_scale, steps_of_table
from planner.study.charts.work import deferred_by_day, deferred_hours
from planner.study.charts.worth import worth_heat_map, worth_queues

__all__ = [
    "actuals_chart",
    "backlog_ahead",
    "backlog_line",
    "cost_by_stage",
    "cost_parts_chart",
    "cost_steps",
    "cover_heat_map",
    "cover_line",
    "cover_panels",
    "coverage_bars",
    "deferred_by_day",
    "deferred_hours",
    "demand_steps",
    "error_by_grain",
    "error_by_horizon",
    "figures_table",
    "forecast_and_actual",
    "history_and_forecast",
    "hours_against_people",
    "hours_heat_map",
    "language_table",
    "need_heat_map",
    "night_costs",
    "occupancy_bars",
    "on_duty_week",
    "on_one_scale",
    "open_tickets_line",
    "part_in_words",
    "people_ahead",
    "price_curve",
    "promise_panels",
    "promise_table",
    "publish_table",
    "reason_bars",
    "response_table",
    "search_curve",
    "service_by_hour",
    "service_table",
    "share_curve",
    "spare_hours",
    "spoken",
    "steps_of_table",
    "surplus_by_interval",
    "sweep_chart",
    "today_curve",
    "topic_trend",
    "topics_table",
    "weekly_history",
    "worst_hours_table",
    "worth_heat_map",
    "worth_queues",
]
