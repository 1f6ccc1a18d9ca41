"""Made-up exports for tests of the import; nothing in them is of any desk."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

ZENDESK = "Id,Requester,Subject,Tags,Status,Via,Created at,Assigned at,Reopens"
OWN = "Ref,Opened <b>,Closed $x$,First answer,Topic,Group"


def zendesk(days: int = 70, deleted: int = 9, bad: int = 0, stamp: str = "{day} {hour:02d}:15") -> bytes:
    """Tickets of a help desk that everybody knows, without a zone; names must never be shown."""
    rows = [
        f"{day}{hour:02d},Anna Rossi,Help me,lang_en,{'Deleted' if hour == deleted else 'Open'},Web,"
        f"{stamp.format(day=date(2026, 1, 5) + timedelta(days=day), hour=hour)},,0"
        for day in range(days)
        for hour in range(8, 20)
    ]
    rows += ["x,Anna Rossi,Help me,lang_en,Open,Web,not a time,,0"] * bad
    return "\n".join([ZENDESK, *rows]).encode()


def own(days: int = 84, missing: tuple[int, ...] = (30, 31), group: str = "email en,email it") -> bytes:
    """Tickets with titles of their own, two queues, one day far above the usual, two without data."""
    random, rows = np.random.default_rng(7), []
    first, second = group.split(",")
    for number in range(days):
        day = date(2026, 1, 5) + timedelta(days=number)
        usually = 6 if day.weekday() > 4 else 24
        count = 0 if number in missing else 150 if number == 40 else int(random.poisson(usually))
        for each in range(count):
            at = f"{day} {8 + each % 12:02d}:{random.integers(60):02d}"
            topic = ("invoice", "password reset")[each % 2]
            rows.append(
                f"T{number}-{each},{at},{day} 21:00,{each % 90},{topic},{(first, second)[each % 3 == 0]}"
            )
    return "\n".join([OWN, *rows]).encode()


def calls(days: int = 70) -> bytes:
    """Calls of a phone that is answered from 9 to 18 on weekdays alone."""
    rows = ["interval_start,queue,arrivals"]
    for number in range(days):
        day = date(2026, 1, 5) + timedelta(days=number)
        if day.weekday() < 5:
            rows += [f"{day}T{hour:02d}:00:00+00:00,phone en,{4 + hour % 3}" for hour in range(9, 18)]
    return "\n".join(rows).encode()
