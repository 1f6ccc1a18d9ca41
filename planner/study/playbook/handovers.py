"""Handovers of a rota: who goes, who carries on, and how long both are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.clock import day_starts, local_at, quarter_of

if TYPE_CHECKING:
    from planner.rota import Rota, Shift
    from planner.study.scenario import Scenario


@dataclass(frozen=True, order=True)
class HandOver:
    """One kind of shift ends and another carries on.

    Attributes
    ----------
    minute: local minute of the day of the end, on the scenario's clock. leaving, arriving: kinds of shift;
        "" where nobody carries on although somebody should. sites: of who leaves and who carries on.
    weekdays: 0 is Monday. times: in the period. least, most: minutes in which both are there.
    """

    minute: int
    leaving: str
    arriving: str
    sites: tuple[str, ...]
    weekdays: tuple[int, ...]
    times: int
    least: int
    most: int


def hand_overs(rota: Rota, scenario: Scenario) -> tuple[HandOver, ...]:
    """Handovers at which everybody who could answer a queue leaves or few are left, through the day.

    For each end of a shift while a queue that its person serves is open: whoever of the able is there
    longest together with them, and stays. Breaks are not looked at.
    """
    site = {agent.name: agent.site for agent in scenario.team.agents}
    work = [shift for shift in rota.shifts if shift.kind == "work"]
    last = day_starts(rota.first_day, rota.days, scenario.zone)[-1]  # nobody knows who comes after that
    serves = _queues_of(scenario)
    starts: dict[tuple[int, str, str, tuple[str, ...]], list[tuple[int, int]]] = defaultdict(list)
    for shift in work:
        end = quarter_of(shift.end)
        open_still = [name for name in serves.get(shift.agent, ()) if scenario.opening[name].is_open(end)]
        if not open_still or end >= last:
            continue
        at = local_at(end, scenario.zone)
        mate, together = _longest(shift, work, open_still, serves)
        names = (shift.name, mate.name if mate else "")
        sites = tuple(dict.fromkeys(site[each.agent] for each in (shift, mate) if each is not None))
        starts[at.hour * 60 + at.minute, *names, sites].append((at.weekday(), together))
    found = [
        HandOver(
            minute,
            leaving,
            arriving,
            sites,
            tuple(sorted({weekday for weekday, _ in times})),
            len(times),
            min(together for _, together in times),
            max(together for _, together in times),
        )
        for (minute, leaving, arriving, sites), times in starts.items()
    ]
    return tuple(sorted(found))


def _queues_of(scenario: Scenario) -> dict[str, list[str]]:
    """Queues that each person can answer."""
    able = scenario.skills.able
    found: dict[str, list[str]] = defaultdict(list)
    for queue in scenario.queues:
        for person in sorted(able[queue.name]):
            found[person].append(queue.name)
    return found


def _longest(
    shift: Shift, others: Iterable[Shift], queues: Sequence[str], serves: Mapping[str, Sequence[str]]
) -> tuple[Shift | None, int]:
    """Who stays and was there longest together with a shift that ends, and for how many minutes.

    Somebody who begins at the very end takes over, too, with no minute together.
    """
    wanted = set(queues)
    best: tuple[int, Shift] | None = None
    for other in others:
        stays = other.start <= shift.end < other.end and other is not shift
        if stays and wanted & set(serves.get(other.agent, ())):
            began = max(other.start, shift.start)
            together = 15 * (quarter_of(shift.end) - quarter_of(began))
            if best is None or together > best[0]:
                best = together, other
    return (best[1], best[0]) if best else (None, 0)
