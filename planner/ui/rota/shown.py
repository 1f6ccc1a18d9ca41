"""The rota on screen: of the plan or of one solved again, with the edits of this visitor laid over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from planner.study import PlanFiles, rota_clock, rota_drafts, rota_published
from planner.study.rota_desk import Desk, open_desk
from planner.study.rota_drafts import Draft
from planner.tasks import Job, JobState
from planner.ui import parts, state
from planner.ui.words import t

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from planner.study.rota_published import Published


@dataclass(frozen=True)
class Shown:
    """What the page shows.

    Attributes
    ----------
    solved: the job of a rota solved again, None for the rota of the plan. desk: None where the scenario
    of today does not fit the rota any more. rows: columns of ``rota.csv``, with the edits.
    """

    results: parts.Results
    here: state.Work
    file: str
    solved: Job | None
    files: PlanFiles
    desk: Desk | None
    rows: pd.DataFrame
    told: Published | None

    @property
    def plan(self) -> str:
        """Short name of the plan that edits are laid over."""
        return self.solved.id if self.solved else f"{self.results.job.id}-{self.results.number}"

    @property
    def told_by(self) -> Job:
        """The job whose files hold the sentences on screen."""
        return self.solved or self.results.job

    @property
    def people(self) -> list[str]:
        """Everybody, in the order of the lines."""
        return list(dict.fromkeys([*self.results.people, *self.rows["agent"]]))

    @property
    def first_day(self) -> date:
        """Of the period."""
        return date.fromisoformat(self.files.record["period"]["first_day"])

    @property
    def days(self) -> int:
        """Of the period."""
        return int(self.files.record["period"]["days"])

    @property
    def zone(self) -> str:
        """The scenario's clock."""
        return str(self.files.record["period"]["zone"])

    @property
    def kinds(self) -> list[str]:
        """Kinds of shift, so that letters and colours are the same in every view."""
        return sorted(map(str, self.rows["shift"].unique()))

    @property
    def clock(self) -> str:
        """The clock of this visitor."""
        return state.clock()

    def zone_words(self) -> str:
        """The clock in words, for captions and axes."""
        zones = rota_clock.zone_on(self.clock, "", self.zone) or t("rota.clock_site")
        return zones if self.clock != "team" else f"{self.zone}, {t('rota.clock_team')}"

    def on_clock(self) -> pd.DataFrame:
        """The rows on the visitor's clock; the person's own day stands beside."""
        return rota_clock.on_clock(self.rows, self.clock, self.zone).assign(own_day=self.rows["day"])


def solved_again(results: parts.Results) -> Job | None:
    """The job in the address that solves the rota on screen again; None for another rota's."""
    job = state.job("edit")
    if job is None or job.kind != "replan":
        return None
    of = (job.payload.get("of"), job.payload.get("number"))
    return job if of == (results.job.id, results.number) else None


def draft_path(plan: str) -> Path:
    """Where the edits of this visitor are kept."""
    return rota_drafts.draft_file(state.store().folder, state.owner(), plan)


def shown(results: parts.Results) -> Shown:
    """Read what is on screen."""
    here = state.work()
    assert here is not None
    file = results.job.payload["files"][results.number - 1]
    again = solved_again(results)
    solved = again if again is not None and again.state is JobState.DONE else None
    files = state.plan_files(solved, 0) if solved else results.files
    told = rota_published.read_published(rota_published.published_folder(here.folder, file))
    desk = state.attempt(lambda: _desk(here, file, files, results, solved)) if file in here.names else None
    return Shown(results, here, file, solved, files, desk, desk.rows if desk else files.rota, told)


def _desk(here: state.Work, file: str, files: PlanFiles, results: parts.Results, solved: Job | None) -> Desk:
    plan = solved.id if solved else f"{results.job.id}-{results.number}"
    draft = rota_drafts.read_draft(draft_path(plan))
    folder = rota_published.published_folder(here.folder, file)
    if solved is None:
        return open_desk(state.scenario(here, file), files, draft, folder)
    known = results.files.folder / rota_published.ROTA
    return open_desk(state.scenario(here, file), files, draft, folder, solved.payload["edits"], known)


def keep(of: Shown, draft: Draft) -> None:
    """Keep the edits of this visitor."""
    try:
        rota_drafts.write_draft(draft_path(of.plan), draft)
    except OSError as error:
        state.say_mistakes([t("rota.not_kept", why=error.strerror or "")])


def caption(of: Shown) -> None:
    """Which clock is shown."""
    st.caption(t("rota.clock", zone=of.zone_words()))
