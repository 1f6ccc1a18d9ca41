"""Every page: what it shows, what it does, what it says when there is nothing to show."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from planner.study import Scenario, workspace
from planner.tasks import JobState, Store
from planner.tasks.run import run_job

RESULTS = ("rota", "service", "compare", "export")


def sentences(app):
    """Everything that stands on a page as text."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
    return [element.value for kind in kinds for element in getattr(app, kind)]


def said(app, part):
    return any(part in sentence for sentence in sentences(app))


def links(app):
    """Pages that links of the main part lead to, with their addresses."""
    return {found.proto.label: found.proto for found in app.main.get("page_link")}


def ids(app):
    """The address, one value for each id."""
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def button(app, label):
    return next(found for found in app.button if found.label == label)


def html(app):
    return " ".join(found.proto.body for found in app.main.get("html"))


@pytest.mark.parametrize("page", ["demand", "rollout", "solve", "promise", *RESULTS])
def test_without_a_scenario_every_page_leads_to_start(show, page):
    app = show(page)
    assert app.info[0].value == "No scenario is open yet."
    assert "Open a sample or write one sentence on the Start page" in links(app)


@pytest.mark.parametrize("page", RESULTS)
def test_without_a_plan_every_result_leads_to_solve(show, desk, page):
    app = show(page, work=desk.work)
    assert app.info[0].value == "There is no plan to show yet."
    assert f"work={desk.work}" in links(app)["Go to Solve"].query_string


@pytest.mark.parametrize("page", ["demand", "solve", "rota"])
@pytest.mark.parametrize("wrong", ["../../etc", "0123456789ab"])
def test_a_wrong_address_is_a_sentence(show, page, wrong):
    app = show(page, work=wrong)
    assert "there is no workspace" in app.error[0].value


def test_a_job_that_is_gone_is_a_sentence(show, desk):
    for page in ("solve", "rota"):
        assert "there is no solve" in show(page, work=desk.work, job="0123456789abcdef").error[0].value


def test_start_opens_a_sample(show, desk):
    app = show("start")
    app.button(key="open-weekday-to-247").click().run()
    work = ids(app)["work"]
    folder = workspace.folder_of(desk.root, work)
    assert len(workspace.stages(folder)) == 5
    assert said(app, "Open: Weekdays 9 to 18. Stages: 5")
    assert links(app)["See the demand"].query_string == f"work={work}"


def test_start_makes_a_desk_from_a_sentence_and_says_what_it_assumes(show, desk):
    app = show("start")
    app.text_input(key="sentence").set_value("6 people, 38 h, Italian, 50 tickets a weekday")
    button(app, "Start from this").click().run()
    folder = workspace.folder_of(desk.root, ids(app)["work"])
    scenario = Scenario.load(folder / "scenario.yaml")
    assert (len(scenario.team.agents), scenario.queues[0].language) == (6, "it")
    shown = " ".join(sentences(app)).replace("\\", "")
    assert scenario.assumptions
    assert [str(each) for each in scenario.assumptions if str(each) not in shown] == []


def test_start_says_which_words_it_does_not_understand(show, desk):
    app = show("start")
    app.text_input(key="sentence").set_value("9 people, sausages")
    button(app, "Start from this").click().run()
    assert "sausages" in app.error[0].value
    assert "work" not in app.query_params


def test_demand_without_history_says_that_it_is_an_assumption(show, desk):
    app = show("demand", work=desk.work)
    assert said(app, "the volume is stated")
    assert len(app.get("plotly_chart")) == 3


def test_demand_of_the_sample_reports_its_rows_and_its_accuracy(show, desk):
    work = workspace.open_sample(desk.root, "weekday-to-247")
    app = show("demand", work=work)
    figures = {metric.label: metric.value for metric in app.metric}
    rows = {label: value for label, value in figures.items() if "ows" in label or "kept" in label}
    assert rows == {"Rows read": "23,055", "Contacts kept": "22,953", "Rows left out": "102"}
    app.selectbox(key="demand-queue").select("urgent en").run()
    assert "urgent en" in json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["title"]["text"]
    report = show("demand", work=work, part="history").table[0].value
    assert report.to_numpy().tolist() == [["102", "deleted, by its status"]]
    assert said(show("demand", work=work, part="accuracy"), "Queue urgent en gets")


