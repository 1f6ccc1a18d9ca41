"""Several plans as one account of who worked when: each duty once, each day said by one plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from planner._errors import InputError
from planner._messages import Listed, Message
from planner.people import Agent, Site
from planner.rota import Shift
from planner.study.export.clock_words import span_text
from planner.study.export.dossier import Dossier

MOST_NAMED = 12
_Payable = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift, and the number of the plan that it is from."""

    shift: Shift
    plan: int


@dataclass(frozen=True, eq=False)
class Plans:
    """Plans of one currency that agree with each other.

    Attributes
    ----------
    dossiers: in order of their first day.
    duties: by person, in order of time; those that two plans have count once.
    covered: by person, the number of the plan for each local day that one has.
    """

    dossiers: tuple[Dossier, ...]
    duties: Mapping[str, tuple[Duty, ...]]
    covered: Mapping[str, Mapping[date, int]]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody, in the order of the teams."""
        return tuple(self.covered)

    def agent(self, name: str, plan: int | None = None) -> Agent:
        """A person as a plan knows them; default: as the latest does."""
        if plan is None:
            plan = max(self.covered[name].values())
        return self.dossiers[plan].team.agent(name)

    def site(self, name: str, plan: int | None = None) -> Site:
        """Their site in it."""
        if plan is None:
            plan = max(self.covered[name].values())
        return self.dossiers[plan].team.site_of(self.agent(name, plan))

    def payroll_id(self, name: str) -> str:
        """Their id, also where only some plans know it; empty: none does."""
        known = (self.agent(name, plan).payroll_id for plan in sorted(set(self.covered[name].values())))
        return next((each for each in known if each), "")


def plans_of(dossiers: Sequence[Dossier]) -> Plans:
    """Plans as one account.

    Parameters
    ----------
    dossiers: of plans whose days may follow each other, overlap, or be those of other people.

    Raises
    ------
    InputError
        If they cannot be added up: several currencies or cut-offs, other shifts for the same days,
        shifts of one person at the same time, one payroll id of two people or two of one; everything at once.
    """
    ordered = sorted(dossiers, key=lambda of: of.rota.first_day)
    covered: dict[str, dict[date, int]] = {}
    duties: dict[str, list[Duty]] = {}
    for plan, of in enumerate(ordered):
        for agent in of.team.agents:
            mine = covered.setdefault(agent.name, {})
            earlier = frozenset(mine)
            duties.setdefault(agent.name, []).extend(
                Duty(shift, plan)
                for shift in of.rota.tour(agent.name)
                if shift.day not in earlier and shift.status != "carried"
            )
            for day in _days(of):
                mine.setdefault(day, plan)
    found = {name: tuple(sorted(each, key=lambda duty: duty.shift)) for name, each in duties.items()}
    wrong = (*_unlike(ordered), *_ids(ordered), *_differences(ordered), *_overlaps(ordered, found))
    if wrong:
        raise InputError(*wrong)
    return Plans(tuple(ordered), found, covered)


def listed(parts: Sequence[object]) -> Listed:
    """Names in a sentence; of very many the first, and how many more there are."""
    if len(parts) <= MOST_NAMED:
        return Listed(tuple(parts))
    more = Message("payroll.more", {"count": len(parts) - MOST_NAMED})
    return Listed((*parts[:MOST_NAMED], more))


def spans(days: Sequence[date]) -> tuple[str, ...]:
    """Days in text, those that follow each other as one span.

    Examples
    --------
    >>> spans([date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 9)])
    ('2026-04-01 – 2026-04-02', '2026-04-09')
    """
    found: list[list[date]] = []
    for day in sorted(days):
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(f"{run[0]} – {run[-1]}" if len(run) > 1 else str(run[0]) for run in found)


def _days(of: Dossier) -> list[date]:
    """Local days of a plan's period."""
    return [of.rota.first_day + timedelta(days=step) for step in range(of.rota.days)]


