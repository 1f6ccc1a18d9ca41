"""Forecast, accuracy and drivers of the Demand page: what they show, and what typing in them does."""

from __future__ import annotations

import json

import pytest

from planner.study import Scenario, workspace


def figures(app):
    """Charts of a page: data and layout."""
    return [json.loads(found.proto.spec) for found in app.get("plotly_chart")]


def titles(app):
    return [figure["layout"]["title"]["text"] for figure in figures(app)]


def heat(app):
    """Numbers of the heat map."""
    return next(found["data"][0]["z"] for found in figures(app) if found["data"][0]["type"] == "heatmap")


def text(app):
    kinds = ("markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind))


def choose(app, label, value):
    """Choose in one of the segmented controls."""
    control = next(found for found in app.get("button_group") if found.label == label)
    return control.set_value(value).run()


def button(app, label):
    return next(found for found in app.button if found.label == label)


def draft(app, folder):
    """The form under way of the first stage."""
    return app.session_state[f"asks-{folder.name}-{workspace.fingerprint(folder, ('scenario.yaml',))}"]


def field(app, label):
    return next(found for found in app.text_input if found.label == label)


@pytest.fixture
def shop(show, desk):
    """The Demand page of a sample with a history, a section of it."""
    work = workspace.open_sample(desk.root, "web-shop-peak")

    def section(part, **ids):
        return show("demand", work=work, part=part, **ids)

    section.folder = workspace.folder_of(desk.root, work)
    return section


def test_all_queues_come_first_and_each_queue_can_be_chosen(shop):
    app = shop("forecast")
    assert app.selectbox(key="demand-queue").options[:2] == ["All queues", "email it"]
    assert titles(app)[0].startswith("All queues: what came and what is expected")
    every = {metric.label: metric.value for metric in app.metric}
    app.selectbox(key="demand-queue").select("chat it").run()
    assert titles(app) == [
        "chat it: what came and what is expected, per day",
        "When contacts are expected: chat it",
        "From the history to the forecast: chat it",
    ]
    one = {metric.label: metric.value for metric in app.metric}
    assert float(one["Contacts a week"].replace(",", "")) < float(every["Contacts a week"].replace(",", ""))
    assert one["Plan by"] == "4 hours"


def test_a_forecast_is_told_step_by_step_with_its_zone_and_its_doubt(shop):
    app = shop("forecast")
    said = text(app)
    assert "on the clock of Europe/Rome" in said
    assert "sale, 2026-07-04 to 2026-07-06: expected as past ones were" in said
    assert "in 8 weeks of 10" in said
    assert "level x calendar x profile of the day" in said
    bars = figures(app)[2]["data"][0]["y"]
    assert bars[0] == "the history's last weeks"
    assert [bars[-1], "sale" in bars] == ["forecast", True]


def test_weeks_can_be_shown_instead_of_days(shop):
    app = choose(shop("forecast"), "Chart by", "week")
    assert "per week" in titles(app)[0]
    assert len(next(t for t in figures(app)[0]["data"] if t.get("name") == "forecast")["x"]) == 4


def test_the_heat_map_moves_with_the_clock_and_shows_what_came(shop):
    app = shop("forecast")
    rome = heat(app)
    assert (len(rome), len(rome[0])) == (7, 24)
    utc = heat(choose(app, "Clock", "utc"))
    assert utc[1][8] == pytest.approx(rome[1][10])  # two hours in summer
    assert sum(map(sum, utc)) == pytest.approx(sum(map(sum, rome)))
    app = choose(app, "By hour of the week", "came")
    assert titles(app)[1] == "When contacts came, mean of the last 26 weeks: All queues"
    assert heat(app) != utc


def test_days_of_clock_changes_are_marked_and_said(show, desk):
    said = (desk.folder / "scenario.yaml").read_text(encoding="utf-8")
    spring = workspace.open_text(desk.root, said.replace("2026-04-20, weeks: 1", "2026-03-23, weeks: 1"))
    app = show("demand", work=spring)
    assert "On 2026-03-29 clocks go forward (Europe/Lisbon): the day has 23 hours." in text(app)
    notes = figures(app)[0]["layout"]["annotations"]
    assert [note["text"] for note in notes] == ["clock change, 23 h"]


def test_hours_that_were_never_seen_are_said_to_be_borrowed(show, desk):
    work = workspace.open_sample(desk.root, "web-shop-peak")
    app = show("demand", work=work, stage="chat-evenings.yaml")
    app.selectbox(key="demand-queue").select("chat it").run()
    assert any("never open in" in warning.value for warning in app.warning)
    assert "borrowed" in text(app)


def test_what_was_set_by_hand_stands_there_with_its_reason(show, desk):
    said = (desk.folder / "scenario.yaml").read_text(encoding="utf-8")
    hand = "by_hand: {days: 2026-04-21, factor: x2, reason: 'a mailing, Ana'}\n"
    app = show("demand", work=workspace.open_text(desk.root, said + hand))
    assert any("a mailing, Ana" in info.value for info in app.info)
    assert any(name.startswith("set by hand") for name in figures(app)[2]["data"][0]["y"])


def test_accuracy_is_a_table_with_sentences_and_charts_of_a_queue(shop):
    app = shop("accuracy")
    table = app.table[0].value
    assert list(table["Queue"]) == ["email it", "chat it", "phone it", "social it"]
    assert list(table.columns)[1:] == [
        "Contacts a day",
        "Typical miss of a day",
        "Chance alone",
        "Times chance",
        "Better than last week",
        "Better than mean of 8 weeks",
        "In the band of 80 / 95 %",
        "Plan by",
    ]
    assert len(titles(app)) == 4
    app.selectbox(key="accuracy-queue").select("phone it").run()
    assert all(title.startswith("phone it") for title in titles(app))
    assert "Queue phone it gets" in text(app)
    assert "planner actuals scenario.yaml" in app.code[0].value


def test_without_history_accuracy_is_an_assumption(show, desk):
    app = show("demand", work=desk.work, part="accuracy")
    assert any("That is an assumption, not a forecast" in info.value for info in app.info)
    assert titles(app) == []


def test_a_short_history_has_no_accuracy_yet(show, desk):
    said = (desk.folder / "scenario.yaml").read_text(encoding="utf-8")
    said = said.replace("volume: {email en: 30 a weekday}", "history: {file: counts.csv, profile: counts}")
    work = workspace.open_text(desk.root, said + "queues: {name: email en}\n")
    rows = [
        f"2026-03-{day:02d}T{hour:02d}:00+00:00,email en,{hour % 4}"
        for day in range(1, 31)
        for hour in range(24)
    ]
    folder = workspace.folder_of(desk.root, work)
    (folder / "counts.csv").write_text("\n".join(["interval_start,queue,arrivals", *rows]), encoding="utf-8")
    app = show("demand", work=work, part="accuracy")
    assert any("forecasts get good from 91 on" in warning.value for warning in app.warning)
    assert titles(app) == []


def test_a_method_worse_than_naive_is_a_warning(shop, monkeypatch):
    from planner._messages import Message
    from planner.demand.backtesting import findings

    values = {"queue": "email it", "method": "mean of 8 weeks", "grain": "day", "more": 9, "wins": 1, "n": 9}
    worse = findings.Finding("email it", "worse than naive", Message("accuracy.worse", values))
    monkeypatch.setattr("planner.demand.backtesting.report.findings_of", lambda *_: iter([worse]))
    assert any("would have missed less" in warning.value for warning in shop("accuracy").warning)


def test_drivers_show_what_the_scenario_says_and_save_nothing_unchanged(shop):
    app = shop("drivers")
    assert field(app, "Orders a day instead, now -> then").value == "1500 -> 1560"
    assert len(draft(app, shop.folder).base.tables["events"]) == 36
    assert button(app, "Save as a new stage").disabled
    assert "Nothing is changed yet." in text(app)


def test_a_typed_value_is_previewed_and_saved_as_a_new_stage(shop):
    before = sorted(path.name for path in shop.folder.iterdir())
    app = shop("drivers")
    field(app, "Orders a day instead, now -> then").set_value("1500 -> 3000").run()
    app.toggle[0].set_value(True).run()
    assert len(titles(app)) == 2
    assert "become" in text(app)
    assert sorted(path.name for path in shop.folder.iterdir()) == before, "a preview writes nothing"
    field(app, "Name of the new stage").set_value("Twice the orders")
    button(app, "Save as a new stage").click().run()
    saved = Scenario.load(shop.folder / "twice-the-orders.yaml")
    assert saved.said.growth.orders == (1500.0, 3000.0)
    written = (shop.folder / "twice-the-orders.yaml").read_text(encoding="utf-8")
    assert "events" not in written, "only what was changed"
    assert app.selectbox(key="demand-stage").value == "twice-the-orders.yaml"
    assert field(app, "Orders a day instead, now -> then").value == "1500 -> 3000"


def test_a_mistake_names_its_place_and_nothing_typed_is_lost(shop):
    app = shop("drivers")
    field(app, "How far this may be wrong").set_value("much").run()
    assert [error.value.split(":")[0] for error in app.error] == ["Growth, How far this may be wrong"]
    assert button(app, "Save as a new stage").disabled
    assert field(app, "How far this may be wrong").value == "much"


def test_what_is_typed_waits_while_another_section_shows(shop):
    app = shop("drivers")
    field(app, "Contacts for each order").set_value("9% -> 7%").run()
    choose(app, "What to show", "accuracy")
    assert not app.exception
    choose(app, "What to show", "drivers")
    assert field(app, "Contacts for each order").value == "9% -> 7%"
    button(app, "Reset").click().run()
    assert field(app, "Contacts for each order").value == "9% -> 8.8%"
    assert "Nothing is changed yet." in text(app)


def test_unusual_days_become_an_event_with_a_name(show, desk):
    work = workspace.open_sample(desk.root, "mozilla-support")
    folder = workspace.folder_of(desk.root, work)
    app = show("demand", work=work, part="drivers")
    days = app.selectbox(key="unusual").options
    assert button(app, "Take into the table of events").disabled
    app.text_input(key="unusual-name").set_value("outage").run()
    button(app, "Take into the table of events").click().run()
    (row,) = draft(app, folder).typed.tables["events"]
    assert (row["name"], row["first"]) == ("outage", days[0][:10])
    assert len(app.selectbox(key="unusual").options) == len(days) - 1
    button(app, "Save as a new stage").click().run()
    saved = Scenario.load(folder / "other-demand.yaml")
    assert [event.name for event in saved.forecast_asks.events] == ["outage"]