def test_a_section_of_demand_stands_in_the_address(show, desk):
    app = show("demand", work=workspace.open_sample(desk.root, "weekday-to-247"))
    app.get("button_group")[0].set_value("history").run()
    assert ids(app)["part"] == "history"
    assert app.selectbox(key="history-queue").value == "email en"


def test_a_stated_need_has_no_demand(show, desk):
    work = workspace.open_text(desk.root, "need: {seat: 1}\npeople: 5\n")
    assert said(show("demand", work=work), "states how many people it needs")


def test_solve_queues_the_chosen_stages_in_order(show, desk):
    app = show("solve", work=desk.work, stage="saturdays.yaml")
    app.selectbox(key="solve-effort").select("quick")
    button(app, "Solve").click().run()
    job = Store(desk.root).get(ids(app)["job"])
    assert job.payload["files"] == ["scenario.yaml", "saturdays.yaml"]
    assert (job.payload["effort"], job.state) == ("quick", JobState.QUEUED)
    assert said(app, "Waiting; 0 before you in the queue.")
    assert button(app, "Solve").disabled


def test_the_same_solve_is_joined_and_another_one_waits_its_turn(show, desk):
    first = show("solve", work=desk.work)
    button(first, "Solve").click().run()
    other = show("solve", work=desk.work)
    button(other, "Solve").click().run()
    assert ids(other)["job"] == ids(first)["job"]


def test_solve_wants_a_stage(show, desk):
    app = show("solve", work=desk.work)
    app.multiselect(key="solve-stages").set_value([])
    button(app, "Solve").click().run()
    assert app.error[0].value == "Choose at least one stage."
    assert Store(desk.root).claim("w") is None


def test_mistakes_come_before_the_queue(show, desk):
    path = desk.folder / "scenario.yaml"
    app = show("solve", work=desk.work)
    path.write_text(path.read_text(encoding="utf-8") + "colour: blue\n", encoding="utf-8")
    button(app, "Solve").click().run()
    assert "colour" in app.error[0].value
    assert Store(desk.root).claim("w") is None


def submitted(desk):
    store = Store(desk.root)
    payload = {**workspace.order(desk.folder, ("scenario.yaml",)), "work": desk.work, "effort": "quick"}
    return store, store.submit("rollout", payload, key="k", owner="me")


def test_a_running_solve_says_where_it_stands(show, desk):
    store, job = submitted(desk)
    store.claim("w")
    store.renew(
        job.id, "w", {"phase": "improving", "cost": 1234.4, "bound": None, "missing_hours": 0.25, "round": 2}
    )
    app = show("solve", work=desk.work, job=job.id)
    figures = [metric.value for metric in app.metric]
    assert figures == ["1,234 EUR", "–", "0.25 h"]
    assert "round 2" in app.get("progress")[0].proto.text
    button(app, "Stop and keep the best").click().run()
    assert store.cancelled(job.id)
    assert button(app, "Stop and keep the best").disabled
    assert "Stopping" in app.get("progress")[0].proto.text


def test_a_failed_solve_says_why(show, desk):
    store, job = submitted(desk)
    store.claim("w")
    store.finish(job.id, "w", errors=("the history is too short",))
    app = show("solve", work=desk.work, job=job.id)
    assert app.error[0].value == "the history is too short"


def test_a_solve_stopped_before_it_began_says_so(show, desk):
    store, job = submitted(desk)
    store.cancel(job.id)
    assert said(show("solve", work=desk.work, job=job.id), "was stopped before it began")


def test_results_say_that_the_plan_is_being_worked_out(show, desk):
    _, job = submitted(desk)
    assert show("rota", work=desk.work, job=job.id).info[0].value == "The plan is still being worked out."


def test_a_finished_solve_shows_each_stage(show, solved):
    app = show("solve", **solved.ids())
    assert app.success[0].value == "Stages planned: 2."
    assert [metric.label for metric in app.metric].count("Wages and premiums, 1 weeks") == 2
    assert "Next: Rota" in links(app)


