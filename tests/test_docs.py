"""The README says what the code says. ``python tests/test_docs.py`` writes its generated tables anew."""

import re
from pathlib import Path

import pytest

README = Path(__file__).resolve().parents[1] / "README.md"


def tables():
    """Generated blocks of the README by name."""
    from planner.cli import verbs_table
    from planner.demand.profiles import mapping_table, sources_table
    from planner.rules import rules_table
    from planner.study import validation
    from planner.study.export.formats import formats_table
    from planner.study.export.template_fields import fields_table
    from planner.study.scenario import scenario_table
    from planner.study.tables import files_table
    from planner.study.whatif import changes_table

    return {
        "verbs": verbs_table(),
        "scenario": scenario_table(),
        "whatif": changes_table(),
        "rules": rules_table(),
        "formats": formats_table(),
        "fields": fields_table(),
        "files": files_table(),
        "validation": validation.link(),
        "sources": sources_table(),
        "mapping": mapping_table(),
    }


def block(text, name):
    """What stands between the marks of a block."""
    found = re.search(rf"<!-- {name}:begin -->\n(.*?)<!-- {name}:end -->", text, re.DOTALL)
    assert found, f"README has no block {name}"
    return found[1]


@pytest.mark.parametrize(
    "name",
    [
        *("verbs", "scenario", "whatif", "rules", "formats", "fields", "files"),
        *("validation", "sources", "mapping"),
    ],
)
def test_generated_table_is_up_to_date(name):
    written = block(README.read_text(encoding="utf-8"), name)
    assert written.strip() == tables()[name].strip(), "run python tests/test_docs.py"


def test_every_rule_and_verb_is_named():
    from planner.cli import VERBS
    from planner.rules import REGISTRY

    text = README.read_text(encoding="utf-8")
    assert not [name for name in REGISTRY if f"`{name}`" not in text]
    assert not [name for name in VERBS if f"python -m planner {name}" not in text]


def test_every_shipped_scenario_is_named():
    text = README.read_text(encoding="utf-8")
    folders = sorted(p.parent.name for p in README.parent.glob("scenarios/*/scenario.yaml"))
    assert folders
    assert not [name for name in folders if f"`{name}`" not in text]


def test_examples_of_scenarios_make_sense():
    from planner.study.scenario import Scenario
    from planner.study.scenario.sense import sense_mistakes

    examples = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert examples
    for text in examples:
        scenario = Scenario.from_text(text)
        assert [str(mistake) for mistake in sense_mistakes(scenario)] == []
        assert Scenario.from_text(scenario.dump()) == scenario


def test_ci_runs_the_test_command():
    """What lands is held to the command that the README gives; every test is in one part of it."""
    command = re.compile(r"python -m pytest[^&\n`]*")
    (line,) = [line for line in README.read_text(encoding="utf-8").splitlines() if "[fast,test]" in line]
    told = [found.strip() for found in command.findall(line)]
    run = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert [re.sub(r" --durations=\d+", "", found).strip() for found in command.findall(run)] == told
    parts = [re.search(r'-m "([^"]*)"', part)[1] for part in told]
    for browser, alone in ((False, False), (True, False), (True, True)):
        held = [eval(part, {"browser": browser, "alone": alone}) for part in parts]
        assert held.count(True) == 1


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    for name, table in tables().items():
        start, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
        head, rest = text.split(start)
        text = head + start + table.strip() + "\n" + end + rest.split(end, 1)[1]
    README.write_text(text, encoding="utf-8")
