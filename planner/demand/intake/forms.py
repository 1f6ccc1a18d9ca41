"""The forms of a file's columns, settled from its first rows before any row is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.demand.intake.columns import SAMPLE, Evidence, Form, Settler, StampColumn
from planner.demand.intake.durations import DurationColumn
from planner.demand.intake.entries import Batch
from planner.demand.intake.gate import refuse
from planner.demand.intake.stamps import ORDERS, read_stamp
from planner.demand.profiles import Layout

_NUMBERS = ("epoch seconds", "epoch milliseconds", "days since 1900")


@dataclass(frozen=True)
class Forms:
    """Readers of the columns of stamps and durations; None where the file has no such column.

    Attributes
    ----------
    form: the form of the creation stamps, with what settled it.
    reply: first replies are stamps in some exports and durations in others.
    """

    form: Form
    stamp: StampColumn
    aht: DurationColumn | None
    solved: StampColumn | None
    reply: StampColumn | DurationColumn | None


def forms_of(batches: Iterable[Batch], layout: Layout, name: str) -> Forms:
    """Settle every column; no more is read of the file than that takes.

    Raises
    ------
    HistoryError: no row, or none that can be used; no stamps; day and month unclear or contradictory.
    """
    settler = Settler(name, layout.day_first)
    sample: dict[str, list[Evidence]] = {"aht": [], "solved": [], "first_reply": []}
    used = unused = 0
    settled = False
    for batch in batches:
        for key, cells in sample.items():
            cells += [cell for cell in _cells(batch, key) if cell.text.strip()][: SAMPLE - len(cells)]
        unused += len(batch.problems)
        used += len(batch.lines) - len(batch.problems)
        settled = settled or any(settler.look(cell) for cell in _cells(batch, "stamp"))
        if settled:
            break
    if not used:
        code = "no_objects" if layout.profile == "zendesk-json" else "no_whole_rows"
        raise refuse(code if unused else "no_rows", name, rows=unused)
    form = settler.settle()
    reply: StampColumn | DurationColumn | None = _later_stamps(sample["first_reply"], form)
    if reply is None and "first_reply" in layout.columns:
        reply = _durations(sample["first_reply"], layout, "first_reply")
    return Forms(
        form=form,
        stamp=StampColumn(form),
        aht=_durations(sample["aht"], layout, "aht"),
        solved=_later_stamps(sample["solved"], form),
        reply=reply,
    )


def _cells(batch: Batch, key: str) -> Iterator[Evidence]:
    for index, (line, text) in enumerate(zip(batch.lines, batch.cells.get(key, ()), strict=False)):
        if index not in batch.problems:
            yield Evidence(batch.record + index, line, text)


def _durations(cells: list[Evidence], layout: Layout, key: str) -> DurationColumn | None:
    titles = layout.columns.get(key, ())
    unit = layout.aht_unit if key == "aht" else layout.reply_unit
    column = DurationColumn(unit, titles[0] if titles else "", layout.decimal_comma)
    for cell in cells:
        column.look(cell)
    return column


def _later_stamps(cells: list[Evidence], created: Form) -> StampColumn | None:
    """A column of stamps beside that of the creation; one program writes days and months in one order.

    Plain numbers are stamps only where the creation is one too: a first reply of 48600 is seconds, no day.
    """
    texts = [cell.text for cell in cells]
    if not texts:
        return None
    orders = [created.order, *(order for order in ORDERS if order not in _NUMBERS and "first" not in order)]
    readable = {order: sum(read_stamp(text, order) is not None for text in texts) for order in orders}
    best = max(orders, key=lambda order: readable[order])
    return StampColumn(Form(best)) if 2 * readable[best] > len(texts) else None
