"""Names of files for people, safe on every system whatever the people are called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_LONGEST = 100  # bytes; with folder, ending and distinction every system takes it
_TAKEN_BY_WINDOWS = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])", re.IGNORECASE)


def file_names(people: Iterable[str]) -> dict[str, str]:
    """A name for the file of each person, without an ending.

    Letters and figures of every script stay; all else becomes a hyphen. Names that would be the same file on
    any system get a few signs that tell them apart, which are always the same for the same name.

    Examples
    --------
    >>> file_names(["Zoë O'Neil", "=1+1", "../con", "CON"])
    {'../con': 'con-a2436930', '=1+1': '1-1', 'CON': 'CON-a3dbc4b6', "Zoë O'Neil": 'Zoë-O-Neil'}
    """
    ordered = sorted(set(people))
    plain = {name: _plain(name) for name in ordered}
    times = Counter(map(_same_file, plain.values()))
    found: dict[str, str] = {}
    used: set[str] = set()
    for name in ordered:
        alone = times[_same_file(plain[name])] == 1
        made = plain[name] if alone and not _reserved(plain[name]) else f"{plain[name]}-{_digest(name)}"
        while _same_file(made) in used:
            made = f"{made}-{_digest(name + made)}"
        used.add(_same_file(made))
        found[name] = made
    return found


def _plain(name: str) -> str:
    signs = unicodedata.normalize("NFC", name)
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" or sign == "_" else "-" for sign in signs)
    short = re.sub("-+", "-", kept).strip("-").encode()[:_LONGEST].decode(errors="ignore")
    return short.strip("-") or "person"


def _reserved(name: str) -> bool:
    return _TAKEN_BY_WINDOWS.fullmatch(name) is not None


def _same_file(name: str) -> str:
    """Equal for names that some system takes for one file."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
