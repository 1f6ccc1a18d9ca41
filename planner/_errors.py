"""Everything that is raised on purpose.

PlannerError                carries one or more messages; faces print them, exit code 2
├── InputError              something the user gave is wrong; all mistakes at once
│   ├── ValueTextError      one written value: "2 hours ago" is not a duration (also a ValueError)
│   ├── ScenarioError       a scenario file or team file
│   ├── HistoryError        a ticket export
│   └── RotaFileError       a rota CSV
├── SolveError              the engine could not give any answer
└── TaskError               background work: queue full, worker lost, unknown job
"""

from __future__ import annotations

from planner._messages import Message


class PlannerError(Exception):
    """Root of all errors raised on purpose.

    Examples
    --------
    >>> str(PlannerError(Message("errors.with_place", {"text": "no"})))
    'no'
    """

    def __init__(self, *messages: Message) -> None:
        super().__init__(*messages)
        self.messages: tuple[Message, ...] = messages

    def __str__(self) -> str:
        return "\n".join(str(message) for message in self.messages)


class InputError(PlannerError):
    """Something the user gave is wrong."""


class ValueTextError(InputError, ValueError):
    """A written value cannot be read, such as a duration or a share."""


class ScenarioError(InputError):
    """A scenario or team file has mistakes."""


class HistoryError(InputError):
    """A ticket export cannot be read as it is."""


class RotaFileError(InputError):
    """A rota file cannot be read as it is."""


class SolveError(PlannerError):
    """The engine could not give any answer."""


class TaskError(PlannerError):
    """Background work could not be taken, run or found."""
