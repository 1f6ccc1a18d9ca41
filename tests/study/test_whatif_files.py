"""What-ifs as files: what they start from, mistakes, their place beside the ladder, the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.__main__ import main
from planner._errors import InputError, ScenarioError
from planner.study import Scenario, compare, workspace
from planner.study.scenario import findings
from planner.study.whatif import what_if_file

SAMPLE = Path(__file__).parents[2] / "scenarios" / "weekday-to-247"
WHAT_IFS = sorted(SAMPLE.glob("what-if-*.yaml"))
BASE = """
name: Base
people: 4
queues:
  - {name: email en, aht: 10 min}
  - {name: phone en}
volume: {email en: 40, phone en: 10}
growth: 10%
minimum_on_duty: 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        Scenario.load(path)
    return [str(message).removeprefix(path.parent.as_posix() + "/") for message in raised.value.messages]


def test_a_file_changes_what_it_starts_from(folder: Path) -> None:
    path = write(folder, "what-if-more.yaml", "starts_from: base.yaml\nwhat_if: [volume: {by: +20%}]\n")
    more = Scenario.load(path)
    assert dict(more.stated_volumes) == pytest.approx({"email en": 52.8, "phone en": 13.2})
    assert more.name == "What if more"
    assert more.source_path == path
    assert [message.code for message in more.what_if] == ["whatif.volume"]
    assert more.notices[0] == more.what_if[0]


def test_keys_of_the_file_come_first(folder: Path) -> None:
    text = "starts_from: base.yaml\nvolume: {email en: 100, phone en: 10}\nwhat_if: {volume: {by: x0.5}}\n"
    assert Scenario.load(write(folder, "half.yaml", text)).stated_volumes["email en"] == pytest.approx(55)


def test_a_file_may_start_from_a_what_if(folder: Path) -> None:
    write(folder, "one.yaml", "starts_from: base.yaml\nwhat_if: [volume: {by: +20%}]\n")
    write(folder, "two.yaml", "starts_from: one.yaml\nminimum_on_duty: {all: 2}\n")
    two = Scenario.load(folder / "two.yaml")
    assert two.stated_volumes["email en"] == pytest.approx(52.8)
    assert two.need_settings.presence["all"] == 2
    text = "starts_from: two.yaml\nname: Three\nwhat_if: [volume: {by: +50%}, handle_time: {by: -50%}]\n"
    three = Scenario.load(write(folder, "three.yaml", text))
    assert three.stated_volumes["email en"] == pytest.approx(79.2)
    assert three.queues[0].aht_seconds == 300
    assert [message.code for message in three.what_if] == [
        "whatif.volume",
        "whatif.volume",
        "whatif.handle_time",
    ]
    assert Scenario.from_text(three.dump()) == three
    kept = three.replace(solve={"effort": "quick"})
    assert kept.what_if == three.what_if
    assert kept.stated_volumes == three.stated_volumes


def test_replace_takes_what_ifs_too(folder: Path) -> None:
    base = Scenario.load(folder / "base.yaml")
    more = base.replace(what_if=[{"volume": {"by": "+20%"}}])
    assert more.stated_volumes["phone en"] == pytest.approx(13.2)
    assert len(more.what_if) == 1


def test_all_mistakes_at_once_with_their_places(folder: Path) -> None:
    text = """starts_from: base.yaml
what_if:
  - volume: {by: 20%}
  - volum: {by: +20%}
  - handle_time: {by: -10%, queue: email en}
  - bad_day
  - part_time: 80%
  - leave_season: {from: June}
"""
    assert told(write(folder, "wrong.yaml", text)) == [
        'wrong.yaml:3:18: what_if[0].volume.by: "20%" may mean on top or in all; write +20% or -20%, or a '
        "factor such as x1.2",
        "wrong.yaml:4:5: what_if[1].volum: there is no such change; did you mean volume?",
        "wrong.yaml:5:29: what_if[2].handle_time.queue: unknown; did you mean queues?",
        "wrong.yaml:6:5: what_if[3]: each change is a mapping with one key; write it like volume: {by: +20%}",
        "wrong.yaml:7:16: what_if[4].part_time: a mapping of settings is expected; write it like part_time: "
        "{who: Ana Almeida, Bruno Costa}",
        "wrong.yaml:8:19: what_if[5].leave_season.people: people is missing; write it like people: {Lisbon: "
        "60%, Milan: 80%}",
        "wrong.yaml:8:19: what_if[5].leave_season.to: to is missing; write it like to: 2026-08-31",
        'wrong.yaml:8:26: what_if[5].leave_season.from: "June" is not a day; write it like 2026-03-30',
    ]


def test_names_that_nobody_has(folder: Path) -> None:
    text = """starts_from: base.yaml
what_if:
  - volume: {by: +20%, queues: emial en}
  - part_time: {who: Person 9, to: 80%}
  - hires: {site: Lisbon}
  - close_channel: {queues: phone en, to: {chat en: 50%, lost: 70%}}
  - language: {who: Person 1, language: sv}
"""
    assert told(write(folder, "wrong.yaml", text)) == [
        'wrong.yaml:3:32: what_if[0].volume.queues: there is no queue "emial en"; did you mean email en?',
        'wrong.yaml:4:22: what_if[1].part_time.who: there is no person "Person 9"; did you mean Person 4?',
        'wrong.yaml:5:19: what_if[2].hires.site: there is no site "Lisbon"; known: none',
        'wrong.yaml:6:43: what_if[3].close_channel.to: there is no open queue "chat en"; did you mean email '
        "en?",
        "wrong.yaml:6:43: what_if[3].close_channel.to: these are 120% of the contacts; at most 100% can go "
        "somewhere",
        'wrong.yaml:7:41: what_if[4].language.language: no queue is in "sv"; known: en; add a queue first',
    ]


