"""The frontier of hours against people: the widest weekly hours that teams of several sizes cover.

From the smallest team to the largest, each search starts from the hours and the rota of the team before: what
a smaller team covers a larger one covers as well, so hours never fall. All are held against today's team in
today's hours as ``against_today`` says: nobody more missing in all and in the added hours, no rule more
broken, promises kept in the added hours and elsewhere as far as today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner._values import days_text
from planner.study.against_today import surely_missing
from planner.study.at_promise import Worked
from planner.study.longer_hours import Direction, Growth, contacts_in, directions_of, listed, longer
from planner.study.next_hours.blocks import open_week
from planner.study.progress import OnPlanProgress, for_stage
from planner.study.reaching import Grown, Search, most_first
from planner.study.team_size import Alike, alike, sized

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

DAY = 1440
USUAL = range(-2, 5)
MOST_CHANGE = 20


@dataclass(frozen=True, eq=False)
class Point:
    """The widest hours of one team.

    Attributes
    ----------
    change: people more than today, below 0 fewer. people: with a contract.
    made: with the widest hours; None: not even one block a day is covered.
    carried: whether hours and rota are those of a smaller team, who are in this one too.
    grown: by direction, with what fails next.
    """

    change: int
    people: int
    made: Worked | None
    carried: bool
    grown: tuple[Grown, ...]

    @property
    def hours_a_week(self) -> float:
        """Hours of a week without holidays in which any queue is open."""
        weeks = self._weeks()
        return float(np.logical_or.reduce(weeks).sum()) / 4 if weeks else 0.0

    @property
    def queue_hours_a_week(self) -> float:
        """The same summed over queues."""
        return float(sum(week.sum() for week in self._weeks())) / 4

    def _weeks(self) -> list[np.ndarray]:
        opening = self.made.scenario.opening if self.made is not None else {}
        return [open_week(hours) for hours in opening.values()]


@dataclass(frozen=True, eq=False)
class Frontier:
    """Points from the smallest team to the largest.

    Attributes
    ----------
    today: today's team in today's hours, what all are held against. one: who comes or leaves.
    tries: how many hours were planned.
    """

    today: Worked
    points: tuple[Point, ...]
    one: Alike
    step_minutes: int
    tries: int
    cancelled: bool

    def proven(self, point: Point) -> float:
        """Person-hours that every block more surely misses; 0 if that is not proven of all of them."""
        fails = [grown.fails for grown in point.grown if grown.fails is not None]
        if not fails or any(grown.why == "stopped" for grown in point.grown):
            return 0.0
        return min(
            each.bound if each.bound is not None and surely_missing(self.today, each) else 0.0
            for each in fails
        )


def parse_changes(text: str) -> range:
    """People fewer and more, ``-2..+4`` or ``-2 to +4``.

    Raises
    ------
    InputError: saying what to write.

    Examples
    --------
    >>> list(parse_changes("-1 to +2"))
    [-1, 0, 1, 2]
    """
    first, dots, last = (part.strip() for part in text.replace(" to ", "..").partition(".."))
    try:
        found = range(int(first), int(last) + 1) if dots else range(0)
    except ValueError:
        found = range(0)
    if not found or max(abs(found[0]), abs(found[-1])) > MOST_CHANGE:
        raise InputError(Message("frontier.people", {"given": text, "most": MOST_CHANGE}))
    return found


def frontier(
    scenario: Scenario,
    changes: Iterable[int] = USUAL,
    step_minutes: int = 120,
    order: str = "",
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Frontier:
    """The widest weekly hours of teams with people fewer and more.

    Parameters
    ----------
    changes: people more, below 0 fewer. step_minutes: length of a block.
    order: directions apart by commas, as ``reach`` takes them; empty: all, most contacts first.
    on_progress: told of each team as a stage, after that of today.
    is_cancelled: once true, the teams worked out so far are kept.

    Raises
    ------
    ScenarioError: for directions that are none, and where so many people cannot leave.
    """
    wanted = sorted(set(changes))
    one = alike(scenario)
    for change in wanted:
        sized(scenario, change, one)

    def stop() -> bool:
        return is_cancelled is not None and is_cancelled()

    stages = len(wanted) + 1
    search = Search(scenario, step_minutes, 0.0, for_stage(on_progress, 1, stages), stop)
    asked = listed(search.scenario, order) if order else directions_of(search.scenario)
    contacts = search.contacts(asked)
    asked = asked if order else most_first(asked, contacts)
    today = search.best = search.tried({}, None, None)
    points: list[Point] = []
    for number, change in enumerate(wanted, start=2):
        if stop():
            break
        search.on_progress = for_stage(on_progress, number, stages)
        before = points[-1].made if points else None
        point = _point(search, change, one, asked, contacts, today, before)
        if stop():
            break
        points.append(point)
    return Frontier(today, tuple(points), one, step_minutes, search.tries, len(points) < len(wanted))


def _point(
    search: Search,
    change: int,
    one: Alike,
    asked: Sequence[Direction],
    contacts: dict[Direction, float],
    today: Worked,
    before: Worked | None,
) -> Point:
    """The widest hours of one team, from those of the team before."""

    def team(scenario: Scenario) -> Scenario:
        return sized(scenario, change, one)

    search.team = team
    made = before
    if before is None:
        made = today if change == 0 else search.tried({}, today.rota if change > 0 else None, today)
        if not made.as_good_as(today):
            made = _shorter(search, today)
        elif change == 0:
            search.growth = {}
    elif any(minutes < 0 for minutes in search.growth.values()):
        whole = today if change == 0 else search.tried({}, today.rota if change > 0 else before.rota, today)
        if whole.as_good_as(today):
            made, search.growth = whole, {}  # hours shorter than today's are no start for who covers today's
    people = sum(agent.weekly_minutes > 0 for agent in team(search.scenario).team.agents)
    if made is None:
        return Point(change, people, None, False, ())
    search.best = made
    grown = search.grown(asked, contacts, today)
    return Point(change, people, search.best, search.best is before, grown)


def _shorter(search: Search, today: Worked) -> Worked | None:
    """The longest hours below today's that a small team covers; None if there are none."""
    ways = shortened(search.scenario, search.step)
    found: Worked | None = None
    low, high = 0, len(ways)  # shorter hours ask for fewer people: what is covered once is covered shorter
    while low < high and not search.is_cancelled():
        middle = (low + high) // 2
        made = search.tried(ways[middle], None, today)
        if made.as_good_as(today):
            found, high = made, middle
            search.growth = dict(ways[middle])
        else:
            low = middle + 1
    return found


def shortened(scenario: Scenario, step: int) -> list[Growth]:
    r"""Ever shorter hours: block by block where a line has fewest contacts at its ends, never a whole line.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5\nopening_hours: {days: mon-fri, open: 09:00, close: 14:00}")
    >>> [sum(way.values()) for way in shortened(desk, 120)]
    [-120, -240]
    """
    volumes = scenario.expected
    lines = [(number, line) for number, line in enumerate(scenario.said.opening_hours) if not line.closed]
    left = {number: (line.close - line.open) % DAY or DAY for number, line in lines}
    now: dict[Direction, int] = {}
    ways: list[Growth] = []
    while any(minutes > step for minutes in left.values()):
        shorter = [
            {**now, end: now.get(end, 0) - step}
            for number, line in lines
            if left[number] > step
            for end in (Direction(number, days_text(line.days), side) for side in ("later", "earlier"))
        ]
        lost = [contacts_in(volumes, longer(scenario, way), longer(scenario, now)) for way in shorter]
        way = shorter[lost.index(min(lost))]
        (end,) = (each for each in way if way[each] != now.get(each, 0))
        assert end.line is not None
        left[end.line] -= step
        now = way
        ways.append(way)
    return ways
