# ruff: noqa: E501
# fmt: off
"""One desk's tickets, as spreadsheets and joins leave them."""

from __future__ import annotations

from export_world import (
    AUTUMN,
    MADRID,
    ROME,
    SPRING,
    Export,
    half_day,
    serial,
    table,
    tickets,
    truth_of,
    workbook,
)

IT = ("ID ticket", "Oggetto", "Richiedente", "E-mail", "Canale", "Creato il", "Risolto il", "Durata (min)")


def rows_of(found, zone, stamp, plain=False):
    words = {"email": "E-mail", "phone": "Telefono"}
    rows = []
    for one in found:
        subject = one.subject.replace("😀 ", "").replace(" 🙏", "") if plain else one.subject
        minutes = f"{one.seconds / 60:.2f}".replace(".", ",")
        rows.append([one.number, subject, one.person, one.address, words[one.channel], stamp(one.local(zone)),
                     stamp(one.solved.astimezone(one.local(zone).tzinfo)), minutes])
    return rows


def variant(name, seed, make, stamp=lambda at: f"{at:%d/%m/%Y %H:%M}", zone=ROME, first=SPRING, plain=False, suffix="csv", factor=1) -> Export:
    found = tickets(seed, first, zone, channels=("email", "phone"))
    return Export(name, make(rows_of(found, zone, stamp, plain)), truth_of(found, zone, language="en"), "mapping", zone, suffix)


def again(rows):
    return [row for at, row in enumerate(rows) for row in ([IT, row] if at in (100, 300) else [row])]


def made() -> list[Export]:
    joined = lambda rows: table(IT, rows[:250], ";", "utf-8-sig") + table(IT, rows[250:], ";", "utf-8-sig")  # noqa: E731
    wide = lambda rows: table([*IT, "", "", ""], [[*row, "", "", ""] for row in rows], ";", "cp1252")  # noqa: E731
    title = "Report: tickets per ora\r\n\r\n"
    head = "Ragione sociale: Zenobia Quill S.r.l.\r\nPeriodo;dal 16/03/2026;al 05/04/2026\r\n\r\n"
    return [
        variant("semicolon, cp1252", 1, lambda rows: table(IT, rows, ";", "cp1252"), plain=True, first=AUTUMN),
        variant("tabs, utf-16", 2, lambda rows: table(IT, rows, "\t", "utf-16")),
        variant("tabs, utf-16 big end first", 3, lambda rows: b"\xfe\xff" + table(IT, rows, "\t", "utf-16-be")),
        variant("sep line", 4, lambda rows: table(IT, rows, ";", above="sep=;\r\n")),
        variant("sep line with mark", 5, lambda rows: table(IT, rows, ";", "utf-8-sig", above="sep=;\r\n")),
        variant("sep line in utf-16", 6, lambda rows: table(IT, rows, "\t", "utf-16", above="sep=\t\r\n")),
        variant("serials", 7, lambda rows: table(IT, rows, ";"), lambda at: f"{serial(at):.10f}".replace(".", ",")),
        variant("serials with a point", 8, lambda rows: table(IT, rows), lambda at: f"{serial(at):.9f}"),
        variant("12 hours", 9, lambda rows: table(IT, rows), lambda at: half_day(at, "%d/%m/%Y")),
        variant("12 hours in small letters", 10, lambda rows: table(IT, rows), lambda at: half_day(at, "%d/%m/%Y", ("am", "pm"), False)),
        variant("12 hours month first", 11, lambda rows: table(IT, rows), lambda at: half_day(at, "%m/%d/%Y")),
        variant("trailing empty columns", 12, wide, plain=True),
        variant("trailing marks in rows", 13, lambda rows: table(IT, [[*row, "", ""] for row in rows], ";")),
        variant("total line", 14, lambda rows: table(IT, [*rows, ["Totale", "", "", "", "", "", "", "1234,5"]], ";")),
        variant("count in the last line", 15, lambda rows: table(IT, rows, ";", below="\r\n504 righe\r\n")),
        variant("total in Spanish", 16, lambda rows: table(IT, [*rows, ["Total general", 504]], ";"), zone=MADRID),
        variant("title above", 17, lambda rows: table(IT, rows, ";", above=title)),
        variant("titles with cells above", 18, lambda rows: table(IT, rows, ";", above=head)),
        variant("title above in utf-16", 19, lambda rows: table(IT, rows, "\t", "utf-16", above=head)),
        variant("title above, comma", 20, lambda rows: table(IT, rows, ",", above='"Elenco ticket, marzo"\r\n\r\n')),
        variant("title filled up with marks", 21, lambda rows: table(IT, rows, ";", above="Elenco ticket;;;;;;;\r\n;;;;;;;\r\n")),
        variant("joined files with a mark inside", 22, joined),
        variant("header again", 23, lambda rows: table(IT, again(rows), ";")),
        variant("CR only", 24, lambda rows: table(IT, rows, ";", end="\r", quoting=1)),
        variant("LF only", 25, lambda rows: table(IT, rows, ";", end="\n")),
        variant("all quoted", 26, lambda rows: table(IT, rows, quoting=1)),
        variant("points in the clock", 27, lambda rows: table(IT, rows, ";"), lambda at: f"{at:%d/%m/%Y %H.%M}"),
        variant("points in the date", 28, lambda rows: table(IT, rows, ";"), lambda at: f"{at:%d.%m.%Y, %H:%M}"),
        variant("long dates", 29, lambda rows: table(IT, rows, ";"), lambda at: f"{at.day} {['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno', 'luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre'][at.month - 1]} {at.year} {at:%H:%M}"),
        variant("long dates in Spanish", 30, lambda rows: table(IT, rows, ";"), lambda at: f"{at.day} de {['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'][at.month - 1]} de {at.year}, {at:%H:%M}", zone=MADRID),
        variant("weekday and date", 31, lambda rows: table(IT, rows, ";"), lambda at: f"{['lun', 'mar', 'mer', 'gio', 'ven', 'sab', 'dom'][at.weekday()]} {at:%d/%m/%Y %H:%M}"),
        variant("workbook", 32, lambda rows: workbook(IT, rows), lambda at: at.replace(tzinfo=None), suffix="xlsx"),
        variant("workbook of texts", 33, lambda rows: workbook(IT, rows, [["Elenco ticket"], ["Zenobia Quill"], []], [["Totale", 504]]), suffix="xlsx"),
        variant("workbook under another name", 34, lambda rows: workbook(IT, rows), lambda at: at.replace(tzinfo=None)),
        variant("apostrophes of Excel", 35, lambda rows: table(IT, rows, ";"), lambda at: f"'{at:%d/%m/%Y %H:%M}"),
        variant("empty rows between", 36, lambda rows: table(IT, [each for row in rows for each in (row, [])], ";")),
        variant("bars", 37, lambda rows: table(IT, rows, "|")),
        variant("offsets in the stamps", 38, lambda rows: table(IT, rows), lambda at: at.isoformat(timespec="seconds")),
    ]
