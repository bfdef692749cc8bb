"""`trainingbase what-if`: from a plan, what would follow were something to happen. No database."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from trainingbase.cli.plan_files import (
    A_FILE,
    Reporter,
    Seconds,
    earlier_plan,
    interruptible,
    problem_in,
    put_plan,
    refuse_unwritable,
    say,
)
from trainingbase.planner.change_words import move_in_words, move_to_json
from trainingbase.planner.problem import UnknownId
from trainingbase.planner.problem_json import placement_to_json, write_problem
from trainingbase.planner.size import TooLarge, refuse_too_large

Event = dict[str, Any]


def _spans(kind: str, key: str = "department") -> Callable[..., list[Event]]:
    """`ID@3..5` or `ID@4`: both periods included."""

    def parse(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[Event]:
        return [{kind: {key: one, "periods": periods}} for one, periods in map(_span, values)]

    return parse


def _span(text: str) -> tuple[str, list[int]]:
    found = re.fullmatch(r"(.+)@(\d{1,4})(?:\.\.(\d{1,4}))?", text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not ID@FIRST..LAST")
    key, first, last = found.groups()
    return key, list(range(int(first), int(last or first) + 1))


def _places(sign: int) -> Callable[..., list[Event]]:
    def parse(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[Event]:
        events = []
        for text in values:
            span, _, count = text.rpartition("=")
            if not span or not count.isdigit():
                raise click.BadParameter(f"{text!r} is not DEPARTMENT@FIRST..LAST=COUNT")
            key, periods = _span(span)
            what = {"department": key, "periods": periods, "count": sign * int(count)}
            events.append({"add_places": what})
        return events

    return parse


def _numbers(kind: str, key: str, number: str) -> Callable[..., list[Event]]:
    """`ID=3`."""

    def parse(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[Event]:
        events = []
        for text in values:
            name, _, count = text.rpartition("=")
            if not name or not count.isdigit() or int(count) < 1:
                raise click.BadParameter(f"{text!r} is not ID=NUMBER, of at least 1")
            events.append({kind: {key: name, number: int(count)}})
        return events

    return parse


def _repeats(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[Event]:
    events = []
    for text in values:
        who, _, what = text.partition("@")
        if not who or not what:
            raise click.BadParameter(f"{text!r} is not RESIDENT@REQUIREMENT")
        events.append({"repeat": {"resident": who, "requirement": what}})
    return events


def _leavers(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[Event]:
    spans = map(_span, values)
    return [{"leaves": {"resident": who, "period": periods[0]}} for who, periods in spans]


SPAN = "DEPARTMENT@FIRST..LAST"
EVENTS = (
    ("--close", SPAN, _spans("close"), "No places there in these periods."),
    ("--open", SPAN, _spans("open"), "As many places as it has at most."),
    ("--add-place", f"{SPAN}=N", _places(1), "N places more."),
    ("--remove-place", f"{SPAN}=N", _places(-1), "N places fewer."),
    (
        "--length",
        "REQUIREMENT=N",
        _numbers("length", "requirement", "length"),
        "It takes N periods.",
    ),
    ("--admit", "PROGRAMME=N", _numbers("admit", "programme", "count"), "N residents more."),
    ("--away", "RESIDENT@FIRST..LAST", _spans("away", "resident"), "On leave."),
    ("--repeat", "RESIDENT@REQUIREMENT", _repeats, "Once more."),
    ("--leaves", "RESIDENT@PERIOD", _leavers, "Gone from that period on."),
)


def _with_events(command: Callable[..., None]) -> Callable[..., None]:
    for option, metavar, parse, text in reversed(EVENTS):
        command = click.option(option, metavar=metavar, multiple=True, callback=parse, help=text)(
            command
        )
    return command


@click.command("what-if")
@click.argument("problem_file", metavar="PROBLEM.json", type=A_FILE)
@click.argument("plan_file", metavar="PLAN.json", type=A_FILE)
@_with_events
@click.option("--notice", type=click.IntRange(min=0), help="What begins before period N stands.")
@click.option("--seconds", type=Seconds(), default=20, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option(
    "--out", "out_file", metavar="PLAN.json", type=A_FILE, help="The plan of least change."
)
@click.option(
    "--out-problem", metavar="PROBLEM.json", type=A_FILE, help="What the problem becomes."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output.")
def command(
    problem_file: Path,
    plan_file: Path,
    notice: int | None,
    seconds: float,
    workers: int,
    seed: int,
    out_file: Path | None,
    out_problem: Path | None,
    as_json: bool,
    **given: list[Event],
) -> None:
    """What would follow, were something to happen to the base: solved again from PLAN.json.

    Two plans are compared: the one that moves least, and the one that costs least. Periods count
    from 0 and both ends are included. Exit status 0 only when a lawful plan was found.
    """
    events = [event for those in given.values() for event in those]
    if not events:
        raise click.UsageError("say what happens: --close, --add-place, --away, ... see --help")
    with interruptible() as interrupted:
        problem = problem_in(problem_file)
        present = earlier_plan(problem, plan_file)
        for path in (out_file, out_problem):
            if path is not None:
                refuse_unwritable(path)
        from trainingbase.planner.replanning.what_if import what_if

        try:
            refuse_too_large(problem)
            answer = what_if(
                problem,
                present,
                events,
                notice=problem.notice if notice is None else notice,
                with_best=True,
                seconds=seconds,
                workers=workers,
                seed=seed,
                on_progress=Reporter(),
                should_stop=interrupted.is_set,
            )
        except UnknownId as error:
            raise click.ClickException(f"the problem has no {error.args[0]!r}") from error
        except (TooLarge, ValueError) as error:
            raise click.ClickException(str(error)) from error
        if out_file is not None:
            put_plan(answer.plan, out_file)
        if out_problem is not None:
            write_problem(answer.problem, out_problem)
    if as_json:
        click.echo(json.dumps(_as_json(answer), ensure_ascii=False, indent=1))
    else:
        _print(answer)
    sys.exit(0 if answer.plan.is_lawful else 1)


def _as_json(answer: Any) -> dict[str, Any]:
    sides = {"least_change": answer.least, "best_cost": answer.best}
    return {"before": answer.before.by_part()} | {
        key: {
            "status": side.plan.status,
            "cost": side.plan.cost.by_part(),
            "is_least": side.is_least,
            "moves": [move_to_json(answer.problem, one) for one in side.moves],
            "released": [placement_to_json(one) for one in side.released],
            "unplaced": [
                {"resident": one.resident, "requirement": one.requirement}
                for one in side.plan.unplaced
            ],
            "explanation": [{"zh": one.zh, "en": one.en} for one in side.plan.explanation],
        }
        for key, side in sides.items()
        if side is not None
    }


def _print(answer: Any) -> None:
    rows = [("before", answer.before, None), ("least change", answer.plan.cost, answer.least)]
    if answer.best is not None:
        rows.append(("best cost", answer.best.plan.cost, answer.best))
    for title, parts, side in rows:
        said = "  ".join(f"{part} {value:g}" for part, value in parts.by_part().items())
        ending = "" if side is None else f"  ({side.plan.status}, {len(side.moves)} moves)"
        click.echo(f"{title:13} {said}{ending}")
    if answer.least.is_least:
        click.echo("no lawful plan moves fewer")
    for one in answer.least.released:
        click.echo(f"cannot stand although it begins soon: {one.resident} {one.requirement}")
    for move in answer.least.moves:
        click.echo(move_in_words(answer.problem, move, "en"))
    for one in answer.plan.unplaced:
        click.echo(f"unplaced: {one.resident} {one.requirement}")
    for one in answer.plan.explanation:
        say(f"{one.en}\n{one.zh}")
