"""The verb that hands a rota on to HR, payroll and people."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from planner._errors import InputError
from planner._messages import LANGUAGES, Listed, Message, speaking
from planner.cli.verb import DONE, FINDINGS, Verb, say

if TYPE_CHECKING:
    from planner.study.export import Dossier, Made, Wanted


DIALECT_NAMES = ("plain", "it", "fr", "de", "pt")
"""As ``study.export.dialect`` has them, which is slow to load."""
_REMEDIES = {"file": "--people", "option": "--rest"}


def _export(args: argparse.Namespace) -> int:
    from planner.study import refuse_folder
    from planner.study.export import make, open_dossier
    from planner.study.export.formats import chosen, idle_options

    folder, out = Path(args.plan), Path(args.out or Path(args.plan, "export"))
    refuse_folder(out)
    refuse_plan(out)
    with speaking(args.language):
        if args.zip and args.format:
            raise InputError(Message("export.zip_has_all", {"zip": "--zip", "format": "--format"}))
        if args.zip:
            refuse_file(Path(args.zip))
        (of,) = complete([open_dossier(folder, Path(args.rota) if args.rota else None)], args.people)
        say_unjudged([of])
        if args.zip:
            return _zip(args, of, folder, out)
        names, wanted = args.format or ["all"], _wanted(args, of, folder, out)
        for line in idle_options(chosen(names, wanted), wanted):
            say(line)
        if "all" in names:
            return _all(args, of, names, wanted, out)
        made = make(of, names, wanted)
    return deliver(made, out, args.rest)


def _all(args: argparse.Namespace, of: Dossier, names: list[str], wanted: Wanted, out: Path) -> int:
    """Every format that can be made; those that cannot are told, and so is what they lack."""
    from planner.study.export.whole import each_apart

    made, absent = each_apart(of, names, wanted, args.rest)
    _write(made, out)
    if absent:
        say(Message("export.not_made", {"formats": ", ".join(absent), **_REMEDIES}))
    return FINDINGS if absent else DONE


def _zip(args: argparse.Namespace, of: Dossier, folder: Path, out: Path) -> int:
    """The plan and every file for HR in one file."""
    from planner._files import write_atomic
    from planner.study.export.manifest import MANIFEST_FILE
    from planner.study.export.whole import plan_zip

    packed, made = plan_zip(folder, of, _wanted(args, of, folder, out), args.rest)
    write_atomic(Path(args.zip), packed)
    print(Message("export.written", {"file": args.zip}))
    if MANIFEST_FILE in made.files:  # the next export goes on from the calendars in this ZIP
        out.mkdir(parents=True, exist_ok=True)
        write_atomic(out / MANIFEST_FILE, made.files[MANIFEST_FILE])
    for line in (*made.lacking, *made.notices, Message("export.zip_holds_pay")):
        say(line)
    return DONE


def refuse_plan(out: Path) -> None:
    """Files of an export do not go among those of a plan, some of which have the same names."""
    from planner.study.export.dossier import RECORD

    if (out / RECORD).exists():
        raise InputError(Message("export.over_plan", {"folder": str(out), "better": str(out / "export")}))


def refuse_file(target: Path) -> None:
    """A ZIP does not replace a file of a plan."""
    from planner.study.export.dossier import RECORD, own_files

    if (target.parent / RECORD).exists() and target.name in own_files(target.parent):
        better = str(target.parent / "plan.zip")
        raise InputError(Message("export.over_file", {"file": str(target), "better": better}))


def say_unjudged(dossiers: list[Dossier]) -> None:
    """Say of rotas that were changed since they were solved that nobody judged them."""
    for name in dict.fromkeys(of.scenario for of in dossiers if not of.judged):
        say(Message("export.not_judged", {"scenario": name}))


def complete(dossiers: list[Dossier], file: str) -> list[Dossier]:
    """Rotas with the personal data of a file, if one is given."""
    from planner.study.export.completed import completed

    if not file:
        return dossiers
    try:
        data = Path(file).read_bytes()
    except OSError as problem:
        values = {"file": file, "why": problem.strerror or "?"}
        raise InputError(Message("files.unreadable", values)) from problem
    found, notices = completed(dossiers, data, file)
    for line in notices:
        say(line)
    return [*found]


def deliver(made: Made, out: Path, rest: bool) -> int:
    """Write files and say what whoever uses them should know.

    Parameters
    ----------
    rest: also if people are left out of them.

    Raises
    ------
    InputError: naming everybody of whom something is missing, unless the rest is wanted.
    """
    if made.lacking and not rest:
        raise InputError(*made.lacking, Message("export.ask_for_rest", _REMEDIES))
    _write(made, out)
    return DONE if made.files else FINDINGS


def _write(made: Made, out: Path) -> None:
    from planner.study.export import write_made
    from planner.study.export.writing import left_behind

    for path in write_made(made, out) if made.files else ():
        print(Message("export.written", {"file": str(path)}))
    for line in (*made.lacking, *made.notices):
        say(line)
    older = left_behind(made, out)
    if older:
        say(Message("calendars.left_behind", {"files": Listed(older), "folder": str(out)}))


def _wanted(args: argparse.Namespace, of: Dossier, folder: Path, out: Path) -> Wanted:
    """Options as the formats take them."""
    from planner.study.export import Wanted

    follows = _told_by(args, folder, out)
    older = _older(folder, Path(args.against)) if args.against else None
    return Wanted(args.dialect, args.split, args.raw, follows, older, args.month or "")


def _older(folder: Path, against: Path) -> Dossier:
    """The version before: a plan's folder, or a rota with the people of its own plan or of this one."""
    from planner.study.export import open_dossier
    from planner.study.export.staff import STAFF

    if against.is_dir():
        return open_dossier(against)
    if (against.parent / STAFF).exists():  # who has left since is still in it
        return open_dossier(against.parent, against)
    try:
        return open_dossier(folder, against)
    except InputError as problem:
        raise InputError(*problem.messages, Message("export.against_folder")) from problem


