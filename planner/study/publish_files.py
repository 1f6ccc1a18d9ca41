"""What may be published, as a file and in sentences to paste, English and Italian."""

from __future__ import annotations

import math
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner._messages import Message, catalogue
from planner._values import clock_text
from planner.clock import PublicHolidays, day_starts, local_at
from planner.study.columns import COLUMNS, SCHEMA_VERSION
from planner.study.files import write_files
from planner.study.publishable import DAY_HOURS, SHARES
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.demand import Queue
    from planner.study.publish import Publication
    from planner.study.publishable import Publishable
    from planner.study.scenario import Scenario

PUBLISH = "publish.csv"
LANGUAGES = ("en", "it")
SATURDAY, MINUTES = 5, 1440
_UNITS = ((3600.0, "hour"), (60.0, "minute"), (1.0, "second"))


def write_publication(found: Publication, folder: Path | str) -> tuple[Path, ...]:
    """Write ``publish.csv``; returns its path.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    return write_files({PUBLISH: csv_text(PUBLISH, publish_frame(found))}, folder)


def publish_frame(found: Publication) -> pd.DataFrame:
    """What may be published as ``publish.csv`` has it."""
    rows = []
    for row in found.rows:
        sentences = {f"sentence_{language}": sentence(row, found, language) for language in LANGUAGES}
        more = {
            "schema_version": SCHEMA_VERSION,
            "zone": found.scenario.zone,
            "replications": found.replications,
        }
        rows.append({**asdict(row), **more, **sentences})
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS[PUBLISH]])


def publish_summary(found: Publication) -> tuple[Message, ...]:
    """What may be published in lines, each with its sentences to paste below it."""
    values = {
        "scenario": found.scenario.name,
        "confidence": f"{100 * found.confidence:.0f}",
        "replications": found.replications,
        "zone": found.scenario.zone,
    }
    lines = [Message("publish.title", values)]
    for row in found.rows:
        lines.append(finding(row, found))
        lines += [
            Message("publish.pasted", {"sentence": text})
            for language in LANGUAGES
            if (text := sentence(row, found, language))
        ]
    return tuple(lines)


def finding(row: Publishable, found: Publication) -> Message:
    """One row in a line: "9 of 10 within 2 hours; slowest hour ...; longest wait ..."."""
    weekly = row.contacts_per_week  # with a tenth below ten, so that 9.6 are not called 10, which would do
    contacts = f"{weekly:,.0f}" if weekly >= 10 else f"{weekly:.1f}" if weekly >= 1 else "less than 1"
    part = str(Message(f"publish.part_{row.part.replace(' ', '_')}"))
    values: dict[str, object] = {"queue": row.queue, "part": part, "contacts": contacts}
    if row.verdict == "too few":
        return Message("publish.too_few", values)
    if row.verdict == "none":
        answered, whole = _of(min(found.share, SHARES[-1]))
        return Message("publish.none", {**values, "answered": answered, "whole": whole})
    answered, whole = _of(row.share)
    reached = not math.isnan(row.worst_seconds)
    never = str(Message("publish.never", {"answered": answered, "whole": whole}))
    worst: dict[str, object] = {
        "hour": row.worst_hour,
        "within": within(row, row.worst_seconds, "en") if reached else never,
    }
    values |= {
        "answered": answered,
        "whole": whole,
        "within": within(row, row.within_seconds, "en"),
        "worst": str(_slowest(row, worst)),
        "longest": within(row, row.longest_seconds, "en"),
    }
    return Message("publish.line", values)


def _slowest(row: Publishable, values: dict[str, object]) -> Message:
    """The slowest hour; the time to publish holds in nearly all periods, so that no hour may be slower."""
    if row.worst_hour and row.worst_seconds < row.within_seconds:
        return Message("publish.none_slower")
    hour = Message("publish.hour", values) if row.worst_hour else Message("publish.unknown")
    return Message("publish.slowest", {"worst": hour})


def sentence(row: Publishable, found: Publication, language: str) -> str:
    """The sentence to paste; "" where there is nothing to publish.

    Parameters
    ----------
    language: "en" or "it".
    """
    if row.verdict != "publish":
        return ""
    answered, whole = _of(row.share)
    start, end = open_between(row, found.scenario)
    values = {
        "answered": answered,
        "whole": whole,
        "contacts": _contacts(row, found.scenario.queues, language),
        "within": within(row, row.within_seconds, language),
        "part": _say(language, row.part.replace(" ", "_"), start=start, end=end),
        "zone": found.scenario.zone,
    }
    text = _say(language, "sentence", **values)
    if row.worst_hour and math.isnan(row.worst_seconds):  # in that hour the share is never reached
        text += _say(language, "fewer")
    elif row.worst_seconds > row.within_seconds:
        text += _say(language, "slowest", within=within(row, row.worst_seconds, language))
    return text


def open_between(row: Publishable, scenario: Scenario) -> tuple[str, str]:
    """From when to when a part of the week lasts, cut to the hours in which its queue ever opens then.

    The clock is the scenario's. Two texts such as "09:00" and "18:00"; empty for parts without hours.
    """
    hours = {"weekdays": DAY_HOURS, "evenings and nights": DAY_HOURS[::-1]}.get(row.part)
    if hours is None:
        return "", ""
    begins, length = 60 * hours[0], 60 * ((hours[1] - hours[0]) % 24)
    holidays = PublicHolidays(scenario.public_holidays)
    starts = day_starts(scenario.first_day, scenario.days, scenario.zone)
    opened = scenario.opening[row.queue].mask(starts[0], starts[-1] - starts[0])
    into = set()  # minutes from the start of the part
    for quarter in np.flatnonzero(opened).tolist():
        at = local_at(starts[0] + quarter, scenario.zone)
        if at.weekday() < SATURDAY and holidays.name_of(at.date()) is None:
            into.add((60 * at.hour + at.minute - begins) % MINUTES)
    there = [minute for minute in into if minute < length] or [0, length - 15]
    return clock_text((begins + min(there)) % MINUTES), clock_text((begins + max(there) + 15) % MINUTES)


def within(row: Publishable, seconds: float, language: str) -> str:
    """A time on the row's clock in words, rounded up to what its unit can say; a dash if there is none.

    Examples
    --------
    >>> from planner.study.publishable import Publishable
    >>> row = Publishable("email en", "email", "closed", 40.0, "publish", "after opening", day_seconds=32_400)
    >>> within(row, 3600.0, "it"), within(row, 32_400.0, "en")
    ('1 ora dalla prossima apertura', '1 business day of our next opening')
    """
    if math.isnan(seconds):
        return str(Message("publish.unknown"))
    in_days = row.clock != "elapsed" and seconds >= row.day_seconds and not seconds % row.day_seconds
    unit = next((name for size, name in _UNITS if seconds >= size), "second")
    size = row.day_seconds if in_days else next(size for size, name in _UNITS if name == unit)
    unit = "day" if in_days else unit
    count = math.ceil(seconds / size - 1e-9)
    if seconds % size and size == _UNITS[0][0] and seconds < 2 * size:  # 75 min are not 2 hours
        minutes = math.ceil(seconds / 60 - 1e-9)
        unit, count = ("minute", minutes) if minutes < 120 else ("hour", 2)
    time = _say(language, unit if count == 1 else f"{unit}s", count=count)
    if row.clock == "after opening":
        return _say(language, "after", time=time)
    return _say(language, "opening", time=time) if row.clock == "opening hours" and not in_days else time


def _of(share: float) -> tuple[str, int]:
    """A share as people say it.

    Examples
    --------
    >>> _of(0.9), _of(0.95)
    (('9', 10), ('95', 100))
    """
    whole = 10 if (Fraction(str(share)) * 10).denominator == 1 else 100
    return f"{share * whole:g}", whole


def _contacts(row: Publishable, queues: tuple[Queue, ...], language: str) -> str:
    """What customers call the contacts of a queue, told apart from others of its channel."""
    mine = next(queue for queue in queues if queue.name == row.queue)
    alike = [queue for queue in queues if queue.channel == mine.channel]
    text = _say(language, mine.channel)
    if len({queue.language for queue in alike}) > 1:
        code = f"lang_{mine.language.partition('-')[0]}"
        known = f"publish.{language}_{code}" in catalogue("en")
        spoken = _say(language, code) if known else mine.language
        text = _say(language, "language", contacts=text, language=spoken)
    if mine.customers and len({queue.customers for queue in alike}) > 1:
        text = _say(language, "customers", contacts=text, customers=mine.customers)
    return text


def _say(tongue: str, code: str, **values: object) -> str:
    return str(Message(f"publish.{tongue}_{code}", values))
