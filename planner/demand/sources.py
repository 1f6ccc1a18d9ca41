"""Where ticket history comes from: a file, how to read it, and in whose clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

PROFILES = ("counts", "mapping", "zendesk", "zendesk-json")
MAPPING_KEYS: Mapping[str, str] = {
    "stamp": "column of the creation stamp (needed)",
    "queue": "column that names the queue",
    "queues": "dictionary: value of that column -> queue name",
    "language": "column of the language, or of tags that hold it",
    "languages": "dictionary: value of that column -> language code",
    "default_language": "language of rows that name none",
    "channel": "column of the channel",
    "channels": "dictionary: value of that column -> email, chat, phone or social",
    "id": "column of the ticket number; repeated numbers count once",
    "count": "column of contacts per row, for counts",
    "aht": "column of handle time in seconds",
    "day_first": "yes if 03/04 is 3 April, no if it is March 4",
    "keep": "dictionary: column -> values; other rows are left out",
    "leave_out": "dictionary: column -> values; these rows are left out",
}


@dataclass(frozen=True)
class HistorySource:
    """One file of ticket history.

    Attributes
    ----------
    file: CSV or JSON lines, plain or gzipped.
    profile: one of ``PROFILES``: ``counts`` (``interval_start`` with offset, ``queue``, ``arrivals``,
        optional ``aht_seconds``), ``zendesk`` (account CSV, naive stamps: ``zone`` must be given),
        ``zendesk-json`` (one object a line, UTC), ``mapping`` (any CSV; ``mapping`` names its columns).
    zone: IANA name of the clock the stamps were written in; needed where they carry no offset, never
        guessed.
    mapping: column names and dictionaries, see ``MAPPING_KEYS``; they override those of
        a profile.
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
    profile: str = "counts"
    zone: str | None = None
    mapping: Mapping[str, object] | None = None
    since: date | None = None
    until: date | None = None
    accept_bad_rows: bool = False
    as_of: datetime | None = None
    exclude: tuple[tuple[date, date], ...] = ()
