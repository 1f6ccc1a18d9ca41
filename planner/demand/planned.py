"""Work that needs people but answers no contact: call-backs, projects, training, mentoring, meetings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """When planned work is done, and how much of it.

    Attributes
    ----------
    start, end: absolute quarter-hours (see ``planner.clock``), end after start.
    people: of fixed work: people who are away for the whole window.
    work_seconds: of movable work: handling time to be done by whoever is free, within the window.
    """

    start: int
    end: int
    people: int = 0
    work_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """Work that is planned, not answered.

    Attributes
    ----------
    name: unique among queues, roles and planned work.
    what: "call-backs", "project", "training", "mentoring", "meeting" or "appointments", for people.
    queues: people who can serve any of these can do it; empty: anybody.
    team: skill that they need beside; "" means anyone.
    only: names of those who do it, such as the people of one site; empty: anybody.
    fixed: so many people for the whole window; else work that may be done at any time within it.
    windows: in order of start, apart from each other.
    piece_seconds: of movable work: length of one piece, such as a call.
    random: of movable work: the number of pieces is drawn around its mean; else it is as planned.

    Examples
    --------
    >>> from planner.demand import PlannedWindow
    >>> training = PlannedWork("training", "training", windows=(PlannedWindow(40, 48, people=2),))
    >>> training.person_hours
    4.0
    """

    name: str
    what: str
    queues: tuple[str, ...] = ()
    team: str = ""
    fixed: bool = True
    windows: tuple[PlannedWindow, ...] = ()
    piece_seconds: float = 600.0
    random: bool = False
    only: frozenset[str] = frozenset()

    @property
    def person_hours(self) -> float:
        """All of it, in hours of one person."""
        if not self.fixed:
            return sum(window.work_seconds for window in self.windows) / 3600.0
        return sum((window.end - window.start) * window.people for window in self.windows) / 4.0
