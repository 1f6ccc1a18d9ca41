"""Pieces that several pages place: links, the empty state, the choice of a stage, a finished result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from planner._messages import LANGUAGES, spoken_value
from planner.study import PlanFiles, rota_published, workspace
from planner.study.charts import spoken as spoken_figure
from planner.tasks import Job, JobState
from planner.ui import state
from planner.ui.navigation import link as link
from planner.ui.navigation import next_page as next_page
from planner.ui.words import listen, plain, t

if TYPE_CHECKING:
    import pandas as pd

# On a phone, charts of 24 columns and wide tables scroll inside their own box; the page never does.
STYLE = """<style>
[class*="st-key-wide-"]{overflow-x:auto}
[data-testid="stMainBlockContainer"]{padding-top:4.5rem;padding-bottom:4rem}
@media (max-width:640px){[class*="st-key-wide-"] [data-testid="stElementContainer"]{min-width:680px}}
.wide-hint{margin:0;font-size:.85rem}
@media (min-width:641px){
.wide-hint:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
[class*="st-key-wide-"] [data-testid="stTable"] div{overflow:visible}
[data-testid="stCaptionContainer"],[data-testid="stCaptionContainer"] p{color:inherit;opacity:.92}
[data-selected="true"] [data-testid="stMarkdownContainer"] p{color:CanvasText}
h2{font-size:1.6rem!important}
</style>"""
MIME = {".json": "application/json", ".yaml": "text/yaml"}


def wide_chart(figure: Any, key: str) -> None:
    """A chart whose cells hold numbers; on a phone it scrolls sideways."""
    with st.container(key=f"wide-{key}"):
        chart(figure, key)


def sideways() -> None:
    """Something to stand on for keys that scroll a wide box; read out, and seen on a phone."""
    st.html(f'<p class="wide-hint" tabindex="0">↔ {escape(t("parts.sideways"))}</p>')


def wide_table(frame: Any, key: str) -> None:
    """A small table as text that wraps; on a phone it scrolls sideways, also by the keys of one who types."""
    with st.container(key=f"wide-{key}"):
        sideways()
        signs = {"thousands": ",", "decimal": "."}
        if listen() != LANGUAGES[0]:
            signs = {"thousands": ".", "decimal": ","}
            frame = frame.rename(columns=_told).map(_told)
        st.table(frame.style.format(precision=1, na_rep="–", **signs), hide_index=True)


def _told(cell: Any) -> Any:
    return spoken_value(cell) if isinstance(cell, str) else cell


def chart(figure: Any, key: str) -> None:
    """A chart with numbers and days as the language of this visit writes them."""
    listen()
    st.plotly_chart(spoken_figure(figure), key=key)


def need_work() -> state.Work:
    """The workspace on screen, or the empty state with the way to Start."""
    here = state.work()
    state.show_mistakes()
    if here is None:
        st.info(t("empty.scenario"), icon=":material/info:")
        link("start", t("empty.to_start"), ":material/arrow_forward:")
        st.stop()
    return here


def choose_stage(here: state.Work, page: str, among: Iterable[str] | None = None) -> str:
    """A choice among stages of the workspace; kept in the address, so all pages show the same stage."""
    files = list(here.names if among is None else among)
    shown, key = state.stage(here, files), f"{page}-stage"
    if (asked := state.ids().get("stage", "")) and asked not in {*files, *here.names}:
        st.caption(t("parts.stage_gone", stage=plain(here.names.get(shown, shown))))
    if len(files) > 1:
        state.keep(key, shown)
        st.selectbox(
            t("parts.stage"),
            files,
            format_func=lambda file: here.names.get(file, file),
            key=key,
            on_change=lambda: state.go(stage=state.typed(key)),
        )
    return shown


def choose_part(among: Sequence[str], page: str) -> str:
    """A choice among sections of a page; kept in the address, so a link shows the same. Only one is run."""
    asked, key = state.ids().get("part", ""), f"{page}-part"
    shown = asked if asked in among else among[0]
    if len(among) > 1:
        state.keep(key, shown)
        st.segmented_control(
            t(f"{page}.parts"),
            among,
            required=True,
            format_func=lambda part: t(f"{page}.part_{part}"),
            key=key,
            label_visibility="collapsed",
            on_change=lambda: state.go(part=state.typed(key)),
        )
    return shown


def choose_effort(key: str, disabled: bool) -> None:
    """A choice of how long to search."""
    st.selectbox(
        t("solve.effort"),
        options=("stated", "quick", "normal", "thorough"),
        format_func=lambda effort: t(f"solve.effort_{effort}"),
        key=key,
        disabled=disabled,
    )


def stop_button(label: str, job: Job) -> None:
    """Stop a job under way; disabled where that was asked for already."""
    said = job.cancel
    st.button(label, on_click=state.stop, args=(job.id,), disabled=said, icon=":material/stop_circle:")


def download(path: Path, label: str, width: Literal["content", "stretch"] = "content") -> None:
    """A button that downloads a file as it is."""
    st.download_button(
        label,
        data=path.read_bytes(),
        file_name=path.name,
        mime=MIME.get(path.suffix, "text/csv"),
        key=f"download-{path.name}",
        on_click="ignore",
        icon=":material/download:",
        width=width,
    )


@dataclass(frozen=True)
class Results:
    """A finished rollout on disk, and the stage of it that is on screen."""

    job: Job
    folder: Path
    record: Mapping[str, Any]
    number: int

    @property
    def files(self) -> PlanFiles:
        """The files of the stage on screen."""
        return state.plan_files(self.job, self.number)

    @property
    def people(self) -> list[str]:
        """Everybody in the stage on screen."""
        return list(self.job.payload["people"][self.number - 1])

    @property
    def holidays(self) -> dict[str, str]:
        """Public holidays of the stage on screen."""
        return dict(self.job.payload["holidays"][self.number - 1])


def need_results(page: str, choose: bool = True) -> Results:
    """The finished solve on screen, or the empty state with the way to Solve; stale results say so."""
    here = need_work()
    job = state.solve()
    state.show_mistakes()
    if job is None or job.state is not JobState.DONE or job.payload["work"] != here.id:
        live = job is not None and job.state.live
        st.info(t("empty.under_way" if live else "empty.result"), icon=":material/info:")
        link("solve", t("empty.to_solve"), ":material/arrow_forward:")
        st.stop()
    folder, record = state.store().job_folder(job.id), state.rollout_record(job)
    say_stale(here, job)
    files = job.payload["files"][: len(record["stages"])]
    file = choose_stage(here, page, files) if choose else files[0]
    return Results(job, folder, record, files.index(file) + 1)


def say_told_otherwise(results: Results) -> None:
    """A banner where people were told other shifts than those of the plan that a page tells of."""
    file = results.job.payload["files"][results.number - 1]
    folder = rota_published.published_folder(need_work().folder, file)
    version = rota_published.told_otherwise(folder, results.files.folder / rota_published.ROTA)
    if version is not None:
        st.warning(t("parts.told_otherwise", version=version), icon=":material/campaign:")


def is_stale(here: state.Work, job: Job) -> bool:
    """Whether the stages of a job have been changed or removed since it was asked for."""
    files = tuple(job.payload["files"])
    there = all((here.folder / file).is_file() for file in files)  # a what-if is no stage of the ladder
    return not there or workspace.fingerprint(here.folder, files) != job.payload["fingerprint"]


def say_stale(here: state.Work, job: Job) -> None:
    """A banner where inputs have changed since the solve, or the stage on screen was not in it."""
    files = tuple(job.payload["files"])
    asked = state.ids().get("stage")
    if is_stale(here, job):
        st.warning(t("parts.stale"), icon=":material/history:")
    elif asked in here.names and asked not in files:
        st.warning(t("parts.not_solved", stage=here.names[asked]), icon=":material/history:")
    else:
        return
    link("solve", t("empty.to_solve"), ":material/arrow_forward:")


def spoken(of: Results | Job | Path, text: str) -> str:
    """A sentence that stands in the files of a job, in the language of this visit."""
    return state.say_again(of.job if isinstance(of, Results) else of, text)


def spoken_frame(of: Results | Job | Path, frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """A table of a job's files with the sentences of some columns in the language of this visit."""
    told = {
        name: [spoken(of, cell) if isinstance(cell, str) else cell for cell in frame[name]]
        for name in columns
        if name in frame
    }
    return frame.assign(**told)


def number(amount: float | None, decimals: int = 0) -> str:
    """A number as the language of this visit writes it, or a dash where it is not known."""
    listen()
    return "–" if amount is None else spoken_value(f"{amount:,.{decimals}f}")


def money(amount: float | None, currency: str = "EUR") -> str:
    """An amount of money in whole units, or a dash where it is not known."""
    return "–" if amount is None else f"{number(amount)} {currency}"


def hours(amount: float | None) -> str:
    """Person-hours, or a dash where they are not known; a little is not shown as nothing."""
    if amount is None:
        return "–"
    return f"{number(amount, 2 if 0 < amount < 1 else 0)} h"


def outcome(record: Mapping[str, Any]) -> None:
    """A finished stage in three figures and a sentence: cost, people missing, findings, the proof."""
    cost, missing, findings = st.columns(3)
    currency, days = record["currency"], record["period"]["days"]
    weeks = days // 7
    cost.metric(t("outcome.cost", weeks=weeks), money(record["cost"], currency))
    missing.metric(t("outcome.missing"), hours(record["missing_hours"]))
    hard = [found for found in record["violations"] if found["hard"] and not found["before_period"]]
    findings.metric(t("outcome.findings"), str(len(hard)) if hard else t("outcome.none"))
    if record["bound"] is None:
        st.caption(t("outcome.no_bound"))
    else:
        values = {
            "total": money(record["objective"]["total"], currency),
            "bound": money(record["bound"], currency),
            "gap": f"{number(100 * record['gap'], 1)} %",
        }
        st.caption(t("outcome.bound" if record["missing_hours"] else "outcome.bound_covered", **values))
    if record["left_out_of_bound"]:
        st.caption(t("outcome.left_out", rules=plain(", ".join(record["left_out_of_bound"]))))
    if record.get("taken"):
        st.caption(t("outcome.taken", names=plain("; ".join(record["taken"]))))
    for name in record["no_legal_tour"]:
        st.warning(t("outcome.no_legal_tour", agent=plain(name)), icon=":material/gavel:")
