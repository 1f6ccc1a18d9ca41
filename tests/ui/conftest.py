"""The app without a browser: its script run page by page, and a small solved rollout to look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from planner.study import workspace
from planner.tasks import Store, ask
from planner.tasks.run import run_job

MAIN = Path(__file__).parents[2] / "planner" / "ui" / "main.py"
PAGES = (
    "start",
    "demand",
    "requirement",
    "rollout",
    "solve",
    "rota",
    "service",
    "promise",
    "compare",
    "export",
    "about",
)

DESK = """
name: Weekdays
zone: Europe/Lisbon
period: {first_day: 2026-04-20, weeks: 1}
volume: {email en: 30 a weekday}
people: {count: 4, weekly_hours: 40, cost: 12}
sites: {name: Lisbon, zone: Europe/Lisbon, public_holidays: Lisbon}
opening_hours:
  - {queues: all, days: mon-fri, open: 09:00, close: 18:00}
solve: {effort: quick, rounds: 1, replications: 20}
"""
LONGER = """
starts_from: scenario.yaml
name: Saturdays too
opening_hours:
  - {queues: all, days: mon-sat, open: 09:00, close: 18:00}
gates:
  - cost_uplift: {at_most: 1%}
"""


@dataclass
class Desk:
    """A store on disk with a workspace, and the job that has planned it."""

    root: Path
    work: str
    job: str = ""

    @property
    def folder(self) -> Path:
        return workspace.folder_of(self.root, self.work)

    @property
    def result(self) -> Path:
        return Store(self.root).job_folder(self.job)

    def ids(self, **more: str) -> dict[str, str]:
        return {"work": self.work, "job": self.job, **more}


def made(root: Path) -> Desk:
    """A workspace of two small stages."""
    desk = Desk(root, workspace.open_text(root, DESK))
    (desk.folder / "saturdays.yaml").write_text(LONGER, encoding="utf-8")
    return desk


@pytest.fixture(scope="session")
def solved_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two small stages, planned by the real pipeline."""
    desk = made(tmp_path_factory.mktemp("solved"))
    store = Store(desk.root)
    ordered = workspace.order(desk.folder, ("scenario.yaml", "saturdays.yaml"))
    payload = {**ordered, "work": desk.work, "effort": "stated"}
    desk.job = ask(store, "rollout", payload, owner="me", key="k").id
    run_job(store, "w", store.claim("w"))
    assert store.finish(desk.job, "w")
    return desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two small stages that nobody has planned yet; the app keeps its data there."""
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))
    return made(tmp_path.resolve())


@pytest.fixture
def solved(solved_once: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of the planned stages that a test may change."""
    shutil.copytree(solved_once.root, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))
    return Desk(tmp_path.resolve(), solved_once.work, solved_once.job)


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """No page remembers another test's files."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of the app with ids in its address."""
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path))

    def open_page(page: str, **ids: str) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=60)
        app._page_hash = calc_hash("" if page == "start" else page)
        for key, value in ids.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return open_page
