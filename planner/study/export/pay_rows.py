"""Rows of ``hours.csv``, one a person, and of ``hours_cost.csv``, one for each grade and bucket."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from planner.study.export.pay_credits import Credits
from planner.study.export.pay_hours import OVERTIME, Piece
from planner.study.export.pay_window import Window
from planner.study.hours_columns import BUCKETS

EVERYBODY, NO_GRADE = "all", "no grade"
"""Grade of everybody where nobody has one, and of those who have none where others do."""
_PREMIUMS = {
    "night": "night premium",
    "sunday": "Sunday premium",
    "holiday": "public holiday premium",
    OVERTIME: "overtime premium",
}


@dataclass(frozen=True, eq=False)
class Line:
    """Paid time of one kind of the people of one grade at one site."""

    site: str
    grade: str
    bucket: str
    pieces: tuple[Piece, ...]
    outside: bool

    @property
    def people(self) -> frozenset[str]:
        """Who has such hours."""
        return frozenset(piece.agent for piece in self.pieces)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Premiums that are not in the cost: night, sunday, holiday, overtime."""
        found = {name for piece in self.pieces for name in piece.unknown}
        return tuple(name for name in _PREMIUMS if name in found or name == self.bucket == OVERTIME)


def time_text(minutes: int) -> str:
    """Minutes as hours and minutes, exactly.

    Examples
    --------
    >>> time_text(450), time_text(6000)
    ('7:30', '100:00')
    """
    return f"{minutes // 60}:{minutes % 60:02}"


def hours_rows(window: Window, without: Collection[str]) -> Iterator[dict[str, object]]:
    """A row for each person on the payroll.

    Parameters
    ----------
    without: people who are left out.
    """
    credits_ = Credits(window.plans)
    for name in window.people:
        if name not in without:
            yield {**_month(window), **_person(window, name), **_balance(window, name, credits_)}


def lines_of(window: Window) -> tuple[Line, ...]:
    """Paid time by site, grade and bucket, in the order of sites, of grades in text, and of buckets."""
    plans = window.plans
    graded = any(agent.grade for of in plans.dossiers for agent in of.team.agents)
    groups: dict[tuple[str, str, bool], dict[str, list[Piece]]] = {}
    for of in plans.dossiers:
        for site in of.team.sites:
            for agent in sorted(of.team.agents, key=lambda agent: agent.grade):
                if agent.site == site.name:
                    groups.setdefault((site.name, _grade(agent.grade, graded), agent.outside), {})
    for name in plans.people:
        for piece in window.pieces[name]:
            agent = plans.agent(name, piece.plan)
            group = groups[agent.site, _grade(agent.grade, graded), agent.outside]
            group.setdefault(piece.bucket, []).append(piece)
    return tuple(
        Line(site, grade, bucket, tuple(group[bucket]), outside)
        for (site, grade, outside), group in groups.items()
        for bucket in BUCKETS
        if bucket in group
    )


def cost_rows(window: Window) -> Iterator[dict[str, object]]:
    """A row for each site, grade and bucket that has hours."""
    for line in lines_of(window):
        minutes = sum(piece.minutes for piece in line.pieces)
        base = sum(piece.base_cents for piece in line.pieces)
        premiums = sum(piece.premium_cents for piece in line.pieces)
        yield {
            **_month(window),
            "site": line.site,
            "grade": line.grade,
            "bucket": line.bucket,
            "people": len(line.people),
            "hours": minutes / 60,
            "time": time_text(minutes),
            "base_pay": base / 100,
            "premiums": premiums / 100,
            "total": (base + premiums) / 100,
            "currency": window.plans.dossiers[0].currency,
            "not_included": ", ".join(_PREMIUMS[name] for name in line.unknown),
        }


def _grade(grade: str, graded: bool) -> str:
    return grade or (NO_GRADE if graded else EVERYBODY)


def _month(window: Window) -> Mapping[str, object]:
    name = "" if window.month is None else str(window.month)
    return {"month": name, "first_day": window.first, "last_day": window.last}


def _person(window: Window, name: str) -> Mapping[str, object]:
    """Who it is, their buckets, and what is counted of their shifts."""
    agent = window.agent(name)
    minutes = dict.fromkeys(BUCKETS, 0)
    for piece in window.pieces[name]:
        minutes[piece.bucket] += piece.minutes
    row: dict[str, object] = {"agent": name, "payroll_id": window.plans.payroll_id(name), "site": agent.site}
    for bucket, found in (*minutes.items(), ("total", sum(minutes.values()))):
        row |= {f"{bucket}_hours": found / 60, f"{bucket}_time": time_text(found)}
    at_work = {shift.day for shift in window.started(name) if shift.kind != "on_call"}
    return {**row, "nights": window.nights[name], "days_worked": len(at_work)}


def _balance(window: Window, name: str, credits_: Credits) -> Mapping[str, object]:
    """Hours against the contract."""
    covered = window.covered(name)
    owed = credits_.owed(name, covered)
    counted = sum(piece.counted for piece in window.pieces[name])
    return {
        "counted_hours": counted / 60,
        "leave_credit_hours": owed.leave / 60,
        "holiday_credit_hours": owed.holiday / 60,
        "contract_hours": owed.contract / 60,
        "balance_hours": (counted + owed.leave + owed.holiday - owed.contract) / 60,
        "days_covered": sum(window.agent(name).employed_on(day) for day in covered),
    }
