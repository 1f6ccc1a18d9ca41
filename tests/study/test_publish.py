"""What may be published: figures by hand from made-up contacts, sentences in two languages, a real rota."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner._errors import InputError, ScenarioError
from planner._messages import catalogue
from planner.service import fates
from planner.study import Scenario, publish, publish_summary, write_plan, write_publication
from planner.study.publish import Publication
from planner.study.publish_files import finding, open_between, sentence, within
from planner.study.publishable import MARGIN, PARTS, Publishable, _Contacts, _figure, figures
from planner.study.tables import read_csv

HOUR = 3600.0


@pytest.fixture(scope="module")
def found(planned: Any) -> Publication:
    """What the rota of the small desk lets it publish."""
    return publish(planned.scenario, planned.rota, volumes=planned.volumes)


def contacts(waits: list[float], answered: list[bool] | None = None, replications: int = 1) -> _Contacts:
    """Contacts that come one after the other, spread over replications, all in hour 0."""
    seconds = np.array(waits)
    known = np.array([True] * len(waits) if answered is None else answered)
    lives = np.arange(len(waits)) % replications
    clocks = {"elapsed": seconds, "opening hours": seconds}
    return _Contacts(
        clocks, known, ~known & np.isfinite(seconds), lives, np.zeros(len(waits), int), replications
    )


def row_of(**more: Any) -> Publishable:
    said = Publishable("email en", "email", "weekdays", 40.0, "publish", "elapsed", 0.9, 2 * HOUR)
    return replace(said, **more)


def test_the_smallest_figure_that_holds_with_a_margin() -> None:
    ladder = figures("elapsed", False, 86_400.0)
    nine_of_ten = contacts([HOUR] * 9 + [90 * HOUR])
    assert _figure(nine_of_ten, "elapsed", ladder, 0.9, 0.9) == 2 * HOUR  # 1 h is no four fifths of 1 h
    assert _figure(contacts([HOUR / MARGIN] * 10), "elapsed", ladder, 0.9, 0.9) == HOUR
    assert math.isnan(_figure(contacts([HOUR] * 8 + [90 * HOUR] * 2), "elapsed", ladder, 0.9, 0.9))


def test_a_share_must_hold_in_poor_periods() -> None:
    ladder = figures("elapsed", False, 86_400.0)
    one_bad_life = contacts([HOUR] * 9 + [20 * HOUR], replications=10)
    assert _figure(one_bad_life, "elapsed", ladder, 0.9, 0.8) == 2 * HOUR
    assert _figure(one_bad_life, "elapsed", ladder, 0.9, 0.95) == 48 * HOUR


def test_who_never_got_an_answer_is_never_answered_in_time() -> None:
    gone = contacts([HOUR] * 8 + [math.inf] * 2, [True] * 8 + [False] * 2)
    assert gone.kept("elapsed", 99 * HOUR, 0.9) == (0.8, 0.8)


def test_who_still_waits_inside_the_time_is_not_known() -> None:
    waiting = contacts([HOUR] * 8 + [2 * HOUR] * 2, [True] * 8 + [False] * 2)
    assert waiting.kept("elapsed", 3 * HOUR, 0.9) == (1.0, 1.0)
    assert waiting.kept("elapsed", 1.5 * HOUR, 0.9) == (0.8, 0.8)


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("clock", ["elapsed", "opening hours"])
@pytest.mark.parametrize("day", [6 * HOUR, 9 * HOUR, 86_400.0])
def test_ladders_rise(live: bool, clock: str, day: float) -> None:
    ladder = figures(clock, live, day)
    assert list(ladder) == sorted(set(ladder))


def test_figures_agree_with_the_records(planned: Any, found: Publication) -> None:
    row = next(row for row in found.rows if (row.queue, row.part) == ("phone en", "weekdays"))
    assert (row.verdict, row.clock, row.share) == ("publish", "elapsed", 0.9)
    assert row.kept_low >= 0.9
    assert row.kept_share >= row.kept_low
    assert row.longest_seconds >= row.worst_seconds * 0.5
    from planner.study import steps

    service = steps.simulate(planned.rota, planned.volumes, planned.scenario, replications=found.replications)
    r, fate = service.records, fates(service, "offered")
    mine = (r.queue == 1) & r.arrived_open
    in_time = (r.outcome == 0) & (fate.waited <= row.within_seconds)
    assert row.kept_share == pytest.approx(in_time[mine].mean(), abs=0.01)


def test_mail_is_promised_in_opening_hours_and_from_the_next_opening(found: Publication) -> None:
    rows = {row.part: row for row in found.rows if row.queue == "email en"}
    assert set(rows) == {"weekdays", "closed"}
    assert rows["weekdays"].clock == "opening hours"
    assert rows["closed"].clock == "after opening"
    assert rows["weekdays"].day_seconds == 8 * HOUR
    assert rows["weekdays"].elapsed_seconds >= rows["weekdays"].within_seconds
    assert not [row for row in found.rows if row.queue == "phone en" and row.part == "closed"]


def test_few_contacts_promise_nothing(desk: Scenario, planned: Any) -> None:
    quiet = desk.replace(volume={"email en": "1", "phone en": "0.5"})
    few = publish(quiet, planned.rota)
    assert {row.verdict for row in few.rows} == {"too few"}
    assert all(sentence(row, few, language) == "" for row in few.rows for language in ("en", "it"))
    assert "too few to promise: " in str(finding(few.rows[0], few))
    nearly = replace(few.rows[0], contacts_per_week=9.6)
    assert str(finding(nearly, few)).endswith("too few to promise: 9.6 a week")


def test_an_hour_that_never_keeps_the_share_says_so(planned: Any) -> None:
    found = publish(planned.scenario, planned.rota, volumes=planned.volumes)
    row = next(row for row in found.rows if row.verdict == "publish")
    said = str(finding(replace(row, worst_hour="Tue 08:00", worst_seconds=math.nan), found))
    assert "slowest hour Tue 08:00: not even 9 of 10 within any time; longest" in said


def test_no_hour_is_called_slowest_that_is_faster_than_what_is_published(planned: Any) -> None:
    found = publish(planned.scenario, planned.rota, volumes=planned.volumes)
    row = next(row for row in found.rows if row.verdict == "publish")
    faster = replace(row, worst_hour="Mon 18:00", worst_seconds=row.within_seconds / 2)
    assert "; no hour of the week is slower; longest" in str(finding(faster, found))


def test_an_empty_rota_publishes_nothing(planned: Any) -> None:
    nobody = replace(planned.rota, shifts=())
    none = publish(planned.scenario, nobody, volumes=planned.volumes)
    assert {row.verdict for row in none.rows} == {"none"}
    assert "not even 8 of 10" in str(finding(none.rows[0], none))


def test_a_lower_share_is_tried_before_nothing_is_said(planned: Any) -> None:
    hasty = planned.scenario.replace(
        queues=[
            dict(queue) | ({"hangs_up_after": "5 s"} if queue["name"] == "phone en" else {})
            for queue in planned.scenario.plain["queues"]
        ]
    )
    rows = publish(hasty, planned.rota, share=0.99).rows
    phone = next(row for row in rows if row.queue == "phone en")
    assert phone.verdict != "publish" or phone.share < 0.99


def test_sentences_in_both_languages(found: Publication) -> None:
    row = row_of()
    assert sentence(row, found, "en") == (
        "We answer 9 of 10 e-mails within 2 hours if they reach us on weekdays (not public holidays) from "
        "09:00 to 17:00 while we are open. Times are Europe/Lisbon."
    )
    assert sentence(row, found, "it") == (
        "Rispondiamo a 9 e-mail su 10 entro 2 ore se ci arrivano dal lunedì al venerdì (festivi esclusi) "
        "dalle 09:00 alle 17:00 mentre siamo aperti. Fuso orario: Europe/Lisbon."
    )
    never = row_of(worst_hour="Mon 09:00", worst_seconds=math.nan)
    assert sentence(never, found, "en").endswith("Europe/Lisbon. At the slowest times the share is lower.")
    assert sentence(never, found, "it").endswith("Nei momenti più lenti la quota è più bassa.")
    slow = row_of(
        part="closed",
        clock="after opening",
        within_seconds=HOUR,
        worst_seconds=8 * HOUR,
        day_seconds=8 * HOUR,
    )
    assert sentence(slow, found, "en").endswith(
        "At the slowest times allow 1 business day of our next opening."
    )
    assert "entro 1 ora dalla prossima apertura" in sentence(slow, found, "it")


@pytest.mark.parametrize(
    ("opens", "closes", "by_day", "by_night"),
    [
        ("00:00", "24:00", ("08:00", "18:00"), ("18:00", "08:00")),
        ("09:00", "17:30", ("09:00", "17:30"), ("18:00", "08:00")),  # never open by night: nothing is said
        ("10:00", "20:15", ("10:00", "18:00"), ("18:00", "20:15")),
        ("06:30", "16:00", ("08:00", "16:00"), ("06:30", "08:00")),
        ("07:00", "20:00", ("08:00", "18:00"), ("18:00", "08:00")),
        ("19:00", "03:00", ("08:00", "18:00"), ("19:00", "03:00")),
    ],
)
def test_hours_are_cut_to_the_opening(
    desk: Scenario, opens: str, closes: str, by_day: tuple[str, str], by_night: tuple[str, str]
) -> None:
    scenario = desk.replace(
        opening_hours=[{"queues": "all", "days": "mon-fri", "open": opens, "close": closes}]
    )
    assert open_between(row_of(), scenario) == by_day
    assert open_between(row_of(part="evenings and nights"), scenario) == by_night
    assert open_between(row_of(part="weekends"), scenario) == ("", "")


def test_queues_of_one_channel_are_told_apart(found: Publication) -> None:
    text = """
