"""A solve outlives reload, a cut connection, a killed worker and a killed server."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect
from steps import STOP, go, open_sample, start_solving, turn_to, wait_for

from planner.tasks import Outcome, Store

pytestmark = [pytest.mark.browser, pytest.mark.alone]


def worker_of(store, job):
    """Process id of the worker that has a job."""
    with store._open() as db:
        row = db.execute("SELECT worker FROM jobs WHERE id=?", (job,)).fetchone()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if row[0].encode() in entry.read_bytes().split(b"\0"):
                return int(entry.parent.name)
    raise AssertionError("no worker")


def kept(store, job):
    return (store.job_folder(job) / "best-1.csv").exists()


def test_a_solve_outlives_reload_cut_worker_and_server(server, visit):
    page, other = visit(), visit()
    open_sample(page, server.app)
    turn_to(page, "solve")
    asked_at = page.url
    job = start_solving(page, "Thorough")
    store = Store(server.app.store)
    expect(page.locator(".rota-legend")).to_be_visible(timeout=60_000)

    page.reload()
    expect(page.get_by_role("button", name=STOP)).to_be_visible()
    joined(store, other, asked_at, job)

    page.context.set_offline(True)
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    expect(page.locator(".rota-legend")).to_be_visible()

    wait_for(lambda: kept(store, job))
    began = time.monotonic()
    os.kill(worker_of(store, job), signal.SIGKILL)
    again = "begun again from the best rota so far, attempt"
    expect(page.get_by_text(f"{again} 2")).to_be_visible(timeout=60_000)
    print(f"worker killed -> said to be begun again: {time.monotonic() - began:.1f} s")
    expect(page.locator(".rota-legend")).to_be_visible(timeout=60_000)

    began = time.monotonic()
    server.kill()
    server.start()
    expect(page.get_by_text(f"{again} 3")).to_be_visible(timeout=90_000)
    print(f"server killed -> same tab sees it go on: {time.monotonic() - began:.1f} s")
    expect(page.locator(".rota-legend")).to_be_visible(timeout=60_000)

    began = time.monotonic()
    page.get_by_role("button", name=STOP).click()
    expect(page.get_by_text("Stopped early, stages planned: 1 of 1.")).to_be_visible(timeout=60_000)
    print(f"stopped -> outcome on screen: {time.monotonic() - began:.1f} s")
    found = store.get(job)
    assert found.outcome is Outcome.STOPPED
    assert (found.begun, found.attempts) == (3, 2)
    assert len(found.curve) >= 1
    assert (store.job_folder(job) / "stage-1" / "rota.csv").read_text(encoding="utf-8").count("\n") > 100


def joined(store, other, url, job):
    """A second browser asks the same, gets the same job, and cannot take it from the first."""
    go(other, url)
    assert start_solving(other, "Thorough") == job
    assert len(store.get(job).owners) == 2
    other.get_by_role("button", name=STOP).click()
    expect(other.get_by_text("Somebody else has asked for the same; it goes on for them.")).to_be_visible()
    assert not store.get(job).cancel
    assert len(store.get(job).owners) == 1
