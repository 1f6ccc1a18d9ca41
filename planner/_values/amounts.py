"""Written amounts: whole numbers, decimals, shares, money."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from planner._errors import ValueTextError
from planner._messages import Message

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def refused(code: str, given: str, **values: object) -> ValueTextError:
    """The error for a text that cannot be read; ``code`` is a sentence of values.yaml."""
    return ValueTextError(Message(f"values.{code}", {"given": given.strip(), **values}))


def parse_number(text: str) -> Fraction:
    """The exact value of a decimal number with a point.

    Examples
    --------
    >>> parse_number("2.2")
    Fraction(11, 5)
    >>> parse_number("2,2")
    Traceback (most recent call last):
    planner._errors.ValueTextError: "2,2" is not a number; write it like 12 or 12.5
    """
    cleaned = text.strip()
    if len(cleaned) > 40 or not _NUMBER.fullmatch(cleaned):
        raise refused("number", text)
    return Fraction(cleaned)


def number_text(value: float) -> str:
    """The shortest text that reads back as the same number.

    Examples
    --------
    >>> number_text(40.0), number_text(2.2)
    ('40', '2.2')
    """
    return _plain(Decimal(repr(float(value))))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_count(text: str, least: int = 0) -> int:
    """A whole number of at least ``least``.

    Examples
    --------
    >>> parse_count("9")
    9
    >>> parse_count("9.5")
    Traceback (most recent call last):
    planner._errors.ValueTextError: "9.5" is not a whole number of at least 0; write it like 3
    """
    cleaned = text.strip()
    if re.fullmatch(r"\d{10,}", cleaned):
        raise refused("count_most", text, most=10**9 - 1)
    if not re.fullmatch(r"\d+", cleaned) or int(cleaned) < least:
        raise refused("count", text, least=least, example=max(least, 3))
    return int(cleaned)


def parse_share(text: str, at_most: float = 1.0) -> float:
    """A share from 0 to 1, written ``25%`` or ``0.25``.

    Parameters
    ----------
    text: as written.
    at_most: the largest share that makes sense here (a premium may pass 1).

    Examples
    --------
    >>> parse_share("25%"), parse_share("0.25")
    (0.25, 0.25)
    >>> parse_share("30")
    Traceback (most recent call last):
    planner._errors.ValueTextError: 30 would be 3000 %; write 30% or 0.30
    """
    cleaned = text.strip()
    percent = cleaned.endswith("%")
    try:
        number = parse_number(cleaned.removesuffix("%"))
    except ValueTextError:
        raise refused("share", text) from None
    if not percent and number == 1 and "." not in cleaned:
        raise refused("share_one", text)
    share = number / 100 if percent else number
    if number < 0:
        raise refused("share", text)
    if share > Fraction(at_most):
        if percent or number > 100:
            raise refused("share_most", text, most=number_text(at_most * 100))
        raise refused(
            "share_percent",
            text,
            percent=number_text(float(number * 100)),
            share=f"{float(number) / 100:.2f}"
            if number.denominator == 1
            else number_text(float(number / 100)),
        )
    return float(share)


def share_text(share: float) -> str:
    """The text of a share, in percent.

    Examples
    --------
    >>> share_text(0.25), share_text(0.025)
    ('25%', '2.5%')
    """
    return _plain(Decimal(repr(float(share))).scaleb(2)) + "%"


def parse_money(text: str) -> float:
    """An amount of money in the scenario's currency, at least 0; "per hour" and the like may follow.

    Examples
    --------
    >>> parse_money("14.0 per worked hour"), parse_money("12")
    (14.0, 12.0)
    >>> parse_money("12 EUR")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ValueTextError: "12 EUR" is not an amount of money; write it like 14 ...
    """
    found = re.fullmatch(r"\s*(\S+?)(\s+(?:per|an|a)\s+(?:(?:worked|paid)\s+)?hour)?\s*", text)
    try:
        amount = parse_number(found[1] if found else "")
    except ValueTextError:
        raise refused("money", text) from None
    if amount < 0:
        raise refused("money", text)
    return float(amount)
