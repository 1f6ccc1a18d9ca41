"""What a rule may know about one person's period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from planner.clock import PublicHolidays, day_bounds, day_starts, quarter_of
from planner.people import Agent, Site, Team
from planner.rota import Option, Shift, ShiftType, open_type, option_of

COUNTED = ("nights", "weekends", "public_holidays", "early_starts")


@dataclass(frozen=True)
class AgentCalendar:
    """One person's period on their own clock.

    Attributes
    ----------
    first_day, days: the period, local days of the agent's zone.
    day_starts: absolute quarter-hour of each local midnight, days + 1 entries.
    weeks: first and last day index of each ISO week, clipped to the period.
    holidays: day indices of public holidays of the site.
    unavailable: day indices of leave and of days outside the contract.
    carried: duties before the period, days below 0, sorted.
    carried_known: whether last period's duties were given (an empty tuple then means none).
    counted_lengths: distinct counted minutes of the shift types open to this person, sorted.
    lengths_on: the same by day of the period, where some types are not given on every day; empty: they are.
    no_work: day indices on which no shift of working time may start for this person.
    balances: what the person brings from earlier periods, by name, such as ("nights", 9); see ``balance``.
        Beside it the team's: "team_nights" and so on of all who are in it now, and "exposure" (contract
        minutes times days, those of the period included) with "team_exposure" and, of those who work
        nights, "team_exposure_nights"; "team_days" is the longest time that is known of anybody.
    paid_breaks: minutes of paid break by shift type, where there is one.
    earlier_minutes: counted minutes of the weeks right before the period, the latest first, as far back as
        they are known.
    cyclic: the period repeats for ever (a design study); then nothing is carried, and weeks are
        counted from day 0.
    days_before: days of the first ISO week that lie before the period.
    credited_before: of these, working days (Monday to Friday) of leave or public holidays.
    """

    agent: Agent
    site: Site
    first_day: date
    days: int
    day_starts: tuple[int, ...]
    weeks: tuple[tuple[int, int], ...]
    holidays: frozenset[int] = frozenset()
    unavailable: frozenset[int] = frozenset()
    carried: tuple[Option, ...] = ()
    carried_known: bool = False
    counted_lengths: tuple[int, ...] = ()
    cyclic: bool = False
    days_before: int = 0
    credited_before: int = 0
    lengths_on: tuple[tuple[int, ...], ...] = ()
    no_work: frozenset[int] = frozenset()
    balances: tuple[tuple[str, int], ...] = ()
    earlier_minutes: tuple[int, ...] = ()
    paid_breaks: tuple[tuple[str, int], ...] = ()

    def balance(self, name: str) -> int | None:
        """What the person brings from earlier periods under a name; None: not known.

        Examples
        --------
        >>> rome = Site("Rome", "Europe/Rome")
        >>> anna = Agent("Anna", "Rome", "Europe/Rome", {})
        >>> team, monday = Team((anna,), (rome,)), date(2026, 3, 2)
        >>> calendar = calendars(team, [], monday, 7, balances={"Anna": {"nights": 9}})["Anna"]
        >>> calendar.balance("nights"), calendar.balance("weekends")
        (9, None)
        """
        return dict(self.balances).get(name)

    def day_at(self, index: int) -> date:
        """Local day of a day index."""
        return self.first_day + timedelta(days=index)

    def starts_at(self, index: int) -> int:
        """Absolute quarter-hour of a local midnight, also of days outside the period."""
        if 0 <= index <= self.days:
            return self.day_starts[index]
        return quarter_of(day_bounds(self.day_at(index), self.agent.zone)[0])

    def weekday(self, index: int) -> int:
        """0 for Monday to 6 for Sunday."""
        return self.day_at(index).weekday()

    def lengths(self, index: int) -> tuple[int, ...]:
        """Distinct counted minutes of the shifts that may start on a day of the period."""
        return self.lengths_on[index] if self.lengths_on else self.counted_lengths

    def whole_weeks(self) -> tuple[tuple[int, int], ...]:
        """First and last day of each week that can be judged as a whole.

        The first begins below 0 if it began before the period and its duties are known; weeks that
        are cut off by an edge behind which nothing is known are left out.
        """
        found = []
        for first, last in self.weeks:
            if first == 0 and self.days_before and self.carried_known:
                first = -self.days_before
            if last - first == 6:
                found.append((first, last))
        return tuple(found)


def calendars(
    team: Team,
    shift_types: Sequence[ShiftType],
    first_day: date,
    days: int,
    carried: Iterable[Shift] | None = None,
    cyclic: bool = False,
    balances: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
    earlier: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> dict[str, AgentCalendar]:
    """The calendar of every person of a team, by name.

    Parameters
    ----------
    team: people and sites.
    shift_types: kinds of duty; they say which totals of hours whole shifts can make.
    first_day, days: the period, local days of each person's own zone.
    carried: last period's shifts; None: not known.
    cyclic: the period repeats for ever; what is carried is then left aside.
    balances: by person, what they bring from earlier periods by name.
    earlier: by person, counted minutes of the weeks before, the latest first.

    Examples
    --------
    >>> rome = Site("Rome", "Europe/Rome", "Rome")
    >>> team = Team((Agent("Anna", "Rome", "Europe/Rome", {}),), (rome,))
    >>> anna = calendars(team, [], date(2026, 4, 1), 14)["Anna"]
    >>> anna.weeks, anna.days_before, sorted(anna.holidays)  # from Wednesday; Easter Sunday and Monday
    (((0, 4), (5, 11), (12, 13)), 2, [4, 5])
    """
    before: dict[str, list[Option]] = {}
    for shift in () if carried is None or cyclic else carried:
        if shift.day < first_day:
            before.setdefault(shift.agent, []).append(option_of(shift, first_day))
    made = {
        agent.name: _calendar(
            agent,
            team.site_of(agent),
            [kind for kind in shift_types if open_type(kind, agent)],
            first_day,
            days,
            tuple(sorted(before.get(agent.name, ()), key=lambda option: (option.start, option.end))),
            carried is not None and not cyclic,
            cyclic,
        )
        for agent in team.agents
    }
    brought = {} if cyclic else balances
    whole = _of_team(made, brought)
    return {
        name: replace(
            calendar,
            balances=tuple(
                sorted({**brought.get(name, {}), **whole, "exposure": _exposure(calendar, brought)}.items())
            ),
            earlier_minutes=() if cyclic else tuple(earlier.get(name, ())),
        )
        for name, calendar in made.items()
    }


def _exposure(calendar: AgentCalendar, balances: Mapping[str, Mapping[str, int]]) -> int:
    """Weight of a fair share: contract minutes times days, earlier ones and those of the period at work."""
    agent = calendar.agent
    earlier = balances.get(agent.name, {}).get("days", 0)
    return agent.weekly_minutes * (earlier + calendar.days - len(calendar.unavailable))


def _of_team(made: Mapping[str, AgentCalendar], balances: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What the people of the team bring together, and what their shares are parts of."""
    at_night = [calendar for calendar in made.values() if calendar.agent.nights]
    found = {
        "team_exposure": sum(_exposure(calendar, balances) for calendar in made.values()),
        "team_exposure_nights": sum(_exposure(calendar, balances) for calendar in at_night),
        "team_days": max((balances.get(name, {}).get("days", 0) for name in made), default=0),
    }
    for count in COUNTED:
        people = [calendar.agent.name for calendar in at_night] if count == "nights" else list(made)
        found[f"team_{count}"] = sum(balances.get(name, {}).get(count, 0) for name in people)
    return found


