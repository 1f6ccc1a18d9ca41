"""What-ifs as a form: the settings of a change, and what is typed into them, as a file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planner import _yaml
from planner._messages import Message
from planner.study.scenario.files import WHAT_IF
from planner.study.whatif.changing import changed_by
from planner.study.whatif.registry import CHANGES
from planner.study.whatif.writing import asked_in_words

if TYPE_CHECKING:
    from planner.study.scenario import Scenario


class Setting(NamedTuple):
    """A setting of a change: its key, whether it must be said, and how one may be written."""

    key: str
    needed: bool
    example: str


ONE_OF = {"handle_time": ("by",), "growth": ("customers",), "language": ("people",), "part_time": ("people",)}
"""Settings of which a change needs one or another: these are asked for first."""
USUAL = {"hires": ("people",), "outsource": ("price", "from", "to"), "temporary": ("people",)}
"""Settings with a usual value that decide what the change is about: asked for first, too."""


def settings_of(change: str) -> tuple[Setting, ...]:
    """The settings of a change, those first that must be said.

    Examples
    --------
    >>> settings_of("volume")
    (Setting(key='by', needed=True, example='+20%'), Setting(key='queues', needed=False, example='email en'))
    """
    first = (*ONE_OF.get(change, ()), *USUAL.get(change, ()))
    found = []
    for name, info in CHANGES[change].model_fields.items():
        key = info.alias or name
        example = str((info.examples or [""])[0])
        found.append(Setting(key, info.is_required() or key in first, example))
    return tuple(sorted(found, key=lambda setting: not setting.needed))


def typed_change(change: str, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was typed, as ``what_if`` of a file; settings left empty keep their usual value.

    Raises
    ------
    InputError: for a list or mapping that cannot be read.

    Examples
    --------
    >>> typed_change("volume", {"by": " +20% ", "queues": ""})
    [{'volume': {'by': '+20%'}}]
    """
    words = [f"{change}.{key}={text.strip()}" for key, text in typed.items() if text.strip()]
    return asked_in_words(words) or [{change: {}}]


def preview(scenario: Scenario, what_if: list[dict[str, Any]]) -> tuple[Message, ...]:
    """What will be otherwise, in sentences.

    Raises
    ------
    ScenarioError: with all mistakes, in the changes and in what becomes of the scenario.

    Examples
    --------
    >>> from planner.study import Scenario
    >>> desk = Scenario.from_text("people: 5")
    >>> print(preview(desk, [{"volume": {"by": "+20%"}}])[0])
    what if: +20% contacts, all queues
    """
    node = _yaml.tree({WHAT_IF: what_if})
    assert isinstance(node.value, dict)
    return changed_by(scenario, node.value[WHAT_IF]).what_if[len(scenario.what_if) :]
