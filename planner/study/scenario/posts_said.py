"""Posts as a scenario says them: so many people on a kind of shift on each day."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

from pydantic import Field

from planner._messages import Message
from planner._values import DaySet
from planner._yaml import Node
from planner.study.scenario.mistakes import place_of
from planner.study.scenario.parts import Part
from planner.study.scenario.texts import Count, Days, Name, Number, Words

if TYPE_CHECKING:
    from planner.study.scenario.said import Said

EVERY_DAY = DaySet(frozenset(range(7)), True)


class PostSaid(Part):
    """So many people on a kind of shift on each day."""

    shift: Name = Field(description="one of `shifts`", examples=["night"])
    people: Count = Field(description="how many each day", examples=["2"])
    days: Days = Field(
        EVERY_DAY,
        description="local days on which the shift starts; default: all",
        examples=["mon-fri"],
    )
    queues: Words = Field(
        (),
        description="only people who can serve one of these count; default: everyone",
        examples=["[phone it]"],
    )
    missing: Number | None = Field(
        None,
        description="price of one person missing on a day; default: the paid hours at the price of a "
        "missing hour",
        examples=["400"],
    )
    extra: Number = Field(
        0.0, description="price of one person too many on such a day; default: nothing", examples=["25"]
    )


class _Posted(Protocol):
    """What says posts: a scenario's text."""

    @property
    def posts(self) -> tuple[PostSaid, ...]: ...


def posts_alone(said: Said) -> bool:
    """Whether posts are all that a scenario asks of its people: no queues, volumes, history or need."""
    return bool(said.posts) and not (said.queues or said.volume or said.history or said.need)


def post_mistakes(said: _Posted, node: Node, shifts: list[str], queues: list[str]) -> Iterator[Message]:
    """Shifts and queues that nobody knows."""
    for index, post in enumerate(said.posts):
        for key, name in (("shift", post.shift), *(("queues", name) for name in post.queues)):
            what, known = ("shift", shifts) if key == "shift" else ("queue", queues)
            if name in known:
                continue
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            values = {"what": what, "name": name, "known": ", ".join(known) or "none"}
            code = "unknown_name"
            if near:
                code, values = "unknown_name_near", {"what": what, "name": name, "near": near[0]}
            yield Message(f"scenario.{code}", values, place_of(node, ("posts", index, key)))
