# fmt: off
"""Three weeks of a help desk around a change of the clocks, and the ways in which programs write them."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ROME, MADRID, LONDON = "Europe/Rome", "Europe/Madrid", "Europe/London"
PERSONS = ("Zenobia Quill", "Ottavio Brambati", "Íñigo Zubizarreta")
ADDRESSES = ("zenobia.quill@example.com", "o.brambati@example.it", "inigo@zubizarreta.example.es")
NUMBERS = ("+393471239876", "00346559871234", "0245981276")
SECRETS = (
    *("Zenobia", "Quill", "Ottavio", "Brambati", "Íñigo", "Zubizarreta", "zubizarreta.example"),
    *(*ADDRESSES, *NUMBERS, "471239876", "6559871234", "rimborso segreto", "reembolso secreto"),
)
SUBJECTS = (
    "rimborso segreto",
    'Re: "rimborso segreto", ordine 4711; urgente',
    "reembolso secreto\ncon línea nueva\n\ny otra",
    "<p>rimborso segreto &amp; <b>altro</b></p>",
    "😀 reembolso secreto 🙏",
    "=HYPERLINK(0) rimborso segreto",
    "rimborso segreto " + "lungo " * 900,
)
SPRING, AUTUMN = date(2026, 3, 22), date(2025, 10, 19)
DAYS = 15


@dataclass(frozen=True)
class Ticket:
    """One contact; ``at`` is in UTC."""

    number: int
    at: datetime
    language: str
    channel: str
    solved: datetime
    seconds: int
    inbound: bool
    person: str
    address: str
    phone: str
    subject: str

    def local(self, zone: str) -> datetime:
        return self.at.astimezone(ZoneInfo(zone))


@dataclass(frozen=True)
class Export:
    """A file as a program writes it, and what an importer must find in it."""

    name: str
    content: bytes
    truth: Mapping[tuple[int, str, str], int]
    profile: str = "mapping"
    zone: str | None = ROME
    suffix: str = "csv"
    mapping: Mapping[str, object] = field(default_factory=dict)


def tickets(seed: int, first: date = SPRING, zone: str = ROME, languages: Sequence[str] = ("it",),
            channels: Sequence[str] = ("email",), outbound: float = 0.0, per_day: int = 24) -> list[Ticket]:
    """Contacts round the clock, the first and last of each local day in its first and last hour."""
    dice = random.Random(seed)
    found = []
    start = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))
    for day in range(DAYS):
        low = (start + timedelta(days=day)).astimezone(UTC)
        high = (start + timedelta(days=day + 1)).astimezone(UTC)
        span = int((high - low).total_seconds())
        seconds = [dice.randrange(3600), span - 1 - dice.randrange(3600)]
        seconds += [dice.randrange(2 * 3600, 4 * 3600) for _ in range(4)]
        seconds += [dice.randrange(span) for _ in range(per_day - 6)]
        for second in sorted(seconds):
            who = dice.randrange(3)
            at = low + timedelta(seconds=second)
            found.append(
                Ticket(
                    100_000 + len(found), at, dice.choice(languages), dice.choice(channels),
                    at + timedelta(seconds=dice.randrange(600, 90_000)), dice.randrange(10, 1500),
                    dice.random() >= outbound, PERSONS[who], ADDRESSES[who], NUMBERS[who],
                    dice.choice(SUBJECTS),
                )
            )
    return found


def quarter(at: datetime) -> int:
    return int(at.timestamp()) // 900


def seen(at: datetime, zone: str | None) -> datetime:
    """The instant that a naive local stamp can say: the first of the two in the repeated hour."""
    if zone is None:
        return at
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0).replace(tzinfo=ZoneInfo(zone))


def truth_of(found: Sequence[Ticket], zone: str | None, channel: str = "", language: str = "",
             at: Callable[[Ticket], datetime] = lambda one: one.at) -> dict[tuple[int, str, str], int]:
    """Arrivals by quarter, channel and language; those given replace what the file does not say."""
    return dict(
        Counter(
            (quarter(seen(at(one), zone)), channel or one.channel, language or one.language)
            for one in found
            if one.inbound
        )
    )


def table(header: Sequence[str], rows: Sequence[Sequence[object]], mark: str = ",", codec: str = "utf-8",
          end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL, above: str = "", below: str = "") -> bytes:
    """A CSV as programs write it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark, lineterminator=end, quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return (above + text.getvalue() + below).encode(codec, "xmlcharrefreplace")


def workbook(header: Sequence[str], rows: Sequence[Sequence[object]], above: Sequence[Sequence[object]] = (),
             below: Sequence[Sequence[object]] = (), sheet: str = "Sheet1") -> bytes:
    """An .xlsx of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = sheet
    for row in (*above, header, *rows, *below):
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def serial(at: datetime) -> float:
    """A day of a spreadsheet."""
    return (at.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


MONTHS = {
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "es.": ("ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def jira_stamp(at: datetime, months: str) -> str:
    half = "AM" if at.hour < 12 else "PM"
    return f"{at.day:02d}/{MONTHS[months][at.month - 1]}/{at:%y} {at.hour % 12 or 12}:{at.minute:02d} {half}"


def half_day(at: datetime, form: str, halves: tuple[str, str] = ("AM", "PM"), seconds: bool = True) -> str:
    clock_text = f"{at.hour % 12 or 12}:{at.minute:02d}" + (f":{at.second:02d}" if seconds else "")
    return f"{at.strftime(form)} {clock_text} {halves[at.hour >= 12]}"
