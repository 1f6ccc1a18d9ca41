"""Tables, lists and paragraphs as HTML; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already, made of the pieces here: it is not escaped again."""


def table(
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    numbers: Sequence[int] = (),
    marks: Sequence[str] = (),
    kind: str = "",
) -> str:
    """A table with a head; "" without rows.

    Parameters
    ----------
    numbers: columns that are aligned to the right. marks: a class for each row, such as "go".
    kind: class of the table, for its style.

    Examples
    --------
    >>> table(["queue", "people"], [["<e-mail>", 2]], numbers=[1])
    '<table><thead><tr><th>queue</th><th class="n">people</th></tr></thead><tbody><tr><td>&lt;e-mail&gt;</td><td class="n">2</td></tr></tbody></table>'
    """  # noqa: E501
    body = []
    for number, row in enumerate(rows):
        cells = "".join(f"<td{_right(place, numbers)}>{_text(cell)}</td>" for place, cell in enumerate(row))
        mark = f' class="{escape(marks[number])}"' if number < len(marks) and marks[number] else ""
        body.append(f"<tr{mark}>{cells}</tr>")
    if not body:
        return ""
    heads = "".join(f"<th{_right(place, numbers)}>{_text(cell)}</th>" for place, cell in enumerate(head))
    of = f' class="{escape(kind)}"' if kind else ""
    return f"<table{of}><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _right(place: int, numbers: Sequence[int]) -> str:
    return ' class="n"' if place in numbers else ""


def _text(value: object) -> str:
    return value if isinstance(value, Html) else escape("" if value is None else str(value))


def bullets(lines: Iterable[object]) -> str:
    """A list; "" without lines.

    Examples
    --------
    >>> bullets(["a & b"])
    '<ul><li>a &amp; b</li></ul>'
    """
    items = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def paragraphs(lines: Iterable[object], kind: str = "") -> str:
    """Paragraphs, each of one line.

    Parameters
    ----------
    kind: class of each, such as "small" or "first".

    Examples
    --------
    >>> paragraphs(["one", "two"])
    '<p>one</p><p>two</p>'
    """
    of = f' class="{escape(kind)}"' if kind else ""
    return "".join(f"<p{of}>{_text(line)}</p>" for line in lines)
