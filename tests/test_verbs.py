"""Every verb, done and refused: exit codes, what stands on which stream, what is written and what is not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.__main__ import main
from planner.cli import VERBS
from planner.cli.verb import FINDINGS, MISTAKES

REPOSITORY = Path(__file__).parents[1]
SHIPPED = REPOSITORY / "scenarios" / "weekday-to-247"
DESK = """
name: {name}
zone: Europe/Lisbon
period: {{first_day: 2026-03-02, weeks: 1}}
people: [{{count: 3, languages: en, cost: 12}}]
queues:
  - {{name: email en, channel: email, language: en, aht: 10 min, replies: 1, promise: 90% within 4 h}}
volume: {{email en: 30}}
opening_hours: [{{queues: all, days: mon-fri, open: 09:00, close: {close}}}]
shifts: [{{name: day, start: 08:00-10:00 every 60 min, paid_hours: 8, break: 1 h unpaid}}]
solve: {{effort: quick, rounds: 1}}
"""
ERLANG = ["erlang", "--arrivals", "200", "--per", "1h", "--aht", "180", "--agents", "14", "--within", "20"]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb: exit code, what it says on stdout and on stderr; refusals of argparse too."""

    def go(*words: object) -> tuple[int, str, str]:
        before = signal.getsignal(signal.SIGINT)
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            signal.signal(signal.SIGINT, before)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return go


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A scenario file of three people and one queue."""
    return written(tmp_path, "desk", "Desk", "17:00")


def written(folder: Path, file: str, name: str, close: str) -> Path:
    path = folder / f"{file}.yaml"
    path.write_text(DESK.format(name=name, close=close), encoding="utf-8")
    return path


def broken(folder: Path) -> Path:
    path = folder / "broken.yaml"
    path.write_text("zone: CET+1\npeople: 2\nlangauge: en\nbusy_inside_shift: 30\n", encoding="utf-8")
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class TestCheck:
    def test_clean(self, run: Run, desk: Path) -> None:
        code, out, err = run("check", desk)
        assert (code, err) == (0, "")
        assert out.splitlines()[-1] == "no mistakes; files checked: 1"

    def test_all_mistakes_of_all_files_at_once(self, run: Run, desk: Path, tmp_path: Path) -> None:
        code, out, _ = run("check", broken(tmp_path), desk, tmp_path / "none.yaml")
        assert code == MISTAKES
        for line in ("broken.yaml:1:7:", "broken.yaml:3:", "broken.yaml:4:", "none.yaml"):
            assert line in out
        assert "30 would be 3000 %" in out
        assert "no mistakes" not in out

    def test_data_files_are_read_when_asked(self, run: Run, tmp_path: Path) -> None:
        text = "interval_start,queue,arrivals\n" + "".join(
            f"2026-0{1 + day // 28}-{1 + day % 28:02d}T10:00:00Z,email en,{5 + day % 3}\n"
            for day in range(56)
        )
        (tmp_path / "counts.csv").write_text(text, encoding="utf-8")
        path = tmp_path / "counted.yaml"
        path.write_text("people: 3\nhistory: {file: counts.csv}\n", encoding="utf-8")
        stage = tmp_path / "stage.yaml"
        stage.write_text("starts_from: counted.yaml\nname: Longer\n", encoding="utf-8")
        code, out, _ = run("check", path, stage, "--data")
        assert code == 0
        assert out.count("56 rows read from counts.csv, 56 kept: 335 contacts") == 1
        assert "rows read" not in run("check", path)[1]
        (tmp_path / "counts.csv").write_text(text.replace("2026-01-03T10:00:00Z", "soon"), encoding="utf-8")
        code, out, _ = run("check", path, "--data")
        assert code == MISTAKES
        assert "1 of 56 rows (1.8 %) cannot be read" in out
        assert "record 4 (line 4)" in out
        assert "no mistakes" not in out

    def test_no_solver_is_loaded(self, desk: Path) -> None:
        code = (
            "import sys; from planner.__main__ import main; "
            f"code = main(['check', {str(desk)!r}]); "
            "sys.exit(code or any(name.startswith('ortools') or name == 'pandas' for name in sys.modules))"
        )
        got = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, timeout=60)
        assert got.returncode == 0, got.stderr


class TestPlan:
    def test_writes_the_plan_and_says_it(self, run: Run, desk: Path, tmp_path: Path) -> None:
        text = desk.read_text(encoding="utf-8")
        desk.write_text(text.replace(", rounds: 1", ""), encoding="utf-8")  # all rounds, as users have them
        code, out, err = run("plan", desk, "--out", tmp_path / "out", "--seed", "7")
        assert code == 0
        assert sorted(everything(tmp_path / "out")) == [
            "backlog.csv", "cover.csv", "forecast.csv", "ledger.csv", "occupancy.csv", "plan.json",
            "requirement.csv", "rota.csv", "scenario.yaml", "service.csv", "service_curve.csv", "staff.json",
            "waterfall.csv", "worth.csv",
        ]  # fmt: skip
        record = json.loads((tmp_path / "out/plan.json").read_text(encoding="utf-8"))
        assert (record["seed"], record["scenario"]) == (7, "Desk")
        assert out.splitlines()[0].startswith("Desk: ")
        assert "finished" in err
        assert "finished" not in out

    @pytest.mark.parametrize(
        "more", [["--effort", "huge"], ["--seed", "x"], ["--engine", "luck"], ["--nothing"], []]
    )
    def test_bad_words(self, run: Run, desk: Path, tmp_path: Path, more: list[str]) -> None:
        out = ["--out", tmp_path / "out"] if more else []
        code, said, err = run("plan", desk, *out, *more)
        assert code == MISTAKES
        assert said == ""
        assert "usage:" in err
        assert not (tmp_path / "out").exists()

    def test_a_refused_scenario_touches_nothing(self, run: Run, desk: Path, tmp_path: Path) -> None:
        assert run("plan", desk, "--out", tmp_path / "out")[0] == 0
        before = everything(tmp_path / "out")
        for bad in (broken(tmp_path), tmp_path / "none.yaml", tmp_path):
            code, out, err = run("plan", bad, "--out", tmp_path / "out")
            assert (code, out) == (MISTAKES, "")
            assert err
        assert run("plan", desk, "--out", tmp_path / "out", "--seed", "-1")[0] == MISTAKES
        assert everything(tmp_path / "out") == before

    def test_bad_history_is_told_with_rows(self, run: Run, tmp_path: Path) -> None:
        text = DESK.format(name="Desk", close="17:00").replace(
            "volume: {email en: 30}", "history: {file: counts.csv, profile: counts}"
        )
        (tmp_path / "desk.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "counts.csv").write_text(
            "interval_start,queue,arrivals\nsoon,email en,3\n", encoding="utf-8"
        )
        code, out, err = run("plan", tmp_path / "desk.yaml", "--out", tmp_path / "out")
        assert (code, out) == (MISTAKES, "")
        assert "counts.csv" in err
        assert not (tmp_path / "out").exists()


class TestRolloutAndCompare:
    def test_rollout(self, run: Run, desk: Path, tmp_path: Path) -> None:
        later = written(tmp_path, "later", "Later", "18:00")
        code, out, err = run("rollout", desk, later, "--out", tmp_path / "out")
        assert code == 0
        assert out.startswith("today (Desk): ")
        assert "\n1. Desk: wages and premiums " in out
        assert "\n2. Later" in out
        assert "is often quoted" not in out
        assert "[2/2]" in err
        assert {
            "stage-1/rota.csv",
            "stage-2/plan.json",
            "comparison.csv",
            "gates.csv",
            "answers.csv",
            "today.csv",
            "going_back.csv",
            "rollout.json",
        } <= set(everything(tmp_path / "out"))

    def test_compare(self, run: Run, desk: Path, tmp_path: Path) -> None:
        later = written(tmp_path, "later", "Later", "18:00")
        code, out, err = run("compare", desk, later, "--out", tmp_path / "out")
        assert code == 0
        assert list(everything(tmp_path / "out")) == ["comparison.csv", "cost_parts.csv"]
        lines = out.splitlines()
        assert "Desk: people with a contract 3 people" in lines
        assert "Later: people with a contract 3 people (+0 people; same)" in lines
        assert not [line for line in lines if line.startswith("Desk:") and line.endswith(")")]
        assert "[1/2]" in err

    @pytest.mark.parametrize("verb", ["rollout", "compare"])
    def test_mistakes_of_all_scenarios_before_any_work(
        self, run: Run, desk: Path, tmp_path: Path, verb: str
    ) -> None:
        code, out, err = run(verb, broken(tmp_path), desk, tmp_path / "none.yaml", "--out", tmp_path / "out")
        assert (code, out) == (MISTAKES, "")
        assert "broken.yaml:1:7" in err
        assert "none.yaml" in err
        code, out, err = run(verb, desk, desk, "--out", tmp_path / "out")
        assert (code, out) == (MISTAKES, "")
        told = err.splitlines()
        assert told.pop() == 'two scenarios are named "Desk"; give each its own name'
        assert told == (["scenarios to read: 2"] if verb == "rollout" else [])
        assert not (tmp_path / "out").exists()


class TestAudit:
    def test_clean_and_broken(self, run: Run, desk: Path, tmp_path: Path) -> None:
        rota = tmp_path / "rota.csv"
        head = "agent,start_local,end_local,break_minutes\n"
        good = [f"Person 1,2026-03-0{day} 09:00,2026-03-0{day} 18:00,60\n" for day in (2, 3)]
        rota.write_text(head + "".join(good), encoding="utf-8")
        code, out, _ = run("audit", desk, rota)
        assert code == 0
        assert out.startswith("no finding")
        rota.write_text(head + good[0] + good[0], encoding="utf-8")
        code, out, _ = run("audit", desk, rota)
        assert code == FINDINGS
        assert "2 shifts start on one day" in out

    def test_bad_rotas(self, run: Run, desk: Path, tmp_path: Path) -> None:
        rota = tmp_path / "rota.csv"
        rota.write_text(
            "agent,start_local,end_local\nNobody,2026-03-02 09:00,2026-03-02 18:00\nPerson 1,later,x\n",
            encoding="utf-8",
        )
        code, out, err = run("audit", desk, rota)
        assert (code, out) == (MISTAKES, "")
        assert len(err.splitlines()) == 2
        assert run("audit", desk, tmp_path / "none.csv")[0] == MISTAKES
        assert run("audit", broken(tmp_path), rota)[0] == MISTAKES


def test_forecast(run: Run, desk: Path, tmp_path: Path) -> None:
    code, out, err = run("forecast", desk)
    assert (code, err) == (0, "")
    assert "email en: about " in out
    assert run("forecast", desk, "--out", tmp_path / "f")[0] == 0
    assert sorted(everything(tmp_path / "f")) == ["accuracy.csv", "forecast.csv", "waterfall.csv"]
    assert run("forecast", broken(tmp_path))[0] == MISTAKES


def test_rules(run: Run) -> None:
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    assert "`max_nights`" in out
    assert "--scenario scenario.yaml" in run("rules", "--for", "Ana")[2]


@pytest.mark.parametrize("given", [["why", "--fixes"], ["rotation", "--weeks"]])
def test_a_number_that_is_none(
    run: Run, desk: Path, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    with pytest.raises(SystemExit):
        main([given[0], str(desk), given[1], "many"])
    assert "write a number from" in capsys.readouterr().err


def test_erlang(run: Run) -> None:
    code, out, err = run(*ERLANG, "--target", "0.8", "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert report["required_agents"] == 14  # nobody hangs up
    assert {"p_wait", "asa_seconds", "occupancy", "p_abandon"} <= set(report)
    assert "p_wait" in run(*ERLANG)[1]
    assert "no end" in run(*ERLANG, "--agents", "10")[1]  # exactly as many as the load: the line grows
    for bad in (
        ["--target", "180%"],
        ["--target", "100%"],
        ["--agents", "-1"],
        ["--per", "soon"],
        ["--aht", "0"],
        ["--target", "80"],
    ):
        code, out, err = run(*ERLANG, *bad)
        assert (code, out) == (MISTAKES, ""), bad
        assert err


def test_erlang_counts_the_people_that_a_goal_needs(run: Run) -> None:
    line = [word for word in ERLANG if word not in ("--agents", "14")]
    code, out, _ = run(*line, "--target", "80%", "--json")
    assert (code, json.loads(out)) == (0, json.loads(run(*ERLANG, "--target", "0.8", "--json")[1]))
    said = run(*line, "--busy-at-most", "60%")[1].splitlines()
    assert said[-1].split()[:2] == ["required_agents", "17"]  # 10 / 60 % = 16.7
    assert all(len(row) > 40 for row in said)  # each figure is explained
    code, out, err = run(*line)
    assert (code, out) == (MISTAKES, "")
    assert "--agents 10" in err


def test_new(run: Run, tmp_path: Path) -> None:
    sentence = "9 people, 40 h, English, about 100 tickets a weekday"
    code, out, _ = run("new", sentence, "--out", tmp_path / "desk.yaml")
    assert code == 0
    assert "assumed" in out
    assert run("check", tmp_path / "desk.yaml")[0] == 0
    code, _, err = run("new", "make me a rota", "--out", tmp_path / "other.yaml")
    assert code == MISTAKES
    assert err
    assert not (tmp_path / "other.yaml").exists()


def test_no_verb_and_unknown_verb(run: Run) -> None:
    assert run()[0] == run("dance")[0] == MISTAKES
    code, out, _ = run("--help")
    assert code == 0
    assert all(name in out for name in VERBS)


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal are others there")
class TestInterrupted:
    def start(self, tmp_path: Path) -> subprocess.Popen[str]:
        folder = tmp_path / "scenario"
        shutil.copytree(SHIPPED, folder)
        (folder / "long.yaml").write_text(
            "starts_from: scenario.yaml\nperiod: {weeks: 2}\nsolve: {effort: thorough}\n", encoding="utf-8"
        )
        words = ["plan", folder / "long.yaml", "--out", tmp_path / "out"]
        return subprocess.Popen(
            [sys.executable, "-m", "planner", *map(str, words)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def until(self, running: subprocess.Popen[str], word: str) -> list[str]:
        said: list[str] = []
        assert running.stderr is not None
        for line in running.stderr:
            said.append(line)
            if word in line:
                break
        return said

    def test_once_keeps_the_best(self, tmp_path: Path) -> None:
        with self.start(tmp_path) as running:
            said = self.until(running, "improving")
            os.killpg(running.pid, signal.SIGINT)  # as a terminal does: children hear it too
            out, err = running.communicate(timeout=60)
        said.append(err)
        text = "".join(said)
        assert running.returncode == 0, text
        assert "Traceback" not in text
        assert "the best so far is kept" in text
        record = json.loads((tmp_path / "out/plan.json").read_text(encoding="utf-8"))
        assert record["status"] == "cancelled"
        assert [v for v in record["violations"] if v["hard"]] == []
        assert "stopped early" in out
        assert "improving" not in out

    def test_twice_stops_at_once_and_writes_nothing(self, tmp_path: Path) -> None:
        with self.start(tmp_path) as running:
            said = self.until(running, "first rota")
            os.killpg(running.pid, signal.SIGINT)
            said += self.until(running, "stopping")
            os.killpg(running.pid, signal.SIGINT)
            _, err = running.communicate(timeout=60)
        text = "".join([*said, err])
        assert running.returncode == MISTAKES, text
        assert "Traceback" not in text
        assert "nothing was written" in err
        assert not (tmp_path / "out").exists()


class TestPromise:
    def test_prices_promises_and_writes_them(self, run: Run, desk: Path, tmp_path: Path) -> None:
        out = tmp_path / "curve"
        code, said, progress = run("promise", desk, "--goals", "8 h, 2 h", "--out", out)
        assert code == 0
        assert "the price of a promise for email en" in said
        assert (
            said.index("8 h (90% within 8 h)") < said.index("as today (90% within 4 h)") < said.index("2 h (")
        )
        assert "80 % of people expect" in said
        assert "[3/3]" in progress
        assert {p.name for p in out.iterdir()} == {
            *("promise-1", "promise-2", "promise-3", "promise.csv", "promise.json")
        }
        record = json.loads((out / "promise.json").read_text(encoding="utf-8"))
        assert [point["promise"] for point in record["points"]] == ["8 h", "as today", "2 h"]

    def test_says_all_mistakes_and_writes_nothing(self, run: Run, desk: Path, tmp_path: Path) -> None:
        goals = ("--goals", "soon, 1 h", "--queue", "fax", "--queue", "email en")
        code, said, mistakes = run("promise", desk, *goals, "--out", tmp_path / "out")
        assert (code, said) == (MISTAKES, "")
        assert 'there is no queue "fax"' in mistakes
        assert '"soon" is not a promise' in mistakes
        assert not (tmp_path / "out").exists()


class TestPublish:
    def test_says_what_a_plan_may_publish(self, run: Run, desk: Path, tmp_path: Path) -> None:
        run("plan", desk, "--out", tmp_path / "plan")
        code, said, _ = run("publish", desk, tmp_path / "plan" / "rota.csv", "--out", tmp_path / "out")
        assert code == 0
        assert "We answer 9 of 10 e-mails within" in said
        assert "Rispondiamo a 9 e-mail su 10 entro" in said
        again = run("publish", desk, tmp_path / "plan")
        assert again[1] == said
        assert (
            (tmp_path / "out" / "publish.csv").read_text(encoding="utf-8").startswith("schema_version,queue")
        )

    def test_plans_first_without_a_rota(self, run: Run, desk: Path) -> None:
        code, said, progress = run("publish", desk, "--share", "80%")
        assert code == 0
        assert "8 of 10" in said
        assert "Desk was planned for this" in progress

    def test_says_all_mistakes(self, run: Run, desk: Path) -> None:
        code, said, mistakes = run("publish", desk, "--share", "9", "--confidence", "much")
        assert (code, said) == (MISTAKES, "")
        assert len(mistakes.strip().splitlines()) == 2


class TestSimulate:
    @pytest.fixture
    def rota(self, tmp_path: Path) -> Path:
        """A hand-made week of two people."""
        head = "agent,start_local,end_local,break_minutes\n"
        rows = [f"Person {n},2026-03-0{d} 09:00,2026-03-0{d} 18:00,60\n" for d in range(2, 7) for n in (1, 2)]
        path = tmp_path / "rota.csv"
        path.write_text(head + "".join(rows), encoding="utf-8")
        return path

    def test_any_rota_in_words_and_tables(self, run: Run, desk: Path, rota: Path, tmp_path: Path) -> None:
        code, out, err = run("simulate", desk, rota, "--replications", "3", "--out", tmp_path / "out")
        assert (code, err) == (0, "")
        assert "answered within the promise (" in out
        assert "   half within " in out
        assert out.splitlines()[-1] == "the period of 7 days was simulated 3 times"
        assert sorted(everything(tmp_path / "out")) == [
            "backlog.csv",
            "occupancy.csv",
            "service.csv",
            "service_curve.csv",
        ]

    def test_absences_a_bad_day_and_a_wrong_forecast(self, run: Run, desk: Path, rota: Path) -> None:
        asked = ("--absent", "--bad-day", "2026-03-03", "10", "4", "3", "--wrong-forecast")
        code, out, err = run("simulate", desk, rota, "--replications", "2", *asked)
        assert code == 0
        assert " shifts were simulated without their person, 2 times each" in out
        assert "Tue 2026-03-03, 10:00, 4 h with 3 times the contacts" in out
        assert "demand of 8 weeks in 10 lies between" in out
        assert "absences" in err
        assert "wrong forecast" in err

    def test_mistakes(self, run: Run, desk: Path, rota: Path, tmp_path: Path) -> None:
        code, out, err = run("simulate", desk, rota, "--bad-day", "Tuesday", "24", "x", "0")
        assert (code, out) == (MISTAKES, "")
        assert len(err.splitlines()) == 4
        code, out, err = run("simulate", desk, rota, "--bad-day", "2027-03-03", "10", "4", "3")
        assert (code, out) == (MISTAKES, "")
        assert "2027-03-03 is not in the period 2026-03-02 to 2026-03-08" in err
        stated = tmp_path / "stated.yaml"
        stated.write_text("need: {seat: 1}\nzone: Europe/Lisbon\npeople: 2\n", encoding="utf-8")
        assert run("simulate", stated, rota)[0] == MISTAKES

    def test_leaves_the_tables_of_a_plan(self, run: Run, desk: Path, rota: Path, tmp_path: Path) -> None:
        (tmp_path / "plan").mkdir()
        (tmp_path / "plan" / "plan.json").write_text("{}", encoding="utf-8")
        before = everything(tmp_path / "plan")
        code, out, err = run("simulate", desk, rota, "--out", tmp_path / "plan")
        assert (code, out) == (MISTAKES, "")
        assert "holds a plan" in err
        assert everything(tmp_path / "plan") == before
