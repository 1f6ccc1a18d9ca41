import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from icalendar import Calendar

from planner.study import Scenario, read_plan, rota_drafts, rota_published
from planner.study.export import FORMATS, Wanted, all_files, open_dossier
from planner.study.export.completed import completed
from planner.study.export.staff import STAFF
from planner.study.export.template import template_text
from planner.study.rota_drafts import Draft
from planner.study.rota_edits import Edit
from planner.tasks import Store
from planner.ui.results import handed, papers
from planner.ui.rota import shown


def sentences(app):
    kinds = (app.markdown, app.info, app.warning, app.caption, app.error)
    return " ".join(each.value for kind in kinds for each in kind)


def labels(app):
    return [each.proto.label for each in app.get("download_button")]


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture
def told(solved):
    """The plan of the first stage, published twice; in the second version the first shift is withdrawn."""
    scenario = Scenario.load(solved.folder / "scenario.yaml")
    stage = read_plan(solved.result / "stage-1").folder
    of = open_dossier(stage)
    folder = rota_published.published_folder(solved.folder, "scenario.yaml")
    at = datetime(2026, 4, 13, 8, 30, tzinfo=UTC)
    for hours, rota in enumerate((of.rota, type(of.rota)(**{**vars(of.rota), "shifts": of.rota.shifts[1:]}))):
        when = at.replace(hour=8 + hours)
        rota_published.publish_rota(folder, rota, scenario.team, of.terms, "me", solved.job, when)
    return solved


def test_every_format_stands_in_one_group():
    names = [name for group in handed.GROUPS.values() for name in group]
    assert sorted(names) == sorted([*FORMATS, "own"])


@pytest.mark.parametrize(
    ("part", "view"), [(part, view) for part, all_ in handed.GROUPS.items() for view in all_]
)
def test_every_format_says_what_it_is_for(solved, show, part, view):
    app = show("export", **solved.ids(part=part, view=view))
    assert not app.error
    chosen = app.radio[0].value if app.radio else view
    assert chosen == view
    assert labels(app) or app.checkbox or view == "changes" or "is not written" in app.warning[-1].value


def test_nothing_published_is_said(solved, show):
    app = show("export", **solved.ids())
    assert app.selectbox(key="export-rota").options == ["This plan as it was solved"]
    assert "nobody has been told" in sentences(app)
    app = show("export", **solved.ids(part="people", view="changes"))
    assert "Changes need two versions" in sentences(app)


def test_published_versions_come_first_with_their_dates(told, show):
    app = show("export", **told.ids())
    assert app.selectbox(key="export-rota").options == [
        "Version 2, published 2026-04-13 09:30 UTC",
        "Version 1, published 2026-04-13 08:30 UTC",
        "This plan as it was solved",
    ]
    assert "Version 2 is what people know." in sentences(app)
    assert set(app.table[0].value["rota_version"]) == {"2"}
    app = show("export", **told.ids(rota="v1"))
    assert "Version 1 does not hold any more" in sentences(app)
    app = show("export", **told.ids(rota="v1", part="people", view="ics"))
    assert "not of an earlier version" in sentences(app)
    assert not labels(app)


def test_changes_are_told_against_the_version_before(told, show):
    app = show("export", **told.ids(part="people", view="changes"))
    assert app.selectbox(key="export-against").value == "v1"
    assert labels(app)[0] == "Download changes.zip"
    assert len(app.table[0].value) == 1
    assert app.code[0].value.count("\n- ") == 1


def test_excel_in_italian_is_shown_as_it_is_written(solved, show):
    app = show("export", **solved.ids())
    app.selectbox(key="export-dialect").set_value("it").run()
    first = app.table[0].value.iloc[0]
    assert first["paid_hours"] == "8,0000"
    assert first["day"] == "20/04/2026"
    app.radio[0].set_value("xlsx").run()
    app.radio[0].set_value("csv").run()
    assert app.selectbox(key="export-dialect").value == "it"


def test_missing_mail_is_asked_about_first(solved, show):
    app = show("export", **solved.ids(part="systems", view="deputy"))
    assert "e-mail" in app.warning[0].value.replace("email", "e-mail")
    assert "deputy.csv is not written: with them left out, nobody is in it" in sentences(app)
    assert not app.checkbox
    assert not labels(app)
    assert not app.table
    someone = open_dossier(solved.result / "stage-1").rota.shifts[0].agent
    data = f"name,email\n{someone},p0@example.com\n".encode()
    app.file_uploader[0].upload("mails.csv", data, "text/csv").run()
    assert "Download deputy.csv" not in labels(app)
    app.checkbox(key="export-rest-deputy").set_value(True).run()
    assert "Download deputy.csv" in labels(app)


