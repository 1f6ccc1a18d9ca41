import re
from datetime import UTC, date, datetime

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from planner.rota import Rota, Shift
from planner.study import grid

DAY = date(2026, 5, 1)


def row(
    agent="Ana",
    day="2026-05-01",
    shift="day",
    start="2026-05-01T09:00:00+01:00",
    end="2026-05-01T17:30:00+01:00",
):
    return {"agent": agent, "day": day, "shift": shift, "start_local": start, "end_local": end}


def night():
    return row("Bo", "2026-05-02", "night", "2026-05-02T22:00:00+01:00", "2026-05-03T06:00:00+01:00")


def cells(html):
    """Texts of the cells by person and number of the day."""
    found = {}
    for line in re.findall(r'<tr><th scope="row">(.*?)</tr>', html):
        name = line.split("</th>")[0]
        for number, cell in enumerate(re.findall(r"<td.*?>(.*?)</td>", line)):
            found[name, number] = re.sub(r"<.*?>", "", cell)
    return found


def test_each_shift_stands_in_its_persons_row_on_the_day_it_starts():
    html = grid.rota_html([row(), night()], ["Ana", "Bo", "Cy"], DAY, 3, "Each person's own clock")
    found = cells(html)
    assert found["Ana", 0] == "D09–17:30"
    assert found["Bo", 1] == "N22–06 +1"
    assert {text for (name, _), text in found.items() if name == "Cy"} == {""}
    assert "D = day" in html
    assert "N = night" in html


def test_weekends_are_shaded_and_holidays_named():
    html = grid.rota_html([], ["Ana"], DAY, 3, "x", {"2026-05-01": "Labor Day"})
    assert "* 01 May Labor Day" in html
    assert re.findall(r'<th scope="col" class="(\w*)"', html) == ["holiday", "off", "off"]


def test_names_are_text_never_markup():
    html = grid.rota_html([row(agent="<b>Eve", shift="<i>")], ["<b>Eve"], DAY, 1, "a <caption>")
    assert "<b>Eve" not in html
    assert "<caption>" not in html
    assert "&lt;b&gt;Eve" in html


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=26))
def test_letters_are_distinct(names):
    assert len(set(grid.letters(names).values())) == len(names)


def shift(agent, day, hour):
    start = datetime(2026, 5, day, hour, tzinfo=UTC)
    return Shift(start, agent, start.replace(hour=hour + 8), date(2026, 5, day), "=day", "Europe/Lisbon")


def test_a_draft_comes_back_with_people_and_days_that_have_no_shift(tmp_path):
    path = tmp_path / "best.csv"
    rota = Rota("desk", DAY, 7, ("=Ana", "Bo"), (shift("=Ana", 2, 8),))
    path.write_text(grid.draft_text(rota), encoding="utf-8")
    assert ",'=day," in path.read_text(encoding="utf-8")
    found = cells(grid.of_draft(path, "Best so far"))
    assert len(found) == 14
    assert found["=Ana", 1] == "D09–17"
    assert all(text == "" for (name, _), text in found.items() if name == "Bo")


def frame(*rows):
    columns = ["agent", "day", "kind", "paid_hours", "night_hours", "holiday_hours"]
    return pd.DataFrame([dict(zip(columns, each, strict=True)) for each in rows], columns=columns)


def test_what_each_person_carries():
    rota = frame(
        ("Ana", "2026-05-01", "work", 8.0, 0.0, 8.0),
        ("Ana", "2026-05-02", "work", 8.0, 3.0, 0.0),
        ("Ana", "2026-05-03", "work", 8.0, 2.75, 0.0),
        ("Ana", "2026-05-09", "work", 8.0, 0.0, 0.0),
        ("Bo", "2026-05-02", "on_call", 12.0, 8.0, 1.0),
    )
    table = grid.per_person(rota, ["Cy", "Ana", "Bo"])
    assert list(table["agent"]) == ["Cy", "Ana", "Bo"]
    assert table.set_index("agent").loc["Ana"].to_dict() == {
        "shifts": 4, "paid_hours": 32.0, "nights": 1, "weekends": 2, "holidays": 1, "on_call": 0,
    }  # fmt: skip
    assert table.set_index("agent").loc["Bo"].to_dict() == {
        "shifts": 0, "paid_hours": 0.0, "nights": 0, "weekends": 0, "holidays": 0, "on_call": 1,
    }  # fmt: skip
    assert table.set_index("agent").loc["Cy"].sum() == 0


def test_nobody_carries_anything_in_an_empty_rota():
    table = grid.per_person(
        frame().astype({"paid_hours": float, "night_hours": float, "holiday_hours": float}), ["Ana"]
    )
    assert table.to_dict("records")[0]["shifts"] == 0
