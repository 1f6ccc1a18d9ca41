"""A rota laid out for editing: the plan's shifts, the edits over them, and what both are compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.rota import Rota, read_rota, rota_frame
from planner.study import steps
from planner.study.rota_drafts import Draft
from planner.study.rota_edits import Edit, Marks, edited, marks, with_leave
from planner.study.rota_effect import (
    Counted,
    Effect,
    counted,
    cover_of,
    effect,
    need_of_plan,
    planned_scenario,
)
from planner.study.rota_published import ROTA, changes_since, read_published, with_changes
from planner.study.tables import csv_text

if TYPE_CHECKING:
    import pandas as pd

    from planner.requirement import Need
    from planner.study.files import PlanFiles
    from planner.study.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Desk:
    """A rota under edit.

    Attributes
    ----------
    scenario: as it is now, with leave that a rota solved again was given. files: of the plan.
    base, rota: before and after the edits of the draft. published: what people know, if anything.
    """

    scenario: Scenario
    files: PlanFiles
    base: Rota
    draft: Draft
    rota: Rota
    marks: Marks
    published: Rota | None

    @property
    def rows(self) -> pd.DataFrame:
        """The rota with its edits, columns of ``rota.csv``."""
        if not self.draft.edits:
            return self.files.rota
        return rota_frame(self.rota, self.scenario.team, steps.pay_terms(self.scenario))

    @property
    def text(self) -> str:
        """The rota with its edits as ``rota.csv``."""
        frame = rota_frame(self.rota, self.scenario.team, steps.pay_terms(self.scenario))
        return csv_text("rota.csv", frame)

    @property
    def changes(self) -> int | None:
        """Shifts that are not as published; None if nothing is published."""
        return None if self.published is None else changes_since(self.published, self.rota)

    def need(self, of_formulas: Need) -> Need:
        """The need that the plan was held to.

        Parameters
        ----------
        of_formulas: as ``demand_and_need`` gives it.
        """
        return need_of_plan(of_formulas, self.scenario, self.files)

    def effect(self, of_formulas: Need) -> Effect:
        """What the edits change."""
        return effect(self.base, self.rota, self.draft.edits, self.need(of_formulas), self.scenario)

    def cover(self, of_formulas: Need) -> tuple[pd.DataFrame, Counted]:
        """Cover of the rota with its edits, columns of ``cover.csv``, and what was counted."""
        need = self.need(of_formulas)
        found = counted(self.rota, need, with_leave(self.scenario, self.draft.edits))
        return cover_of(found, need, self.scenario), found


def open_desk(
    scenario: Scenario,
    files: PlanFiles,
    draft: Draft,
    published: Path,
    given: Sequence[Mapping[str, Any]] = (),
    known: Path | None = None,
) -> Desk:
    """Lay a rota out for editing.

    Parameters
    ----------
    scenario: of the plan, as it is now. files: of the plan. published: folder of the published rota.
    given: edits in plain text with which the rota was solved again; their leave holds on.
    known: file of the rota that it was solved again from; changes are marked against it where nothing is
        published.

    Raises
    ------
    InputError: when rota or edits do not fit the scenario any more.
    """
    scenario = planned_scenario(scenario, [str(name) for name in files.rota["agent"].unique()])
    scenario = with_leave(scenario, [Edit.read(edit) for edit in given])
    base = _read(files.folder / ROTA, scenario, may_have_left=False)
    rota = edited(base, draft.edits, scenario)
    marked = marks(base, rota, draft.edits, scenario)
    told = _read(published / ROTA, scenario) if read_published(published) else None
    if told is not None:
        marked = with_changes(marked, told, rota)
    elif known is not None:
        marked = with_changes(marked, _read(known, scenario), rota)
    return Desk(scenario, files, base, draft, rota, marked, told)


def _read(path: Path, scenario: Scenario, may_have_left: bool = True) -> Rota:
    period = scenario.first_day, scenario.days
    return read_rota(path, scenario.team, scenario.shift_types, *period, may_have_left=may_have_left)
