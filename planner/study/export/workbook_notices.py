"""Days of a rota that are not like others: public holidays by site, and days on which clocks change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from planner._messages import spoken_value
from planner.clock import day_bounds, minutes_between
from planner.study.export.workbook_page import Sheets, day_text, say

_DAY_MINUTES = 1440


def holidays_told(sheets: Sheets, days: Sequence[date]) -> list[str]:
    """Each public holiday of these days in words, with the sites that have it unless all do."""
    found: dict[tuple[date, str], list[str]] = defaultdict(list)
    for site, named in sheets.holidays.items():
        for day, name in named.items():
            found[day, name].append(site)
    told = []
    for (day, name), sites in sorted(found.items()):
        if day in days:
            everywhere = len(sites) == len(sheets.holidays)
            values = {"day": day_text(day), "name": spoken_value(name), "sites": ", ".join(sites)}
            told.append(say("holiday_on" if everywhere else "holiday_at", **values))
    return told


def change_days(sheets: Sheets, days: Sequence[date]) -> list[tuple[date, str, float]]:
    """Days with more or fewer hours than 24: the day, whose clock, and its hours."""
    found = []
    for zone in sorted(set(sheets.zones.values())):
        for day in days:
            minutes = minutes_between(*day_bounds(day, zone))
            if minutes != _DAY_MINUTES:
                found.append((day, zone, minutes / 60))
    return sorted(found)


def changes_of(sheets: Sheets, days: Sequence[date]) -> list[str]:
    """Each clock change of these days in words."""
    return [
        say("change_on", day=day_text(day), hours=spoken_value(f"{hours:g}"), zone=zone)
        for day, zone, hours in change_days(sheets, days)
    ]
