"""Data: the keys of ``plan.json`` with what they mean. A contract, versioned."""

from __future__ import annotations

KEYS: tuple[tuple[str, str], ...] = (
    ("schema_version", "version of this file: 1"),
    ("scenario", "name of the scenario"),
    ("period", "first day, days and zone of the plan, and minutes of an interval"),
    ("status", "optimal, feasible, time-limited, cancelled or partial"),
    ("time_limited", "whether a time limit ended the search: then another run may differ"),
    ("currency", "of all money"),
    ("objective", "cost by term and in total, recomputed from the rota"),
    ("bound", "no rota can cost less for this need; null: not known"),
    ("gap", "(total - bound) / total; null without a bound"),
    ("avoidable_gap", "(total - bound) / (total - wages that every rota pays); null without a bound"),
    ("cost", "wages and premiums of the period, without missing people"),
    ("missing_hours", "people missing, person-hours"),
    ("missing_hours_bound", "no rota misses fewer; null: not known"),
    ("hires", "people in the team whose employment starts after the first day, and hires that were taken"),
    ("hours", "rostered, contracted and idle person-hours of the period"),
    ("people_to_employ", "full-time people who fill the rostered hours, leave and sickness included"),
    ("need_id", "fingerprint of the need that the bound belongs to"),
    ("engine", "what searched"),
    ("seed", "of all random numbers"),
    ("iterations", "of the search"),
    ("no_legal_tour", "people whose rules clash"),
    ("left_out_of_bound", "rules that the bound, not the rota, leaves out"),
    ("taken", "hires and seats of a partner that the plan takes, by name"),
    (
        "why",
        "what is missing and why: shortages with their queues, hours and what stops people, people whose "
        "rules clash, the smallest stretch that must fail; each in sentences too",
    ),
    ("violations", "what the judge finds, each with rule, person, day, amount, unit and sentence"),
    ("checks", "packs with their dates, what may be said without findings, and what nobody checked"),
    ("rounds", "calibration rounds: what each asked for on top of which, what it cost and brought"),
    ("safety", "deferred pools: safety z, share kept, what one step less kept, and why it is not less"),
    (
        "service",
        "how often it was simulated, and whether compiled; response times and worst hours by queue,"
        " escalations; null: not simulated",
    ),
    (
        "today",
        "by queue what customers get now, as the history tells it: share within the promise, on which "
        "contacts and days, the plan's share beside it, what to bear in mind; null: no file tells replies",
    ),
    (
        "planned_work",
        "planned work, its person-hours, the share of them done in time, and of meetings, training and "
        "mentoring who is on duty each time and who is not",
    ),
    (
        "call_outs",
        "call-outs expected in the rota's duties on call and their cost, by role, and the cost with them: "
        "expected, not rostered; null: none is stated",
    ),
    ("notices", "what was assumed or left out, in sentences"),
    ("versions", "of everything that the result depends on, with the time zone data"),
    ("wall_seconds", "time taken: search and whole plan"),
    ("files", "SHA-256 of each file written with this one"),
)