queues:
  - {name: email en, customers: premium}
  - {name: email it}
  - {name: email eo}
"""
    several = replace(found, scenario=Scenario.from_text(text))
    assert "e-mails in English from premium customers" in sentence(row_of(), several, "en")
    assert "e-mail in inglese dei clienti premium" in sentence(row_of(), several, "it")
    assert "e-mail in italiano" in sentence(row_of(queue="email it"), several, "it")
    assert "e-mails in eo" in sentence(row_of(queue="email eo"), several, "en")


@pytest.mark.parametrize(
    ("seconds", "clock", "words"),
    [
        (20.0, "elapsed", "20 seconds"),
        (60.0, "elapsed", "1 minute"),
        (2700.0, "opening hours", "45 minutes (opening hours only)"),
        (4500.0, "elapsed", "75 minutes"),
        (7170.0, "elapsed", "2 hours"),
        (9 * HOUR, "opening hours", "1 business day"),
        (18 * HOUR, "opening hours", "2 business days"),
        (11.5 * HOUR, "elapsed", "12 hours"),
        (math.nan, "elapsed", "–"),
    ],
)
def test_times_in_words(seconds: float, clock: str, words: str) -> None:
    assert within(row_of(clock=clock, day_seconds=9 * HOUR), seconds, "en") == words


def test_every_word_to_paste_is_there_in_both_languages() -> None:
    words = {
        code.removeprefix("publish."): text for code, text in catalogue("en").items() if "publish." in code
    }
    pairs = {
        code[3:]: [words.get(f"{tongue}_{code[3:]}", "") for tongue in ("en", "it")]
        for code in words
        if code[2] == "_"
    }
    assert len(pairs) > 20
    assert [code for code, texts in pairs.items() if not all(texts)] == []
    for code, (english, italian) in pairs.items():
        blanks = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in (english, italian)]
        assert blanks[0] == blanks[1], code
    assert {part.replace(" ", "_") for part in PARTS} <= set(pairs)


def test_any_rota_can_be_asked_about(planned: Any, found: Publication, tmp_path: Any) -> None:
    write_plan(planned, tmp_path)
    of_folder = publish(planned.scenario, tmp_path)
    of_file = publish(planned.scenario, tmp_path / "rota.csv")
    assert of_folder.rows == of_file.rows == found.rows


def test_the_file_says_what_the_rows_say(found: Publication, tmp_path: Any) -> None:
    write_publication(found, tmp_path)
    frame = read_csv(tmp_path / "publish.csv")
    assert frame["part"].tolist() == [row.part for row in found.rows]
    assert frame["sentence_it"].tolist() == [sentence(row, found, "it") for row in found.rows]
    assert set(frame["zone"]) == {"Europe/Lisbon"}
    title, *lines = publish_summary(found)
    assert f"each share holds in 90 % of {found.replications} simulated periods" in str(title)
    assert len(lines) >= len(found.rows)


def test_what_cannot_be_answered_is_refused() -> None:
    with pytest.raises(ScenarioError, match="states how many people"):
        publish(Scenario.from_text("need: {seat: 1}"))
    with pytest.raises(InputError) as refused:
        publish(Scenario.from_text("people: 2"), share=0.0, confidence=1.0)
    assert [message.values["name"] for message in refused.value.messages] == ["share", "confidence"]
