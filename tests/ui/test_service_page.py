"""The Service page: queue and days in the address, languages, what may be published, changed inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from planner.study import Scenario, charts, rota_published, workspace
from planner.study.export import open_dossier
from planner.tasks import Store
from planner.tasks.run import run_job

TWO = """
name: Two languages
zone: Europe/Rome
period: {first_day: 2026-04-20, weeks: 1}
queues: [{name: email en, channel: email, language: en}, {name: chat fr, channel: chat, language: fr}]
volume: {email en: 30 a weekday, chat fr: 40 a weekday}
people: {count: 6, weekly_hours: 40, cost: 12}
opening_hours: {queues: all, days: mon-fri, open: 09:00, close: 18:00}
solve: {effort: quick, rounds: 1, replications: 20}
"""


def said(app, part):
    kinds = ("markdown", "caption", "info", "warning", "error", "success")
    return any(part in found.value for kind in kinds for found in getattr(app, kind))


def titles(app):
    return [json.loads(found.proto.spec)["layout"]["title"]["text"] for found in app.get("plotly_chart")]


def tables(app):
    return [found.value for found in app.table]


@pytest.fixture(scope="module")
def two_once(tmp_path_factory):
    """A desk of two languages, planned."""
    root = tmp_path_factory.mktemp("two")
    work = workspace.open_text(root, TWO)
    store = Store(root)
    ordered = workspace.order(workspace.folder_of(root, work), ("scenario.yaml",))
    job = store.submit("rollout", {**ordered, "work": work}, key="k", owner="me").id
    run_job(store, "w", store.claim("w"))
    assert store.finish(job, "w")
    return root, {"work": work, "job": job}


@pytest.fixture
def two(two_once, show, monkeypatch):
    """Opens its Service page."""
    root, ids = two_once
    monkeypatch.setenv("PLANNER_STORE", str(root))
    return lambda **more: show("service", **ids, **more), Store(root).job_folder(ids["job"]) / "stage-1"


def test_the_queue_of_the_address_is_shown_and_a_choice_changes_it(two):
    page, _ = two
    app = page(queue="chat fr")
    assert app.selectbox(key="service-queue").value == "chat fr"
    assert any(title.endswith("chat fr") for title in titles(app))
    app.selectbox(key="service-queue").select("email en").run()
    assert app.query_params["queue"] in ("email en", ["email en"])
    assert page(queue="nonsense").selectbox(key="service-queue").value in ("chat fr", "email en")


def test_languages_stand_beside_each_other_with_weighted_shares(two):
    page, folder = two
    app = page()
    (table,) = [each for each in tables(app) if "Language" in each.columns]
    assert table["Language"].tolist() == ["en", "fr"]
    service = pd.read_csv(folder / "service.csv")
    rows = service[service["weekday"].isna() & (service["arrived"] == "all")].set_index("queue")
    contacts = [float(text) for text in table["Contacts a week"]]
    assert contacts == pytest.approx(
        rows.loc[["email en", "chat fr"], "contacts_per_week"].tolist(), abs=0.06
    )
    assert table["Queue that keeps least"].tolist() == ["email en", "chat fr"]


def test_one_language_needs_no_such_table(show, solved):
    assert not [each for each in tables(show("service", **solved.ids())) if "Language" in each.columns]


def test_a_day_of_the_week_shows_its_hours_alone(two):
    page, _ = two
    app = page(view="tue")

    def hours(app):
        specs = [json.loads(found.proto.spec) for found in app.get("plotly_chart")]
        (drawn,) = [
            s for s in specs if s["layout"]["title"]["text"].startswith("Answered within the promise")
        ]
        return drawn["data"][2]["x"]

    assert (hours(app)[0], len(hours(app))) == ("Tue 00", 24)
    assert len(hours(page(view="timeline"))) == 168


def test_hours_of_a_day_are_those_of_the_week(two):
    _, folder = two
    service = pd.read_csv(folder / "service.csv")
    week = charts.service_by_hour(service, "chat fr", "Europe/Rome").data[2].y
    days = [charts.service_by_hour(service, "chat fr", "Europe/Rome", day).data[2].y for day in range(7)]
    assert [value for day in days for value in day] == list(week)


def test_what_may_be_published_is_ready_to_copy(two):
    page, folder = two
    app = page()
    published = pd.read_csv(folder / "publish.csv")
    sure = published[published["verdict"] == "publish"]
    expected = [sentence for language in ("en", "it") for sentence in sure[f"sentence_{language}"]]
    assert sorted(found.value for found in app.code) == sorted(expected)


def test_without_such_a_file_it_leads_to_the_promises(show, solved):
    (solved.result / "stage-1" / "publish.csv").unlink()
    app = show("service", **solved.ids())
    assert said(app, "Promise finds what may be published with this rota.")
    assert "To the promises" in {found.proto.label for found in app.main.get("page_link")}


def test_nothing_to_promise_is_said(show, solved):
    path = solved.result / "stage-1" / "publish.csv"
    table = pd.read_csv(path).assign(verdict="none")
    table.to_csv(path, index=False)
    assert said(show("service", **solved.ids()), "Nothing may be promised with this rota")


def test_it_speaks_italian(two):
    page, _ = two
    app = page()
    app.session_state["language"] = "it"
    app.run()
    assert "Lingua" in {name for table in tables(app) for name in table.columns}
    assert said(app, "Frasi da copiare")


def test_a_rota_that_was_published_otherwise_is_told(show, solved):
    scenario = Scenario.load(solved.folder / "scenario.yaml")
    of = open_dossier(solved.result / "stage-1")
    folder = rota_published.published_folder(solved.folder, "scenario.yaml")
    at = datetime(2026, 4, 13, 8, 30, tzinfo=UTC)
    rota_published.publish_rota(folder, of.rota, scenario.team, of.terms, "me", solved.job, at)
    app = show("service", **solved.ids())
    assert not any("People were told" in warning.value for warning in app.warning)
    shorter = replace(of.rota, shifts=of.rota.shifts[1:])
    rota_published.publish_rota(folder, shorter, scenario.team, of.terms, "me", solved.job, at)
    for page in ("service", "promise"):
        app = show(page, **solved.ids())
        assert any("People were told version 2" in warning.value for warning in app.warning), page
