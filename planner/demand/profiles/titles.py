"""Column titles as they are compared: no letter case, accents or double blanks; ``*`` stands for any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from planner.demand.intake.folding import plain


@lru_cache(maxsize=4096)
def _pattern(title: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(re.escape(part) for part in plain(title).split("*")), re.DOTALL)


def blank_of(title: str, wanted: str) -> str | None:
    """What stands in a title where the wanted one has its first ``*``; None: it is another title.

    Examples
    --------
    >>> blank_of("Conversation started at (Europe/Rome)", "conversation started at (*)")
    'europe/rome'
    >>> blank_of("Created", "created"), blank_of("Updated", "created")
    ('', None)
    """
    match = _pattern(wanted).fullmatch(plain(title))
    if match is None:
        return None
    return match[1] if match.re.groups else ""


def find_all(header: Sequence[str], wanted: Iterable[str]) -> list[int]:
    """Where any of the wanted titles stands: in the order of the wanted ones, then of the columns.

    Examples
    --------
    >>> find_all(("id", "tags", "language", "tags"), ("Language", "Tags"))
    [2, 1, 3]
    """
    titles = [plain(title) for title in header]
    found: list[int] = []
    for one in wanted:
        if "*" in one:
            found += [at for at, title in enumerate(titles) if _pattern(one).fullmatch(title)]
        else:
            folded = plain(one)
            found += [at for at, title in enumerate(titles) if title == folded]
    return list(dict.fromkeys(found))
