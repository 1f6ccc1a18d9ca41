"""Where ticket history comes from: a file, how to read it, and in whose clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

PROFILES = ("counts", "mapping", "zendesk", "zendesk-json")


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
    mapping: column names and dictionaries, see ``planner.demand.profiles.KEYS``; they override those of
        a profile.
    since, until: first and last local day to take, both included; None: whatever the file holds.
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
