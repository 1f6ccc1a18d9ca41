"""What is being typed of a forecast's tables, kept until it is saved or reset.

It is kept while another section or page shows, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.study import Scenario, asks_form, workspace
from planner.ui import state


@dataclass(frozen=True)
class Draft:
    """A form under way.

    Attributes
    ----------
    key: of this stage as its files are. version: editors of another version start anew.
    base: what the editors started from; their edits match by position of the row, so it never changes alone.
    typed: what they hold.
    """

    key: str
    version: int
    base: asks_form.AsksForm
    typed: asks_form.AsksForm

    def widget(self, name: str) -> str:
        """Key of an editor."""
        return f"{self.key}-{self.version}-{name}"


def draft_of(of: state.Work, file: str, scenario: Scenario) -> Draft:
    """The form under way of a stage; editors that were away start again from what they held."""
    key = f"asks-{of.id}-{workspace.fingerprint(of.folder, (file,))}"
    found = state.typed(key)
    if not isinstance(found, Draft):
        form = asks_form.rows_of(scenario)
        return _keep(Draft(key, 0, form, form))
    if state.typed(found.widget("events")) is None:
        return start_from(found, found.typed)
    return found


def keep_typed(draft: Draft, typed: asks_form.AsksForm) -> None:
    """Remember what the editors hold."""
    _keep(Draft(draft.key, draft.version, draft.base, typed))


def start_from(draft: Draft, form: asks_form.AsksForm) -> Draft:
    """The editors anew, with other content."""
    return _keep(Draft(draft.key, draft.version + 1, form, form))


def forget(draft: Draft) -> None:
    """Nothing is under way any more."""
    state.keep(draft.key, None)


def _keep(draft: Draft) -> Draft:
    state.keep(draft.key, draft)
    return draft
