"""A real server and a real headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))  # steps.py, which the tests share
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 60_000


@dataclass(frozen=True)
class App:
    """A running app: its address, and where it keeps its plans."""

    url: str
    store: Path


def missing(what: str) -> None:
    """Skip with a sentence on a developer's machine; fail where the whole suite must run."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI runs every test")
    pytest.skip(f"{what} is missing; browser tests need it")


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the app did not start:\n" + log.read_text(encoding="utf-8"))


class Server:
    """A server with a store of its own, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.app = App(f"http://127.0.0.1:{_free_port()}", folder / "store")
        self.log = folder / "log.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it as a newcomer does, and wait until it answers."""
        port = self.app.url.rsplit(":", 1)[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", port]
        environment = {**os.environ, "PLANNER_STORE": str(self.app.store)}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        _wait_until_healthy(self.app.url, self.process, self.log)

    def kill(self) -> None:
        """End it without a word, as a crash does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)


def _served(folder: Path) -> Iterator[Server]:
    made = Server(folder)
    made.start()
    yield made
    made.stop()
    assert "Traceback" not in made.log.read_text(encoding="utf-8")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server for one test alone."""
    yield from _served(tmp_path)


@pytest.fixture
def app(server: Server) -> App:
    """The app as a newcomer starts it, on a free port and with a fresh store."""
    return server.app


@pytest.fixture(scope="module")
def app_of_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One app for the tests of a file, where each has work of its own or only looks."""
    for made in _served(tmp_path_factory.mktemp("app")):
        yield made.app


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        missing("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the package playwright")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A new browser of somebody; no page may ask the network for anything but this app."""
    contexts = []

    def somebody(width: int = 1400, **settings: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 1000}, **settings)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        return page

    asked: list[str] = []
    yield somebody
    for context in contexts:
        context.close()
    elsewhere = [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert elsewhere == []
