"""The first page: today, one line a stage, what would mend a no-go, and what going back costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from planner._messages import Message
from planner.study.paper import Html, paragraphs, table
from planner.study.report.cells import DASH, Told, joined, lined
from planner.study.report.sayings import (
    cost_sayings,
    once_sayings,
    people_sayings,
    planned_sayings,
    start_sayings,
)

MARKS = {"go": "go", "no-go": "nogo"}
NOBODY: Mapping[int, Html] = MappingProxyType({})
LOADS = ("early", "late", "nights", "weekends")


def say(code: str, **values: object) -> str:
    """A sentence or heading of the report."""
    return str(Message(f"report.{code}", values))


def today_html(today: Told) -> str:
    """Who comes while today's desk is closed, and how long they wait."""
    rows = []
    for row in range(len(today)):
        rows.append(
            [
                today.text(row, "queue") if today.known(row, "queue") else say("all_queues"),
                coming(today, row),
                today.cell(row, "wait_median_seconds"),
                today.cell(row, "wait_p90_seconds"),
                today.cell(row, "lost_per_week"),
                joined(today.cell(row, "closed_hours_per_week"), " h"),
            ]
        )
    heads = ("queue", "closed_contacts", "median", "nine", "lost", "closed_hours")
    return table([say(f"head_{name}") for name in heads], rows, range(1, len(heads)))


def coming(told: Told, row: int) -> Html:
    """Contacts a week with their range and share."""
    return joined(
        told.cell(row, "contacts_per_week"),
        " (",
        told.cell(row, "contacts_low_per_week"),
        "–",
        told.cell(row, "contacts_high_per_week"),
        "), ",
        told.cell(row, "share_of_week"),
    )


def answers_html(answers: Told, missing: Mapping[int, Html] = NOBODY) -> str:
    """One line a stage: hours, who comes, what they get, what it takes, go or no-go and people missing.

    Parameters
    ----------
    missing: what is said of people missing, by number of the stage.
    """
    rows, marks = [], []
    for row in range(len(answers)):
        if answers.known(row, "queue"):
            continue  # of one queue: below
        rows.append(_answer(answers, row, missing.get(int(answers.raw(row, "number")))))
        marks.append(MARKS.get(str(answers.raw(row, "answer")), ""))
    heads = ("stage", "opens", "contacts", "wait", "hires", "cost", "load", "go")
    return table([say(f"head_{name}") for name in heads], rows, marks=marks, kind="answers")


def _answer(told: Told, row: int, missing: Html | None) -> list[object]:
    new = told.known(row, "block")
    beside = () if missing is None else ("; ", missing)
    return [
        joined(told.cell(row, "number"), ". ", told.cell(row, "stage")),
        told.cell(row, "block") if new else say("no_new_hours"),
        coming(told, row) if new else DASH,
        _wait(told, row) if new else DASH,
        lined(*(each.html(told, row) for each in people_sayings(told, row)), *_earliest(told, row)),
        lined(*(each.html(told, row) for each in (*cost_sayings(told, row), *once_sayings(told, row)))),
        lined(*_load(told, row)),
        joined(told.cell(row, "answer"), ": ", told.cell(row, "why"), *beside),
    ]


def _earliest(told: Told, row: int) -> Iterator[Html]:
    """The first day, or how long after the decision that is; the day that is planned."""
    for saying in (*start_sayings(told, row, "report.earliest"), *planned_sayings(told, row)):
        yield saying.html(told, row)


def _wait(told: Told, row: int) -> Html:
    """Half and nine of ten, before and after; those who are lost before have no wait."""
    lines = []
    for prefix in ("before", "after"):
        parts: list[object] = [f"{say(prefix)} ", told.cell(row, f"{prefix}_wait_median_seconds")]
        parts += [f"; {say('nine_short')} ", told.cell(row, f"{prefix}_wait_p90_seconds")]
        if told.known(row, f"{prefix}_lost_share") and told.raw(row, f"{prefix}_lost_share"):
            parts += ["; ", told.cell(row, f"{prefix}_lost_share"), f" {say('lost_of_them')}"]
        lines.append(joined(*parts))
    return lined(*lines)


