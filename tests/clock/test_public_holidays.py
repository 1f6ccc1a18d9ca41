"""Public holidays by city, country or region."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from planner._errors import InputError
from planner.clock import CITIES, PublicHolidays

KNOWN = holidays.list_supported_countries(include_aliases=False)


@pytest.mark.parametrize("place", ["Lisbon", "PT-11"])
def test_a_city_has_the_holidays_of_its_region(place: str) -> None:
    lisbon = PublicHolidays(place)
    assert list(lisbon.days_between(date(2026, 3, 30), date(2026, 5, 3))) == [
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 25),
        date(2026, 5, 1),
    ]
    assert lisbon.name_of(date(2026, 6, 13)) == "Saint Anthony's Day"
    assert PublicHolidays("PT").name_of(date(2026, 6, 13)) is None


def test_patron_saints_differ_inside_a_country() -> None:
    ambrose, peter = date(2026, 12, 7), date(2026, 6, 29)
    assert [PublicHolidays(city).name_of(ambrose) is not None for city in ("Milan", "Rome")] == [True, False]
    assert [PublicHolidays(city).name_of(peter) is not None for city in ("Milan", "Rome")] == [False, True]


def test_any_year_is_known_without_asking_for_it_first() -> None:
    assert [PublicHolidays("Paris").name_of(date(year, 7, 14)) for year in (1999, 2026, 2044)] == [
        "National Day"
    ] * 3


def test_names_do_not_follow_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(variable, "it_IT.UTF-8")
    assert PublicHolidays("IT").name_of(date(2031, 12, 25)) == "Christmas Day"


def test_a_holiday_may_be_observed_in_the_year_before() -> None:
    # 1 January 2028 is a Saturday: the United States rest on Friday.
    assert "New Year" in (PublicHolidays("US").name_of(date(2027, 12, 31)) or "")


def test_extra_days_come_first() -> None:
    feast = PublicHolidays("", extra=(date(2026, 9, 8), (date(2026, 9, 9), "Company day")))
    assert feast.days_between(date(2026, 9, 1), date(2026, 9, 30)) == {
        date(2026, 9, 8): "Local holiday",
        date(2026, 9, 9): "Company day",
    }


def test_no_place_has_no_holidays() -> None:
    assert PublicHolidays("").days_between(date(2026, 1, 1), date(2026, 12, 31)) == {}
    assert PublicHolidays("PT").days_between(date(2026, 12, 31), date(2026, 1, 1)) == {}


@pytest.mark.parametrize(
    ("place", "near"),
    [
        ("Millan", "Milan"),
        ("lisbon", "Lisbon"),
        ("PT-99", "PT"),
        ("XX", ""),
        ("IT-MX", "IT-M"),
        ("pt", "PT"),
        ("PT-", "PT"),
    ],
)
def test_an_unknown_place_is_refused_with_near_ones(place: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        PublicHolidays(place)
    (message,) = caught.value.messages
    assert message.code == "clock.unknown_place"
    assert near in str(message.values["near"])


@pytest.mark.parametrize("city", CITIES)
def test_every_city_has_holidays(city: str) -> None:
    names = PublicHolidays(city).days_between(date(2026, 1, 1), date(2026, 12, 31))
    assert len(names) >= 6


def test_every_country_can_be_asked() -> None:
    for country in sorted(KNOWN):
        PublicHolidays(country).name_of(date(2026, 1, 1))
