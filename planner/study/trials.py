"""One round of calibration after the other: a need, its rota, what the simulation finds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.study import steps
from planner.study.asks import Asks, difference
from planner.study.edges import judged
from planner.study.lives import usual_lives
from planner.study.misses import Misses, misses
from planner.study.progress import OnPlanProgress, PlanProgress
from planner.study.rounds import Round

if TYPE_CHECKING:
    from planner.demand import Volumes
    from planner.requirement import Need
    from planner.rota import Rota
    from planner.scheduling import IsCancelled, OnProgress, Progress, Result
    from planner.service import Service
    from planner.study.scenario import Scenario

POINTS_TOLD = 0.005


@dataclass(frozen=True, eq=False)
class Trial:
    """What a round asked for and got."""

    number: int
    asks: Asks
    need: Need
    result: Result
    service: Service
    found: Misses

    @property
    def wages(self) -> int:
        """Cost without the price of people missing, which each need counts for itself."""
        return self.result.objective.total - self.result.objective.missing

    @property
    def missed(self) -> tuple[float, float]:
        """Points below the promises: beyond the tolerance, and of deferred queues within it."""
        short, below = sum(self.found.short.values()), sum(self.found.below.values())
        return round(short, 9), round(below, 9)


class Trials:
    """The rounds so far, and the best of them.

    Parameters
    ----------
    need: before anything is asked for on top.
    start: when the plan began, of ``time.monotonic``.
    """

    def __init__(
        self,
        need: Need,
        volumes: Volumes,
        scenario: Scenario,
        warm: Rota | None,
        on_progress: OnPlanProgress | None,
        is_cancelled: IsCancelled | None,
        start: float,
    ) -> None:
        self.need, self.volumes, self.scenario = need, volumes, scenario
        self.on_progress, self.is_cancelled, self.start = on_progress, is_cancelled, start
        self.judged = judged(need, scenario)
        self.lives = scenario.replications or usual_lives(volumes)
        self._first_warm = warm
        self._best: Trial | None = None
        self._told: list[Round] = []

    @property
    def best(self) -> Trial:
        """The best round so far."""
        assert self._best is not None
        return self._best

    @property
    def may_go_on(self) -> bool:
        """Whether another round is allowed and wanted."""
        return len(self._told) < self.scenario.rounds and not self.cancelled

    @property
    def cancelled(self) -> bool:
        """Whether the user has had enough."""
        return self.is_cancelled is not None and self.is_cancelled()

    def rounds(self) -> tuple[Round, ...]:
        """All rounds, the best one marked."""
        return tuple(replace(told, chosen=told.number == self.best.number) for told in self._told)

    def say(self, phase: str) -> None:
        """Tell the listener what is going on between solves."""
        if self.on_progress is not None:
            seconds = time.monotonic() - self.start
            self.on_progress(PlanProgress(phase, seconds=seconds, round=max(1, len(self._told))))

    def run(self, asks: Asks) -> Trial:
        """Solve and simulate what is asked, from the best rota so far; it counts when ``keep`` is told."""
        first, number = self._best is None, len(self._told) + 1
        settings = self.scenario if first else self.scenario.lighter()
        warm = self._first_warm if self._best is None else self._best.result.rota
        need = asks.of(self.need)
        listen = engine_listener(self.on_progress, self.start, number)
        stop = self.is_cancelled
        if first and settings.engine == "search" and not settings.cyclic and stop is not None:
            listen, stop = after_first(listen, stop)
        result = steps.schedule(need, settings, warm, listen, stop)
        if self.on_progress is not None:
            seconds = time.monotonic() - self.start
            self.on_progress(PlanProgress("simulation", seconds=seconds, round=number))
        service = steps.simulate(result.rota, self.volumes, self.scenario, replications=self.lives)
        found = misses(service, need, self.judged, self.scenario.zone, self.scenario.skills)
        trial = Trial(number, asks, need, result, service, found)
        self._told.append(self._round(trial))
        return trial

    def keep(self, trial: Trial) -> None:
        """Build on a round from here on."""
        self._best = trial
        self._told[trial.number - 1] = replace(self._told[trial.number - 1], better=True)

    def _round(self, trial: Trial) -> Round:
        before = self._best
        asked = (
            difference(before.need, trial.need, before.asks, trial.asks, self.scenario.zone)
            if before is not None
            else difference(self.need, trial.need, Asks(), trial.asks, self.scenario.zone)
        )
        return Round(
            number=trial.number,
            need_id=trial.need.need_id,
            cost_cents=trial.result.objective.total,
            wages_cents=trial.wages,
            missing_hours=trial.result.missing_hours,
            kept=trial.found.kept,
            missed=tuple(trial.found.short),
            after=0 if before is None else before.number,
            asked=asked,
            brought={} if before is None else _gained(before.found.kept, trial.found.kept),
            weak_hours=trial.found.weak,
        )


def _gained(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """Share of promises kept that was gained or lost, per queue, where it is worth telling."""
    gained = {name: round(now[name] - before[name], 6) for name in now}
    return {name: by for name, by in gained.items() if abs(by) >= POINTS_TOLD}


def after_first(listen: OnProgress | None, is_cancelled: IsCancelled) -> tuple[OnProgress, IsCancelled]:
    """The listener, and a stop that waits for a first rota: people who stop early keep a whole one."""
    there: list[bool] = []

    def tell(said: Progress) -> None:
        if said.rota is not None:
            there.append(True)
        if listen is not None:
            listen(said)

    return tell, lambda: bool(there) and is_cancelled()


def engine_listener(on_progress: OnPlanProgress | None, start: float, number: int) -> OnProgress | None:
    """A listener for the engine that passes its signs of life on."""
    if on_progress is None:
        return None

    def listen(said: Progress) -> None:
        on_progress(
            PlanProgress(
                said.phase if said.phase != "finished" else "improving",
                seconds=time.monotonic() - start,
                round=number,
                iteration=said.iteration,
                cost_cents=said.cost_cents,
                bound_cents=said.bound_cents,
                missing_hours=said.missing_hours,
                rota=said.rota,
            )
        )

    return listen
