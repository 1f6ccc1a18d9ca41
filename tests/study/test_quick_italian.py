import pytest

from planner._errors import ScenarioError
from planner.clock import CITIES
from planner.study.scenario import quick_italian
from planner.study.scenario.quick import plain_of
from planner.study.scenario.texts import LANGUAGES

PAIRS = {
    "9 persone, 40 h, inglese, circa 100 ticket al giorno feriale": (
        "9 people, 40 h, English, about 100 tickets a weekday"
    ),
    "9 persone, 40 h, italiano, circa 100 ticket al giorno feriale": (
        "9 people, 40 h, Italian, about 100 tickets a weekday"
    ),
    "12 operatori, 38,5 ore a settimana, italiano e francese, 1.200 telefonate alla settimana": (
        "12 agents, 38.5 h, Italian and French, 1200 calls a week"
    ),
    "9 persone, aperto dal lunedì al venerdì dalle 9 alle 18, a Milano, 14,5 euro all'ora": (
        "9 people, open mon-fri 9-18, in Milan, 14.5 EUR an hour"
    ),
    "20 persone con 40 ore, 300 chat al giorno, 24 ore su 24, Lisbona, 4 settimane": (
        "20 people with 40 h, 300 chats a day, 24/7, Lisbon, 4 weeks"
    ),
    "9 persone, lun-ven 9-18, sab 10-14, 50 e-mail al giorno, dal 2026-04-20": (
        "9 people, mon-fri 9-18, sat 10-14, 50 emails a day, from 2026-04-20"
    ),
    "9 persone, tutti i giorni 8-20, circa 500 richieste al mese": (
        "9 people, all 8-20, about 500 requests a month"
    ),
}


@pytest.mark.parametrize("italian", PAIRS)
def test_an_italian_sentence_says_what_the_english_one_does(italian):
    assert plain_of(italian) == plain_of(PAIRS[italian])


@pytest.mark.parametrize("english", PAIRS.values())
def test_english_words_come_back_as_they_are(english):
    assert plain_of(english)["people"]
    assert quick_italian.in_english("about 100 tickets a weekday") == "about 100 tickets a weekday"


def test_every_language_and_city_is_one_that_is_known():
    assert set(quick_italian._LANGUAGES.values()) == set(LANGUAGES)
    assert set(quick_italian._CITIES.values()) <= set(CITIES)


def test_what_is_not_understood_is_named_as_it_was_written():
    with pytest.raises(ScenarioError, match="9 pinguini"):
        plain_of("9 pinguini, 40 h")
