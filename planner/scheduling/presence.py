"""The hot arithmetic of people on duty: the same whole numbers compiled or plain.

``present`` counts people per set of queues and cell, ``on_duty`` the fewest over the cells of an interval.
``part`` is the block of need that each listed set belongs to; the last part holds the sets that span blocks.
"""

from __future__ import annotations

import numpy as np

from planner._compiled import COMPILED, compiled


@compiled
def spans_of(
    present: np.ndarray,
    options: np.ndarray,
    breaks: np.ndarray,
    kind: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    break_starts: np.ndarray,
    break_ends: np.ndarray,
) -> None:
    """Mark the cells of a tour, shape (kinds, cells), breaks left out."""
    for day in range(len(options)):
        option = options[day]
        if option >= 0:
            row = present[kind[option]]
            row[starts[option] : ends[option]] = 1
            row[break_starts[option, breaks[day]] : break_ends[option, breaks[day]]] = 0


def add_rows(
    present: np.ndarray,
    on_duty: np.ndarray,
    counted: np.ndarray,
    rows: np.ndarray,
    sign: int,
    span: tuple[int, int],
    loops: bool = COMPILED,
) -> None:
    """Add ``sign`` times a tour's rows to the sets that count it, and bring ``on_duty`` up to date.

    Parameters
    ----------
    span: first interval that may change, and first that may not again.
    """
    width = present.shape[1] // max(1, on_duty.shape[1])
    if loops:
        _add(present, on_duty, counted, rows, sign, span[0], span[1], width)
        return
    cells = slice(span[0] * width, span[1] * width)
    for k, row in enumerate(rows):
        present[counted[k], cells] += sign * row[cells]
        if width > 1:
            mine = present[counted[k], cells].reshape(-1, span[1] - span[0], width)
            on_duty[counted[k], span[0] : span[1]] = mine.min(axis=2)


@compiled
def _add(
    present: np.ndarray,
    on_duty: np.ndarray,
    counted: np.ndarray,
    rows: np.ndarray,
    sign: int,
    first: int,
    last: int,
    width: int,
) -> None:
    for k in range(len(rows)):
        row = rows[k, first * width : last * width]
        for s in range(len(present)):
            if counted[k, s]:
                mine = present[s, first * width : last * width]
                if sign > 0:
                    for i in range(len(mine)):
                        mine[i] += row[i]
                else:
                    for i in range(len(mine)):
                        mine[i] -= row[i]
                if width > 1:
                    fewest = on_duty[s, first:last]
                    for k0 in range(len(fewest)):
                        least = mine[k0 * width]
                        for i in range(1, width):
                            least = min(least, mine[k0 * width + i])
                        fewest[k0] = least


def shortage(
    required: np.ndarray,
    on_duty: np.ndarray,
    part: np.ndarray,
    parts: int,
    span: tuple[int, int],
    loops: bool = COMPILED,
) -> np.ndarray:
    """People missing in each interval of a span: blocks add up, sets that span them ask for their own."""
    tops, _others = _tops(required, on_duty, part, parts, np.ones(len(required), np.bool_), span, loops)
    short: np.ndarray = np.maximum(tops[:-1].sum(axis=0, dtype=np.int64), tops[-1])
    return short


def short_worth(
    required: np.ndarray,
    on_duty: np.ndarray,
    part: np.ndarray,
    parts: int,
    mask: np.ndarray,
    cents: int,
    span: tuple[int, int],
    loops: bool = COMPILED,
) -> np.ndarray:
    """Cents that one more person in the sets of a mask saves in each interval of a span.

    Where sets are short side by side nobody alone makes fewer missing, but two or more together do:
    there each is worth the shortage of their own sets as a share of both sides.
    """
    mine, beside = _tops(required, on_duty, part, parts, mask, span, loops)
    if loops:
        return _worth(mine, beside, cents)
    tops, fewer = np.maximum(mine, beside), np.maximum(mine - 1, beside)
    before = np.maximum(tops[:-1].sum(axis=0, dtype=np.int64), tops[-1])
    after = np.maximum(fewer[:-1].sum(axis=0, dtype=np.int64), fewer[-1])
    own = mine.astype(np.int64)
    share = (cents * own // np.maximum(own + beside, 1)).max(axis=0)
    worth: np.ndarray = np.where((before == after) & (before > 0), share, cents * (before - after))
    return worth


def _tops(
    required: np.ndarray,
    on_duty: np.ndarray,
    part: np.ndarray,
    parts: int,
    mask: np.ndarray,
    span: tuple[int, int],
    loops: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """The most that any set of a part lacks, never below 0: among those of a mask, and among the others."""
    tops = np.zeros((2, parts, span[1] - span[0]), np.int16)
    if loops:
        _raise_tops(tops, required, on_duty, part, mask, span[0])
    else:
        lacking = required[:, span[0] : span[1]] - on_duty[: len(required), span[0] : span[1]]
        for side, chosen in enumerate((mask, ~mask)):
            for p in range(parts):
                tops[side, p] = lacking[chosen & (part == p)].max(axis=0, initial=0)
    return tops[0], tops[1]


@compiled
def _raise_tops(
    tops: np.ndarray,
    required: np.ndarray,
    on_duty: np.ndarray,
    part: np.ndarray,
    mask: np.ndarray,
    first: int,
) -> None:
    length = tops.shape[2]
    for s in range(len(required)):
        top = tops[0 if mask[s] else 1, part[s]]
        asked = required[s, first : first + length]
        there = on_duty[s, first : first + length]
        for k in range(length):
            top[k] = max(top[k], np.int16(asked[k] - there[k]))


@compiled
def _worth(mine: np.ndarray, beside: np.ndarray, cents: int) -> np.ndarray:
    parts, length = mine.shape
    worth = np.zeros(length, np.int64)
    for k in range(length):
        before = 0
        after = 0
        for p in range(parts - 1):
            before += max(mine[p, k], beside[p, k])
            after += max(mine[p, k] - 1, beside[p, k])
        before = max(before, max(mine[parts - 1, k], beside[parts - 1, k]))
        after = max(after, max(mine[parts - 1, k] - 1, beside[parts - 1, k]))
        worth[k] = cents * (before - after)
        if before == after and before > 0:
            for p in range(parts):
                own = np.int64(mine[p, k])
                worth[k] = max(worth[k], cents * own // max(own + beside[p, k], 1))
    return worth


@compiled
def option_costs(
    worth: np.ndarray,
    cents: np.ndarray,
    kind: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    break_starts: np.ndarray,
    break_ends: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Pay minus worth of each option with its least valuable break, and the position of that break."""
    total = np.zeros((worth.shape[0], worth.shape[1] + 1), np.int64)
    for k in range(len(worth)):
        total[k, 1:] = np.cumsum(worth[k])
    costs = np.empty(len(cents), np.int64)
    where = np.zeros(len(cents), np.int64)
    for i in range(len(cents)):
        row = total[kind[i]]
        away = row[break_ends[i, 0]] - row[break_starts[i, 0]]
        for j in range(1, break_starts.shape[1]):
            other = row[break_ends[i, j]] - row[break_starts[i, j]]
            if other < away:
                away = other
                where[i] = j
        costs[i] = cents[i] - row[ends[i]] + row[starts[i]] + away
    return costs, where
