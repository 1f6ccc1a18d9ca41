"""What lives as long as the server: the workers that plan."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pandas
import plotly.graph_objects

from planner.study.incoming import clear
from planner.tasks import LocalExecutor, Store

STORE_VARIABLE = "PLANNER_STORE"


def store_folder() -> Path:
    """Where plans are kept: ``PLANNER_STORE``, or ``.planner`` in the folder the app was started from."""
    return Path(os.environ.get(STORE_VARIABLE, ".planner")).resolve()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Start one worker with the server and end it with the server.

    Objects of the heavy imports are frozen for the garbage collector: Streamlit collects in full
    after every run of a page, and would walk through all of them each time.
    """
    assert pandas
    assert plotly.graph_objects
    clear(store_folder())
    gc.collect()
    gc.freeze()
    workers = LocalExecutor(Store(store_folder()), workers=1)
    workers.start()
    try:
        yield
    finally:
        workers.stop()
