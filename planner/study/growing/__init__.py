"""Hiring ahead: when whom to hire as demand grows and people leave, and when a backlog is gone."""

from __future__ import annotations

from planner.study.growing.dates import Earliest, OneOff, earliest, one_off

__all__ = ["Earliest", "OneOff", "earliest", "one_off"]
