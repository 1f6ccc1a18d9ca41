"""Instants and local days: clock changes, the quarter-hour grid, public holidays, opening hours.

The only room that turns wall clocks into instants. Everything above it computes in absolute
quarter-hours: whole numbers, UTC seconds since 1970 divided by 900.
"""

from planner.clock.grid import (
    day_starts,
    iso_week,
    local_at,
    local_text,
    minutes_between,
    quarter_at,
    quarter_of,
    utc_text,
    week_hours,
)
from planner.clock.lengths import ShiftLengths, shift_lengths, window_minutes
from planner.clock.opening import OpeningHours, OpeningLine
from planner.clock.places import CITIES
from planner.clock.public_holidays import PublicHolidays
from planner.clock.walls import Resolved, WallKind, day_bounds, resolve, to_utc
from planner.clock.zones import tzdata_version, zone_named, zone_names

__all__ = [
    "CITIES",
    "OpeningHours",
    "OpeningLine",
    "PublicHolidays",
    "Resolved",
    "ShiftLengths",
    "WallKind",
    "day_bounds",
    "day_starts",
    "iso_week",
    "local_at",
    "local_text",
    "minutes_between",
    "quarter_at",
    "quarter_of",
    "resolve",
    "shift_lengths",
    "to_utc",
    "tzdata_version",
    "utc_text",
    "week_hours",
    "window_minutes",
    "zone_named",
    "zone_names",
]
