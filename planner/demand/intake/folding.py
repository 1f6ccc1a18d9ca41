"""Words as they are compared: no letter case, accents or double blanks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """A title or word without what exports and spreadsheets change on the way.

    Examples
    --------
    >>> plain("  Hora de  Creación "), plain("Numéro d’appel")
    ('hora de creacion', "numero d'appel")
    """
    joined = " ".join(text.replace("\ufeff", "").replace("’", "'").split()).casefold()
    if joined.isascii():
        return joined
    return "".join(sign for sign in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(sign))
