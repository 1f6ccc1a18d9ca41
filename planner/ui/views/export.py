"""Files: what HR, people, other systems, payroll and a meeting take away, each with what it is for."""

import streamlit as st

from planner.ui import parts, state
from planner.ui.results import completing, exports, files, readers
from planner.ui.rota.shown import shown
from planner.ui.words import t

st.title(t("nav.export"))
results = parts.need_results("export")
of = shown(results)
st.write(t("export.lead"))
rotas = exports.rotas(of)
rota = exports.choose(of, rotas)
dossier = state.attempt(lambda: exports.dossier(of, rota, rotas))
state.show_mistakes()
if dossier is not None:
    dossier = completing.complete(dossier)
part = parts.choose_part((*readers.READERS, "plan", "everything"), "export")
if part == "plan":
    readers.plan(of)
    there = files.of(of.files.folder, results.folder)
    files.show(there)
    files.show_preview(there)
elif part == "everything":
    readers.everything(of, rota, rotas, dossier)
elif dossier is not None:
    readers.section(part, of, rota, rotas, dossier)
