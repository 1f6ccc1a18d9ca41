"""Every duty that a person could have, resolved to instants on the person's own clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from planner.clock import local_at, quarter_at, quarter_of, to_utc
from planner.people import Agent
from planner.rota.shifts import Option, Shift, ShiftType, Status

QUARTER_MINUTES = 15


def options_for(
    agent: Agent, shift_types: Sequence[ShiftType], first_day: date, days: int
) -> tuple[tuple[Option, ...], ...]:
    """The duties that a person could have on each local day of a period, sorted by start, end and name.

    Types for other teams are skipped, and days on which a type is not given (``ShiftType.not_on``);
    leave, contract and nights are for rules to judge. Where clocks change, a duty whose start and end
    fall together does not exist.

    Parameters
    ----------
    agent: whose zone and teams count.
    shift_types: kinds of duty.
    first_day, days: the period.

    Examples
    --------
    >>> night = ShiftType("night", (1320,), 480)
    >>> rome = Agent("Anna", "Rome", "Europe/Rome", {})
    >>> [[o.paid_minutes for o in day] for day in options_for(rome, [night], date(2026, 3, 27), 3)]
    [[480], [420], [480]]
    >>> closed = ShiftType("night", (1320,), 480, not_on=frozenset({("Europe/Rome", date(2026, 3, 28))}))
    >>> [len(day) for day in options_for(rome, [closed], date(2026, 3, 27), 3)]
    [1, 0, 1]
    """
    open_to = tuple(kind for kind in shift_types if open_type(kind, agent))
    return _options(agent.zone, open_to, first_day, days)


def open_type(shift_type: ShiftType, agent: Agent) -> bool:
    """Whether a kind of duty is for the teams of a person; a partner's people only have their own."""
    own = bool(shift_type.teams & agent.teams)
    return own or not (shift_type.teams or agent.outside)


@lru_cache(maxsize=512)
def _options(
    zone: str, shift_types: tuple[ShiftType, ...], first_day: date, days: int
) -> tuple[tuple[Option, ...], ...]:
    """Options of everyone in a zone to whom these types are open."""
    return tuple(
        tuple(
            sorted(
                (
                    option
                    for kind in shift_types
                    if (zone, first_day + timedelta(days=day)) not in kind.not_on
                    for minute in kind.starts
                    if (option := _option(kind, day, first_day + timedelta(days=day), minute, zone))
                    is not None
                ),
                key=lambda option: (option.start, option.end, option.name, option.start_minute),
            )
        )
        for day in range(days)
    )


def _option(kind: ShiftType, index: int, day: date, minute: int, zone: str) -> Option | None:
    """One duty on one day; None if a clock change leaves nothing of it."""
    start = quarter_of(to_utc(day, minute, zone))
    end = quarter_of(to_utc(day, minute + kind.present_minutes, zone))
    paid = (end - start) * QUARTER_MINUTES - kind.break_minutes
    if paid <= 0:
        return None
    return Option(
        day=index,
        name=kind.name,
        kind=kind.kind,
        start_minute=minute,
        start=start,
        end=end,
        paid_minutes=paid,
        counted_minutes=paid if kind.counted else 0,
        pay_share=kind.pay_share,
        break_minutes=kind.break_minutes,
    )


def break_starts(option: Option, shift_type: ShiftType) -> tuple[int, ...]:
    """Absolute quarter-hours at which the break of a duty may start; empty for a duty without one.

    From the middle of the window outwards, the earlier first: whoever takes the first of equally good
    positions breaks in the middle. Where clocks go forward and nothing of the window fits any more, the
    break ends with the duty.

    Examples
    --------
    >>> day = ShiftType("day", (480,), 540, break_minutes=60)
    >>> option = options_for(Agent("A", "", "UTC", {}), [day], date(2026, 3, 2), 1)[0][0]
    >>> [(start - option.start) * 15 for start in break_starts(option, day)]
    [240, 210, 270, 180, 300]
    """
    if not shift_type.break_minutes:
        return ()
    last = option.end - _quarters(shift_type.break_minutes)
    earliest, latest = (option.start + _quarters(minutes) for minutes in shift_type.break_window)
    starts = range(earliest, min(latest, last) + 1, _quarters(shift_type.break_step_minutes))
    if not starts:
        return (max(option.start, last),)
    return tuple(sorted(starts, key=lambda start: (abs(2 * start - starts[0] - starts[-1]), start)))


def _quarters(minutes: int) -> int:
    """Quarter-hours that hold so many minutes."""
    return -(-minutes // QUARTER_MINUTES)


def shift_of(
    option: Option, agent: Agent, break_start: int | None, first_day: date, status: Status = "draft"
) -> Shift:
    """The dated duty of a person that an option stands for.

    Parameters
    ----------
    option, agent: what and who.
    break_start: absolute quarter-hour; None: the break is unpaid but not placed, or there is none.
    first_day: day 0 of the option.
    status: "draft" unless said.

    Examples
    --------
    >>> day = ShiftType("day", (480,), 540, break_minutes=60)
    >>> anna = Agent("Anna", "Rome", "Europe/Rome", {})
    >>> option = options_for(anna, [day], date(2026, 3, 2), 1)[0][0]
    >>> shift = shift_of(option, anna, option.start + 16, date(2026, 3, 2))
    >>> shift.start.isoformat(), shift.paid_minutes, option_of(shift, date(2026, 3, 2)) == option
    ('2026-03-02T07:00:00+00:00', 480, True)
    """
    return Shift(
        start=quarter_at(option.start),
        agent=agent.name,
        end=quarter_at(option.end),
        day=first_day + timedelta(days=option.day),
        name=option.name,
        zone=agent.zone,
        kind=option.kind,
        break_start=None if break_start is None else quarter_at(break_start),
        break_minutes=option.break_minutes,
        status=status,
        pay_share=option.pay_share,
        counted=option.counted_minutes > 0,
    )


def option_of(shift: Shift, first_day: date) -> Option:
    """The option that a dated duty is; a hand-made one off the quarter-hour grid is widened to it."""
    start = quarter_of(shift.start)
    local = local_at(start, shift.zone)
    return Option(
        day=(shift.day - first_day).days,
        name=shift.name,
        kind=shift.kind,
        start_minute=local.hour * 60 + local.minute,
        start=start,
        end=ceil_quarter(shift.end),
        paid_minutes=shift.paid_minutes,
        counted_minutes=shift.paid_minutes if shift.counted else 0,
        pay_share=shift.pay_share,
        break_minutes=shift.break_minutes,
    )


def ceil_quarter(at: datetime, minutes: int = 0) -> int:
    """The first absolute quarter-hour that starts at or after an instant (plus minutes)."""
    later = at + timedelta(minutes=minutes)
    quarter = quarter_of(later)
    return quarter if quarter_at(quarter) == later else quarter + 1
