"""The second chain's program: reads a crew and rounds from its input, writes its best rota after each.

It is run by path, so that it never loads the program that started it. It ends with its input, and in the
middle of a round where the process that started it is gone.
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Serve until the input ends."""
    started_by = os.getppid()
    from planner.scheduling.chains import Kept, heard, run
    from planner.scheduling.freight import receive, send, unpacked
    from planner.scheduling.search import Search

    first = receive(stdin)
    if first is None:
        return
    head, arrays = first
    search = Search(unpacked(head, arrays), head["seed"], head["number"])
    while (message := receive(stdin)) is not None:
        run(search, heard(*message), lambda: os.getppid() != started_by)
        if os.getppid() != started_by:
            return
        kept = Kept.of(search)
        send(stdout, {"cost": kept.cost}, (kept.options, kept.breaks, kept.own))


if __name__ == "__main__":
    sys.path[:0] = sys.argv[1:]
    main(sys.stdin.buffer, sys.stdout.buffer)
