"""Data: the columns of every file that a plan writes, with what they mean. A contract, versioned."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.study.actuals_columns import ACTUALS_COLUMNS
from planner.study.answer_columns import ANSWER_COLUMNS
from planner.study.column import DECIMALS, SCHEMA_VERSION, VERSION, Column, Kind
from planner.study.growing_columns import GROWING_COLUMNS
from planner.study.hiring_columns import HIRING_COLUMNS
from planner.study.hours_columns import HOURS_COLUMNS
from planner.study.ledger import LEDGER_TABLES
from planner.study.next_columns import NEXT_COLUMNS
from planner.study.panel_columns import PANEL_COLUMNS
from planner.study.plan_keys import KEYS
from planner.study.post_columns import POST_COLUMNS
from planner.study.promise_columns import PROMISE_COLUMNS
from planner.study.replan_columns import REPLAN_COLUMNS
from planner.study.stages.mending_columns import MENDING_COLUMNS
from planner.study.sweep_columns import SWEEP_COLUMNS
from planner.study.waterfall_columns import WATERFALL_COLUMNS
from planner.study.why_columns import WHY_COLUMNS
from planner.study.year_columns import YEAR_COLUMNS

__all__ = ["COLUMNS", "DECIMALS", "KEYS", "SCHEMA_VERSION", "Column", "Kind"]

_START = Column("interval_start", "utc", "start of the planning interval, UTC")
_LOCAL = Column("interval_local", "local", "the same on the clock of the scenario, with its offset")
_SET = Column("set", "text", 'queues that share people, joined by " + "; a single queue is a set of one')

COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "forecast.csv": (
            VERSION,
            Column("queue", "text", "name of the queue"),
            _START,
            _LOCAL,
            Column("mean", "contacts", "contacts expected in the interval"),
            Column("low", "contacts", "9 such intervals of 10 bring at least so many"),
            Column("high", "contacts", "9 such intervals of 10 bring at most so many"),
            Column("open", "flag", "whether the queue is open"),
            Column("model_mean", "contacts", "contacts expected before anything was set by hand"),
            Column("by_hand", "text", "why the mean was set by hand; empty: it was not"),
        ),
        "requirement.csv": (
            VERSION,
            _START,
            _LOCAL,
            _SET,
            Column("load_erlangs", "erlangs", "people busy at once on average"),
            Column("net", "count", "people needed to answer, before anyone is away"),
            Column("presence", "count", "minimum people on duty"),
            Column("gross", "count", "people needed on duty: what the rota must cover"),
            Column(
                "reason",
                "text",
                "what decides the number: closed, no contacts, presence, service level, abandonment, "
                "occupancy, backlog, planned work, more after simulation, stated, or edge of the "
                "period (left out)",
            ),
            Column("method", "text", "how net was found"),
            Column(
                "predicted_service",
                "share",
                "service level, as promised, that the net people give; of a role how often somebody on call "
                "is free",
            ),
        ),
        "cover.csv": (
            VERSION,
            _START,
            _LOCAL,
            _SET,
            Column("required", "count", "people needed on duty"),
            Column("on_duty", "count", "people on duty who can serve any queue of the set"),
            Column("short", "count", "people missing: required minus on duty, not below 0"),
            Column("spare", "count", "people extra: on duty minus required, not below 0"),
            Column("binding", "flag", "whether this set decides how many people are missing in the interval"),
        ),
        "worth.csv": (
            VERSION,
            Column("queue", "text", "name of the queue, planned work or role"),
            _START,
            _LOCAL,
            Column(
                "worth",
                "money",
                "what one more person for it would save in the interval, by the prices of the proof: where "
                "to look first, not a saving that is promised",
            ),
        ),
        "service.csv": (
            VERSION,
            Column("queue", "text", "name of the queue"),
            Column("arrived", "text", "contacts that arrived while it was open, closed, or all"),
            Column("weekday", "text", "mon to sun on the clock of the scenario; empty: all days"),
            Column("hour", "count", "0 to 23 on the clock of the scenario; empty: all hours"),
            Column("contacts_per_week", "contacts", "contacts a week, mean over the simulated periods"),
            Column(
                "kept_share",
                "share",
                "share within the promise, by its definition; empty: too few contacts. A promise is judged "
                "on the row open; one due after the opening or at an hour of the week on the row all",
            ),
            Column("kept_low", "share", "the same in a poor period: 9 of 10 are better"),
            Column("kept_high", "share", "the same in a good period: 9 of 10 are worse"),
            Column("wait_median_seconds", "seconds", "half of the contacts that stay wait no longer"),
            Column("wait_p90_seconds", "seconds", "9 of 10 contacts that stay wait no longer"),
            Column("longest_wait_seconds", "seconds", "longest wait of all simulated periods"),
            Column("asa_seconds", "seconds", "mean wait of the answered"),
            Column("abandoned_share", "share", "share of customers who hung up"),
            Column(
                "occupancy",
                "share",
                "handling time of time on duty for work; empty while it is closed: who is busy then only "
                "finishes what was begun",
            ),
        ),
        "service_curve.csv": (
            VERSION,
            Column("queue", "text", "name of the queue"),
            Column("arrived", "text", "contacts that arrived while it was open, closed, or all"),
            Column("within_seconds", "seconds", "time from arrival to answer, elapsed"),
            Column("share", "share", "share of all who came that is answered within that time"),
            Column("low", "share", "the same in a poor period: 9 of 10 are better"),
            Column("high", "share", "the same in a good period: 9 of 10 are worse"),
        ),
        "backlog.csv": (
            VERSION,
            Column("queue", "text", "name of the queue"),
            _START,
            _LOCAL,
            Column("waiting_mean", "contacts", "contacts that wait for an answer when the interval begins"),
            Column("waiting_low", "contacts", "in 9 periods of 10 at least so many"),
            Column("waiting_high", "contacts", "in 9 periods of 10 at most so many"),
        ),
        "occupancy.csv": (
            VERSION,
            Column("agent", "text", "name of the person; empty: all people of the site"),
            Column("site", "text", "place of work"),
            Column("occupancy", "share", "handling of handling and waiting for work"),
            Column("handling_hours", "hours", "hours of the period spent on contacts"),
            Column("waiting_hours", "hours", "hours on duty without a contact to handle"),
            Column("off_contact_hours", "hours", "hours on duty for planned work, meetings and spells away"),
        ),
        "rota.csv": (
            VERSION,
            Column("scenario", "text", "name of the scenario"),
            Column("rota_version", "count", "1 for the first published rota, one more for each change"),
            Column("shift_id", "id", "stays while scenario, person, day and number on the day do"),
            Column("agent", "text", "name of the person"),
            Column("payroll_id", "id", "as in team.csv"),
            Column("site", "text", "place of work"),
            Column("zone", "text", "time zone of the person, IANA name"),
            Column("day", "day", "local day on which the shift starts; a night belongs to it"),
            Column("shift", "text", "shift type"),
            Column("kind", "text", "work, on_call, training or meeting"),
            Column("start_local", "local", "start on the person's clock, with its offset"),
            Column("end_local", "local", "end on the person's clock, with its offset"),
            Column("start_utc", "utc", "start, UTC"),
            Column("end_utc", "utc", "end, UTC"),
            Column("break_starts_utc", "utc", "start of the unpaid break, UTC; empty without one"),
            Column("break_minutes", "count", "unpaid break"),
            Column("elapsed_hours", "hours", "hours from start to end; 7 or 9 in a night of a clock change"),
            Column("paid_hours", "hours", "elapsed hours minus the unpaid break"),
            Column("night_hours", "hours", "of the elapsed hours, inside the night of the site"),
            Column("sunday_hours", "hours", "of the elapsed hours, on a Sunday of the person's clock"),
            Column("holiday_hours", "hours", "of the elapsed hours, on a public holiday of the site"),
            Column("holiday", "text", "name of that public holiday"),
            Column(
                "premium_cost",
                "money",
                "premiums of the shift, on top of base pay; empty: one of them is not known",
            ),
            Column("languages", "text", "languages of the person"),
            Column("team", "text", "teams of the person"),
            Column("status", "text", "draft, published, locked or carried"),
            Column("note", "text", "which row of its shift, such as 1 of 2, in a file split by days"),
        ),
        "accuracy.csv": (
            VERSION,
            Column("queue", "text", "name of the queue"),
            Column("grain", "text", "hour, shift, day or week"),
            Column("method", "text", "the planner's, or a simple one to compare with"),
            Column("wape", "share", "typical miss: sum of misses as a share of all contacts"),
            Column("bias", "share", "forecast minus what came, as a share of all contacts"),
            Column("mean_per_interval", "contacts", "contacts in an interval of that grain"),
            Column(
                "noise_floor_ratio",
                "share",
                "miss against that of one who knows the true mean; 1 is the best",
            ),
            Column("coverage80", "share", "share of intervals inside the band, 0.8 is meant"),
            Column("weeks_ahead", "text", "1-4: all four weeks together; 1 to 4: that week alone"),
            Column("coverage95", "share", "share of intervals inside the wider band, 0.95 is meant"),
            Column(
                "deviance_ratio",
                "share",
                "deviance against that of chance alone: Poisson around the forecast; 1 is the best",
            ),
            Column(
                "band_deviance_ratio",
                "share",
                "the same against the chance that the band states; above 1 the band is too narrow",
            ),
            Column(
                "skill_last_week",
                "share",
                "how much smaller the miss is than that of the same hour last week, as a share of it",
            ),
            Column("skill_eight_weeks", "share", "the same against the mean of the last 8 weeks"),
            Column(
                "units", "count", "intervals of that grain that were counted; missing and closed ones are not"
            ),
        ),
        "gates.csv": (
            VERSION,
            Column("number", "count", "of the stage, from 1"),
            Column("stage", "text", "name of the scenario"),
            Column("gate", "text", "question, as the scenario names it"),
            Column("answer", "text", "go, no-go or not yet known"),
            Column("value", "figure", "measured figure"),
            Column("threshold", "figure", "what it is held against"),
            Column("finding", "text", "in a sentence"),
            Column("unit", "text", "of value, threshold, low and high"),
            Column("low", "figure", "one week of ten lies below; empty where weeks are not told apart"),
            Column("high", "figure", "one week of ten lies above"),
        ),
        "comparison.csv": (
            VERSION,
            Column("scenario", "text", "name of the scenario"),
            Column("figure", "text", "what is compared"),
            Column("unit", "text", "unit of the value"),
            Column("value", "figure", "of this scenario"),
            Column("low", "figure", "lower end of its proven or simulated range"),
            Column("high", "figure", "upper end of its proven or simulated range"),
            Column("difference", "figure", "value minus the first scenario's"),
            Column("verdict", "text", "lower, higher, same, not distinguishable, no range, or new"),
            Column(
                "difference_low",
                "figure",
                "lower end of the difference's range: of proofs, or 95 of 100 of pairs of simulated periods",
            ),
            Column("difference_high", "figure", "upper end of that range; empty: none is known"),
        ),
        "cost_parts.csv": (
            VERSION,
            Column("scenario", "text", "name of the scenario"),
            Column(
                "part",
                "text",
                "base pay, premiums, people missing, people more than needed, soft rules, hires, or "
                "owed to a partner (beyond the roster; where one is)",
            ),
            Column("cost", "money", "of the period; parts add up to the cost"),
            Column("difference", "money", "cost minus the first scenario's; parts add up to the difference"),
        ),
        "rotation.csv": (
            VERSION,
            Column("week", "count", "of the cycle, from 1; after the last comes the first"),
            *(
                Column(day, "text", "name of the shift; empty: a day off")
                for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
            ),
        ),
        **ACTUALS_COLUMNS,
        **ANSWER_COLUMNS,
        **LEDGER_TABLES,
        **PROMISE_COLUMNS,
        **HIRING_COLUMNS,
        **HOURS_COLUMNS,
        **GROWING_COLUMNS,
        **NEXT_COLUMNS,
        **REPLAN_COLUMNS,
        **POST_COLUMNS,
        **WHY_COLUMNS,
        **YEAR_COLUMNS,
        **PANEL_COLUMNS,
        **WATERFALL_COLUMNS,
        **SWEEP_COLUMNS,
        **MENDING_COLUMNS,
    }
)
