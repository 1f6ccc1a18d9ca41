"""Data: the columns of next_hours.csv and frontier.csv, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

NEXT_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "next_hours.csv": (
            VERSION,
            Column("rank", "count", "place, from 1: planned blocks first, by planned figures"),
            Column("queues", "text", 'queues that would be open, joined by " + "'),
            Column("days", "text", "days on which the block begins"),
            Column("open", "text", "when it opens, on the scenario's clock"),
            Column("close", "text", "when it closes"),
            Column("where", "text", "earlier, later, new day, or apart from today's hours"),
            Column("state", "text", "planned, or screened, not planned"),
            Column(
                "go",
                "flag",
                "promise kept in the block, nobody more missing there or in all, rules kept; empty: unknown",
            ),
            Column("why", "text", "the reason in a sentence"),
            Column("why_not_alone", "text", "why today's team alone does not do, where hires make it go"),
            Column("hours_per_week", "hours", "clock hours that the block opens in a week"),
            Column("contacts_per_week", "contacts", "contacts a week that come in it; empty: need is stated"),
            Column("contacts_low", "contacts", "one week of ten has fewer"),
            Column("contacts_high", "contacts", "one week of ten has more"),
            Column("share_of_week", "share", "of all contacts of these queues"),
            Column("estimated", "flag", "the history never saw some of these hours: estimated from others"),
            Column("screen_rank", "count", "place in the fast screen"),
            Column("screen_score", "figure", "hours of waiting saved for a person-hour more, by the screen"),
            Column("screen_person_hours", "hours", "person-hours a week more on duty, by the formulas"),
            Column(
                "people_about",
                "count",
                "the same in contracts, less the hours that today's team has to spare",
            ),
            Column("before_median_seconds", "seconds", "today half of those answered wait no longer"),
            Column("before_p90_seconds", "seconds", "today 9 of 10 wait no longer"),
            Column("before_lost_share", "share", "share of contacts that today are lost there"),
            Column("before_moved_share", "share", "share that today is sent to another queue"),
            Column("after_median_seconds", "seconds", "with the block half of those answered wait no longer"),
            Column("after_p90_seconds", "seconds", "with the block 9 of 10 wait no longer"),
            Column("after_hung_up_share", "share", "share that hangs up in the block"),
            Column("kept_share", "share", "within the promise in the block, of the queue that keeps least"),
            Column("promised_share", "share", "what that queue promises"),
            Column("saved_hours_per_week", "hours", "hours of waiting saved in a week, simulated"),
            Column("person_hours_per_week", "hours", "person-hours a week more on duty, as calibrated"),
            Column("score", "figure", "hours of waiting saved for a person-hour more, planned and simulated"),
            Column(
                "missing_inside_hours",
                "hours",
                "people missing in the block more than today, with these hires, person-hours of the period",
            ),
            Column("missing_hours", "hours", "people missing with today's team, person-hours of the period"),
            Column("missing_hours_bound", "hours", "no rota of today's team misses fewer; empty: not known"),
            Column("hires", "count", "people more with whom it is go; empty: not found"),
            Column("hires_proven", "flag", "one fewer surely misses people"),
            Column("cost_change_a_month", "money", "wages and premiums, with these hires, against today"),
            Column("cost_change_low", "money", "at least, as far as proven; empty: not known"),
            Column("cost_change_high", "money", "at most, as far as proven; empty: not known"),
            Column("early_most_a_month", "figure", "most starts of one person earlier than any of today"),
            Column("early_mean_a_month", "figure", "the same on average of those who have any"),
            Column("late_most_a_month", "figure", "most ends of one person later than any of today"),
            Column("late_mean_a_month", "figure", "the same on average of those who have any"),
            Column("nights_most_a_month", "figure", "most nights of one person"),
            Column("nights_mean_a_month", "figure", "the same on average of those who have any"),
        ),
        "frontier.csv": (
            VERSION,
            Column("people", "count", "people with a contract"),
            Column("change", "count", "people more than today, below 0 fewer"),
            Column(
                "hours_per_week", "hours", "hours a week with any queue open, the widest found; empty: none"
            ),
            Column("queue_hours_per_week", "hours", "the same summed over queues"),
            Column("open", "text", "opening hours then"),
            Column("missing_hours", "hours", "people missing then, person-hours of the period"),
            Column("kept_share", "share", "within the promise, of the queue that is nearest to missing it"),
            Column("promised_share", "share", "what that queue promises"),
            Column("queue", "text", "that queue"),
            Column(
                "next_missing_bound",
                "hours",
                "every block more surely misses so many person-hours; 0: not proven",
            ),
            Column("proven", "flag", "every block more surely misses people"),
            Column("carried", "flag", "hours are those of a smaller team, which this one can do as well"),
            Column("cost_a_month", "money", "wages and premiums of the rota"),
        ),
    }
)
