"""Stages as their cheapest change mends them, as scenario files that can be planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planner.study.files import write_files
from planner.study.stages.mended import Try, cheapest_by_stage, mended_name
from planner.study.why.files import copy_named
from planner.study.why.fix_words import yaml_text

if TYPE_CHECKING:
    from planner.study.rollout import Rollout
    from planner.study.scenario import Scenario


def write_mended(made: Rollout, folder: Path | str) -> tuple[Path, ...]:
    """Write ``mended-N.yaml`` for each stage N that a change mends, the stage, and the files that it names.

    The stage stands complete in the folder under its own name, and the file starts from it; so it also works
    beside the stage in the folder where that came from. No file of a scenario is written over.

    Raises
    ------
    InputError: if the folder cannot be written.
    """
    folder = Path(folder)
    best = cheapest_by_stage(made.mending)
    bases = _bases({number: made.plans[number - 1].scenario for number in best})
    texts: dict[str, str] = {}
    for number, one in best.items():
        stage, base = made.plans[number - 1].scenario, bases[number]
        texts[mended_name(number)] = mended_text(one, base)
        if not _is_source(folder / base, stage):
            texts[base] = stage.dump()
        copy_named(one.scenario, folder)
    return write_files(texts, folder)


def mended_text(one: Try, base: str) -> str:
    """A scenario file with what changes, that starts from the stage."""
    return yaml_text({"starts_from": base, "name": one.scenario.name, **one.changes})


def _bases(stages: Mapping[int, Scenario]) -> dict[int, str]:
    """Names of the files of stages: their own, or the number where they have none or one twice."""
    own = {
        number: "" if stage.source_path is None else stage.source_path.name
        for number, stage in stages.items()
    }
    times = Counter(own.values())
    return {
        number: name if name and times[name] == 1 else f"stage-{number}.yaml" for number, name in own.items()
    }


def _is_source(path: Path, stage: Scenario) -> bool:
    return stage.source_path is not None and path.resolve() == stage.source_path.resolve()
