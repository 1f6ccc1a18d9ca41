"""A sweep: one scenario, one or two things varied, every cell a plan of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner._errors import PlannerError, ScenarioError
from planner.study.compare import comparable
from planner.study.compare_figures import Measured
from planner.study.plan import plan
from planner.study.progress import OnPlanProgress, PlanProgress, for_stage
from planner.study.sweeps.cells import payload_of, record_of, rota_text, run_cell
from planner.study.sweeps.factors import Factor, factors_of, grid_of
from planner.study.sweeps.lifting import lifted

if TYPE_CHECKING:
    from planner.scheduling import IsCancelled
    from planner.study.scenario import Scenario

Record = Mapping[str, Any]
CellMap = Callable[[Callable[[Record], dict[str, Any]], Sequence[Record]], Iterable[Record | None]]
"""Runs a function on payloads, as ``map`` does; results may come in any order, None is a sign of life."""


@dataclass(frozen=True)
class Cell:
    """One cell of a sweep.

    Attributes
    ----------
    values: of the factors. measured: its figures; None where it could not be planned.
    cost_cents, bound_cents: of its plan; no rota costs less than the bound. lifted_from: values of the cell
        whose bound holds here too and is higher; empty: the bound is the cell's own.
    why: sentences for which it could not be planned.
    """

    values: tuple[str, ...]
    measured: Measured | None
    cost_cents: int | None = None
    bound_cents: int | None = None
    lifted_from: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None where one is not known."""
        if self.cost_cents is None or self.bound_cents is None:
            return None
        return (self.cost_cents - self.bound_cents) / self.cost_cents if self.cost_cents else 0.0


@dataclass(frozen=True)
class Sweep:
    """A grid of plans around one scenario.

    Attributes
    ----------
    base: figures of the scenario as it is, which cells are compared with.
    cells: those that were worked on, in the order of the grid.
    cancelled: whether some were not.
    """

    scenario: str
    currency: str
    factors: tuple[Factor, ...]
    base: Measured
    cells: tuple[Cell, ...]
    cancelled: bool = False


def sweep(
    scenario: Scenario,
    factors: Sequence[str],
    map: CellMap = map,  # what it stands for, and what is given instead works like it
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
    effort: str | None = None,
) -> Sweep:
    """Plan a scenario with every combination of the values of one or two factors.

    The scenario as it is is planned first; every cell starts from its rota and from nothing else, and is
    given plain data only, so that serial, side by side or on other machines it comes out the same.

    Parameters
    ----------
    factors: as ``factor_of`` reads them, such as "volume.by=-20%,0%,+20%".
    map: runs the cells; ``map`` of Python one after the other.
    on_progress: told of the base as ``plan`` tells, and of each cell when it is finished.
    is_cancelled: asked between cells; those that are finished are kept.
    effort: quick, normal or thorough; None: as the scenario says.

    Raises
    ------
    InputError: factors that cannot be read. ScenarioError: a scenario that cannot be planned.
    """
    start = scenario.replace(solve={"effort": effort}) if effort else scenario
    begun = begin(start, factors, on_progress, is_cancelled)
    found: list[Record] = []
    settled, stages = len(begun.settled), len(begun.settled) + len(begun.payloads) + 1
    if is_cancelled is None or not is_cancelled():
        for record in _run(map, begun.payloads, is_cancelled):
            found.append(record)
            if on_progress is not None:
                on_progress(_progress(record, settled + len(found) + 1, stages))
    return gather(start, factors, begun, found)


@dataclass(frozen=True)
class Begun:
    """A sweep before its cells: all of it is plain data, so that others may carry on.

    Attributes
    ----------
    first: record of the scenario as it is. settled: records of cells that need no plan of their own.
    payloads: what ``run_cell`` is given for the others.
    """

    first: Record
    settled: tuple[Record, ...]
    payloads: tuple[Record, ...]


def begin(
    start: Scenario,
    factors: Sequence[str],
    on_progress: OnPlanProgress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> Begun:
    """Plan a scenario as it is, and say what its cells are given.

    Raises
    ------
    InputError: factors that cannot be read. ScenarioError: a scenario that cannot be planned.
    """
    asked = factors_of(factors)
    grid = grid_of(asked)
    made = plan(start, for_stage(on_progress, 1, len(grid) + 1), is_cancelled)
    first = record_of(-1, made)
    # Candidates that the base took or left are asked again in each cell: cells start from what was given.
    settled, payloads = _given(start, asked, grid, rota_text(made), first)
    return Begun(first, tuple(settled[number] for number in sorted(settled)), tuple(payloads))


def gather(start: Scenario, factors: Sequence[str], begun: Begun, records: Sequence[Record]) -> Sweep:
    """The sweep from what its cells have said, in any order; those that are missing were stopped."""
    asked, first = factors_of(factors), begun.first
    grid = grid_of(asked)
    found = {int(record["number"]): record for record in (*begun.settled, *records)}
    records = [found[number] for number in sorted(found)]
    cells = tuple(_cell(record, grid[record["number"]]) for record in records)
    asks = {cell.values: record.get("asked", {}) for cell, record in zip(cells, records, strict=True)}
    return Sweep(
        start.name,
        start.currency,
        asked,
        Measured.of_plain(first["figures"]),
        lifted(cells, asked, asks),
        len(cells) < len(grid),
    )


def _given(
    start: Scenario, factors: Sequence[Factor], grid: Sequence[tuple[str, ...]], warm: str, first: Record
) -> tuple[dict[int, Record], list[Record]]:
    """Cells that are settled already, refused or the same as the base, and what the others are given."""
    settled: dict[int, Record] = {}
    payloads: list[Record] = []
    for number, values in enumerate(grid):
        try:
            made = start
            for factor, value in zip(factors, values, strict=True):
                made = factor.apply(made, value)
            wrong = [m for m in comparable((start, made)) if m.code != "study.same_name"]
            if wrong:
                raise ScenarioError(*wrong)
        except PlannerError as error:
            settled[number] = {"number": number, "why": [str(message) for message in error.messages]}
            continue
        if made.dump() == start.dump():
            settled[number] = {**first, "number": number}
        else:
            payloads.append(payload_of(number, made, warm))
    return settled, payloads


def _run(map: CellMap, payloads: Sequence[Record], is_cancelled: IsCancelled | None) -> Iterator[Record]:
    """Finished cells as they come, until cancelled."""
    results = iter(map(run_cell, payloads))
    try:
        for record in results:
            if record is not None:
                yield record
            if is_cancelled is not None and is_cancelled():
                return
    finally:
        close = getattr(results, "close", None)
        if close is not None:
            close()


def _cell(record: Record, values: tuple[str, ...]) -> Cell:
    if record["why"]:
        return Cell(values, None, why=tuple(record["why"]))
    return Cell(values, Measured.of_plain(record["figures"]), record["cost"], record["bound"])


def _progress(record: Record, stage: int, stages: int) -> PlanProgress:
    """A finished cell as a sign of life."""
    said = PlanProgress("finished", stage=min(stage, stages), stages=stages)
    if record["why"]:
        return said
    return replace(
        said, cost_cents=record["cost"], bound_cents=record["bound"], missing_hours=record["missing_hours"]
    )
