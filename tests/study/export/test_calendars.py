"""Calendars: the rota's instants for two parsers, words, names of files, no word too much."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner._messages import speaking
from planner.clock import to_utc
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms, rota_frame
from planner.study.export import Dossier
from planner.study.export.calendars import calendars
from planner.study.export.file_names import file_names

ZONES = (
    *("UTC", "Europe/Rome", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham"),
    *("Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Atlantic/Azores"),
)
GOLDEN = Path(__file__).parent / "golden"
TOLD = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def vobject() -> Iterator[ModuleType]:
    """A second parser that shares nothing with the first; what it stands on uses retired functions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import vobject

        yield vobject


def team_of(people: dict[str, str]) -> Team:
    """People with their zones, each zone with a site of its own."""
    agents = tuple(
        Agent(name, f"Site, {zone}; one", zone, {"en": None}, cost_per_hour=77.77, email="who@example.com")
        for name, zone in people.items()
    )
    return Team(agents, tuple(Site(f"Site, {zone}; one", zone) for zone in sorted(set(people.values()))))


def shift(agent: str, day: date, minute: int, minutes: int, zone: str, **more: object) -> Shift:
    start = to_utc(day, minute, zone)
    settings = {"name": "day", **more}
    return Shift(start, agent, start + timedelta(minutes=minutes), day, zone=zone, **settings)  # type: ignore[arg-type]


