"""Rows of paid time, of the same pieces of work from which ``hours.csv`` is added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.study.export.pay_window import Window
from planner.study.export.template_model import Template
from planner.study.export.template_rows import Line
from planner.study.hours_columns import BUCKETS


def paid_of(windows: Sequence[Window], template: Template) -> tuple[Line, ...]:
    """One row per person, day and code of hours.

    Parameters
    ----------
    windows: a payroll month across plans, or the periods of these.
    template: its codes; rows of one person and day with the same are added up.
    """
    buckets = tuple(BUCKETS)
    found: dict[tuple[object, ...], Line] = {}
    order: dict[tuple[object, ...], tuple[int, date, int]] = {}
    for window in windows:
        for place, name in enumerate(window.plans.people):
            agent = replace(window.agent(name), payroll_id=window.plans.payroll_id(name))
            site = window.site(name)
            for piece in window.pieces[name]:
                codes = _codes(piece.bucket, template)
                if codes is None or not piece.minutes:
                    continue
                key = (name, piece.day, *codes)
                rank = (place, piece.day, buckets.index(piece.bucket))
                order[key] = min(rank, order.get(key, rank))
                before = found.get(key)
                if before is None:
                    found[key] = Line(
                        *(agent, site, site.zone, piece.day, piece.minutes),
                        bucket=piece.bucket,
                        number=piece.plan,
                    )
                else:
                    found[key] = replace(before, minutes=before.minutes + piece.minutes)
    return tuple(found[key] for key in sorted(found, key=order.__getitem__))


def _codes(bucket: str, template: Template) -> tuple[str, ...] | None:
    """What tells paid time of a kind from others of the day; None: an empty code leaves it out."""
    found = []
    for column in template.columns:
        if "bucket" in column.fields:
            code = column.codes.get(bucket, bucket if column.otherwise is None else column.otherwise)
            if not code:
                return None
            found.append(code)
    return tuple(found)
