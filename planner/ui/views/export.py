"""Download: the files of a plan."""

import streamlit as st

from planner.ui import parts
from planner.ui.words import t

st.title(t("download.title"))
results = parts.need_results("download")
st.write(t("download.lead"))
stage, whole = results.files.folder, results.folder
TABLES = (
    *("rota", "changes", "ledger", "cover", "posts", "worth", "requirement", "forecast"),
    *("service", "service_curve", "backlog", "occupancy"),
)
for path in (
    *(path for name in TABLES if (path := stage / f"{name}.csv").exists()),
    stage / "plan.json",
    whole / "comparison.csv",
    whole / "gates.csv",
):
    said, button = st.columns([3, 1], vertical_alignment="center")
    said.markdown(f"**{path.name}**  \n{t('download.' + path.stem)}")
    with button:
        parts.download(path, t("download.get", file=path.name), width="stretch")
