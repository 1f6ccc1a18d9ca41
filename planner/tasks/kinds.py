"""What each kind of job does: one small function each, with its files in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.tasks.reporter import Reporter

if TYPE_CHECKING:
    from planner.study import Scenario

# Functions of study are imported where they are called: the solver loads only in a worker; and by module,
# because a module of that room is often named like its function.


@dataclass(frozen=True)
class Parted:
    """A job that is done by others: its kind is asked again when all of them have ended.

    Attributes
    ----------
    kind: of the cells. payloads: one a cell; paths in them as the job's own payload says them.
    """

    kind: str
    payloads: tuple[Mapping[str, Any], ...]


Kind = Callable[[Mapping[str, Any], Path, Reporter], Parted | None]


def _plan(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_plan
    from planner.study.plan import plan

    scenario = _scenario(payload)
    write_plan(plan(scenario, reporter.say, reporter.is_cancelled, reporter.start_of(1, scenario)), out)


def _rollout(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_rollout
    from planner.study.rollout import rollout

    scenarios = _scenarios(payload)
    starts = {n: reporter.start_of(n, stage) for n, stage in enumerate(scenarios, start=1)}
    later = Path(payload["later"]) if payload.get("later") else None
    known = {n: rota for n, rota in starts.items() if rota is not None}
    made = rollout(scenarios, reporter.say, reporter.is_cancelled, later, starts=known)
    write_rollout(made, out)


def _compare(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_comparison
    from planner.study.compare import compare

    write_comparison(compare(_scenarios(payload), reporter.say, reporter.is_cancelled), out)


def _stress(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study.stress_files import stress_test

    stress_test(payload, out, reporter.say, reporter.is_cancelled)


def _promise(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_promise
    from planner.study.promise import promise

    asked = payload["goals"], payload["queues"]
    write_promise(promise(_scenario(payload), *asked, reporter.say, reporter.is_cancelled), out)


def _publish(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_publication
    from planner.study.publish import publish

    write_publication(publish(_scenario(payload), payload["rota"], on_progress=reporter.say), out)


def _why(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.rota import read_rota
    from planner.study.why.files import write_why
    from planner.study.why.run import why

    scenario = _scenario(payload)
    period = scenario.first_day, scenario.days
    warm = read_rota(Path(payload["rota"]), scenario.team, scenario.shift_types, *period)
    made = why(scenario, on_progress=reporter.say, is_cancelled=reporter.is_cancelled, warm=warm)
    write_why(made, scenario, out)


def _nights(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_nights
    from planner.study.nights import nights

    write_nights(nights(_scenario(payload), reporter.say, reporter.is_cancelled), out)


def _reach(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_reach
    from planner.study.reaching import reach

    asked = int(payload.get("step_minutes", 60)), str(payload.get("order", ""))
    may_miss = float(payload.get("may_miss", 0.0))
    made = reach(_scenario(payload), *asked, reporter.say, reporter.is_cancelled, may_miss)
    write_reach(made, out)


def _hire(payload: Mapping[str, Any], out: Path, reporter: Reporter) -> None:
    from planner.study import write_hiring
    from planner.study.hiring import hire

    mode = payload.get("mode", "cheapest")
    write_hiring(hire(_scenario(payload), mode, reporter.say, reporter.is_cancelled), out)


def _scenario(payload: Mapping[str, Any]) -> Scenario:
    """The scenario of a job, with the effort that was asked for."""
    return _scenarios({**payload, "scenarios": [payload["scenario"]]})[0]


def _scenarios(payload: Mapping[str, Any]) -> list[Scenario]:
    from planner.study import Scenario

    made = [Scenario.load(Path(path)) for path in payload["scenarios"]]
    effort = payload.get("effort", "stated")
    return made if effort == "stated" else [each.replace(solve={"effort": effort}) for each in made]


KINDS: dict[str, Kind] = {
    "compare": _compare,
    "hire": _hire,
    "nights": _nights,
    "plan": _plan,
    "promise": _promise,
    "publish": _publish,
    "reach": _reach,
    "rollout": _rollout,
    "stress": _stress,
    "why": _why,
}
