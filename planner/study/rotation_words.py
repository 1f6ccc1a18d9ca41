"""What the command line says of a rotation, and the files that it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planner._messages import Message
from planner.rota import counts, pattern_csv, pattern_text, rota_frame, wished
from planner.study import steps
from planner.study.files import write_files
from planner.study.tables import csv_text

if TYPE_CHECKING:
    from planner.scheduling.rotation import RotationResult
    from planner.study.rotation import Rotated

MOST_OF_A_RULE = 3  # findings that are shown; the judge has them all: planner audit


def rotation_words(made: Rotated, smallest: bool) -> Iterator[Message]:
    """The answer first, then the pattern, what is proved, the dated rota, and what follows from the rules."""
    yield _answer(made, smallest)
    if made.rotation is not None:
        yield Message("rotation.pattern", {"pattern": pattern_text(made.rotation)})
        yield from _figures(made)
    else:
        if made.terms.least_weeks > made.results[-1].weeks:
            yield _posts_alone(made)
        yield from made.without
    yield from _rota(made, smallest)
    yield from made.asked.notes


def _answer(made: Rotated, smallest: bool) -> Message:
    last = made.results[-1]
    values: dict[str, object] = {"weeks": last.weeks, "scenario": made.scenario.name}
    if last.rotation is None:
        code = "impossible" if last.status == "impossible" else "open"
        if smallest:
            code = "smallest_none"
        return Message(f"rotation.{code}", values)
    if not smallest:
        each = len(made.asked.group) // last.weeks
        return Message("rotation.found" if each == 1 else "rotation.found_shared", {**values, "each": each})
    if not made.smallest_proved:
        unproved = ", ".join(str(r.weeks) for r in made.results[:-1] if r.status != "impossible")
        return Message("rotation.smallest_unproved", {**values, "unproved": unproved})
    return Message("rotation.smallest", {**values, "fewer": last.weeks - 1})


def _posts_alone(made: Rotated) -> Message:
    """Why so few people cannot even fill the posts."""
    terms = made.terms
    most = 7 if terms.shifts_a_week[1] is None else terms.shifts_a_week[1]
    values = {"duties": terms.duties, "most": most, "least": terms.least_weeks}
    return Message("rotation.posts_alone", values)


def _figures(made: Rotated) -> Iterator[Message]:
    result = made.results[-1]
    assert result.rotation is not None
    found = wished(result.rotation, made.terms)
    a_week = sum(map(sum, counts(result.rotation).values()))
    yield Message(
        "rotation.figures",
        {
            "shifts": a_week,
            "mean": f"{a_week / result.weeks:.1f}",
            "extra": found.extra,
            "weekends": result.weeks - found.worked_weekend,
            "weeks": result.weeks,
            "single": found.single_day_off,
            "backward": found.backward,
        },
    )
    yield _proof(result)


def _proof(result: RotationResult) -> Message:
    values: dict[str, object] = {"points": result.points, "bound": result.bound}
    if result.status == "best":
        return Message("rotation.best", values)
    code = "not_best" if result.bound is None else "between_bound"
    return Message(f"rotation.{code}{'_stopped' if result.cancelled else ''}", values)


def _rota(made: Rotated, smallest: bool) -> Iterator[Message]:
    """The dated rota: who walks it, what the judge finds, what is missing and what it costs."""
    if made.rotation is None:
        return
    if made.rota is None:
        yield Message(
            "rotation.too_few_people", {"weeks": made.rotation.weeks, "people": len(made.asked.group)}
        )
        return
    others = [a.name for a in made.asked.group if a not in made.people]
    if smallest and others:
        yield Message("rotation.not_walking", {"people": ", ".join(others)})
    found = steps.hard(made.violations)
    yield Message("rotation.judge_found" if found else "rotation.judge_quiet", {"count": len(found)})
    for rule, times in Counter(each.rule for each in found).items():
        of_rule = [each.message for each in found if each.rule == rule]
        yield from of_rule[:MOST_OF_A_RULE]
        if times > MOST_OF_A_RULE:
            yield Message("rotation.more_findings", {"count": times - MOST_OF_A_RULE, "rule": rule})
    yield Message(
        "rotation.cover",
        {
            "missing": f"{made.missing_hours:,.1f}",
            "hours": f"{sum(shift.paid_minutes for shift in made.rota.shifts) / 60:,.0f}",
            "cost": f"{(made.cost_cents or 0) / 100:,.2f}",
            "currency": made.scenario.currency,
        },
    )


def write_rotation(made: Rotated, folder: Path | str) -> tuple[Path, ...]:
    """Write ``rotation.csv`` and, where there are people for it, ``rota.csv``; returns their paths.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    texts = {}
    if made.rota is not None:
        terms = steps.pay_terms(made.scenario)
        texts["rota.csv"] = csv_text("rota.csv", rota_frame(made.rota, made.scenario.team, terms))
    if made.rotation is not None:
        texts["rotation.csv"] = pattern_csv(made.rotation)
    return write_files(texts, folder)
