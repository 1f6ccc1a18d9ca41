"""Pure changes of a need: cuts that a simulation asks for, more safety for deferred work."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from planner._errors import InputError
from planner._messages import Message
from planner.requirement.need import Backlog, Need

ID_LENGTH = 12
TICKETS = ("first replies", "all work")
BESIDE_TICKETS = ("voicemail", "planned work")


def renamed(need: Need) -> Need:
    """The same need with the id of its content: the first 12 hex digits of its SHA-256.

    The explanation (``why``) is no part of the content.

    Examples
    --------
    >>> people, is_open = np.array([[1, 2]]), np.ones((1, 2), bool)
    >>> n = Need("", 0, 30, ("a",), (frozenset({"a"}),), people, (), (("a",),), is_open)
    >>> renamed(n).need_id
    '54cddff21ac9'
    """
    digest = hashlib.sha256()

    def words(*values: object) -> None:
        digest.update(repr(values).encode())

    def numbers(array: np.ndarray) -> None:
        digest.update(np.ascontiguousarray(array, dtype="<i8").tobytes())

    words(int(need.first_quarter), int(need.interval_minutes), need.queues, need.groups, need.required.shape)
    for names in need.sets:
        words(sorted(names))
    numbers(need.required)
    numbers(need.open)
    for row in need.backlogs:
        words(sorted(row.queues), int(row.per_person), int(row.carried_in), row.what)
        numbers(row.arriving)
        numbers(row.not_due)
        for names, taken in row.limits:
            words(sorted(names))
            numbers(taken)
    for post in need.posts:
        words(post.name, post.shift, float(post.hours), sorted(post.queues))
        numbers(np.stack([post.required, post.missing_cents, post.extra_cents]))
    return replace(need, need_id=digest.hexdigest()[:ID_LENGTH])


def with_cut(need: Need, names: frozenset[str], extra: np.ndarray) -> Need:
    """The need, with more people asked of a set of queues in some intervals.

    A listed set needs ``extra`` people more than it did, and so does the set with planned work beside
    it, while that goes on: who is away answers nobody. A set that is not listed yet joins the list and
    needs ``extra`` more than the most demanding listed set within it.

    Parameters
    ----------
    names: queues (or roles) of the need.
    extra: people more in each interval, whole and not negative.

    Raises
    ------
    InputError: unknown queues, another number of intervals, fewer people.

    Examples
    --------
    >>> two, people = (frozenset({"a"}), frozenset({"b"})), np.array([[1, 2], [3, 0]])
    >>> n = Need("", 0, 30, ("a", "b"), two, people, (), (("a", "b"),), np.ones((2, 2), bool))
    >>> with_cut(n, frozenset({"a", "b"}), np.array([0, 1])).required.tolist()
    [[1, 2], [3, 0], [0, 3]]
    """
    extra = np.asarray(extra)
    wrong = [Message("requirement.cut_unknown", {"queue": q}) for q in sorted(names - set(need.queues))]
    if extra.shape != (need.intervals,):
        wrong.append(Message("requirement.cut_shape", {"given": extra.size, "intervals": need.intervals}))
    if extra.size and not extra.min() >= 0:
        wrong.append(Message("requirement.cut_negative", {"value": f"{extra.min():g}"}))
    if wrong:
        raise InputError(*wrong)
    extra = np.ceil(extra).astype(np.int64)
    required = need.required.astype(np.int64, copy=True)
    if names in need.sets:
        required[need.sets.index(names)] += extra
        for row, other in enumerate(need.sets):
            if names < other and other - names <= set(need.planned) - names:
                required[row] += np.where(required[row] > 0, extra, 0)
        return renamed(replace(need, required=required))
    within = [required[row] for row, other in enumerate(need.sets) if other <= names]
    base = np.max(within, axis=0) if within else np.zeros(need.intervals, dtype=np.int64)
    added = np.where(extra > 0, base + extra, 0)
    return renamed(replace(need, sets=(*need.sets, names), required=np.vstack((required, added))))


def with_margin(need: Need, names: frozenset[str], z: float) -> Need:
    """The need, with more (or less) safety for deferred queues.

    Every backlog whose queues are all among ``names`` gets ``z`` more of its safety work; voicemail and
    planned work that a union takes in do not count. Steps add up exactly: as much up as down gives the
    need that there was, with its id.

    Parameters
    ----------
    z: added to the safety of ``NeedSettings``, to nine digits; negative takes away.

    Examples
    --------
    >>> mail, each = frozenset({"mail"}), np.full(2, 4)
    >>> row = Backlog(mail, each, each, 100, (), margin_arriving=each * 1.3, margin_not_due=each * 0.0)
    >>> people, is_open = np.array([[0, 0]]), np.ones((1, 2), bool)
    >>> need = renamed(Need("", 0, 30, ("mail",), (mail,), people, (row,), (("mail",),), is_open))
    >>> more = with_margin(need, mail, 0.5)
    >>> more.backlogs[0].arriving.tolist(), with_margin(more, mail, -0.5).need_id == need.need_id
    ([7, 6], True)
    """
    beside = _names_of(need, BESIDE_TICKETS) - _names_of(need, TICKETS) - names
    rows = tuple(
        _with_safety(row, z) if row.queues & names and row.queues - beside <= names else row
        for row in need.backlogs
    )
    return renamed(replace(need, backlogs=rows))


def _names_of(need: Need, whats: tuple[str, ...]) -> frozenset[str]:
    """Queues and planned work that have a backlog of their own of some kinds."""
    rows = [row.queues for row in need.backlogs if row.what in whats and len(row.queues) == 1]
    return frozenset().union(*rows)


def _with_safety(row: Backlog, z: float) -> Backlog:
    if not row.margin_arriving.size:
        return row
    made, before = row.made_with or (row.arriving, row.not_due), row.more_safety
    if not all(map(np.array_equal, _with_more(*made, row, before), (row.arriving, row.not_due))):
        # Somebody changed the work itself since: what it is now is what it is made with.
        made, before = (row.arriving, row.not_due), 0.0
    more = round(before + z, 9)
    arriving, not_due = _with_more(*made, row, more)
    return replace(row, arriving=arriving, not_due=not_due, more_safety=more, made_with=made)


def _with_more(
    arriving: np.ndarray, not_due: np.ndarray, row: Backlog, z: float
) -> tuple[np.ndarray, np.ndarray]:
    """Whole units of a row as it was made and so much more safety."""
    if not z:
        return arriving, not_due
    arrived = np.cumsum(arriving)
    due = arrived - not_due
    more = np.cumsum(z * row.margin_arriving)
    more_due = more - z * row.margin_not_due
    arrived = np.maximum.accumulate(np.maximum(0, arrived + np.floor(more + 0.5).astype(np.int64)))
    due = np.clip(due + np.floor(more_due + 0.5).astype(np.int64), 0, arrived)
    return np.diff(arrived, prepend=0), arrived - due
