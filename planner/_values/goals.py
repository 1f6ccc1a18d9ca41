"""Written promises: ``90% within 2 h``, ``80% of answered within 20 s``, ``90% by opening + 1 h``."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from typing import Literal, NamedTuple

from planner._errors import ValueTextError
from planner._values.amounts import number_text, parse_share, refused, share_text
from planner._values.durations import duration_text, parse_duration
from planner._values.times import clock_text, parse_clock, weekday_of, weekday_text

GoalClock = Literal["elapsed", "open hours", "after opening", "by weekday"]
GoalDefinition = Literal["offered", "answered", "gone"]

# What stands between the share and the time, and what the share is of.
_SHARE_OF: dict[str, GoalDefinition] = {
    "": "offered",
    "answered": "offered",
    "of all": "offered",
    "of answered": "answered",
    "of the answered": "answered",
    "answered or gone": "gone",
}
_GOAL = re.compile(
    r"\s*(\S+?(?:\s*%)?)\s+(?:(answered or gone|answered|of (?:the )?answered|of all)\s+)?(.+?)\s*"
)
_WITHIN = re.compile(r"(?:with)?in\s+(.+)")
_OPEN_HOURS = re.compile(r"(\S+)\s+(?:business|open|opening)\s+(h|hours?|min|minutes?)")
_BY_OPENING = re.compile(r"by\s+(?:the\s+)?(?:next\s+)?opening(?:\s*\+\s*(.+))?")
_BY_WEEKDAY = re.compile(r"by\s+(?:next\s+)?([a-z]+)\s+(\S+)")
_DAY_MINUTES = 24 * 60


class Goal(NamedTuple):
    """A share within a time.

    Attributes
    ----------
    share: above 0 and below 1. seconds: the time; after an opening; 0 by a weekday.
    clock: "elapsed"; "open hours" counts only while the queue is open; "after opening" and "by weekday"
        name the moment itself.
    due: weekday (0 is Monday) and minute after midnight of "by weekday"; else None.
    definition: what the share is of: all who came, those answered, or all with those who left in time.
    """

    share: float
    seconds: float
    clock: GoalClock = "elapsed"
    due: tuple[int, int] | None = None
    definition: GoalDefinition = "offered"


def parse_goal(text: str) -> Goal:
    """A promise: a share within a time, or by an hour.

    Examples
    --------
    >>> parse_goal("90% within 2 h")
    Goal(share=0.9, seconds=7200.0, clock='elapsed', due=None, definition='offered')
    >>> parse_goal("90% within 2 business hours").clock
    'open hours'
    >>> parse_goal("90% by opening + 1 h")[1:3], parse_goal("90% by Monday 10:00").due
    ((3600.0, 'after opening'), (0, 600))
    >>> parse_goal("80% of answered within 20 s").definition
    'answered'
    >>> parse_goal("90% by Monday")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ValueTextError: "90% by Monday" is not a promise; write it like 90% within 2 h, ...
    """
    found = _GOAL.fullmatch(" ".join(text.lower().split()))
    try:
        goal = _timed(found[3]) if found else None
    except ValueTextError:
        goal = None
    if found is None or goal is None:
        raise refused("goal", text)
    share = parse_share(found[1].replace(" ", ""))
    definition = _SHARE_OF[found[2] or ""]
    by = goal.clock in ("after opening", "by weekday")
    if share == 0 or (by and found[2]):
        raise refused("goal", text)
    if share == 1:
        raise refused("goal_all", text)
    return goal._replace(share=share, definition=definition)


def _timed(words: str) -> Goal | None:
    """What follows the share, with a share of 0; None or ValueTextError if it is no time."""
    if by_opening := _BY_OPENING.fullmatch(words):
        grace = parse_duration(by_opening[1]).total_seconds() if by_opening[1] else 0.0
        return Goal(0.0, grace, "after opening")
    if by_weekday := _BY_WEEKDAY.fullmatch(words):
        day = weekday_of(by_weekday[1])
        minutes = parse_clock(by_weekday[2])
        if day is None:
            return None
        return Goal(0.0, 0.0, "by weekday", ((day + minutes // _DAY_MINUTES) % 7, minutes % _DAY_MINUTES))
    within = _WITHIN.fullmatch(words)
    if within is None:
        return None
    in_open = _OPEN_HOURS.fullmatch(within[1])
    seconds = parse_duration(f"{in_open[1]} {in_open[2]}" if in_open else within[1]).total_seconds()
    return Goal(0.0, seconds, "open hours" if in_open else "elapsed") if seconds else None


def goal_text(goal: Goal) -> str:
    """The text of a promise.

    Examples
    --------
    >>> goal_text(Goal(0.8, 60.0)), goal_text(Goal(0.9, 7200.0, "open hours"))
    ('80% within 1 min', '90% within 2 business hours')
    >>> goal_text(Goal(0.9, 3600.0, "after opening")), goal_text(Goal(0.9, 0.0, "by weekday", (0, 600)))
    ('90% by opening + 1 h', '90% by Monday 10:00')
    >>> [goal_text(Goal(0.9, 60.0 * minutes, "open hours"))[11:] for minutes in (30, 60, 90)]
    ['30 business minutes', '1 business hour', '1.5 business hours']
    >>> goal_text(Goal(0.8, 20.0, definition="gone"))
    '80% answered or gone within 20 s'
    """
    share = share_text(goal.share)
    length = duration_text(timedelta(seconds=goal.seconds))
    if goal.clock == "after opening":
        return f"{share} by opening" + (f" + {length}" if goal.seconds else "")
    if goal.clock == "by weekday":
        day, minute = goal.due or (0, 0)
        return f"{share} by {weekday_text(day)} {clock_text(minute)}"
    of = {"offered": "", "answered": " of answered", "gone": " answered or gone"}[goal.definition]
    if goal.clock == "open hours":
        hours = Fraction(goal.seconds) / 3600
        whole = hours >= 1 and hours.denominator in (1, 2, 4)
        number = number_text(float(hours if whole else hours * 60))
        length = f"{number} business {'hour' if whole else 'minute'}{'' if number == '1' else 's'}"
    return f"{share}{of} within {length}"
