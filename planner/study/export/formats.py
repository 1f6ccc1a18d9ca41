"""Every format in which a rota can be handed on, by name: one list for command line and page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from planner._errors import InputError
from planner._messages import Message
from planner.study.export.dossier import Dossier
from planner.study.export.made import Made, together

if TYPE_CHECKING:
    from planner.study.export.pay_month import PayMonth

ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """How files are wanted.

    Attributes
    ----------
    dialect: of rota.csv, hours.csv and hours_cost.csv: plain, it, fr, de, pt.
    split: rota.csv with a row for each local day. raw: rota.csv for machines, no cell made harmless.
    follows: folders of earlier exports or publications; people's calendars continue those.
    against: the version before, which changes are told against.
    month: payroll month of hours and payroll lines, such as 2026-04; empty: the rota's whole period.
    """

    dialect: str = "plain"
    split: bool = False
    raw: bool = False
    follows: tuple[Path, ...] = ()
    against: Dossier | None = None
    month: str = ""


class Format(NamedTuple):
    """One format.

    Attributes
    ----------
    name: as ``--format`` takes it. reader: who wants it: "hr", "people", "systems" or "payroll".
    make: makes its files.
    """

    name: str
    reader: str
    make: Callable[[Dossier, Wanted], Made]


def _csv(of: Dossier, wanted: Wanted) -> Made:
    from planner.study.export.rota_csv import rota_csv

    return rota_csv(of, wanted.dialect, wanted.split, wanted.raw)


def _xlsx(of: Dossier, wanted: Wanted) -> Made:
    from planner.study.export.workbook import rota_xlsx  # a writer of sheets comes with it

    return rota_xlsx(of)


def _calendars(of: Dossier, wanted: Wanted) -> Made:
    from planner.study.export.calendars import calendars  # a writer of calendars comes with it
    from planner.study.export.manifest import follow

    made = calendars(of, follow(wanted.follows))
    if wanted.follows or (wanted.against is None and of.rota_version == 1):
        return made
    return replace(made, notices=(*made.notices, Message("export.calendars_anew")))


def _changes(of: Dossier, wanted: Wanted) -> Made:
    from planner.study.export.changed import changed

    if wanted.against is None:
        raise InputError(Message("export.against_what"))
    return changed(of, wanted.against)


def _hours(of: Dossier, wanted: Wanted) -> Made:
    from planner.study.export.payroll import payroll

    return payroll([of], _month(of, wanted.month), wanted.dialect)


def _month(of: Dossier, named: str) -> PayMonth | None:
    """The payroll month of a name, by the plan's cut-off; none: the whole period."""
    from planner.study.export.pay_month import PayMonth

    return PayMonth.parse(named, of.payroll) if named else None


def by_template(of: Dossier, template: str, month: str = "") -> Made:
    """The file of a template.

    Parameters
    ----------
    template: a shipped one's name, or the path of one's own.
    month: payroll month of paid time, such as 2026-04; empty: the rota's whole period.
    """
    from planner.study.export.template import from_template, load_template

    return from_template(of, load_template(template), _month(of, month))


def _templated(name: str) -> Callable[[Dossier, Wanted], Made]:
    return lambda of, wanted: by_template(of, name, wanted.month)


SYSTEMS = ("deputy", "personio", "hrnest", "insightful", "payroll-lines")
"""Templates that are shipped."""

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.name: made
        for made in (
            Format("csv", "hr", _csv),
            Format("xlsx", "hr", _xlsx),
            Format("ics", "people", _calendars),
            Format("changes", "people", _changes),
            Format("hours", "payroll", _hours),
            *(Format(name, "systems", _templated(name)) for name in SYSTEMS),
        )
    }
)


def formats_table() -> str:
    """The formats as a Markdown table for the README.

    Examples
    --------
    >>> print(formats_table().splitlines()[2].split("|")[1].strip())
    `csv`
    """
    rows = [f"| `{name}` | {Message(f'export.about_{name}')} |" for name in FORMATS]
    return "\n".join(["| `--format` | what it is |", "| --- | --- |", *rows])


def make(of: Dossier, names: Sequence[str], wanted: Wanted) -> Made:
    """Files of a rota in some formats.

    Parameters
    ----------
    names: in ``FORMATS``, "all" for every format that can be made, or paths of templates (``.yaml``).
    wanted: how.

    Raises
    ------
    InputError: for names that are not known, all of them at once.
    """
    return together(make_one(of, name, wanted) for name in chosen(names, wanted))


def make_one(of: Dossier, name: str, wanted: Wanted) -> Made:
    """Files of one format, or of one's own template."""
    return FORMATS[name].make(of, wanted) if name in FORMATS else by_template(of, name, wanted.month)


def chosen(names: Sequence[str], wanted: Wanted) -> tuple[str, ...]:
    """The formats that are asked for, each once; "all" means every one that can be made.

    Raises
    ------
    InputError: for names that are not known, all of them at once; for two that write the same file.

    Examples
    --------
    >>> chosen(["csv", "all"], Wanted())[:3]
    ('csv', 'xlsx', 'ics')
    """
    unknown = [name for name in names if name not in {ALL, *FORMATS} and not _is_template(name)]
    if unknown:
        raise InputError(*(_unknown(name) for name in dict.fromkeys(unknown)))
    found: list[str] = []
    for name in names:
        found += [each for each in FORMATS if possible(each, wanted)] if name == ALL else [name]
    if any(_is_template(name) for name in names):
        from planner.study.export.same_file import refuse_same_file

        refuse_same_file(tuple(dict.fromkeys(found)))
    return tuple(dict.fromkeys(found))


def idle_options(names: Sequence[str], wanted: Wanted) -> tuple[Message, ...]:
    """What is asked for that changes none of the files: an option and the formats that it is for.

    Parameters
    ----------
    names: formats that are made. wanted: how.

    Examples
    --------
    >>> print(*idle_options(["xlsx"], Wanted(split=True)))
    --split changes none of these files: it is for csv
    """
    given = (
        ("--dialect", wanted.dialect != "plain", ("csv", "hours")),
        ("--split", wanted.split, ("csv",)),
        ("--raw", wanted.raw, ("csv",)),
        ("--month", bool(wanted.month), ("hours", "payroll-lines")),
        ("--against", wanted.against is not None, ("changes",)),
    )
    monthly = any(_is_template(name) for name in names)  # it may have rows of paid time
    return tuple(
        Message("export.idle_option", {"option": option, "formats": ", ".join(formats)})
        for option, asked, formats in given
        if asked and not {*formats} & {*names} and not (option == "--month" and monthly)
    )


def possible(name: str, wanted: Wanted) -> bool:
    """Whether a format can be made of what is given: changes need a version before."""
    return name != "changes" or wanted.against is not None


def _is_template(name: str) -> bool:
    return Path(name).suffix.lower() in {".yaml", ".yml"}


def _unknown(name: str) -> Message:
    near = get_close_matches(name, [*FORMATS, ALL], 1)
    known = ", ".join([*FORMATS, ALL])
    return Message(
        "export.unknown_near" if near else "export.unknown",
        {"name": name, "near": "".join(near), "known": known},
    )
