"""Machine code for the searches, made by a process of its own while this one goes on without."""

import os
import subprocess
import sys

from trainingbase.planner.compiled import is_at_hand
from trainingbase.planner.search.driving import anneal, drive


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
                    [sys.executable, "-m", "trainingbase.planner.prepare"],
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
        return self.waits or self.process is None or self.process.poll() is not None

    def end(self) -> None:
        """What has been begun goes on by itself, so that the next solve finds it done."""
        if self.process is not None and self.process.poll() is None:
            self.process.returncode = 0
