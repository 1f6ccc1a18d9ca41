"""Downloads of files that were made, and how each begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import streamlit as st

from planner.study.bundle import zipped
from planner.study.export import Dossier, Made
from planner.study.export.glance import events_of, rows_of, sheet_of
from planner.ui import parts, state
from planner.ui.words import plain, t

if TYPE_CHECKING:
    import pandas as pd

MIME = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "text/yaml",
    ".zip": "application/zip",
}
CALENDARS, MESSAGES = "calendars/", "changes/"


def downloads(name: str, found: Made) -> None:
    """A button for each file that stands by itself; files of single people go together, and one by one."""
    files = {each: content for each, content in found.files.items() if "/" not in each}
    if name == "ics":
        files = {"calendars.zip": files["calendars.zip"]}
    elif name == "changes":
        files = {"changes.zip": zipped(found.files), **files}
    with st.container(horizontal=True):
        for number, (file, content) in enumerate(files.items()):
            button(file, content, first=number == 0)
    folder = {"ics": CALENDARS, "changes": MESSAGES}.get(name)
    if folder and (chosen := _person(found.files, folder)):
        button(PurePosixPath(chosen).name, found.files[chosen])


def button(file: str, content: bytes, first: bool = False) -> None:
    """A button that downloads a file."""
    st.download_button(
        t("export.get", file=file),
        data=content,
        file_name=file,
        mime=MIME.get(PurePosixPath(file).suffix, "application/octet-stream"),
        key=f"download-{file}",
        on_click="ignore",
        type="primary" if first else "secondary",
        icon=":material/download:",
    )


def show(name: str, found: Made, of: Dossier) -> None:
    """The beginning of each file that has one to show."""
    st.header(t("export.preview"))
    if name == "ics":
        chosen = _chosen(found.files, CALENDARS)
        if chosen:
            st.caption(t("export.next_entries", file=PurePosixPath(chosen).name, zone=of.zone))
            entries = events_of(found.files[chosen], of.zone, datetime.now(UTC))
            entries["status"] = [t(f"export.status_{status.lower()}") for status in entries["status"]]
            _table(entries.rename(columns={each: t(f"export.entry_{each}") for each in entries}), name)
        return
    if name == "changes" and (chosen := _chosen(found.files, MESSAGES)):
        st.code(found.files[chosen].decode(), language=None, wrap_lines=True)
    for file, content in found.files.items():
        if file.endswith(".xlsx"):
            st.caption(t("export.first_sheet"))
            _table(sheet_of(content), file)
        elif "/" not in file and not file.endswith((".html", ".json", ".zip")):
            st.markdown(f"**{plain(file)}**")
            _table(rows_of(content, found.encodings.get(file, "utf-8-sig")), file)
    st.caption(t("export.as_it_stands"))


def _table(frame: pd.DataFrame, key: str) -> None:
    if frame.empty:
        st.caption(t("export.empty"))
        return
    with st.container(key=f"wide-glance-{key.replace('.', '-')}"):
        parts.sideways()
        st.table(frame.map(plain), hide_index=True)


def _person(files: Mapping[str, bytes], folder: str) -> str:
    """The choice of one person's file."""
    names = _names(files, folder)
    if not names:
        return ""
    key = f"export-one-{folder[:-1]}"
    state.keep(key, _chosen(files, folder))
    st.selectbox(
        t("export.person"),
        names,
        format_func=lambda each: PurePosixPath(each).stem,
        key=key,
        on_change=_pick(key),
    )
    return _chosen(files, folder)


def _pick(key: str) -> Callable[[], None]:
    return lambda: state.keep(f"kept-{key}", state.typed(key))


def _chosen(files: Mapping[str, bytes], folder: str) -> str:
    names = _names(files, folder)
    kept = state.typed(f"kept-export-one-{folder[:-1]}")
    return kept if kept in names else next(iter(names), "")


def _names(files: Mapping[str, bytes], folder: str) -> list[str]:
    return [name for name in files if name.startswith(folder)]
