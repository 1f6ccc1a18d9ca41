"""How many names one printed A4 page can hold: the height of a playbook, estimated from its HTML.

A browser alone knows the height, and each has other letters; these are those of a wide one, rounded up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from math import ceil

TALL, WIDE = 764.0, 527.0
"""Points that an A4 page has inside its margins of 12 mm, a line kept free."""
_LETTER, _TEXT, _LEAST = 4.1, 4.6, 100.0
_ROW, _LINE, _DENSE, _GAP = 11.6, 9.4, 11.1, 2.5
_NAMES, _NAMES_LINE = 3.85, 8.8
_HEADS = {"h1": 20.0, "h2": 20.6}
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_ROWS = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELLS = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_PIECES = re.compile(r"<(h1|h2|p|li)([^>]*)>(.*?)</\1>", re.DOTALL)


def most_that_fit(page: Callable[[int], str], fewest: int, most: int) -> int:
    """The largest number, between two, of which a page is not too tall to print; the fewest if none is.

    Parameters
    ----------
    page: HTML of a number; it never gets shorter as the number grows.

    Examples
    --------
    >>> most_that_fit(lambda n: "<p>one</p>" * n, 4, 100)
    63
    """
    low, high = fewest, max(fewest, most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if height(page(middle)) <= TALL else (low, middle - 1)
    return low


def height(html: str) -> float:
    """About how tall a page is in print, in points.

    Examples
    --------
    >>> height("<h1>A</h1><p>One line</p>")
    32.1
    """
    tall = sum(_table(each) for each in _TABLE.findall(html))
    for tag, kind, inner in _PIECES.findall(_TABLE.sub("", html)):
        letter = _LETTER if "small" in kind else _TEXT
        lines = max(1, ceil(len(_text(inner)) * letter / WIDE))
        tall += _HEADS.get(tag, 10.6 * lines + 1.5)
    return round(tall, 1)


def _table(html: str) -> float:
    """The last column takes what the others leave, and wraps; that of names is printed smaller."""
    rows = [[_text(cell) for cell in _CELLS.findall(row)] for row in _ROWS.findall(html)]
    if 'class="dense"' in html:
        return _DENSE * len(rows) + _GAP
    letter, line = (_NAMES, _NAMES_LINE) if 'class="who"' in html else (_LETTER, _LINE)
    others = [max(map(len, column)) * _LETTER + 5 for column in zip(*rows, strict=False)][:-1]
    last = max(_LEAST, WIDE - sum(others))
    lines = (max(1, ceil(len(row[-1]) * letter / last)) for row in rows if row)
    return _GAP + sum(max(_ROW, line * count + 2.2) for count in lines)


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))
