"""Posts of a scenario as part of its need, and the file that tells who fills them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from planner.clock import PublicHolidays
from planner.requirement import Need, Post, renamed
from planner.study.missing_price import missing_cents
from planner.study.post_columns import POST_COLUMNS
from planner.study.steps import pay_terms

if TYPE_CHECKING:
    import pandas as pd

    from planner.rota import Cover, Rota
    from planner.study.scenario import Scenario


def with_posts(need: Need, scenario: Scenario) -> Need:
    """The need with the posts that the scenario states, if it states any."""
    posts = posts_of(scenario)
    return renamed(replace(need, posts=posts)) if posts else need


def posts_of(scenario: Scenario) -> tuple[Post, ...]:
    """The posts of a scenario, a line each.

    Somebody missing costs what the line says, else the paid hours of the shift at the price of a missing
    hour; somebody too many costs something only on the days of the line.
    """
    if not scenario.said.posts:
        return ()
    hour = missing_cents(scenario, pay_terms(scenario)) * 60 / scenario.interval_minutes
    period = [scenario.first_day + timedelta(days=index) for index in range(scenario.days)]
    holidays = PublicHolidays(scenario.public_holidays).days_between(period[0], period[-1])
    kinds = {kind.name: kind for kind in scenario.shift_types}
    found = []
    for line in scenario.said.posts:
        hours = kinds[line.shift].paid_minutes / 60
        asked = np.array(
            [
                day.weekday() in line.days.weekdays or (line.days.public_holidays and day in holidays)
                for day in period
            ],
            np.int64,
        )
        missing = round(hour * hours) if line.missing is None else round(100 * line.missing)
        name = f"{line.people} on {line.shift}" + (f" for {' + '.join(line.queues)}" if line.queues else "")
        found.append(
            Post(
                name=name,
                shift=line.shift,
                required=line.people * asked,
                missing_cents=np.full(len(period), missing),
                extra_cents=round(100 * line.extra) * asked,
                hours=hours,
                queues=frozenset(line.queues),
            )
        )
    return tuple(found)


def posts_frame(need: Need, cover: Cover, rota: Rota) -> pd.DataFrame:
    """Rows of ``posts.csv``: the posts of each day on which they say something."""
    import pandas as pd

    rows = [
        {
            "day": rota.first_day + timedelta(days=day),
            "post": post.name,
            "shift": post.shift,
            "required": int(post.required[day]),
            "on_duty": int(people[day]),
            "missing": max(0, int(post.required[day] - people[day])),
            "extra": max(0, int(people[day] - post.required[day])),
        }
        for day in range(rota.days)
        for post, people in zip(need.posts, cover.posts, strict=True)
        if post.required[day] or post.extra_cents[day]
    ]
    return pd.DataFrame(rows, columns=[column.name for column in POST_COLUMNS["posts.csv"][1:]])
