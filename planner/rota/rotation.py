"""A rotation: a cycle of weeks that everyone of a group walks through, each starting at another week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.people import Agent
from planner.rota.options import break_starts, options_for, shift_of
from planner.rota.shifts import Option, Rota, Shift, ShiftType

WEEK = 7
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFF = ""


@dataclass(frozen=True)
class Rotation:
    """A cyclic pattern: after its last week comes its first.

    Attributes
    ----------
    shifts: names of the shifts, in the order in which they start on a day.
    pattern: one row a week, Monday to Sunday; the name of a shift, or "" for a day off.

    Examples
    --------
    >>> two = Rotation(("Day",), (("Day",) * 5 + ("", ""), ("",) * 5 + ("Day", "Day")))
    >>> two.weeks, two.cycle[4:7]
    (2, ('Day', '', ''))
    """

    shifts: tuple[str, ...]
    pattern: tuple[tuple[str, ...], ...]

    @property
    def weeks(self) -> int:
        """Weeks until the pattern begins again."""
        return len(self.pattern)

    @property
    def cycle(self) -> tuple[str, ...]:
        """Every day of the pattern in order; the day after the last is the first."""
        return tuple(day for week in self.pattern for day in week)


def counts(rotation: Rotation) -> dict[str, tuple[int, ...]]:
    """People on each shift, Monday to Sunday, when every week of the pattern is walked by one person.

    Examples
    --------
    >>> counts(Rotation(("D", "N"), (("D", "D", "N", "N", "", "", ""), ("", "", "", "D", "D", "N", "N"))))
    {'D': (1, 1, 0, 1, 1, 0, 0), 'N': (0, 0, 1, 1, 0, 1, 1)}
    """
    found = Counter((day, name) for week in rotation.pattern for day, name in enumerate(week))
    return {name: tuple(found[day, name] for day in range(WEEK)) for name in rotation.shifts}


def week_of(rotation: Rotation, person: int, first_day: date, day: date) -> int:
    """The week of the pattern, from 0, that a person is in on a day.

    Person 0 is in week 0 in the calendar week (from Monday) of the first day, person 1 in week 1, and so on;
    every Monday all go one week on.

    Examples
    --------
    >>> week = Rotation(("D",), (("D",) + ("",) * 6,) * 3)
    >>> [week_of(week, person, date(2026, 6, 3), date(2026, 6, 8)) for person in range(3)]
    [1, 2, 0]
    """
    first_monday = first_day - timedelta(days=first_day.weekday())
    return (person + (day - first_monday).days // WEEK) % rotation.weeks


def dated_rota(
    rotation: Rotation,
    people: Sequence[Agent],
    shift_types: Sequence[ShiftType],
    first_day: date,
    days: int,
    scenario: str = "",
    starts: Mapping[str, int] | None = None,
) -> Rota:
    """The rota of named people who walk a rotation, on each person's own clock.

    Shifts are resolved day by day, so a night at a clock change is an hour shorter or longer. Breaks lie in
    the middle of their window. Days on which a kind of shift is not given (``ShiftType.not_on``) stay free.

    Parameters
    ----------
    people: the first starts in the first week of the pattern, the next in the second, and so on; with
        several people a week, the row begins again after the last week.
    shift_types: kinds of shift that the pattern names.
    first_day, days: the period.
    scenario: name for the rota.
    starts: minutes after midnight by name of shift, for kinds with several starts; default: their first.

    Examples
    --------
    >>> night = ShiftType("N", (1320,), 480)
    >>> rome = [Agent(name, "Rome", "Europe/Rome", {}) for name in ("Anna", "Bea")]
    >>> rotation = Rotation(("N",), (("",) * 5 + ("N", "N"), ("N",) * 5 + ("", "")))
    >>> rota = dated_rota(rotation, rome, [night], date(2026, 3, 23), 14)
    >>> [(s.day.day, s.elapsed_minutes) for s in rota.tour("Anna")][:3]
    [(28, 420), (29, 480), (30, 480)]
    """
    made = [
        shift
        for number, agent in enumerate(people)
        for shift in _tour(rotation, number, agent, shift_types, first_day, days, starts or {})
    ]
    return Rota(scenario, first_day, days, tuple(agent.name for agent in people), tuple(sorted(made)))


def _tour(
    rotation: Rotation,
    number: int,
    agent: Agent,
    shift_types: Sequence[ShiftType],
    first_day: date,
    days: int,
    starts: Mapping[str, int],
) -> list[Shift]:
    """One person's shifts."""
    kinds = {kind.name: kind for kind in shift_types}
    tour = []
    for index, options in enumerate(options_for(agent, shift_types, first_day, days)):
        day = first_day + timedelta(days=index)
        name = rotation.pattern[week_of(rotation, number, first_day, day)][day.weekday()]
        option = _option(options, kinds, name, starts) if name else None
        if option:
            places = break_starts(option, kinds[name])
            tour.append(shift_of(option, agent, places[0] if places else None, first_day))
    return tour


def _option(
    options: Sequence[Option], kinds: Mapping[str, ShiftType], name: str, starts: Mapping[str, int]
) -> Option | None:
    """The duty of a name on one day, at its start."""
    start = starts.get(name, kinds[name].starts[0])
    return next((each for each in options if each.name == name and each.start_minute == start), None)
