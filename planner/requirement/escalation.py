"""The second tier: how often whoever is on call is busy already when a contact needs them."""

from __future__ import annotations

from planner.requirement.erlang import blocking
from planner.requirement.mistakes import agents_mistakes, load_mistakes, refuse


def on_call_busy(load: float, people: int = 1) -> float:
    """Chance that an escalated contact finds everybody on call with another one.

    One person with a erlang of escalations is busy with chance a / (1 + a): those who come meanwhile
    are taken elsewhere or called back, so that none queues up (Erlang B). With several people on call,
    the chance that all are busy.

    Parameters
    ----------
    load: escalated contacts per hour x hours that one takes, in erlang. people: on call at once.

    Raises
    ------
    ValueTextError: numbers that cannot be, all of them at once.

    Examples
    --------
    >>> on_call_busy(0.25), round(on_call_busy(0.25, 2), 4)
    (0.2, 0.0244)
    """
    refuse(load_mistakes(load) + agents_mistakes(people))
    return blocking(load, people)
