"""Data: the columns of promise.csv and publish.csv, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

PROMISE_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "promise.csv": (
            VERSION,
            Column("promise", "text", "as it was asked, from loose to tight"),
            Column("today", "flag", "whether it is today's promise"),
            Column("queue", "text", "name of the queue; empty: the whole desk, with people, hours and money"),
            Column("goal", "text", "what the queue promises in full; empty for queues not asked about"),
            Column(
                "within_seconds", "seconds", "promised time; of the desk: the longest of its asked queues"
            ),
            Column("clock", "text", "elapsed, open hours, after opening or by weekday; mixed: queues differ"),
            Column("asked", "flag", "whether the queue's promise is the one that changes"),
            Column("contacts_per_week", "contacts", "contacts a week that the promise is judged on"),
            Column("promised_share", "share", "share that is promised"),
            Column(
                "kept_share", "share", "share answered in time, simulated; of the desk: its worst asked queue"
            ),
            Column("kept_low", "share", "the same in a poor period: 9 of 10 are better"),
            Column("kept_high", "share", "the same in a good period: 9 of 10 are worse"),
            Column("keeps", "text", "yes or no: kept within half a point; empty: nobody comes"),
            Column(
                "reachable_share", "share", "share that any team could answer in time: a reply takes its time"
            ),
            Column(
                "more_people",
                "count",
                "people beside this team who would keep it, or, where more_kept_share falls short, who"
                " were tried in vain; empty: no number could",
            ),
            Column("more_kept_share", "share", "share answered in time with them; empty: none were tried"),
            Column("on_duty_peak", "count", "people on duty for contacts, at most"),
            Column(
                "on_duty_mean", "figure", "people on duty for contacts while anything is open, on average"
            ),
            Column("people_needed", "figure", "full-time people for the hours paid and missing, with leave"),
            Column("paid_hours", "hours", "person-hours a month that the rota pays"),
            Column("missing_hours", "hours", "person-hours a month that this team lacks"),
            Column("missing_low", "hours", "no rota of this team lacks fewer; empty: not known"),
            Column(
                "least_hours",
                "hours",
                "person-hours on duty a month that the need asks for, whatever the shifts",
            ),
            Column("wages", "money", "wages and premiums a month"),
            Column(
                "cost",
                "money",
                "wages with what the team lacks, a month; empty, as are people and hours: no team could keep"
                " it (keeps: no), or nobody comes",
            ),
            Column("cost_low", "money", "no rota can cost less a month; empty: not known"),
            Column("difference", "money", "cost against today's promise, a month"),
            Column("difference_share", "share", "the same as a share of today's cost"),
            Column("verdict", "text", "lower, higher, same, not distinguishable or no range, against today"),
            Column("gap", "share", "(cost - bound) / cost of the rota's whole cost, people missing priced"),
            Column("status", "text", "how the search ended"),
            Column("rota_of", "text", "tighter promise whose rota serves this one for less; empty: its own"),
        ),
        "publish.csv": (
            VERSION,
            Column("queue", "text", "name of the queue"),
            Column("channel", "text", "email, chat, phone or social"),
            Column(
                "part", "text", "when contacts arrive: weekdays, evenings and nights, weekends, or closed"
            ),
            Column("zone", "text", "clock of the parts of the week"),
            Column("contacts_per_week", "contacts", "contacts a week that arrive then"),
            Column(
                "verdict", "text", "publish, too few (contacts to promise anything) or none (no figure holds)"
            ),
            Column("share", "share", "share that may be promised"),
            Column("clock", "text", "elapsed, opening hours, or after opening (in opening hours)"),
            Column("within_seconds", "seconds", "time that may be published, on that clock"),
            Column("kept_share", "share", "share answered within that time, simulated"),
            Column("kept_low", "share", "the same in a poor period: 9 of 10 are better"),
            Column("elapsed_seconds", "seconds", "time that would hold in elapsed hours; empty: none does"),
            Column("worst_hour", "text", "hour of the week in which contacts wait longest"),
            Column("worst_seconds", "seconds", "time within which that share is answered in that hour"),
            Column("longest_seconds", "seconds", "longest wait of all simulated periods, on that clock"),
            Column("replications", "count", "how often the period was simulated"),
            Column("sentence_en", "text", "to paste, English; empty: nothing to publish"),
            Column("sentence_it", "text", "to paste, Italian; empty: nothing to publish"),
        ),
    }
)
