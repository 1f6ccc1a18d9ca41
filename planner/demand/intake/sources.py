"""Where ticket history comes from: a file, how to read it, and in whose clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

MAPPING_KEYS: Mapping[str, str] = {
    "stamp": "column of the creation stamp (needed where no profile knows it)",
    "time": "column of the time of day, where that of the stamp holds only the date",
    "queue": "column that names the queue",
    "queues": "dictionary: value of that column -> queue name",
    "language": "column of the language, or of tags that hold it",
    "languages": "dictionary: value of that column -> language code",
    "default_language": "language of rows that name none",
    "channel": "column of the channel",
    "channels": "dictionary: value of that column -> email, chat, phone or social",
    "default_channel": "channel of rows that name none, such as phone for a file of calls",
    "id": "column of the ticket number; repeated numbers count once",
    "count": "column of contacts per row, for counts",
    "aht": "column of handle time",
    "aht_unit": "of plain numbers in it: seconds (the default), minutes, hours or h:mm:ss",
    "solved": "column of the stamp at which it was solved",
    "first_reply": "column of the time to the first reply, or of its stamp",
    "first_reply_unit": "of plain numbers in it: seconds (the default), minutes, hours or h:mm:ss",
    "labels": "column or columns of tags or topics",
    "direction": "column that tells contacts that come in from those that go out",
    "inbound": "values of that column that mean in; default: the usual words in seven languages",
    "outbound": "values of that column that mean out; read for call-backs, left out of the history",
    "day_first": "yes if 03/04 is 3 April, no if it is March 4",
    "decimal_comma": "yes if 1,5 is one and a half",
    "keep": "dictionary: column -> values; other rows are left out",
    "leave_out": "dictionary: column -> values; these rows are left out",
    "sheet": "of a workbook; default: the first with a column of creation stamps",
}
COLUMNS = (
    *("stamp", "time", "queue", "language", "channel", "id", "count", "aht"),
    *("solved", "first_reply", "labels", "direction"),
)
"""Mapping keys that name columns."""
DICTIONARIES = ("queues", "languages", "channels", "keep", "leave_out")
"""Mapping keys that list pairs."""
LISTS = ("labels", "inbound", "outbound")
"""Mapping keys that may hold one text or several."""
UNITS = ("seconds", "minutes", "hours", "h:mm:ss")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "aht_unit": UNITS,
    "first_reply_unit": UNITS,
    "default_channel": ("email", "chat", "phone", "social"),
    "day_first": ("yes", "no"),
    "decimal_comma": ("yes", "no"),
}
"""Mapping keys that take one of a few words."""


@dataclass(frozen=True)
class HistorySource:
    """One file of ticket history.

    Attributes
    ----------
    file: CSV or JSON lines, plain or gzipped.
    profile: which help desk wrote the file, such as ``zendesk`` (see ``PROFILES``), ``counts`` for contacts
        already added up, ``mapping`` if only ``mapping`` says what the columns hold; ``auto``: told from the
        column titles, and asked where they leave a doubt.
    zone: IANA name of the clock the stamps were written in; needed where they carry no offset, never
        guessed.
    mapping: column names and dictionaries, see ``MAPPING_KEYS``; they override those of
        a profile.
    outbound: take the contacts that the team made itself instead of those that came in.
    panels: of counts: what the tickets told beside them, as ``write_panels`` wrote it; None: nothing.
    since, until: first and last local day to take, both included; None: whatever the file holds.
    exclude: (first, last) local days, both included, that are taken as missing: what they hold is not used.
    accept_bad_rows: take a file of which 1 to 5 % of the rows cannot be read.
    as_of: stamps after this instant are left out; None: the present.

    Examples
    --------
    >>> HistorySource(Path("tickets.csv"), "zendesk", zone="Europe/Lisbon").profile
    'zendesk'
    """

    file: Path
    profile: str = "auto"
    zone: str | None = None
    mapping: Mapping[str, object] | None = None
    since: date | None = None
    until: date | None = None
    accept_bad_rows: bool = False
    as_of: datetime | None = None
    exclude: tuple[tuple[date, date], ...] = ()
    outbound: bool = False
    panels: Path | None = None
