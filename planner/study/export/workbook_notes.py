"""What the judge says of a rota, and what letters, colours, hours and versions in its sheets mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.rota import Shift
from planner.study.export.workbook_ink import lines, put_across, put_number, put_text
from planner.study.export.workbook_marks import AROUND, hours_text
from planner.study.export.workbook_notices import changes_of, holidays_told
from planner.study.export.workbook_page import HEAD, HOLIDAY, LINE, OFF, Sheets, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDE = 660  # pixels of the column for sentences
_SPANS = 6  # hours of a kind of shift that are listed, most frequent first
_COUNTED = ("day", "elapsed", "paid", "classes", "contract", "totals")


def write_findings(sheets: Sheets) -> None:
    """What the judge objects to, or under which rules nothing; and what nobody checked."""
    sheet = _sheet(sheets, say("sheet_findings"), (_WIDE,))
    of = sheets.of
    row = _part(sheets, sheet, 3, say("findings"), of.findings or (_nothing(sheets),))
    if of.judged:
        _part(sheets, sheet, row + 1, say("not_checked"), of.not_checked or (say("all_checked"),))


def _nothing(sheets: Sheets) -> str:
    """What may be said where there is no finding; never more than this."""
    if not sheets.of.judged:
        return say("not_judged")
    used = {site for site in sheets.holidays}
    packs = sorted({site.country_rules for site in sheets.of.team.sites if site.name in used} - {""})
    return say("no_finding_under", packs=", ".join(packs)) if packs else say("no_finding")


def write_legend(sheets: Sheets) -> None:
    """What letters, colours, hours and versions mean."""
    sheet = _sheet(sheets, say("sheet_legend"), (70, 190, 330, 70))
    row = _letters(sheets, sheet, 3)
    row = _signs(sheets, sheet, row + 1)
    days = (*holidays_told(sheets, sheets.days), *changes_of(sheets, sheets.days))
    row = _part(sheets, sheet, row + 1, say("legend_holidays"), days or (say("none_here"),))
    row = _part(sheets, sheet, row + 1, say("legend_sites"), _sites(sheets))
    counted = [say(f"counted_{each}") for each in _COUNTED]
    row = _part(sheets, sheet, row + 1, say("legend_counted"), counted)
    versions = {say("rota_version"): sheets.version()} | dict(sheets.of.versions or {})
    told = [f"{name}: {version}" for name, version in versions.items()]
    _part(sheets, sheet, row + 1, say("legend_versions"), told)


def _sheet(sheets: Sheets, name: str, widths: Sequence[int]) -> Worksheet:
    """A sheet for reading, with the title on top."""
    sheet = sheets.sheet(name, upright=False)
    for column, width in enumerate(widths):
        sheet.set_column_pixels(column, column, width)
    put_text(sheet, 0, 0, sheets.title(sheets.days), sheets.ink.look(bold=True, font_size=13))
    put_text(sheet, 1, 0, f"{sheets.version()} · {sheets.clocks()}", sheets.ink.look())
    return sheet


def _part(sheets: Sheets, sheet: Worksheet, row: int, head: str, sentences: Sequence[str]) -> int:
    """A heading and sentences under it; returns the next row."""
    put_text(sheet, row, 0, head, sheets.ink.look(bold=True, font_size=11))
    look = sheets.ink.look(text_wrap=True, valign="top")
    across = (0, 3) if sheet.get_name() == say("sheet_legend") else (0, 0)
    for number, sentence in enumerate(sentences, row + 1):
        put_across(sheet, number, across, sentence, look)
        sheet.set_row(number, 11.5 * lines(sentence, _WIDE * 0.97) + 4)
    return row + 1 + len(sentences)


def _letters(sheets: Sheets, sheet: Worksheet, row: int) -> int:
    """Each letter with its colour, its kind of shift and its hours."""
    put_text(sheet, row, 0, say("legend_letters"), sheets.ink.look(bold=True, font_size=11))
    sheets.head(sheet, row + 1, [say("letter"), say("shift"), say("hours"), say("duties")])
    kinds: dict[str, list[Shift]] = defaultdict(list)
    for shift in sheets.of.rota.shifts:
        kinds[shift.name].append(shift)
    common = {"border": 1, "border_color": LINE}
    for number, name in enumerate(sheets.marks.letter, row + 2):
        kind = kinds[name][0].kind
        opens, closes = AROUND[kind]
        colour = sheets.ink.look(bg_color=sheets.marks.colour[name], align="center", bold=True, **common)
        put_text(sheet, number, 0, f"{opens}{sheets.marks.letter[name]}{closes}", colour)
        told = (f"{name} ({say(f'kind_{kind}')})", _spans(kinds[name]))
        for column, text in enumerate(told, 1):
            put_text(sheet, number, column, text, sheets.ink.look(text_wrap=True, **common))
        put_number(sheet, number, 3, len(kinds[name]), sheets.ink.look(num_format="0", **common))
        sheet.set_row(number, 11.5 * max(lines(told[0], 180), lines(told[1], 320)) + 4)
    return row + 2 + len(kinds)


def _spans(shifts: Sequence[Shift]) -> str:
    """The hours that a kind of shift has, the most frequent first."""
    found: dict[str, int] = defaultdict(int)
    for shift in shifts:
        found[hours_text(shift)] += 1
    spans = sorted(found, key=lambda text: (-found[text], text))
    return ", ".join(spans[:_SPANS]) + (", …" if len(spans) > _SPANS else "")


def _signs(sheets: Sheets, sheet: Worksheet, row: int) -> int:
    """Signs of kinds of duty, days away, shades."""
    put_text(sheet, row, 0, say("legend_signs"), sheets.ink.look(bold=True, font_size=11))
    marked = [
        *(("".join(AROUND[kind]), "", say(f"sign_{kind}")) for kind in ("on_call", "training", "meeting")),
        (say("away"), "", say("sign_away")),
        (say("not_employed"), "", say("sign_not_employed")),
        ("", OFF, say("sign_weekend")),
        ("*", HOLIDAY, say("sign_holiday")),
        ("°", HEAD, say("sign_change")),
    ]
    for number, (sign, colour, text) in enumerate(marked, row + 1):
        more = {"bg_color": colour} if colour else {}
        put_text(sheet, number, 0, sign, sheets.ink.look(align="center", border=1, border_color=LINE, **more))
        put_across(sheet, number, (1, 3), text, sheets.ink.look(text_wrap=True))
        sheet.set_row(number, 11.5 * lines(text, 560) + 4)
    return row + 1 + len(marked)


def _sites(sheets: Sheets) -> list[str]:
    """Each site with its clock and its night."""
    told = []
    for site in sheets.of.team.sites:
        if site.name in sheets.holidays:
            opens, closes = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in site.night)
            told.append(f"{site.name}: {site.zone} · {say('night_from')} {opens}-{closes}")
    return told
