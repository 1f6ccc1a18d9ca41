"""From files to counts: zones, filters, repeated tickets, and how much may be wrong."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner._errors import HistoryError
from planner.demand import HistorySource, Promise, Queue, read_history

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
ENGLISH = [Queue("email en", "email", "en", 600, Promise(0.9, 7200))]
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)


def mapped(file: Path, zone: str | None = "UTC", accept: bool = False, **mapping: object) -> HistorySource:
    mapping.setdefault("stamp", "created_at")
    return HistorySource(file, "mapping", zone, mapping, as_of=AS_OF, accept_bad_rows=accept)


def stamps(days: int = 20, a_day: int = 10, first: datetime = MONDAY) -> list[str]:
    """Stamps spread over each day, every two hours from 01:30."""
    return [
        (first + timedelta(days=day, minutes=90 + 120 * number)).strftime("%Y-%m-%d %H:%M:%S")
        for day in range(days)
        for number in range(a_day)
    ]


def test_real_events_through_a_mapping(shared, queues):
    file = shared / "data" / "real" / "sumo_firefox_questions_events.csv.gz"
    mapping = {"stamp": "created_utc", "language": "locale", "languages": {"en-US": "en"}}
    two = [queues[0], queues[1]]
    history = read_history([HistorySource(file, "mapping", "UTC", mapping, as_of=AS_OF)], two, 60)
    report = history.report
    assert report.rows_read == 140_079
    assert report.queues == {"email en": 125_072, "email it": 3_303}
    assert report.rows_kept == 125_072 + 3_303
    assert report.rows_kept + sum(report.left_out.values()) == report.rows_read
    assert report.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert history.missing == ((datetime(2024, 4, 20, tzinfo=UTC), datetime(2024, 4, 21, tzinfo=UTC)),)
    assert list(history.frame.columns) == ["interval_start", "queue", "arrivals", "handle_seconds"]
    assert str(history.frame["interval_start"].dt.tz) == "UTC"


def test_events_and_their_hourly_counts_agree(shared):
    folder = shared / "data" / "real"
    events = {"stamp": "created_utc", "language": "locale"}
    counts = {
        "stamp": "hour_utc",
        "language": "locale",
        "count": "questions",
        "keep": {"product": "thunderbird"},
    }
    one = read_history(
        [
            HistorySource(
                folder / "sumo_thunderbird_questions_events.csv.gz", "mapping", "UTC", events, as_of=AS_OF
            )
        ],
        ENGLISH,
        60,
    )
    other = read_history(
        [HistorySource(folder / "sumo_hourly_long.csv.gz", "mapping", "UTC", counts, as_of=AS_OF)],
        ENGLISH,
        30,
    )
    assert other.interval_minutes == 60, "hourly counts cannot be split"
    assert one.frame.equals(other.frame)


def test_zendesk_csv_needs_its_zone_and_leaves_people_out(write):
    lines = ["Id,Requester,Requester email,Subject,Tags,Status,Via,Created at"]
    person = 'Anna Rossi,anna@example.com,"help, please",vip'
    lines += [
        f"{number},{person},{'Deleted' if number == 7 else 'Open'},Mail,{at}"
        for number, at in enumerate(stamps())
    ]
    file = write(lines)
    with pytest.raises(HistoryError, match="choose the zone of the export"):
        read_history([HistorySource(file, "zendesk", as_of=AS_OF)], ENGLISH)
    history = read_history([HistorySource(file, "zendesk", "Europe/Rome", as_of=AS_OF)], ENGLISH)
    assert history.report.left_out == {"deleted": 1}
    assert history.frame["interval_start"].iloc[0].isoformat() == "2026-02-02T00:30:00+00:00"
    said = repr(history.report) + "".join(str(notice) for notice in history.report.notices)
    assert "Anna" not in said
    assert "anna" not in said
    assert "help" not in said


def test_zendesk_json(write, queues):
    def line(number: int, at: str, channel: str, *tags: str, status: str = "open") -> str:
        ticket = {"id": number, "created_at": at.replace(" ", "T") + "Z", "via": {"channel": channel}}
        return json.dumps({"ticket": {**ticket, "tags": tags, "status": status, "subject": "secret"}})

    lines = [line(number, at, "email", "italiano", "payout") for number, at in enumerate(stamps())]
    lines += [
        line(900, stamps()[5], "voice", "lang_it"),
        line(901, stamps()[6], "voice", "it", status="deleted"),
    ]
    lines += [line(902, stamps()[7], "email", "it", "closed_by_merge"), line(3, stamps()[9], "email", "it")]
    history = read_history([HistorySource(write(lines), "zendesk-json", as_of=AS_OF)], queues)
    assert history.report.queues == {"email en": 0, "email it": 200, "phone it": 1}
    assert history.report.left_out == {"deleted": 1, "duplicate": 1, "merged": 1}


def test_counts_with_offsets_on_a_clock_change(shared, write, queues):
    lines = (shared / "data/exports/synthetic/agg_counts_15min.csv").read_text().splitlines()
    lines = [line.replace("general", "email it") for line in lines]
    lines += [
        f"2026-{3 + day // 28:02d}-{day % 28 + 1:02d}T21:00:00+01:00,email it,it,email,8,600"
        for day in range(60)
    ]
    history = read_history([HistorySource(write(lines), as_of=AS_OF)], queues, 15)
    around = history.frame.set_index("interval_start").loc["2026-03-29"]
    assert around["arrivals"].to_dict() == {
        datetime(2026, 3, 29, 0, 45, tzinfo=UTC): 4,
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC): 2,
    }
    assert around["handle_seconds"].iloc[0] == 540
    assert around["handle_seconds"].isna().iloc[1]


def test_repeated_counts(write):
    rows = [f"{at.replace(' ', 'T')}Z,email en,3" for at in stamps()]
    header = "interval_start,queue,arrivals"
    history = read_history([HistorySource(write([header, *rows, rows[0]]), as_of=AS_OF)], ENGLISH)
    assert history.report.left_out == {"duplicate": 1}
    assert history.frame["arrivals"].sum() == 600
    contradicting = [rows[number][:-1] + "4" for number in range(5)]
    with pytest.raises(HistoryError, match="another count"):
        read_history([HistorySource(write([header, *rows, *contradicting]), as_of=AS_OF)], ENGLISH)


def test_zero_counts_were_observed_and_are_no_rows(write):
    rows = [f"{at.replace(' ', 'T')}Z,email en,{number % 2}" for number, at in enumerate(stamps())]
    history = read_history(
        [HistorySource(write(["interval_start,queue,arrivals", *rows]), as_of=AS_OF)], ENGLISH
    )
    assert len(history.frame) == 100
    assert history.report.rows_kept == 200


def test_first_creation_of_a_repeated_ticket_counts_whatever_the_order(write):
    lines = ["id,created_at", *(f"{number},{at}" for number, at in enumerate(stamps()))]
    again = stamps()[40:45]
    lines[1:1] = [f"{number},{at}" for number, at in enumerate(again)]
    history = read_history([mapped(write(lines), id="id")], ENGLISH)
    assert history.report.left_out == {"duplicate": 5}
    assert history.frame["arrivals"].tolist() == [1] * 200
    assert history.report.rows_kept == 200


def test_two_overlapping_exports_count_a_ticket_once(write):
    lines = [f"{number},{at}" for number, at in enumerate(stamps())]
    first = write(["id,created_at", *lines[:120]], "a.csv")
    second = write(["id,created_at", *lines[100:]], "b.csv")
    history = read_history([mapped(first, id="id"), mapped(second, id="id")], ENGLISH)
    assert history.report.source == "a.csv, b.csv"
    assert history.report.left_out == {"duplicate": 20}
    assert history.frame["arrivals"].sum() == 200


@pytest.mark.parametrize(
    ("bad", "accept", "answer"),
    [
        (2, False, None),
        (6, False, "accept that they are left out"),
        (6, True, None),
        (30, True, "was not imported"),
    ],
)
def test_how_much_may_be_wrong(write, bad, accept, answer):
    good = stamps()
    lines = ["created_at", *good[:-bad], *["no date"] * bad]
    source = mapped(write(lines), accept=accept)
    if answer is not None:
        with pytest.raises(HistoryError, match=answer) as caught:
            read_history([source], ENGLISH)
        assert len(caught.value.messages) == 1 + min(bad, 20)
        return
    report = read_history([source], ENGLISH).report
    assert report.left_out == {"bad_stamp": bad}
    first = (
        f"tickets.csv: record {202 - bad} (line {202 - bad}): (not a date) cannot be read as a date and time"
    )
    assert str(report.errors[0]) == first
    assert len(report.errors) == bad


def test_mixed_stamps_name_both_counts(shared, write):
    file = shared / "data/exports/synthetic/mixed_naive_and_offset.csv"
    with pytest.raises(HistoryError, match="2 stamps have no offset and 1 have one"):
        read_history([mapped(file, "Europe/Rome")], ENGLISH)


@pytest.mark.parametrize(
    ("name", "stamp", "sentence"),
    [
        ("ambiguous_dmy_mdy.csv", "created_at", "write day_first: yes or day_first: no"),
        ("truncated_quote.csv", "created_at", r"record 2 \(line 2\): a quote opens and never closes"),
        ("excel_it_semicolon_cp1252.csv", "Creato", "did you mean creato il?"),
        ("excel_it_semicolon_cp1252.csv", "Creato il", "the history has 2 whole days"),
        ("excel_it_semicolon_utf8bom.csv", "Creato il", "the history has 2 whole days"),
        ("excel_sep_line.csv", "Creato il", "the history has 2 whole days"),
        ("excel_unicode_text_utf16le_tab.txt", "Creato il", "the history has 2 whole days"),
        ("formula_agent_names.csv", "name", "none of the first 4 cells of the stamp column is a date"),
        ("formula_agent_names.csv", "created_at", "none of the 2 columns is called created_at"),
    ],
)
def test_sample_exports(shared, name, stamp, sentence):
    file = shared / "data" / "exports" / "synthetic" / name
    with pytest.raises(HistoryError, match=sentence):
        read_history([mapped(file, "Europe/Rome", stamp=stamp)], ENGLISH)


def test_zendesk_table_copied_by_a_warehouse(shared):
    file = shared / "data/exports/real/zendesk_api_ticket__fivetran_dbt_zendesk.csv"
    drop = {"status": ["deleted"]}
    source = mapped(file, id="id", leave_out=drop)
    history = read_history([source], ENGLISH)
    assert history.report.left_out["filtered"] >= 1
    assert history.report.rows_kept + sum(history.report.left_out.values()) == history.report.rows_read == 10


def test_stamps_in_hours_that_do_not_exist_or_come_twice(write):
    spring = ["2026-03-29 02:30:00"] * 3
    autumn = ["2026-10-25 02:10:00"] * 4
    lines = ["created_at", *stamps(300, 5, datetime(2026, 2, 1, tzinfo=UTC)), *spring, *autumn]
    report = read_history([mapped(write(lines), "Europe/Rome")], ENGLISH).report
    said = [str(notice) for notice in report.notices]
    assert any("stamps in the hour that autumn repeats: 4" in text for text in said)
    assert any(
        "stamps in an hour that does not exist in Europe/Rome (the clocks go forward): 3" in text
        for text in said
    )


def test_future_and_empty_dates_of_spreadsheets_are_left_out(write):
    lines = ["created_at", *stamps(60), "2099-01-01 10:00:00", "1899-12-30 00:00:00", "1970-01-01 00:00:00"]
    history = read_history([mapped(write(lines))], ENGLISH)
    assert history.report.left_out == {"future": 1, "too_old": 2}
    assert history.observed_until == datetime(2026, 4, 3, tzinfo=UTC)


def test_dates_without_times_are_noticed(write):
    lines = ["created_at", *(at[:10] for at in stamps(60))]
    report = read_history([mapped(write(lines))], ENGLISH).report
    assert any("exactly midnight" in str(notice) for notice in report.notices)


def test_since_and_until_are_local_days(write):
    source = mapped(write(["created_at", *stamps(40)]), "Europe/Rome")
    chosen = HistorySource(
        source.file, "mapping", source.zone, source.mapping, date(2026, 2, 9), date(2026, 3, 1), as_of=AS_OF
    )
    history = read_history([chosen], ENGLISH)
    assert history.report.left_out == {"outside_dates": 400 - 210}
    assert history.observed_from == datetime(2026, 2, 8, 23, tzinfo=UTC)


def test_queues_that_cannot_be_told_apart(write, queues):
    with pytest.raises(HistoryError, match="every row fits several queues"):
        read_history([mapped(write(["created_at", *stamps()]))], queues)
    lines = ["created_at,language", *(f"{at},de" for at in stamps())]
    with pytest.raises(HistoryError, match=r"none of the 200 rows belongs .*labels met: de"):
        read_history([mapped(write(lines), language="language")], queues)


def test_filters_of_the_user_need_their_columns(write):
    file = write(
        [
            "created_at,status",
            *(f"{at},{'spam' if number < 3 else 'open'}" for number, at in enumerate(stamps())),
        ]
    )
    assert read_history([mapped(file, leave_out={"Status": "spam"})], ENGLISH).report.left_out == {
        "filtered": 3
    }
    with pytest.raises(HistoryError, match="is called state"):
        read_history([mapped(file, leave_out={"state": "spam"})], ENGLISH)
    with pytest.raises(HistoryError, match="is called kind"):
        read_history([mapped(file, keep={"kind": ["a", "b"]})], ENGLISH)


def test_json_tickets_without_numbers_are_all_counted(write):
    lines = [json.dumps({"id": None, "created_at": at.replace(" ", "T") + "Z"}) for at in stamps()]
    history = read_history([HistorySource(write(lines), "zendesk-json", as_of=AS_OF)], ENGLISH)
    assert history.report.rows_kept == 200
    assert history.report.left_out == {}


def test_handle_times_out_of_bounds_are_not_used(write):
    lines = ["created_at,aht", *(f"{at},{'-3' if number else '100,5'}" for number, at in enumerate(stamps()))]
    history = read_history([mapped(write([line.replace(",", ";", 1) for line in lines]), aht="aht")], ENGLISH)
    assert history.frame["handle_seconds"].dropna().tolist() == [100.5]
    assert any("199 handle times" in str(notice) for notice in history.report.notices)


def test_mistakes_of_all_files_come_at_once(write):
    bad_key = mapped(write(["created_at", *stamps()], "a.csv"), langauge="x", keep="y")
    no_zone = mapped(write(["created_at", *stamps()], "b.csv"), None)
    header_only = mapped(write(["created_at"], "c.csv"))
    wrong = HistorySource(bad_key.file, "zendex", as_of=AS_OF)
    elsewhere = mapped(bad_key.file, "Europe/Romee")
    with pytest.raises(HistoryError) as caught:
        read_history([bad_key, no_zone, header_only, wrong, elsewhere], ENGLISH)
    said = str(caught.value)
    expected = (
        "did you mean language?",
        "keep must list pairs",
        "b.csv: the stamps of column created_at say no",
        "c.csv: A header and no rows.",
        "zendex is not a known source",
        "Europe/Rome",
    )
    for words in expected:
        assert words in said


def test_too_short_and_short(write):
    with pytest.raises(HistoryError, match="the history has 13 whole days; a forecast needs at least 14"):
        read_history([mapped(write(["created_at", *stamps(13)]))], ENGLISH)
    report = read_history([mapped(write(["created_at", *stamps(14)]))], ENGLISH).report
    assert any("56 or more give a better forecast" in str(notice) for notice in report.notices)


def test_packed_and_plain_are_the_same_history(write):
    content = "\n".join(["created_at", *stamps()]).encode()
    plain = read_history([mapped(write(content))], ENGLISH)
    packed = read_history([mapped(write(gzip.compress(content), "t.csv.gz"))], ENGLISH)
    assert plain.frame.equals(packed.frame)
    assert plain.report.sha256 != packed.report.sha256


COUNTS = ["interval_start,queue,arrivals", *(f"2026-02-{day:02d}T10:00Z,email en,5" for day in range(1, 29))]


@pytest.mark.parametrize(
    ("settings", "lines", "answer"),
    [
        ({"since": date(2026, 5, 1), "until": date(2026, 5, 2)}, COUNTS, "lies between since and until"),
        ({"mapping": {"keep": {"queue": ["chat"]}}}, COUNTS, "left out by their status, or by keep"),
        ({}, [line.replace("email en", "support") for line in COUNTS], "say in the mapping what"),
        ({}, [COUNTS[0], *(f"{line},{line}" for line in COUNTS[1:])], "as many cells as the header"),
        ({"profile": "zendesk-json"}, COUNTS, "if the file is a CSV, write profile: zendesk"),
        ({}, ['{"id": 1, "created_at": "2026-02-02T10:00:00Z"}'], "write profile: zendesk-json"),
        ({}, ["interval_start,queue,arrivals,arrivals", "2026-02-02T10:00Z,a,1,2"], "two columns are called"),
        (
            {},
            [COUNTS[0], "the second of February,email en,5"],
            "is a date and time that is read here, such as 2026-03-30 08:15",
        ),
    ],
)
def test_a_file_that_gives_nothing_says_why(write, settings, lines, answer):
    source = HistorySource(**{"file": write(lines), "profile": "counts", "as_of": AS_OF, **settings})
    with pytest.raises(HistoryError) as caught:
        read_history([source], ENGLISH)
    [message] = caught.value.messages
    assert answer in str(message)


def test_the_first_row_left_out_is_shown(write):
    lines = [
        *COUNTS,
        *(f"2026-03-{day:02d}T{hour:02d}:00Z,email en,5" for day in range(1, 29) for hour in range(24)),
    ]
    lines[7] = "2026-02-07T10:00Z,email en,-1"
    report = read_history([HistorySource(write(lines), as_of=AS_OF)], ENGLISH).report
    [notice] = [str(notice) for notice in report.notices if notice.code == "demand.bad_rows"]
    assert (
        "1 of 700 (0.1 %), first: record 8 (line 8): the number of contacts is not a whole number" in notice
    )