def test_a_plan_older_than_its_staff_file_is_handed_on(solved, show):
    before = open_dossier(solved.result / "stage-1")
    (solved.result / "stage-1" / STAFF).unlink()
    app = show("export", **solved.ids())
    assert not app.error
    assert app.table[0].value["agent"].tolist() == [each.agent for each in before.rota.shifts][:6]


def test_a_broken_rota_is_a_sentence(solved, show):
    (solved.result / "stage-1" / STAFF).write_text("[]", encoding="utf-8")
    app = show("export", **solved.ids())
    assert STAFF in app.error[0].value
    assert [each.options for each in app.get("button_group")]


def test_a_strange_rota_in_the_address_shows_the_first(told, show):
    app = show("export", **told.ids(rota="../../v9"))
    assert app.selectbox(key="export-rota").value == "v2"


def test_the_zip_holds_what_the_command_line_writes(solved):
    store = Store(solved.root)
    made = all_files(open_dossier(solved.result / "stage-1"), Wanted()).files
    named = {f"stage-1/export/{name}": content for name, content in made.items()}
    packed = zipfile.ZipFile(io.BytesIO(papers.everything(store, store.get(solved.job), named)))
    assert packed.testzip() is None
    rota = rows(packed.read("stage-1/rota.csv"))
    assert packed.read("stage-1/export/rota.csv") == packed.read("stage-1/rota.csv")
    assert openpyxl.load_workbook(io.BytesIO(packed.read("stage-1/export/rota.xlsx"))).worksheets
    assert "deputy.csv" in packed.read("stage-1/export/LEFT_OUT.txt").decode()
    assert "stage-1/export/deputy.csv" not in packed.namelist()
    events = [
        event
        for name in packed.namelist()
        if name.endswith(".ics")
        for event in Calendar.from_ical(packed.read(name)).walk("VEVENT")
    ]
    starts = sorted(
        event.decoded("dtstart").astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for event in events
    )
    assert starts == sorted(row["start_utc"] for row in rota)


def test_a_zip_with_the_rest_says_who_is_not_in_it(solved):
    of = open_dossier(solved.result / "stage-1")
    (of,), _ = completed([of], f"name,email\n{of.rota.shifts[0].agent},a@example.com\n".encode(), "a.csv")
    made = all_files(of, Wanted(), rest=True)
    assert "deputy.csv" in made.files
    assert "payroll-lines.csv" not in made.files
    left = made.files["LEFT_OUT.txt"].decode()
    assert "Person 2" in left
    assert "payroll-lines.csv is not written" in left


def test_a_file_without_rows_says_so(solved, show):
    app = show("export", **solved.ids(part="systems", view="own"))
    text = "file: a.csv\nkinds: training\ncolumns: [{header: Who, field: agent}]"
    app.file_uploader[-1].upload("mine.yaml", text.encode(), "text/yaml").run()
    assert "The file has no rows." in sentences(app)
    assert not app.table


def test_a_draft_has_the_edits_of_this_visitor(told, show, monkeypatch):
    rota = open_dossier(told.result / "stage-1").rota
    away = rota.shifts[0]
    path = told.root / "draft.json"
    rota_drafts.write_draft(path, Draft(((), (Edit("shift", away.agent, away.day),)), 1))
    monkeypatch.setattr(shown, "draft_path", lambda plan: path)
    app = show("export", **told.ids(rota="draft", part="people", view="changes"))
    assert app.selectbox(key="export-rota").value == "draft"
    assert "Once published it is version 3." in sentences(app)
    assert app.selectbox(key="export-against").value == "v2"
    assert "Nobody" in sentences(app) or app.table[0].value.empty
    app.selectbox(key="export-against").set_value("v1").run()
    assert app.table[0].value["day"].tolist() == [away.day.isoformat()]


def test_calendars_say_in_words_whether_they_hold(told, show):
    app = show("export", **told.ids(part="people", view="ics"))
    assert set(app.table[0].value["status"]) <= {"published", "withdrawn"}
    app = show("export", **told.ids(part="people", view="ics", rota="plan"))
    assert "draft" in set(app.table[0].value["status"])


