"""Public holidays of a place, from the ``holidays`` package."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from planner._errors import InputError
from planner._messages import Message
from planner.clock.places import CITIES


@dataclass(frozen=True)
class PublicHolidays:
    """Days on which a place has a public holiday.

    Attributes
    ----------
    place: a city of ``CITIES``, a country such as "PT", or a region such as "PT-11" as the
        ``holidays`` package names them; "" means no public holidays.
    extra: further days, such as a local feast, each a day or a pair of a day and its name.

    Raises
    ------
    InputError
        If the place is not known; the message names near ones.

    Examples
    --------
    >>> PublicHolidays("Lisbon").name_of(date(2026, 6, 13))
    "Saint Anthony's Day"
    >>> PublicHolidays("").name_of(date(2026, 12, 25)) is None
    True
    >>> PublicHolidays("Lisbonn")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    planner._errors.InputError: "Lisbonn" has no public holidays that are known here; near: Lisbon, ...
    """

    place: str
    extra: tuple[date | tuple[date, str], ...] = ()
    _code: tuple[str, str | None] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "extra", tuple(self.extra))
        object.__setattr__(self, "_code", _code_of(self.place) if self.place else None)

    def name_of(self, day: date) -> str | None:
        """Name of the public holiday on a day, or None."""
        for entry in self.extra:
            if entry == day:
                return str(Message("clock.extra_holiday"))
            if isinstance(entry, tuple) and entry[0] == day:
                return entry[1]
        if self._code is None:
            return None
        return _year(*self._code, day.year).get(day)

    def days_between(self, first: date, last: date) -> dict[date, str]:
        """Public holidays from the first day to the last, both included, in order."""
        days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        return {day: name for day in days if (name := self.name_of(day)) is not None}


@lru_cache(maxsize=1024)
def _code_of(place: str) -> tuple[str, str | None]:
    """Country and subdivision of a place."""
    import holidays  # 40 ms that a planner without public holidays need not wait for

    country, dash, region = CITIES.get(place, (place, ""))[0].partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    if country in known and (region in known[country] if dash else True):
        return country, region or None
    names = [*sorted(CITIES), *sorted(known)]
    if country in known:
        names = [country, *(f"{country}-{name}" for name in known[country])]
    as_written = {name.lower(): name for name in reversed(names)}
    close = get_close_matches(place[:64].lower(), list(as_written), n=3, cutoff=0.5)
    near = [as_written[name] for name in close] or names[:3]
    raise InputError(Message("clock.unknown_place", {"place": place, "near": ", ".join(near)}))


@lru_cache(maxsize=4096)
def _year(country: str, region: str | None, year: int) -> MappingProxyType[date, str]:
    """All public holidays of a year, in order, named in English."""
    import holidays

    # Neighbouring years too: a holiday may be observed on the other side of New Year.
    # The language is always given: the package would follow the machine's.
    found = holidays.country_holidays(
        country, subdiv=region, years=(year - 1, year, year + 1), expand=False, language="en_US"
    )
    return MappingProxyType({day: str(found[day]) for day in sorted(found) if day.year == year})
