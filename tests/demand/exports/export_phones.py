# ruff: noqa: E501
# fmt: off
"""Call logs of phone systems, and contacts that a program has added up already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from export_world import (
    AUTUMN,
    LONDON,
    MADRID,
    ROME,
    Export,
    Ticket,
    clock,
    half_day,
    table,
    tickets,
    truth_of,
    workbook,
)

ISO = "%Y-%m-%d %H:%M:%S"
PHONE = ("phone",)


def calls(seed: int, zone: str, outbound: float = 0.35, first=AUTUMN) -> list[Ticket]:
    return tickets(seed, first, zone, channels=PHONE, outbound=outbound)


def log(name: str, titles: str, seed: int, row, zone: str, profile: str = "mapping", mark: str = ",",
        codec: str = "utf-8", outbound: float = 0.35, stated: bool = False, mapping=None, xlsx: bool = False,
        language: str = "en", **more) -> Export:
    found = calls(seed, zone, outbound)
    rows = [row(one, one.local(zone)) for one in found]
    header = titles.split("|")
    content = workbook(header, rows, **more) if xlsx else table(header, rows, mark, codec, **more)
    truth = truth_of(found, None if stated else zone, "phone", language)
    return Export(name, content, truth, profile, None if stated else zone, "xlsx" if xlsx else "csv",
                  mapping or {"default_channel": "phone"})


def made_calls() -> list[Export]:
    """Call logs."""
    side = lambda one, inside, outside: inside if one.inbound else outside  # noqa: E731
    return [
        log("aircall", "line|datetime (UTC)|number timezone|datetime (tz offset incl.)|country_code|direction|from|to|answered|missed_call_reason|user|duration (total)|duration (in call)|via|voicemail|monitored by|recording|cost|comments|tags|team|call quality|call id|waiting time",
            1, lambda one, at: ["Supporto", f"{one.at:%Y-%m-%d %H:%M:%S}", "Europe/Rome", f"{at:%Y-%m-%d %H:%M:%S}", "IT", side(one, "inbound", "outbound"), one.phone, "+390212345", "Yes", "", one.person, one.seconds + 20, one.seconds, "", "", "", "", 0, one.subject[:50], "", "IT", "", one.number, 7],
            "UTC", "aircall", stated=True),
        log("freepbx cdr", "calldate|clid|src|dst|dcontext|channel|dstchannel|lastapp|lastdata|duration|billsec|disposition|amaflags|accountcode|uniqueid|userfield|did|recordingfile|cnum|cnam",
            2, lambda one, at: [f"{at:{ISO}}", f'"{one.person}" <{one.phone}>', one.phone, "600", "from-trunk", f"PJSIP/{one.phone}-0001", "PJSIP/201-02", "Queue", "600,t", one.seconds + 9, one.seconds, "ANSWERED", 3, "", f"17{one.number}.{one.number}", "", "0212345", "", one.phone, one.person],
            ROME, outbound=0.0),
        log("3cx en", "Call Time|Caller ID|Destination|Status|Ringing|Talking|Totals|Cost|Reason|Direction|Call ID",
            3, lambda one, at: [f"{at:%Y-%m-%dT%H:%M:%S}", f"{one.person} ({one.phone})", f"{one.person} (201)", "Answered", clock(8), clock(one.seconds), clock(one.seconds + 8), "", "", side(one, "Inbound", "Outbound"), one.number],
            LONDON),
        log("3cx it", "Ora chiamata|ID chiamante|Destinazione|Stato|Squillo|Conversazione|Totali|Costo|Motivo|Direzione",
            4, lambda one, at: [f"{at:%d/%m/%Y %H:%M:%S}", f"{one.person} ({one.phone})", f"{one.person} (201)", "Risposta", clock(8), clock(one.seconds), clock(one.seconds + 8), "", "", side(one, "In entrata", "In uscita")],
            ROME, mark=";", codec="cp1252"),
        log("3cx es", "Hora de la llamada|ID de llamada|Origen|Destino|Estado|Timbrando|Hablando|Total|Coste|Sentido",
            5, lambda one, at: [f"{at:%d/%m/%Y %H:%M:%S}", one.number, f"{one.person} ({one.phone})", f"{one.person} (201)", "Contestada", clock(8), clock(one.seconds), clock(one.seconds + 8), "", side(one, "Entrante", "Saliente")],
            MADRID, mark=";"),
        log("voispeed it", "Data e ora|Tipo|Chiamante|Numero chiamante|Chiamato|Durata|Attesa|Esito|Servizio|Operatore",
            6, lambda one, at: [f"{at:%d/%m/%Y %H.%M.%S}", side(one, "Entrante", "Uscente"), one.person, one.phone, "0212345", clock(one.seconds), "00:00:07", "Risposta", "Assistenza clienti", one.person],
            ROME, mark=";", codec="utf-8-sig", mapping={"default_channel": "phone", "direction": "Tipo"}),
        log("avaya es", "Fecha|Hora|Duración|Extensión|Número|Tipo de llamada|Línea",
            7, lambda one, at: [f"{at:%d/%m/%y}", f"{at:%H:%M}", clock(one.seconds), "201", one.phone, side(one, "Entrante", "Saliente"), "Soporte"],
            MADRID, mark=";"),
        log("voicecom it workbook", "Data|Ora|Durata|Interno|Numero|Direzione|Coda", 8,
            lambda one, at: [at.date(), at.time(), timedelta(seconds=one.seconds), "201", one.phone, side(one, "Entrata", "Uscita"), "Assistenza"],
            ROME, xlsx=True, above=[["Report chiamate"], ["Operatore: Zenobia Quill"], []]),
        log("workbook of stamps with a title and a total", "ID|Inizio chiamata|Durata (sec)|Verso|Numero", 9,
            lambda one, at: [one.number, at.replace(tzinfo=None), one.seconds, side(one, "In arrivo", "In uscita"), one.phone],
            ROME, xlsx=True, above=[["Centralino"], ["dal 19/10/2025 al 2/11/2025"], []], below=[["Totale", None, 5000, None, None]]),
        log("call log with 12 hours in Spanish", "ID de llamada|Fecha y hora de inicio|Dirección|Número|Duración", 10,
            lambda one, at: [one.number, half_day(at, "%d/%m/%Y", ("a. m.", "p. m.")), side(one, "Entrante", "Saliente"), one.phone, clock(one.seconds)], MADRID),
        log("call log with hour and minute in two columns in English", "Call ID|Date|Time|Direction|Caller|Talk time", 11,
            lambda one, at: [one.number, f"{at:%m/%d/%Y}", half_day(at, "", seconds=False).strip(), side(one, "Inbound", "Outbound"), one.phone, one.seconds], LONDON),
    ]


def steps(found: Sequence[Ticket], minutes: int, zone: str | None) -> Counter:
    """Contacts by start of the interval (UTC) and queue."""
    size = 60 * minutes
    return Counter(
        (datetime.fromtimestamp(int(one.at.timestamp()) // size * size, UTC), f"{one.channel} {one.language}")
        for one in found
    )


def counts(name: str, minutes: int, seed: int, titles: str, form: str, zone: str | None, given: str | None = None,
           mark: str = ",", codec: str = "utf-8", profile: str = "counts", mapping=None, above: str = "",
           below: str = "", empty: bool = False) -> Export:
    """Counts whose stamps are local to ``zone`` (with their offset if nothing is ``given``)."""
    found = tickets(seed, AUTUMN, zone or "UTC", ("it", "en"), ("email",), per_day=60)
    counted = steps(found, minutes, zone)
    if empty:
        first, last = min(counted)[0], max(counted)[0]
        at = first
        while at <= last:
            for queue in ("email it", "email en"):
                counted[at, queue] += 0
            at += timedelta(minutes=minutes)
    rows = []
    for (at, queue), number in sorted(counted.items()):
        local = at.astimezone(ZoneInfo(zone or "UTC"))
        stamp = local.isoformat() if form == "iso" else local.strftime(form)
        rows.append([stamp, queue, number, 300][: len(titles.split("|"))])
    truth: Counter = Counter()
    for (at, queue), number in counted.items():
        channel, language = queue.split()
        if number:
            truth[int(at.timestamp()) // 900, channel, language] += number
    content = table(titles.split("|"), rows, mark, codec, above=above, below=below)
    return Export(name, content, dict(truth), profile, given or zone, mapping=mapping or {})


def made_counts() -> list[Export]:
    """Files of counts; of naive local stamps both turns of the repeated hour are there."""
    usual = "interval_start|queue|arrivals|aht_seconds"
    own = {"stamp": "Inizio intervallo", "queue": "Coda", "count": "Contatti"}
    return [
        *(counts(f"counts at {minutes} min", minutes, minutes, usual, "iso", ROME) for minutes in (5, 15, 30, 60)),
        *(counts(f"counts at {minutes} min with zeros", minutes, minutes, usual, "iso", ROME, empty=True) for minutes in (5, 15)),
        counts("counts at 10 min", 10, 3, usual, "iso", ROME),
        counts("counts at 1 min", 1, 3, usual, "iso", ROME),
        *(counts(f"naive counts at {minutes} min in Italian", minutes, 60 + minutes, "Inizio intervallo|Coda|Contatti|Durata media (sec)",
                 "%d/%m/%Y %H:%M", ROME, ROME, ";", "cp1252", "mapping", own, empty=True) for minutes in (5, 15, 30, 60)),
        counts("naive counts with zeros and a title", 30, 71, "Inizio intervallo|Coda|Contatti|Durata media (sec)",
               "%d/%m/%Y %H:%M", ROME, ROME, ";", "cp1252", "mapping", own, "Report: tickets per ora\r\n\r\n", "Totale;;1234;\r\n", empty=True),
        counts("naive counts told by title", 15, 72, usual, "%Y-%m-%d %H:%M", MADRID, MADRID),
        counts("explore by hour in English", 60, 73, "Ticket created - Hour (timestamp)|Ticket group|Tickets", "%Y-%m-%dT%H:%M:%S", LONDON, LONDON, profile="zendesk-explore",
               mapping={"queue": "Ticket group"}, empty=True),
    ]


def apart(name: str, seed: int, titles: str, day: str, hour, profile: str, zone: str, channel: str, mark: str = ",") -> Export:
    """Counts by day and hour in two columns, in spring, where one hour is not there."""
    found = tickets(seed, zone=zone)
    counted = Counter((one.local(zone).date(), one.local(zone).hour) for one in found)
    rows = [[at.strftime(day), hour(begin), f"1.{number:03d}", "Email"][: len(titles.split("|"))] for (at, begin), number in sorted(counted.items())]
    truth: Counter = Counter()
    for (at, begin), number in counted.items():
        start = datetime(at.year, at.month, at.day, begin, tzinfo=ZoneInfo(zone))
        truth[int(start.timestamp()) // 900, channel, "en"] += 1000 + number
    return Export(name, table(titles.split("|"), rows, mark, quoting=1), dict(truth), profile, zone)


def made() -> list[Export]:
    return [
        *made_calls(), *made_counts(),
        apart("explore by day and hour", 80, "Ticket created - Date|Ticket created - Hour|COUNT(Tickets)|Ticket channel", "%Y-%m-%d", str, "zendesk-explore", LONDON, "email"),
        apart("explore by day and hour in Italian", 81, "Ticket creato - Data|Ticket creato - Ora|COUNT(Ticket)|Canale ticket", "%Y-%m-%d", str, "zendesk-explore", ROME, "email"),
        apart("calls by range of hours in Italian", 82, "Data|Fascia oraria|Chiamate ricevute", "%d/%m/%Y", lambda hour: f"{hour:02d}:00 - {hour + 1:02d}:00", "mapping", ROME, "phone", ";"),
        apart("calls by hour in Spanish", 83, "Fecha|Franja horaria|Llamadas recibidas", "%d-%m-%Y", lambda hour: f"de {hour}:00 a {hour + 1}:00", "mapping", MADRID, "phone", ";"),
    ]