def people_of(solved):
    return open_dossier(solved.result / "stage-1").team.agents


def test_a_file_of_people_completes_them_without_a_new_solve(solved, show):
    lines = [f"{agent.name},p{number}@example.com" for number, agent in enumerate(people_of(solved))]
    data = "\n".join(("name,email", *lines, "Zoe,zoe@example.com")).encode()
    app = show("export", **solved.ids(part="systems", view="deputy"))
    assert app.warning
    app.file_uploader[0].upload("mails.csv", data, "text/csv").run()
    assert not app.warning
    assert "Zoe" in sentences(app)
    assert set(app.table[0].value["Email"]) <= {line.partition(",")[2] for line in lines}
    app.button(key="export-forget").click().run()
    assert app.warning
    assert "Zoe" not in sentences(app)


def test_a_wrong_file_of_people_is_told_by_place(solved, show):
    app = show("export", **solved.ids(part="systems", view="deputy"))
    app.file_uploader[0].upload("mails.csv", b"name,email\nBo,=1+1\n", "text/csv").run()
    assert "mails.csv:2" in app.error[0].value
    assert app.warning


def test_a_template_of_ones_own_makes_its_file(solved, show):
    app = show("export", **solved.ids(part="systems", view="own"))
    text = (
        template_text("hrnest").replace("file: hrnest.csv", "file: mine.csv").replace(", required: yes", "")
    )
    app.file_uploader[-1].upload("mine.yaml", text.encode(), "text/yaml").run()
    assert not app.error
    assert "Download mine.csv" in labels(app)


def test_a_template_with_mistakes_names_their_lines(solved, show):
    app = show("export", **solved.ids(part="systems", view="own"))
    app.file_uploader[-1].upload("mine.yaml", b"file: mine.csv\ncolumn: []\n", "text/yaml").run()
    assert "mine.yaml:2" in app.error[0].value
    assert not labels(app) or "Download mine.csv" not in labels(app)


PAID = """file: mine.csv
rows: pay
columns: [{header: Who, field: agent}, {header: Day, field: day}, {header: Hours, field: hours}]
"""


def test_a_template_of_ones_own_is_kept_to_a_month(solved, show):
    app = show("export", **solved.ids(part="systems", view="own"))
    app.file_uploader[-1].upload("mine.yaml", PAID.encode(), "text/yaml").run()
    whole = app.table[0].value
    assert set(whole["Day"].str[:7]) == {"2026-04"}
    months = app.selectbox(key="export-month")
    assert months.options[0] == "The whole period of the rota"
    months.set_value(months.options[-1]).run()
    last = open_dossier(solved.result / "stage-1").rota
    assert months.options[-1] == str(last.first_day + timedelta(days=last.days - 1))[:7]
    assert not app.error
    assert "no plan covers" in sentences(app)
    app.radio[0].set_value("deputy").run()
    assert "export-month" not in {each.key for each in app.selectbox}


def test_a_month_of_another_rota_is_not_kept(solved, show):
    app = show("export", **solved.ids(part="payroll"))
    app.session_state["kept-export-month"] = "2031-01"
    app.run()
    assert app.selectbox(key="export-month").value == ""
    assert not app.error
    assert "Download hours.csv" in labels(app)


def test_a_file_in_windows_1252_is_shown(solved, show):
    text = "encoding: windows-1252\ncolumns: [{header: Città, field: site}, {header: Wer, field: agent}]"
    app = show("export", **solved.ids(part="systems", view="own"))
    app.file_uploader[-1].upload("mine.yaml", f"file: mine.csv\n{text}".encode(), "text/yaml").run()
    assert not app.error
    assert app.table[0].value.columns.tolist() == ["Città", "Wer"]


def test_a_template_that_is_not_utf8_is_refused_by_its_byte(solved, show):
    text = "file: mine.csv\ncolumns: [{header: Città, field: site}]"
    app = show("export", **solved.ids(part="systems", view="own"))
    app.file_uploader[-1].upload("mine.yaml", text.encode("cp1252"), "text/yaml").run()
    assert "mine.yaml:2" in app.error[0].value
    assert "byte e0 is not UTF-8" in app.error[0].value
    assert "Download mine.csv" not in labels(app)
