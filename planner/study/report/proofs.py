"""The last pages: what was assumed, what is not checked, and how each plan can be made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from planner._messages import spoken_value
from planner.study.missing_words import hours_text, missing_code
from planner.study.paper import Html, bullets, table
from planner.study.report.cells import DASH, amount
from planner.study.report.lines import say
from planner.study.report.reading import ROLLOUT, Source, StageFiles
from planner.study.report.sayings import filled


def assumptions_html(source: Source) -> str:
    """Every notice of every plan once, with the stages that it is of; what the judge did not check."""
    told: dict[str, list[int]] = defaultdict(list)
    for stage in source.stages:
        checks = stage.files.record.get("checks", {})
        found = [*stage.files.record["notices"], *checks.get("not_checked", [])]
        if checks:
            found.append(checks["no_finding"])
        for notice in found:
            if stage.number not in told[text := source.said.again(str(notice["text"]))]:
                told[text].append(stage.number)
    return bullets(_of_stages(text, numbers, source) for text, numbers in told.items())


def _of_stages(text: str, numbers: Sequence[int], source: Source) -> str:
    if len(numbers) == len(source.stages):
        return text
    return say("of_stages", text=text, stages=", ".join(map(str, numbers)))


def uplift_html(source: Source) -> str:
    """Stages whose cost stands beside what is often quoted for 24/7, with its parts and why it differs."""
    parts = []
    for place, stage in enumerate(source.stages):
        lines = []
        for number, text in enumerate(stage.uplift):
            key = escape(f"{ROLLOUT}:stages.{place}.uplift.{number}.text")
            said = escape(source.said.again(text).strip())
            lines.append(Html(f'<span data-from="{key}">{said}</span>'))
        if lines:
            parts.append(f"<h3>{stage.number}. {escape(stage.name)}</h3>{bullets(lines)}")
    return "".join(parts)


def appendix_html(source: Source) -> str:
    """Cost, proven bound and gap of each plan; seed, effort, versions, and digests of the files."""
    rows = []
    for stage in source.stages:
        record = stage.files.record
        rows.append(
            [
                f"{stage.number}. {stage.name}",
                str(record["status"]),
                _whole(stage),
                _figure(stage, "bound"),
                _share(stage, "gap"),
                _figure(stage, "missing_hours", 1),
                _figure(stage, "missing_hours_bound", 1),
                str(record["engine"]),
                str(record["seed"]),
                _figure(stage, "iterations"),
                _period(record),
            ]
        )
    heads = (
        *("stage", "status", "cost_period", "bound", "gap", "missing", "missing_bound"),
        *("engine", "seed", "iterations", "period"),
    )
    made = table([say(f"head_{name}") for name in heads], rows, [2, 3, 4, 5, 6, 8, 9])
    return made + _versions(source) + _digests(source)


def _figure(stage: StageFiles, key: str, digits: int = 0) -> Html:
    value = stage.files.record[key]
    return _placed(stage, key, DASH if value is None else amount(float(value), digits))


def _whole(stage: StageFiles) -> Html:
    """What the bound and the gap are of: pay, soft rules and missing people at their price."""
    return _placed(stage, "objective.total", amount(float(stage.files.record["objective"]["total"])))


def _share(stage: StageFiles, key: str) -> Html:
    value = stage.files.record[key]
    return _placed(stage, key, DASH if value is None else f"{amount(100 * float(value), 1)} %")


def missing_cells(source: Source) -> dict[int, Html]:
    """Missing people of each stage that has any, by its number, in words that stand beside go or no-go."""
    found = {}
    for stage in source.stages:
        hours, bound = (stage.files.record[key] for key in ("missing_hours", "missing_hours_bound"))
        if hours > 0:
            cells = {"hours": _placed(stage, "missing_hours", hours_text(float(hours)))}
            if bound:
                cells["bound"] = _placed(stage, "missing_hours_bound", hours_text(float(bound)))
            found[stage.number] = filled(missing_code(bound), cells, {})
    return found


def _placed(stage: StageFiles, key: str, text: str) -> Html:
    place = escape(f"{stage.files.folder.name}/plan.json:{key}")
    return Html(f'<span data-from="{place}">{escape(spoken_value(text))}</span>')


def _period(record: Mapping[str, Any]) -> str:
    period = record["period"]
    return say("period", first=period["first_day"], days=period["days"], zone=period["zone"])


def _versions(source: Source) -> str:
    told: dict[str, list[int]] = defaultdict(list)
    for stage in source.stages:
        versions = stage.files.record["versions"]
        told[", ".join(f"{name} {version}" for name, version in versions.items())].append(stage.number)
    return bullets(
        _of_stages(say("versions", versions=text), numbers, source) for text, numbers in told.items()
    )


def _digests(source: Source) -> str:
    """The first figures of each file's sha256: which files a printed page belongs to."""
    rows = [
        (f"{stage.number}. {stage.name}", name, str(digest)[:12])
        for stage in source.stages
        for name, digest in sorted(stage.files.record["files"].items())
        if name in ("rota.csv", "requirement.csv", "forecast.csv")
    ]
    return table([say("head_stage"), say("head_file"), say("head_digest")], rows)
