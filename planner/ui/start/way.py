"""Which way in was taken last: its mistakes are said beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from planner._errors import PlannerError
from planner.ui import state

_WAY = "start-way"
Asked = ParamSpec("Asked")


def on_the_way(way: str) -> Callable[[Callable[Asked, object]], Callable[Asked, None]]:
    """A click on one of the ways in; its mistakes are kept until ``say_mistakes_of`` that way."""

    def wrap(does: Callable[Asked, object]) -> Callable[Asked, None]:
        @wraps(does)
        def click(*args: Asked.args, **kwargs: Asked.kwargs) -> None:
            try:
                does(*args, **kwargs)
            except PlannerError as error:
                state.keep(_WAY, way)
                state.say_mistakes(error.messages)

        return click

    return wrap


def say_mistakes_of(way: str = "") -> None:
    """Show the mistakes of the last click if it was on this way; "": those of nothing that was clicked."""
    if (state.typed(_WAY) or "") == way:
        state.keep(_WAY, None)
        state.show_mistakes()
