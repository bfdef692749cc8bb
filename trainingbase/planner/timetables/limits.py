"""When a search has to end, and the thread that ends what is still running then."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

Stop = Callable[[], bool]
EVERY = 0.05  # seconds between looks


def never() -> bool:
    return False


@dataclass
class Limits:
    """A moment of `time.monotonic`, a word from outside, or `rounds` of work."""

    deadline: float
    should_stop: Stop = never
    rounds: int | None = None
    workers: int = 2
    seed: int = 1
    _running: dict[int, tuple[cp_model.CpSolver, Stop]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def left(self) -> float:
        return self.deadline - time.monotonic()

    def reached(self) -> bool:
        return self.left() <= 0 or self.should_stop()

    @contextmanager
    def minding(self, solver: cp_model.CpSolver, stop: Stop = never) -> Iterator[None]:
        """The watcher stops this solver at the limits, or when `stop` says so."""
        with self._lock:
            self._running[id(solver)] = (solver, stop)
        try:
            yield
        finally:
            with self._lock:
                del self._running[id(solver)]

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Solvers minded in this block end within a moment of the limits."""
        ended = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(ended,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()

    def _watch(self, ended: threading.Event) -> None:
        while not ended.wait(EVERY):
            reached = self.reached()
            with self._lock:
                for solver, stop in self._running.values():
                    if reached or stop():
                        solver.stop_search()
