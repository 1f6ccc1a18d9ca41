"""Erlang B, C and A and their inverse: what others printed, and 50-digit computations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from planner._messages import Message
from planner.requirement import erlang_b, erlang_report, gross_people
from planner.study.validation.check import Case, Check
from planner.study.validation.sources import number, table

Row = Mapping[str, str]
OWN = "own computation with 50 digits (mpmath)"

# Columns of the reference table and what the planner calls them.
MEASURES = {
    "p_wait": "p_wait",
    "service_level_offered": "service_level",
    "sl_answered_only": "service_level_answered",
    "sl_wait_le_T_or_gone": "service_level_gone",
    "asa_answered_s": "asa_seconds",
    "mean_wait_all_s": "mean_wait_seconds",
    "occupancy": "occupancy",
    "p_abandon": "p_abandon",
}


def published() -> Iterator[Check]:
    """Numbers that others printed, held to the precision of print."""
    for row in table("published.csv"):
        measure = row["measure"]
        group = GROUP_OF.get(measure, "erlang")
        case = Case(row["id"], group, said(row, measure), row["source"])
        got = OTHER[measure](row) if measure in OTHER else report(row)[measure]
        tolerance = number(row["tolerance"])
        yield case.printed(row["expected"], float("inf") if got is None else float(got), tolerance)


def fifty_digits() -> Iterator[Check]:
    """Rows of the reference table, held to all their digits; goals to the very number of people."""
    for row in table("staffing_reference.csv"):
        if row["model"] not in ("erlang_c", "erlang_a"):
            continue
        got = report(row)
        for column, measure in MEASURES.items():
            if row[column]:
                value = got[measure]
                case = Case(row["id"], "erlang", said(row, measure), OWN, published=False)
                yield case.digits(row[column], float("inf") if value is None else float(value))
        if row["required_agents"]:
            case = Case(row["id"], "inverse", said(row, "required_agents"), OWN, published=False)
            yield case.same(int(row["required_agents"]), got["required_agents"])


def report(row: Row) -> dict[str, float | int | None]:
    """The planner's measures of a row."""
    target, occupancy = number(row["target_sl"]), number(row["max_occupancy"])
    return erlang_report(
        float(row["arrivals_per_hour"]),
        3600.0,
        float(row["aht_s"]),
        int(row["agents"] or 1),
        float(row["T_s"] or 0),
        number(row["patience_s"]),
        target=target,
        max_occupancy=occupancy,
        max_abandon=number(row.get("max_abandon", "")),
    )


def said(row: Row, measure: str) -> Message:
    """What a row works out, in words."""
    load = number(row["arrivals_per_hour"])
    erlangs = "" if load is None else f"{load * float(row['aht_s']) / 3600:.6g}"
    values = {
        "load": erlangs,
        "agents": row["agents"],
        "within": row["T_s"] or "0",
        "patience": row["patience_s"],
        "goals": _goals(row),
        "away": row.get("away", ""),
    }
    if measure in ("required_agents", "gross_people"):
        return Message(f"validation.{measure}", values)
    if measure in ("blocking", "lines_at_2_percent", "load_at_1_percent"):
        return Message(f"validation.{measure}", values)
    kind = "impatient" if row["patience_s"] else "patient"
    return Message(f"validation.{kind}", {**values, "measure": str(Message(f"validation.of_{measure}"))})


def _goals(row: Row) -> str:
    found = []
    if row["target_sl"]:
        found.append(f"{100 * float(row['target_sl']):g} % in {row['T_s']} s")
    if row["max_occupancy"]:
        found.append(f"at most {100 * float(row['max_occupancy']):g} % busy")
    if row.get("max_abandon"):
        found.append(f"at most {100 * float(row['max_abandon']):g} % hang up")
    if row["patience_s"]:
        found.append(f"patience {row['patience_s']} s")
    return ", ".join(found)


def _load(row: Row) -> float:
    return float(row["arrivals_per_hour"]) * float(row["aht_s"]) / 3600


def _people(row: Row) -> int:
    return int(report(row)["required_agents"] or 0)


def _lines(row: Row) -> int:
    """The fewest lines on which at most 2 % of calls are lost."""
    return next(lines for lines in range(1, 1000) if erlang_b(_load(row), lines) <= 0.02)


def _load_lost(row: Row) -> float:
    """The load of which 1 % is lost on so many lines, by halving."""
    low, high = 0.0, float(row["agents"])
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if erlang_b(middle, int(row["agents"])) < 0.01 else (low, middle)
    return low


def _minutes(row: Row) -> float:
    return float(report(row)["mean_wait_seconds"] or 0) / 60


def _later(row: Row) -> float:
    return 1 - float(report(row)["service_level"] or 0)


OTHER: Mapping[str, Callable[[Row], float]] = {
    "blocking": lambda row: erlang_b(_load(row), int(row["agents"])),
    "gross_people": lambda row: gross_people(_people(row), float(row["away"])),
    "later_than": _later,
    "lines_at_2_percent": _lines,
    "load_at_1_percent": _load_lost,
    "mean_wait_minutes": _minutes,
    "required_agents": _people,
}
GROUP_OF = {"required_agents": "inverse", "gross_people": "shrinkage"}
