"""Calendars across versions of a rota: sequences, withdrawn shifts, the manifest, publications."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.__main__ import main
from planner._errors import InputError
from planner.cli.verb import MISTAKES
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, csv_text, pay_terms, rota_frame
from planner.study import Scenario, rota_published
from planner.study.export import Dossier, open_dossier
from planner.study.export.calendars import calendars
from planner.study.export.manifest import Manifest, follow, read_manifest
from planner.study.export.rota_csv import rota_csv
from planner.study.export.staff import staff_text
from planner.study.rota_published import publish_rota, published_calendars, read_published

FIRST = date(2026, 3, 23)
TEAM = Team(
    tuple(Agent(name, "Rome", "Europe/Rome", {"it": None}) for name in ("Ana", "Bo", "Cy")),
    (Site("Rome", "Europe/Rome"),),
)
DESK = """
name: desk
zone: Europe/Rome
period: {first_day: 2026-03-23, weeks: 1}
agents: [{name: Ana, languages: it}]
queues: [{name: phone it, channel: phone, language: it}]
need: {phone it: 1}
shifts: [{name: day, start: "09:00", paid_hours: 8}]
"""
AT = datetime(2026, 3, 20, tzinfo=UTC)
Found = dict[str, tuple[str, int, tuple[object, ...]]]  # status, sequence, all else


def shift(agent: str, day: int, hour: int = 8, **more: object) -> Shift:
    start = datetime(2026, 3, 23, hour, tzinfo=UTC) + timedelta(days=day)
    settings = {"name": "day", **more}
    return Shift(
        start, agent, start + timedelta(hours=8), FIRST + timedelta(day), zone="Europe/Rome", **settings
    )  # type: ignore[arg-type]


def in_order(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    return tuple(sorted(shifts, key=lambda shift: (shift.start, shift.agent, shift.end)))


def dossier(
    *shifts: Shift, name: str = "desk", first: date = FIRST, days: int = 7, at: datetime | None = AT
) -> Dossier:
    rota = Rota(name, first, days, ("Ana", "Bo", "Cy"), in_order(shifts))
    return Dossier(name, "Europe/Rome", "EUR", rota, TEAM, pay_terms(TEAM), published_at=at)


def told(of: Dossier, before: Manifest | None, folder: Path) -> tuple[Manifest | None, Found]:
    """What the files say by uid, and the manifest as read back from the disk."""
    made = calendars(of, before)
    path = folder / "calendars.json"
    path.write_bytes(made.files["calendars.json"])
    found: Found = {}
    for name, content in made.files.items():
        if name.endswith(".ics"):
            events = Calendar.from_ical(content).walk("VEVENT")
            assert events
            for event in events:
                uid = str(event["uid"])
                assert uid not in found
                facts = [
                    str(event[key]) for key in ("summary", "description", "location", "categories", "status")
                ]
                found[uid] = (str(event["status"]), int(event["sequence"]), (event.start, event.end, *facts))
    return read_manifest(path), found


@st.composite
def duties(draw: st.DrawFn) -> Shift:
    """One of few shifts, so that versions often have the same."""
    made = shift(
        draw(st.sampled_from(["Ana", "Bo"])),
        draw(st.integers(0, 2)),
        draw(st.sampled_from([6, 14])),
        name=draw(st.sampled_from(["day", "x"])),
        kind=draw(st.sampled_from(["work", "on_call"])),
    )
    minutes = draw(st.sampled_from([0, 30, 60]))
    pause = made.start + timedelta(minutes=60 + minutes)
    return replace(made, break_minutes=minutes, break_start=pause) if minutes else made


VERSIONS = st.lists(st.tuples(st.lists(duties(), max_size=4), st.booleans()), min_size=1, max_size=6)


@settings(max_examples=60)
@given(VERSIONS)
def test_any_chain_of_rotas_moves_calendars_on(
    tmp_path_factory: pytest.TempPathFactory, versions: list[tuple[list[Shift], bool]]
) -> None:
    folder = tmp_path_factory.mktemp("told")
    before: Manifest | None = None
    last: Found = {}
    for shifts, draft in versions:
        of = dossier(*shifts, at=None if draft else AT)
        again = calendars(of, before).files
        before, found = told(of, before, folder)
        assert dict(calendars(of, before).files) == dict(again)  # a second export says the same
        ids = {f"{row.shift_id}@shift-coverage-planner" for row in rota_frame(of.rota, TEAM).itertuples()}
        assert set(found) == set(last) | ids
        for uid, (status, sequence, facts) in found.items():
            expected = ("TENTATIVE" if draft else "CONFIRMED") if uid in ids else "CANCELLED"
            assert status == expected
            if uid not in last:
                assert sequence == 0
            else:
                assert sequence == last[uid][1] + (facts != last[uid][2])
        last = found


def only(found: Found) -> list[tuple[str, int]]:
    return sorted((status, sequence) for status, sequence, _ in found.values())


@pytest.mark.parametrize(
    "change",
    [
        {"hour": 9},
        {"name": "late"},
        {"kind": "training"},
        {"break_minutes": 30},
        {"break_minutes": 30, "break_start": datetime(2026, 3, 23, 12, tzinfo=UTC)},
    ],
    ids=str,
)
def test_each_kind_of_change_is_the_next_sequence(change: dict[str, object], tmp_path: Path) -> None:
    before, _ = told(dossier(shift("Ana", 0), shift("Ana", 1)), None, tmp_path)
    _, found = told(dossier(shift("Ana", 0, **change), shift("Ana", 1)), before, tmp_path)  # type: ignore[arg-type]
    assert only(found) == [("CONFIRMED", 0), ("CONFIRMED", 1)]


def test_another_place_is_a_change(tmp_path: Path) -> None:
    of = dossier(shift("Ana", 0), shift("Bo", 0))
    before, _ = told(of, None, tmp_path)
    ana, *others = TEAM.agents
    moved = Team((replace(ana, site="Milan"), *others), (*TEAM.sites, Site("Milan", "Europe/Rome")))
    _, found = told(replace(of, team=moved), before, tmp_path)
    assert only(found) == [("CONFIRMED", 0), ("CONFIRMED", 1)]


def test_withdrawn_stays_withdrawn_until_it_comes_back(tmp_path: Path) -> None:
    both, one = dossier(shift("Ana", 0), shift("Bo", 0)), dossier(shift("Ana", 0))
    before, _ = told(both, None, tmp_path)
    before, found = told(one, before, tmp_path)
    assert only(found) == [("CANCELLED", 1), ("CONFIRMED", 0)]
    made = calendars(one, before)
    assert [str(line) for line in made.notices] == [
        "people without any shift now, whose calendar cancels what they were told: Bo. Send it to them too"
    ]
    event = Calendar.from_ical(made.files["calendars/Bo.ics"]).walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["transp"])) == ("Cancelled: day", "TRANSPARENT")
    before, found = told(one, before, tmp_path)
    assert only(found) == [("CANCELLED", 1), ("CONFIRMED", 0)]
    before, found = told(both, before, tmp_path)
    assert only(found) == [("CONFIRMED", 0), ("CONFIRMED", 2)]


def test_a_draft_that_is_published_is_told_again(tmp_path: Path) -> None:
    before, found = told(dossier(shift("Ana", 0), at=None), None, tmp_path)
    assert only(found) == [("TENTATIVE", 0)]
    before, found = told(dossier(shift("Ana", 0)), before, tmp_path)
    assert only(found) == [("CONFIRMED", 1)]
    # A draft on top of it: what is published holds, only what is new may change.
    draft = dossier(shift("Ana", 0, status="published"), shift("Ana", 1), at=None)
    assert only(told(draft, before, tmp_path)[1]) == [("CONFIRMED", 1), ("TENTATIVE", 0)]


def test_other_periods_are_left_alone(tmp_path: Path) -> None:
    before, _ = told(dossier(shift("Ana", 0), shift("Bo", 6)), None, tmp_path)
    before, found = told(dossier(shift("Ana", 8), first=FIRST + timedelta(7)), before, tmp_path)
    assert only(found) == [("CONFIRMED", 0)]
    assert before is not None
    assert [entry.state for entry in before.entries] == ["CONFIRMED"] * 3
    # The period before planned anew goes on where it was.
    assert only(told(dossier(shift("Ana", 0, hour=9)), before, tmp_path)[1]) == [
        ("CANCELLED", 1),
        ("CONFIRMED", 1),
    ]


def test_whoever_has_another_name_or_has_left_is_told(tmp_path: Path) -> None:
    before, _ = told(dossier(shift("Ana", 0), shift("Bo", 0)), None, tmp_path)
    of = dossier(shift("Ana Maria", 0), shift("Bo", 0))
    ana, *others = TEAM.agents
    of = replace(of, team=Team((replace(ana, name="Ana Maria"), *others), TEAM.sites))
    made = calendars(of, before)
    assert [name for name in made.files if name.endswith(".ics")] == [
        "calendars/Ana-Maria.ics", "calendars/Ana.ics", "calendars/Bo.ics",
    ]  # fmt: skip
    assert only(told(of, before, tmp_path)[1]) == [("CANCELLED", 1), ("CONFIRMED", 0), ("CONFIRMED", 0)]


def test_another_scenario_takes_the_place_and_says_so(tmp_path: Path) -> None:
    before, _ = told(dossier(shift("Ana", 0)), None, tmp_path)
    of = dossier(shift("Ana", 0), name="new desk")
    assert "cancelled, because new desk takes its place" in str(calendars(of, before).notices[0])
    assert only(told(of, before, tmp_path)[1]) == [("CANCELLED", 1), ("CONFIRMED", 0)]


def test_no_file_is_no_manifest(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "calendars.json") is None
    assert follow([tmp_path]) is None


GOOD = json.loads(
    calendars(dossier(shift("Ana", 0, break_minutes=30, break_start=AT))).files["calendars.json"]
)


def spoilt(**changes: object) -> str:
    return json.dumps(GOOD | {"entries": [GOOD["entries"][0] | changes]})


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"version": 1}', json.dumps(GOOD)[:-20],
        json.dumps(GOOD | {"version": "one"}),
        json.dumps(GOOD | {"entries": GOOD["entries"] * 2}), spoilt(sequence=-1), spoilt(state="GONE"),
        spoilt(start="2026-03-23T08:00:00"), spoilt(kind="sleep"), spoilt(day="yesterday"),
        "[" * 100_000, "\ud800",
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "calendars.json"
    path.write_bytes(text.encode(errors="surrogatepass"))
    with pytest.raises(InputError, match=r"calendars\.json cannot be read"):
        read_manifest(path)


def test_a_manifest_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calendars.json"
    path.write_text(json.dumps({"version": 2, "other": []}), encoding="utf-8")
    with pytest.raises(InputError, match="version 2; this planner reads version 1"):
        read_manifest(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_manifest(path)


def test_two_places_that_were_told_from_are_followed_together(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir(), other.mkdir()
    _, _ = told(dossier(shift("Ana", 0), shift("Bo", 0), shift("Cy", 0)), None, one)
    before, _ = told(dossier(shift("Ana", 0, hour=9), shift("Bo", 0), shift("Cy", 1)), None, other)
    told(dossier(shift("Ana", 0, hour=9), shift("Bo", 0, hour=7), shift("Cy", 1)), before, other)
    both = follow([one, other, tmp_path])
    assert both is not None
    # Ana was told two things at once, Bo something newer in the other, Cy one thing in each.
    told_so_far = sorted((entry.agent, entry.day.day, entry.sequence) for entry in both.entries)
    assert told_so_far == [("Ana", 23, 1), ("Bo", 23, 1), ("Cy", 23, 0), ("Cy", 24, 0)]
    of = dossier(shift("Ana", 0), shift("Bo", 0, hour=7), shift("Cy", 1))
    first, found = told(of, both, one)
    assert only(found) == [("CANCELLED", 1), ("CONFIRMED", 0), ("CONFIRMED", 1), ("CONFIRMED", 2)]
    assert told(of, follow([one, other]), one) == (first, found)


def publish(folder: Path, *shifts: Shift) -> None:
    rota = dossier(*shifts).rota
    publish_rota(folder, rota, TEAM, pay_terms(TEAM), "somebody", "job", AT)


def sequences(folder: Path) -> list[tuple[str, str, int]]:
    manifest = published_calendars(folder)
    assert manifest is not None
    return sorted((entry.agent, entry.state, entry.sequence) for entry in manifest.entries)


def test_each_publication_continues_the_one_before(tmp_path: Path) -> None:
    publish(tmp_path, shift("Ana", 0), shift("Bo", 0))
    assert sequences(tmp_path) == [("Ana", "CONFIRMED", 0), ("Bo", "CONFIRMED", 0)]
    publish(tmp_path, shift("Ana", 0, hour=9), replace(shift("Cy", -3), status="carried"))
    assert sequences(tmp_path) == [("Ana", "CONFIRMED", 1), ("Bo", "CANCELLED", 1)]
    publish(tmp_path, shift("Ana", 0, hour=9), shift("Bo", 0))
    assert sequences(tmp_path) == [("Ana", "CONFIRMED", 1), ("Bo", "CONFIRMED", 2)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "calendars-1.json", "calendars-2.json", "calendars.json",
        "published-1.json", "published-2.json", "published.json",
        "rota-1.csv", "rota-2.csv", "rota.csv",
    ]  # fmt: skip
    # What is exported from the published rota says just what the publication told.
    of = dossier(shift("Ana", 0, hour=9), shift("Bo", 0))
    before = published_calendars(tmp_path)
    made = json.loads(calendars(replace(of, rota_version=3), before).files["calendars.json"])
    assert made == json.loads((tmp_path / "calendars.json").read_text(encoding="utf-8"))


@pytest.fixture
def plan_folder(tmp_path: Path) -> Path:
    """Folder of a plan with two shifts."""
    scenario = Scenario.from_text(DESK)
    (tmp_path / "staff.json").write_text(staff_text(scenario), encoding="utf-8")
    (tmp_path / "plan.json").write_text('{"cost": 0}', encoding="utf-8")
    rota = Rota("desk", FIRST, 7, ("Ana",), (shift("Ana", 0), shift("Ana", 1)))
    (tmp_path / "rota.csv").write_text(csv_text(rota_frame(rota, scenario.team)), encoding="utf-8")
    return tmp_path


def entries(folder: Path) -> list[tuple[str, int]]:
    events = Calendar.from_ical((folder / "calendars" / "Ana.ics").read_bytes()).walk("VEVENT")
    return [(str(event["status"]), int(event["sequence"])) for event in events]


def test_the_command_line_continues_what_is_in_the_folder(plan_folder: Path, tmp_path: Path) -> None:
    def export(*words: object) -> int:
        return main(["export", str(plan_folder), "--format", "ics", *map(str, words)])

    out, other, edited = tmp_path / "out", tmp_path / "other", tmp_path / "edited.csv"
    assert export("--out", out) == 0
    assert entries(out) == [("TENTATIVE", 0), ("TENTATIVE", 0)]
    before = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert export("--out", out) == 0
    assert {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    text = (plan_folder / "rota.csv").read_text(encoding="utf-8")
    edited.write_text("".join(text.splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert export("--out", other, "--rota", edited, "--follows", out) == 0
    assert entries(other) == [("TENTATIVE", 0), ("CANCELLED", 1)]
    # Again from the plan: the newest of both folders counts, and a third export changes nothing.
    for _ in range(2):
        assert export("--out", other, "--follows", out) == 0
        assert entries(other) == [("TENTATIVE", 0), ("TENTATIVE", 2)]
    assert export("--out", out, "--follows", tmp_path / "nothing") == MISTAKES
    (out / "calendars.json").write_text("{", encoding="utf-8")
    assert export("--out", out) == MISTAKES
    assert (out / "calendars.json").read_text(encoding="utf-8") == "{"


def test_the_command_line_continues_a_publication(plan_folder: Path, tmp_path: Path) -> None:
    told_to, out = tmp_path / "published", tmp_path / "out"
    team = Scenario.from_text(DESK).team
    for hour in (8, 9):
        rota = Rota("desk", FIRST, 7, ("Ana",), (shift("Ana", 0, hour),))
        publish_rota(told_to, rota, team, None, "somebody", "job", AT)
    words = [
        "export",
        str(plan_folder),
        "--format",
        "ics",
        "--rota",
        str(told_to / "rota.csv"),
        "--out",
        str(out),
    ]
    assert main(words) == 0
    assert entries(out) == [("CONFIRMED", 1)]
    assert (out / "calendars.json").read_bytes() == (told_to / "calendars.json").read_bytes()


def test_the_published_rota_is_opened_with_its_moment(plan_folder: Path, tmp_path: Path) -> None:
    scenario = Scenario.from_text(DESK)
    told_to = tmp_path / "published"
    rota = Rota("desk", FIRST, 7, ("Ana",), (shift("Ana", 0),))
    for _ in range(2):
        publish_rota(told_to, rota, scenario.team, None, "somebody", "job", AT)
    of = open_dossier(plan_folder, told_to / "rota.csv")
    assert (of.published_at, of.rota_version) == (AT, 2)
    made = calendars(of, follow([told_to]))
    event = Calendar.from_ical(made.files["calendars/Ana.ics"]).walk("VEVENT")[0]
    assert (str(event["status"]), event["dtstamp"].dt, event["sequence"]) == ("CONFIRMED", AT, 0)
    assert made.files["calendars.json"] == (told_to / "calendars.json").read_bytes()
    # An older one was published too, and its record is kept beside it.
    older = open_dossier(plan_folder, told_to / "rota-1.csv")
    assert (older.published_at, older.rota_version) == (AT, 1)
    assert b"STATUS:CONFIRMED" in calendars(older).files["calendars/Ana.ics"]


def test_a_publication_is_refused_where_what_was_told_cannot_be_read(tmp_path: Path) -> None:
    publish(tmp_path, shift("Ana", 0))
    (tmp_path / "calendars.json").write_text("{", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(InputError, match="cannot be read"):
        publish(tmp_path, shift("Ana", 1))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Writing breaks down after so many files, as if the power failed."""
    real = rota_published.write_atomic

    def after(files: int) -> None:
        left = [files]

        def write(path: Path, content: bytes | str) -> None:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            real(path, content)

        monkeypatch.setattr(rota_published, "write_atomic", write)

    return after


