"""How long a look at a running solve takes when fifty people look at once, and what each costs in memory.

``python -m tests.bench.polling [--visits 50] [--seconds 20] [--json]`` starts the app as a user does, asks
for a thorough solve of ``weekday-to-247``, and opens visits that speak Streamlit's own protocol (a websocket
with protobuf messages, no browser): each opens the Solve page with the job in its address, and asks for the
part of it that polls once a second, as a browser does. Told is the time from asking to the end of the rerun:
median and 95th percentile, and the CPU time of the server for a rerun; as named baseline, in the same run and
during the same solve, those of one visit alone. The bar is a median under 0.5 s on 2 cores. Memory a visit:
resident memory of the server with all of them, less that with one, over the others. ``load`` is what the
machine had to do when it began: under other load seconds say little.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from planner.study import workspace
from planner.tasks import Job, Store, ask

ROOT = Path(__file__).parents[2]
BAR_SECONDS, PAGE, EVERY_SECONDS = 0.5, "solve", 1.0


class Visit:
    """One visit of the Solve page."""

    def __init__(self, line: ClientConnection, query: str) -> None:
        self.line, self.query, self.fragment = line, query, ""
        self.took: list[float] = []

    async def open(self) -> None:
        """Open the page; it says which part of it polls."""
        await self._ask("")
        assert self.fragment, "the page polls nothing: the solve has ended"

    async def poll(self, until: float) -> None:
        """Ask for the part that polls, once a second, or as soon as the answer is there."""
        while time.monotonic() < until:
            began = time.monotonic()
            await self._ask(self.fragment)
            self.took.append(time.monotonic() - began)
            await asyncio.sleep(max(0.0, EVERY_SECONDS - (time.monotonic() - began)))

    async def _ask(self, fragment: str) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = calc_hash(PAGE)
        if fragment:
            asked.rerun_script.fragment_id = fragment
            asked.rerun_script.is_auto_rerun = True
        await self.line.send(asked.SerializeToString())
        while True:
            said = ForwardMsg()
            said.ParseFromString(bytes(await self.line.recv(decode=False)))
            kind = said.WhichOneof("type")
            if kind == "auto_rerun":
                self.fragment = said.auto_rerun.fragment_id
            if kind == "script_finished":
                return


@contextmanager
def served(store: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The app on a free port; its port and process."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = int(held.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "PLANNER_STORE": str(store)}
    with (store / "log.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.2)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def asked(store: Store) -> Job:
    """A thorough solve of all stages of the sample, as the Solve page asks for it."""
    work = workspace.open_sample(store.folder, "weekday-to-247")
    folder = workspace.folder_of(store.folder, work)
    stages = workspace.stages(folder)
    ordered = workspace.order(folder, tuple(stage.file for stage in stages))
    names = [stage.name for stage in stages]
    return ask(
        store, "rollout", {**ordered, "names": names, "work": work, "effort": "thorough"}, owner="bench"
    )


def resident_mb(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of the server alone, in MB."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """CPU time of the server so far, without its workers."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def looked(
    port: int, query: str, visits: int, seconds: float, process: subprocess.Popen[bytes]
) -> tuple[list[float], float, float]:
    """Seconds of every rerun of so many visits at once; CPU seconds and memory of the server with them."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    spoken = [Subprotocol("streamlit")]
    lines = [connect(address, subprotocols=spoken, max_size=None) for _ in range(visits)]
    people = [Visit(await line, query) for line in lines]
    for one in people:
        await one.open()
    until, spent = time.monotonic() + seconds, cpu_seconds(process)

    async def begin(number: int, one: Visit) -> None:
        await asyncio.sleep(EVERY_SECONDS * number / len(people))
        await one.poll(until)

    await asyncio.gather(*(begin(number, one) for number, one in enumerate(people)))
    spent, held = cpu_seconds(process) - spent, resident_mb(process)
    for one in people:
        await one.line.close()
    return [took for one in people for took in one.took], spent, held


def told(took: list[float]) -> dict[str, float]:
    """Median and 95th percentile in seconds, and how many reruns there were."""
    return {
        "reruns": len(took),
        "median_s": round(statistics.median(took), 4),
        "p95_s": round(statistics.quantiles(took, n=20)[-1], 4),
    }


def measured(visits: int, seconds: float) -> dict[str, Any]:
    """One visit alone, then all of them, during one solve."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (port, process):
        store, load = Store(folder), os.getloadavg()[0]
        job = asked(store)
        while store.get(job.id).progress.get("cost") is None:  # a curve and a best rota stand on the page
            time.sleep(0.2)
        query = f"work={job.payload['work']}&job={job.id}"
        alone, cpu_alone, before = asyncio.run(looked(port, query, 1, seconds, process))
        together, cpu_together, after = asyncio.run(looked(port, query, visits, seconds, process))
        live = store.get(job.id).state.live
    one, many = told(alone), told(together)
    return {
        "load": round(load, 2),
        "cores": os.cpu_count(),
        "solve_was_running_to_the_end": live,
        "one visit alone": one,
        f"{visits} visits": many,
        "server_cpu_ms_a_rerun_alone": round(1000 * cpu_alone / len(alone), 1),
        "server_cpu_ms_a_rerun_together": round(1000 * cpu_together / len(together), 1),
        "median_ratio_to_one_alone": round(many["median_s"] / one["median_s"], 2),
        "bar_median_s": BAR_SECONDS,
        "within_bar": many["median_s"] < BAR_SECONDS,
        "server_mb_with_one": round(before, 1),
        "mb_a_visit": round((after - before) / max(1, visits - 1), 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Looks at a running solve by many at once.")
    parser.add_argument("--visits", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0, help="of looking, alone and together")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measured(given.visits, given.seconds)
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
