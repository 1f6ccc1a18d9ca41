"""Data: the columns of the files of a hiring plan, with what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.column import VERSION, Column

GROWING_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "hiring_plan.csv": (
            VERSION,
            Column("month", "day", "its first day"),
            Column("phase", "text", "past: what it would have needed; ahead: what can still be decided"),
            Column("customers", "figure", "in the middle of the month; empty: no path of them is said"),
            Column("demand_factor", "figure", "contacts against those of the planned period"),
            Column("contacts", "contacts", "of the month"),
            Column("people_needed", "figure", "who answer as fast as anybody, so that promises are kept"),
            Column("people_needed_low", "count", "whole people at the low end of the volume"),
            Column("people_needed_high", "count", "at the high end; empty: beyond what was worked out"),
            Column("heads", "figure", "people on the payroll, expected; empty: past"),
            Column("productive", "figure", "of them, as many as answer at full speed, less mentors' time"),
            Column("leavers", "figure", "of today's people who have left by its end, expected"),
            Column("leavers_low", "count", "the same in 1 of 10 cases or fewer"),
            Column("leavers_high", "count", "the same in 9 of 10 cases or fewer"),
            Column("joiners", "count", "hires who start on its first day"),
            Column("mentors", "figure", "people's time that hires take"),
            Column("cost", "money", "wages, ramp included, recruiting and equipment"),
            Column("cost_so_far", "money", "the same since the first month ahead"),
            Column("budget_left", "money", "of the month; empty: no budget is said"),
            Column("promise_kept", "text", "yes or no: whether enough people are productive; empty: past"),
            Column("people_short", "figure", "how many are missing"),
            Column("kept_share", "share", "where not: of the queue that keeps least, simulated"),
            Column("wait_p90_seconds", "seconds", "where not: 9 of 10 of that queue are answered within"),
        ),
        "joiners.csv": (
            VERSION,
            Column("kind", "text", "site and languages"),
            Column("decide_by", "day", "latest day of the decision"),
            Column("starts", "day", "first day at work"),
            Column("fully_productive", "day", "first day on which they answer as fast as others"),
            Column("cost_once", "money", "recruiting, equipment, and wages while in training"),
            Column("cost_a_month", "money", "wages"),
            Column("why", "text", "growth, or people who leave"),
        ),
        "team_sizes.csv": (
            VERSION,
            Column("people", "count", "of the team"),
            Column("kind", "text", "site and languages"),
            Column("of_kind", "count", "how many of them"),
            Column("keeps_factor", "figure", "most volume at which every promise was kept, simulated"),
            Column("fails_factor", "figure", "smallest volume above it at which one was not"),
            Column("late", "text", "queues that then missed theirs"),
            Column("customers", "figure", "customers who write so much; empty: no path of them is said"),
            Column("needed_from", "day", "first month of the path that needs a team of this size"),
        ),
        "backlog_ahead.csv": (
            VERSION,
            Column("scenario", "text", "name of the scenario"),
            Column("week", "day", "its first day"),
            Column("contacts", "contacts", "that come in"),
            Column("capacity", "contacts", "that the team can answer, ramp, mentors and leavers counted"),
            Column("heads", "figure", "people on the payroll, expected"),
            Column("productive", "figure", "of them, as many as answer at full speed, less mentors' time"),
            Column("open_mean", "contacts", "that wait at its end"),
            Column("open_low", "contacts", "in 1 of 10 cases or fewer"),
            Column("open_high", "contacts", "in 9 of 10 cases or fewer"),
            Column("simulated_mean", "contacts", "the same from the simulation of the rota, where planned"),
            Column("gone_share", "share", "cases in which the backlog is gone"),
        ),
    }
)
