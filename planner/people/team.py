"""Who works: sites, agents, teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planner.demand import PlannedWork, Queue


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work with its clock and its law.

    Attributes
    ----------
    zone: IANA name; days, weeks and nights of its people are cut in it.
    public_holidays: place as ``planner.clock.PublicHolidays`` takes it; "" means none.
    country_rules: name of a rule pack, such as "pt"; "" means none.
    full_time_minutes: contract minutes of a full-time week.
    night: start and end of the night, minutes after local midnight; 22:00-07:00 is (1320, 420).
    night_premium: share on top of base pay in the night window; None: not known, so not in the cost.
    sunday_premium: the same on Sundays; 0: there is none. None: there is one, and it is not known.
    premiums: whether premiums for the same time "add up", or only the "highest" is paid.
    leave_counts: what a day of leave or a public holiday counts towards the contract: "average day" (a
        fifth of it) or "planned shift" (the person's usual one).
    """

    name: str
    zone: str
    public_holidays: str = ""
    country_rules: str = ""
    full_time_minutes: int = 2400
    night: tuple[int, int] = (1320, 360)
    night_premium: float | None = None
    leave_counts: Literal["average day", "planned shift"] = "average day"
    sunday_premium: float | None = 0.0
    premiums: Literal["add up", "highest"] = "add up"


@dataclass(frozen=True, slots=True)
class Agent:
    """One person.

    Attributes
    ----------
    site: name of the site.
    languages: language code to the channels it may be used on; None means every channel.
    slower: language code to the factor on handle times in it, such as 1.3 for a second language; those
        that are not named take 1.
    teams: skills; a queue with a team asks for one of them.
    channels: channels this person serves; empty means every channel.
    weekly_minutes: contract.
    cost_per_hour: employer cost of one paid hour, in the scenario's currency.
    nights: may work at night (yes or no; never a reason).
    available_from, available_until: first and last day of employment; None means open.
    unavailable: days off that are fixed (leave); reasons are never stored.
    outside: works for a partner: only kinds of duty that name one of its teams, none of our labour rules.
    grade: of pay; costs are told by grade, never by person.
    """

    name: str
    site: str
    zone: str
    languages: Mapping[str, frozenset[str] | None]
    teams: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    weekly_minutes: int = 2400
    cost_per_hour: float = 0.0
    nights: bool = True
    available_from: date | None = None
    available_until: date | None = None
    unavailable: frozenset[date] = frozenset()
    payroll_id: str = ""
    email: str = ""
    slower: Mapping[str, float] = field(default_factory=dict)
    outside: bool = False
    grade: str = ""

    def serves(self, queue: Queue) -> bool:
        """Whether this person may answer the queue.

        Examples
        --------
        >>> from planner.demand import Promise
        >>> anna = Agent("Anna", "Rome", "Europe/Rome", {"it": None, "fr": frozenset({"email"})})
        >>> anna.serves(Queue("phone fr", "phone", "fr", 300, Promise(0.8, 20)))
        False
        """
        if queue.team and queue.team not in self.teams:
            return False
        if self.channels and queue.channel not in self.channels:
            return False
        if queue.language not in self.languages:
            return False
        allowed = self.languages[queue.language]
        return allowed is None or queue.channel in allowed

    def does(self, work: PlannedWork, queues: Sequence[Queue]) -> bool:
        """Whether this person may do planned work: has its team, and serves one of the queues it names.

        Examples
        --------
        >>> anna = Agent("Anna", "Rome", "Europe/Rome", {"it": None})
        >>> anna.does(PlannedWork("training", "training"), ())
        True
        """
        if (work.team and work.team not in self.teams) or (work.only and self.name not in work.only):
            return False
        return not work.queues or any(self.serves(queue) for queue in queues if queue.name in work.queues)

    def employed_on(self, day: date) -> bool:
        """Whether the contract covers the day."""
        return (self.available_from is None or self.available_from <= day) and (
            self.available_until is None or day <= self.available_until
        )


@dataclass(frozen=True)
class Team:
    """All people and sites of a scenario; names are unique."""

    agents: tuple[Agent, ...]
    sites: tuple[Site, ...] = field(default=())

    def site_of(self, agent: Agent) -> Site:
        """The site of a person (KeyError if the team has none of that name)."""
        return {site.name: site for site in self.sites}[agent.site]

    def agent(self, name: str) -> Agent:
        """The person of that name (KeyError if there is none)."""
        return {agent.name: agent for agent in self.agents}[name]


def groups(
    team: Team, queues: Sequence[Queue], planned: Sequence[PlannedWork] = ()
) -> tuple[tuple[str, ...], ...]:
    """Groups of queues and planned work that share people, directly or through others, in the order given.

    Examples
    --------
    >>> from planner.demand import Promise
    >>> q = [Queue(n, "email", n, 300, Promise(0.9, 7200)) for n in ("it", "fr", "de")]
    >>> team = Team((Agent("A", "", "UTC", {"it": None, "fr": None}), Agent("B", "", "UTC", {"de": None})))
    >>> groups(team, q)
    (('it', 'fr'), ('de',))
    """
    names = [*(queue.name for queue in queues), *(work.name for work in planned)]
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for agent in team.agents:
        mine = [queue.name for queue in queues if agent.serves(queue)]
        mine += [work.name for work in planned if agent.does(work, queues)]
        for other in mine[1:]:
            parent[root(other)] = root(mine[0])
    together: dict[str, list[str]] = {}
    for name in names:
        together.setdefault(root(name), []).append(name)
    return tuple(tuple(found) for found in together.values())
