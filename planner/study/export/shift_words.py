"""A shift in words: what it is, and its break."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from planner._messages import Message
from planner.study.export.clock_words import span_text


def kind_text(kind: str) -> str:
    """A kind of duty in words.

    Examples
    --------
    >>> kind_text("on_call")
    'On call'
    """
    return str(Message(f"calendars.kind_{kind}"))


def duty_text(name: str, kind: str) -> str:
    """A shift's name, with what it is unless it is plain work or the name says so.

    A shift without a name, as a hand-made rota may have it, is called by what it is.

    Examples
    --------
    >>> duty_text("day", "work"), duty_text("night", "on_call"), duty_text("on call night", "on_call")
    ('day', 'On call: night', 'on call night')
    >>> duty_text(" ", "work")
    'Work'
    """
    shift, said = one_line(name), kind_text(kind)
    if not shift.strip():
        return said
    if kind == "work" or shift.casefold().startswith(said.casefold()):
        return shift
    return str(Message("calendars.summary", {"kind": said, "name": shift}))


def break_text(start: datetime | None, minutes: int, zone: str) -> str:
    """An unpaid break in words on the person's clock.

    Parameters
    ----------
    start: instant; None: it may be taken at any time. minutes: its length. zone: the person's.

    Examples
    --------
    >>> from datetime import UTC
    >>> break_text(datetime(2026, 3, 30, 10, tzinfo=UTC), 30, "Europe/Rome"), break_text(None, 30, "UTC")
    ('Unpaid break: 12:00–12:30', 'Unpaid break: 30 min, at any time')
    """
    if not minutes:
        return str(Message("calendars.no_break"))
    if start is None:
        return str(Message("calendars.any_break", {"minutes": minutes}))
    return str(Message("calendars.break", {"span": span_text(start, minutes, zone)}))


def one_line(text: str) -> str:
    r"""Text without signs that part lines, or that calendars may not hold.

    Examples
    --------
    >>> one_line("day\nshift")
    'day shift'
    """
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
