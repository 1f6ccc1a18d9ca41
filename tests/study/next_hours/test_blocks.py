"""Blocks that could be opened: desks whose closed hours are known."""

from __future__ import annotations

import pytest

from planner._errors import InputError
from planner.study import Scenario
from planner.study.next_hours.blocks import candidates, open_week
from planner.study.next_hours.opened import opened

DESK = """
people: [{count: 2, languages: en}]
queues: [{name: chat en, channel: chat, language: en}, {name: email en, channel: email, language: en}]
opening_hours:
  - {queues: email en, days: mon-fri, open: 09:00, close: 17:00}
  - {queues: chat en, days: all, open: 10:00, close: 23:00}
"""


def desk(text: str = DESK) -> Scenario:
    return Scenario.from_text(text)


def words(scenario: Scenario, **given: object) -> list[str]:
    return [block.text for block in candidates(scenario, **given)]  # type: ignore[arg-type]  # by its test


def test_blocks_touch_today_s_hours_by_days_with_the_same_hours() -> None:
    assert words(desk(), queues=["chat"]) == [
        "chat en: all 08:00–10:00",
        "chat en: all 23:00–01:00",
    ]
    assert words(desk(), queues=["email en"]) == [
        "email en: mon-fri 07:00–09:00",
        "email en: mon-fri 17:00–19:00",
        *(f"email en: {day} {at:02d}:00–{at + 2:02d}:00" for day in ("sat", "sun") for at in (9, 11, 13, 15)),
    ]


def test_a_block_is_no_longer_than_what_is_closed() -> None:
    """From 23 to 24 one hour is left where the next day opens at midnight."""
    hours = [{"days": "all", "open": "00:00", "close": "23:00"}]
    around = desk().replace(opening_hours=hours)
    assert words(around, queues=["email en"]) == ["email en: all 23:00–24:00"]
    assert words(around.replace(opening_hours=[{"days": "all", "open": "00:00", "close": "24:00"}])) == []


def test_hours_apart_fill_the_night() -> None:
    found = words(desk(), queues=["chat en"], minutes=180, apart=True)
    assert found == [
        "chat en: all 07:00–10:00",
        "chat en: all 23:00–02:00",
        "chat en: all 02:00–05:00",
        "chat en: all 05:00–07:00",
    ]


def test_blocks_after_midnight_belong_to_the_next_day() -> None:
    late = desk().replace(opening_hours=[{"days": "mon-fri", "open": "16:00", "close": "24:00"}])
    assert "chat en: tue-sat 00:00–02:00" in words(late, queues=["chat en"])


def test_the_whole_desk_where_all_have_the_same_hours() -> None:
    same = desk().replace(opening_hours=[{"days": "mon-fri", "open": "09:00", "close": "17:00"}])
    units = {block.queues for block in candidates(same)}
    assert units == {("chat en",), ("email en",), ("chat en", "email en")}
    assert {block.queues for block in candidates(desk())} == {("chat en",), ("email en",)}
    assert {block.queues for block in candidates(desk(), queues=["all"])} == {("chat en", "email en")}


def test_days_that_are_asked_for() -> None:
    assert words(desk(), queues=["email en"], days=["all"]) == [
        "email en: all 07:00–09:00",
        "email en: all 17:00–19:00",
    ]
    assert words(desk(), queues=["email en"], days=["sat"])[0] == "email en: sat 09:00–11:00"


def test_public_holidays_go_with_lines_that_hold_on_them() -> None:
    shop = desk().replace(opening_hours=[{"days": "all, public holidays", "open": "09:00", "close": "20:00"}])
    assert words(shop, queues=["chat en"])[0] == "chat en: all, public holidays 07:00–09:00"


@pytest.mark.parametrize("number", range(20))
def test_opening_a_block_opens_exactly_its_hours(number: int) -> None:
    scenario = desk()
    found = candidates(scenario, 150, apart=True)
    block = found[number % len(found)]
    wider = opened(scenario, block)
    for name in scenario.opening:
        more = open_week(wider.opening[name]) & ~open_week(scenario.opening[name])
        lost = open_week(scenario.opening[name]) & ~open_week(wider.opening[name])
        assert more.sum() / 4 == (block.hours_a_week if name in block.queues else 0)
        assert not lost.any()


def test_each_team_gets_a_shift_that_reaches_the_block() -> None:
    text = DESK + (
        "shifts:\n"
        "  - {name: full, start: 09:00, paid_hours: 8, teams: full time}\n"
        "  - {name: half, start: 09:00-13:00 every 60 min, paid_hours: 4, teams: part time}\n"
    )
    teams = [{"count": 1, "teams": "full time"}, {"count": 1, "teams": "part time"}]
    whole = Scenario.from_text(text.replace("people: [{count: 2, languages: en}]", f"people: {teams}"))
    later = next(block for block in candidates(whole, queues=["chat"]) if block.side == "later")
    shifts = opened(whole, later).said.shifts
    assert (later.closes, shifts[0].start, shifts[1].start[-1]) == (60, (540, 1020), 1260)


def test_what_is_no_queue_is_told() -> None:
    with pytest.raises(InputError, match='"fax" is no queue or channel; there is chat en, email en, chat'):
        candidates(desk(), queues=["fax"])
    with pytest.raises(InputError, match="someday"):
        candidates(desk(), days=["someday"])
