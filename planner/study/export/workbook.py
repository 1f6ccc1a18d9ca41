"""``rota.xlsx``: the rota to print and pin up, with hours, fairness, shifts, findings and a legend.

Sheets speak the language that is spoken here. Totals are values; there is no formula, link or macro in the
file, and nobody's pay. The same rota gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO

from planner.study.export.dossier import Dossier
from planner.study.export.made import Made
from planner.study.export.workbook_grid import write_grids
from planner.study.export.workbook_ink import FONT, cell_text
from planner.study.export.workbook_notes import write_findings, write_legend
from planner.study.export.workbook_page import sheets_of
from planner.study.export.workbook_tables import write_fairness, write_hours, write_shifts

ROTA_XLSX = "rota.xlsx"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Excel counts widths of columns in digits of this font.
    "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": False},
}


def rota_xlsx(of: Dossier) -> Made:
    """The rota as an Excel workbook.

    Sheets: the rota as people by days (a sheet for up to four weeks, one page wide on A4), hours, fairness,
    shifts, findings, legend.

    Parameters
    ----------
    of: the rota with its people, findings and versions.

    Examples
    --------
    >>> from datetime import date
    >>> from planner.people import Agent, Site, Team
    >>> from planner.rota import PayTerms, Rota
    >>> team = Team((Agent("Ana", "Rome", "Europe/Rome", {"it": None}),), (Site("Rome", "Europe/Rome"),))
    >>> rota = Rota("desk", date(2026, 3, 30), 7, ("Ana",), ())
    >>> made = rota_xlsx(Dossier("desk", "Europe/Rome", "EUR", rota, team, PayTerms({}, {}, {})))
    >>> made.files["rota.xlsx"][:2]
    b'PK'
    """
    from xlsxwriter import Workbook  # only who writes sheets waits for it

    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    sheets = sheets_of(of, book)
    # No clock of the machine: the file is dated as the rota is.
    created = of.published_at or datetime.combine(of.rota.first_day, time(), UTC)
    book.set_properties({"title": cell_text(of.scenario)[:200], "created": created.replace(tzinfo=None)})
    write_grids(sheets)
    write_hours(sheets)
    write_fairness(sheets)
    write_shifts(sheets)
    write_findings(sheets)
    write_legend(sheets)
    book.close()
    return Made({ROTA_XLSX: out.getvalue()})
