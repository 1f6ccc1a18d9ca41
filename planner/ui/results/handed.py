"""Files to hand on: one format of a reader's group with its options, who is left out, and its beginning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import streamlit as st

from planner.study.export import FORMATS, Dossier, Made, Wanted, make
from planner.study.export.dialect import DIALECTS
from planner.study.export.pay_month import PayMonth, months_of
from planner.study.export.template import from_template, template_text
from planner.study.export.template_reading import read_template
from planner.ui import state
from planner.ui.results import glances
from planner.ui.words import listen, plain, t

OWN = "own"
MONTHLY = ("hours", "payroll-lines")
"""Formats of which a payroll month can be asked."""
GROUPS = {
    reader: (*(name for name, each in FORMATS.items() if each.reader == reader), *own)
    for reader, own in (("hr", ()), ("people", ()), ("systems", (OWN,)), ("payroll", ()))
}
"""Formats by who wants them; the last of the systems is one's own."""


def choose(reader: str) -> str:
    """The choice among the formats of a group, each with what it is for; kept in the address."""
    names, asked, key = GROUPS[reader], state.ids().get("view", ""), f"export-format-{reader}"
    chosen = asked if asked in names else names[0]
    if len(names) == 1:
        st.markdown(f"**{t(f'export.name_{_word(chosen)}')}**  \n{t(f'export.for_{_word(chosen)}')}")
        return chosen
    state.keep(key, chosen)
    st.radio(
        t("export.format"),
        names,
        format_func=lambda name: t(f"export.name_{_word(name)}"),
        captions=[t(f"export.for_{_word(name)}") for name in names],
        key=key,
        on_change=lambda: state.go(view=state.typed(key)),
    )
    return chosen


def wanted(follows: Wanted) -> Wanted:
    """How this visit wants its files, as its options were left.

    Parameters
    ----------
    follows: what was told before, and which version changes are told against.
    """
    dialect, split, raw = (_kept(key, usual) for key, usual in _OPTIONS.items())
    return Wanted(dialect, split, raw, follows.follows, follows.against, _kept("export-month", ""))


_OPTIONS: dict[str, Any] = {"export-dialect": "plain", "export-split": False, "export-raw": False}


def options(name: str, of: Dossier) -> None:
    """What can be asked of a format."""
    if name in ("csv", "hours"):
        said = t("export.dialect")
        _choice("export-dialect", tuple(DIALECTS), lambda each: t(f"export.dialect_{each}"), said)
    if name == "csv":
        for key in ("export-split", "export-raw"):
            said = key.removeprefix("export-")
            state.keep(key, _kept(key, False))
            st.checkbox(t(f"export.{said}"), key=key, on_change=_keeping(key), help=t(f"export.{said}_help"))
    elif name in MONTHLY:
        _month(of)


def _month(of: Dossier) -> PayMonth | None:
    """The choice of a payroll month; None: the whole period."""
    last = of.rota.first_day + timedelta(days=of.rota.days - 1)
    months = {str(month): month for month in months_of(of.rota.first_day, last, of.payroll)}
    _choice("export-month", ("", *months), lambda each: each or t("export.whole_period"), t("export.month"))
    st.caption(t("export.month_meaning"))
    return months.get(_kept("export-month", ""))


def made(name: str, of: Dossier, how: Wanted) -> Made | None:
    """The files of a format; None where they cannot be made, then a sentence says why, or what to do."""
    listen()
    if name == OWN:
        return _own(of)
    if name == "changes" and how.against is None:
        st.info(t("export.no_version_before"), icon=":material/info:")
        return None
    return state.attempt(lambda: make(of, [name], how))


def hand_on(name: str, found: Made) -> None:
    """Who is left out, and asked for; the downloads; what its readers should know; the first rows."""
    listen()
    for sentence in found.lacking:
        st.warning(plain(str(sentence)), icon=":material/person_alert:")
    ready = True
    if not found.files:
        return
    if found.lacking:
        st.caption(t("export.as_they_were"))
        ready = st.checkbox(t("export.rest"), key=f"export-rest-{name}")
    if ready:
        glances.downloads(name, found)
    for sentence in found.notices:
        st.caption(plain(str(sentence)))


def _own(of: Dossier) -> Made | None:
    """The file of a template that somebody uploads."""
    names = GROUPS["systems"][:-1]
    _choice("export-start", names, lambda each: t(f"export.name_{_word(each)}"), t("export.own_start"))
    start = _kept("export-start", names[0])
    glances.button(f"{start}.yaml", template_text(start).encode())
    given = st.file_uploader(t("export.own_upload"), type=["yaml", "yml"], key="export-own")
    if given is None:
        return None
    template = state.attempt(lambda: read_template(given.getvalue(), given.name))
    if template is None:
        return None
    month = _month(of) if template.rows == "pay" else None
    return state.attempt(lambda: from_template(of, template, month))


def _choice(key: str, among: tuple[str, ...], said: Callable[[str], str], label: str) -> None:
    """A list whose choice outlives a look at another page."""
    if _kept(key, among[0]) not in among:  # of another rota
        state.keep(f"kept-{key}", among[0])
    state.keep(key, _kept(key, among[0]))
    st.selectbox(label, among, format_func=said, key=key, on_change=_keeping(key))


def _kept(key: str, usual: Any) -> Any:
    kept = state.typed(f"kept-{key}")
    return usual if kept is None else kept


def _keeping(key: str) -> Callable[[], None]:
    return lambda: state.keep(f"kept-{key}", state.typed(key))


def _word(name: str) -> str:
    return name.replace("-", "_")
