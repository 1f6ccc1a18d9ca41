"""The ledger: what a rota adds, what a file says, what earlier weeks come to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner._errors import InputError
from planner.people import Agent, Site, Team
from planner.rota import (
    LEDGER_COLUMNS,
    Ledger,
    LedgerRow,
    Rota,
    ShiftType,
    ledger_rows,
    options_for,
    read_ledger,
    shift_of,
)

MONDAY = date(2026, 3, 30)  # Easter is 5 and 6 April
KINDS = {
    "D": ShiftType("day", (540,), 480),
    "E": ShiftType("early", (360,), 480),
    "N": ShiftType("night", (1320,), 480),
}
CALL = ShiftType("call", (1320,), 480, kind="on_call", counted=False)
ROME = Site("Rome", "Europe/Rome", "Rome")
ANNA = Agent("Anna", "Rome", "Europe/Rome", {})
BO = Agent("Bo", "Rome", "Europe/Rome", {})
TEAM = Team((ANNA, BO), (ROME,))


def rota_of(letters: str, kinds=KINDS) -> Rota:
    shifts = []
    for index, letter in enumerate(letters):
        if letter in kinds:
            day = MONDAY + timedelta(days=index)
            shifts.append(shift_of(options_for(ANNA, [kinds[letter]], day, 1)[0][0], ANNA, None, day))
    return Rota("test", MONDAY, 14, ("Anna", "Bo"), tuple(sorted(shifts)))


WEEKS = {name: ((MONDAY, 7, 1920), (MONDAY + timedelta(days=7), 7, 1920)) for name in ("Anna", "Bo")}


def test_a_rota_adds_a_row_for_each_person_and_week():
    rows = ledger_rows(rota_of("DENN-DDD-----N"), TEAM, WEEKS, {("Anna", MONDAY): 1})
    anna, then, bo, _ = rows
    assert anna == LedgerRow("Anna", MONDAY, 7, 2, 1, 1, 1, 1, 6 * 480, 1920)
    assert then == LedgerRow("Anna", MONDAY + timedelta(days=7), 7, 1, 1, 1, 0, 0, 2 * 480, 1920)
    assert bo == LedgerRow("Bo", MONDAY, 7, contract_minutes=1920)


def test_on_call_counts_nowhere():
    rows = ledger_rows(rota_of("CCCCCCC", {"C": CALL}), TEAM, WEEKS)
    assert rows[0] == LedgerRow("Anna", MONDAY, 7, contract_minutes=1920)


def test_a_night_in_which_clocks_change_counts_as_it_was():
    night = Rota("test", date(2026, 3, 23), 7, ("Anna",), (
        shift_of(options_for(ANNA, [KINDS["N"]], date(2026, 3, 28), 1)[0][0], ANNA, None, date(2026, 3, 28)),
    ))  # fmt: skip
    [row] = ledger_rows(night, Team((ANNA,), (ROME,)), {"Anna": ((date(2026, 3, 23), 7, 2400),)})
    assert (row.nights, row.weekends, row.counted_minutes) == (1, 1, 420)


def test_text_and_back():
    ledger = Ledger(ledger_rows(rota_of("DENN-DDD-----N"), TEAM, WEEKS))
    assert read_ledger(ledger.text()) == ledger
    assert ledger.text().splitlines()[0] == ",".join(LEDGER_COLUMNS)
    formula = Ledger((LedgerRow("=1+1", MONDAY, 7),))
    assert "'=1+1" in formula.text()
    assert read_ledger(formula.text()) == formula


def test_a_file_by_hand_may_say_little():
    ledger = read_ledger("agent,first_day,days,nights\nAnna,2026-01-05,84,9\n")
    assert ledger.balances("Anna")["nights"] == 9
    assert ledger.balances("Anna")["weeks"] == 12
    assert ledger.balances("Bo") == {}


def test_weeks_before_the_period():
    row = LedgerRow
    ledger = Ledger(
        (
            row("Anna", date(2026, 2, 23), 14, counted_minutes=4001),
            row("Anna", date(2026, 3, 9), 7, counted_minutes=2400),
            row("Bo", date(2026, 2, 23), 7, counted_minutes=900),
        )
    )
    assert ledger.earlier_minutes("Anna", date(2026, 3, 16)) == (2400, 2001, 2000)
    assert ledger.earlier_minutes("Anna", date(2026, 3, 16), 2) == (2400, 2001)
    assert ledger.earlier_minutes("Bo", date(2026, 3, 16)) == ()  # a week in between is not known


def test_planning_again_replaces_the_period():
    old = Ledger(
        (LedgerRow("Anna", date(2026, 3, 23), 7, nights=1), LedgerRow("Gone", date(2026, 3, 23), 7, nights=4))
    )
    once = old.with_rows(ledger_rows(rota_of("N"), TEAM, WEEKS))
    again = once.with_rows(ledger_rows(rota_of("NN"), TEAM, WEEKS))
    assert [row.nights for row in again.rows if row.agent == "Anna"] == [1, 2, 0]
    assert again.balances("Gone")["nights"] == 4
    assert once.before(MONDAY) == old


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "the ledger has no columns agent, first_day, days"),
        ("agent,first_day,days,night\nAnna,2026-03-02,7,1", "unknown columns night"),
        ("agent,first_day,days\nAnna,2.3.2026,7", 'x.csv:2: row 1: "2.3.2026" in first_day is no day'),
        ("agent,first_day,days\n\nAnna,2026-03-02,0", 'x.csv:3: row 1: "0" in days'),
        ("agent,first_day,days,nights\nAnna,2026-03-02,7,-1", '"-1" in nights is not a whole number'),
        ("agent,first_day,days,nights\nAnna,2026-03-02,7,two", '"two" in nights is not a whole number'),
        ("agent,first_day,days\n,2026-03-02,7", "row 1: no name"),
        ("schema_version,agent,first_day,days\n9,Anna,2026-03-02,7", "schema_version 9"),
        ("agent,first_day,days\nAnna,2026-03-02,7\nAnna,2026-03-08,7", "two rows speak of 2026-03-08"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_rows(text, answer):
    with pytest.raises(InputError) as caught:
        read_ledger(text, "x.csv")
    assert answer in str(caught.value)


def test_all_mistakes_at_once(tmp_path):
    file = tmp_path / "ledger.csv"
    file.write_text("agent,first_day,days\n,2026-03-02,7\nAnna,soon,7\n")
    with pytest.raises(InputError) as caught:
        read_ledger(file)
    assert [message.code for message in caught.value.messages] == ["ledger.no_agent", "ledger.no_day"]
    with pytest.raises(InputError, match="cannot be read"):
        read_ledger(tmp_path / "none.csv")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="cannot be read"):
        read_ledger(file)
