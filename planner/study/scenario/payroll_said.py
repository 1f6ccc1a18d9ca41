"""How hours are handed to payroll, as a scenario says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from planner._errors import ValueTextError
from planner._messages import Message
from planner._values import duration_text, parse_duration
from planner.rota import LATEST_FIRST_DAY, PayrollTerms
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import reads, writes

Above = int | Literal["full time", "contract", "none"]
_WORDS: Mapping[str, Above] = {"full time": "full time", "contract": "contract", "none": "none"}
_WEEK = timedelta(weeks=1)


def _first_day(text: str) -> int:
    day = text.strip()
    if not (day.isascii() and day.isdecimal() and 1 <= int(day) <= LATEST_FIRST_DAY):
        raise ValueTextError(Message("payroll.first_day", {"given": day, "most": LATEST_FIRST_DAY}))
    return int(day)


def _above(text: str) -> Above:
    word = " ".join(text.strip().lower().split())
    if word in _WORDS:
        return _WORDS[word]
    try:
        length = parse_duration(word)
    except ValueTextError:
        length = timedelta(0)
    if not timedelta(0) < length <= _WEEK or length % timedelta(minutes=1):
        raise ValueTextError(Message("payroll.overtime", {"given": text.strip()}))
    return length // timedelta(minutes=1)


def _above_text(above: Above) -> str:
    # A length of time in its largest unit would say 40 h, but also 1 day for 24 h.
    if not isinstance(above, int):
        return above
    return f"{above // 60} h" if above % 60 == 0 else duration_text(timedelta(minutes=above))


def other_terms(usual: PayrollTerms, month_from_day: str = "", overtime_above: str = "") -> PayrollTerms:
    """Payroll terms with what is said here instead.

    Parameters
    ----------
    usual: hold where nothing is said. month_from_day, overtime_above: as in a scenario; "": not said.

    Raises
    ------
    ValueTextError
        If one of them cannot be read.

    Examples
    --------
    >>> other_terms(PayrollTerms(), "21", "40 h")
    PayrollTerms(month_from_day=21, overtime_above=2400)
    """
    return PayrollTerms(
        _first_day(month_from_day) if month_from_day else usual.month_from_day,
        _above(overtime_above) if overtime_above else usual.overtime_above,
    )


class PayrollSaid(Part):
    """How hours are handed to payroll."""

    month_from_day: Annotated[int, reads(_first_day), writes(str)] = Field(
        1,
        description="first day of a payroll month, 1 to 28; 21: April is 21 March to 20 April",
        examples=["21"],
    )
    overtime_above: Annotated[Above, reads(_above), writes(_above_text)] = Field(
        "full time",
        description="hours of a week beyond which they are overtime, `full time` (the site's week), "
        "`contract` or `none`; default: full time",
        examples=["40 h"],
    )

    @property
    def terms(self) -> PayrollTerms:
        """As the rooms below take it."""
        return PayrollTerms(self.month_from_day, self.overtime_above)
