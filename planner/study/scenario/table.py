"""The table of everything that a scenario file may say, made from the models that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from planner import _yaml
from planner.study.scenario.gates import GATES
from planner.study.scenario.mistakes import inner_model
from planner.study.scenario.said import Said

LISTS = {
    "history",
    "agents",
    "people",
    "sites",
    "queues",
    "opening_hours",
    "special_days",
    "history_open_hours",
    "escalation",
    "shifts",
    "planned_work",
    "meetings",
    "appointments",
    "types",
    "posts",
    "events",
    "self_service",
    "by_hand",
    "days_off",
}


def scenario_table() -> str:
    """Every key of a scenario file as Markdown: key, meaning, default, example.

    Examples
    --------
    >>> print(scenario_table().splitlines()[4])
    | `name` | for screens and files | the file's name | `name: Weekdays 9 to 18` |
    """
    lines = ["| key | meaning | default | example |", "| --- | --- | --- | --- |"]
    start = "another scenario file to build on: mappings are merged, lists replaced, `none` takes a key back"
    lines.append(f"| `starts_from` | {start} | nothing | `starts_from: scenario.yaml` |")
    changes = "changes of the scenario that this file starts from, one after the other, see what-ifs"
    lines.append(f"| `what_if` | {changes} | nothing | `what_if: [volume: {{by: +20%}}]` |")
    lines += [line_of(*row) for row in rows(Said)]
    for kind, model in GATES.items():
        if isinstance(model, str):
            lines.append(f"| `gates[].{kind}` | always written so | – | `{kind}: {model}` |")
        else:
            lines += [line_of(*row) for row in rows(model, f"gates[].{kind}.")]
    return "\n".join(lines) + "\n"


def rows(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, type[BaseModel], str]]:
    """Path, model and field name of every key, inner ones after the key they stand in."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        path = f"{before}{key}"
        yield path, model, name
        inner = inner_model(info.annotation)
        if inner is not None:
            yield from rows(inner, path + ("[]." if key in LISTS else "."))


def line_of(path: str, model: type[BaseModel], name: str) -> str:
    """The row of a key: path, meaning, default, example."""
    info = model.model_fields[name]
    meaning, _, default = (info.description or "").partition("; default: ")
    example = (info.examples or ["..."])[0]
    key = info.alias or name
    cells = (f"`{path}`", meaning, default or default_text(model, name), f"`{key}: {example}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def default_text(model: type[BaseModel], name: str) -> str:
    """The default of a key as a file would say it; "needed" or "nothing" where there is none."""
    info = model.model_fields[name]
    if info.is_required():
        return "needed"
    written: Any = model.model_construct().model_dump(by_alias=False, include={name}).get(name)
    if isinstance(written, Mapping):
        inner = {key: value for key, value in written.items() if value not in (None, "", [], {}, ())}
        written = _yaml.dump(inner).strip().replace("\n", ", ") if inner else None
    if isinstance(written, list | tuple):
        written = ", ".join(map(str, written)) if all(isinstance(word, str) for word in written) else None
    return f"`{written}`" if written not in (None, "") else "nothing"
