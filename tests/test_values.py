from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import _values as v
from planner._errors import InputError, ValueTextError


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("80 s", 80),
        ("80s", 80),
        ("10 min", 600),
        ("2 h", 7200),
        ("2 hours", 7200),
        ("1.5 h", 5400),
        ("1 h 30 min", 5400),
        ("1h30min", 5400),
        ("0.1 s", 0.1),
        ("3 days", 259_200),
        ("8 weeks", 4_838_400),
        ("1 week", 604_800),
        ("0 s", 0),
    ],
)
def test_durations(text, seconds):
    assert v.parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "h",
        "2 hours ago",
        "2 h 3 h",
        "-2 h",
        "two hours",
        "1:30",
        "1,5 h",
        "2 hh",
        "99999 weeks",
        "2 h,",
        "1e3 s",
    ],
)
def test_no_duration(text):
    with pytest.raises(ValueTextError, match="write it like 80 s"):
        v.parse_duration(text)


def test_a_bare_number_is_asked_for_its_unit():
    with pytest.raises(ValueTextError, match=r"write 8\.5 s, 8\.5 min or 8\.5 h"):
        v.parse_duration("8.5")


@given(st.integers(0, 400 * 86_400 * 10))
def test_duration_text_reads_back(tenths):
    length = timedelta(seconds=tenths // 10, milliseconds=tenths % 10 * 100)
    assert v.parse_duration(v.duration_text(length)) == length


def test_shares():
    assert v.parse_share("25%") == v.parse_share("25 %") == v.parse_share("0.25") == 0.25
    assert v.parse_share("0") == 0
    assert v.parse_share("100%") == v.parse_share("1.0") == 1
    assert v.parse_share("250%", at_most=3.0) == 2.5


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("30", "30 would be 3000 %; write 30% or 0.30"),
        ("5", "5 would be 500 %; write 5% or 0.05"),
        ("2.5", "2.5 would be 250 %; write 2.5% or 0.025"),
        ("1", "1 could be 1 % or 100 %; write 1% or 100%"),
        ("130%", "130% is above 100 %"),
        ("3000", "3000 is above 100 %"),
        ("-5%", "is not a share"),
        ("a third", "is not a share"),
        ("", "is not a share"),
        ("25%%", "is not a share"),
        ("0,25", "is not a share"),
        ("nan", "is not a share"),
    ],
)
def test_refused_shares(text, answer):
    with pytest.raises(ValueTextError) as caught:
        v.parse_share(text)
    assert answer in str(caught.value)
    assert isinstance(caught.value, InputError)
    assert isinstance(caught.value, ValueError)


@given(st.integers(0, 10_000))
def test_share_text_reads_back(hundredths):
    share = v.parse_share(f"{hundredths / 100:.2f}%")
    assert v.parse_share(v.share_text(share)) == share


@given(st.floats(0, 1, exclude_max=True))
def test_any_share_reads_back(share):
    if 0 < share < 1e-15:
        return  # written with more digits than a number may have
    assert v.parse_share(v.share_text(share)) == share


def test_goals():
    assert v.parse_goal("90% within 2 h") == v.Goal(0.9, 7200.0, "elapsed")
    assert v.parse_goal("80 % within 20 s") == v.Goal(0.8, 20.0)
    assert v.parse_goal("0.9 in 1 h 30 min") == v.Goal(0.9, 5400.0)
    assert v.parse_goal("90% within 2 business hours") == v.Goal(0.9, 7200.0, "open hours")
    assert v.parse_goal("90% within 8 open hours") == v.Goal(0.9, 28_800.0, "open hours")


def test_goals_by_an_hour():
    assert v.parse_goal("90% by opening") == v.Goal(0.9, 0.0, "after opening")
    assert v.parse_goal("90 % by next opening + 1 h 30 min") == v.Goal(0.9, 5400.0, "after opening")
    assert v.parse_goal("90% by Monday 10:00") == v.Goal(0.9, 0.0, "by weekday", (0, 600))
    assert v.parse_goal("0.9 by wed 9:30").due == (2, 570)
    assert v.parse_goal("90% by Sunday 24:00").due == (0, 0)  # midnight at the end of Sunday


def test_what_the_share_is_of():
    assert v.parse_goal("80% of answered within 20 s") == v.Goal(0.8, 20.0, definition="answered")
    assert v.parse_goal("80% of the answered in 20 s").definition == "answered"
    assert v.parse_goal("80% answered or gone within 20 s").definition == "gone"
    assert v.parse_goal("80% answered within 20 s") == v.Goal(0.8, 20.0)
    assert v.parse_goal("80% of all within 2 business hours") == v.Goal(0.8, 7200.0, "open hours")


@pytest.mark.parametrize(
    "text",
    [
        "90%",
        "2 h",
        "90% within",
        "90% within 2",
        "0% within 2 h",
        "90% within 0 s",
        "",
        "90% by",
        "90% by Monday",
        "90% by Mo 10:00",
        "90% by 10:00",
        "90% by Monday 10",
        "90% by opening + 1",
        "90% by closing",
        "90% of answered by opening",
        "80% of gone within 20 s",
    ],
)
def test_no_goal(text):
    with pytest.raises(ValueTextError, match="is not a promise"):
        v.parse_goal(text)


def test_a_goal_of_90_is_a_share_written_as_a_number():
    with pytest.raises(ValueTextError, match=r"90 would be 9000 %; write 90% or 0\.90"):
        v.parse_goal("90 within 2 h")


def test_nobody_can_promise_all():
    with pytest.raises(ValueTextError, match="nobody can promise all; write a share below 100%"):
        v.parse_goal("100% within 2 h")


