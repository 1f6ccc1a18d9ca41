"""A crew as plain bytes and back, for a search in another process: numbers and names, nothing that runs.

Only what the search computes with travels. People whose rules need more than their programme, and rules
over several people, stay at home (``can_travel``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, BinaryIO, cast

import numpy as np

from planner.requirement import Backlog, Need, Post
from planner.scheduling.cpsat_people import Choice, Person
from planner.scheduling.crew import Crew
from planner.scheduling.duties import Grid, Worker
from planner.scheduling.problem import Problem
from planner.scheduling.programme import Programme
from planner.scheduling.taking import may_stay_out

Arrays = list[np.ndarray]
SHARED = ("number", "day", "cents", "starts", "ends", "break_starts", "break_ends", "kind")
"""Arrays that people on the same clock with the same pay share."""
TABLES = tuple(field.name for field in fields(Programme) if field.name not in ("days", "options", "legal"))


def can_travel(crew: Crew) -> bool:
    """Whether a search elsewhere would see all that it needs."""
    return not crew.problem.team_rules and not any(worker.left_out for worker in crew.workers)


def send(stream: BinaryIO, head: dict[str, Any], arrays: Sequence[np.ndarray] = ()) -> None:
    """Write a message: a JSON line, then the numbers."""
    whole = [np.ascontiguousarray(array) for array in arrays]
    line = {**head, "arrays": [[array.dtype.str, list(array.shape)] for array in whole]}
    stream.write(json.dumps(line).encode() + b"\n" + b"".join(array.tobytes() for array in whole))
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], Arrays] | None:
    """Read a message; None where it ends."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    arrays = []
    for kind, shape in head.pop("arrays"):
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        body = stream.read(size)
        if len(body) != size:
            return None
        arrays.append(np.frombuffer(body, kind).reshape(shape).copy())
    return head, arrays


class _Hold:
    """Arrays on board, each once; what is put in gets a number."""

    def __init__(self) -> None:
        self.arrays: Arrays = []
        self._known: dict[int, int] = {}

    def put(self, array: np.ndarray) -> int:
        """The number of an array."""
        if id(array) not in self._known:
            self._known[id(array)] = len(self.arrays)
            self.arrays.append(array)
        return self._known[id(array)]


def packed(crew: Crew) -> tuple[dict[str, Any], Arrays]:
    """Head and numbers of a crew."""
    hold, problem = _Hold(), crew.problem
    programmes = {id(worker.programme): worker.programme for worker in crew.workers}
    places = {key: number for number, key in enumerate(programmes)}
    head = {
        "days": problem.days,
        "missing_cents": problem.missing_cents,
        "extra_cents": problem.extra_cents,
        "fixed_cents": crew.fixed_cents,
        "grid": [crew.grid.first_quarter, crew.grid.quarters, crew.grid.cells, crew.grid.per_interval],
        "before": hold.put(crew.before),
        "posted": hold.put(crew.posted),
        "need": _need_head(problem.need, hold),
        "programmes": [_programme_head(programme, hold) for programme in programmes.values()],
        "workers": [_worker_head(worker, places[id(worker.programme)], hold) for worker in crew.workers],
    }
    return head, hold.arrays


def unpacked(head: dict[str, Any], arrays: Arrays) -> Crew:
    """The crew again, as far as a search sees it."""
    programmes = [_programme(one, arrays) for one in head["programmes"]]
    days = ((),) * head["days"]
    problem = Problem(
        name="",
        need=_need(head["need"], arrays),
        missing_cents=head["missing_cents"],
        extra_cents=head["extra_cents"],
        days=head["days"],
        # What follows is never asked for by a search.
        **dict.fromkeys(("team", "skills", "first_day", "calendars", "rules", "pay"), cast("Any", None)),
        shift_types=(),
    )
    workers = tuple(_worker(one, programmes, days, arrays) for one in head["workers"])
    before, posted = arrays[head["before"]], arrays[head["posted"]]
    return Crew(problem, Grid(*head["grid"]), workers, (), (), before, head["fixed_cents"], posted)


def _programme_head(programme: Programme, hold: _Hold) -> dict[str, Any]:
    tables = {name: hold.put(getattr(programme, name)) for name in TABLES}
    return {"days": programme.days, "options": programme.options, "legal": programme.legal, **tables}


def _programme(head: dict[str, Any], arrays: Arrays) -> Programme:
    return Programme(**{name: arrays[value] if name in TABLES else value for name, value in head.items()})


def _worker_head(worker: Worker, programme: int, hold: _Hold) -> dict[str, Any]:
    shared = {name: hold.put(getattr(worker, name)) for name in SHARED}
    own = {"counted": hold.put(worker.counted), "posts": hold.put(worker.posts)}
    optional = worker.person.optional
    stays = optional is not None and not may_stay_out(worker)
    return {"programme": programme, "optional": optional, "stays": stays, **shared, **own}


def _worker(
    head: dict[str, Any], programmes: list[Programme], days: tuple[tuple[Choice, ...], ...], arrays: Arrays
) -> Worker:
    never = cast("Any", None)
    locked = Choice(never, 0, locked=cast("Any", True))
    return Worker(
        person=Person("", never, days, (), {}, optional=head["optional"]),
        choices=(locked,) if head["stays"] else (),
        **{name: arrays[head[name]] for name in (*SHARED, "counted", "posts")},
        programme=programmes[head["programme"]],
        left_out=(),
    )


def _need_head(need: Need, hold: _Hold) -> dict[str, Any]:
    return {
        "numbers": [need.first_quarter, need.interval_minutes],
        "queues": list(need.queues),
        "sets": [sorted(names) for names in need.sets],
        "groups": [list(group) for group in need.groups],
        "required": hold.put(need.required),
        "open": hold.put(need.open),
        "backlogs": [
            {
                "queues": sorted(row.queues),
                "numbers": [row.per_person, row.carried_in],
                "rows": [hold.put(row.arriving), hold.put(row.not_due)],
                "limits": [[sorted(names), hold.put(taken)] for names, taken in row.limits],
            }
            for row in need.backlogs
        ],
        "posts": [
            {
                "names": [post.name, post.shift, sorted(post.queues)],
                "hours": post.hours,
                "rows": [hold.put(x) for x in (post.required, post.missing_cents, post.extra_cents)],
            }
            for post in need.posts
        ],
    }


def _need(head: dict[str, Any], arrays: Arrays) -> Need:
    backlogs = tuple(
        Backlog(
            queues=frozenset(row["queues"]),
            arriving=arrays[row["rows"][0]],
            not_due=arrays[row["rows"][1]],
            per_person=row["numbers"][0],
            limits=tuple((frozenset(names), arrays[at]) for names, at in row["limits"]),
            carried_in=row["numbers"][1],
        )
        for row in head["backlogs"]
    )
    posts = tuple(
        Post(
            name=post["names"][0],
            shift=post["names"][1],
            required=arrays[post["rows"][0]],
            missing_cents=arrays[post["rows"][1]],
            extra_cents=arrays[post["rows"][2]],
            hours=post["hours"],
            queues=frozenset(post["names"][2]),
        )
        for post in head["posts"]
    )
    return Need(
        need_id="",
        first_quarter=head["numbers"][0],
        interval_minutes=head["numbers"][1],
        queues=tuple(head["queues"]),
        sets=tuple(frozenset(names) for names in head["sets"]),
        required=arrays[head["required"]],
        backlogs=backlogs,
        groups=tuple(tuple(group) for group in head["groups"]),
        open=arrays[head["open"]],
        posts=posts,
    )
