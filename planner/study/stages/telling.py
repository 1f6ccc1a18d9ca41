"""All that a rollout tells first: answers, who comes while closed today, and what going back would cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner._messages import Message
from planner.study.missing_words import missing_beside
from planner.study.stages.answer_words import answer_words, go_words
from planner.study.stages.answers import Answer, answers
from planner.study.stages.going_back import GoingBack, back_words, going_back
from planner.study.stages.today_line import TodayLine, today_words, while_closed

if TYPE_CHECKING:
    from planner.study.rollout import Rollout
    from planner.study.stages.judged import GateResult, Judged


class Told(NamedTuple):
    """What is told of a rollout first."""

    answers: tuple[Answer, ...]
    today: tuple[TodayLine, ...]
    back: tuple[GoingBack, ...]


def told(stages: Sequence[Judged], gates: Sequence[Sequence[GateResult]]) -> Told:
    """What is told of stages that are planned, simulated and judged; nothing is simulated again."""
    lines = answers(stages, gates)
    return Told(lines, while_closed(stages[0]), going_back([stage.plan for stage in stages], lines))


class StageWords(NamedTuple):
    """A stage in sentences: go or no-go, what it opens and takes, what going back costs."""

    go: Message
    answer: tuple[Message, ...]
    back: tuple[Message, ...]


def words_of(made: Rollout) -> dict[int, StageWords]:
    """The sentences of each stage that has an answer, by its number from 1."""
    back = {one.stage: back_words(one) for one in made.back}
    found = {}
    for one in made.answers:
        result = made.plans[one.stage - 1].result
        missing = missing_beside(result.missing_hours, result.missing_hours_bound)
        go = go_words(one, missing)
        found[one.stage] = StageWords(go, answer_words(one), back.get(one.stage, ()))
    return found


def first_lines(made: Rollout) -> tuple[Message, ...]:
    """Today: who comes while closed, of all queues and of each."""
    return today_words(made.today)
