"""`trainingbase plan` and `trainingbase check-plan`: problem and plan files, no database."""

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from trainingbase.planner.cost import cost
from trainingbase.planner.json_reading import FormatError
from trainingbase.planner.plan import Cost, Plan
from trainingbase.planner.plan_file import read_plan, write_plan
from trainingbase.planner.problem import Problem
from trainingbase.planner.problem_file import read_problem
from trainingbase.planner.problem_json import placement_to_json
from trainingbase.planner.rules import check
from trainingbase.planner.situation import Breach
from trainingbase.planner.words import breach_in_words

if TYPE_CHECKING:
    from trainingbase.planner.solve import Progress

A_FILE = click.Path(dir_okay=False, path_type=Path)
Read = TypeVar("Read")


@click.command("plan")
@click.argument("problem_file", metavar="PROBLEM.json", type=A_FILE)
@click.option("--out", "plan_file", metavar="PLAN.json", type=A_FILE, required=True)
@click.option("--seconds", type=click.FloatRange(min=0.1), default=60, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--from", "earlier", metavar="PLAN.json", type=A_FILE, help="Change this plan least.")
def plan(
    problem_file: Path,
    plan_file: Path,
    seconds: float,
    workers: int,
    seed: int,
    earlier: Path | None,
) -> None:
    """Solve a planning problem with no database; progress goes to standard error.

    The best plan found is always written, also on an interrupt or when time runs out. Exit status 0
    only when it is lawful.
    """
    problem = _read(read_problem, problem_file)
    start_from = _read(read_plan, earlier).placements if earlier else None
    _refuse_unwritable(plan_file)
    from trainingbase.planner.solve import solve

    with _interruptible() as interrupted:
        found = solve(
            problem,
            seconds=seconds,
            workers=workers,
            seed=seed,
            start_from=start_from,
            on_progress=_Reporter(),
            should_stop=interrupted.is_set,
        )
        write_plan(found, plan_file)
    _say(_summary(found))
    for one in found.explanation:
        _say(f"{one.en}\n{one.zh}")
    sys.exit(0 if found.is_lawful else 1)


def _refuse_unwritable(path: Path) -> None:
    """Before solving for a minute rather than after."""
    if not path.parent.is_dir():
        raise click.ClickException(f"{path}: there is no folder {path.parent}")


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """SIGINT and SIGTERM ask the solver to hand over what it has."""
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = {
        one: signal.signal(one, lambda *_: interrupted.set())
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield interrupted
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Reporter:
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
            _say(f"{progress.seconds:7.1f} s  {line}")


def _summary(found: Plan) -> str:
    bound = "none known" if found.bound is None else f"{found.bound:.1f}"
    text = f"{found.status}: cost {found.cost.total:g}, bound {bound}, {found.seconds:.1f} s"
    if found.bound is not None and found.cost.total > 0 and found.is_lawful:
        text += f", gap {100 * (1 - found.bound / found.cost.total):.1f} %"
    if found.unplaced:
        text += f", {len(found.unplaced)} requirements unplaced"
    return text


def _say(line: str) -> None:
    """Whoever listened may have gone; the plan is written all the same."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)


@click.command("check-plan")
@click.argument("problem_file", metavar="PROBLEM.json", type=A_FILE)
@click.argument("plan_file", metavar="PLAN.json", type=A_FILE)
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output.")
def check_plan(problem_file: Path, plan_file: Path, as_json: bool) -> None:
    """Judge a plan by the rules: every breach by rule and placement, and the cost by part.

    Exit status 0 only when there is no breach.
    """
    problem = _read(read_problem, problem_file)
    plan = _read(read_plan, plan_file)
    breaches = check(problem, plan.placements)
    parts = cost(problem, plan.placements)
    if as_json:
        click.echo(json.dumps(_judgement(problem, breaches, parts), ensure_ascii=False, indent=1))
    else:
        _print_judgement(problem, breaches, parts)
    sys.exit(1 if breaches else 0)


def _read(reader: Callable[[Path], Read], path: Path) -> Read:
    try:
        return reader(path)
    except FormatError as error:
        raise click.ClickException(f"{path}: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error


def _judgement(problem: Problem, breaches: list[Breach], parts: Cost) -> dict:
    return {
        "lawful": not breaches,
        "breaches": [
            {
                "rule": one.rule,
                "placements": [placement_to_json(each) for each in one.placements],
                "residents": list(one.residents),
                "departments": list(one.departments),
                "periods": list(one.periods),
                "requirements": list(one.requirements),
                "needed": one.needed,
                "found": one.found,
                "text": {
                    language: breach_in_words(problem, one, language) for language in ("zh", "en")
                },
            }
            for one in breaches
        ],
        "cost": parts.by_part(),
    }


def _print_judgement(problem: Problem, breaches: list[Breach], parts: Cost) -> None:
    for one in breaches:
        click.echo(f"{one.rule}: {breach_in_words(problem, one, 'en')}")
    click.echo(f"{len(breaches)} breaches")
    click.echo("cost " + "  ".join(f"{part} {value:g}" for part, value in parts.by_part().items()))
