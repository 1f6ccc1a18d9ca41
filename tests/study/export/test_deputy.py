"""The bulk schedule of Deputy: what its help asks of each field, on the nights on which clocks change."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms
from planner.study.export import Dossier, Wanted, make

TITLES = (
    "First Name,Last Name,Email,Start Date,Start Time,End Date,End Time,Location,Area,"
    "Meal Break (Mins),Meal Break Start Date,Meal Break Start Time,Meal Break End Date,Meal Break End Time,"
    "Rest Break Start Date,"
    "Rest Break Start Time,Rest Break End Date,Rest Break End Time,Comment,Published,Open"
)
HOUR = timedelta(hours=1)


def desk(start, hours=8, site="Europe/Lisbon", zone="Europe/Rome", teams=("it",), pause=2):
    """One person who lives by another clock than their site."""
    begins = datetime.fromisoformat(start).replace(tzinfo=UTC)
    team = Team(
        (Agent("Ana Sousa", "Hub", zone, {"it": None}, frozenset(teams), email="ana@x.com"),),
        (Site("Hub", site),),
    )
    shift = Shift(
        begins, "Ana Sousa", begins + hours * HOUR, begins.date(), "night", zone,
        break_start=begins + pause * HOUR if pause else None, break_minutes=45 if pause else 0,
    )  # fmt: skip
    rota = Rota("desk", date(2026, 10, 19), 14, ("Ana Sousa",), (shift,))
    return Dossier("desk", zone, "EUR", rota, team, pay_terms(team))


def row_of(of):
    made = make(of, ["deputy"], Wanted())
    text = made.files["deputy.csv"].decode("utf-8")
    assert text.splitlines()[0] == TITLES
    [row] = csv.DictReader(io.StringIO(text))
    return row, [str(notice) for notice in made.notices]


@pytest.mark.parametrize(
    ("start", "hours", "wall"),
    [("2026-03-28T22:00", 8, "2026-03-28 22:00:00 2026-03-29 07:00:00"),
     ("2026-10-24T21:00", 9, "2026-10-24 22:00:00 2026-10-25 06:00:00"),
     ("2026-07-01T22:30", 8, "2026-07-01 23:30:00 2026-07-02 07:30:00")],
)  # fmt: skip
def test_times_are_those_of_the_location(start, hours, wall):
    row, _ = row_of(desk(start, hours))
    assert " ".join(row[name] for name in ("Start Date", "Start Time", "End Date", "End Time")) == wall


def test_the_meal_break_is_where_the_rota_has_it():
    row, _ = row_of(desk("2026-10-24T21:00", 9))
    assert row["Meal Break (Mins)"] == "45"
    assert (row["Meal Break Start Date"], row["Meal Break Start Time"]) == ("2026-10-25", "00:00:00")
    assert (row["Meal Break End Date"], row["Meal Break End Time"]) == ("2026-10-25", "00:45:00")
    row, _ = row_of(desk("2026-10-24T21:00", pause=0))
    assert (row["Meal Break (Mins)"], row["Meal Break Start Date"]) == ("0", "")


def test_a_break_in_the_repeated_hour_is_told():
    _, told = row_of(desk("2026-10-24T21:00", 9, pause=4))
    assert told[0] == (
        "deputy.csv does not say which of two like hours is meant when the clocks go back: "
        "Ana Sousa 2026-10-24 22:00. Look at these after importing"
    )
    _, told = row_of(desk("2026-10-23T21:00", 9))
    assert told == []


@pytest.mark.parametrize(("teams", "area"), [(("it",), "it"), ((), "Hub"), (("it", "de"), "Hub")])
def test_the_area_is_the_only_team_or_the_site(teams, area):
    row, _ = row_of(desk("2026-10-20T21:00", teams=teams))
    assert (row["Location"], row["Area"]) == ("Hub", area)


def test_published_says_whether_people_were_told():
    of = desk("2026-10-20T21:00")
    assert [row_of(of)[0][name] for name in ("Published", "Open", "Comment")] == ["No", "No", "night"]
    told = replace(of, published_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert row_of(told)[0]["Published"] == "Yes"


def test_names_help_only_to_recognise_people():
    row, _ = row_of(desk("2026-10-20T21:00"))
    assert (row["First Name"], row["Last Name"], row["Email"]) == ("Ana", "Sousa", "ana@x.com")
