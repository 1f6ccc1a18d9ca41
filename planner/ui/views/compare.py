"""Compare: stages side by side, differences first, gates in words."""

import streamlit as st

from planner.study import charts, tables
from planner.ui import parts
from planner.ui.words import t

st.title(t("compare.title"))
results = parts.need_results("compare", choose=False)
figures = tables.read_csv(results.folder / "comparison.csv")
gates = tables.read_csv(results.folder / "gates.csv")
stages = results.record["stages"]
if len(stages) < 2:
    st.info(t("compare.fewer_than_two"), icon=":material/info:")
    parts.link("solve", t("empty.to_solve"), ":material/arrow_forward:")
parts.chart(charts.cost_by_stage(figures), "compare-cost")
parts.wide_table(charts.figures_table(figures), "compare-table")
st.caption(t("compare.meaning"))
st.subheader(t("compare.gates"))
for stage in stages:
    go = stage["go"]
    answer = t("compare.no_gates") if go is None else t("compare.go") if go else t("compare.no_go")
    with st.container(border=True):
        st.markdown(f"**{stage['number']}. {stage['scenario']}** · {answer}")
        for gate in gates[gates["number"] == stage["number"]].itertuples():
            mark = ":green[:material/check_circle:]" if gate.answer == "go" else ":red[:material/cancel:]"
            found = parts.spoken(results, gate.finding)
            st.markdown(f"{mark} {t('compare.' + gate.answer.replace('-', '_'))}: {found}")
parts.next_page("export")
