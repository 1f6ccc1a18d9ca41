"""When each stage of a rollout can start, and which is said to start too early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.study.growing.dates import Earliest, earliest

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


@dataclass(frozen=True)
class StageStart:
    """A stage and when it can start.

    Attributes
    ----------
    hires: people whom the stage before has not. starts: as it says, or None.
    """

    name: str
    hires: int
    earliest: Earliest
    starts: date | None

    @property
    def too_early(self) -> bool:
        """Whether it is said to start before it can."""
        return bool(self.starts and self.earliest.day and self.starts < self.earliest.day)

    @property
    def told(self) -> tuple[Message, ...]:
        """In a sentence."""
        values = {
            "stage": self.name,
            "hires": self.hires,
            "weeks": self.earliest.weeks,
            "day": self.earliest.day.isoformat() if self.earliest.day else "",
            "starts": self.starts.isoformat() if self.starts else "",
            "why": ", ".join(map(str, self.earliest.reasons)),
        }
        if self.earliest.day is None:
            return (Message("growing.stage_undated", values),)
        return (Message("growing.stage_early" if self.too_early else "growing.stage", values),)


def stage_starts(scenarios: Sequence[Scenario]) -> tuple[StageStart, ...]:
    r"""Every stage but the first, with the people whom the stage before has not.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> text = "people: 5\nhiring: {decided: 2026-01-05}"
    >>> now = Scenario.from_text(text)
    >>> more = now.replace(name="More", people=7, starts="2026-03-02")
    >>> (stage,) = stage_starts([now, more])
    >>> stage.hires, stage.earliest.day.isoformat(), stage.too_early
    (2, '2026-05-11', True)
    """
    found = []
    for before, stage in pairwise(scenarios):
        known = {agent.name for agent in before.team.agents}
        new = [agent for agent in stage.team.agents if agent.name not in known and not agent.outside]
        found.append(StageStart(stage.name, len(new), earliest(stage, len(new)), stage.starts))
    return tuple(found)
