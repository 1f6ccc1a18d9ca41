"""What a what-if is: settings in a manager's words, a sentence, and what a scenario then says otherwise."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from planner._messages import Message, Place
from planner.study.scenario.mistakes import Path, path_text
from planner.study.scenario.parts import Part

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Change(Part, ABC):
    """One thing that is otherwise than in the scenario it starts from.

    A change is a class in a file of this folder; its fields are its settings, read like any key of a
    scenario. What it makes is said in a scenario's ordinary keys, so that whatever plans, compares or draws
    a scenario knows nothing of changes.

    Attributes
    ----------
    key: what it is called in ``what_if``.
    """

    key: ClassVar[str]

    @abstractmethod
    def change(self, scenario: Scenario) -> Mapping[str, Any]:
        """What the scenario says otherwise, by its keys, as ``Scenario.replace`` takes it."""

    @abstractmethod
    def explain(self, scenario: Scenario) -> Message:
        """A sentence for people; ``scenario`` is the one before the change."""

    def mistakes(self, scenario: Scenario) -> Iterator[Message]:
        """What this scenario cannot be asked, each at the path of a setting: names that nobody has."""
        yield from ()


def at_setting(message: Message, *path: str | int) -> Message:
    """A sentence at the path of a setting of a change.

    Examples
    --------
    >>> at_setting(Message("whatif.nobody"), "who").place.path
    'who'
    """
    return Message(message.code, message.values, Place(path=path_text(path)))


def refused(code: str, path: Path, **values: object) -> Message:
    """A sentence of whatif.yaml at the path of a setting."""
    return at_setting(Message(f"whatif.{code}", values), *path)
