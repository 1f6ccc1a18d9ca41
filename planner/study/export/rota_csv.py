"""``rota.csv`` as people and machines want it."""

from __future__ import annotations

from planner.rota import rota_frame
from planner.study.export.dialect import dialect_bytes, dialect_named
from planner.study.export.dossier import Dossier
from planner.study.export.made import Made

FILE = "rota.csv"


def rota_csv(of: Dossier, dialect: str = "plain", split: bool = False, raw: bool = False) -> Made:
    """The rota with one row per shift.

    Parameters
    ----------
    dialect: "plain", or for Excel in Italian, French, German, Portuguese: "it", "fr", "de", "pt".
    split: a row for each local day of a shift.
    raw: text as it is, for machines; a spreadsheet may run it.

    Raises
    ------
    InputError: if there is no such dialect.
    """
    frame = rota_frame(of.rota, of.team, of.terms, of.rota_version, split=split)
    if of.published_at is not None:
        frame = frame.assign(status="published")
    return Made({FILE: dialect_bytes(FILE, frame, dialect_named(dialect), raw)})
