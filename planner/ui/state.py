"""What a page may ask for: the work, its stages and its jobs, kept as long as their files do not change.

Only this, ``session`` and ``visit`` touch session state, caches and the address bar; pages reach all of it
through this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from planner._errors import PlannerError, TaskError
from planner._messages import Message
from planner._spoken import said_beside
from planner.study import PlanFiles, Scenario, desks, read_plan, workspace
from planner.tasks import Job, JobState, Store, ask
from planner.ui.lifespan import store_folder
from planner.ui.session import KEYS as KEYS
from planner.ui.session import attempt as attempt
from planner.ui.session import forget_removed as forget_removed
from planner.ui.session import go as go
from planner.ui.session import ids as ids
from planner.ui.session import keep as keep
from planner.ui.session import keep_removed as keep_removed
from planner.ui.session import removed as removed
from planner.ui.session import say_mistakes as say_mistakes
from planner.ui.session import show_mistakes as show_mistakes
from planner.ui.session import typed as typed
from planner.ui.visit import clock as clock
from planner.ui.visit import owner as owner
from planner.ui.visit import prefer as prefer
from planner.ui.visit import remember
from planner.ui.visit import settle_language as settle_language
from planner.ui.words import listen, t

if TYPE_CHECKING:
    from planner.demand import History, Volumes
    from planner.requirement import Need


@st.cache_resource
def _store(folder: str) -> Store:
    return Store(Path(folder))


def store() -> Store:
    """The job table of this app."""
    return _store(str(store_folder()))


def submit(kind: str, payload: Mapping[str, Any], key: str | None = None) -> Job | None:
    """Queue a job, or join the same one; None if that cannot be: then a sentence says why.

    Parameters
    ----------
    key: by which the page finds it again; made of what is asked and of the content of its files if None.
    """
    return attempt(lambda: ask(store(), kind, payload, owner=owner(), key=key))


def stop(job: str) -> None:
    """Take a wish back; a sentence says so where the work goes on for somebody else."""
    if attempt(lambda: not store().cancel(job, owner())):
        st.toast(t("solve.goes_on"))


@dataclass(frozen=True)
class Work:
    """The workspace on screen."""

    id: str
    folder: Path
    stages: tuple[workspace.StageFile, ...]

    @property
    def names(self) -> dict[str, str]:
        """Name of each stage by its file, in the order of the ladder."""
        return {each.file: each.name for each in self.stages}


def _work(chosen: str) -> Work:
    folder = workspace.folder_of(store_folder(), chosen)
    written = ((path.name, path.stat()) for path in sorted(folder.glob("*.yaml")))
    key = repr([(name, found.st_mtime_ns, found.st_size) for name, found in written])
    return Work(chosen, folder, _stages(str(folder), key))


@st.cache_data(max_entries=256, show_spinner=False)
def _stages(folder: str, key: str) -> tuple[workspace.StageFile, ...]:
    del key
    return workspace.stages(Path(folder))


def work() -> Work | None:
    """The workspace of the address; None if there is none, or if it is gone: then a sentence says so."""
    chosen = ids().get("work")
    here = attempt(lambda: _work(chosen)) if chosen else None
    return here if here is not None and here.stages else None


def open_work() -> Work | None:
    """The same without a sentence; it is in front of the recent work from then on."""
    chosen = ids().get("work")
    try:
        here = _work(chosen) if chosen else None
    except PlannerError:
        return None
    if here is not None:
        remember(here.id, ids().get("job", ""))
    return here if here is not None and here.stages else None


def job_named(chosen: str) -> Job | None:
    """A job by its id; None if there is none any more."""
    try:
        return store().get(chosen) if chosen else None
    except TaskError:
        return None


def stage(of: Work, among: Iterable[str] | None = None) -> str:
    """File name of the stage on screen; the first of those it may be if another one is asked for."""
    files = list(of.names if among is None else among)
    chosen = ids().get("stage", "")
    return chosen if chosen in files else files[0]


def job(key: str = "job") -> Job | None:
    """The job of the address; None if there is none, or if it is gone: then a sentence says so.

    Parameters
    ----------
    key: "job", the solve on screen, or "promise", the prices of promises.
    """
    chosen = ids().get(key)
    return attempt(lambda: store().get(chosen)) if chosen else None


def solve() -> Job | None:
    """The solve of the ladder on screen; where a comparison of what-ifs is, the last one of the same work."""
    found = job()
    if found is None or found.kind == "rollout":
        return found
    mine = (each for each in store().of_owner(owner()) if each.kind == "rollout")
    done = (each for each in mine if each.state is JobState.DONE)
    return next((each for each in done if each.payload.get("work") == found.payload.get("work")), None)


def test() -> Job | None:
    """The stress test of the address; None if there is none any more."""
    return job_named(ids().get("test", ""))


def stress_record(of: Job) -> dict[str, Any]:
    """What a finished stress test has found.

    Raises
    ------
    TaskError: when its file is gone.
    """
    return _record(of, "stress.json")


def promise_record(of: Job) -> dict[str, Any]:
    """What finished prices of promises rest on.

    Raises
    ------
    TaskError: when their files are gone.
    """
    return _record(of, "promise.json")


def why_record(of: Job) -> dict[str, Any]:
    """What a finished search for fixes has found.

    Raises
    ------
    TaskError: when its files are gone.
    """
    return _record(of, "why.json")


@st.cache_resource(max_entries=64, show_spinner=False)
def _scenario(folder: str, file: str, key: str) -> Scenario:
    del key
    return workspace.load(Path(folder), file)


def scenario(of: Work, file: str) -> Scenario:
    """A stage, kept as long as its files do not change."""
    return _scenario(str(of.folder), file, workspace.fingerprint(of.folder, (file,)))


def name_of(work: Work) -> str:
    """What a workspace is called."""
    return desks.desk(store_folder(), work.id).name


def zone_of(of: Work, file: str) -> str:
    """The zone of a stage; "" where its file has mistakes, which its page says."""
    try:
        return scenario(of, file).zone
    except PlannerError:
        return ""


def assumptions(of: Work) -> list[str]:
    """What the first stage assumes, in sentences; mistakes of its file instead, if it has any."""
    found = attempt(lambda: scenario(of, of.stages[0].file))
    return [str(message) for message in found.assumptions] if found else []


@dataclass(frozen=True)
class Worked:
    """A stage and what follows from it without a rota."""

    scenario: Scenario
    history: History | None
    volumes: Volumes | None
    need: Need


@st.cache_resource(max_entries=16, show_spinner=False)
def _worked(folder: str, file: str, key: str) -> Worked:
    from planner.study import demand_and_need  # heavy; only for the pages that show it

    made = _scenario(folder, file, key)
    return Worked(made, *demand_and_need(made))


def demand_and_need(of: Work, file: str) -> Worked:
    """History, forecast and need of a stage, kept as long as its files do not change."""
    with st.spinner(t("parts.working")):
        return _worked(str(of.folder), file, workspace.fingerprint(of.folder, (file,)))


@st.cache_resource(max_entries=24, show_spinner=False)
def _plan_files(folder: str, finished: float) -> PlanFiles:
    del finished
    return read_plan(Path(folder))


def plan_files(of: Job, number: int) -> PlanFiles:
    """The files of one stage of a finished job, counted from 1; 0: of a job that is one plan."""
    folder = store().job_folder(of.id)
    return _plan_files(str(folder / f"stage-{number}" if number else folder), of.finished or 0.0)


def plan_record(of: Work, file: str) -> Mapping[str, Any] | None:
    """What the plan on screen says of a stage; None if the stage is not in it, or has changed since."""
    found = solve()
    if found is None or found.state is not JobState.DONE or found.payload["work"] != of.id:
        return None
    files = found.payload["files"]
    if file not in files or workspace.fingerprint(of.folder, tuple(files)) != found.payload["fingerprint"]:
        return None
    read = attempt(lambda: plan_files(found, files.index(file) + 1))
    return read.record if read else None


def rollout_record(of: Job) -> dict[str, Any]:
    """What a finished job says of its stages.

    Raises
    ------
    TaskError: when its files are gone.
    """
    return _record(of, "rollout.json")


def record_of(of: Job, file: str) -> dict[str, Any]:
    """A JSON file that a finished job has made.

    Raises
    ------
    TaskError: when it is gone.
    """
    return _record(of, file)


def _record(of: Job, file: str) -> dict[str, Any]:
    path = store().job_folder(of.id) / file
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # TypeError: a number or a list where a mapping belongs
        raise TaskError(Message("tasks.files_gone", {"job": of.id})) from None


def say_again(of: Job | Path, text: str) -> str:
    """A sentence that stands in the files of a job, or in a folder of them, in the language of this visit."""
    listen()
    return said_beside(of if isinstance(of, Path) else store().job_folder(of.id)).again(text)
