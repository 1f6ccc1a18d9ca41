"""The sentences of an answer: what they say of a row of ``answers.csv``, as text and as HTML with places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner._messages import Message
from planner.study.paper import Html
from planner.study.report.cells import Told, joined

_BLANK = re.compile("([\ue000-\uf8ff])")
"""Signs that no text has and no language writes in its own way: each stands for one figure."""
APART = {"same": "same", "no range": "no_range", "not distinguishable": "not_apart"}
"""By verdict on a difference: how it is told; any other verdict says that it is proven."""


@dataclass(frozen=True)
class Saying:
    """A sentence whose figures stand in a table.

    Attributes
    ----------
    code: of the sentence. figures: columns by blank, those that begin with "+" with their sign.
    words: what stands in the other blanks.
    """

    code: str
    figures: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, object] = field(default_factory=dict)

    def text(self, told: Told, row: int) -> str:
        """The sentence as text."""
        values = {
            blank: told.text(row, column.removeprefix("+"), signed=column.startswith("+"))
            for blank, column in self.figures.items()
        }
        return str(Message(self.code, {**self.words, **values}))

    def html(self, told: Told, row: int) -> Html:
        """The same with the place of each figure."""
        cells = {
            blank: told.cell(row, column.removeprefix("+"), signed=column.startswith("+"))
            for blank, column in self.figures.items()
        }
        return filled(self.code, cells, self.words)


def filled(code: str, cells: Mapping[str, Html], words: Mapping[str, object]) -> Html:
    """A sentence with HTML in some of its blanks; the rest of it is escaped.

    Examples
    --------
    >>> str(filled("answer_cards.cost", {"money": Html("<b>9</b>")}, {"currency": "E&R"}))
    '<b>9</b> E&amp;R'
    """
    marks = {blank: chr(0xE000 + number) for number, blank in enumerate(cells)}
    placed = {mark: cells[blank] for blank, mark in marks.items()}
    parts = _BLANK.split(str(Message(code, {**words, **marks})))
    return joined(*(placed.get(part, part) for part in parts))


def cost_sayings(told: Told, row: int) -> Iterator[Saying]:
    """Cost a month; how it differs from today's and from the stage before, as far as that is proven."""
    words = {"currency": str(told.raw(row, "currency"))}
    yield Saying("answer_cards.cost", {"money": "cost_per_month"}, words)
    yield _change(told, row, "today", words)
    if told.raw(row, "number") > 2:
        yield _change(told, row, "step", words)


def _change(told: Told, row: int, against: str, words: Mapping[str, object]) -> Saying:
    code = APART.get(str(told.raw(row, f"{against}_verdict")), "apart")
    figures = {
        "share": f"+{against}_change_share",
        "change": f"+{against}_change_per_month",
        "low": f"+{against}_change_low_per_month",
        "high": f"+{against}_change_high_per_month",
    }
    if code == "same":
        return Saying(f"answer_cards.{against}_same")
    if code == "no_range":
        del figures["low"], figures["high"]
    del figures["change" if against == "today" else "share"]
    return Saying(f"answer_cards.{against}_{code}", figures, words)


def once_sayings(told: Told, row: int) -> Iterator[Saying]:
    """What is paid once, in all and apart; what nobody stated is said to be not stated."""
    set_up = told.known(row, "once_set_up") and told.raw(row, "once_set_up") > 0
    if not told.raw(row, "hires") and not set_up:
        return
    figures = {"money": "once_total"}
    words: dict[str, object] = {"currency": str(told.raw(row, "currency"))}
    for part in ("recruiting", "training", "equipment", *(["set_up"] if set_up else [])):
        if told.known(row, f"once_{part}"):
            figures[part] = f"once_{part}"
        else:
            words[part] = Message("answers.not_stated")
    yield Saying("answer_cards.once_and_set_up" if set_up else "answer_cards.once", figures, words)


def people_sayings(told: Told, row: int) -> Iterator[Saying]:
    """Hires and seats of a partner, and who is no longer there."""
    seats = told.known(row, "partner_seats") and told.raw(row, "partner_seats")
    if seats:
        yield Saying("answer_cards.hires_and_seats", {"hires": "hires", "seats": "partner_seats"})
    else:
        yield Saying("answer_cards.hires", {"hires": "hires"})
    if told.known(row, "leavers") and told.raw(row, "leavers"):
        yield Saying("answer_cards.leavers", {"leavers": "leavers"})


def start_sayings(told: Told, row: int, begins: str = "answer_cards.start") -> Iterator[Saying]:
    """The earliest first day, or how long after the decision that is.

    Parameters
    ----------
    begins: how the codes of both sentences begin.
    """
    if told.known(row, "earliest_day"):
        yield Saying(f"{begins}_day", {"day": "earliest_day"})
    elif told.known(row, "earliest_weeks"):
        yield Saying(f"{begins}_weeks", {"weeks": "earliest_weeks"})


def planned_sayings(told: Told, row: int) -> Iterator[Saying]:
    """The first day that the scenario says, and whether that is too soon."""
    if told.known(row, "planned_day"):
        soon = told.known(row, "earliest_day") and told.raw(row, "planned_day") < told.raw(
            row, "earliest_day"
        )
        yield Saying(f"answer_cards.{'planned_too_soon' if soon else 'planned'}", {"day": "planned_day"})
