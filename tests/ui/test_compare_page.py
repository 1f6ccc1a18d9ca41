import json

import pandas as pd
import pytest

from planner.tasks import Store
from planner.tasks.run import run_job


def words(app):
    kinds = (app.markdown, app.info, app.warning, app.caption)
    return " ".join(each.value for kind in kinds for each in kind)


def figures(app):
    """The charts of a page as their data say them."""
    return [json.loads(each.proto.spec) for each in app.get("plotly_chart")]


def waterfall(app):
    return next(each["data"][0] for each in figures(app) if each["data"][0]["type"] == "waterfall")


def cents(value):
    return round(float(value) * 100)


def test_the_waterfall_is_that_of_the_file(solved, show):
    app = show("compare", **solved.ids())
    bars = waterfall(app)
    parts = pd.read_csv(solved.result / "cost_parts.csv")
    first, last = (parts[parts["scenario"] == name]["cost"] for name in ("Weekdays", "Saturdays too"))
    assert cents(bars["y"][0]) == cents(first.sum())
    assert cents(bars["y"][-1]) == cents(last.sum())
    assert sum(map(cents, bars["y"][:-1])) == cents(last.sum())


def test_differences_are_those_of_the_file(solved, show):
    app = show("compare", **solved.ids())
    table = app.table[0].value
    said = pd.read_csv(solved.result / "comparison.csv")
    row = said[(said["figure"] == "wages and premiums") & (said["scenario"] == "Saturdays too")].iloc[0]
    cell = table[table.iloc[:, 0] == "wages and premiums"].iloc[0, -1]
    assert cell.startswith(f"{row['value']:,.0f} (")
    assert row["verdict"] in cell


def test_another_baseline_turns_the_waterfall_round(solved, show):
    app = show("compare", **solved.ids(view="2.1-1"))
    bars = waterfall(app)
    assert bars["x"][0] == "Saturdays too"
    assert bars["x"][-1] == "Weekdays"
    assert "by ranges alone" in words(app)
    assert sum(map(cents, bars["y"][:-1])) == cents(bars["y"][-1])


def test_choosing_a_baseline_changes_the_address(solved, show):
    app = show("compare", **solved.ids())
    app.selectbox(key="compare-base").set_value(2).run()
    assert "2.1-1" in app.query_params["view"]
    assert waterfall(app)["x"][0] == "Saturdays too"


def test_one_alone_asks_for_another(solved, show):
    app = show("compare", **solved.ids())
    app.multiselect(key="compare-aside").set_value([1]).run()
    assert "Pick at least two" in app.info[0].value


@pytest.mark.parametrize("view", ["grid", "9.8-7", "1.1.1-1", "-", "1", "2.2-9"])
def test_a_strange_address_shows_something(solved, show, view):
    app = show("compare", **solved.ids(view=view))
    assert not app.exception


def test_panels_are_on_one_scale(solved, show):
    app = show("compare", **solved.ids())
    heat = next(each for each in figures(app) if each["data"][0]["type"] == "heatmap")
    assert len(heat["data"]) == 2
    scale = heat["layout"]["coloraxis"]
    assert scale["cmin"] == -scale["cmax"]
    app = show("compare", **solved.ids(part="promise"))
    assert any(each["data"][0]["type"] == "bar" for each in figures(app))


def test_gates_are_told_in_words(solved, show):
    app = show("compare", **solved.ids())
    finding = pd.read_csv(solved.result / "gates.csv")["finding"].iloc[0]
    assert finding[:12] in words(app).replace("\\", "")
    assert "No-go" in words(app)


def test_other_days_do_not_compare(solved, show):
    plan = solved.result / "stage-2" / "plan.json"
    record = json.loads(plan.read_text(encoding="utf-8"))
    record["period"]["first_day"] = "2027-01-04"
    plan.write_text(json.dumps(record), encoding="utf-8")
    app = show("compare", **solved.ids())
    assert "planned on other days" in app.error[0].value
    assert not app.get("plotly_chart")


def test_people_missing_and_no_rota_are_told(solved, show):
    plan = solved.result / "stage-2" / "plan.json"
    record = json.loads(plan.read_text(encoding="utf-8"))
    lacking = {**record, "missing_hours": 7.0, "no_legal_tour": ["Ana"]}
    plan.write_text(json.dumps(lacking), encoding="utf-8")
    app = show("compare", **solved.ids())
    assert any("7 h" in each.value for each in app.warning)
    assert any("Ana" in each.value for each in app.warning)


def test_fewer_than_two_says_what_to_do(solved, show):
    file = solved.result / "comparison.csv"
    rows = [line for line in file.read_text(encoding="utf-8").splitlines() if "Saturdays" not in line]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    app = show("compare", **solved.ids())
    assert "Only one scenario" in app.info[0].value


def test_a_comparison_of_what_ifs_is_shown_too(desk, show):
    store = Store(desk.root)
    files = ["scenario.yaml", "saturdays.yaml"]
    payload = {
        "work": desk.work,
        "files": files,
        "fingerprint": "",
        "scenarios": [str(desk.folder / name) for name in files],
        "effort": "quick",
        "currency": "EUR",
    }
    job = store.submit("compare", payload, key="c", owner="me")
    given = store.claim("w")
    run_job(store, "w", given)
    store.finish(job.id, "w")
    app = show("compare", work=desk.work, job=job.id)
    assert waterfall(app)["x"][-1] == "Saturdays too"
    assert not [each for each in figures(app) if each["data"][0]["type"] == "heatmap"]
