"""Which scenarios stand side by side, against which, and of which the cost is taken apart; in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from planner.study.compare_view import MOST, Side, sides_of
from planner.tasks import Job, JobState
from planner.ui import parts, state
from planner.ui.results.found import KINDS, Found
from planner.ui.words import plain, t

_VIEW = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,9})-(\d{1,3})")
ASIDE, BASE, TARGET, SOLVE = "compare-aside", "compare-base", "compare-target", "compare-solve"


@dataclass(frozen=True)
class Picked:
    """Numbers of scenarios: the baseline first, then the others; and the one whose cost is taken apart."""

    numbers: tuple[int, ...]
    target: int

    def code(self) -> str:
        """As the address says it."""
        return f"{'.'.join(map(str, self.numbers))}-{self.target}"


def of_address(known: Sequence[int]) -> Picked:
    """What the address says, as far as it may be; else the first six, the last of them taken apart."""
    read = _VIEW.fullmatch(state.ids().get("view", ""))
    asked = [int(each) for each in read[1].split(".")] if read else []
    numbers = tuple(dict.fromkeys(each for each in asked if each in known)) or tuple(known)
    return _settled(numbers[:MOST], int(read[2]) if read else numbers[:MOST][-1])


def _settled(numbers: tuple[int, ...], target: int) -> Picked:
    others = numbers[1:] or numbers
    return Picked(numbers, target if target in others else others[-1])


def choose_solve(found: Found) -> None:
    """A choice among the finished solves of this work, where there are several."""
    jobs = {found.job.id: found.job, **{job.id: job for job in _solved(found)}}
    if len(jobs) < 2:
        return
    state.keep(SOLVE, found.job.id)
    st.selectbox(
        t("compare.solve"),
        [*jobs],
        format_func=lambda job: _name(jobs[job]),
        key=SOLVE,
        on_change=lambda: state.go(job=state.typed(SOLVE), view=None, stage=None),
    )


def _solved(found: Found) -> list[Job]:
    mine = state.store().of_owner(state.owner())
    done = [job for job in mine if job.state is JobState.DONE and job.kind in KINDS]
    return [job for job in done if job.payload.get("work") == found.here.id]


def _name(job: Job) -> str:
    names = [side.scenario for side in sides_of(state.store().job_folder(job.id))]
    values = {"count": len(names), "first": names[0], "last": names[-1], "id": job.id[:4]}
    return t(f"compare.solve_{job.kind}", **values)


def choose(sides: Mapping[int, Side]) -> Picked:
    """Widgets for the scenarios and the baseline; the address follows."""
    picked = of_address([*sides])

    def pick() -> None:
        base, aside = int(state.typed(BASE)), [int(each) for each in state.typed(ASIDE)]
        numbers = (base, *(each for each in aside if each != base)) if base in aside else tuple(aside)
        if numbers:
            state.go(view=_settled(numbers, picked.target).code())

    def name(number: int) -> str:
        return f"{number}. {sides[number].scenario}"

    state.keep(ASIDE, sorted(picked.numbers))
    state.keep(BASE, picked.numbers[0])
    aside, base = st.columns([3, 2])
    aside.multiselect(
        t("compare.aside"), [*sides], format_func=name, key=ASIDE, on_change=pick, max_selections=MOST
    )
    base.selectbox(t("compare.base"), sorted(picked.numbers), format_func=name, key=BASE, on_change=pick)
    return picked


def choose_target(picked: Picked, sides: Mapping[int, Side]) -> Side:
    """Of which scenario the cost is taken apart."""
    state.keep(TARGET, picked.target)
    if len(picked.numbers) > 2:
        st.selectbox(
            t("compare.target"),
            picked.numbers[1:],
            format_func=lambda number: f"{number}. {sides[number].scenario}",
            key=TARGET,
            on_change=lambda: state.go(view=_settled(picked.numbers, int(state.typed(TARGET))).code()),
        )
    return sides[picked.target]


def say_lacking(sides: Sequence[Side]) -> None:
    """Scenarios in which hours stay uncovered, or for some people no rota is legal."""
    for side in sides:
        if side.missing_hours > 0:
            values = {"stage": plain(side.scenario), "hours": parts.hours(side.missing_hours)}
            st.warning(t("compare.missing", **values), icon=":material/group_off:")
        for name in side.no_tour:
            st.warning(t("outcome.no_legal_tour", agent=plain(name)), icon=":material/gavel:")
