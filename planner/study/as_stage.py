"""An answer as a new stage: what a stage file says that starts from the one that was asked about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner._values import parse_clock, parse_days
from planner.study.next_hours.blocks import DAY, Block
from planner.study.next_hours.opened import opened
from planner.study.team_size import alike
from planner.study.whatif import changed

if TYPE_CHECKING:
    from planner.study.scenario import Scenario

OWN = ("name", "what_if", "solve")
"""Keys that stay those of the new stage: how long to search is no part of an answer."""
NOTHING = "none"
SEATS = ("hire", "outsource")


def differing(base: Scenario, other: Scenario, seats: bool = False) -> dict[str, Any]:
    """What a file that starts from one scenario says to be another.

    Parameters
    ----------
    seats: whether hiring and outsourcing, as ``solve`` says them, belong to the answer.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> differing(desk, desk.replace(minimum_on_duty={"all": 2}))
    {'minimum_on_duty': {'all': '2'}}
    """
    before, after = base.plain, other.plain
    found = {key: value for key, value in after.items() if key not in OWN and before.get(key) != value}
    gone = {key: NOTHING for key in before if key not in after and key not in OWN}
    solve = {key: after["solve"][key] for key in SEATS if key in after.get("solve", {})} if seats else {}
    return {**found, **gone, **({"solve": solve} if solve else {})}


def block_of(row: Mapping[str, Any]) -> Block:
    """The block that a row of ``next_hours.csv`` is about."""
    opens, closes = parse_clock(row["open"]), parse_clock(row["close"])
    minutes = (closes - opens) % DAY or DAY
    return Block(tuple(row["queues"].split(" + ")), parse_days(row["days"]), opens, minutes, row["where"])


def block_changes(base: Scenario, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a stage says with a block open, and the people more with whom it goes.

    Parameters
    ----------
    row: of ``next_hours.csv``.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> row = {"queues": "email en", "days": "mon-fri", "open": "07:00", "close": "09:00", "where": "earlier"}
    >>> block_changes(Scenario.from_text("people: 5"), row)["opening_hours"][-1]["open"]
    '07:00'
    """
    wider = opened(base, block_of(row))
    hires = row.get("hires")
    if hires:
        wider = changed(wider, "hires", _like(base, int(hires)))
    return differing(base, wider)


def _like(base: Scenario, people: int) -> dict[str, Any]:
    """People as the answer meant them, as a what-if says them."""
    one = alike(base).person.model_dump(by_alias=True, exclude_unset=True)
    same = ("site", "languages", "teams", "channels", "weekly_hours", "cost", "nights")
    return {"people": people, **{key: one[key] for key in same if one.get(key) not in (None, "", [], {})}}


def file_changes(base: Scenario, file: Path, folder: Path, seats: bool = False) -> dict[str, Any]:
    """What a stage says to be the scenario that a job has written.

    Parameters
    ----------
    file: of the job. folder: of the workspace, beside whose files it belongs.
    """
    other = type(base).from_text(file.read_text(encoding="utf-8"), name=file.name, folder=folder)
    return differing(base, other, seats)
