"""What-ifs as files: written beside the scenario that they start from, which stays as it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner import _yaml
from planner._errors import InputError
from planner._files import write_atomic
from planner._messages import Message, Place
from planner.study.scenario import Scenario
from planner.study.scenario.files import STARTS_FROM, WHAT_IF, file_mistake


def asked_in_words(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Changes as a command line says them, as a file lists them.

    Settings of one change follow one another; a setting that comes again begins another change.

    Parameters
    ----------
    texts: each a setting, ``volume.by=+20%``, its value written as in a file.

    Raises
    ------
    InputError: all that are not written so.

    Examples
    --------
    >>> asked_in_words(["volume.by=+20%", "volume.queues=email en", "close_channel.queues=chat en"])
    [{'volume': {'by': '+20%', 'queues': 'email en'}}, {'close_channel': {'queues': 'chat en'}}]
    >>> asked_in_words(["close_channel.to={email en: 70%, lost: 30%}"])
    [{'close_channel': {'to': {'email en': '70%', 'lost': '30%'}}}]
    """
    listed: list[dict[str, Any]] = []
    mistakes: list[Message] = []
    for text in texts:
        left, equals, value = text.partition("=")
        change, _, setting = left.strip().partition(".")
        if not (change and setting and equals and value.strip()):
            mistakes.append(Message("whatif.change_text", {"given": text}))
            continue
        last = listed[-1].get(change) if listed else None
        if last is None or setting in last:
            listed.append({change: {}})
            last = listed[-1][change]
        last[setting] = _value(value.strip(), mistakes, text)
    if mistakes:
        raise InputError(*mistakes)
    return listed


def _value(text: str, mistakes: list[Message], given: str) -> Any:
    """Lists and mappings as a file writes them; anything else is text."""
    if text[0] not in "[{":
        return text
    try:
        return _yaml.load(text).plain()
    except InputError:
        mistakes.append(Message("whatif.change_text", {"given": given}))
        return text


def what_if_file(base: Path, changes: Sequence[str], out: Path, name: str = "") -> Scenario:
    """Write a new scenario file that starts from another and says only what changes.

    Parameters
    ----------
    base: the scenario that it starts from; it stays as it is.
    changes: as ``asked_in_words`` reads them.
    out: the new file, in the folder of ``base`` or beneath it.
    name: of the new scenario; default: after its file.

    Returns
    -------
    The new scenario.

    Raises
    ------
    InputError: with all mistakes; nothing is written then.
    """
    listed = asked_in_words(changes)
    if not listed:
        raise InputError(Message("whatif.no_change", {}))
    if out.exists():
        raise InputError(Message("study.exists", {"file": out.as_posix()}))
    if wrong := file_mistake(out, out.parent, Place(out.as_posix())):
        raise InputError(wrong)
    if out.parent.resolve() != base.parent.resolve():
        raise InputError(Message("whatif.beside", {"file": base.as_posix()}, Place(out.as_posix())))
    Scenario.load(base)  # its own mistakes first: nothing can start from it
    said: dict[str, Any] = {STARTS_FROM: os.path.basename(base)}
    said |= {"name": name} if name else {}
    text = _yaml.dump({**said, WHAT_IF: listed})
    made = Scenario.from_text(text, name=out.name, folder=out.parent)
    write_atomic(out, text)
    return made
