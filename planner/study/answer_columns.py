"""Data: the columns of answers.csv, today.csv and going_back.csv, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column


def _coming(when: str) -> tuple[Column, ...]:
    return (
        Column("contacts_per_week", "contacts", f"contacts a week that come {when}, mean"),
        Column("contacts_low_per_week", "contacts", "one week of ten brings fewer"),
        Column("contacts_high_per_week", "contacts", "one week of ten brings more"),
        Column("share_of_week", "share", "of the week's contacts of that queue, or of all queues"),
    )


def _became(prefix: str, which: str) -> tuple[Column, ...]:
    return (
        Column(
            f"{prefix}wait_median_seconds", "seconds",
            f"{which}from coming to the first answer: half of those answered wait no longer",
        ),
        Column(f"{prefix}wait_p90_seconds", "seconds", f"{which}9 of 10 of those answered wait no longer"),
        Column(f"{prefix}lost_share", "share", f"{which}find it closed and do not come back"),
        Column(f"{prefix}returned_share", "share", f"{which}come back at opening"),
        Column(f"{prefix}called_back_share", "share", f"{which}leave a message"),
        Column(f"{prefix}moved_share", "share", f"{which}are sent to another queue"),
        Column(f"{prefix}waited_share", "share", f"{which}stay in their queue; the five shares make 1"),
        Column(f"{prefix}hung_up_share", "share", f"{which}hang up, of all"),
    )  # fmt: skip


def _money(prefix: str, other: str) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}change_per_month", "money", f"cost a month against {other}"),
        Column(f"{prefix}change_share", "share", f"the same as a share of what {other} costs"),
        Column(f"{prefix}change_low_per_month", "money", "at least, by both bounds; empty: not known"),
        Column(f"{prefix}change_high_per_month", "money", "at most, by both bounds; empty: not known"),
        Column(f"{prefix}verdict", "text", "lower, higher, same, not distinguishable or no range"),
    )


def _load(name: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_most_per_month", "figure", f"{what}, of the one who has most"),
        Column(f"{name}_mean_per_month", "figure", "the same, mean of those who have any"),
        Column(f"{name}_people", "count", "people who have any"),
    )


ANSWER_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "answers.csv": (
            VERSION,
            Column("number", "count", "of the stage, from 1; the first stage has no row"),
            Column("stage", "text", "name of the scenario"),
            Column("before", "text", "name of the stage before"),
            Column(
                "queue",
                "text",
                "name of the queue; empty: all queues, with people and money, which queues leave empty",
            ),
            Column("block", "text", "hours that it opens, with their zone; empty: no new hours"),
            Column("closes", "text", "hours that it closes; empty: none"),
            Column("new_hours_per_week", "hours", "clock hours a week in which a queue newly opens"),
            *_coming("in these hours"),
            Column(
                "same_contacts",
                "text",
                "yes: exactly the same simulated contacts stand before and after; no: volumes differ",
            ),
            *_became("before_", "with hours and rota of the stage before, "),
            *_became("after_", "with those of this stage, "),
            Column("hires", "count", "people who are not in the team of the stage before"),
            Column("leavers", "count", "people of the stage before who are not in this team"),
            Column("partner_seats", "count", "seats of a partner, more than before"),
            Column("currency", "text", "of all money"),
            Column("cost_per_month", "money", "wages, premiums, and what a partner is owed on top, a month"),
            Column("cost_least_per_month", "money", "no rota missing no more costs less; empty: unknown"),
            *_money("today_", "the first stage"),
            *_money("step_", "the stage before"),
            Column("idle_hours_per_month", "hours", "contracted hours that no shift uses, a month"),
            Column("idle_before_hours_per_month", "hours", "the same in the stage before"),
            Column("once_recruiting", "money", "paid once for the hires; empty: not stated"),
            Column("once_training", "money", "wages of hires in training, in which nobody is answered"),
            Column("once_equipment", "money", "paid once for the hires; empty: not stated"),
            Column("once_set_up", "money", "paid once to a partner"),
            Column("once_total", "money", "all that is stated of it"),
            *_load("early", "day shifts a month that start before any of the first stage's, own clock"),
            *_load("late", "day shifts a month that end after any of the first stage's, own clock"),
            *_load("nights", "shifts a month with three hours or more in the night of the site"),
            *_load("weekends", "weekends a month with a shift"),
            Column("earliest_day", "day", "first day it can start; empty: no day of decision is stated"),
            Column("earliest_weeks", "count", "weeks from the decision to it"),
            Column("earliest_why", "text", "what takes the time"),
            Column("planned_day", "day", "day that the scenario says; empty: none"),
            Column("answer", "text", "go, no-go or not yet known"),
            Column("why", "text", "in a sentence"),
            Column("notes", "text", "what else should be known"),
        ),
        "today.csv": (
            VERSION,
            Column("queue", "text", "name of the queue; empty: all queues"),
            Column("scenario", "text", "name of the first stage"),
            Column("closed_hours_per_week", "hours", "hours a week in which it is closed; of all: any is"),
            *_coming("while it is closed"),
            *_became("", ""),
            Column("lost_per_week", "contacts", "contacts a week that are lost or hang up"),
            Column(
                "tickets_kept_share",
                "share",
                "share of those that came while closed with a reply within the promise, by tickets",
            ),
            Column("tickets_contacts", "count", "contacts it is measured on; empty: tickets do not tell"),
            Column("tickets_promise", "text", "the promise"),
            Column("tickets_first_day", "day", "first day that it is measured on"),
            Column("tickets_last_day", "day", "last day that it is measured on"),
        ),
        "going_back.csv": (
            VERSION,
            Column("number", "count", "of the stage that is left, from 1"),
            Column("stage", "text", "its name"),
            Column("back_to", "text", "name of the stage before"),
            Column("currency", "text", "of all money"),
            Column("saved_per_month", "money", "what the rota costs less a month; below 0: more"),
            Column("contracts", "count", "people who came with the stage"),
            Column("contracts_cost_per_month", "money", "their contracts, owed while they stay"),
            Column("contract_hours_per_month", "hours", "hours of these contracts"),
            Column(
                "idle_hours_per_month",
                "hours",
                "contracted hours without work while they stay: theirs, and those idle in the stage before",
            ),
            Column("notice_days", "figure", "time for which they are owed at least: the notice of a rota"),
            Column("owed_over_notice", "money", "their contracts over that time"),
            Column("sunk_once", "money", "one-off costs that do not come back"),
            Column("partner_seats", "count", "seats of a partner that are given up"),
            Column("partner_minimum_per_month", "money", "the partner's minimum for them, until it ends"),
            Column("set_up_days", "figure", "time to set the partner up again"),
            Column("closes_again", "text", "hours that close again; empty: none"),
            *_coming("in these hours and wait again"),
            Column("again_wait_median_seconds", "seconds", "how long half of those answered then wait"),
            Column("again_wait_p90_seconds", "seconds", "how long 9 of 10 of those answered then wait"),
            Column("again_lost_share", "share", "share that is lost then"),
            Column("assumptions", "text", "what was assumed, in sentences"),
        ),
    }
)  # fmt: skip
