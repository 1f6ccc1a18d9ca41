"""Scenario: all that a manager decides, and what the rooms below make of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from planner import _yaml
from planner.study.scenario.candidates import candidates_of
from planner.study.scenario.files import lay_over, says_what_if, without_nothing
from planner.study.scenario.placing import Placement, placements_of
from planner.study.scenario.reading import Source, read_scenario
from planner.study.scenario.resolved import Resolved

if TYPE_CHECKING:
    from planner.demand import History, Volumes


class Scenario(Resolved):
    r"""A scenario file and everything that follows from it; frozen, and equal if it says the same.

    Examples
    --------
    >>> desk = Scenario.from_text("people: 5\nvolume: 80 a weekday")
    >>> len(desk.team.agents), desk.queues[0].name, desk.days
    (5, 'email en', 28)
    >>> Scenario.from_text("people: five")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.ScenarioError: scenario.yaml:1:9: people: "five" is not a whole number ...
    """

    @classmethod
    def load(cls, path: Path | str, root: Path | str | None = None) -> Self:
        """Read a scenario file.

        Parameters
        ----------
        path: of the file; its name is lower-case letters, digits, - and _.
        root: folder that no path in it may leave; the file's own folder by default.

        Raises
        ------
        ScenarioError: with all mistakes of the file, those it starts from, and its team file.
        """
        path = Path(path)
        return cls._read(Source.of_file(path, Path(root) if root else path.parent))

    @classmethod
    def from_text(cls, text: str, name: str = "scenario.yaml", folder: Path | str | None = None) -> Self:
        """Read a scenario from text, as if it stood in a folder under a name.

        Raises
        ------
        ScenarioError: with all mistakes.
        """
        return cls._read(Source.of_text(text, name, Path(folder) if folder else None))

    @classmethod
    def quick(cls, text: str) -> Self:
        """A scenario from a sentence, such as "9 people, 40 h, English, about 100 tickets a weekday".

        What the sentence does not say is assumed, and stands in ``assumptions``.

        Raises
        ------
        ScenarioError: naming the words that are not understood.

        Examples
        --------
        >>> desk = Scenario.quick("9 people, 40 h, English, about 100 tickets a weekday")
        >>> len(desk.team.agents), desk.stated_volumes
        (9, {'email en': 100.0})
        """
        from planner.study.scenario.quick import plain_of  # only for those who start without files

        return cls._read(Source.of_node(_yaml.tree(plain_of(text)), None, None))

    @classmethod
    def _read(cls, source: Source) -> Self:
        if len(source.nodes) > 1 or says_what_if(source.nodes[0]):
            from planner.study.whatif import read_changed  # it works with whole scenarios

            return read_changed(source, cls.of_source)
        return cls.of_source(source)

    @classmethod
    def of_source(cls, source: Source) -> Self:
        """A scenario of one document that says all in ordinary keys.

        Raises
        ------
        ScenarioError: with all mistakes.
        """
        reading = read_scenario(source)
        return cls(
            said=reading.said,
            persons=(*reading.people.said, *candidates_of(reading.said)),
            folder=reading.folder,
            root=reading.root,
            source_path=source.path,
            node=reading.node,
        )

    def replace(self, **changes: Any) -> Self:
        """The same scenario with some keys said otherwise, as a file that starts from this one would.

        Mappings are merged, lists replaced; None takes a key back.

        Raises
        ------
        ScenarioError: with all mistakes.

        Examples
        --------
        >>> Scenario.from_text("people: 5").replace(minimum_on_duty={"all": 2}).need_settings.presence["all"]
        2
        """
        over = _yaml.tree({key: as_text(value) for key, value in changes.items()})
        node = without_nothing(lay_over(_yaml.tree(self.plain), over))
        made = self._read(Source.of_node(node, self.folder, self.root))
        return made.model_copy(update={"what_if": (*self.what_if, *made.what_if)}) if self.what_if else made

    @cached_property
    def history(self) -> History | None:
        """Its ticket history, read once; None: it states its volumes or its need.

        Raises
        ------
        HistoryError: a history that cannot be trusted.
        """
        from planner.study import steps  # it works with whole scenarios

        return None if self.fixed_need or self.posts_alone else steps.read_history(self)

    @cached_property
    def expected(self) -> Volumes | None:
        """Its forecast, for what must be the same whatever is tried out later; None: its need is stated.

        Raises
        ------
        HistoryError: a history that cannot be trusted.
        """
        from planner.study import steps  # it works with whole scenarios

        if self.fixed_need or self.posts_alone:
            return None
        return steps.forecast(self.history, self)

    def knowing(self, expected: Volumes | None) -> Self:
        """The same with the forecast of a scenario of which the same contacts are expected."""
        made = self.model_copy()
        made.__dict__["expected"] = expected  # where cached properties of a frozen model stand
        return made

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """Meetings, training and mentoring without an hour, at the hours that were chosen for them."""
        return placements_of(self, self.expected) if self.sittings else ()

    def lighter(self) -> Self:
        """The same with a third of the search budget, for solves that start from a good rota.

        Examples
        --------
        >>> desk = Scenario.from_text("people: 5")
        >>> desk.iterations, desk.lighter().iterations
        (1500, 500)
        """
        return self.model_copy(update={"budget": self.budget / 3})

    def dump(self) -> str:
        r"""The scenario as YAML text, complete: it starts from no other file.

        Examples
        --------
        >>> print(Scenario.from_text("people: 5\nsolve: {seed: 2}").dump(), end="")
        name: Scenario
        people:
        - {count: 5}
        solve: {seed: 2}
        """
        return _yaml.dump(self.plain)

    @property
    def plain(self) -> dict[str, Any]:
        """What the scenario says, as text, lists and mappings."""
        plain: dict[str, Any] = _listed(self.said.model_dump(by_alias=True, exclude_unset=True))
        return plain

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        mine = (self.said, self.persons, self.budget, self.known_rota)
        return mine == (other.said, other.persons, other.budget, other.known_rota)

    def __hash__(self) -> int:
        return hash(self.dump())


def _listed(value: Any) -> Any:
    """The same with lists for tuples."""
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, list | tuple) else value


def as_text(value: Any) -> Any:
    """A Python value as a scenario file would write it; None takes a key back.

    Examples
    --------
    >>> as_text({"weeks": 4, "closed": True, "day": date(2026, 3, 30)})
    {'weeks': '4', 'closed': 'yes', 'day': '2026-03-30'}
    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return {str(key): as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else str(value)
