"""Compile hot functions while nobody waits: a new machine's first rota comes as fast as later ones."""

from __future__ import annotations

import logging
import threading
from importlib import import_module

_log = logging.getLogger("planner.tasks")
_SENTENCE = "2 people, 40 h, English, about 10 tickets a weekday"


def warm_up() -> None:
    """Run engine and simulation once on a tiny desk; nothing is kept of it.

    Without the compiler there is nothing to compile.
    """
    from planner._compiled import COMPILED

    if not COMPILED:
        return
    from planner.scheduling import warm_up as warm_engine
    from planner.study import Scenario, plan

    warm_engine()
    desk = Scenario.quick(_SENTENCE)
    plan(desk.replace(period={"weeks": 1}, solve={"effort": "quick", "rounds": 1}), is_cancelled=lambda: True)


def warm_up_beside() -> threading.Thread:
    """``warm_up`` in a thread of its own; a failure is logged and otherwise of no consequence."""
    # Not in the thread: where two threads import at once, one may meet a package that is half made.
    import_module("planner.study.scenario")

    def warm() -> None:
        try:
            warm_up()
        except Exception:  # a job must never fail for a warm-up that did
            _log.exception("warming up failed")

    thread = threading.Thread(target=warm, daemon=True, name="warming")
    thread.start()
    return thread
