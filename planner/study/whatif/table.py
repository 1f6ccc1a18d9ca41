"""The table of all changes and their settings, for the README."""

from __future__ import annotations

from planner.study.scenario.table import line_of, rows
from planner.study.whatif.registry import CHANGES


def changes_table() -> str:
    """Every change with its settings as Markdown: setting, meaning, default, example.

    Examples
    --------
    >>> print(changes_table().splitlines()[2])
    | `bad_day` | **one day brings more contacts than expected** | | |
    """
    lines = ["| change and settings | meaning | default | example |", "| --- | --- | --- | --- |"]
    for name, change in CHANGES.items():
        what = (change.__doc__ or "").strip().splitlines()[0].removesuffix(".")
        lines.append(f"| `{name}` | **{what[:1].lower()}{what[1:]}** | | |")
        lines += [line_of(*row) for row in rows(change, f"{name}.")]
    return "\n".join(lines) + "\n"
