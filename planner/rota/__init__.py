"""The nouns of scheduling: shifts, tours, cover, cost; no solver, no rules."""

from planner.rota.shifts import Kind, Option, Rota, Shift, ShiftType, Status

__all__ = ["Kind", "Option", "Rota", "Shift", "ShiftType", "Status"]
