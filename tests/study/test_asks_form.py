"""What a forecast is told as tables: there and back, only what changed, mistakes with row and column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner._errors import ScenarioError
from planner._messages import Message
from planner.demand import History, ImportReport, Suggestion
from planner.study import Scenario, asks_form, workspace

SHOP = """
name: Shop
zone: Europe/Rome
period: {first_day: 2026-06-22, weeks: 4}
volume: {email it: 40 a weekday, chat it: 10 a weekday}
queues: [{name: email it}, {name: chat it}]
growth: {orders: 1500 -> 1560, contacts_per_order: 9% -> 8%, doubt: 5%, more_contacts: {chat it: 10%}}
events:
  - {name: sale, days: [2025-07-05 to 2025-07-07, 2025-11-28]}
  - {name: sale, days: 2026-07-04 to 2026-07-06, factor: x3, doubt: 20%, queues: chat it}
self_service: [{name: help centre, topics: 40% of contacts, adoption: 60%, solves: 20%, from: 2026-06-01}]
by_hand:
  - {days: 2026-07-01, hours: 09:00-12:00, queues: "email it, chat it", contacts: 30 a day, reason: "a: b"}
  - {days: "2026-07-02, 2026-07-08", factor: x0.5, reason: closing early}
days_off: [{day: 2026-08-14, name: bridge}]
"""


def typed(form, growth=None, **tables):
    """A form with fields and tables typed anew."""
    return asks_form.form_of({**form.growth, **(growth or {})}, {**form.tables, **tables})


def refused(scenario, form):
    with pytest.raises(ScenarioError) as found:
        asks_form.changes_of(scenario, form)
    return [str(message) for message in found.value.messages]


def emptied(scenario):
    """The same scenario told nothing."""
    keys = ("growth", *asks_form.COLUMNS)
    return scenario.replace(**{key: None for key in keys if key in scenario.plain})


def test_what_is_not_changed_is_not_said():
    shop = Scenario.from_text(SHOP)
    form = asks_form.rows_of(shop)
    assert [len(form.tables[table]) for table in asks_form.COLUMNS] == [3, 1, 2, 1]
    assert asks_form.changes_of(shop, form) == {}
    assert asks_form.changes_of(shop, typed(form)) == {}


@pytest.mark.parametrize("sample", workspace.samples())
def test_every_sample_comes_back_from_its_rows(sample):
    for path in sorted((workspace.SAMPLES / sample).glob("*.yaml")):
        scenario = Scenario.load(path)
        form = asks_form.rows_of(scenario)
        bare = emptied(scenario)
        kept = {key: text for key, text in scenario.plain.get("growth", {}).items() if key not in form.growth}
        changes = asks_form.changes_of(bare, form)
        again = bare.replace(**{**changes, "growth": {**changes.get("growth", {}), **kept} or None})
        assert again.forecast_asks == scenario.forecast_asks
        assert asks_form.rows_of(again) == form


NAMES = st.sampled_from(["sale", "newsletter", "Black Friday", "outage: chat"])
QUEUES = st.sampled_from(["all", "email it", "chat it, email it", ""])
SHARES = st.sampled_from(["", "10%", "0.25", "40%"])
FACTORS = st.sampled_from(["", "learn it", "Learn It", "x3", "0.5", "+20%", "-30%"])
DAYS = st.dates(date(2025, 1, 1), date(2026, 5, 31))  # of coming ones a factor must be said


@st.composite
def event_rows(draw):
    first, length = draw(DAYS), draw(st.integers(0, 4))
    last = date.fromordinal(first.toordinal() + length)
    shown = last.isoformat() if length or draw(st.booleans()) else draw(st.sampled_from(["", None]))
    return {
        "name": draw(NAMES),
        "first": f" {first.isoformat()} ",
        "last": shown,
        "queues": draw(QUEUES),
        "factor": draw(FACTORS),
        "doubt": draw(SHARES),
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(event_rows(), max_size=6))
def test_rows_become_the_events_that_they_say(rows):
    bare = emptied(Scenario.from_text(SHOP))
    form = asks_form.form_of({}, {"events": rows})
    made = bare.replace(**asks_form.changes_of(bare, form))
    assert [(event.name, event.first.isoformat()) for event in made.forecast_asks.events] == [
        (row["name"], row["first"].strip()) for row in rows
    ]
    again = asks_form.rows_of(made)
    assert asks_form.changes_of(made, again) == {}
    assert bare.replace(**asks_form.changes_of(bare, again)).forecast_asks == made.forecast_asks


def test_a_stage_says_only_the_table_that_was_changed(tmp_path):
    (tmp_path / "scenario.yaml").write_text(SHOP, encoding="utf-8")
    shop = workspace.load(tmp_path, "scenario.yaml")
    form = asks_form.rows_of(shop)
    rows = [{**row, "doubt": "10%"} for row in form.tables["events"]]
    changes = asks_form.changes_of(shop, typed(form, events=rows))
    assert changes == {
        "events": [
            {"name": "sale", "days": "2025-07-05 to 2025-07-07, 2025-11-28", "doubt": "10%"},
            {
                "name": "sale",
                "days": "2026-07-04 to 2026-07-06",
                "queues": "chat it",
                "factor": "x3",
                "doubt": "10%",
            },
        ]
    }
    file = workspace.save_stage(tmp_path, "scenario.yaml", "Less sure", changes)
    saved = workspace.load(tmp_path, file)
    assert {event.doubt for event in saved.forecast_asks.events} == {0.1}
    assert saved.forecast_asks.overrides == shop.forecast_asks.overrides
    assert set(saved.node.value) == set(shop.node.value)


def test_growth_is_changed_field_by_field_and_taken_back(tmp_path):
    (tmp_path / "scenario.yaml").write_text(SHOP, encoding="utf-8")
    shop = workspace.load(tmp_path, "scenario.yaml")
    form = asks_form.rows_of(shop)
    other = {"orders": "", "contacts_per_order": None, "customers": "7000 -> 15000"}
    changes = asks_form.changes_of(shop, typed(form, growth=other))
    assert changes == {
        "growth": {"customers": "7000 -> 15000", "orders": "none", "contacts_per_order": "none"}
    }
    saved = workspace.load(tmp_path, workspace.save_stage(tmp_path, "scenario.yaml", "More", changes))
    assert saved.said.growth.orders is None
    assert saved.said.growth.customers == (7000.0, 15000.0)
    assert saved.said.growth.more_contacts == {"chat it": 0.1}, "what no field shows stays"


def test_an_emptied_table_is_taken_back(tmp_path):
    (tmp_path / "scenario.yaml").write_text(SHOP, encoding="utf-8")
    shop = workspace.load(tmp_path, "scenario.yaml")
    form = asks_form.rows_of(shop)
    changes = asks_form.changes_of(
        shop, typed(form, events=[], by_hand=[dict.fromkeys(form.tables["by_hand"][0])])
    )
    assert changes == {"events": "none", "by_hand": "none"}
    file = workspace.save_stage(tmp_path, "scenario.yaml", "None", changes)
    asks = workspace.load(tmp_path, file).forecast_asks
    assert (asks.events, asks.overrides) == ((), ())


def test_mistakes_name_table_row_and_column():
    shop = Scenario.from_text(SHOP)
    form = asks_form.rows_of(shop)
    events = [dict(row) for row in form.tables["events"]]
    events[0]["last"] = "2025-13-01"
    events[1]["factor"] = "much"
    events[2]["doubt"] = "30"
    events += [{}, {"factor": "x2"}, {"name": "x", "first": "2026-07-09", "last": "2026-07-01"}]
    by_hand = [{"days": "2026-07-01", "change": "many a day", "reason": ""}]
    found = refused(shop, typed(form, {"orders": "x -> 3"}, events=events, by_hand=by_hand))
    places = [sentence.split(":")[0] for sentence in found]
    assert sorted(places) == [
        "Events, row 1, Last day",
        "Events, row 2, Factor",
        "Events, row 3, Doubt",
        "Events, row 5, First day",  # the empty row 4 is no row, but counts
        "Events, row 5, Name",
        "Events, row 6, Last day",
        "Growth, Orders a day instead, now -> then",
        "Set by hand, row 1, Factor or contacts",
        "Set by hand, row 1, Reason",
    ]


def test_a_queue_that_nobody_has_is_named_with_its_row():
    shop = Scenario.from_text(SHOP)
    form = asks_form.rows_of(shop)
    rows = [{**form.tables["events"][0], "queues": "email ti"}]
    (found,) = refused(shop, typed(form, events=rows))
    assert found.startswith("Events, row 1, Queues:")
    assert "email it" in found


def test_a_row_keeps_the_number_that_it_has_on_screen():
    shop = Scenario.from_text(SHOP)
    form = asks_form.rows_of(shop)
    rows = [{**form.tables["events"][0], "row": 7, "doubt": "much"}]
    assert refused(shop, typed(form, events=rows))[0].startswith("Events, row 7, Doubt")


def history(*suggestions):
    """A history of which only its suggestions matter."""
    report = ImportReport("made", "", "made", "UTC", 0, 0, {}, None, None, {})
    return History(None, 60, None, None, report, suggestions=suggestions)


def unusual(first, last, *queues):
    return Suggestion("event", first, last, Message("asks_form.learn"), queues)


def test_unusual_days_are_suggested_until_a_row_names_them():
    shop = Scenario.from_text(SHOP)
    form = asks_form.rows_of(shop)
    known = unusual(date(2025, 7, 5), date(2025, 7, 7), "email it")
    new = unusual(date(2025, 9, 1), date(2025, 9, 2), "email it", "chat it")
    past = history(known, new, replace(new, kind="exclude"))
    assert asks_form.suggested(past, form) == (new,)
    row = asks_form.event_row(new, " outage ")
    taken = asks_form.with_event(form, row)
    assert asks_form.suggested(past, taken) == ()
    changes = asks_form.changes_of(shop, taken)
    assert changes["events"][0] == {
        "name": "outage",
        "days": "2025-09-01 to 2025-09-02",
        "queues": "email it, chat it",
    }
    assert asks_form.suggested(None, form) == ()
    wrong = typed(form, events=[{"name": "a", "first": "soon"}])
    assert asks_form.suggested(past, wrong) == (known, new)


def test_a_preview_changes_the_forecast_and_no_file(tmp_path):
    (tmp_path / "scenario.yaml").write_text(SHOP, encoding="utf-8")
    shop = workspace.load(tmp_path, "scenario.yaml")
    form = asks_form.rows_of(shop)
    rows = [{"days": "2026-06-22 to 2026-07-19", "change": "x2", "reason": "twice"}]
    changes = asks_form.changes_of(shop, typed(form, by_hand=rows))
    before, after = asks_form.preview(shop, None, {}), asks_form.preview(shop, None, changes)
    assert after.mean.sum() > 1.5 * before.mean.sum()
    assert [path.name for path in tmp_path.iterdir()] == ["scenario.yaml"]


def test_every_column_has_a_heading():
    for table, columns in asks_form.COLUMNS.items():
        assert asks_form.title(table)
        assert all(asks_form.title(table, column) for column in columns)
    assert all(asks_form.title("growth", field) for field in asks_form.GROWTH)