def _calendar(
    agent: Agent,
    site: Site,
    shift_types: Sequence[ShiftType],
    first_day: date,
    days: int,
    carried: tuple[Option, ...],
    carried_known: bool,
    cyclic: bool,
) -> AgentCalendar:
    """One person's calendar."""
    before = 0 if cyclic else first_day.weekday()
    period = range(-before, days)
    every = {index: first_day + timedelta(days=index) for index in period}
    found = PublicHolidays(site.public_holidays).days_between(every[-before], every[days - 1])
    away = {i for i, day in every.items() if day in agent.unavailable or not agent.employed_on(day)}
    holidays = {i for i, day in every.items() if day in found}
    given = [
        [kind for kind in shift_types if (agent.zone, every[day]) not in kind.not_on] for day in range(days)
    ]
    counted, lengths = _counted(shift_types), tuple(_counted(kinds) for kinds in given)
    return AgentCalendar(
        agent=agent,
        site=site,
        first_day=first_day,
        days=days,
        day_starts=day_starts(first_day, days, agent.zone),
        weeks=tuple((max(0, first), min(first + 6, days - 1)) for first in range(-before, days, 7)),
        holidays=frozenset(i for i in holidays if i >= 0),
        unavailable=frozenset(i for i in away if i >= 0),
        carried=carried,
        carried_known=carried_known,
        counted_lengths=counted,
        cyclic=cyclic,
        days_before=before,
        credited_before=sum(i < 0 and every[i].weekday() < 5 for i in away | holidays),
        lengths_on=() if set(lengths) == {counted} else lengths,
        paid_breaks=tuple((k.name, k.paid_break_minutes) for k in shift_types if k.paid_break_minutes),
        no_work=frozenset(day for day in range(days) if all(kind.kind == "on_call" for kind in given[day])),
    )


def _counted(shift_types: Iterable[ShiftType]) -> tuple[int, ...]:
    """Distinct paid minutes of the types that count towards contracts."""
    return tuple(sorted({kind.paid_minutes for kind in shift_types if kind.counted}))
