"""A year of clock changes: every hole and double cover by date, and the shifts that are longer or shorter."""

from planner.study.year.audit import Finding, YearAudit, year

__all__ = ["Finding", "YearAudit", "year"]
