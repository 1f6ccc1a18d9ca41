"""What a scenario says about the layout of a file: its profile, and a mapping written here or in a file."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from planner.demand import profile_names
from planner.study.scenario.texts import reads, wrong

FILE = "file"
"""Key of a mapping that names a saved one."""


def _profile(text: str) -> str:
    known = profile_names()
    if text in known:
        return text
    near = get_close_matches(text, known, n=1, cutoff=0.6)
    if near:
        raise wrong("choice_near", given=text, near=near[0])
    raise wrong("choice", given=text, known=", ".join(known))


def _mapping(value: object) -> object:
    """A text stands for the mapping that a file holds."""
    if isinstance(value, str):
        if not value.strip():
            raise wrong("empty")
        return {FILE: value}
    return value


def _shortest(value: Mapping[str, Any]) -> object:
    return value[FILE] if set(value) == {FILE} else dict(value)


ProfileName = Annotated[str, reads(_profile)]
MappingSaid = Annotated[dict[str, Any], BeforeValidator(_mapping), PlainSerializer(_shortest)]
