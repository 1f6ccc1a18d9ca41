"""The sentence of a newcomer in Italian: its words as the English sentence says them.

"9 persone, 40 h, italiano, circa 100 ticket al giorno feriale, lun-ven 9-18, Lisbona"
"""

from __future__ import annotations

import re

_DAYS = {
    "luned[iì]|lun": "mon", "marted[iì]|mar": "tue", "mercoled[iì]|mer": "wed", "gioved[iì]|gio": "thu",
    "venerd[iì]|ven": "fri", "sabato|sab": "sat", "domenica|dom": "sun",
}  # fmt: skip
_LANGUAGES = {
    "arabo": "arabic", "ceco": "czech", "cinese": "chinese", "coreano": "korean", "danese": "danish",
    "ebraico": "hebrew", "finlandese": "finnish", "francese": "french", "giapponese": "japanese",
    "greco": "greek", "inglese": "english", "italiano": "italian", "norvegese": "norwegian",
    "olandese": "dutch", "polacco": "polish", "portoghese": "portuguese", "rumeno": "romanian",
    "russo": "russian", "spagnolo": "spanish", "svedese": "swedish", "tedesco": "german", "turco": "turkish",
    "ucraino": "ukrainian", "ungherese": "hungarian",
}  # fmt: skip
_CITIES = {
    "amburgo": "Hamburg", "atene": "Athens", "barcellona": "Barcelona", "berlino": "Berlin",
    "bruxelles": "Brussels", "bucarest": "Bucharest", "copenaghen": "Copenhagen", "dublino": "Dublin",
    "edimburgo": "Edinburgh", "firenze": "Florence", "francoforte": "Frankfurt", "genova": "Genoa",
    "lione": "Lyon", "lisbona": "Lisbon", "londra": "London", "lussemburgo": "Luxembourg",
    "marsiglia": "Marseille", "milano": "Milan", "parigi": "Paris", "praga": "Prague", "roma": "Rome",
}  # fmt: skip
_WORDS = (
    (r"(\d+),(\d{1,2})", r"\1.\2"),
    (r"24 ore su 24(?: 7 giorni su 7)?|7 giorni su 7|sempre aperti?|h24", "24/7"),
    (r"persona|persone|operator[ei]|addett[oi]|agenti|collegh[ie]|dipendenti", "people"),
    (r"(?:ore|h) (?:a|alla|per) settimana|ore settimanali|ore ciascuno|ore", "h"),
    (r"(?:all'incirca|intorno a|pi[uù] o meno)", "about"),
    (r"circa", "about"),
    (r"(?:al|per|ogni|a) giorno (?:feriale|lavorativo)|nei giorni feriali", "a weekday"),
    (r"(?:al|per|ogni) giorno", "a day"),
    (r"(?:alla|per|ogni|a) settimana", "a week"),
    (r"(?:al|per|ogni) mese", "a month"),
    (r"(?:chiamat|telefonat)[ae]", "calls"),
    (r"contatt[oi]", "contacts"),
    (r"richiest[ae]", "requests"),
    (r"messagg[io]o?", "messages"),
    (r"e-?mail|mail", "emails"),
    (r"biglietti", "tickets"),
    (r"(?:€|euro|EUR) (?:all'ora|l'ora|ogni ora|per ora)", "EUR an hour"),
    (r"(?:per )?(\d+) settiman[ae]", r"\1 weeks"),
    (r"dal (\d{4}-\d{2}-\d{2})", r"from \1"),
    (r"apert[oiae]", "open"),
    (r"tutti i giorni|ogni giorno", "all"),
    (r"fine settimana", "sat, sun"),
    (r"giorni feriali", "mon-fri"),
    (r"(?:dalle|dalla|alle|ore) (\d{1,2}(?::\d{2})?) alle (\d{1,2}(?::\d{2})?)", r"\1-\2"),
)


def in_english(part: str) -> str:
    """One part of a sentence in the words of the English one; what is not known stays.

    Examples
    --------
    >>> [in_english(part) for part in ("9 persone", "38,5 ore a settimana", "circa 100 ticket al giorno")]
    ['9 people', '38.5 h', 'about 100 ticket a day']
    >>> [in_english(part) for part in ("aperto da lunedì a venerdì 9-18", "a Lisbona", "inglese")]
    ['open mon-fri 9-18', 'Lisbon', 'english']
    """
    said = re.sub(r"\s+", " ", part.replace("’", "'")).strip()
    bare = re.sub(r"^(?:a|in|da|lingua|parlano|che parlano)\s+", "", said, flags=re.IGNORECASE)
    if bare.lower() in _LANGUAGES:
        return _LANGUAGES[bare.lower()]
    if bare.lower() in _CITIES or (bare != said and bare[:1].isupper()):
        return _CITIES.get(bare.lower(), bare)
    for pattern, english in _WORDS:
        said = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", english, said, flags=re.IGNORECASE)
    for pattern, day in _DAYS.items():
        said = re.sub(rf"\b(?:{pattern})(?!\w)", day, said, flags=re.IGNORECASE)
    return re.sub(r"\bda(?:l|lla)? (\w{3}) a(?:l|lla)? (\w{3})\b", r"\1-\2", said)
