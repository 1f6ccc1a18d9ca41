"""Files that were made, and for whom data are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from planner._messages import Message


@dataclass(frozen=True)
class Made:
    """Files of a rota, ready to be written.

    Attributes
    ----------
    files: content by name, relative to the folder that they go to.
    lacking: who is left out of them because something about these people is missing.
    notices: what whoever uses the files should know.
    encodings: Python's names of them, by file; files that are not there are UTF-8, or no text.
    """

    files: Mapping[str, bytes]
    lacking: tuple[Message, ...] = ()
    notices: tuple[Message, ...] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(self.files.items()))))


def together(made: Iterable[Made]) -> Made:
    """Several files as one; what is missing is said once.

    Examples
    --------
    >>> sorted(together([Made({"a.csv": b""}), Made({"b.csv": b""})]).files)
    ['a.csv', 'b.csv']
    """
    files: dict[str, bytes] = {}
    lacking: list[Message] = []
    notices: list[Message] = []
    encodings: dict[str, str] = {}
    for each in made:
        files |= each.files
        lacking += each.lacking
        notices += each.notices
        encodings |= each.encodings
    return Made(files, tuple(dict.fromkeys(lacking)), tuple(dict.fromkeys(notices)), encodings)
