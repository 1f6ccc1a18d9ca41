"""How numbers, days and lengths of time are written where decimals have a comma.

Files write them as English does. A text made of nothing but such words and numbers is written again word by
word; any other text is somebody's own and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNT = r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FIGURE = rf"[~<>≤≥+−-]?{_COUNT}(?: ?[%‰]| [^\W\d_]{{1,5}})?"
# A number as text, with its unit, or a range of two; dates, times and versions of three parts are none.
_NUMBER = re.compile(rf"{_FIGURE}(?:[–…]{_FIGURE})?")
_DECIMALS = re.compile(rf"(?<![\d.,:])(?<!\d-){_COUNT}(?![\d.,:-]*[:\d-])")
# Thousands that are parted by points were written here already: nothing is turned back.
_WRITTEN = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?![\d.])")
_SWAPPED = str.maketrans(",.", ".,")
_LONGEST = 200


def number_written(text: str) -> str:
    """A number with the other decimal sign; text that is no number stays.

    Examples
    --------
    >>> number_written("1,234.5 h"), number_written("2026-03-30"), number_written("v 1.2")
    ('1.234,5 h', '2026-03-30', 'v 1.2')
    """
    return _decimals(text) if _NUMBER.fullmatch(text) else text


def swapped(text: str) -> str:
    """Commas for points and points for commas.

    Examples
    --------
    >>> swapped("1,234.5")
    '1.234,5'
    """
    return text.translate(_SWAPPED)


def value_written(text: str, words: Mapping[str, str]) -> str:
    """A value in other words, where it consists of known words, numbers and signs only.

    Parameters
    ----------
    words: each known word or phrase of English, and how it is said.

    Examples
    --------
    >>> value_written("90% within 2.5 h", {"within": "entro", "h": "h"})
    '90% entro 2,5 h'
    >>> value_written("Desk within reach", {"within": "entro"})
    'Desk within reach'
    >>> value_written("idle hours: Desk", {"idle hours": "ore inutilizzate"})
    'ore inutilizzate: Desk'
    >>> value_written("email en: sat 11:00", {"sat": "sab"})
    'email en: sab 11:00'
    """
    if text in words:
        return words[text]
    if "; " in text:
        return "; ".join(value_written(part, words) for part in text.split("; "))
    head, colon, name = text.partition(": ")
    if colon:
        return f"{words.get(head, head)}: {value_written(name, words)}"
    return number_written(text) if len(text) > _LONGEST else _word_by_word(text, words)


def _word_by_word(text: str, words: Mapping[str, str]) -> str:
    told: list[str] = []
    at = 0
    for found in re.finditer(r"[^\W\d_]+(?:[ -][^\W\d_]+)*", text):
        told.append(_decimals(text[at : found.start()]))
        said = _phrase(found[0], words)
        if said is None:
            return number_written(text)
        told.append(said)
        at = found.end()
    told.append(_decimals(text[at:]))
    return "".join(told)


def _phrase(text: str, words: Mapping[str, str]) -> str | None:
    """Words in a row, the longest known phrases first; None where one of them is not known."""
    told, rest = "", text
    while rest:
        cuts = [len(rest), *sorted((found.start() for found in re.finditer(r"[ -]", rest)), reverse=True)]
        known = next((cut for cut in cuts if rest[:cut] in words), None)
        if known is None:
            return None
        between = rest[known : known + 1]
        told += words[rest[:known]] + between
        rest = rest[known + 1 :]
    return told


def _decimals(text: str) -> str:
    return text if _WRITTEN.search(text) else _DECIMALS.sub(lambda found: swapped(found[0]), text)
