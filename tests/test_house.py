"""The house rules that no other tool checks: imports, names, sentences, sizes."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
import yaml

from planner._messages import catalogue

ROOT = Path(__file__).parents[1]
PLANNER = ROOT / "planner"
FILES = sorted(PLANNER.rglob("*.py"))
PACKAGES = sorted(
    ".".join(file.parent.relative_to(ROOT).parts) for file in FILES if file.name == "__init__.py"
)
LANGUAGES = sorted(entry.name for entry in (PLANNER / "_words").iterdir() if list(entry.glob("*.yaml")))
MOST_LINES = 320
RANDOM_WITH_A_SEED = {"default_rng", "Generator", "PCG64", "SeedSequence"}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def room_of(file: Path) -> str:
    return file.relative_to(PLANNER).parts[0].removesuffix(".py")


def nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text(encoding="utf-8"), name_of(file)))


@cache
def imported(file: Path) -> tuple[tuple[int, str], ...]:
    """Line and top-level name of everything that a file imports, at any depth; read once for all tests."""
    found: list[tuple[int, str]] = []
    for node in nodes(file):
        if isinstance(node, ast.Import):
            found += ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module.partition(".")[0]))
    return tuple(found)


def run(program: str) -> str:
    """What a fresh interpreter prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_law() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def as_ruff_sorts(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_are_sorted_and_importable(package: str) -> None:
    module = import_module(package)
    public = list(getattr(module, "__all__", []))
    assert public == sorted(set(public), key=as_ruff_sorts)
    assert [name for name in public if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", [package for package in PACKAGES if package != "planner"])
def test_everything_a_package_imports_for_others_is_public(package: str) -> None:
    # __init__ imports names only to hand them on; one that is missing in __all__ was forgotten.
    tree = ast.parse((ROOT / package.replace(".", "/") / "__init__.py").read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    own = {
        alias.asname or alias.name
        for node in imports
        if (node.module or "").startswith(package)
        for alias in node.names
    }
    public = set(getattr(import_module(package), "__all__", []))
    assert sorted(name for name in own - public if not name.startswith("_")) == []


def test_solver_and_pages_are_loaded_only_when_needed() -> None:
    heavy = "('ortools', 'streamlit', 'plotly')"
    for name in ("planner", "planner.study", "planner.rules", "planner.service"):
        assert run(f"import sys, {name}; print([m for m in {heavy} if m in sys.modules])") == "[]\n", name


def sentences() -> Iterator[tuple[str, int, ast.Call]]:
    """Every ``Message(...)`` in the sources: file, line, call."""
    for file in FILES:
        for node in nodes(file):
            if isinstance(node, ast.Call) and node.args:
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called == "Message":
                    yield name_of(file), node.lineno, node


def blanks(sentence: str) -> set[str]:
    """Names of the blanks of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_is_in_the_catalogue_and_its_blanks_are_filled() -> None:
    known = catalogue("en")
    wrong = []
    for file, line, call in sentences():
        code = call.args[0]
        if not isinstance(code, ast.Constant):
            continue
        if code.value not in known:
            wrong.append(f"{file}:{line}: {code.value} is not in the catalogue")
            continue
        values = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
        if isinstance(values, ast.Dict) and None not in values.keys:
            given = {key.value for key in values.keys if isinstance(key, ast.Constant)}
            missing = sorted(blanks(known[code.value]) - given)
            if missing:
                wrong.append(f"{file}:{line}: {code.value} lacks {missing}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_plain_and_complete(language: str) -> None:
    english, words = catalogue("en"), catalogue(language)
    assert sorted(words) == sorted(english)
    for code, sentence in words.items():
        assert isinstance(sentence, str), code
        assert sentence.strip() != "", code
        assert all(re.fullmatch(r"[a-z_]+", name) for name in blanks(sentence)), code
        assert blanks(sentence) == blanks(english[code]), code


@pytest.mark.parametrize("file", sorted((PLANNER / "_words").glob("*/*.yaml")), ids=name_of)
def test_no_sentence_is_written_twice(file: Path) -> None:
    tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    keys = [key.value for key, _ in tree.value] if tree else []
    assert sorted(keys) == sorted(set(keys))


def test_browser_tests_run_by_themselves() -> None:
    """Beside all others they would wait for the machine instead of the app; where time counts, beside any."""
    files = sorted((ROOT / "tests" / "browser").glob("test_*.py"))
    texts = {name_of(file): file.read_text("utf-8") for file in files}
    assert len(files) > 8
    marked = re.compile(r"pytestmark = .*mark\.browser")
    assert [name for name, text in texts.items() if not marked.search(text)] == []
    measuring = re.compile(r"(monotonic|perf_counter|time)\(\) - \w+ <|SIGKILL|server\.kill|keyboard\.type")
    limits = [name for name, text in texts.items() if measuring.search(text)]
    assert limits
    assert [name for name in limits if "pytest.mark.alone" not in texts[name]] == []


def test_files_are_short() -> None:
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_there_is_no_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "core", "misc", "base", "tools"}
    assert [
        name_of(file) for file in FILES if {*file.relative_to(PLANNER).with_suffix("").parts} & drawers
    ] == []


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    assert [name_of(file) for file in FILES if marks.search(file.read_text(encoding="utf-8"))] == []


HOMES = {
    "zoneinfo": {"clock"},
    "holidays": {"clock"},
    "tzdata": {"clock"},
    "dateutil": set(),
    "pytz": set(),
    "ortools": {"scheduling"},
    "streamlit": {"ui"},
    "yaml": {"_messages", "_yaml", "rules"},  # packs of rules are our own data
    "numba": {"_compiled"},
    "pickle": set(),
    "shelve": set(),
    "marshal": set(),
    "random": set(),
}


@pytest.mark.parametrize("package", HOMES)
def test_some_packages_have_one_home(package: str) -> None:
    found = [
        f"{name_of(file)}:{line}"
        for file in FILES
        for line, name in imported(file)
        if name == package and room_of(file) not in HOMES[package]
    ]
    assert found == []


def test_rules_need_no_pandas() -> None:
    rules = [file for file in FILES if room_of(file) == "rules"]
    assert [name_of(file) for file in rules for _, name in imported(file) if name == "pandas"] == []


def test_randomness_has_a_seed_of_its_own() -> None:
    found = [
        f"{name_of(file)}:{node.lineno}: {node.attr}"
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.Attribute)
        and node.attr not in RANDOM_WITH_A_SEED
        and isinstance(node.value, ast.Attribute)
        and ast.unparse(node.value) in {"np.random", "numpy.random"}
    ]
    assert found == []
