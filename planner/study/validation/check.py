"""One number that the planner is held to: what was printed, what comes out, and whether they agree."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner._messages import Message

EXACT = 1e-12
"""Relative difference below which two numbers are told as equal."""
DIGITS = 12
"""Digits shown of a number: further ones differ between processors."""


@dataclass(frozen=True)
class Check:
    """A published or independently computed number beside the planner's own.

    Attributes
    ----------
    id: stays; several checks of one example share it.
    group: one of ``GROUPS``.
    what: what was worked out. source: work, year and place.
    published: printed by others; False: computed by us another way.
    expected: as printed there. got: the planner's, to as many digits as were printed, 12 at most.
    difference, tolerance: in words; the printed precision decides, unless a wider one is stated.
    passed: whether the difference lies within the tolerance.
    """

    id: str
    group: str
    what: Message
    source: str
    published: bool
    expected: str
    got: str
    difference: str
    tolerance: str
    passed: bool


@dataclass(frozen=True)
class Case:
    """What is checked and where the number stands; its methods compare."""

    id: str
    group: str
    what: Message
    source: str
    published: bool = True

    def printed(self, expected: str, got: float, tolerance: float | None = None) -> Check:
        """Held to the precision of print: half a unit of the last digit, or what is stated.

        Examples
        --------
        >>> case = Case("S012", "erlang", Message("validation.title"), "a test file")
        >>> case.printed(".8668", 0.866796).passed, case.printed(".8668", 0.86685001).passed
        (True, False)
        """
        decimals = len(expected.partition(".")[2])
        wanted = float(expected)
        half = 0.5 * 10.0**-decimals if tolerance is None else tolerance
        allowed = max(half * (1 + 1e-9), EXACT * abs(wanted))
        passed = abs(got - wanted) <= allowed
        shown = shown_as(got, decimals if passed else decimals + 3)
        told = f"{half:.2g}" if half > EXACT * abs(wanted) else f"{EXACT:g} of it"
        return self._made(expected, shown, difference(got, wanted), told, passed)

    def digits(self, expected: str, got: float, relative: float = 2 * EXACT, least: float = 1e-14) -> Check:
        """Held to all digits: a relative difference, or an absolute one for very small numbers."""
        wanted = math.inf if expected == "inf" else float(expected)
        close = math.isfinite(wanted) and abs(got - wanted) <= max(relative * abs(wanted), least)
        passed = got == wanted or close
        return self._made(
            expected, shown_as(got), difference(got, wanted, least), f"{relative:g} of it", passed
        )

    def near(self, expected: str, got: float, tolerance: float, decimals: int = 4) -> Check:
        """Held to a tolerance of its own, such as that of an approximation."""
        wanted = float(expected)
        passed = abs(got - wanted) <= tolerance
        return self._made(
            expected, shown_as(got, decimals), difference(got, wanted), f"{tolerance:g}", passed
        )

    def between(self, low: str, high: str, got: float, decimals: int = 4) -> Check:
        """Held to a published range, widened by half a unit of its last digit."""
        half = 0.5 * 10.0 ** -len(low.partition(".")[2])
        passed = float(low) - half <= got <= float(high) + half
        outside = max(float(low) - got, got - float(high), 0.0)
        told = "0" if outside == 0 else f"{outside:.1e}"
        return self._made(f"{low} to {high}", shown_as(got, decimals), told, f"{half:.2g}", passed)

    def same(self, expected: object, got: object) -> Check:
        """Held to the letter: whole numbers, dates, words."""
        passed = expected == got
        return self._made(str(expected), str(got), "0" if passed else "not the same", "0", passed)

    def _made(self, expected: str, got: str, apart: str, tolerance: str, passed: bool) -> Check:
        shown = f"0{expected}" if expected.startswith(".") else expected
        return Check(
            self.id,
            self.group,
            self.what,
            self.source,
            self.published,
            shown,
            got,
            apart,
            tolerance,
            bool(passed),
        )


def shown_as(value: float, decimals: int | None = None) -> str:
    """A number with so many decimals, never more than 12 digits; a wait without end is "inf".

    Examples
    --------
    >>> shown_as(0.8883500191794669, 16), shown_as(14.0, 0), shown_as(1 / 3)
    ('0.888350019179', '14', '0.333333333333')
    """
    if math.isinf(value):
        return "inf"
    most = DIGITS if value == 0 else DIGITS - 1 - math.floor(math.log10(abs(value)))
    if decimals is None:
        return f"{value:.{DIGITS}g}"
    return f"{value:.{max(0, min(decimals, most))}f}"


def difference(got: float, wanted: float, least: float = 0.0) -> str:
    """How far apart, with its sign; what only rounding makes is told as such.

    Examples
    --------
    >>> difference(0.866796, 0.8668), difference(0.1 + 0.2, 0.3), difference(2.0, 2.0)
    ('-4.0e-06', 'below 1e-12', 'below 1e-12')
    """
    if got == wanted or (math.isfinite(wanted) and abs(got - wanted) <= max(EXACT * abs(wanted), least)):
        return "below 1e-12"
    return f"{got - wanted:+.1e}"
