"""Files of a small desk, downloaded in a browser: they open, and agree with the grid and with each other."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from steps import fits, go, grid, press, see, settle, turn_to, wait_for

from planner.study import workspace
from planner.tasks import JobState, Store, ask

pytestmark = pytest.mark.browser

ZONE = ZoneInfo("Europe/Rome")
PLUS = "+Bo @Home"
DESK = """
name: Files
zone: Europe/Rome
period: {first_day: 2026-03-23, weeks: 1}
sites: {name: Rome, zone: Europe/Rome}
agents:
  - {name: "=1+1", site: Rome, languages: en, cost: 12, email: eve@example.org, payroll_id: P1}
  - {name: "+Bo @Home", site: Rome, languages: en, cost: 12}
  - {name: Cleo, site: Rome, languages: en, cost: 12, email: cleo@example.org, payroll_id: P3}
need: {seat: 1}
opening_hours: [{queues: all, days: all, open: 08:00, close: 16:00}]
shifts: [{name: day, start: 08:00, paid_hours: 8}]
rules: [{weekly_hours: {at_most: 24}}]
solve: {effort: quick}
"""


@pytest.fixture
def solved(app):
    """Where the files of a small desk are asked for."""
    work = workspace.open_text(app.store, DESK)
    folder, store = workspace.folder_of(app.store, work), Store(app.store)
    payload = {**workspace.order(folder, ("scenario.yaml",)), "work": work, "effort": "stated"}
    job = ask(store, "rollout", payload, owner="somebody").id
    wait_for(lambda: store.get(job).state is JobState.DONE)
    return f"{app.url}/rota?work={work}&job={job}"


def choose(page, label, option):
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def pick(page, label):
    """A part of the page, or a format."""
    page.get_by_text(label, exact=True).first.click()
    settle(page)


def got(page, label):
    """Content of what a download button gives."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    with open(download.value.path(), "rb") as file:
        return file.read()


def rows(content, separator=","):
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def named(cell):
    """A person's name without the apostrophe that keeps a spreadsheet from running it."""
    return cell.removeprefix("'")


def local(row):
    """Person, day of the week from 0, and clock, of a row in Excel's Italian."""
    start, end = (datetime.strptime(row[f"{side}_local"], "%d/%m/%Y %H:%M") for side in ("start", "end"))  # noqa: DTZ007
    return [named(row["agent"]), start.day - 23, f"D{start:%H}–{end:%H}"]


def test_files_open_and_agree_with_the_grid(solved, visit):
    page = visit()
    go(page, solved)
    shown = sorted([name.strip(), day, text] for name, day, text in grid(page))
    assert len(shown) == 7
    press(page, "Publish this rota")
    see(page, "was published on")
    turn_to(page, "export")
    see(page, "Version 1 is what people know.")
    choose(page, "To open with", "Excel in Italian")
    table = rows(got(page, "Download rota.csv"), ";")
    assert sorted(map(local, table)) == shown
    assert {row["agent"] for row in table} == {"'=1+1", f"'{PLUS}", "Cleo"}
    assert {row["paid_hours"] for row in table} == {"8,0000"}
    pick(page, "Workbook: rota.xlsx")
    check_workbook(got(page, "Download rota.xlsx"), shown)
    pick(page, "People")
    calendars = zipfile.ZipFile(io.BytesIO(got(page, "Download calendars.zip")))
    assert sorted(entries(calendars)) == shown
    pick(page, "Other systems")
    asked_first(page)
    pick(page, "Everything")
    check_zip(got(page, "Everything in one ZIP"), shown, calendars)
    fits(page)


def check_workbook(content, shown):
    """The grid says who works when; no cell is a formula, names stay text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    lines = [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]
    for name in ("=1+1", PLUS, "Cleo"):
        (line,) = (line for line in lines if name in line[0])
        worked = [text for text in line[1:] if re.search("0?8.*16", text)]
        assert len(worked) == sum(person == name for person, _, _ in shown)


def entries(calendars):
    """Person, day, clock of every entry of the calendars in a ZIP."""
    for file in calendars.namelist():
        calendar = Calendar.from_ical(calendars.read(file))
        name = next(each for each in ("=1+1", PLUS, "Cleo") if each in str(calendar["x-wr-calname"]))
        for event in calendar.walk("VEVENT"):
            start, end = (event.decoded(side).astimezone(ZONE) for side in ("dtstart", "dtend"))
            yield [name, start.day - 23, f"D{start:%H}–{end:%H}"]


def asked_first(page):
    """Who has no e-mail is named, and left out only when that is asked for."""
    expect(page.get_by_test_id("stAlert").filter(has_text="+Bo @Home")).to_be_visible()
    expect(page.get_by_role("button", name="Download deputy.csv")).to_have_count(0)
    page.get_by_text("Export the rest without these people").click()
    settle(page)
    mails = {row["Email"] for row in rows(got(page, "Download deputy.csv"))}
    assert mails == {"eve@example.org", "cleo@example.org"}
    page.get_by_text("E-mails and payroll numbers of people").click()
    people = {
        "name": "people.csv",
        "mimeType": "text/csv",
        "buffer": b"name,email\n+Bo @Home,bo@example.org\n",
    }
    page.locator("input[type=file]").first.set_input_files(people)
    see(page, "are those of people.csv")
    mails = {row["Email"] for row in rows(got(page, "Download deputy.csv"))}
    assert mails == {"eve@example.org", "cleo@example.org", "bo@example.org"}
    press(page, "Use people.csv no more")
    expect(page.get_by_test_id("stAlert").filter(has_text="+Bo @Home")).to_be_visible()


def check_zip(content, shown, calendars):
    """The ZIP has the same files as were downloaded one by one, and says what it leaves out."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    assert packed.testzip() is None
    table = rows(packed.read("stage-1/export/rota.csv"), ";")
    assert sorted(map(local, table)) == shown
    inner = zipfile.ZipFile(io.BytesIO(packed.read("stage-1/export/calendars.zip")))
    assert [inner.read(name) for name in inner.namelist()] == [
        calendars.read(n) for n in calendars.namelist()
    ]
    hours = [row for row in rows(packed.read("stage-1/rota.csv"))]
    assert sorted(row["start_utc"] for row in hours) == sorted(
        datetime(2026, 3, 23 + day, 8, tzinfo=ZONE).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for _, day, _ in shown
    )
    assert "+Bo @Home" in packed.read("stage-1/export/LEFT_OUT.txt").decode()
    assert "stage-1/export/deputy.csv" not in packed.namelist()
    check_workbook(packed.read("stage-1/export/rota.xlsx"), shown)
