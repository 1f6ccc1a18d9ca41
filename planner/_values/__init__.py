"""Written values and what they mean: ``2 h``, ``25%``, ``90% within 2 h``, ``22:00-07:00``, ``mon-fri``.

Every reader refuses what it does not understand with a ValueTextError that says what to write, and
has a writer beside it whose text reads back as the same value.
"""

from planner._values.amounts import (
    number_text,
    parse_count,
    parse_money,
    parse_number,
    parse_share,
    refused,
    share_text,
)
from planner._values.durations import duration_text, parse_duration
from planner._values.goals import Goal, GoalClock, GoalDefinition, goal_text, parse_goal
from planner._values.percents import percent_text
from planner._values.times import (
    WEEKDAYS,
    DaySet,
    clock_text,
    days_text,
    parse_clock,
    parse_days,
    parse_starts,
    parse_window,
    starts_text,
    weekday_of,
    weekday_text,
    window_text,
)
from planner._values.waits import wait_text

__all__ = [
    "WEEKDAYS",
    "DaySet",
    "Goal",
    "GoalClock",
    "GoalDefinition",
    "clock_text",
    "days_text",
    "duration_text",
    "goal_text",
    "number_text",
    "parse_clock",
    "parse_count",
    "parse_days",
    "parse_duration",
    "parse_goal",
    "parse_money",
    "parse_number",
    "parse_share",
    "parse_starts",
    "parse_window",
    "percent_text",
    "refused",
    "share_text",
    "starts_text",
    "wait_text",
    "weekday_of",
    "weekday_text",
    "window_text",
]
