"""Figures of an answer as people read them: with unit and range, in the language of the visit."""

from __future__ import annotations

from typing import Any

from planner._messages import spoken_value
from planner._values import percent_text, wait_text
from planner.study import asked_view
from planner.ui import parts
from planner.ui.words import listen, plain, t


def value(text: str) -> str:
    """Days, hours or a name of a file, every sign as it is."""
    listen()
    return plain(spoken_value(text))


def wait(seconds: float | None) -> str:
    """A wait in at most two units, or that it is not known."""
    return t("asked.unknown") if seconds is None else value(wait_text(seconds))


def share(of_one: float | None) -> str:
    """A share in percent; a dash where it is not known."""
    return "–" if of_one is None else f"{value(percent_text(of_one))} %"


def between(low: float | None, high: float | None, decimals: int = 0) -> str:
    """Two ends of a range; a dash where they are not known."""
    if low is None or high is None:
        return "–"
    return f"{parts.number(low, decimals)} – {parts.number(high, decimals)}"


def change(amount: float, currency: str) -> str:
    """Money more or less than today, with its sign; a zero has none."""
    listen()
    whole = round(amount) + 0
    return f"{spoken_value(f'{whole:+,}') if whole else '0'} {currency}"


def change_range(low: float | None, high: float | None, currency: str) -> str:
    """What is proven of a change of money, in words."""
    word = asked_view.change_word(low, high).replace(" ", "_")
    if low is None or high is None:
        return t(f"asked.change_{word}")
    return t(f"asked.change_{word}", low=change(low, currency), high=change(high, currency))


def most_and_mean(row: dict[str, Any], name: str) -> str:
    """What a month asks of a person: the most of one, and the mean of those who have any."""
    most, mean = row[f"{name}_most_a_month"], row[f"{name}_mean_a_month"]
    return t("asked.most_mean", most=parts.number(most, 1), mean=parts.number(mean, 1))
