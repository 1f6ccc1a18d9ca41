"""No file of a rota is written over by another one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner._errors import InputError
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms
from planner.study.columns import COLUMNS
from planner.study.export import Dossier, Wanted, all_files, make
from planner.study.export.pay_formats import paid_files
from planner.study.export.template import TEMPLATES, load_template, template_text
from planner.study.export.template_reading import read_template


def desk():
    """A duty of somebody with an e-mail and one of somebody without."""
    agents = [
        Agent(name, "Here", "UTC", {"it": None}, payroll_id=name, email=mail)
        for name, mail in (("Ana", "ana@example.com"), ("Bo", ""))
    ]
    team = Team(tuple(agents), (Site("Here", "UTC"),))
    start = datetime(2026, 3, 30, 9, tzinfo=UTC)
    shifts = tuple(
        Shift(start, agent.name, start + timedelta(hours=8), start.date(), "day", "UTC") for agent in agents
    )
    rota = Rota("desk", date(2026, 3, 30), 7, ("Ana", "Bo"), shifts)
    return Dossier("desk", "UTC", "EUR", rota, team, pay_terms(team))


def own(folder, name, file, base="deputy"):
    """A copy of a shipped template that writes another file."""
    text = template_text(base).replace(f"file: {load_template(base).file}", f"file: {file}")
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_no_template_takes_the_name_of_another_file():
    of = desk()
    against = replace(of, rota=replace(of.rota, shifts=()))
    made = {name for name in all_files(of, Wanted(against=against)).files if "/" not in name}
    assert made >= {
        "rota.csv",
        "rota.xlsx",
        "calendars.json",
        "calendars.zip",
        "LEFT_OUT.txt",
        "changes.html",
    }
    for file in {*made, *COLUMNS, "plan.json", "staff.json", "Calendars.JSON"} - {
        load_template(name).file for name in TEMPLATES
    }:
        with pytest.raises(InputError, match="is the name of another export"):
            read_template(f"file: {file}\ncolumns: [{{header: Who, field: agent}}]", "mine.yaml")


@pytest.mark.parametrize("file", ["deputy.csv", "Deputy.csv"])
def test_two_formats_of_one_file_are_refused(tmp_path, file):
    mine = own(tmp_path, "mine.yaml", file)
    for names in ([mine, "deputy"], ["all", mine]):
        with pytest.raises(InputError) as wrong:
            make(desk(), names, Wanted())
        assert [str(message) for message in wrong.value.messages] == [
            f"deputy and {mine} both write {file}; change `file:` in {mine}"
        ]
    other = own(tmp_path, "other.yaml", "torre.csv")
    assert set(make(desk(), [other, "csv"], Wanted()).files) == {"rota.csv", "torre.csv"}


def test_two_formats_of_one_file_of_paid_time_are_refused(tmp_path):
    names = [own(tmp_path, f"{name}.yaml", "mine.csv", "payroll-lines") for name in ("one", "two")]
    with pytest.raises(InputError, match=r"both write mine.csv; change `file:` in .*two.yaml"):
        paid_files([desk()], names)
