"""What a rota asks of people beside hours: early starts, late ends, nights and weekends, a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner import rota as rota_room
from planner.clock import window_minutes, zone_named
from planner.study.money import DAYS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.rota import Shift
    from planner.study.plan import Plan

NIGHT_MINUTES = 180
"""Minutes in the night of the site that make a shift a night, as in ``rota.fairness``."""
USUAL_DAY = (7 * 60, 22 * 60)
"""Starts before and ends after these are early and late where today's rota has no day shift at all."""


@dataclass(frozen=True)
class Load:
    """How often something is asked of people in a month of 30.4 days.

    Attributes
    ----------
    most: of the one who has most. mean: of those who have any; 0 if nobody has. people: who have any.
    """

    most: float = 0.0
    mean: float = 0.0
    people: int = 0


@dataclass(frozen=True)
class Carried:
    """What a rota asks of people; duties on call and a partner's people are not counted.

    Attributes
    ----------
    early: shifts that start earlier on the person's own clock than any of the first stage's. late: that end
        later. nights: shifts with three hours or more in the night of the site, which are neither early nor
        late. weekends: with a shift that starts on Saturday or Sunday.
    day: earliest start and latest end of the first stage's day shifts, minutes after local midnight.
    """

    early: Load
    late: Load
    nights: Load
    weekends: Load
    day: tuple[int, int]


def carried(stage: Plan, first: Plan) -> Carried:
    """What a stage's rota asks of people, against the day of the first stage."""
    day = day_of(first)
    names = [agent.name for agent in stage.scenario.team.agents if not agent.outside]
    early, late = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for shift in _day_shifts(stage):
        begins, ends = _own_clock(shift)
        early[shift.agent] += begins < day[0]
        late[shift.agent] += ends > day[1]
    frame = rota_room.fairness(stage.rota, stage.scenario.team, NIGHT_MINUTES)
    frame = frame[frame["agent"].isin(names)]
    days = stage.scenario.days
    return Carried(
        _load(early.values(), days),
        _load(late.values(), days),
        _load(frame["nights"].tolist(), days),
        _load(frame["weekends"].tolist(), days),
        day,
    )


def day_of(first: Plan) -> tuple[int, int]:
    """Earliest start and latest end of a rota's day shifts on each one's own clock."""
    clocks = [_own_clock(shift) for shift in _day_shifts(first)]
    if not clocks:
        return USUAL_DAY
    return min(begins for begins, _ in clocks), max(ends for _, ends in clocks)


def _day_shifts(made: Plan) -> list[Shift]:
    """Shifts of one's own people that are no night and no duty on call."""
    team = made.scenario.team
    sites = {agent.name: team.site_of(agent) for agent in team.agents if not agent.outside}
    return [
        shift
        for shift in made.rota.shifts
        if shift.agent in sites
        and shift.kind != "on_call"
        and window_minutes(shift.start, shift.end, sites[shift.agent].night, shift.zone) < NIGHT_MINUTES
    ]


def _own_clock(shift: Shift) -> tuple[int, int]:
    """Start and end in minutes after midnight of the day on which it starts, on the person's clock."""
    zone = zone_named(shift.zone)
    begins, ends = shift.start.astimezone(zone), shift.end.astimezone(zone)
    days = (ends.date() - begins.date()).days
    return 60 * begins.hour + begins.minute, 1440 * days + 60 * ends.hour + ends.minute


def _load(counts: Iterable[float], days: int) -> Load:
    """Counts of a period, one a person, as a month's.

    Examples
    --------
    >>> load = _load([0, 1, 3], 28)
    >>> round(load.most, 2), round(load.mean, 2), load.people
    (3.26, 2.17, 2)
    """
    month = DAYS_A_MONTH / days
    some = [count * month for count in counts if count]
    return Load(max(some), sum(some) / len(some), len(some)) if some else Load()
