"""Words of the pages, from the same catalogue as every other sentence."""

from __future__ import annotations

from planner._messages import Message, render


def t(code: str, **values: object) -> str:
    """A sentence of the pages by its short code: ``t("start.title")`` is ``ui.start.title``."""
    return render(Message(f"ui.{code}", values))
