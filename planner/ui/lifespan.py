"""What lives as long as the server: the workers that plan."""

from __future__ import annotations

import gc
import importlib
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas
import plotly.graph_objects

from planner.study.desks import clear_removed
from planner.study.incoming import clear
from planner.study.shelf import clear_shelves
from planner.tasks import LocalExecutor, Store

_log = logging.getLogger("planner.ui")
STORE_VARIABLE = "PLANNER_STORE"


def store_folder() -> Path:
    """Where plans are kept: ``PLANNER_STORE``, or ``.planner`` in the folder the app was started from."""
    return Path(os.environ.get(STORE_VARIABLE, ".planner")).resolve()


def _load_pages() -> None:
    """Load what pages load when they are first shown: what comes after the freeze is walked every time."""
    for module in ("planner.demand", "planner.study.charts", "planner.study.scenario", "planner.ui.solved"):
        importlib.import_module(module)
    plotly.graph_objects.Figure(layout={"template": "plotly_white"}).add_scatter(x=[0], y=[0]).to_json()


@lru_cache(maxsize=64)
def freeze_once(page: str) -> None:
    """Freeze what a page has loaded and keeps, once for each page: what is garbage then is never much.

    Parameters
    ----------
    page: that was shown for the first time since the server began.
    """
    _log.debug("freezing what %s keeps", page)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Start the workers with the server and end them with the server.

    Objects of the heavy imports are frozen for the garbage collector: Streamlit collects in full
    after every run of a page, and would walk through all of them each time.
    """
    assert pandas
    _load_pages()
    for forget_old in (clear, clear_removed, clear_shelves):
        forget_old(store_folder())
    gc.collect()
    gc.freeze()
    store = Store(store_folder())
    for notice in store.notices:
        _log.warning("%s", notice)
    workers = LocalExecutor(store)
    workers.start()
    try:
        yield
    finally:
        workers.stop()
