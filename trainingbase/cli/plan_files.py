"""What the planning commands share: reading files, interrupts, progress, writing a plan."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from trainingbase.planner.files.json_reading import FormatError
from trainingbase.planner.files.plan_file import beside, read_plan, write_plan
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import Placement, Problem

if TYPE_CHECKING:
    from trainingbase.planner.solve import Progress

A_FILE = click.Path(dir_okay=False, path_type=Path)
INTERRUPTS = ("SIGINT", "SIGTERM", "SIGHUP")
Read = TypeVar("Read")


class Seconds(click.FloatRange):
    """How long to work: a tenth of a second to a month."""

    def __init__(self) -> None:
        super().__init__(min=0.1, max=31 * 86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value} is not a number of seconds", param, ctx)
        return number


def problem_in(path: Path) -> Problem:
    return _read(read_problem, path)


def plan_in(path: Path) -> Plan:
    return _read(read_plan, path)


def _read(reader: Callable[[Path], Read], path: Path) -> Read:
    try:
        return reader(path)
    except FormatError as error:
        raise click.ClickException(f"{path}: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
    except MemoryError as error:
        raise click.ClickException(
            f"{path}: is too large for the memory of this machine"
        ) from error


def earlier_plan(problem: Problem, path: Path) -> tuple[Placement, ...]:
    """Placements to change least. A plan of another problem is refused, strangers are told."""
    placements = plan_in(path).placements
    strange = strangers(problem, placements)
    if placements and len(strange) == len(placements):
        raise click.ClickException(f"{path}: {of_another_problem(problem, placements)}")
    if strange:
        say(f"{path}: {len(strange)} of {len(placements)} placements name what the problem has not")
    return placements


def strangers(problem: Problem, placements: tuple[Placement, ...]) -> list[Placement]:
    """Placements of a resident or in a department that the problem does not have."""
    return [
        one
        for one in placements
        if one.resident not in problem.resident_by_id
        or one.department not in problem.department_by_id
    ]


def of_another_problem(problem: Problem, placements: tuple[Placement, ...]) -> str:
    one = placements[0]
    return (
        "is the plan of another problem: no placement of it has both a resident and a department"
        f" of this one ({one.resident!r} in {one.department!r} and {len(placements) - 1} more)"
    )


def refuse_unwritable(path: Path) -> None:
    """Before solving for a minute rather than after."""
    if not path.parent.is_dir():
        raise click.ClickException(f"{path}: there is no folder {path.parent}")
    trial = path if path.exists() else beside(path)
    with _told(path), open(trial, "ab"):
        pass
    if not path.exists():
        trial.unlink(missing_ok=True)
    elif path.is_file() and not os.access(path.parent, os.W_OK):
        raise click.ClickException(f"{path}: the folder {path.parent} cannot be written to")


def put_plan(found: Plan, path: Path) -> None:
    with _told(path):
        write_plan(found, path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """SIGINT, SIGTERM and SIGHUP ask the solver to hand over what it has."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    those = [getattr(signal, name) for name in INTERRUPTS if hasattr(signal, name)]
    before = {one: signal.signal(one, lambda *_: interrupted.set()) for one in those}
    try:
        yield interrupted
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class Reporter:
    """A line when something has changed, at most twice a second."""

    def __init__(self) -> None:
        self.last = ""
        self.at = -1.0

    def __call__(self, progress: "Progress") -> None:
        parts = [progress.doing]
        if progress.over_places is not None:
            parts.append(f"{progress.over_places} over places")
        if progress.cost is not None:
            parts.append(f"cost {progress.cost:g}")
        if progress.bound is not None:
            parts.append(f"bound {progress.bound:.1f}")
        line = "  ".join(parts)
        if line != self.last and progress.seconds > self.at + 0.5:
            self.last, self.at = line, progress.seconds
            say(f"{progress.seconds:7.1f} s  {line}")


def say(line: str) -> None:
    """Whoever listened may have gone; the plan is written all the same."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)