@pytest.mark.parametrize("files", range(5))
def test_a_publication_cut_off_leaves_the_one_before(
    files: int, tmp_path: Path, cut_off: Callable[[int], None]
) -> None:
    publish(tmp_path, shift("Ana", 0))
    publish(tmp_path, shift("Ana", 0), shift("Bo", 0))
    whole = sequences(tmp_path)
    cut_off(files)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, shift("Ana", 0, hour=9))
    record = read_published(tmp_path)
    assert record is not None
    assert (record.version, sequences(tmp_path)) == (2, whole)
    assert (tmp_path / "rota.csv").exists()
    cut_off(99)
    publish(tmp_path, shift("Ana", 0), shift("Bo", 0, hour=9))
    assert sequences(tmp_path) == [("Ana", "CONFIRMED", 0), ("Bo", "CONFIRMED", 1)]
    assert "calendars-2.json" in {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "rota-2.csv").read_text(encoding="utf-8").count("\n") == 3


def test_the_published_rota_is_written_as_that_of_a_plan(tmp_path: Path) -> None:
    """Both are rota.csv: the same columns, decimals and line ends."""
    publish(tmp_path, shift("Ana", 0))
    of = replace(dossier(shift("Ana", 0)), published_at=AT)
    assert (tmp_path / "rota.csv").read_bytes() == rota_csv(of).files["rota.csv"]
