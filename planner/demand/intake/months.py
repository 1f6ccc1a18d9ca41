"""Names of months as help desks write them, in the languages of their users."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# English, Italian, Spanish, Catalan, French, German, Portuguese, Dutch, Polish, Czech, Swedish, Danish,
# Romanian, Hungarian, Turkish; abbreviations only where they are no beginnings of a name.
_NAMES = (
    "january gennaio enero gener janvier januar jänner janeiro januari styczeń stycznia leden ledna ianuarie "
    "január ocak",
    "february febbraio febrero febrer février fevrier februar fevereiro februari luty lutego únor února "
    "februarie február şubat",
    "march marzo març mars märz maart março marzec marca březen března marts martie március mart mrz mrt",
    "april aprile abril avril kwiecień kwietnia duben dubna aprilie április nisan",
    "may maggio mayo maig mai maio mei maj maja květen května május mayıs",
    "june giugno junio juny juin juni junho czerwiec czerwca červen června iunie június haziran",
    "july luglio julio juliol juillet juli julho lipiec lipca červenec července iulie július temmuz čvc",
    "august agosto agost août aout augustus sierpień sierpnia srpen srpna augusti augusztus ağustos",
    "september settembre septiembre setiembre setembre septembre setembro wrzesień września září "
    "septembrie szeptember eylül",
    "october ottobre octubre octobre oktober outubro październik października říjen října octombrie "
    "október ekim",
    "november noviembre novembre novembro listopad listopada listopadu noiembrie kasım",
    "december dicembre diciembre desembre décembre dezember dezembro grudzień grudnia prosinec prosince "
    "decembrie aralık",
)
_WEEKDAYS = (
    "mon tue wed thu fri sat sun lun mar mer gio ven sab dom mie jue vie jeu sam dim seg ter qua qui sex "
    "pon wto sro czw pia sob nie don fre mit die maa din woe vri zat zon"
)


def _plain(word: str) -> str:
    """Without case, accents and the dot of an abbreviation."""
    folded = unicodedata.normalize("NFKD", word.strip().rstrip(".").casefold().replace("ł", "l"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


_MONTHS = tuple(tuple(_plain(name) for name in names.split()) for names in _NAMES)
_DAYS = frozenset(_WEEKDAYS.split())


@lru_cache(maxsize=4096)
def month_named(word: str) -> int | None:
    """The month that a name or its abbreviation means, from 1 to 12, or None.

    At least three letters that begin names of one month only: ``juin`` is June, ``juil.`` July, ``jui``
    nothing.

    Examples
    --------
    >>> [month_named(word) for word in ("gen", "ene.", "Mrz", "juil.", "września", "Anna")]
    [1, 1, 3, 7, 9, None]
    """
    plain = _plain(word)
    if len(plain) < 3:
        return None
    whole = [month for month, names in enumerate(_MONTHS, start=1) if plain in names]
    found = whole or [
        month for month, names in enumerate(_MONTHS, start=1) if any(name.startswith(plain) for name in names)
    ]
    return found[0] if len(found) == 1 else None


def weekday_named(word: str) -> bool:
    """Whether a word begins like a weekday, or is one cut to two letters.

    Examples
    --------
    >>> weekday_named("Mon"), weekday_named("lunedì"), weekday_named("Di."), weekday_named("Total")
    (True, True, True, False)
    """
    plain = _plain(word)
    return plain[:3] in _DAYS or (len(plain) == 2 and any(day.startswith(plain) for day in _DAYS))
