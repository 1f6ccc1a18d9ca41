"""Missing people in the words that stand beside go or no-go."""

from __future__ import annotations

from planner._messages import Message


def hours_text(hours: float) -> str:
    """Person-hours with one decimal; a little that is not nothing is said to be so.

    Examples
    --------
    >>> hours_text(5.0), hours_text(0.01), hours_text(0.0)
    ('5.0', 'less than 0.1', '0.0')
    """
    return f"{hours:,.1f}" if hours >= 0.05 or not hours else "less than 0.1"


def missing_beside(hours: float, bound: float | None) -> Message | None:
    """Person-hours that nobody covers, and how many every rota misses; None: nobody is missing.

    Parameters
    ----------
    hours: missing in the rota found. bound: proven minimum of any rota; None or 0: nothing is proven.

    Examples
    --------
    >>> str(missing_beside(5.0, 4.0))
    '5.0 person-hours missing, at least 4.0 in any rota'
    """
    if hours <= 0:
        return None
    values = {"hours": hours_text(hours), "bound": hours_text(bound or 0.0)}
    return Message(missing_code(bound), values)


def missing_code(bound: float | None) -> str:
    """Code of the sentence on missing people, by what is proven of it."""
    return "answers.missing" if bound else "answers.missing_unproven"
