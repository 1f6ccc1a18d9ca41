"""The files of a solve by who reads them, each with what it is for, and the first rows of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from planner.study.bundle import preview
from planner.ui import parts, state
from planner.ui.words import t

READERS: Mapping[str, tuple[str, ...]] = {
    "hr": ("changes.csv", "ledger.csv", "posts.csv"),
    "meeting": (
        *("answers.csv", "today.csv", "comparison.csv", "cost_parts.csv"),
        *("gates.csv", "mending.csv", "going_back.csv"),
    ),
    "customers": ("service.csv", "service_curve.csv", "backlog.csv", "publish.csv"),
    "planners": (
        *("cover.csv", "requirement.csv", "worth.csv", "occupancy.csv"),
        *("forecast.csv", "waterfall.csv", "accuracy.csv"),
    ),
    "proof": ("plan.json", "rollout.json"),
}
"""Files by who reads them: those of the stage on screen, and those of the whole solve."""


def of(stage: Path, whole: Path) -> dict[str, dict[str, Path]]:
    """The files that are there, by who reads them and by name."""
    return {
        reader: {
            name: path
            for name in names
            for path in (stage / name if (stage / name).exists() else whole / name,)
            if path.exists()
        }
        for reader, names in READERS.items()
    }


def show(found: Mapping[str, Mapping[str, Path]]) -> None:
    """What each file is for, and a button to download it."""
    for reader, files in found.items():
        if not files:
            continue
        st.header(t(f"export.reader_{reader}"))
        for name, path in files.items():
            said, button = st.columns([3, 1], vertical_alignment="center")
            said.markdown(f"**{name}**  \n{t(f'export.about_{path.stem}')}")
            with button:
                parts.download(path, t("export.get", file=name), width="stretch")


def show_preview(found: Mapping[str, Mapping[str, Path]]) -> None:
    """The first rows of one file, chosen in the address."""
    files = {path.stem: path for group in found.values() for path in group.values()}
    asked, key = state.ids().get("view", ""), "export-view"
    shown = asked if asked in files else next(iter(files))
    st.header(t("export.preview"))
    state.keep(key, shown)
    st.selectbox(
        t("export.file"),
        [*files],
        format_func=lambda stem: files[stem].name,
        key=key,
        on_change=lambda: state.go(view=state.typed(key)),
    )
    made = state.attempt(lambda: preview(files[shown]))
    state.show_mistakes()
    if made is None:
        return
    if made.empty:
        st.caption(t("export.empty"))
    with st.container(key="wide-export-preview"):
        parts.sideways()
        st.table(made, hide_index=True)
    st.caption(t("export.as_it_stands"))
