"""Why not? What a plan misses and why, which rules clash, what must fail, and the cheapest changes."""

from planner.study.why.findings import Finding, WhyNot, why_not
from planner.study.why.patterns import Pattern, patterns

__all__ = ["Finding", "Pattern", "WhyNot", "patterns", "why_not"]