def grid_cells(text):
    """Shifts of a grid as (person, letter and hours), in its order."""
    found = []
    for line in re.findall(r'<tr><th scope="row">(.*?)</tr>', text):
        name = line.split("</th>")[0]
        found += [(name, re.sub(r"<.*?>", "", duty)) for duty in re.findall(r"<span.*?>(.*?)</span>", line)]
    return found


def test_the_grid_shows_every_row_of_the_rota(show, solved):
    for number, stage in enumerate(("scenario.yaml", "saturdays.yaml"), start=1):
        app = show("rota", **solved.ids(stage=stage))
        rota = pd.read_csv(solved.result / f"stage-{number}" / "rota.csv")
        cells = grid_cells(html(app))
        assert sorted(name for name, _ in cells) == sorted(rota["agent"])
        assert not app.warning
    assert "25 Apr Freedom Day" in html(app)


def test_the_rota_page_shows_the_proof_and_what_each_carries(show, solved):
    app = show("rota", **solved.ids())
    record = json.loads((solved.result / "stage-1" / "plan.json").read_text(encoding="utf-8"))
    assert app.metric[0].value == f"{record['cost']:,.0f} EUR"
    assert said(app, f"{record['bound']:,.0f} EUR")
    assert app.metric[2].value == "none"
    table = show("rota", **solved.ids(view="fairness")).table[0].value
    assert table["Paid hours"].sum() == pytest.approx(record["hours"]["rostered"])
    assert len(table) == 4


def test_service_shows_each_queue(show, solved):
    app = show("service", **solved.ids())
    assert set(app.table[0].value["Queue"]) == {"email en"}


def test_compare_shows_figures_and_gates(show, solved):
    app = show("compare", **solved.ids())
    assert {"Weekdays", "Saturdays too"} <= set(app.table[0].value.columns)
    assert said(app, "**1. Weekdays** · no gates")
    assert said(app, "**2. Saturdays too** · ")
    assert said(app, "% are allowed")


def test_download_offers_every_file_of_the_stage(show, solved):
    app = show("export", **solved.ids(stage="saturdays.yaml", part="plan"))
    labels = [found.proto.label for found in app.get("download_button")]
    assert len(labels) == len(set(labels)) > 20
    assert labels[:2] == ["Meeting report", "Download playbook.html"]
    for name in ("ledger.csv", "plan.json", "comparison.csv", "gates.csv"):
        assert said(app, f"**{name}**")


@pytest.mark.parametrize("page", RESULTS)
def test_a_changed_input_shows_stale_wherever_results_show(show, solved, page):
    path = solved.folder / "scenario.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("30 a weekday", "40 a weekday"), encoding="utf-8"
    )
    app = show(page, **solved.ids())
    assert "Something was changed since this plan was made" in app.warning[0].value
    assert "Go to Solve" in links(app)


@pytest.mark.parametrize("page", RESULTS)
def test_a_stage_that_was_not_solved_says_so(show, solved, page):
    workspace.save_stage(solved.folder, "scenario.yaml", "Nights", {"minimum_on_duty": {"all": "2"}})
    app = show(page, **solved.ids(stage="nights.yaml"))
    assert 'The stage "Nights" is not in this plan yet' in app.warning[0].value


def test_results_of_another_workspace_are_not_shown(show, solved):
    other = workspace.open_text(solved.root, "people: 5\n")
    assert show("rota", work=other, job=solved.job).info[0].value == "There is no plan to show yet."


def test_every_link_keeps_the_ids(show, solved):
    app = show("rota", **solved.ids(stage="saturdays.yaml"))
    found_links = app.main.get("page_link")
    shown = [found.proto.label for found in found_links]
    assert shown[:5] == ["Start", "Demand and team", "Stages", "**Results**", "Settings"]
    assert shown[5:11] == ["Answers", "**Rota**", "Service", "Promise", "Compare", "Files"]
    for found in found_links:
        assert f"job={solved.job}" in found.proto.query_string
        assert "stage=saturdays.yaml" in found.proto.query_string


