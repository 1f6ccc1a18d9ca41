"""Why a plan is short and what would mend it: small desks of which the answer is known."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from planner import _yaml
from planner.__main__ import main
from planner.study import Scenario, plan, summary, write_plan
from planner.study.columns import COLUMNS
from planner.study.why import hour_changes, patterns
from planner.study.why.files import fix_name, fixes_frame, why_frame, write_why
from planner.study.why.fix_words import fix_details, fix_line, fixes_head, paste_head, paste_text
from planner.study.why.fixes import changes_of
from planner.study.why.run import basis_of, why, why_planned
from planner.study.why.words import summary_of

LEAVE = """
name: Two languages
zone: Europe/Rome
period: {first_day: 2026-03-02, weeks: 1}
interval: 60 min
agents:
  - {name: Ada, languages: fr, cost: 14, leave: 2026-03-04}
  - {name: Ben, languages: en, cost: 12}
  - {name: Cleo, languages: en, cost: 13}
queues: [{name: chat fr, channel: chat, language: fr}, {name: chat en, channel: chat, language: en}]
need: {chat fr: 1, chat en: 1}
opening_hours: {queues: all, days: mon-fri, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
rules: [{weekly_hours: {at_most: 48}}]
solve: {effort: quick, seed: 1}
"""

NIGHTS = """
name: Nights that nobody works
zone: UTC
period: {first_day: 2026-03-02, weeks: 1}
interval: 60 min
people: {count: 3, cost: 12, nights: no}
queues: {name: desk, channel: chat, language: en}
need: {desk: 1}
opening_hours: {queues: all, days: wed, open: 16:00, close: 24:00}
shifts: [{name: day, start: 14:00, paid_hours: 8}, {name: night, start: 22:00, paid_hours: 8}]
solve: {effort: quick, seed: 1}
"""

MEAGRE = """
name: One day too many
zone: UTC
period: {first_day: 2026-03-02, weeks: 1}
interval: 60 min
people: {count: 1, cost: 10}
sites: {name: Hub, zone: UTC, full_time_hours: 40}
queues: {name: desk, channel: chat, language: en}
need: {desk: 1}
opening_hours: {queues: all, days: mon-sat, open: 09:00, close: 17:00}
shifts: {name: day, start: 09:00, paid_hours: 8}
rules: [{weekly_hours: {at_most: contract}}]
solve: {effort: quick, seed: 1}
"""

CLASH = MEAGRE.replace("weekly_hours: {at_most: contract}", "weekly_hours: {at_least: 40}").replace(
    "}]\nsolve", "}, {shifts_a_week: {at_most: 3}}]\nsolve"
)


@pytest.fixture(scope="module")
def leave():
    """Nobody but Ada speaks French, and Ada is on leave on Wednesday."""
    scenario = Scenario.from_text(LEAVE)
    return scenario, why(scenario, 8)


def by_kind(made):
    return {fix.change.kind: fix for fix in made.fixes.fixes}


def test_leave_of_the_only_one_who_speaks_it_is_named(leave):
    scenario, made = leave
    (finding,) = made.found.findings
    assert (finding.pattern.names, finding.hours, finding.proven) == (("chat fr",), 8.0, 8.0)
    assert finding.unavoidable
    assert [(stop.person, stop.how, stop.rules[0].name) for stop in finding.stops] == [
        ("Ada", "rule", "unavailable")
    ]
    lines = [str(line) for line in summary_of(made.found, made.plan.need, scenario.zone, scenario.currency)]
    assert lines[0] == "8.0 person-hours are missing in the period: no rota of this team can miss fewer"
    assert lines[1].startswith("Wed 2026-03-04 09:00-17:00: chat fr needs 1, and 0 of those on duty can")
    assert any("No shift on days of leave" in line and "1 person (Ada)" in line for line in lines)


def test_a_language_for_somebody_named_mends_it(leave):
    _, made = leave
    fix = by_kind(made)["language"]
    assert str(fix.change.title) in ("Ben also serves fr", "Cleo also serves fr")
    assert (fix.before_missing, fix.missing, fix.verdict) == (8.0, 0.0, "lower")
    assert fix.scenario.team.agent("Ben" if "Ben" in str(fix.change.title) else "Cleo").languages.keys() == {
        "en",
        "fr",
    }
    assert "fewer for certain: without it every rota misses at least 8.0" in str(fix_line(1, fix))


def test_fixes_are_ranked_by_their_whole_cost(leave):
    _, made = leave
    wholes = [fix.whole for fix in made.fixes.fixes]
    assert wholes == sorted(wholes)
    # Whoever speaks both languages serves both queues: that even saves wages.
    assert made.fixes.fixes[0].change.kind == "language"
    closing = by_kind(made)["close hours"]
    assert str(closing.change.title) == "chat fr closed wed 09:00-17:00"
    assert closing.missing == 0.0
    hired = by_kind(made)["hire"]
    assert str(hired.change.title) == "one more like Ada"
    assert hired.wages - hired.before_wages >= 8 * 1400
    assert str(hired.decide_by) == "2026-01-05"
    assert hired.hours["New person 1"] >= 8.0
    assert any("decide by 2026-01-05" in str(line) for line in fix_details(hired))
    assert made.fixes.solved == made.fixes.wanted


def test_each_fix_is_a_file_that_gives_what_was_told(leave, tmp_path):
    scenario, made = leave
    written = {path.name for path in write_why(made, scenario, tmp_path)}
    assert {"why.csv", "fixes.csv", "why.json", "scenario.yaml", "fix-1.yaml"} <= written
    frame = pd.read_csv(tmp_path / "fixes.csv")
    for row in frame.to_dict("records"):
        fix = made.fixes.fixes[row["rank"] - 1]
        read = Scenario.load(tmp_path / row["file"])
        assert read == fix.scenario
        again = plan(read)
        assert again.result.missing_hours == pytest.approx(row["missing_after"])
        assert round(again.result.objective.total / 100, 2) == pytest.approx(row["whole_cost"])
        text = (tmp_path / row["file"]).read_text(encoding="utf-8")
        assert text.startswith("starts_from: scenario.yaml\n")


def test_pasted_lines_say_the_same_as_the_file(leave):
    scenario, made = leave
    closing = by_kind(made)["close hours"]
    assert str(paste_head(closing)) == "in the scenario file:"
    base = _yaml.load(scenario.dump()).plain()
    read = Scenario.from_text(_yaml.dump({**base, **_yaml.load(paste_text(closing)).plain()}))
    assert read.said.opening_hours == closing.scenario.said.opening_hours
    hired = by_kind(made)["hire"]
    assert str(paste_head(hired)) == "one entry of agents, the others stay as they are:"
    assert paste_text(hired).startswith("agents:\n- {name: New person 1")


def test_files_have_the_columns_that_are_documented(leave):
    scenario, made = leave
    shortages = why_frame(made.found, made.plan.need, scenario)
    assert list(shortages.columns) == [column.name for column in COLUMNS["why.csv"]]
    assert shortages["rule"].tolist()[0] == '"No shift on days of leave or outside the contract"'
    assert list(fixes_frame(made, scenario).columns) == [column.name for column in COLUMNS["fixes.csv"]]


def test_the_plan_itself_says_it(leave, tmp_path):
    _, made = leave
    write_plan(made.plan, tmp_path)
    record = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["why"]
    assert (record["missing_hours"], record["proven_hours"]) == (8.0, 8.0)
    (shortage,) = record["shortages"]
    assert (shortage["queues"], shortage["dates"], shortage["unavoidable"]) == (
        ["chat fr"],
        ["2026-03-04"],
        True,
    )
    assert shortage["stops"] == [
        {
            "agent": "Ada",
            "how": "rule",
            "rules": ["unavailable"],
            "saves": pytest.approx(shortage["stops"][0]["saves"]),
        }
    ]
    assert any("chat fr needs 1" in str(line) for line in summary(made.plan))


def test_the_same_answer_twice(leave):
    scenario, made = leave
    again = why_planned(plan(scenario), scenario, 8)
    assert [fix.change.title for fix in again.fixes.fixes] == [fix.change.title for fix in made.fixes.fixes]
    assert fixes_frame(again, scenario).equals(fixes_frame(made, scenario))


def test_stopping_keeps_what_was_solved(leave):
    scenario, made = leave
    asked: list[int] = []

    def listen(said):
        asked.append(said.stage)

    stopped = why_planned(made.plan, scenario, 8, listen, lambda: max(asked, default=0) >= 3)
    assert 1 <= stopped.fixes.solved < stopped.fixes.wanted
    assert f"stopped: {stopped.fixes.solved} of {stopped.fixes.wanted}" in str(
        next(iter(fixes_head(stopped.fixes)))
    )


def test_a_night_that_nobody_may_work(tmp_path):
    scenario = Scenario.from_text(NIGHTS)
    made = why(scenario, 0)
    (finding,) = made.found.findings
    assert finding.unavoidable
    assert {rule.name for stop in finding.stops for rule in stop.rules} == {"no_nights"}
    assert made.found.window is not None
    assert [rule.name for rule in made.found.window.rules] == ["no_nights"]
    assert made.fixes.wanted == 0
    write_why(made, scenario, tmp_path)
    rows = pd.read_csv(tmp_path / "why.csv")
    assert rows["what"].tolist() == ["people"] * (len(rows) - 1) + ["window"]


def test_a_rule_relaxed_once_says_for_whom():
    scenario = Scenario.from_text(MEAGRE)
    made = why(scenario, 8)
    relaxed = by_kind(made)["relax"]
    assert relaxed.change.counted is not None
    assert relaxed.change.counted.name == "weekly_hours"
    assert dict(relaxed.used) == {"Person 1": 1}
    assert (relaxed.before_missing, relaxed.missing, relaxed.verdict) == (8.0, 0.0, "lower")
    assert relaxed.difference == 80.0
    assert "used 1 times: Person 1 1" in [str(line) for line in fix_details(relaxed)]
    bought = by_kind(made)["outsource"]
    assert bought.missing == 0.0


def test_a_person_whose_rules_clash_is_told_in_the_plan():
    made = plan(Scenario.from_text(CLASH))
    assert made.why is not None
    (clash,) = made.why.clashes
    assert [sorted(rule.name for rule in one) for one in clash.sets] == [["shifts_a_week", "weekly_hours"]]
    lines = [str(line) for line in summary(made)]
    assert any(line.startswith("Person 1 has no legal tour: these cannot all hold") for line in lines)
    assert any(line.startswith("Person 1 would have one without") for line in lines)


def test_nothing_missing_is_a_sentence():
    scenario = Scenario.from_text(MEAGRE.replace("mon-sat", "mon-fri"))
    made = why(scenario)
    lines = summary_of(made.found, made.plan.need, scenario.zone, scenario.currency)
    assert [str(line) for line in lines] == ["nobody is missing: every hour has the people that it needs"]
    assert made.fixes.wanted == 0


def test_hours_of_several_days_are_told_once():
    scenario = Scenario.from_text(MEAGRE.replace("people: {count: 1", "people: {count: 1, weekly_hours: 8"))
    made = why(scenario, 0)
    (finding,) = made.found.findings
    assert (finding.pattern.hours_text, len(finding.pattern.dates), finding.hours) == ("09:00-17:00", 5, 40.0)


def test_opening_hours_without_a_stretch_keep_the_other_queues_and_days():
    text = LEAVE.replace(
        "opening_hours: {queues: all, days: mon-fri, open: 09:00, close: 17:00}",
        "opening_hours: [{queues: all, days: 'mon-fri, public holidays', open: 09:00, close: 17:00}]",
    )
    scenario = Scenario.from_text(text)
    made = plan(scenario)
    assert made.why is not None
    (pattern,) = patterns(made.why.findings[0].pattern.stretches, made.need, scenario.zone)
    (change,) = hour_changes.closed_hours(basis_of(made, scenario, made.why))
    assert pattern.days_text == "Wed 2026-03-04"
    assert change.changes["opening_hours"] == [
        {"queues": "chat en", "days": "mon-fri, public holidays", "open": "09:00", "close": "17:00"},
        {"queues": "chat fr", "days": "mon-tue, thu-fri, public holidays", "open": "09:00", "close": "17:00"},
    ]
    assert {one.kind for one in changes_of(basis_of(made, scenario, made.why), 3)} >= {"hire", "language"}
    assert fix_name(2) == "fix-2.yaml"


QUICK = """
name: A short night
zone: UTC
period: {first_day: 2026-03-02, weeks: 1}
interval: 60 min
people: {count: 1, cost: 10}
queues: {name: desk, channel: chat, language: en}
need: {desk: 1}
opening_hours:
  - {queues: all, days: mon, open: 14:00, close: 22:00}
  - {queues: all, days: tue, open: 07:00, close: 15:00}
shifts: [{name: early, start: 07:00, paid_hours: 8}, {name: late, start: 14:00, paid_hours: 8}]
rules: [{minimum_rest: {hours: 11}}]
solve: {effort: quick, seed: 1}
"""


def test_one_quick_return_for_somebody_named(tmp_path):
    scenario = Scenario.from_text(QUICK)
    made = why(scenario, 6)
    (stop,) = made.found.findings[0].stops
    assert (stop.how, stop.rules[0].name) == ("rule", "minimum_rest")
    fix = by_kind(made)["quick return"]
    assert str(fix.change.title) == "Person 1 once rests 9 h instead of 11 h"
    assert (fix.before_missing, fix.missing, fix.verdict) == (7.0, 0.0, "lower")
    assert dict(fix.used) == {"Person 1": 1}
    assert not fix.change.notes
    write_why(made, scenario, tmp_path)
    again = plan(Scenario.load(tmp_path / fix_name(made.fixes.fixes.index(fix) + 1)))
    assert (again.result.missing_hours, again.violations) == (0.0, ())


def test_the_verb_prints_findings_fixes_and_lines_to_paste(tmp_path, capsys):
    (tmp_path / "short.yaml").write_text(MEAGRE, encoding="utf-8")
    assert main(["why", str(tmp_path / "short.yaml"), "--fixes", "2", "--out", str(tmp_path / "out")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("8.0 person-hours are missing in the period: no rota of this team")
    assert any(line.startswith("1. ") and "fewer for certain" in line for line in lines)
    assert "   as a scenario file: fix-1.yaml" in lines
    assert (tmp_path / "out" / "short.yaml").exists()
    assert main(["why", str(tmp_path / "none.yaml")]) == 2
