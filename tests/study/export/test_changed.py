"""Changes between two versions: the table, a message for each person, the page; every one told once."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._messages import speaking
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms
from planner.study.columns import COLUMNS
from planner.study.export import Dossier
from planner.study.export.changed import changed
from planner.study.export.differences import differences

GOLDEN = Path(__file__).parent / "golden"
FIRST = date(2026, 3, 23)
ZONES = {"Ana": "Europe/Rome", "Bo": "Asia/Kathmandu", "Cy": "Europe/Rome"}
TEAM = Team(
    tuple(Agent(name, zone, zone, {"it": None}) for name, zone in ZONES.items()),
    tuple(Site(zone, zone) for zone in sorted(set(ZONES.values()))),
)
AT = datetime(2026, 3, 20, tzinfo=UTC)


def shift(agent: str, day: int, hour: int = 8, hours: float = 8, **more: object) -> Shift:
    start = datetime(2026, 3, 23, hour, tzinfo=UTC) + timedelta(days=day)
    settings = {"name": "day", "zone": ZONES.get(agent, "Europe/Rome"), **more}
    return Shift(start, agent, start + timedelta(hours=hours), FIRST + timedelta(day), **settings)  # type: ignore[arg-type]


def dossier(*shifts: Shift, version: int = 1, first: date = FIRST, days: int = 7) -> Dossier:
    ordered = sorted(shifts, key=lambda shift: (shift.start, shift.agent, shift.end))
    rota = Rota("desk", first, days, tuple(ZONES), tuple(ordered))
    return Dossier(
        "desk", "Europe/Rome", "EUR", rota, TEAM, pay_terms(TEAM), rota_version=version, published_at=AT
    )


def text(files: object, name: str) -> str:
    return files[name].decode()  # type: ignore[index,no-any-return]


def rows(files: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(files, "changes.csv"), newline="")))


def messages(files: object) -> list[str]:
    return [name for name in files if name.startswith("changes/")]  # type: ignore[attr-defined]


@st.composite
def tours(draw: st.DrawFn) -> list[Shift]:
    """At most one shift for each person and day."""
    made = []
    for agent in ZONES:
        for day in range(3):
            if draw(st.booleans()):
                one = shift(
                    agent, day, draw(st.sampled_from([6, 14])), name=draw(st.sampled_from(["day", "=late"]))
                )
                pause = draw(st.sampled_from([None, 2, 3]))
                if pause is not None:
                    one = replace(one, break_minutes=30, break_start=one.start + timedelta(hours=pause))
                made.append(one)
    return made


def key(one: Shift) -> tuple[str, datetime, datetime, str]:
    return one.agent, one.start, one.end, one.name


@settings(max_examples=60)
@given(tours(), tours())
def test_every_change_is_told_once(old: list[Shift], new: list[Shift]) -> None:
    told = differences(dossier(*old).rota, dossier(*new).rota)
    gone = {key(one) for one in old} - {key(one) for one in new}
    come = {key(one) for one in new} - {key(one) for one in old}
    changes = [each for each in told if each.kind != "break"]
    assert sorted(key(each.old) for each in changes if each.old) == sorted(gone)
    assert sorted(key(each.new) for each in changes if each.new) == sorted(come)
    breaks = {key(one): (one.break_start, one.break_minutes) for one in old}
    other = {
        key(one) for one in new if breaks.get(key(one), 0) not in (0, (one.break_start, one.break_minutes))
    }
    assert {key(each.new) for each in told if each.kind == "break" and each.new} == other
    for each in told:
        if each.kind == "swapped":
            assert each.other
            back = [
                one
                for one in told
                if one.agent == each.other and one.kind == "swapped" and one.other == each.agent
            ]
            assert any(has(each.old, one.new) and has(each.new, one.old) for one in back)


def has(one: Shift | None, other: Shift | None) -> bool:
    assert one is not None
    assert other is not None
    return key(one)[1:] == key(other)[1:]


@settings(max_examples=60)
@given(tours(), tours())
def test_the_table_and_who_gets_a_message(old: list[Shift], new: list[Shift]) -> None:
    files = changed(dossier(*new, version=2), dossier(*old)).files
    assert dict(files) == dict(changed(dossier(*new, version=2), dossier(*old)).files)
    table = rows(files)
    assert text(files, "changes.csv").splitlines()[0] == ",".join(
        column.name for column in COLUMNS["changes.csv"]
    )
    gone = {key(one) for one in old} - {key(one) for one in new}
    come = {key(one) for one in new} - {key(one) for one in old}
    assert sorted(cells(row, "old") for row in table if row["old_shift"]) == sorted(map(told, gone))
    assert sorted(cells(row, "new") for row in table if row["new_shift"]) == sorted(map(told, come))
    for row in table:
        kinds = {(True, True): "moved", (True, False): "removed", (False, True): "added"}
        assert row["change"] == kinds[bool(row["old_shift"]), bool(row["new_shift"])]
        assert row["why"] == ""
    was = {(key(one), one.break_start) for one in old}
    now = {(key(one), one.break_start) for one in new}
    people = {one[0] for one, _ in was ^ now}
    assert messages(files) == [f"changes/{name}.txt" for name in sorted(people)]


def told(one: tuple[str, datetime, datetime, str]) -> tuple[str, str, str, str]:
    agent, start, end, name = one
    guarded = f"'{name}" if name.startswith("=") else name
    return agent, guarded, f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}"


def cells(row: dict[str, str], side: str) -> tuple[str, str, str, str]:
    clock = [datetime.fromisoformat(row[f"{side}_{edge}_local"]).astimezone(UTC) for edge in ("start", "end")]
    return row["agent"], row[f"{side}_shift"], f"{clock[0]:%Y-%m-%dT%H:%M}", f"{clock[1]:%Y-%m-%dT%H:%M}"


def test_a_message_in_words_on_the_persons_clock() -> None:
    pause = datetime(2026, 3, 24, 12, tzinfo=UTC)
    old = dossier(shift("Bo", 0), shift("Bo", 2, hours=4), shift("Bo", 4), shift("Ana", 0))
    new = dossier(
        shift("Bo", 0, 10, 7.5), shift("Bo", 1, break_minutes=30, break_start=pause), shift("Bo", 4),
        shift("Bo", 6, 14, kind="on_call", name="stand-by"), shift("Ana", 0), version=2,
    )  # fmt: skip
    files = changed(new, old).files
    assert messages(files) == ["changes/Bo.txt"]
    assert text(files, "changes/Bo.txt").splitlines() == [
        "desk: changes of the rota, Monday 23 March 2026 – Sunday 29 March 2026",
        "",
        "Bo, these are your changes:",
        "Version 2 of the rota, compared with version 1.",
        "",
        "- Moved: day, Monday 23 March 2026, 15:45–23:15 (Asia/Kathmandu)."
        " It was: day, Monday 23 March 2026, 13:45–21:45 (Asia/Kathmandu)",
        "- New: day, Tuesday 24 March 2026, 13:45–21:45 (Asia/Kathmandu). Unpaid break: 17:45–18:15",
        "- Cancelled: day, Wednesday 25 March 2026, 13:45–17:45 (Asia/Kathmandu)",
        "- New: On call: stand-by, Sunday 29 March 2026, 19:45"
        " – Monday 30 March 2026, 03:45 (Asia/Kathmandu)",
        "",
        "Paid hours of this period: 23; they were 20.",
        "Hours on call: 8; they were 0.",
    ]
    with speaking("it"):
        italian = text(changed(new, old).files, "changes/Bo.txt")
    assert "- Spostato: day, lunedì 23 marzo 2026, 15:45–23:15 (Asia/Kathmandu). Era: day, lunedì" in italian
    assert "Ore retribuite in questo periodo: 23; erano 20." in italian


def test_a_swap_is_told_to_both() -> None:
    old = dossier(shift("Ana", 0), shift("Bo", 2, 14, name="late"), shift("Cy", 0))
    new = dossier(shift("Bo", 0), shift("Ana", 2, 14, name="late"), shift("Cy", 0), version=2)
    files = changed(new, old).files
    assert messages(files) == ["changes/Ana.txt", "changes/Bo.txt"]
    assert (
        "- Swapped with Bo: you have late, Wednesday 25 March 2026, 15:00–23:00 (Europe/Rome)."
        " Bo has: day, Monday 23 March 2026, 09:00–17:00 (Europe/Rome)\n"
    ) in text(files, "changes/Ana.txt")
    assert "- Swapped with Ana: you have day, Monday 23 March 2026, 13:45–21:45" in text(
        files, "changes/Bo.txt"
    )
    assert [row["change"] for row in rows(files)] == ["removed", "added", "added", "removed"]
    page = text(files, "changes.html")
    assert "swapped with Bo" in page
    assert "swapped with Ana" in page


def test_of_several_swaps_the_nearest_days_are_told() -> None:
    old = dossier(shift("Ana", 0), shift("Ana", 5), shift("Bo", 1), shift("Bo", 4))
    new = dossier(shift("Bo", 0), shift("Bo", 5), shift("Ana", 1), shift("Ana", 4))
    found = differences(old.rota, new.rota)
    pairs = [
        (each.old.day.day, each.new.day.day)
        for each in found
        if each.agent == "Ana" and each.old and each.new
    ]
    assert pairs == [(23, 24), (28, 27)]
    assert {each.kind for each in found} == {"swapped"}


def test_the_nearest_may_be_the_later_one() -> None:
    old = dossier(shift("Ana", 3), shift("Bo", 0), shift("Bo", 4))
    new = dossier(shift("Bo", 3), shift("Ana", 0), shift("Ana", 4))
    found = [
        (each.agent, each.kind, each.new and each.new.day.day) for each in differences(old.rota, new.rota)
    ]
    assert found == [
        ("Ana", "added", 23),
        ("Ana", "swapped", 27),
        ("Bo", "removed", None),
        ("Bo", "swapped", 26),
    ]


def test_a_shift_handed_over_is_no_swap() -> None:
    found = differences(dossier(shift("Ana", 0)).rota, dossier(shift("Bo", 0)).rota)
    assert [(each.agent, each.kind) for each in found] == [("Ana", "removed"), ("Bo", "added")]


def test_another_break_is_told_but_is_no_other_shift() -> None:
    pauses = [datetime(2026, 3, 23, hour, tzinfo=UTC) for hour in (11, 12)]
    old, new = (dossier(shift("Ana", 0, break_minutes=30, break_start=pause)) for pause in pauses)
    files = changed(new, old).files
    assert rows(files) == []
    assert (
        "- Other break: day, Monday 23 March 2026, 09:00–17:00 (Europe/Rome). Unpaid break: 13:00–13:30."
        " It was: Unpaid break: 12:00–12:30\n"
    ) in text(files, "changes/Ana.txt")
    longer = dossier(shift("Ana", 0, break_minutes=60, break_start=pauses[0]))
    assert "13:00. It was: Unpaid break: 12:00–12:30" in text(changed(longer, old).files, "changes/Ana.txt")
    none = dossier(shift("Ana", 0))
    assert "It was: No unpaid break" in text(changed(new, none).files, "changes/Ana.txt")


def test_another_place_is_told_to_whoever_has_shifts() -> None:
    of = dossier(shift("Ana", 0))
    team = Team(tuple(replace(agent, site="Asia/Kathmandu") for agent in TEAM.agents), TEAM.sites)
    files = changed(replace(of, team=team), of).files
    assert messages(files) == ["changes/Ana.txt"]
    assert "- Your place of work: Asia/Kathmandu; it was Europe/Rome" in text(files, "changes/Ana.txt")
    assert "place of work" in text(files, "changes.html")


def test_another_kind_is_a_change() -> None:
    files = changed(dossier(shift("Ana", 0, kind="training")), dossier(shift("Ana", 0))).files
    assert [row["change"] for row in rows(files)] == ["moved"]
    assert "- Moved: Training: day, Monday" in text(files, "changes/Ana.txt")


def test_nothing_changed() -> None:
    made = changed(dossier(shift("Ana", 0)), dossier(shift("Ana", 0)))
    assert list(made.files) == ["changes.csv", "changes.html"]
    assert [str(line) for line in made.notices] == ["Nobody's shifts change."]
    assert "Nobody&#x27;s shifts change." in text(made.files, "changes.html")


def test_days_that_the_new_version_does_not_have_are_left_aside() -> None:
    old = dossier(shift("Ana", 0), shift("Ana", 5), shift("Ana", 11))
    made = changed(dossier(shift("Ana", 5), shift("Ana", 8), first=FIRST + timedelta(4), version=2), old)
    assert [(row["change"], row["day"]) for row in rows(made.files)] == [("added", "2026-03-31")]
    assert "only days of the new one, 7 from 2026-03-27, are compared" in str(made.notices[0])
    assert "Paid hours of this period: 16; they were 8." in text(made.files, "changes/Ana.txt")


def test_a_clock_change_night_says_its_offsets() -> None:
    night = shift("Ana", 5, 21, 7, name="night")
    files = changed(dossier(night, version=2), dossier()).files
    said = "- New: night, Saturday 28 March 2026, 22:00 (UTC+01:00) – Sunday 29 March 2026, 06:00 (UTC+02:00)"
    assert said in text(files, "changes/Ana.txt")
    assert "Paid hours of this period: 7; they were 0." in text(files, "changes/Ana.txt")


def test_a_draft_says_that_it_does_not_hold_yet() -> None:
    draft = replace(dossier(shift("Ana", 0)), published_at=None)
    assert "It is a draft" in text(changed(draft, dossier()).files, "changes/Ana.txt")
    assert "It is a draft" not in text(changed(dossier(shift("Ana", 0)), dossier()).files, "changes/Ana.txt")


def test_whoever_left_is_told_too() -> None:
    of = dossier(shift("Bo", 0))
    left = replace(of, team=Team(TEAM.agents[1:], TEAM.sites))
    assert messages(changed(left, dossier(shift("Ana", 0), shift("Bo", 0))).files) == ["changes/Ana.txt"]


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://example.invalid","x")', "+39 02 1234", "@SUM(1)", "<script>alert(1)</script>"],
)
def test_names_that_are_no_names(name: str) -> None:
    team = Team((Agent(name, "Rome", "Europe/Rome", {}),), (Site("Rome", "Europe/Rome"),))
    one = Shift(AT, name, AT + timedelta(hours=8), AT.date(), f"{name}\nNew: {name}", "Europe/Rome")
    rota = Rota(name, AT.date(), 7, (name,), (one,))
    of = Dossier(name, "Europe/Rome", "EUR", rota, team, pay_terms(team))
    files = changed(of, replace(of, rota=replace(rota, shifts=()))).files
    (row,) = rows(files)
    assert row["agent"] == row["new_shift"].split("\n")[0] == (name if name[0] == "<" else f"'{name}")
    (message,) = messages(files)
    assert len([line for line in text(files, message).splitlines() if line.startswith("- ")]) == 1
    assert text(files, message).count("\n") == text(files, message).count("\r\n") + len(
        text(files, message).splitlines()
    )
    page = text(files, "changes.html")
    assert "<script" not in page
    assert 'href="' not in page


def test_golden_files():
    """A swap, a night moved, one gone in which the clocks change, another break: byte for byte."""
    night = {"name": "night", "hours": 8}
    before = dossier(
        shift("Ana", 0),
        shift("Cy", 1),
        shift("Ana", 3, 21, **night),
        shift("Cy", 5, 21, hours=7, name="night"),
        shift("Bo", 2, break_minutes=30, break_start=AT + timedelta(days=5, hours=11)),
    )
    now = dossier(
        shift("Cy", 0),
        shift("Ana", 1),
        shift("Ana", 3, 20, **night),
        shift("Bo", 2, break_minutes=30, break_start=AT + timedelta(days=5, hours=12)),
        version=2,
    )
    made = changed(now, before)
    for name in ("changes.csv", "changes/Ana.txt", "changes/Bo.txt", "changes/Cy.txt"):
        assert made.files[name] == (GOLDEN / name.replace("changes/", "changes-")).read_bytes(), name
