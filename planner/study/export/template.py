"""A rota in the file of another system, whose layout a template says: shipped ones, or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from planner._errors import InputError
from planner._messages import Message
from planner.study.export.dossier import Dossier
from planner.study.export.made import Made
from planner.study.export.pay_month import PayMonth
from planner.study.export.template_model import Template
from planner.study.export.template_reading import read_template
from planner.study.export.template_writing import paid_written, written

_FOLDER = files("planner").joinpath("study", "export", "templates")
TEMPLATES = tuple(
    sorted(entry.name.removesuffix(".yaml") for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml"))
)
"""Names of the templates that are shipped."""


def load_template(source: Path | str) -> Template:
    """A template by name, or from a file of one's own.

    Parameters
    ----------
    source: one of ``TEMPLATES``, or a path that ends in .yaml or .yml.

    Raises
    ------
    InputError
        With all mistakes, each with its place.

    Examples
    --------
    >>> load_template("deputy").file
    'deputy.csv'
    """
    if isinstance(source, str) and source in TEMPLATES:
        return read_template(template_text(source), f"{source}.yaml")
    path = Path(source)
    if path.suffix.lower() in {".yaml", ".yml"}:
        return read_template(path, str(source))
    near = get_close_matches(str(source), TEMPLATES, 1, 0.0)[0]
    values = {"name": str(source), "near": near, "known": ", ".join(TEMPLATES)}
    raise InputError(Message("template.no_template", values))


def template_text(name: str) -> str:
    """The text of a shipped template, to start one's own from.

    Examples
    --------
    >>> template_text("deputy").splitlines()[0]
    'title: Deputy, schedules to import in bulk'
    """
    return _FOLDER.joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def from_template(of: Dossier, template: Template, month: PayMonth | None = None) -> Made:
    """The file that a template makes of a rota.

    People whose data are missing, or cannot be written in the template's encoding or width, are left out of
    the file and named in ``lacking``; what its readers should know stands in ``notices``. Where that leaves
    nobody there is no file.

    Parameters
    ----------
    month: whose paid time it is, in rows of it; None: that of the rota's whole period.
    """
    return written(of, template, month)


def paid_from_template(of: Sequence[Dossier], template: Template, month: PayMonth | None = None) -> Made:
    """The file that a template with ``rows: pay`` makes of plans that together have a payroll month.

    Parameters
    ----------
    month: None: the whole period of each plan.

    Raises
    ------
    InputError
        As for ``hours.csv``: if the plans contradict each other, or have no day of the month.
    """
    return paid_written(of, template, month)
