"""Download: the files of a plan."""

import streamlit as st

from planner.ui import parts
from planner.ui.words import t

st.title(t("download.title"))
results = parts.need_results("download")
st.write(t("download.lead"))
stage, whole = results.files.folder, results.folder
for path in (
    *(stage / f"{name}.csv" for name in ("rota", "cover", "requirement", "forecast", "service")),
    stage / "plan.json",
    whole / "comparison.csv",
    whole / "gates.csv",
):
    said, button = st.columns([3, 1], vertical_alignment="center")
    said.markdown(f"**{path.name}**  \n{t('download.' + path.stem)}")
    button.download_button(
        t("download.get"),
        data=path.read_bytes(),
        file_name=path.name,
        mime="application/json" if path.suffix == ".json" else "text/csv",
        key=f"download-{path.name}",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
