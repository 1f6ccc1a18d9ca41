"""Compare: scenarios side by side, differences first, what makes the cost differ, one scale for all."""

import streamlit as st

from planner.study import charts, tables
from planner.study.compare_view import compared, other_periods, sides_of
from planner.ui import parts, state
from planner.ui.results import found, gates, picks
from planner.ui.words import plain, t

st.title(t("nav.compare"))
shown = found.need()
picks.choose_solve(shown)
every = state.attempt(lambda: sides_of(shown.folder))
state.show_mistakes()
if every is None:
    st.stop()
if len(every) < 2:
    st.info(t("compare.fewer_than_two"), icon=":material/info:")
    parts.link("rollout", t("results.to_ladder"), ":material/arrow_forward:")
    st.stop()
sides = {side.number: side for side in every}
picked = picks.choose(sides)
mine = [sides[number] for number in picked.numbers]
if len(mine) < 2:
    st.info(t("compare.pick_two"), icon=":material/info:")
    st.stop()
others = other_periods(mine)
if others:
    st.error(plain(t("compare.other_period", names=", ".join(others), first=mine[0].scenario)))
    st.stop()
picks.say_lacking(mine)
made = compared(shown.folder, [side.scenario for side in mine])
parts.wide_table(charts.figures_table(made.figures, verdicts=True), "compare-table")
st.caption(t("compare.meaning", base=plain(mine[0].scenario)))
st.caption(t("compare.paired" if made.paired else "compare.not_paired"))
st.header(t("compare.cost"))
target = picks.choose_target(picked, sides)
parts.wide_chart(charts.cost_parts_chart(made.costs, target.scenario), "compare-cost")
st.caption(t("compare.cost_meaning"))
st.header(t("compare.one_scale"))
kept = [side for side in mine if side.folder is not None]
part = parts.choose_part(("cover", "promise") if kept else ("promise",), "compare")
if part == "cover":
    panels = [(side.scenario, tables.read_csv(side.folder / "cover.csv")) for side in kept if side.folder]
    zone = state.plan_files(shown.job, kept[0].number).record["period"]["zone"]
    parts.wide_chart(charts.cover_panels(panels, zone), "compare-cover")
    st.caption(t("compare.cover_meaning"))
else:
    parts.wide_chart(charts.promise_panels(made.figures), "compare-promise")
    st.caption(t("compare.promise_meaning"))
if shown.job.kind == found.ROLLOUT:
    st.header(t("compare.gates"))
    state.attempt(lambda: gates.show(shown, mine))
    state.show_mistakes()
parts.next_page("export")
