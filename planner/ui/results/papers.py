"""Papers that are made when somebody asks for them: the report, a playbook, everything in one ZIP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from planner._messages import speaking
from planner.study.bundle import SCENARIOS, bundle
from planner.study.export import Dossier, Wanted, all_files
from planner.tasks import Job, Store
from planner.ui import state
from planner.ui.results.found import ROLLOUT
from planner.ui.words import listen, t

if TYPE_CHECKING:
    from planner.study import Scenario

REPORT, PLAYBOOK, ZIP = "report.html", "playbook.html", "plan.zip"


def report(folder: Path) -> bytes:
    """The meeting report of a finished solve in the language spoken here."""
    from planner.study.report import report_html  # reads every file: only for those who ask

    return report_html([folder]).encode()


@contextmanager
def _inputs(store: Store, job: Job) -> Iterator[Path]:
    """A folder with the files that a job was made from, as they were when it was asked for."""
    with TemporaryDirectory(prefix="planner-") as laid:
        store.lay_out(job.inputs, Path(laid))
        yield Path(laid)


def scenario(store: Store, job: Job, number: int) -> Scenario:
    """The scenario of one stage, as it was when the solve was asked for."""
    from planner.study import Scenario

    said = str(job.payload["scenarios"][number - 1])
    with _inputs(store, job) as laid:
        return Scenario.load(laid / job.inputs.paths.get(said, said))


def playbook(store: Store, job: Job, number: int) -> bytes:
    """The playbook of one stage of a finished solve, from its scenario and its rota."""
    from planner.rota import read_rota
    from planner.study import Scenario
    from planner.study.playbook import playbook as written
    from planner.study.playbook.sheet import playbook_html

    said = str(job.payload["scenarios"][number - 1])
    with _inputs(store, job) as laid:
        scenario = Scenario.load(laid / job.inputs.paths.get(said, said))
        period = scenario.team, scenario.shift_types, scenario.first_day, scenario.days
        rota = read_rota(store.job_folder(job.id) / f"stage-{number}" / "rota.csv", *period)
        return playbook_html(written(scenario, rota)).encode()


def everything(store: Store, job: Job, handed_on: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """All files of a finished solve, its scenarios, the report and the playbooks in one ZIP.

    Parameters
    ----------
    handed_on: further files by their names in it: those for HR, people, other systems and payroll.
    """
    folder = store.job_folder(job.id)
    more = {REPORT: report(folder), **handed_on}
    if job.kind == ROLLOUT:
        for stage in sorted(folder.glob("stage-*/rota.csv")):
            name = stage.parent.name
            more[f"{name}/{PLAYBOOK}"] = playbook(store, job, int(name.removeprefix("stage-")))
    with _inputs(store, job) as laid:
        for path in sorted(laid.rglob("*")):
            if path.is_file():
                more[f"{SCENARIOS}/{path.relative_to(laid).as_posix()}"] = path.read_bytes()
    return bundle(folder, more)


def report_button(folder: Path) -> None:
    """A button that makes the report when it is pressed, and downloads it."""
    _button(t("results.report"), lambda: report(folder), REPORT, "text/html", ":material/print:", True)
    st.caption(t("results.print"))


def playbook_button(job: Job, number: int) -> None:
    """A button that makes a stage's playbook when it is pressed."""
    store = state.store()
    made = t("export.get", file=PLAYBOOK)
    _button(made, lambda: playbook(store, job, number), PLAYBOOK, "text/html", ":material/menu_book:")


def everything_button(job: Job, number: int, of: Dossier | None, wanted: Wanted, rest: bool) -> None:
    """A button that packs everything when it is pressed.

    Parameters
    ----------
    number: of the stage on screen. of: its rota; None: no files of it. wanted: how they are wanted.
    rest: also files that leave people out.
    """
    store = state.store()

    def late() -> bytes:
        made = all_files(of, wanted, rest).files if of is not None else {}
        folder = f"stage-{number}/export" if job.kind == ROLLOUT else "export"
        return everything(store, job, {f"{folder}/{name}": content for name, content in made.items()})

    _button(t("export.everything"), late, ZIP, "application/zip", ":material/folder_zip:", True)


def _button(
    label: str, made: Callable[[], bytes], file: str, mime: str, icon: str, first: bool = False
) -> None:
    """A download that is made in the language of this visit when somebody asks for it."""
    language = listen()

    def late() -> bytes:
        with speaking(language):
            return made()

    st.download_button(
        label,
        data=late,
        file_name=file,
        mime=mime,
        key=f"download-{file}",
        on_click="ignore",
        type="primary" if first else "secondary",
        icon=icon,
    )