def _load(told: Told, row: int) -> Iterator[Html]:
    """What the rota asks of people: most and mean a month, of those who have any."""
    for name in LOADS:
        if told.known(row, f"{name}_people") and told.raw(row, f"{name}_people"):
            most = told.cell(row, f"{name}_most_per_month")
            mean = told.cell(row, f"{name}_mean_per_month")
            yield joined(f"{say(f'load_{name}')} ", most, f" ({say('mean')} ", mean, ")")


def queues_html(answers: Told) -> str:
    """The same by queue, where a stage opens more than one."""
    rows = []
    for row in range(len(answers)):
        if answers.known(row, "queue"):
            stage = joined(answers.cell(row, "number"), ". ", answers.cell(row, "stage"))
            rows.append([stage, answers.cell(row, "queue"), coming(answers, row), _wait(answers, row)])
    return table([say(f"head_{name}") for name in ("stage", "queue", "contacts", "wait")], rows)


def gates_html(gates: Told) -> str:
    """Every gate with its finding."""
    rows, marks = [], []
    for row in range(len(gates)):
        stage = joined(gates.cell(row, "number"), ". ", gates.cell(row, "stage"))
        rows.append([gates.cell(row, "answer"), stage, gates.cell(row, "finding")])
        marks.append(MARKS.get(str(gates.raw(row, "answer")), ""))
    return table([say(f"head_{name}") for name in ("go", "stage", "finding")], rows, marks=marks)


def fixes_html(mending: Told) -> str:
    """What would mend a gate that fails: what, cost, earliest date, promise, how it was checked."""
    rows, marks = [], []
    for row in range(len(mending)):
        passes = str(mending.raw(row, "passes")) == "yes"
        left = (
            mending.cell(row, "still_failing") if mending.known(row, "still_failing") else say("none_fails")
        )
        rows.append(
            [
                joined(mending.cell(row, "number"), ". ", mending.cell(row, "stage")),
                mending.cell(row, "what"),
                joined(*_change(mending, row)),
                joined(*_when(mending, row)),
                joined(mending.cell(row, "passes"), ": ", left),
                mending.cell(row, "checked"),
            ]
        )
        marks.append("go" if passes else "nogo")
    heads = ("stage", "what", "cost_change", "earliest", "all_gates", "checked")
    return table([say(f"head_{name}") for name in heads], rows, marks=marks)


def _when(mending: Told, row: int) -> Iterator[object]:
    if mending.known(row, "earliest"):
        yield mending.cell(row, "earliest")
    else:
        yield mending.cell(row, "weeks_from_decision")
        yield f" {say('weeks_after')}"


def _change(mending: Told, row: int) -> Iterator[object]:
    yield mending.cell(row, "cost_change_a_month", signed=True)
    if mending.known(row, "cost_change_low_a_month") and mending.known(row, "cost_change_high_a_month"):
        yield f" ({say('proven')} "
        yield mending.cell(row, "cost_change_low_a_month", signed=True)
        yield f" {say('to')} "
        yield mending.cell(row, "cost_change_high_a_month", signed=True)
        yield ")"


def _contracts(back: Told, row: int) -> Html:
    """How many contracts stay, and what they cost a month; a dash where nobody came with the stage."""
    if not back.raw(row, "contracts"):
        return Html(DASH)
    return joined(back.cell(row, "contracts"), ": ", back.cell(row, "contracts_cost_per_month"))


def back_html(back: Told) -> str:
    """What going back to the stage before would cost."""
    rows = []
    for row in range(len(back)):
        rows.append(
            [
                joined(
                    back.cell(row, "number"), ". ", back.cell(row, "stage"), " → ", back.cell(row, "back_to")
                ),
                back.cell(row, "saved_per_month"),
                _contracts(back, row),
                back.cell(row, "owed_over_notice"),
                back.cell(row, "sunk_once"),
                coming(back, row) if back.known(row, "closes_again") else DASH,
                back.cell(row, "again_wait_p90_seconds"),
            ]
        )
    heads = ("back", "saved", "contracts", "owed", "sunk", "waiting_again", "nine")
    made = table([say(f"head_{name}") for name in heads], rows, [1, 3, 4])
    assumed = [back.text(row, "assumptions") for row in range(len(back)) if back.known(row, "assumptions")]
    return made + paragraphs(dict.fromkeys(assumed), "small")