def test_mistakes_in_keys_and_in_changes_are_told_together(folder: Path) -> None:
    text = "starts_from: base.yaml\npeopl: 3\nwhat_if: [volume: {by: lots}]\n"
    found = told(write(folder, "wrong.yaml", text))
    assert [line.split(": ")[0] for line in found] == ["wrong.yaml:2:1", "wrong.yaml:3:24"]


def test_what_becomes_of_the_scenario_is_checked_where_the_change_stands(folder: Path) -> None:
    text = "starts_from: base.yaml\nwhat_if:\n  - promise: {to: 90% by opening + 1 h, queues: phone en}\n"
    (mistake,) = told(write(folder, "wrong.yaml", text))
    assert mistake.startswith("wrong.yaml:3:5: queues[1].promise: ")


def test_a_stated_need_has_no_volumes() -> None:
    with pytest.raises(ScenarioError, match="states its need"):
        Scenario.from_text("need: {seat: 2}\nwhat_if: [volume: {by: +20%}]")


@pytest.mark.parametrize("path", WHAT_IFS, ids=lambda path: path.stem)
def test_shipped_what_ifs(path: Path) -> None:
    scenario = Scenario.load(path)
    assert scenario.what_if
    assert scenario.name != Scenario.load(SAMPLE / "scenario.yaml").name
    found = findings([path])
    assert found.mistakes == ()
    assert Scenario.from_text(scenario.dump(), folder=SAMPLE) == scenario


def test_what_ifs_are_no_steps_of_the_ladder(tmp_path: Path) -> None:
    assert len(WHAT_IFS) >= 5
    folder = workspace.folder_of(tmp_path, workspace.open_sample(tmp_path, "weekday-to-247"))
    ladder = [stage.file for stage in workspace.stages(folder)]
    assert ladder[0] == "scenario.yaml"
    assert all(file.startswith("stage-") for file in ladder[1:])
    beside = workspace.what_ifs(folder)
    assert sorted(stage.file for stage in beside) == [path.name for path in WHAT_IFS]
    # Deleting and naming know of them all the same.
    with pytest.raises(ScenarioError):
        workspace.delete_stage(folder, "scenario.yaml")
    file = workspace.save_stage(folder, "scenario.yaml", beside[0].name, {})
    assert Scenario.load(folder / file).name == f"{beside[0].name} 2"
    before = workspace.fingerprint(folder, (beside[0].file,))
    write(folder, "scenario.yaml", (folder / "scenario.yaml").read_text(encoding="utf-8") + "# changed\n")
    assert workspace.fingerprint(folder, (beside[0].file,)) != before


def test_the_command_writes_a_file_that_starts_from_the_old(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = (folder / "base.yaml").read_bytes()
    out = folder / "what-if-both.yaml"
    changes = ["volume.by=+20%", "close_channel.queues=phone en", "close_channel.to={email en: 60%}"]
    asked = [word for change in changes for word in ("--change", change)]
    assert main(["whatif", str(folder / "base.yaml"), *asked, "--out", str(out)]) == 0
    assert "what if: +20% contacts" in capsys.readouterr().out
    assert out.read_text(encoding="utf-8").startswith(
        "starts_from: base.yaml\nwhat_if:\n- volume: {by: +20%}\n"
    )
    assert (folder / "base.yaml").read_bytes() == base
    made = Scenario.load(out)
    assert made.name == "What if both"
    assert made.when_closed["phone en"] == {"email en": 0.6, "lost": 0.4}
    assert main(["whatif", str(folder / "base.yaml"), *asked, "--out", str(out)]) == 2  # it is there already
    assert "what-if-both.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "file", "words"),
    [
        ([], "new.yaml", "no change is given"),
        (["volume"], "new.yaml", '"volume" is not a change'),
        (["volume.by=[a"], "new.yaml", "is not a change"),
        (["volume.by=20%", "part_time.who=Zoe"], "new.yaml", "may mean on top or in all"),
        (["volume.by=+20%"], "New File.yaml", "is not a name for a scenario file"),
        (["volume.by=+20%"], "deeper/new.yaml", "must stand in the folder"),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    folder: Path, changes: list[str], file: str, words: str
) -> None:
    (folder / "deeper").mkdir()
    with pytest.raises(InputError, match=words):
        what_if_file(folder / "base.yaml", changes, folder / file)
    assert sorted(path.name for path in folder.rglob("*")) == ["base.yaml", "deeper"]


def test_what_ifs_are_compared_like_any_scenario(folder: Path) -> None:
    quick = {"period": {"weeks": 1}, "solve": {"effort": "quick", "rounds": 1, "replications": 6}}
    base = Scenario.load(folder / "base.yaml").replace(**quick)
    path = write(folder, "more.yaml", "starts_from: base.yaml\nwhat_if: [volume: {by: +50%}]\n")
    found = compare([base, Scenario.load(path).replace(**quick)])
    answered = found.of("More", "contacts answered: email en")
    assert answered.verdict == "higher"
    assert answered.value == pytest.approx(
        1.5 * found.of("Base", "contacts answered: email en").value, rel=0.2
    )