def _unlike(dossiers: Sequence[Dossier]) -> Iterator[Message]:
    """Plans that cannot be added up, whatever their shifts."""
    if len({of.currency for of in dossiers}) > 1:
        each = listed([f"{_named(of)}: {of.currency}" for of in dossiers])
        yield Message("payroll.currencies", {"each": each})
    if len({of.payroll for of in dossiers}) > 1:
        said = (
            f"{_named(of)}: month_from_day {of.payroll.month_from_day}, "
            f"overtime_above {_above(of.payroll.overtime_above)}"
            for of in dossiers
        )
        yield Message("payroll.cut_offs", {"each": listed(list(said))})


def _above(above: int | str) -> str:
    return above if isinstance(above, str) else f"{above // 60}:{above % 60:02} h"


def _ids(dossiers: Sequence[Dossier]) -> Iterator[Message]:
    """One payroll id of two people, or two of one."""
    ids: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for of in dossiers:
        for agent in of.team.agents:
            if agent.payroll_id:
                ids.setdefault(agent.name, set()).add(agent.payroll_id)
                names.setdefault(agent.payroll_id, set()).add(agent.name)
    for name, several in ids.items():
        if len(several) > 1:
            yield Message("payroll.two_ids", {"agent": name, "each": listed(sorted(several))})
    for payroll_id, several in names.items():
        if len(several) > 1:
            yield Message("payroll.same_id", {"id": payroll_id, "each": listed(sorted(several))})


def _overlaps(dossiers: Sequence[Dossier], duties: Mapping[str, tuple[Duty, ...]]) -> Iterator[Message]:
    """People who would be paid twice for the same time, such as for a row that stands twice in a file."""
    found: dict[tuple[int, ...], list[Message]] = {}
    for name, mine in duties.items():
        before: dict[bool, Duty] = {}  # the one that ends last; work may lie within a duty on call
        for duty in mine:
            other = before.get(duty.shift.kind == "on_call")
            if other is not None and duty.shift.start < other.shift.end:
                each = (_when(other.shift), _when(duty.shift))
                values = {"agent": name, "zone": duty.shift.zone, "first": each[0], "second": each[1]}
                plans = tuple(sorted({other.plan, duty.plan}))
                found.setdefault(plans, []).append(Message("payroll.overlap_person", values))
            if other is None or duty.shift.end > other.shift.end:
                before[duty.shift.kind == "on_call"] = duty
    for plans, lines in sorted(found.items()):
        named = Listed(tuple(_named(dossiers[plan]) for plan in plans))
        yield Message("payroll.overlap", {"plan": named, "each": listed(lines)})


def _when(shift: Shift) -> str:
    """A shift's day and times on the person's clock."""
    return f"{shift.day} {span_text(shift.start, shift.elapsed_minutes, shift.zone)}"


def _differences(dossiers: Sequence[Dossier]) -> Iterator[Message]:
    """People whose shifts differ on days that two plans have."""
    for one, other in combinations(dossiers, 2):
        days = frozenset(_days(one)) & frozenset(_days(other))
        both = [agent.name for agent in one.team.agents if agent.name in other.rota.agents]
        if not days or not both:
            continue
        of_one, of_other = _payable(one), _payable(other)
        lines = []
        for name in both:
            unlike = [day for day in sorted(days) if of_one.get((name, day)) != of_other.get((name, day))]
            if unlike:
                values = {"agent": name, "days": listed(spans(unlike))}
                lines.append(Message("payroll.differ_person", values))
        if lines:
            first, second = _named(one), _named(other)
            if first == second:
                second = f"{second} ({other.rota.first_day})"
            yield Message("payroll.differ", {"first": first, "second": second, "each": listed(lines)})


def _payable(of: Dossier) -> dict[tuple[str, date], Counter[_Payable]]:
    """What is paid of each person's day; where a break lies and what a duty is called is not."""
    found: dict[tuple[str, date], Counter[_Payable]] = {}
    for shift in of.rota.shifts:
        if shift.status == "carried":
            continue  # paid with the plan that it is from
        what = (shift.start, shift.end, shift.kind, shift.break_minutes, shift.pay_share, shift.counted)
        found.setdefault((shift.agent, shift.day), Counter())[what] += 1
    return found


def _named(of: Dossier) -> str:
    """A plan in a sentence."""
    return f"{of.scenario} ({of.rota.first_day} – {_days(of)[-1]})"
