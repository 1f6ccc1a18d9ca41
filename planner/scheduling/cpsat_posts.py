"""Posts in the CP-SAT model: people missing and people too many on each post and day."""

from __future__ import annotations

from planner.requirement import Need
from planner.scheduling.cpsat_variables import Literal, Variables
from planner.scheduling.post_rows import PostRows

POSTS, POST_HOURS = "posts", "post hours"
"""Cost of people missing on posts, and the same at the price of missing people by the hours of the shifts."""


def add_posts(variables: Variables, need: Need, missing_cents: int) -> None:
    """Count everyone who takes a post's shift, and price the difference."""
    rows = PostRows.of(need)
    if not len(rows):
        return
    by_hours = rows.hours_only(missing_cents)
    there: list[list[Literal]] = [[] for _row in range(len(rows) + 1)]
    for p, person in enumerate(variables.people):
        for d, day in enumerate(person.days):
            for c, on in enumerate(rows.marks(day, person.posts)):
                for row in on.tolist():
                    there[row].append(variables.taken(p, d, c))
    for row, literals in enumerate(there[:-1]):
        required, most = int(rows.required[row]), len(variables.people)
        missing = variables.model.new_int_var(0, max(required, 0), "")
        extra = variables.model.new_int_var(0, most, "")
        variables.model.add(sum(literals) + missing - extra == required)
        variables.cost(POSTS, int(rows.missing_cents[row]), missing)
        variables.count(POST_HOURS, int(by_hours.missing_cents[row]), missing)
        if rows.extra_cents[row]:
            variables.cost("extra", int(rows.extra_cents[row]), extra)