def test_a_count_may_be_too_large():
    with pytest.raises(ValueTextError, match="is too large; write a whole number of at most 999999999"):
        v.parse_count("99999999999")


@given(st.integers(1, 999), st.integers(1, 10**6), st.booleans())
def test_goal_text_reads_back(share, seconds, business):
    goal = v.Goal(
        share / 1000, seconds * 60.0 if business else float(seconds), "open hours" if business else "elapsed"
    )
    assert v.parse_goal(v.goal_text(goal)) == goal


@given(
    st.integers(1, 999),
    st.integers(0, 10**5),
    st.one_of(st.none(), st.tuples(st.integers(0, 6), st.integers(0, 1439))),
)
def test_goals_by_an_hour_read_back(share, minutes, due):
    by_opening = v.Goal(share / 1000, minutes * 60.0, "after opening")
    by_weekday = v.Goal(share / 1000, 0.0, "by weekday", due)
    goal = by_weekday if due else by_opening
    assert v.parse_goal(v.goal_text(goal)) == goal


@given(st.integers(1, 999), st.integers(1, 10**6), st.sampled_from(["offered", "answered", "gone"]))
def test_definitions_read_back(share, seconds, definition):
    goal = v.Goal(share / 1000, float(seconds), definition=definition)
    assert v.parse_goal(v.goal_text(goal)) == goal


def test_clock_and_window():
    assert [v.parse_clock(t) for t in ("00:00", "9:00", "09:05", "24:00")] == [0, 540, 545, 1440]
    assert v.parse_window("22:00-07:00") == v.parse_window("22:00 – 07:00") == (1320, 420)
    assert v.parse_window("24:00-06:00") == (0, 360)


@pytest.mark.parametrize("text", ["9", "24:01", "25:00", "09:60", "9am", "", "09:00:00", "-1:00", "0900"])
def test_no_clock(text):
    with pytest.raises(ValueTextError, match="is not a time of day"):
        v.parse_clock(text)


@pytest.mark.parametrize("text", ["22:00", "22:00-22:00", "22-7", "22:00-07:00-09:00", ""])
def test_no_window(text):
    with pytest.raises(ValueTextError, match="write it like 22:00-07:00"):
        v.parse_window(text)


@given(st.integers(0, 1439), st.integers(0, 1440))
def test_window_text_reads_back(start, end):
    if start != end:
        assert v.parse_window(v.window_text((start, end))) == (start, end)


def test_starts():
    assert v.parse_starts("07:00-10:00 every 30 min") == (420, 450, 480, 510, 540, 570, 600)
    assert v.parse_starts("09:00") == (540,)
    assert v.parse_starts("15:00, 07:00") == (420, 900)
    assert v.parse_starts("22:00-01:00 every 1 h") == (0, 60, 1320, 1380)
    assert v.parse_starts("07:00-08:00 every 1 h, 14:15") == (420, 480, 855)
    assert v.parse_starts("24:00") == (0,)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("07:10", "quarter-hours"),
        ("07:00-08:10 every 15 min", "quarter-hours"),
        ("07:00-09:00 every 20 min", "quarter-hours"),
        ("07:00-09:00 every 0 min", "quarter-hours"),
        ("07:00-09:00", "which starts"),
        ("07:00 every 1 h", "which starts"),
        ("early", "time of day"),
        ("07:00-09:00 every hour", "length of time"),
        ("", "time of day"),
    ],
)
def test_no_starts(text, answer):
    with pytest.raises(ValueTextError, match=answer):
        v.parse_starts(text)


@given(st.sets(st.integers(0, 95), min_size=1))
def test_starts_text_reads_back(quarters):
    starts = tuple(sorted(15 * quarter for quarter in quarters))
    assert v.parse_starts(v.starts_text(starts)) == starts


def test_days():
    assert v.parse_days("mon-fri") == v.parse_days("Weekdays") == v.DaySet(frozenset(range(5)))
    assert v.parse_days("sat, sun") == v.parse_days("weekend") == v.DaySet(frozenset({5, 6}))
    assert v.parse_days("all") == v.DaySet(frozenset(range(7)))
    assert v.parse_days("public holidays") == v.DaySet(frozenset(), True)
    assert v.parse_days("fri-mon").weekdays == {4, 5, 6, 0}
    assert v.parse_days("Monday – Wednesday").weekdays == {0, 1, 2}
    assert v.parse_days("tues, thurs").weekdays == {1, 3}


@pytest.mark.parametrize(
    "text", ["", "mo", "mon-", "-fri", "monfri", "mon-fri-sun", "1-5", "holidays", "mon,,tue"]
)
def test_no_days(text):
    with pytest.raises(ValueTextError, match="is not a set of days"):
        v.parse_days(text)


@given(st.frozensets(st.integers(0, 6)), st.booleans())
def test_days_text_reads_back(weekdays, holidays):
    if weekdays or holidays:
        days = v.DaySet(weekdays, holidays)
        assert v.parse_days(v.days_text(days)) == days


def test_money_and_numbers():
    assert v.parse_money("14.0 per worked hour") == 14.0
    assert v.parse_money("12 per hour") == v.parse_money("12 an hour") == v.parse_money("12") == 12.0
    for text in ("12 EUR", "-3", "12 per week", "", "1 000", "12,50"):
        with pytest.raises(ValueTextError, match="is not an amount of money"):
            v.parse_money(text)
    assert v.parse_count("9") == 9
    with pytest.raises(ValueTextError, match="at least 1"):
        v.parse_count("0", least=1)
    with pytest.raises(ValueTextError):
        v.parse_number("1e9")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_number_text_reads_back(value):
    if value == 0 or abs(value) > 1e-9:
        assert float(v.parse_number(v.number_text(value))) == value
