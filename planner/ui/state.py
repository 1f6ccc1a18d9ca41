"""The only place that touches session state, caches and the address bar.

The address holds ids only: workspace, stage file, job. Everything else is read from the store again,
so a link, a reload, Back and a second browser show the same.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from planner._errors import PlannerError, TaskError
from planner._messages import LANGUAGES, Message
from planner._spoken import said_beside
from planner.study import PlanFiles, Scenario, ladder, read_plan, workspace
from planner.tasks import Job, JobState, Store, ask
from planner.ui.browser import COOKIE, name_of_browser
from planner.ui.lifespan import store_folder
from planner.ui.words import LANGUAGE, listen, plain, t

if TYPE_CHECKING:
    import pandas as pd

    from planner.demand import History, Volumes
    from planner.requirement import Need

KEYS = (
    *("work", "stage", "job", "test", "promise", "part", "file"),
    *("next", "reach", "nights", "hiring", "edit", "person", "week", "view", "queue"),
)


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


def owner() -> str:
    """A random name of this browser, or of this visit where it takes no cookies; never an address."""
    if "owner" not in st.session_state:
        named = name_of_browser(st.context.cookies.get(COOKIE, ""))
        st.session_state["owner"] = named or secrets.token_hex(8)
    return str(st.session_state["owner"])


def settle_language() -> None:
    """At the top of every run: the language that was chosen, or the one that the browser asks for."""
    if LANGUAGE not in st.session_state:
        asked = str(st.context.locale or "")[:2].lower()
        st.session_state[LANGUAGE] = asked if asked in LANGUAGES else LANGUAGES[0]
    listen()


def ids() -> dict[str, str]:
    """The ids in the address; a link that carries them shows the same."""
    return {key: st.query_params[key] for key in KEYS if st.query_params.get(key)}


def go(**new: str | None) -> None:
    """Show something else: change ids in the address, as one step for Back."""
    changed: dict[str, str | None] = {**ids(), **new}
    st.query_params.from_dict({key: value for key, value in changed.items() if value})


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


def work() -> Work | None:
    """The workspace of the address; None if there is none, or if it is gone: then a sentence says so."""
    chosen = ids().get("work")
    if not chosen:
        return None

    def found() -> Work:
        folder = workspace.folder_of(store_folder(), chosen)
        return Work(chosen, folder, workspace.stages(folder))

    here = attempt(found)
    return here if here is not None and here.stages else None


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


def test() -> Job | None:
    """The stress test of the address; None if there is none any more."""
    chosen = ids().get("test")
    try:
        return store().get(chosen) if chosen else None
    except TaskError:
        return None


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


def keep(key: str, value: Any) -> None:
    """Give a widget its value before it is drawn."""
    st.session_state[key] = value


def typed(key: str) -> Any:
    """What a widget holds; None if it is not on screen."""
    return st.session_state.get(key)


@st.cache_resource(max_entries=64, show_spinner=False)
def _scenario(folder: str, file: str, key: str) -> Scenario:
    del key
    return workspace.load(Path(folder), file)


def scenario(of: Work, file: str) -> Scenario:
    """A stage, kept as long as its files do not change."""
    return _scenario(str(of.folder), file, workspace.fingerprint(of.folder, (file,)))


def assumptions(of: Work) -> list[str]:
    """What the first stage assumes, in sentences; mistakes of its file instead, if it has any."""
    found = attempt(lambda: scenario(of, of.stages[0].file))
    return [str(message) for message in found.assumptions] if found else []


@st.cache_data(max_entries=64, show_spinner=False)
def _ladder(folder: str, key: str) -> pd.DataFrame:
    del key
    return ladder.table(Path(folder))


def ladder_table(of: Work) -> pd.DataFrame:
    """All stages side by side, kept as long as no file changes."""
    return _ladder(str(of.folder), workspace.fingerprint(of.folder, tuple(of.names)))


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
    """The files of one stage of a finished job, counted from 1."""
    return _plan_files(str(store().job_folder(of.id) / f"stage-{number}"), of.finished or 0.0)


def plan_record(of: Work, file: str) -> Mapping[str, Any] | None:
    """What the plan on screen says of a stage; None if the stage is not in it, or has changed since."""
    found = job()
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
    except (OSError, ValueError):
        raise TaskError(Message("tasks.files_gone", {"job": of.id})) from None


def say_again(of: Job | Path, text: str) -> str:
    """A sentence that stands in the files of a job, or in a folder of them, in the language of this visit."""
    listen()
    return said_beside(of if isinstance(of, Path) else store().job_folder(of.id)).again(text)


def attempt(what: Callable[[], Any]) -> Any | None:
    """Do something that may find mistakes; they are kept as sentences until they are shown."""
    try:
        return what()
    except PlannerError as error:
        say_mistakes(error.messages)
        return None


def say_mistakes(sentences: Iterable[str | Message]) -> None:
    """Keep sentences until they are shown."""
    st.session_state["mistakes"] = [*sentences]


def show_mistakes() -> None:
    """Show the mistakes of the last action, once."""
    listen()
    for sentence in st.session_state.pop("mistakes", []):
        st.error(plain(str(sentence)), icon=":material/error:")


def keep_removed(file: str, text: str) -> None:
    """Remember a removed stage, for Undo."""
    st.session_state["removed"] = (file, text)


def removed() -> tuple[str, str] | None:
    """The stage that was removed last: file and text."""
    return st.session_state.get("removed")


def forget_removed() -> None:
    """Undo is done, or no longer wanted."""
    st.session_state.pop("removed", None)
