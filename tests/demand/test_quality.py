"""Edges and holes of a history."""

from __future__ import annotations

from datetime import date

from planner.clock import day_starts, local_at, quarter_at
from planner.demand import HistorySource, Promise, Queue, read_history
from planner.demand.checks.quality import check_quality
from planner.demand.intake.tally import Count

DAYS = 70
STARTS = day_starts(date(2026, 1, 5), DAYS, "Europe/Rome")


def world(per_day: int = 12, hours: tuple[int, ...] = (9, 12, 17), changes: dict[int, int] | None = None):
    """Counts of one queue; changes: day -> contacts in each of its hours."""
    return [
        Count(STARTS[day] + 4 * hour, 0, (changes or {}).get(day, per_day // len(hours)), 0.0, 0)
        for day in range(DAYS)
        for hour in hours
        if (changes or {}).get(day, 1)
    ]


def codes(found):
    return [notice.code.removeprefix("demand.") for notice in found.notices]


def test_an_ordinary_history_has_nothing_to_say():
    found = check_quality(world(), ["a"], "Europe/Rome")
    assert codes(found) == []
    assert (found.days, found.first_quarter, found.end_quarter) == (DAYS, STARTS[0], STARTS[-1])


def test_a_lost_day_is_missing_and_a_quiet_weekday_is_not():
    sundays = {day: 0 for day in range(6, DAYS, 7)}
    found = check_quality(world(30, changes={**sundays, 30: 0, 31: 0}), ["a"], "Europe/Rome")
    assert found.missing == ((quarter_at(STARTS[30]), quarter_at(STARTS[32])),)
    assert codes(found) == ["missing_days"]


def test_a_lost_day_of_a_small_queue_may_be_chance():
    assert check_quality(world(6, changes={30: 0}), ["a"], "Europe/Rome").missing == ()


def test_partial_edges_are_left_out():
    counts = [count for count in world() if STARTS[0] + 44 < count.quarter < STARTS[-2] + 40]
    found = check_quality(counts, ["a"], "Europe/Rome")
    assert codes(found) == ["partial_last_day"], "two of three hours of the first day are seen"
    counts = [count for count in counts if count.quarter > STARTS[0] + 60]
    found = check_quality(counts, ["a"], "Europe/Rome")
    assert codes(found) == ["partial_last_day", "partial_first_day"]
    assert found.days == DAYS - 2


def test_excluded_days_are_missing_and_are_no_longer_told_as_lost():
    lost = world(30, changes={30: 0, 31: 0})
    days = [(date(2026, 2, 4), date(2026, 2, 5)), (date(2025, 1, 1), date(2025, 1, 9))]
    found = check_quality(lost, ["a"], "Europe/Rome", days)
    assert found.missing == ((quarter_at(STARTS[30]), quarter_at(STARTS[32])),)
    assert [notice.code for notice in found.notices] == [
        "quality.excluded_days",
        "quality.exclude_outside",
    ]
    assert str(found.notices[1]) == (
        "exclude names days outside the history, which goes from 2026-01-05 to 2026-03-15: "
        "2025-01-01 to 2025-01-09; nothing is left out for them"
    )
    assert found.excluded_days == 2
    assert found.days == DAYS - 2
    assert found.holds(STARTS[29])
    assert not found.holds(STARTS[30] + 40)
    assert not found.holds(STARTS[-1])


def test_one_queue_that_has_it_all():
    assert "one_queue" in codes(check_quality(world(), ["a", "b"], "Europe/Rome"))


def test_days_are_cut_on_the_scenarios_clock_where_no_source_has_one(tmp_path):
    """Counts with an offset, from the midnight of a clock change in Rome: 23:00 of the day before in UTC."""
    starts = day_starts(date(2025, 3, 30), 70, "Europe/Rome")
    rows = ["interval_start,queue,arrivals"]
    rows += [f"{local_at(at, 'Europe/Rome').isoformat()},phone,3" for at in range(starts[0], starts[-1], 4)]
    file = tmp_path / "counts.csv"
    file.write_text("\n".join(rows) + "\n")
    queue = Queue("phone", "phone", "it", 300, Promise(0.8, 60))
    history = read_history([HistorySource(file, "counts")], [queue], zone="Europe/Rome")
    codes_said = [notice.code for notice in history.report.notices]
    assert "demand.partial_first_day" not in codes_said
    assert history.observed_from == quarter_at(starts[0])
    assert history.observed_until == quarter_at(starts[-1])
    in_utc = read_history([HistorySource(file, "counts")], [queue])
    assert "demand.partial_first_day" in [notice.code for notice in in_utc.report.notices]
