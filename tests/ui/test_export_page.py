import csv
import hashlib
import io
import zipfile

import pandas as pd
import pytest

from planner._messages import speaking
from planner.study.bundle import MANIFEST
from planner.tasks import Store
from planner.ui.results import files, papers


@pytest.fixture
def packed(solved):
    """The ZIP of a small solve, opened."""
    store = Store(solved.root)
    return zipfile.ZipFile(io.BytesIO(papers.everything(store, store.get(solved.job))))


def words(app):
    kinds = (app.markdown, app.info, app.warning, app.caption)
    return " ".join(each.value for kind in kinds for each in kind)


def test_every_file_says_what_it_is_for(solved, show):
    app = show("export", **solved.ids(part="plan"))
    labels = [each.proto.label for each in app.get("download_button")]
    made = {path.name for folder in ("", "stage-1") for path in (solved.result / folder).glob("*.csv")}
    for name in made - {"rota.csv"} - {each for each in made if each.startswith("best")}:
        assert f"Download {name}" in labels
        assert f"**{name}**" in words(app)


def test_no_file_is_shown_twice():
    names = [name for group in files.READERS.values() for name in group]
    assert len(names) == len(set(names))


def test_the_preview_is_the_beginning_of_the_file(solved, show):
    app = show("export", **solved.ids())
    with (solved.result / "stage-1" / "rota.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    table = app.table[0].value
    assert list(table.columns) == rows[0]
    assert table.to_numpy().tolist() == rows[1:7]


def test_another_file_is_chosen_in_the_address(solved, show):
    app = show("export", **solved.ids(part="plan", view="gates"))
    assert "finding" in app.table[0].value.columns
    app.selectbox(key="export-view").set_value("plan").run()
    assert "plan" in app.query_params["view"]
    assert list(app.table[0].value.columns) == ["key", "value"]


@pytest.mark.parametrize("view", ["../../etc/passwd", "grid", "2.1-1"])
def test_a_strange_address_shows_the_first_file(solved, show, view):
    app = show("export", **solved.ids(view=view))
    assert "shift_id" in app.table[0].value.columns


def test_nothing_solved_leads_to_solve(desk, show):
    assert show("export", work=desk.work).info[0].value == "There is no plan to show yet."


def test_the_zip_holds_files_scenarios_report_and_playbooks(solved, packed):
    names = set(packed.namelist())
    assert packed.testzip() is None
    assert {"report.html", "rollout.json", "stage-1/rota.csv", "stage-2/playbook.html"} <= names
    assert {"scenarios/1/scenario.yaml", "scenarios/1/saturdays.yaml"} <= names
    stood = (solved.folder / "saturdays.yaml").read_bytes()
    assert packed.read("scenarios/1/saturdays.yaml") == stood
    assert packed.read("stage-2/rota.csv") == (solved.result / "stage-2" / "rota.csv").read_bytes()
    assert b'"versions"' in packed.read("stage-1/plan.json")


def test_the_manifest_of_the_zip_holds(packed):
    for line in packed.read(MANIFEST).decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(packed.read(name)).hexdigest() == digest


def test_the_zip_holds_the_scenarios_as_they_were(solved):
    store = Store(solved.root)
    before = (solved.folder / "saturdays.yaml").read_bytes()
    (solved.folder / "saturdays.yaml").write_text(
        "starts_from: scenario.yaml\nname: Else\n", encoding="utf-8"
    )
    made = zipfile.ZipFile(io.BytesIO(papers.everything(store, store.get(solved.job))))
    assert made.read("scenarios/1/saturdays.yaml") == before


def test_the_playbook_is_one_page_of_the_stage(solved):
    store = Store(solved.root)
    page = papers.playbook(store, store.get(solved.job), 2).decode()
    assert page.startswith("<!doctype html>")
    assert "Saturdays too" in page
    assert "http" not in page


def test_the_report_speaks_italian_where_it_is_spoken(solved):
    with speaking("it"):
        page = papers.report(solved.result).decode()
    assert '<html lang="it">' in page
    said = pd.read_csv(solved.result / "answers.csv")["cost_per_month"].iloc[0]
    assert f"{said:,.0f}".replace(",", ".") in page
    assert "Hires" not in page.split("<script>", maxsplit=1)[0]
