"""No mangled file gives anything but a history or a sentence, and no sentence shows a person."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta

import pytest

from planner._errors import PlannerError
from planner.demand import HistorySource, Promise, Queue, read_history

QUEUES = [Queue("email en", "email", "en", 600, Promise(0.9, 7200))]
MAPPING = {"stamp": "created_at", "id": "id", "language": "lang"}
AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
PERSON = "Zenobia Quill"


def csv_bytes(rows: int) -> bytes:
    first = datetime(2026, 2, 2, tzinfo=UTC)
    lines = ["id,created_at,lang,requester"]
    for number in range(rows):
        at = (first + timedelta(hours=3 * number)).strftime("%Y-%m-%d %H:%M")
        lines.append(f'{number},{at},en,"{PERSON}"')
    return ("\n".join(lines) + "\n").encode()


def json_bytes(rows: int) -> bytes:
    first = datetime(2026, 2, 2, tzinfo=UTC)
    stamps = ((first + timedelta(hours=3 * number)).strftime("%Y-%m-%dT%H:%M:%SZ") for number in range(rows))
    tickets = ({"id": n, "created_at": at, "subject": PERSON, "tags": ["en"]} for n, at in enumerate(stamps))
    return "\n".join(json.dumps({"ticket": ticket}) for ticket in tickets).encode()


def mangle(data: bytes, dice: random.Random) -> bytes:
    """One to four random injuries: bytes, cuts, quotes, doubled or shuffled parts."""
    mangled = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(mangled)) if mangled else 0
        kind = dice.randrange(7)
        if kind == 0:
            mangled[at : at + 1] = dice.randbytes(dice.randint(1, 5))
        elif kind == 1:
            del mangled[at:]
        elif kind == 2:
            mangled[at:at] = dice.choice(
                [b'"', b"\0", b"\r", b"\n", b";", b"\xff\xfe", b"'", b"\\", b"{", b"\xe9"]
            )
        elif kind == 3:
            del mangled[at : at + dice.randint(1, 200)]
        elif kind == 4:
            mangled[at:at] = mangled[: dice.randint(1, 300)]
        elif kind == 5:
            mangled[:0] = dice.choice(
                [b"\xef\xbb\xbf", b"sep=;\n", b"\n\n", b"\xff\xfe", b"[", b"PK\x03\x04"]
            )
        else:
            mangled = bytearray(
                bytes(mangled).replace(*dice.choice([(b",", b";"), (b"-", b"/"), (b":", b".")]))
            )
    return bytes(mangled)


@pytest.mark.parametrize(("profile", "make"), [("mapping", csv_bytes), ("zendesk-json", json_bytes)])
def test_mangled_files(write, profile, make):
    dice = random.Random(7)
    data = make(240)
    answers = set()
    for _ in range(250):
        mapping = MAPPING if profile == "mapping" else None
        file = write(mangle(data, dice))
        source = HistorySource(file, profile, "UTC", mapping, accept_bad_rows=True, as_of=AS_OF)
        try:
            history = read_history([source], QUEUES)
        except PlannerError as error:
            said = str(error)
            answers.add(error.messages[0].code)
        else:
            report = history.report
            said = "\n".join(str(message) for message in (*report.errors, *report.notices))
            answers.add("read")
            assert report.rows_kept + sum(report.left_out.values()) == report.rows_read
        assert said or "read" in answers
        for part in PERSON.split():
            assert part not in said
    assert len(answers) > 4, "the injuries reach many checks"
