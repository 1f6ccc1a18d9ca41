from planner.study import Scenario, ladder, workspace
from planner.study.ladder import HoursRow

SAMPLE = workspace.SAMPLES / "weekday-to-247"


def test_form_shows_what_a_stage_starts_from():
    rows = ladder.form_of(SAMPLE / "stage-2-two-late-hours.yaml")
    assert rows == (
        HoursRow(("all",), "mon-fri", "07:00", "20:00"),
        HoursRow(("all",), "public holidays", "09:00", "18:00", closed=True),
    )


def test_lines_of_an_unchanged_form_mean_the_same():
    for path in sorted(SAMPLE.glob("*.yaml")):
        scenario = Scenario.load(path)
        again = scenario.replace(opening_hours=ladder.lines_of_form(ladder.rows_of(scenario)))
        assert again.said.opening_hours == scenario.said.opening_hours


def test_typed_hours_lie_over_their_row_only():
    rows = [HoursRow(("a",), "mon-fri", "09:00", "18:00"), HoursRow(("b",), "sat", "10:00", "12:00")]
    lines = ladder.lines_of_form(rows, {1: (" 08:00", "13:00 ")})
    assert [(line["open"], line["close"]) for line in lines] == [("09:00", "18:00"), ("08:00", "13:00")]
