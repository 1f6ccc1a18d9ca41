"""What became of the rows of a file: figures, reasons, and the first that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from planner.ui import parts
from planner.ui.words import plain, t


def figures(told: Mapping[str, Any]) -> None:
    """Rows read, kept and left out."""
    read, kept, left = st.columns(3)
    read.metric(t("demand.read"), parts.number(told["rows_read"]))
    counts = told["profile"] == "counts"  # of which a row holds many contacts
    contacts = sum(told["queues"].values()) if counts else told["rows_kept"]
    kept.metric(t("demand.kept"), parts.number(contacts))
    left.metric(t("demand.left_out"), parts.number(sum(told["left_out"].values())))


def in_full(told: Mapping[str, Any]) -> None:
    """What became of each row of a file, with the first that cannot be read."""
    zone = told["zone"] or t("demand.history_own_offsets")
    first, last = ((at or "–")[:16].replace("T", " ") for at in (told["first"], told["last"]))
    values = {**{key: told[key] for key in ("file", "profile")}, "zone": zone, "first": first, "last": last}
    by_hand = told["profile"] == "mapping"
    st.write(plain(t("demand.history_file_by_hand" if by_hand else "demand.history_file", **values)))
    if told["left_out"]:
        reasons = {
            t("demand.history_rows"): [parts.number(rows) for rows in told["left_out"].values()],
            t("demand.history_reason"): [t(f"demand.left_{reason}") for reason in told["left_out"]],
        }
        parts.wide_table(pd.DataFrame(reasons), "left-out")
    queues = ", ".join(f"{name} {parts.number(contacts)}" for name, contacts in told["queues"].items())
    st.write(plain(f"{t('demand.history_queues')}: {queues}"))
    for sentence in told["notices"]:
        st.markdown(f"- {plain(sentence)}")
    bad_rows(told["errors"])
    st.caption(t("demand.history_sha", sha=told["sha256"][:12]))


def bad_rows(sentences: Sequence[str]) -> None:
    """The first rows that cannot be read, each with its record and line."""
    if sentences:
        with st.expander(t("demand.history_errors", count=len(sentences))):
            for sentence in sentences:
                st.caption(plain(sentence))
