"""Machine code for the searches, made by a process of its own while this one goes on without.

python -m trainingbase.planner.warming
"""

import os
import subprocess
import sys

import numpy as np

from trainingbase.planner.compiled import is_at_hand
from trainingbase.planner.desk import MOST_MOVES, Desk
from trainingbase.planner.driving import anneal, drive


class Warming:
    """Begins when it is first asked. `waits`: the caller rather waits, so as to be repeatable."""

    def __init__(self, waits: bool) -> None:
        self.waits = waits
        self.process: subprocess.Popen[bytes] | None = None

    def is_done(self) -> bool:
        """Whether the searches can be called at once."""
        if self.waits:
            return True
        if self.process is None:
            self.waits = is_at_hand(drive) and is_at_hand(anneal)
            if not self.waits:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "trainingbase.planner.warming"],
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
        return self.waits or self.process is None or self.process.poll() is not None

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def warm() -> None:
    """Calls every search with nothing to do."""
    rows = np.zeros((1, 2), dtype=np.int32)
    blocks = np.zeros((0, 11), dtype=np.int32)
    cells = np.zeros((3, 0, 0), dtype=np.int32)
    pairs = np.zeros((0, 3), dtype=np.int32)
    floats = np.zeros((0, 1))
    desk = Desk(
        rows,
        blocks,
        pairs,
        rows,
        floats,
        floats,
        np.zeros(0),
        np.zeros(4),
        pairs,
        cells,
        np.zeros((2, 0, 0)),
        floats,
        floats,
        floats,
        blocks,
        np.zeros((MOST_MOVES + 1, 6), dtype=np.int32),
        np.zeros(MOST_MOVES + 1),
        np.ones(1, dtype=np.uint64),
    )
    drive(desk, blocks[:, 7:].copy(), 0, 1, 0)
    anneal(desk, 0, 0.0, 1.0)


if __name__ == "__main__":
    warm()
