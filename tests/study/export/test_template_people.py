"""Who is left out of a template's file, what is said about it, and what its formats write."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner._messages import speaking
from planner.people import Agent, Site, Team
from planner.rota import Rota, Shift, pay_terms
from planner.study.export import Dossier
from planner.study.export.template import from_template, load_template
from planner.study.export.template_fields import FIELDS
from planner.study.export.template_patterns import read_pattern
from planner.study.export.template_reading import read_template

ROME = Site("Rome", "Europe/Rome", "Rome")
README = Path(__file__).resolve().parents[3] / "README.md"


def person(name, **said):
    return Agent(name, "Rome", "Europe/Rome", {"it": None}, **said)


def shift(name, start, hours, kind="work", what="day", pause=None):
    begins = datetime.fromisoformat(start).replace(tzinfo=UTC)
    return Shift(
        begins,
        name,
        begins + timedelta(hours=hours),
        begins.date(),
        what,
        "Europe/Rome",
        kind,
        None if pause is None else begins + timedelta(hours=pause),
        0 if pause is None else 60,
    )


def dossier(agents, shifts):
    team = Team(tuple(agents), (ROME,))
    rota = Rota("desk", date(2026, 3, 23), 7, tuple(a.name for a in agents), tuple(sorted(shifts)))
    return Dossier("desk", "Europe/Rome", "EUR", rota, team, pay_terms(team))


def template(text):
    return read_template(text, "mine.yaml")


def lines(made):
    [content] = made.files.values()
    return content.decode("utf-8-sig").splitlines()


THREE = dossier(
    [person("Ana Sousa", email="ana@x.com"), person("Bo"), person("Cai Li", payroll_id="7")],
    [shift("Ana Sousa", "2026-03-23T08:00", 8), shift("Bo", "2026-03-23T08:00", 8),
     shift("Cai Li", "2026-03-24T08:00", 8)],
)  # fmt: skip


def test_people_without_an_address_are_named_and_left_out():
    made = from_template(THREE, load_template("deputy"))
    assert [str(each) for each in made.lacking] == ["deputy.csv: no email; left out: Bo, Cai Li"]
    assert [row.split(",")[2] for row in lines(made)] == ["Email", "ana@x.com"]


def test_people_without_an_employee_number_are_named_and_left_out():
    made = from_template(THREE, load_template("hrnest"))
    with speaking("it"):
        said = [str(each) for each in made.lacking]
    assert said == ["hrnest.csv: manca payroll_id; persone escluse: Ana Sousa, Bo"]
    assert len(lines(made)) == 2


def test_people_without_a_shift_are_not_missing_anything():
    quiet = replace(THREE, rota=replace(THREE.rota, shifts=THREE.rota.tour("Ana Sousa")))
    assert from_template(quiet, load_template("deputy")).lacking == ()


def test_two_people_with_one_address_are_left_out():
    of = dossier(
        [person("Ana", email="a@x.com"), person("Bo", email="A@x.com")],
        [shift("Ana", "2026-03-23T08:00", 8), shift("Bo", "2026-03-23T08:00", 8)],
    )
    made = from_template(of, load_template("deputy"))
    assert "belongs to more than one person; left out: Ana, Bo" in str(made.lacking[0])
    assert not made.files


def test_a_name_that_the_encoding_cannot_hold_is_never_changed():
    of = dossier(
        [person("Łukasz Wójcik"), person("Ana")],
        [shift("Łukasz Wójcik", "2026-03-23T08:00", 8), shift("Ana", "2026-03-23T08:00", 8)],
    )
    text = "file: a.csv\nencoding: {}\ncolumns:\n  - {{header: Who, field: agent}}"
    made = from_template(of, template(text.format("windows-1252")))
    assert made.files["a.csv"] == b"Who\nAna\n"
    assert [str(each) for each in made.lacking] == [
        "a.csv: windows-1252 has no sign for Ł in column Who; left out: Łukasz Wójcik. Use encoding: utf-8"
    ]
    whole = from_template(of, template(text.format("utf-8 with BOM")))
    assert whole.files["a.csv"] == "\ufeffWho\nAna\nŁukasz Wójcik\n".encode()
    assert whole.lacking == ()


def test_a_shift_without_a_code_is_not_guessed():
    of = dossier(
        [person("Ana"), person("Bo")],
        [shift("Ana", "2026-03-23T08:00", 8), shift("Ana", "2026-03-24T08:00", 8, what="late"),
         shift("Bo", "2026-03-23T08:00", 8)],
    )  # fmt: skip
    text = "file: a.csv\nheader: no\ncolumns:\n  - {field: agent}\n  - {field: shift, codes: {day: D}"
    made = from_template(of, template(text + "}"))
    assert lines(made) == ["Bo,D"]
    assert str(made.lacking[0]).startswith('a.csv: no code for "late" in column shift; left out: Ana.')
    assert lines(from_template(of, template(text + ", otherwise: X}"))) == ["Ana,D", "Bo,D", "Ana,X"]


def test_columns_of_fixed_width():
    of = dossier([person("Ana Sousa", payroll_id="17")], [shift("Ana Sousa", "2026-03-23T08:00", 8.5)])
    text = """
        file: a.txt
        separator: none
        header: no
        columns:
          - {{field: payroll_id, width: {width}, fill: "0", align: right}}
          - {{field: agent, width: 6, cut: yes}}
          - {{field: paid_hours, width: 5, format: "0.00", align: right}}
          - {{value: X, width: 3}}
    """
    assert from_template(of, template(text.format(width=6))).files["a.txt"] == b"000017Ana So 8.50X  \n"
    narrow = from_template(of, template(text.format(width=1)))
    assert not narrow.files
    assert "longer than 1 signs in column payroll_id; left out: Ana Sousa" in str(narrow.lacking[0])


def test_text_of_a_template_is_no_formula_either():
    of = dossier([person("Ana")], [shift("Ana", "2026-03-23T08:00", 8)])
    mine = """
        file: a.csv
        columns:
          - {header: "=H", value: "=1+1"}
          - {header: B, field: shift, codes: {day: "@d"}}
          - {header: "-", value: "-"}
    """
    assert lines(from_template(of, template(mine))) == ["'=H,B,-", "'=1+1,'@d,-"]


def test_odd_cells():
    of = dossier([person("Ana\nLi")], [shift("Ana\nLi", "2026-03-23T08:00", 8)])
    assert lines(from_template(of, template("file: a.csv\ncolumns: [{header: A, field: note}]"))) == [
        "A",
        '""',
    ]
    fixed = "file: a.txt\nseparator: none\nheader: no\ncolumns: [{field: agent, width: 8}]"
    assert from_template(of, template(fixed)).files["a.txt"] == b"Ana Li  \n"
    quoted = from_template(of, template("file: a.csv\nheader: no\ncolumns: [{field: agent}]"))
    assert quoted.files["a.csv"] == b'"Ana\nLi"\n'


def test_duties_left_out_and_hours_that_stand_twice_are_told():
    of = dossier(
        [person("Ana", email="a@x.com", payroll_id="1")],
        [shift("Ana", "2026-10-25T00:30", 6), shift("Ana", "2026-10-23T08:00", 8, "on_call")],
    )
    told = [str(each) for each in from_template(of, load_template("deputy")).notices]
    assert told == [
        "deputy.csv leaves out on_call: 1",
        "deputy.csv does not say which of two like hours is meant when the clocks go back: "
        "Ana 2026-10-25 02:30. Look at these after importing",
        "deputy.csv holds clock times only, and the clocks change during these shifts: "
        "Ana 2026-10-25 02:30 (6:00 h). Look at their hours after importing",
    ]
    exact = "file: a.csv\ncolumns: [{header: From, field: start, format: 'hh:mm+hh:mm'}]"
    made = from_template(of, template(f"{exact}\nkinds: [work, on_call]"))
    assert lines(made) == ["From", "10:00+02:00", "02:30+02:00"]
    assert made.notices == ()


def test_a_break_at_an_unknown_hour_is_told():
    of = dossier(
        [person("Ana", email="a@x.com")], [replace(shift("Ana", "2026-03-23T08:00", 8), break_minutes=30)]
    )
    made = from_template(of, load_template("personio"))
    assert lines(made)[1] == 'a@x.com,23.03.2026,"09:00","17:00",day'
    assert "does not say when the unpaid break is: Ana 2026-03-23 09:00" in str(made.notices[0])


def test_people_of_a_partner_are_in_the_partners_files():
    of = dossier(
        [person("Ana"), person("Partner 1", outside=True)],
        [shift("Ana", "2026-03-23T08:00", 8), shift("Partner 1", "2026-03-23T08:00", 8)],
    )
    mine = "file: a.csv\nheader: no\ncolumns: [{field: agent}]"
    made = from_template(of, template(mine))
    assert lines(made) == ["Ana"]
    assert str(made.notices[0]).startswith("a.csv leaves out people of a partner: Partner 1.")
    made = from_template(of, template(f"{mine}\npeople: all"))
    assert (lines(made), made.notices) == (["Ana", "Partner 1"], ())


def test_hours_that_lose_minutes_by_rounding_are_told():
    of = dossier([person("Ana")], [shift("Ana", f"2026-03-{day}T08:00", 7 + 1 / 3) for day in (23, 24, 25)])
    mine = "file: a.csv\ncolumns: [{header: Paid, field: paid_hours, format: '%s'}]"
    made = from_template(of, template(mine % "0.00"))
    assert lines(made) == ["Paid", "7.33", "7.33", "7.33"]
    assert str(made.notices[0]).startswith(
        "a.csv: hours in column Paid are rounded; they add up to 21.99 h, and it is 22.00 h."
    )
    assert from_template(of, template(mine % "h:mm")).notices == ()


@pytest.mark.parametrize(
    ("midnight", "rows"),
    [("00:00", ["2026-03-24 00:00", "2026-03-24 04:00"]),
     ("24:00", ["2026-03-23 24:00", "2026-03-24 04:00"]),
     ("23:59", ["2026-03-23 23:59", "2026-03-24 04:00"])],
)  # fmt: skip
def test_the_end_of_a_day(midnight, rows):
    of = dossier([person("Ana")], [shift("Ana", "2026-03-23T19:00", 8)])
    mine = template(
        f"file: a.csv\nrows: day\nmidnight: '{midnight}'\nheader: no\n"
        "columns: [{field: end, format: yyyy-mm-dd hh:mm}]"
    )
    assert lines(from_template(of, mine)) == rows


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("yyyymmddhhmm", "202603090705"), ("d.m.yy", "9.3.26"), ("hh:mm:ss", "07:05:00"), ("mm:ss", "05:00"),
     ("h 'Uhr' mm", "7 Uhr 05"), ("DD/MM/YYYY HH:MM", "09/03/2026 07:05"), ("hhmm+hhmm", "0705+0000"),
     ("yyyy-mm-ddThh:mm:ssZ", "2026-03-09T07:05:00Z"), ("hh.mm am/pm", "07.05 am"), ("h am/pm", "7 am")],
)  # fmt: skip
def test_patterns(pattern, text):
    assert read_pattern(pattern).text(datetime(2026, 3, 9, 7, 5, tzinfo=UTC)) == text


def test_names_that_start_with_the_last():
    of = dossier([person("Rossi Anna Maria")], [shift("Rossi Anna Maria", "2026-03-23T08:00", 8)])
    mine = "file: a.csv\nheader: no\nnames: last first\ncolumns: [{field: last_name}, {field: first_name}]"
    assert lines(from_template(of, template(mine))) == ["Rossi,Anna Maria"]


def test_the_example_of_the_readme_makes_what_stands_there():
    text = README.read_text(encoding="utf-8")
    found = re.search(r"<!-- template:begin -->\n```yml\n(.*?)```\n.*?```text\n(.*?)```", text, re.DOTALL)
    of = dossier(
        [person("Anna Rossi", payroll_id="417", teams=frozenset({"it", "de"}))],
        [shift("Anna Rossi", "2026-03-27T06:00", 8, what="early", pause=4),
         shift("Anna Rossi", "2026-03-28T21:00", 7, what="night")],
    )  # fmt: skip
    made = from_template(of, template(found[1]))
    assert made.files["torre.csv"].decode("cp1252") == found[2].replace("\n", "\r\n")
    assert made.lacking == ()


def test_every_field_has_a_line_in_the_readme():
    text = README.read_text(encoding="utf-8")
    assert [name for name in FIELDS if f"| `{name}` |" not in text] == []
