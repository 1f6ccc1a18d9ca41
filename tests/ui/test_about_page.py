"""The About page: versions, what was checked, errata."""

from __future__ import annotations

from planner.clock import tzdata_version
from planner.study import validation


def test_it_needs_no_scenario_and_shows_every_number(show):
    app = show("about")
    found, wrong = validation.checks(), validation.errata()
    assert any(tzdata_version() in caption.value for caption in app.caption)
    assert validation.summary(found, wrong) in [text.value for text in app.markdown]
    assert len(app.dataframe[0].value) == sum(check.published for check in found)
    assert app.dataframe[0].value["Agrees"].all()
    assert list(app.table[0].value["Id"]) == [erratum.id for erratum in wrong]
    app.checkbox(key="about-published").uncheck().run()
    assert len(app.dataframe[0].value) == len(found)


def test_subjects(show):
    app = show("about")
    app.selectbox(key="about-group").select("law").run()
    assert len(app.dataframe[0].value) == sum(
        check.group == "law" and check.published for check in validation.checks()
    )
    app.selectbox(key="about-group").select("clock").run()
    assert not app.dataframe
    assert app.info[0].value.startswith("Nobody prints numbers on this subject")
    app.checkbox(key="about-published").uncheck().run()
    assert len(app.dataframe[0].value) == sum(check.group == "clock" for check in validation.checks())