def dossier(
    people: dict[str, str], first: date, days: int, shifts: list[Shift], name: str = "desk"
) -> Dossier:
    team = team_of(people)
    ordered = sorted(shifts, key=lambda shift: (shift.start, shift.agent, shift.end))
    rota = Rota(name, first, days, tuple(people), tuple(ordered))
    return Dossier(name, "Europe/Rome", "EUR", rota, team, pay_terms(team), published_at=TOLD)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Any people in any zones, with any shifts around any day, breaks and kinds included."""
    names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
    people = draw(st.dictionaries(names, st.sampled_from(ZONES), min_size=1, max_size=3))
    first = date(2026, 1, 1) + timedelta(draw(st.integers(0, 360)))
    shifts = []
    for agent, zone in people.items():
        for _ in range(draw(st.integers(0, 4))):
            day = first + timedelta(draw(st.integers(0, 6)))
            minutes = 15 * draw(st.integers(8, 64))
            made = shift(
                agent, day, 15 * draw(st.integers(0, 95)), minutes, zone, name=draw(names),
                kind=draw(st.sampled_from(["work", "on_call", "training", "meeting"])),
            )  # fmt: skip
            if draw(st.booleans()):
                made = replace(made, break_minutes=30, break_start=made.start + timedelta(minutes=60))
            shifts.append(made)
    return dossier(people, first, 7, shifts, draw(names))


def ics(files: object) -> dict[str, bytes]:
    return {name: text for name, text in files.items() if name.endswith(".ics")}  # type: ignore[attr-defined]


@settings(max_examples=50)
@given(dossiers())
def test_two_parsers_read_the_instants_of_the_rota(vobject: ModuleType, of: Dossier) -> None:
    made = calendars(of)
    rows = rota_frame(of.rota, of.team)
    expected = {(f"{row.shift_id}@", row.start_utc, row.end_utc) for row in rows.itertuples()}
    first, second = set(), set()
    for content in ics(made.files).values():
        for event in Calendar.from_ical(content).walk("VEVENT"):
            first.add(read(event["uid"], event.start, event.end))
        for event in vobject.readOne(content.decode()).vevent_list:
            second.add(read(event.uid.value, event.dtstart.value, event.dtend.value))
    assert first == second == expected


def read(uid: str, start: datetime, end: datetime) -> tuple[str, str, str]:
    told = [f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for at in (start, end)]
    return uid[: uid.index("@") + 1], *told


@settings(max_examples=50)
@given(dossiers())
def test_text_comes_back_from_both_parsers(vobject: ModuleType, of: Dossier) -> None:
    for content in ics(calendars(of).files).values():
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert b"\n" not in content.replace(b"\r\n", b"")
        events = Calendar.from_ical(content).walk("VEVENT")
        others = vobject.readOne(content.decode()).vevent_list
        worked = [str(event["summary"]) for event in events if event.categories == ["Work"]]
        assert sorted(worked) == sorted(named(of, content))
        for event, other in zip(events, others, strict=True):
            assert str(event["summary"]) == other.summary.value
            assert str(event["description"]) == other.description.value
            assert str(event["location"]) == other.location.value == f"Site, {zone_in(event)}; one"


def named(of: Dossier, content: bytes) -> list[str]:
    """What shifts at work are called in a calendar, without signs that it may not hold."""
    parted = {"Cc", "Cs", "Zl", "Zp"}
    rows = rota_frame(of.rota, of.team).query("kind == 'work'")
    mine = [row.shift for row in rows.itertuples() if f"UID:{row.shift_id}@".encode() in content]
    told = ["".join(" " if unicodedata.category(sign) in parted else sign for sign in name) for name in mine]
    return [name if name.strip() else "Work" for name in told]


def zone_in(event: dict[str, object]) -> str:
    return str(event["description"]).split("\n")[0].split("(")[-1].strip(")")


@settings(max_examples=50)
@given(dossiers())
def test_equal_rotas_give_equal_bytes_and_the_zip_holds_the_files(of: Dossier) -> None:
    made = calendars(of)
    assert dict(made.files) == dict(calendars(replace(of)).files)
    with ZipFile(io.BytesIO(made.files["calendars.zip"])) as packed:
        assert {f"calendars/{name}": packed.read(name) for name in packed.namelist()} == ics(made.files)
        assert {each.date_time for each in packed.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


@settings(max_examples=50)
@given(dossiers())
def test_nobody_else_and_no_money_is_in_a_calendar(of: Dossier) -> None:
    made = calendars(of)
    names = file_names({shift.agent for shift in of.rota.shifts})
    assert sorted(ics(made.files)) == sorted(f"calendars/{name}.ics" for name in names.values())
    for agent, name in names.items():
        calendar = Calendar.from_ical(made.files[f"calendars/{name}.ics"])
        mine = {f"{row.shift_id}@shift-coverage-planner" for row in rota_frame(of.rota, of.team).itertuples()
                if row.agent == agent}  # fmt: skip
        assert {str(event["uid"]) for event in calendar.walk("VEVENT")} == mine
        keys = {key for part in calendar.walk() for key in part}
        assert not keys & {"ATTENDEE", "ORGANIZER", "CONTACT", "COMMENT", "URL"}
        text = made.files[f"calendars/{name}.ics"]
        assert b"77.77" not in text
        assert b"who@example.com" not in text


def test_nothing_of_a_colleague(shared: Path) -> None:
    people = {"Anna Rossi": "Europe/Rome", "Bo Svensson": "Europe/Rome"}
    day = date(2026, 3, 30)
    of = dossier(people, day, 7, [shift(name, day, 540, 480, "Europe/Rome") for name in people])
    files = ics(calendars(of).files)
    assert b"Bo" not in files["calendars/Anna-Rossi.ics"]
    assert b"Anna" not in files["calendars/Bo-Svensson.ics"]


def test_names_that_look_like_formulas(shared: Path) -> None:
    rows = (shared / "data/exports/synthetic/formula_agent_names.csv").read_text(encoding="utf-8")
    names = [line.split(",", 1)[1].strip('"').replace('""', '"') for line in rows.splitlines()[1:]]
    day = date(2026, 3, 30)
    shifts = [shift(name, day, 540, 480, "UTC", name=name) for name in names]
    files = ics(calendars(dossier(dict.fromkeys(names, "UTC"), day, 7, shifts)).files)
    assert len(files) == len(names) == 4
    for name in files:
        assert Path(name).name[0].isalnum()
    said = {
        str(event["summary"]) for text in files.values() for event in Calendar.from_ical(text).walk("VEVENT")
    }
    assert said == set(names)  # a calendar runs no formula: the name is as it is
    unfolded = [text.decode().replace("\r\n ", "").splitlines() for text in files.values()]
    titles = {line for lines in unfolded for line in lines if line.startswith("X-WR-CALNAME:")}
    escaped = {name.replace(",", "\\,").replace(";", "\\;") for name in names}
    assert titles == {f"X-WR-CALNAME:{name}: desk" for name in escaped}


def test_words_on_the_persons_clock() -> None:
    day = date(2026, 3, 30)
    pause = to_utc(day, 13 * 60, "Asia/Kathmandu")
    shifts = [
        shift("Ana", day, 540, 480, "Asia/Kathmandu", break_minutes=30, break_start=pause),
        shift("Ana", day + timedelta(1), 960, 480, "Asia/Kathmandu", name="on call nights", kind="on_call"),
        shift("Ana", day + timedelta(2), 1320, 480, "Asia/Kathmandu", name="French", kind="training"),
        shift("Ana", day + timedelta(4), 540, 480, "Asia/Kathmandu", break_minutes=45),
    ]
    of = dossier({"Ana": "Asia/Kathmandu"}, day, 7, shifts)
    told = Calendar.from_ical(calendars(of).files["calendars/Ana.ics"]).walk("VEVENT")
    assert [str(event["summary"]) for event in told] == ["day", "on call nights", "Training: French", "day"]
    assert [str(event["description"]) for event in told] == [
        "Monday 30 March 2026, 09:00–17:00 (Asia/Kathmandu)\nUnpaid break: 13:00–13:30",
        "Tuesday 31 March 2026, 16:00–24:00 (Asia/Kathmandu)",
        "Wednesday 1 April 2026, 22:00 – Thursday 2 April 2026, 06:00 (Asia/Kathmandu)",
        "Friday 3 April 2026, 09:00–17:00 (Asia/Kathmandu)\nUnpaid break: 45 min, at any time",
    ]
    assert [str(event["transp"]) for event in told] == ["OPAQUE", "TRANSPARENT", "OPAQUE", "OPAQUE"]
    assert [event.categories for event in told] == [["Work"], ["On call"], ["Training"], ["Work"]]
    assert {event["dtstamp"].dt for event in told} == {TOLD}
    assert {str(event["status"]) for event in told} == {"CONFIRMED"}
    with speaking("it"):
        italian = Calendar.from_ical(calendars(of).files["calendars/Ana.ics"]).walk("VEVENT")
    assert str(italian[0]["description"]).startswith("lunedì 30 marzo 2026, 09:00–17:00")
    assert str(italian[2]["summary"]) == "Formazione: French"
    assert [event["uid"] for event in italian] == [event["uid"] for event in told]


def test_a_draft_is_tentative_and_dated_by_its_period() -> None:
    day = date(2026, 3, 30)
    of = dossier({"Ana": "UTC"}, day, 7, [shift("Ana", day, 540, 480, "UTC")])
    event = Calendar.from_ical(calendars(replace(of, published_at=None)).files["calendars/Ana.ics"]).walk(
        "VEVENT"
    )[0]
    assert (str(event["status"]), event["dtstamp"].dt) == ("TENTATIVE", datetime(2026, 3, 30, tzinfo=UTC))
    assert "may still change" in str(event["description"])


def test_hours_shown_twice_say_which() -> None:
    day = date(2026, 10, 25)
    start = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30, the second time
    made = Shift(start, "Ana", start + timedelta(minutes=15), day, "call", "Europe/Rome")
    event = Calendar.from_ical(
        calendars(dossier({"Ana": "Europe/Rome"}, day, 7, [made])).files["calendars/Ana.ics"]
    )
    assert "02:30 (UTC+01:00)–02:45 (UTC+01:00)" in str(event.walk("VEVENT")[0]["description"])


@pytest.mark.parametrize(("name", "day"), [("spring", date(2026, 3, 28)), ("autumn", date(2026, 10, 24))])
def test_clock_change_nights_are_as_they_always_were(name: str, day: date) -> None:
    pause = to_utc(day, 26 * 60, "Europe/Rome")
    nights = [
        shift("Zoë, «night»; O'Neil", day, 1320, 420 if name == "spring" else 540, "Europe/Rome",
              name="night", break_minutes=30, break_start=pause),
    ]  # fmt: skip
    of = dossier({"Zoë, «night»; O'Neil": "Europe/Rome"}, day, 7, nights, "Désk; è qui, sempre")
    (content,) = ics(calendars(of).files).values()
    assert content == (GOLDEN / f"night-{name}.ics").read_bytes()


@given(st.sets(st.text(st.characters(codec="utf-8"), max_size=80), max_size=8))
def test_file_names_are_safe_and_apart(people: set[str]) -> None:
    names = file_names(people)
    assert names == file_names(sorted(people, reverse=True))
    assert set(names) == people
    same = {unicodedata.normalize("NFC", name).casefold() for name in names.values()}
    assert len(same) == len(people)
    for name in names.values():
        assert name
        assert not set(name) & set('<>:"/\\|?*.=+@ \t\r\n\0')
        assert not name.startswith("-")
        assert len(name.encode()) < 200


def test_names_of_windows_and_equal_names() -> None:
    names = file_names(
        ["CON", "con", "aux.txt", "../..", "Anna Ü", "Anna-Ü", "ANNA Ü", "COM1", "नीता", "a" * 300, ""]
    )
    assert len(set(names.values())) == len(names)
    assert names["नीता"] == "नीता"
    assert not {name.casefold() for name in names.values()} & {"con", "com1", "aux"}
    assert names["../.."].startswith("person")
    assert names["aux.txt"] == "aux-txt"
    assert {len(names[name]) for name in ("Anna Ü", "Anna-Ü", "ANNA Ü")} == {len("Anna-Ü-12345678")}
