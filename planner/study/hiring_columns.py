"""Data: the columns of hires.csv, reach.csv and nights.csv, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

HIRING_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "hires.csv": (
            VERSION,
            Column("name", "text", "as in the rota"),
            Column("kind", "text", "hire, or partner for a seat"),
            Column("site", "text", "where they work"),
            Column("paid_hours", "hours", "of the contract, or of blocks with the minimum, in the period"),
            Column("worked_hours", "hours", "rostered of them"),
            Column("idle_hours", "hours", "paid and not rostered"),
            Column("nights", "count", "shifts at night"),
            Column("cost", "money", "of the period: paid hours and premiums"),
            Column("cost_a_month", "money", "the same a month"),
            Column("ready_after_days", "count", "days from decision to first shift"),
            Column("decide_by", "day", "last day to decide for a first shift on the first day"),
            Column("earliest", "day", "first shift if decided on the day that was given; empty: none was"),
        ),
        "reach.csv": (
            VERSION,
            Column("block", "text", "days and side of the opening hours that were tried longer"),
            Column("contacts_per_week", "contacts", "contacts a week expected in the first block of it"),
            Column("hours_more", "hours", "hours of a day that today's team can stay open longer there"),
            Column("open", "text", "opening hours of these days then; empty: closed"),
            Column("next", "text", "the next hours that cannot be covered; empty: there are none more"),
            Column("missing_hours", "hours", "people missing then, person-hours of the period"),
            Column("missing_hours_bound", "hours", "no rota misses fewer; empty: not known"),
            Column("why", "text", "why not: people missing, hard rules, a promise missed in simulation"),
        ),
        "nights.csv": (
            VERSION,
            Column("way", "text", "how nights are staffed"),
            Column("cost_a_month", "money", "contracts worked or not, premiums, hires, partner, call-outs"),
            Column("whole_low", "money", "with missing people priced, no rota costs less; empty: not known"),
            Column("whole", "money", "a month with missing people and uneven nights priced"),
            Column("hires", "count", "people hired"),
            Column("seats", "count", "seats of a partner"),
            Column("missing_hours", "hours", "people missing, person-hours of the period"),
            Column("missing_hours_bound", "hours", "no rota misses fewer; empty: not known"),
            Column("night_workers", "count", "people of ours with any night"),
            Column("nights_most", "figure", "most nights of one person a month"),
            Column("nights_mean", "figure", "nights a month of those who work any, on average"),
            Column("findings", "count", "people whose rules clash, and what the judge objects to"),
            Column(
                "kept_share", "share", "of the queue that keeps least of its promise; empty: not simulated"
            ),
            Column("verdict_missing", "text", "people missing against rotation for all, as far as proven"),
            Column("verdict_cost", "text", "cost against rotation for all, as far as proven"),
            Column("partner_cost", "money", "of the cost a month the partner, its minimum included"),
            Column("partner_tickets", "contacts", "a month, of a partner by the ticket; empty: by the hour"),
            Column("call_out_cost", "money", "of the cost a month call-outs, as expected"),
            Column(
                "one_off_cost", "money", "recruiting, training and equipment of hires, set-up of a partner"
            ),
            Column("contract_hours", "hours", "a month, of everybody under contract, hires too"),
            Column(
                "need_hours",
                "hours",
                "a month on duty that the need asks for whatever the shifts, the partner's hours taken off",
            ),
            Column("night_contacts_a_week", "contacts", "contacts that come at night; empty: not simulated"),
            Column(
                "night_median_seconds", "seconds", "half of those who stay wait no longer; empty: too few"
            ),
            Column("night_p90_seconds", "seconds", "9 of 10 of those who stay wait no longer"),
            Column("night_kept_share", "share", "kept of all who come at night; those sent away are not"),
            Column("night_kept_low", "share", "the same in a poor period: 9 of 10 are better"),
            Column("night_kept_high", "share", "the same in a good period: 9 of 10 are worse"),
            Column("night_promised_share", "share", "that was to be kept, of the contacts that came"),
            Column("night_away_share", "share", "sent away, gone, or asked to come back at opening"),
            Column("ready_weeks", "count", "from the decision to the first night"),
            Column("ready", "day", "that day; empty: the scenario does not say when it is decided"),
            Column("keeps", "flag", "whether promises are kept, nobody is missing and no rule is broken"),
        ),
    }
)
