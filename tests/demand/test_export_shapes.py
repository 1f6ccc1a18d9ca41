"""What real exports hold beside tickets: texts over many lines, marks, footers, equal names, other months."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from planner.demand import HistorySource, Promise, Queue, read_history

AS_OF = datetime(2026, 12, 1, tzinfo=UTC)
ITALIAN = [Queue("email it", "email", "it", 600, Promise(0.9, 7200))]
TIMES = [datetime(2026, 1, 5, 0, 30, tzinfo=UTC) + timedelta(hours=3.7 * number) for number in range(400)]
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
JIRA = {
    "it": (
        "Riepilogo,Chiave ticket,ID ticket,Tipo ticket,Stato,Chiave progetto,Nome progetto,Tipo di progetto,"
        "Creato,Risolto,Descrizione",
        "Etichette",
        ("gen", "feb", "mar", "apr", "mag", "giu"),
    ),
    "es": (
        "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Clave del proyecto,"
        "Nombre del proyecto,Tipo de proyecto,Creada,Resuelta,Descripción",
        "Etiquetas",
        ("ene.", "feb.", "mar.", "abr.", "may.", "jun."),
    ),
    "en": (
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Project type,Created,Resolved,"
        "Description",
        "Labels",
        ENGLISH,
    ),
}


def read(file, queues=ITALIAN, **more):
    return read_history([HistorySource(file, zone="Europe/Rome", as_of=AS_OF, **more)], queues)


def jira_stamp(at: datetime, months: tuple[str, ...]) -> str:
    half = "AM" if at.hour < 12 else "PM"
    return f"{at.day:02d}/{months[at.month - 1]}/{at.year % 100} {at.hour % 12 or 12}:{at.minute:02d} {half}"


def as_expected(history) -> bool:
    """The same counts as the plain list of times."""
    return history.report.rows_kept == 400 and history.report.first_at == datetime(
        2026, 1, 4, 23, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("language", sorted(JIRA))
def test_jira_in_its_languages_with_hundreds_of_equal_names(write, language):
    titles, labels, months = JIRA[language]
    lines = [",".join([titles, *[labels] * 216, *["Custom field (x)"] * 100])]
    text = '"over\nmany lines, with ""quotes"" and ,\n\nempty ones"'
    for number, at in enumerate(TIMES):
        stamp = jira_stamp(at, months)
        cells = ["a", f"SUP-{number}", str(number), "b", "c", "SUP", "d", "service_desk", stamp, stamp, text]
        lines.append(",".join([*cells, "vip", "refund", *[""] * 314]))
    history = read(write(lines))
    assert as_expected(history)
    assert history.report.profile == "jira"
    assert set(history.panels.topics["topic"]) <= {"vip", "refund"}
    assert history.panels.weeks["solved"].sum() == 400


def test_freshdesk_with_mark_and_windows_lines(write):
    lines = [
        "\ufeffTicket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,"
        "Resolved time,Last update time,"
        "Initial response time,First response time (in hrs),Resolution time (in hrs),Tags,,"
    ]
    for number, at in enumerate(TIMES):
        stamp = f"{at:%Y-%m-%d %H:%M:%S}"
        took = "01:30:00" if number % 3 else ""
        lines.append(
            f'{number},"Ciao\r\n""aiuto""",Closed,Low,Email,Q,A,IT,{stamp},,{stamp},{stamp},,{took},,it,,'
        )
    history = read(write(("\r\n".join(lines) + "\r\n").encode()))
    assert as_expected(history)
    within = history.panels.replies.set_index(["arrived", "within_seconds"])["share"].loc["all"]
    assert within[3600.0] == 0
    assert within[7200.0] == 1


def test_a_report_in_utf_16_with_tabs_and_lines_of_its_own(write):
    lines = [
        "Case Number\tDate/Time Opened\tDate/Time Closed\tStatus\tPriority\tCase Origin\tCase Owner\tSubject"
    ]
    lines += [f"{n:08d}\t{at:%d/%m/%Y %H.%M}\t\tClosed\tLow\tEmail\tAnna\tx" for n, at in enumerate(TIMES)]
    lines += ["", '"Grand Totals (400 records)"', '"Confidential Information - Do Not Distribute"']
    lines += ['"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."']
    history = read(write("\r\n".join(lines).encode("utf-16")))
    assert as_expected(history)
    assert history.report.left_out == {"below": 3}


def test_a_total_below_and_the_header_again_between(write):
    lines = ["id;creato il;durata (min)"]
    for number, at in enumerate(TIMES):
        if number == 200:
            lines += ["", ";;", "id;creato il;durata (min)"]
        lines.append(f"{number};{at:%d/%m/%Y %H:%M};12,5")
    lines += [";;", "Totale: 400;;", ""]
    mapping = {"stamp": "Creato il", "id": "ID", "aht": "Durata (min)"}
    history = read(write("\n".join(lines).encode("cp1252")), profile="mapping", mapping=mapping)
    assert as_expected(history)
    assert history.report.left_out == {"below": 1, "header_again": 1}
    assert set(history.frame["handle_seconds"]) == {750.0}


def test_a_last_row_that_is_cut_off_is_a_bad_row(write):
    lines = [f"{number},{at:%Y-%m-%d %H:%M},Anna,x" for number, at in enumerate(TIMES)]
    file = write(["id,created,who,what", *lines, "400,2026-03-08 10:00,An"])
    history = read(file, profile="mapping", mapping={"stamp": "created"})
    assert history.report.left_out == {"ragged": 1}


@pytest.mark.parametrize(
    "form",
    ["%Y-%m-%dT%H:%M:%S.000+0000", "%Y-%m-%d %H:%M:%S UTC", "%Y%m%dT%H%M%SZ", "%a, %d %b %Y %H:%M:%S +0000"],
)
def test_instants_in_every_usual_writing(write, form):
    lines = ["created", *(f'"{at.strftime(form)}"' for at in TIMES)]
    file = write(lines)
    history = read_history([HistorySource(file, "mapping", None, {"stamp": "created"}, as_of=AS_OF)], ITALIAN)
    assert history.report.first_at == TIMES[0]
    assert history.report.rows_kept == 400


@pytest.mark.parametrize("factor", [1, 1000])
def test_epochs_are_in_utc(write, factor):
    lines = ["id,createdate", *(f"{n},{int(at.timestamp()) * factor}" for n, at in enumerate(TIMES))]
    source = HistorySource(write(lines), "mapping", None, {"stamp": "createdate"}, as_of=AS_OF)
    assert read_history([source], ITALIAN).report.first_at == TIMES[0]
