"""A scenario with one block more open, and shifts that reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner._values import clock_text, days_text, starts_text
from planner.study.hours_reach import minutes_ahead, reached
from planner.study.ladder import HoursRow, lines_of_form, rows_of
from planner.study.next_hours.on_call import with_duties

if TYPE_CHECKING:
    from planner.rota import ShiftType
    from planner.study.next_hours.blocks import Block
    from planner.study.scenario import Scenario

DAY, QUARTER = 1440, 15


def opened(scenario: Scenario, *blocks: Block) -> Scenario:
    """The scenario with blocks open beside today's hours.

    Where no shift of a kind reaches a block, those that begin next after it get a start with it, and for
    later hours those that end last before it a start that ends with it. Duties on call get a start with which
    one holds the day, where one is long enough.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> from planner.study.next_hours.blocks import candidates
    >>> desk = Scenario.from_text("shifts: {name: day, start: 09:00, paid_hours: 9}")
    >>> early, late = candidates(desk)[:2]
    >>> [opened(desk, block).said.shifts[0].start for block in (early, late)]
    [(420, 540), (540, 660)]
    """
    rows = list(rows_of(scenario))
    for block in blocks:
        queues = block.queues if len(block.queues) < len(scenario.queues) else ("all",)
        hours = clock_text(block.opens), clock_text(block.closes)
        rows.append(HoursRow(queues, days_text(block.days), *hours))
    wider = scenario.replace(opening_hours=lines_of_form(rows))
    for block in blocks:
        shifts = _shifts(wider, block)
        wider = wider if shifts is None else wider.replace(shifts=shifts)
    return with_duties(wider)


def _shifts(scenario: Scenario, block: Block) -> list[Any] | None:
    """The stated shifts with starts for a block; None if they reach it already, or nobody stated any."""
    said = [dict(line) for line in scenario.plain.get("shifts", ())]
    names = {line["name"] for line in said}
    inside = {(block.opens + passed) % DAY for passed in range(0, block.minutes, QUARTER)}
    ahead = minutes_ahead(scenario, scenario.sites[0].zone)
    changed = False
    for kind in ("work", "on_call") if scenario.said.escalation else ("work",):
        types = [each for each in scenario.shift_types if each.kind == kind and each.name in names]
        for teams in dict.fromkeys(each.teams for each in types):
            alike = [each for each in types if each.teams == teams]
            if inside <= reached(scenario, alike):
                continue
            chosen, start = _start(alike, block, ahead)
            starts = starts_text(tuple(sorted({*chosen.starts, start})))
            said = [{**line, "start": starts} if line["name"] == chosen.name else line for line in said]
            changed = True
    return said if changed else None


def _start(types: list[ShiftType], block: Block, ahead: int) -> tuple[ShiftType, int]:
    """The kind of shift that is nearest to a block, and its start for it, on the clock of who works it."""
    begin = (block.opens + ahead) % DAY
    end = begin + block.minutes
    if block.side == "later":
        chosen = min(
            types, key=lambda each: min((end - at - each.present_minutes) % DAY for at in each.starts)
        )
        return chosen, (end - chosen.present_minutes) % DAY
    return min(types, key=lambda each: min((at - begin) % DAY for at in each.starts)), begin
