"""Calls of a made-up phone system, in and out, as its export would have them.

Eight weeks, two lines, Rome's clock: on weekdays from 8 to 20 o'clock calls come in, more of them in the
morning, one in eight hangs up before anybody answers; in the afternoon the team calls back. Stamps have the
day first, talk time is h:mm:ss and 0:00:00 of hang-ups. The same seed gives the same file.
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import numpy as np

HEADER = ("Call", "Line", "Direction", "Start", "Talk time", "Caller")
LINES = ("Support EN", "Supporto IT")
FIRST_DAY, DAYS = date(2026, 1, 5), 56
A_MORNING_HOUR, AN_AFTERNOON_HOUR, CALL_BACKS_AN_HOUR = 6.0, 3.0, 2.0

MAPPING = """\
name: Our phone system
zone: Europe/Rome
stamp: Start
id: Call
queue: Line
queues: {Support EN: phone en, Supporto IT: phone it}
default_channel: phone
direction: Direction
aht: Talk time
aht_unit: h:mm:ss
day_first: yes
"""


def calls(seed: int = 5) -> list[tuple[str, ...]]:
    """Rows of the export, in order of time."""
    dice = np.random.default_rng(seed)
    rows: list[tuple[str, ...]] = []
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        if day.weekday() < 5:
            for hour in range(8, 20):
                rows += _hour(dice, day, hour)
    return [(f"C{number:05d}", *row) for number, row in enumerate(rows, start=1)]


def _hour(dice: np.random.Generator, day: date, hour: int) -> list[tuple[str, ...]]:
    rows = []
    came = dice.poisson(A_MORNING_HOUR if hour < 13 else AN_AFTERNOON_HOUR)
    made = dice.poisson(CALL_BACKS_AN_HOUR) if hour >= 13 else 0
    for direction in ["Inbound"] * came + ["Outbound"] * made:
        hung_up = direction == "Inbound" and dice.random() < 1 / 8
        talk = 0 if hung_up else int(dice.integers(60, 900))
        minute, second = dice.integers(0, 60, size=2)
        stamp = f"{day:%d/%m/%Y} {hour:02d}:{minute:02d}:{second:02d}"
        time = f"{talk // 3600}:{talk // 60 % 60:02d}:{talk % 60:02d}"
        rows.append((LINES[int(dice.random() < 0.4)], direction, stamp, time, "+39 02 1234"))
    return sorted(rows, key=lambda row: row[2])


def as_csv(rows: list[tuple[str, ...]]) -> str:
    """The export as text."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue()
