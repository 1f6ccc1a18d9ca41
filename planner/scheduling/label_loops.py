"""One day of labels, compiled: the same labels in the same order as ``labelled`` finds with numpy."""

from __future__ import annotations

import numpy as np

from planner._compiled import compiled

Arrays = tuple[np.ndarray, ...]
ROOM = 256


@compiled
def _slot_of(
    table: np.ndarray, where: np.ndarray, states: np.ndarray, cls: int, slot: int, new: np.ndarray
) -> int:
    """Where a label stands in a hash table, or the free place for it."""
    mask = len(table) - 1
    code = (cls * 1000003 + slot) & 2147483647
    for k in range(len(new)):
        code = (code * 1000003 + new[k]) & 2147483647
    code ^= code >> 15
    at = code & mask
    while table[at] >= 0:
        i = table[at]
        same = where[i, 0] == cls and where[i, 1] == slot
        for k in range(len(new)):
            same = same and states[i, k] == new[k]
        if same:
            break
        at = (at + 1) & mask
    return at


@compiled
def _wider(numbers: np.ndarray) -> np.ndarray:
    """The same rows and as many more."""
    wide = np.empty((2 * numbers.shape[0], numbers.shape[1]), np.int64)
    wide[: numbers.shape[0]] = numbers
    return wide


@compiled
def day_of_labels(
    day: int, limit: int, rivals: int, labels: Arrays, bounds: Arrays, programme: Arrays, automata: Arrays
) -> Arrays:
    """Labels after a day: class and slot, states, cents, parent, option and promise of each."""
    where, states, cents, parent, option, promise = _onward(day, limit, labels, bounds, programme, automata)
    keep = _undominated(day + 1, rivals, where, states, cents, automata)
    return where[keep], states[keep], cents[keep], parent[keep], option[keep], promise[keep]


@compiled
def _onward(
    day: int, limit: int, labels: Arrays, bounds: Arrays, programme: Arrays, automata: Arrays
) -> Arrays:
    """Distinct labels after a day that may lead to a tour within the limit."""
    old_where, old_states, old_cents = labels
    arc_costs, off, stay, values, ahead = bounds
    classes, slots, arcs, moves, costs, arc_letter, arc_slot, pens = programme[:8]
    off_letter, off_slot, at_values, at_moves, at_arcs, at_pens, at_slots, arc_option = programme[10:]
    letters, off_letters, sizes, k_moves, k_costs, k_at_moves, k_at_states = automata[:7]
    far = np.int64(2**60)
    count = old_states.shape[1]
    n, a, width = classes[day], arcs[day], slots[day + 1]
    there, m, j0, p0, s0 = at_values[day + 1], at_moves[day], at_arcs[day], at_pens[day], at_slots[day]
    where, states = np.empty((ROOM, 2), np.int64), np.empty((ROOM, count), np.int64)
    numbers = np.empty((ROOM, 4), np.int64)  # cents, parent, option, promise
    table = np.full(4 * ROOM, -1, np.int64)
    new = np.empty(count, np.int64)
    found = 0
    for turn in range(2):  # a day off of each, then duties
        if turn == 0 and (stay[day] >= 0 or off[day] >= far):
            continue
        if turn == 1 and stay[day] == -1:
            continue
        for i in range(len(old_cents)):
            c, s = old_where[i, 0], old_where[i, 1]
            for j in range(a if turn else 1):
                if turn:
                    pen = pens[p0 + s * a + j]
                    chosen = arc_option[j0 + j]
                    if pen >= far or (stay[day] != -2 and chosen != stay[day]):
                        continue
                    at, slot = m + arc_letter[j0 + j] * n + c, arc_slot[j0 + j]
                    total = old_cents[i] + costs[at] + arc_costs[j0 + j] + pen
                else:
                    chosen = np.int64(-1)
                    at, slot = m + off_letter[s0 + s] * n + c, off_slot[s0 + s]
                    total = old_cents[i] + costs[at] + off[day]
                cls = moves[at]
                if cls >= classes[day + 1]:
                    continue
                to_go = values[there + cls * width + slot]
                if to_go >= far:
                    continue
                alive = True
                for k in range(count):
                    read = off_letters[k, day] if chosen < 0 else letters[k, chosen]
                    at = k_at_moves[k, day] + read * sizes[k, day] + old_states[i, k]
                    new[k] = k_moves[at]
                    if new[k] >= sizes[k, day + 1]:
                        alive = False
                        break
                    total += k_costs[at]
                    to_go += ahead[k_at_states[k, day + 1] + new[k]]
                    if to_go >= far:
                        alive = False
                        break
                if not alive or total + to_go > limit:
                    continue
                at = _slot_of(table, where, states, cls, slot, new)
                if table[at] >= 0:
                    row = table[at]
                    if total >= numbers[row, 0]:
                        continue
                else:
                    row = found
                    found += 1
                    table[at] = row
                    where[row, 0], where[row, 1] = cls, slot
                    states[row] = new
                numbers[row, 0], numbers[row, 1], numbers[row, 2] = total, i, chosen
                numbers[row, 3] = total + to_go
                if found == len(numbers):
                    where, states, numbers = _wider(where), _wider(states), _wider(numbers)
                    table = np.full(4 * len(numbers), -1, np.int64)
                    for row in range(found):
                        at = _slot_of(table, where, states, where[row, 0], where[row, 1], states[row])
                        table[at] = row
    kept = numbers[:found]
    return where[:found], states[:found], kept[:, 0], kept[:, 1], kept[:, 2], kept[:, 3]


@compiled
def _undominated(
    day: int, rivals: int, where: np.ndarray, states: np.ndarray, cents: np.ndarray, automata: Arrays
) -> np.ndarray:
    """Which labels no other one makes needless."""
    sizes, extra, at_extra = automata[2], automata[7], automata[8]
    size = len(cents)
    keep = np.ones(size, np.bool_)
    if size < 2:
        return keep
    wide = where[:, 1].max() + 1
    place = where[:, 0] * wide + where[:, 1]
    order = np.argsort(cents, kind="mergesort")
    order = order[np.argsort(place[order], kind="mergesort")]
    begin = 0
    while begin < size:
        end = begin + 1
        while end < size and place[order[end]] == place[order[begin]]:
            end += 1
        last = min(end, begin + rivals)
        for y in range(begin, end):
            b = order[y]
            for x in range(begin, last):
                a = order[x]
                if x == y or _more(day, a, b, states, cents, sizes, extra, at_extra) > 0:
                    continue
                if x < y or _more(day, b, a, states, cents, sizes, extra, at_extra) > 0:
                    keep[b] = False
                    break
        begin = end
    return keep


@compiled
def _more(
    day: int,
    a: int,
    b: int,
    states: np.ndarray,
    cents: np.ndarray,
    sizes: np.ndarray,
    extra: np.ndarray,
    at_extra: np.ndarray,
) -> int:
    """The most that one label may cost more than another in the end."""
    far = np.int64(2**60)
    more = cents[a] - cents[b]
    for k in range(states.shape[1]):
        if at_extra[k, day] < 0:
            add = np.int64(0) if states[a, k] == states[b, k] else far
        else:
            add = extra[at_extra[k, day] + states[a, k] * sizes[k, day] + states[b, k]]
        more = min(max(more + add, -far), far)
    least: int = more
    return least
