"""What a plan misses and why, as plain numbers, text and lists for ``plan.json`` and ``why.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.study.why.words import (
    clash_lines,
    headline,
    part_text,
    reasons,
    total,
    window_lines,
)

if TYPE_CHECKING:
    from planner.requirement import Need
    from planner.study.scenario import Scenario
    from planner.study.why.findings import Finding, WhyNot


def why_record(found: WhyNot, need: Need, scenario: Scenario) -> dict[str, Any]:
    """The key ``why`` of ``plan.json``."""
    zone, currency = scenario.zone, scenario.currency
    window = found.window
    return {
        "text": str(total(found)),
        "missing_hours": round(found.hours, 4),
        "proven_hours": None if found.proven is None else round(found.proven, 4),
        "shortages": [_finding(finding, need, zone, currency) for finding in found.findings],
        "clashes": [
            {
                "agent": clash.person,
                "sets": [[part_text(part) for part in one] for one in clash.sets],
                "mends": [[part_text(part) for part in one] for one in clash.mends],
                "text": [str(line) for line in clash_lines(clash)],
            }
            for clash in found.clashes
        ],
        "window": None
        if window is None
        else {
            "queues": list(window.names),
            "hours": round(window.missing * need.interval_minutes / 60, 4),
            "able": window.able,
            "rules": [str(rule.explain()) for rule in window.rules],
            "text": [str(line) for line in window_lines(window, need, zone)],
        },
    }


def _finding(finding: Finding, need: Need, zone: str, currency: str) -> dict[str, Any]:
    pattern = finding.pattern
    return {
        "what": pattern.what,
        "queues": list(pattern.names),
        "days": pattern.days_text,
        "hours_of_day": pattern.hours_text,
        "dates": [day.isoformat() for day in pattern.dates],
        "required": pattern.required,
        "on_duty": pattern.on_duty,
        "hours": round(finding.hours, 4),
        "proven_hours": None if finding.proven is None else round(finding.proven, 4),
        "unavoidable": finding.unavoidable,
        "looked_into": finding.looked,
        "able": finding.able,
        "stops": [
            {
                "agent": stop.person,
                "how": stop.how,
                "rules": [rule.name for rule in stop.rules],
                "saves": round(stop.saves / 100, 2),
            }
            for stop in finding.stops
        ],
        "text": str(headline(finding, need, zone)),
        "reasons": [str(line) for line in reasons(finding, currency)],
    }
