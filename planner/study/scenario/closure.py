"""Every file that a scenario is read from: what must travel with it."""

from __future__ import annotations

from pathlib import Path

from planner import _yaml
from planner.study.scenario.files import MOST_FILES, STARTS_FROM, inside, paths_said, read_chain


def files_of(path: Path | str) -> tuple[Path, ...]:
    """The file itself, those that it starts from, and the data that it names, as far as they are there.

    Mistakes are left to loading: of a file with mistakes, what can be found is given.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name, text in {"a.yaml": "team: team.csv", "b.yaml": "starts_from: a.yaml"}.items():
    ...         _ = Path(folder, name).write_text(text)
    ...     _ = Path(folder, "team.csv").write_text("name")
    ...     [file.name for file in files_of(Path(folder, "b.yaml"))]
    ['b.yaml', 'a.yaml', 'team.csv']
    """
    path = Path(path)
    folder = path.parent
    chain = _chain(path, folder)
    nodes, _ = read_chain(path, path.name, folder, folder)
    every = (said.value for node in nodes for _, said in paths_said(node))
    written = [value for value in every if isinstance(value, str)]
    data = [found for name in written if (found := inside(folder, name, folder)) and found.is_file()]
    return tuple(dict.fromkeys((*chain, *data)))


def _chain(path: Path, root: Path) -> list[Path]:
    chain = [path]
    while len(chain) <= MOST_FILES:
        node, _ = _yaml.read(chain[-1], chain[-1].name)
        base = node.value.get(STARTS_FROM) if isinstance(node.value, dict) else None
        written = base.value if base is not None and isinstance(base.value, str) else ""
        following = inside(chain[-1].parent, written, root) if written.strip() else None
        if following is None or not following.is_file() or following in chain:
            break
        chain.append(following)
    return chain
