"""What tickets tell beside arrivals: counted again by hand, and silent where it cannot be known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.clock import OpeningHours, OpeningLine, day_starts, local_at
from planner.demand import Panels, Promise, Queue, Tickets
from planner.demand.checks.backlog import backlog_curve, backlog_growth, backlog_messages
from planner.demand.checks.panels import local_weeks, panels_of
from planner.demand.checks.repetitive import self_service_candidates, self_service_messages
from planner.demand.checks.topics import topic_of
from planner.demand.tickets import NOT_SAID

ZONE = "Europe/Rome"
MONDAY = date(2026, 3, 2)
WEEKS = 8
STARTS = day_starts(MONDAY, 7 * WEEKS, ZONE)  # clocks change on 29 March
FIRST, END = STARTS[0], STARTS[-1]
OFFICE = OpeningHours(ZONE, (OpeningLine(frozenset(range(5)), False, 540, 1080),))
NEVER = np.nan


def queue(promise=None, channel="email", name="email it"):
    return Queue(name, channel, "it", 600, promise or Promise(0.9, 7200))


def tickets(quarter, solved=None, reply=None, labels=None, sets=(), row=None):
    """Tickets of one queue; what is not given, no file has."""
    count = len(quarter)
    return Tickets(
        np.array(quarter, dtype=np.int64),
        np.zeros(count, dtype=np.int16) if row is None else np.array(row, dtype=np.int16),
        np.array(solved if solved is not None else [-1] * count, dtype=np.int64),
        np.array(reply if reply is not None else [NEVER] * count, dtype=np.float32),
        np.array(labels if labels is not None else [-1] * count, dtype=np.int32),
        tuple(sets),
        solved is not None,
        reply is not None,
        labels is not None,
    )


def panels(seen, queues=None, opening=None):
    return panels_of(seen, queues or [queue()], ZONE, FIRST, END, opening)


def at(day, hour, minute=0):
    """Quarter of a local hour, so many days after the first Monday."""
    return STARTS[day] + 4 * hour + minute // 15


# created and solved


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, END - FIRST - 1), st.integers(-1, 3000)), min_size=1, max_size=60))
def test_weeks_are_counted_as_by_hand(pairs):
    created = [FIRST + offset for offset, _ in pairs]
    solved = [-1 if age < 0 else FIRST + offset + age for offset, age in pairs]
    weeks = panels(tickets(created, solved)).weeks
    done = [quarter for quarter in solved if 0 <= quarter < END]
    if not done:
        assert weeks is None
        return
    for row in weeks.to_dict("records"):
        mine = [q for q in created if monday_of(q) == row["week"]]
        assert row["created"] == len(mine)
        assert row["solved"] == sum(monday_of(q) == row["week"] for q in done)
        assert row["open_change"] == row["created"] - row["solved"]
    assert weeks["open_change"].sum() == len(created) - len(done)


def monday_of(quarter):
    day = local_at(int(quarter), ZONE).date()
    return date.fromordinal(day.toordinal() - day.weekday())


def test_first_weeks_of_which_older_tickets_are_unknown_are_not_complete():
    random = np.random.default_rng(1)
    created = np.sort(random.integers(FIRST, END, 4000))
    solved = created + random.integers(0, 14 * 96, len(created))  # up to two weeks
    weeks = panels(tickets(created, solved)).weeks
    assert weeks["complete"].tolist() == [False, False, *[True] * 6]
    growth = backlog_growth(Panels(weeks=weeks)).iloc[0]
    assert growth["low"] < 0 < growth["high"], "as many are solved as come"


def test_a_week_that_is_cut_is_not_complete():
    made = panels_of(tickets([at(9, 9)], [at(9, 10)]), [queue()], ZONE, STARTS[2], STARTS[20])
    assert made.weeks["complete"].tolist() == [False, True, False]


def test_a_queue_that_never_solves_is_not_known():
    seen = tickets([at(1, 9), at(1, 9)], [at(1, 12), -1], row=[0, 1])
    made = panels(seen, [queue(), queue(name="phone it")])
    assert made.weeks["queue"].unique().tolist() == ["email it"]


def test_tickets_of_a_file_that_does_not_say_are_not_open():
    seen = tickets([at(1, 9), at(1, 9), at(8, 9)], [at(1, 12), NOT_SAID, NOT_SAID])
    weeks = panels(seen).weeks
    assert (weeks["created"].sum(), weeks["solved"].sum()) == (1, 1)
    silent = tickets([at(1, 9)] * 3, [at(1, 12), NOT_SAID, -1], [60, NEVER, NEVER])
    kept = panels(silent).kept.iloc[0]
    assert (kept["contacts"], kept["left_out"]) == (2, 1), "only the open one waits"


def test_columns_that_no_file_has_make_no_panel():
    assert panels(tickets([at(1, 9)])) == Panels()


def test_weeks_of_a_clock_change():
    mondays, starts = local_weeks(ZONE, FIRST, END)
    assert (mondays[0], len(mondays)) == (MONDAY, WEEKS)
    assert np.diff(starts).tolist() == [672, 672, 672, 668, 672, 672, 672, 672]


# backlog


def growing(per_week=70):
    created = np.arange(WEEKS) * 0 + 1500
    frame = {
        "week": [date.fromordinal(MONDAY.toordinal() + 7 * week) for week in range(WEEKS)],
        "queue": "email it",
        "created": created,
        "solved": created - per_week + np.array([3, -3] * (WEEKS // 2)),
        "complete": True,
    }
    weeks = pd.DataFrame(frame)
    return Panels(weeks=weeks.assign(open_change=weeks["created"] - weeks["solved"]))


def test_a_backlog_that_grows_by_seventy_a_week():
    row = backlog_growth(growing()).iloc[0]
    assert row["growth"] == pytest.approx(70)
    assert 65 < row["low"] < 70 < row["high"] < 75
    (told,) = backlog_messages(growing())
    assert told.code == "panels.backlog_grows"
    assert "1,500 tickets created and 1,430 solved a week over 8 weeks" in str(told)
    assert "write open_tickets: {email it: 560}" in str(told)
    assert backlog_messages(growing(-70))[0].code == "panels.backlog_shrinks"
    assert backlog_messages(growing(0))[0].code == "panels.backlog_stays"


def test_the_curve_leads_back_from_what_is_open_now():
    curve = backlog_curve(growing(), {"email it": 1200})
    assert curve["open"].tolist()[-1] == 1200
    assert curve["open"].tolist()[0] == pytest.approx(1200 - 7 * 70, abs=4)
    assert curve["whole"].all()
    alone = backlog_curve(growing())
    assert alone["open"].tolist()[-1] == 560
    assert not alone["whole"].any()


def test_the_range_of_growth_covers_the_truth():
    random = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        change = random.normal(70, 40, 8)
        frame = pd.DataFrame({
            "week": range(8), "queue": "a", "created": 0.0, "solved": 0.0, "open_change": change,
            "complete": True,
        })  # fmt: skip
        row = backlog_growth(Panels(weeks=frame)).iloc[0]
        held += row["low"] <= 70 <= row["high"]
    assert 0.75 < held / 400 < 0.85


# today's service


def test_the_share_within_each_time_and_the_last_week_left_out():
    created = [at(1, 10)] * 4 + [at(50, 10)]
    reply = [600, 3600, 7201, 90000, 60]
    made = panels(tickets(created, reply=reply), opening={"email it": OFFICE})
    curve = made.replies[made.replies["arrived"] == "open"].set_index("within_seconds")
    assert curve["share"].loc[[600, 3600, 7200, 86400, 172800]].tolist() == [0.25, 0.5, 0.5, 0.75, 1.0]
    assert curve["contacts"].unique().tolist() == [4]
    kept = made.kept.set_index("arrived")
    assert (kept.loc["open", "kept"], kept.loc["open", "contacts"]) == (0.5, 4)
    assert np.isnan(kept.loc["closed", "kept"])
    assert kept.loc["all", "last_day"] == date(2026, 4, 19), "seven days before the end"


def test_what_has_no_reply_counts_by_what_it_was():
    created = [at(1, 10)] * 3
    reply = [600, NEVER, NEVER]
    still_open = panels(tickets(created, [at(1, 12), -1, at(1, 12)], reply)).kept.iloc[0]
    assert (still_open["kept"], still_open["contacts"], still_open["left_out"]) == (0.5, 2, 1)
    unknown = panels(tickets(created, reply=reply)).kept.iloc[0]
    assert (unknown["kept"], unknown["contacts"], unknown["left_out"]) == (1.0, 1, 2)
    call = queue(Promise(0.8, 1200), "phone")
    lost = panels(tickets(created, reply=reply), [call]).kept.iloc[0]
    assert (lost["kept"], lost["contacts"]) == (pytest.approx(1 / 3), 3)


@pytest.mark.parametrize(
    ("promise", "created", "reply_hours", "kept"),
    [
        (Promise(0.9, 7200, "open hours"), at(1, 17), 17, True),  # Tuesday 17:00, answered at 10:00
        (Promise(0.9, 7200, "open hours"), at(1, 17), 18, False),
        (Promise(0.9, 7200, "open hours"), at(4, 17), 65, True),  # Friday 17:00, Monday 10:00
        (Promise(0.9, 3600, "after opening"), at(5, 12), 45.5, True),  # Saturday noon, Monday 9:30
        (Promise(0.9, 3600, "after opening"), at(5, 12), 46.5, False),
        (Promise(0.9, 0.0, "by weekday", (0, 600)), at(5, 12), 45.5, True),
        (Promise(0.9, 0.0, "by weekday", (0, 600)), at(5, 12), 46.5, False),
        (Promise(0.9, 0.0, "by weekday", (0, 600)), at(0, 12), 100.0, True),
    ],
)
def test_every_clock_of_a_promise(promise, created, reply_hours, kept):
    reply = [3600 * reply_hours - 450]  # creation is known to the quarter-hour: its middle is taken
    seen = tickets([created], reply=reply)
    row = panels(seen, [queue(promise)], {"email it": OFFICE}).kept.set_index("arrived").loc["all"]
    assert row["kept"] == kept
    blind = panels(seen, [queue(promise)]).kept.iloc[0]
    assert np.isnan(blind["kept"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 500_000, width=32), min_size=1, max_size=40))
def test_shares_never_fall_and_end_where_all_are_answered(replies):
    curve = panels(tickets([at(3, 10)] * len(replies), reply=replies)).replies
    assert curve["share"].is_monotonic_increasing
    assert curve["share"].iloc[-1] == 1.0
    within = curve.set_index("within_seconds")["share"]
    assert within[7200] == pytest.approx(np.mean(np.array(replies, dtype=np.float32) <= 7200))


# topics


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("Password Reset", "password reset"),
        ("bookmarks", "bookmarks"),
        ("passwords-and-sign-in", "passwords-and-sign-in"),
        ("5g", "5g"),
        ("windows-11", "windows-11"),
        ("maria@example.com", "other"),
        ("www.shop.example", "other"),
        ("https://x.example/1", "other"),
        ("#4711223", "other"),
        ("+351 912 345 678", "other"),
        ("Maria Silva", "other"),
        ("Dr. Anna Rossi", "other"),
        ("João de Souza Lima", "other"),
        ("x" * 61, "other"),
        ("Other", "marked as other"),
        ("others", "marked as other"),
        ("it", None),
        ("English", None),
        ("lang_it", None),
        ("pt-BR", None),
        ("web", None),
        ("closed_by_merge", None),
        ("macro_12", None),
        ("", None),
    ],
)
def test_what_is_a_topic(label, topic):
    assert topic_of(label) == topic


def labelled(*cells, opening=None):
    """Tickets with labels: (set of labels, how many a week, hour)."""
    quarter, labels, sets = [], [], []
    for number, (names, each, hour) in enumerate(cells):
        sets.append(names)
        for week in range(WEEKS):
            quarter += [at(7 * week + 1, hour)] * each
            labels += [number] * each
    return panels(tickets(quarter, labels=labels, sets=sets), opening=opening)


def test_topics_are_counted_in_each_and_once():
    made = labelled((("billing", "refund"), 3, 10), (("billing",), 5, 22), opening={"email it": OFFICE})
    sums = made.topics.groupby("topic")[["contacts", "out_of_hours", "counted_once"]].sum()
    assert sums.loc["billing"].tolist() == [64, 40, 40]
    assert sums.loc["refund"].tolist() == [24, 0, 24]
    assert len(made.topics) == 2 * WEEKS


def test_rare_labels_and_people_are_other_and_tags_of_the_system_are_nothing():
    made = labelled(
        (("billing",), 3, 10), (("odd one",), 2, 10), (("Maria Silva",), 4, 10), (("lang_it",), 4, 9)
    )
    sums = made.topics.groupby("topic")["counted_once"].sum()
    assert sums.to_dict() == {"billing": 24, "other": 48}
    assert made.topics["out_of_hours"].isna().all()


def test_what_a_desk_marks_as_other_is_kept_apart():
    """Its own "other" is a topic, ours stands for names not shown; beside a topic it says nothing."""
    made = labelled(
        (("Other",), 5, 10), (("Maria Silva",), 4, 10), (("billing",), 3, 10), (("billing", "other"), 2, 10)
    )
    sums = made.topics.groupby("topic")[["contacts", "counted_once"]].sum()
    assert sums["contacts"].to_dict() == {"billing": 40, "marked as other": 40, "other": 32}
    assert sums["counted_once"].sum() == 14 * WEEKS


def test_at_most_forty_topics_are_named():
    made = labelled(*(((f"topic {chr(97 + n % 26)}{chr(97 + n // 26)}",), 3 + n % 3, 10) for n in range(60)))
    assert made.topics["topic"].nunique() == 41
    assert made.topics["counted_once"].sum() == sum(3 + n % 3 for n in range(60)) * WEEKS


def test_topics_of_a_real_desk(shared):
    file = shared / "data" / "real" / "sumo_firefox_questions_events.csv.gz"
    events = pd.read_csv(file)
    events = events[(events["created_utc"] >= "2025-01-06") & (events["locale"] == "en-US")]
    stamps = pd.to_datetime(events["created_utc"], utc=True).dt.tz_localize(None).astype("datetime64[s]")
    quarter = stamps.astype("int64").to_numpy() // 900
    codes, names = pd.factorize(events["topic"].fillna(""))
    sets = [(name,) for name in names]
    first = day_starts("2025-01-06", 1, "UTC")[0]
    end = first + 672 * 57
    office = OpeningHours("UTC", (OpeningLine(frozenset(range(5)), False, 540, 1080),))
    desk = Queue("en-US", "email", "en", 600, Promise(0.9, 7200))
    seen = tickets(quarter, labels=codes, sets=sets)
    made = panels_of(seen, [desk], "UTC", first, end, {"en-US": office})
    inside = (quarter >= first) & (quarter < end)
    expected = pd.Series(np.array(names)[codes][inside]).value_counts()
    sums = made.topics.groupby("topic")["contacts"].sum()
    for topic in ("fix-problems", "bookmarks"):
        if topic in sums:
            assert sums[topic] == expected[topic]
    assert "undefined" not in sums
    found = self_service_candidates(made)
    assert found["share"].sum() == pytest.approx(1)
    assert 0.5 < (found["out_of_hours"] * found["contacts"]).sum() / found["contacts"].sum() < 0.85
    assert found["candidate"].any()


# self-service


def test_a_topic_that_comes_every_week_can_be_taken_and_a_burst_cannot():
    quarter, labels = [], []
    for week in range(WEEKS):
        quarter += [at(7 * week + 1, 10)] * 40
        labels += [0] * 40
    quarter += [at(30, 10)] * 160
    labels += [1] * 160
    made = panels(tickets(quarter, labels=labels, sets=[("password",), ("outage",)]))
    found = self_service_candidates(made).set_index("topic")
    assert found["candidate"].to_dict() == {"password": True, "outage": False}
    assert found.loc["password", ["saved_low", "saved_high"]].tolist() == [4.0, 10.0]
    assert found.loc["password", "trend"] == "steady"
    (told,) = self_service_messages(made)
    assert "40 contacts a week" in str(told)
    assert "password 40; of topics that customers can solve by themselves" in str(told)
    assert "4 to 10 a week if it were all of these" in str(told)


def test_a_topic_that_grows_is_rising():
    quarter = [at(7 * week + 1, 10) for week in range(WEEKS) for _ in range(20 if week < 4 else 60)]
    made = panels(tickets(quarter, labels=[0] * len(quarter), sets=[("returns",)]))
    row = self_service_candidates(made).iloc[0]
    assert (row["trend"], row["change"]) == ("rising", pytest.approx(2.0))


def test_nothing_to_take_is_said_and_nothing_known_is_not():
    assert self_service_messages(Panels()) == ()
    made = labelled((("Maria Silva",), 10, 10))
    assert [told.code for told in self_service_messages(made)] == ["panels.no_self_service"]
