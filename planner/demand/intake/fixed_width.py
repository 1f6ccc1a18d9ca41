"""Stamps of one width, as most programs write them, read a batch at a time without looking at each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

_DAY_ONE_OF_UNIX = date(1970, 1, 1).toordinal()
_ZERO = ord("0")
_WIDTHS = (16, 19, 20)


def read_fixed(cells: Sequence[str]) -> tuple[np.ndarray, np.ndarray, bool] | None:
    """Days and seconds of stamps such as ``2026-03-29 08:15:00``; None if any of them is not quite so.

    Only what ``read_stamp`` reads year first is read here, and it says the same; whoever gets None asks it.

    Returns
    -------
    tuple
        Ordinals of the dates, seconds after midnight, and whether all are written in UTC (``Z``).

    Examples
    --------
    >>> days, seconds, utc = read_fixed(["2026-03-29T08:15:00Z", "1970-01-01T00:00:59Z"])
    >>> days.tolist() == [date(2026, 3, 29).toordinal(), 719163], seconds.tolist(), utc
    (True, [29700, 59], True)
    >>> read_fixed(["2026-03-29 08:15", "2026-02-30 08:15"]) is None
    True
    """
    if not cells or len(cells[0]) not in _WIDTHS:
        return None
    width = len(cells[0])
    joined = "".join(cells)
    if len(joined) != width * len(cells) or not joined.isascii() or set(map(len, cells)) != {width}:
        return None
    signs = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(len(cells), width)
    if not _marked(signs, width):
        return None
    places = [at for at in range(16 if width == 16 else 19) if at not in (4, 7, 10, 13, 16)]
    digits = signs[:, places].astype(np.int64) - _ZERO
    if ((digits < 0) | (digits > 9)).any():
        return None
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month, day, hour, minute = (10 * digits[:, at] + digits[:, at + 1] for at in (4, 6, 8, 10))
    second = 10 * digits[:, 12] + digits[:, 13] if width > 16 else np.zeros(len(cells), dtype=np.int64)
    if (month < 1).any() or (month > 12).any() or (year < 1).any() or (day < 1).any():
        return None
    if (hour > 23).any() or (minute > 59).any() or (second > 59).any():
        return None
    months = (12 * (year - 1970) + month - 1).astype("datetime64[M]")
    first = months.astype("datetime64[D]").astype(np.int64)
    if (day > (months + 1).astype("datetime64[D]").astype(np.int64) - first).any():
        return None
    ordinal = _DAY_ONE_OF_UNIX + first + day - 1
    return ordinal, 3600 * hour + 60 * minute + second, width == 20


def _marked(signs: np.ndarray, width: int) -> bool:
    """Whether the signs between the digits are those of one form in all cells."""
    same = [4, 7, 10, 13, *([16] if width > 16 else []), *([19] if width == 20 else [])]
    if (signs[:, same] != signs[0, same]).any():
        return False
    marks = signs[0, same].tobytes().decode("ascii")
    return (
        marks[0] in "-/."
        and marks[1] in "-/."
        and marks[2] in " T"
        and marks[3] in ":."
        and marks[4:5] in ("", ":", ".")
        and marks[5:] in ("", "Z")
    )
