"""Which of a person's options a mark selects, worked out once for everyone on the same clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.rota import Option
from planner.rules import AgentCalendar, Mark, Shape, selects
from planner.scheduling.counters import Counter


class Marks:
    """Which options a mark selects, remembered for everyone on the same clock.

    Attributes
    ----------
    counters: by what people who share them have in common; a counter for each of their shapes, and the slim
        ones of these.
    """

    def __init__(self) -> None:
        self.counters: dict[tuple[object, ...], tuple[dict[Shape, Counter], dict[Shape, Counter]]] = {}
        self._known: dict[tuple[Mark, str], dict[tuple[str, str, int, int, int, int], bool]] = {}

    def selected(self, mark: Mark, options: Sequence[Option], calendar: AgentCalendar) -> np.ndarray:
        """One truth value per option."""
        plain = replace(mark, days=None)
        known = self._known.setdefault((plain, calendar.agent.zone), {})
        found = np.empty(len(options), bool)
        for i, option in enumerate(options):
            key = (
                option.kind,
                option.name,
                option.start_minute,
                option.start,
                option.end,
                option.paid_minutes,
            )
            value = known.get(key)
            if value is None:
                value = known[key] = selects(plain, option, calendar)
            found[i] = value
        if mark.days is not None:
            found &= np.array([option.day in mark.days for option in options], bool)
        return found
