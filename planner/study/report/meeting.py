"""The report as a page: answer first, then fixes, what may be published, charts, assumptions, appendix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message, spoken_language
from planner.study.paper import Section, bullets, page, paragraphs
from planner.study.report.beside import comparison_html, more_sections, publish_html
from planner.study.report.cells import Told, joined
from planner.study.report.drawn import charts_of, drawn, library
from planner.study.report.lines import (
    answers_html,
    back_html,
    fixes_html,
    gates_html,
    queues_html,
    say,
    today_html,
)
from planner.study.report.proofs import appendix_html, assumptions_html, missing_cells, uplift_html
from planner.study.report.reading import Source, read_source


def report_html(folders: Sequence[Path | str], title: str = "") -> str:
    """The report of one or more folders that verbs have written; every figure is read from their files.

    Parameters
    ----------
    folders: a rollout or a plan first, then what belongs beside it: nights, next hours, reach, a hiring plan,
        a sweep, a year.
    title: of the meeting; default: the names of the first and last stage.

    Raises
    ------
    InputError: when a folder holds nothing known or was changed after it was written; all at once.
    """
    sources = _read(folders)
    main = sources[0]
    charts, more = drawn(charts_of(main)) if main.stages else "", more_sections(sources)
    sections = [
        *_answers(main),
        *more,
        Section(say("part_publish"), publish_html(main.stages)),
        Section(say("part_charts"), charts, new_page=True),
        *_details(main),
        Section(say("part_comparison"), comparison_html(main)),
        Section(say("part_assumptions"), assumptions_html(main)),
        Section(say("part_appendix"), appendix_html(main) if main.stages else "", new_page=True),
    ]
    foot = [say("foot", folders=", ".join(source.folder.name for source in sources))]
    scripts = library() if "plotly-graph-div" in charts + "".join(each.html for each in more) else ""
    # The library comes before the charts that call it.
    said = {"head": scripts, "language": spoken_language()}
    return page(title or _title(main), _subtitle(main), sections, foot, "landscape", **said)


def _read(folders: Sequence[Path | str]) -> list[Source]:
    found: list[Source] = []
    mistakes: list[Message] = []
    for folder in folders:
        try:
            found.append(read_source(folder))
        except InputError as error:
            mistakes += error.messages
    if mistakes:
        raise InputError(*mistakes)
    return found


def _answers(main: Source) -> list[Section]:
    """The first page, as far as the files say it."""
    today, answers = _told(main, "today.csv"), _told(main, "answers.csv")
    mending, back = _told(main, "mending.csv"), _told(main, "going_back.csv")
    notes: list[str] = []
    missing = missing_cells(main)
    if answers is not None:
        rows = range(len(answers))
        notes = [answers.text(row, "notes") for row in rows if answers.known(row, "notes")]
        told = {answers.raw(row, "number") for row in rows}
        bare = [stage for stage in main.stages if stage.number in missing and stage.number not in told]
        notes += [joined(f"{stage.number}. {stage.name}: ", missing[stage.number]) for stage in bare]
    stopped = paragraphs([say("stopped", stages=len(main.stages))]) if main.cancelled else ""
    return [
        Section(say("part_today"), stopped + today_html(today) if today else stopped),
        Section(
            say("part_answers"),
            answers_html(answers, missing) + bullets(dict.fromkeys(notes)) if answers else "",
        ),
        Section(say("part_uplift"), uplift_html(main)),
        Section(say("part_fixes"), fixes_html(mending) if mending else ""),
        Section(say("part_back"), back_html(back) if back else ""),
    ]


def _details(main: Source) -> list[Section]:
    """Each gate and each queue of the answers."""
    gates, answers = _told(main, "gates.csv"), _told(main, "answers.csv")
    return [
        Section(say("part_gates"), gates_html(gates) if gates else ""),
        Section(say("part_queues"), queues_html(answers) if answers else ""),
    ]


def _told(main: Source, file: str) -> Told | None:
    """A table of the first folder, if it says anything."""
    frame = main.tables.get(file)
    return None if frame is None or not len(frame) else Told(f"{main.folder.name}/{file}", frame, main.said)


def _title(main: Source) -> str:
    names = [stage.name for stage in main.stages]
    if not names:
        return say("title_tables", folder=main.folder.name)
    return say("title_many", first=names[0], last=names[-1]) if len(names) > 1 else names[0]


def _subtitle(main: Source) -> str:
    if not main.stages:
        return ""
    stage = main.stages[0]
    period = stage.files.record["period"]
    values = {"first": period["first_day"], "days": period["days"], "zone": stage.zone}
    return say("subtitle", currency=stage.currency, **values)


def write_report(folders: Sequence[Path | str], out: Path | str, title: str = "") -> Path:
    """Write a report to a file; returns its path.

    Raises
    ------
    InputError: as ``report_html``, and when the file cannot be written.
    """
    text, path = report_html(folders, title), Path(out)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text)
    except OSError as problem:
        values = {"folder": str(path.parent), "why": str(problem.strerror or problem)}
        raise InputError(Message("files.not_written", values)) from problem
    return path
