"""Some people of the team, by name or by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from planner._messages import Message
from planner.study.scenario.asking import ALL
from planner.study.scenario.texts import Words
from planner.study.whatif.change import Change, refused
from planner.study.whatif.named import staff, unknown
from planner.study.whatif.texts import Many, ManySaid

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Chosen(Change):
    """A change of some people."""

    who: Words = Field((), description="names, or all", examples=["Ana Almeida, Bruno Costa"])
    people: ManySaid | None = Field(
        None, description="instead of who: so many, in the order of the team, or a share", examples=["3"]
    )

    def wrong_choice(self, scenario: Scenario, able: Sequence[str]) -> Iterator[Message]:
        """Names that nobody has, both or neither said, more than there are.

        Parameters
        ----------
        able: names of those who can be chosen by number.
        """
        known = [person.name for person in staff(scenario)]
        yield from unknown("person", [name for name in self.who if name != ALL], known, "who")
        if bool(self.who) == (self.people is not None):
            yield refused("who_or_people", ("people",) if self.who else ())
        elif self.people is not None and (self.people.number or 0) > len(able):
            yield refused("too_few_people", ("people",), given=self.people.number, there=len(able))

    def chosen(self, able: Sequence[str]) -> tuple[str, ...]:
        """Names of the chosen; ``able`` are those who can be chosen by number or with all."""
        if self.people is not None:
            return tuple(able[: number_of(self.people, len(able))])
        return tuple(able) if ALL in self.who else self.who


def number_of(many: Many, there: int) -> int:
    """How many of those who are there.

    Examples
    --------
    >>> number_of(Many(share=0.5), 9), number_of(Many(3), 9)
    (5, 3)
    """
    return int(many.share * there + 0.5) if many.number is None else many.number


def people_text(names: Sequence[str]) -> str:
    """People in a sentence.

    Examples
    --------
    >>> people_text(["Ana", "Bo", "Cy", "Di", "Ed"])
    'Ana, Bo, Cy and 2 more'
    """
    if len(names) <= 3:
        return ", ".join(names) or "nobody"
    return f"{', '.join(names[:3])} and {len(names) - 3} more"