def _told_by(args: argparse.Namespace, folder: Path, out: Path) -> tuple[Path, ...]:
    """Folders that people's calendars were made for: the one named, and where this goes and comes from."""
    from planner.study.export.manifest import MANIFEST_FILE

    if args.follows and not Path(args.follows, MANIFEST_FILE).exists():
        raise InputError(Message("export.follows_what", {"folder": args.follows, "file": MANIFEST_FILE}))
    against = Path(args.against) if args.against else None
    older = (against, against / "export") if against and against.is_dir() else (against and against.parent,)
    named = (args.follows, out, args.rota and Path(args.rota).parent, folder, *older)
    folders = dict.fromkeys(Path(each) for each in named if each)
    return tuple(path for path in folders if (path / MANIFEST_FILE).exists())


def add_people(parser: argparse.ArgumentParser) -> None:
    """The file with what is missing about people."""
    parser.add_argument(
        "--people",
        default="",
        metavar="FILE",
        help="CSV with name and e-mail, payroll_id or grade, as team.csv",
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", help="folder of a plan, or of a stage of a rollout")
    parser.add_argument(
        "--format", action="append", metavar="NAME", help="see README; or a template's file; default: all"
    )
    parser.add_argument("--out", metavar="DIR", help="default: export/ in the plan's folder")
    parser.add_argument(
        "--rota", metavar="FILE", help="another rota of the plan: published or edited by hand"
    )
    parser.add_argument(
        "--dialect", choices=DIALECT_NAMES, default="plain", help="rota and hours for Excel in a language"
    )
    add_people(parser)
    parser.add_argument("--split", action="store_true", help="rota.csv with a row for each local day")
    parser.add_argument("--raw", action="store_true", help="rota.csv for machines: no cell made harmless")
    parser.add_argument(
        "--against", metavar="PLAN", help="the version before: a plan's folder, or a rota.csv"
    )
    parser.add_argument("--follows", metavar="DIR", help="earlier export whose calendars people have")
    parser.add_argument(
        "--month", metavar="YYYY-MM", help="payroll month of hours and payroll-lines; default: whole period"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of sheets, calendars, messages")
    parser.add_argument("--zip", metavar="FILE", help="instead: the plan and every file of it in one ZIP")
    parser.add_argument("--rest", action="store_true", help="leave out people of whom something is missing")


VERBS = (
    Verb(
        "export",
        "PLAN [--format NAME]... [--out DIR | --zip FILE] [--dialect it] [--people FILE] [--rest]",
        "files for HR, people and payroll: CSV, XLSX, calendars, changes, hours, other systems",
        _arguments,
        _export,
    ),
)