@pytest.mark.parametrize("page", ["solve", *RESULTS])
def test_files_that_are_gone_or_changed_are_a_sentence(show, solved, page):
    table = solved.result / "stage-1" / "rota.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    if page != "compare":
        assert "rota.csv" in show(page, **solved.ids()).error[0].value
    (solved.result / "rollout.json").unlink()
    assert "are gone; work it out again" in show(page, **solved.ids()).error[0].value


class TestService:
    def test_waits_are_durations_and_the_definition_is_said(self, show, solved):
        app = show("service", **solved.ids())
        table = app.table[0].value
        assert table["Promise"].str.startswith("90% within 4 ").all()
        assert re.fullmatch(r"\d+ (h|min|s)( \d+ (min|s))?", table["9 of 10 wait no longer than"].iloc[0])
        assert said(app, "email en: the share is of all who came")
        record = json.loads((solved.result / "stage-1" / "plan.json").read_text(encoding="utf-8"))
        assert said(app, f"simulated {record['service']['replications']} times")

    def test_without_the_compiler_it_says_why_there_are_fewer(self, show, solved):
        change_record(solved, lambda record: record["service"].update(fewer=True, replications=6))
        app = show("service", **solved.ids())
        assert said(app, "only 6 times, because the compiled extra is not installed")

    def test_every_chart_and_the_worst_hours_are_there(self, show, solved):
        app = show("service", **solved.ids())
        titles = [
            json.loads(chart.proto.spec)["layout"]["title"]["text"] for chart in app.get("plotly_chart")
        ]
        assert [title.split(":")[0] for title in titles] == [
            "Answered within any time",
            "Answered within the promise",
            "Contacts waiting for an answer",
            "Hours on duty of each person, and how busy",
        ]
        headings = [heading.value for heading in app.header]
        assert headings == [
            "Worst hours of the week",
            "How busy people are",
            "What may be published",
            "What if?",
        ]

    def test_a_plan_from_before_shows_what_it_has(self, show, solved):
        change_record(solved, lambda record: record.pop("service"))
        app = show("service", **solved.ids())
        assert "Promise" not in app.table[0].value.columns

    def test_a_bad_day_is_worked_out_beside_and_shown(self, show, solved):
        app = show("service", **solved.ids())
        app.number_input(key=f"stress-factor-{solved.job}-1").set_value(3)
        button(app, "What does a bad day do?").click().run()
        store = Store(solved.root)
        job = store.get(ids(app)["test"])
        assert (job.kind, job.payload["rush"]["factor"]) == ("stress", 3)
        assert all(found.disabled for found in app.button if found.label.endswith("?"))
        assert said(app, "Waiting; 0 before you")
        claimed = store.claim("w")
        assert store.renew(job.id, "w", {"stage": 2, "stages": 2, "phase": "bad day"})
        bar = show("service", **solved.ids(test=job.id)).get("progress")[0].proto
        assert (bar.text, bar.value) == ("What does a bad day do? Simulating", 75)
        run_job(store, "w", claimed)
        store.finish(job.id, "w")
        app = show("service", **solved.ids(test=job.id))
        assert said(app, "4 h with 3 times the contacts")
        assert said(app, "- email en: ")

    def test_a_rota_of_a_changed_desk_is_not_tested(self, show, solved):
        app = show("service", **solved.ids())
        path = solved.folder / "scenario.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("count: 4", "count: 5"), encoding="utf-8")
        button(app, "Who must not be absent?").click().run()
        assert "Solve again, then ask the new rota." in app.error[0].value
        assert Store(solved.root).claim("w") is None

    def test_a_test_of_another_rota_is_not_shown(self, show, solved):
        store = Store(solved.root)
        job = store.submit("stress", {"of": ["other", 1], "what": "absent"}, key="x", owner="me")
        assert not show("service", **solved.ids(test=job.id)).get("progress")
        assert not show("service", **solved.ids(test="0123456789abcdef")).error

    def test_a_stopped_test_says_so(self, show, solved):
        app = show("service", **solved.ids())
        button(app, "Who must not be absent?").click().run()
        button(app, "Stop").click().run()
        assert app.error[0].value == "Stopped before there was anything to tell."


def change_record(desk, change):
    """Write the record of the first stage anew."""
    path = desk.result / "stage-1" / "plan.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
