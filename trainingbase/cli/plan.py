"""`trainingbase plan` and `trainingbase check-plan`: problem and plan files, no database."""

import json
import sys
from pathlib import Path

import click

from trainingbase.cli.plan_files import (
    A_FILE,
    Reporter,
    Seconds,
    earlier_plan,
    interruptible,
    of_another_problem,
    plan_in,
    problem_in,
    put_plan,
    refuse_unwritable,
    say,
    strangers,
)
from trainingbase.planner.change_words import change_in_words
from trainingbase.planner.cost import cost
from trainingbase.planner.plan import Cost, Plan
from trainingbase.planner.problem import Problem
from trainingbase.planner.problem_json import placement_to_json
from trainingbase.planner.rules import check
from trainingbase.planner.situation import Breach
from trainingbase.planner.size import TooLarge, refuse_too_large
from trainingbase.planner.words import breach_in_words


@click.command("plan")
@click.argument("problem_file", metavar="PROBLEM.json", type=A_FILE)
@click.option("--out", "plan_file", metavar="PLAN.json", type=A_FILE, required=True)
@click.option("--seconds", type=Seconds(), default=60, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--from", "earlier", metavar="PLAN.json", type=A_FILE, help="Change this plan least.")
@click.option("--notice", type=click.IntRange(min=0), help="What begins before period N stands.")
@click.option("--wishes", "with_wishes", is_flag=True, help="Tell what missed wishes would cost.")
def plan(
    problem_file: Path,
    plan_file: Path,
    seconds: float,
    workers: int,
    seed: int,
    earlier: Path | None,
    notice: int | None,
    with_wishes: bool,
) -> None:
    """Solve a planning problem with no database; progress goes to standard error.

    The best plan found is always written, also on an interrupt or when time runs out. Exit status 0
    only when it is lawful. With --wishes a quarter of the time goes to what granting each missed
    wish would have cost at most.
    """
    with interruptible() as interrupted:
        problem = problem_in(problem_file)
        start_from = earlier_plan(problem, earlier) if earlier else None
        refuse_unwritable(plan_file)
        try:
            refuse_too_large(problem)
        except TooLarge as error:
            raise click.ClickException(f"{problem_file}: {error}") from error
        from trainingbase.planner.replanning.planning import Order, planned

        order = Order(
            seconds=seconds,
            workers=workers,
            seed=seed,
            start_from=start_from,
            notice=problem.notice if notice is None else notice,
            with_wishes=with_wishes,
        )
        found = planned(problem, order, on_progress=Reporter(), should_stop=interrupted.is_set)
        put_plan(found, plan_file)
    say(_summary(found))
    _say_more(problem, found)
    sys.exit(0 if found.is_lawful else 1)


def _summary(found: Plan) -> str:
    bound = "none known" if found.bound is None else f"{found.bound:.1f}"
    text = f"{found.status}: cost {found.cost.total:g}, bound {bound}, {found.seconds:.1f} s"
    if found.bound is not None and found.cost.total > 0 and found.is_lawful:
        text += f", gap {100 * (1 - found.bound / found.cost.total):.1f} %"
    if found.unplaced:
        text += f", {len(found.unplaced)} requirements unplaced"
    return text


def _say_more(problem: Problem, found: Plan) -> None:
    """Causes with what would help, the balance, and what has moved, if asked for."""
    for one in found.explanation:
        say(f"{one.en}\n{one.zh}")
        for remedy in one.remedies:
            say(f"  it would do: {change_in_words(problem, remedy.change, 'en')}")
    balance = found.more.get("fairness")
    if balance and found.is_lawful:
        say(
            f"served: on average {balance['mean']:g}, worst {balance['most']:g}"
            f" ({', '.join(balance['worst'][:5])}), Gini {balance['gini']:.2f}"
        )
    for move in found.more.get("moves", ()):
        say(move["text"]["en"])
    for wish in found.more.get("wishes", ()):
        cost = f"costs at most {wish['cost']:g}" if wish["then"] == "costs" else wish["then"]
        say(f"missed: {wish['resident']} {wish['requirement']}: {cost}")


@click.command("check-plan")
@click.argument("problem_file", metavar="PROBLEM.json", type=A_FILE)
@click.argument("plan_file", metavar="PLAN.json", type=A_FILE)
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output.")
def check_plan(problem_file: Path, plan_file: Path, as_json: bool) -> None:
    """Judge a plan by the rules: every breach by rule and placement, and the cost by part.

    Exit status 0 only when there is no breach.
    """
    problem = problem_in(problem_file)
    plan = plan_in(plan_file)
    if plan.placements and len(strangers(problem, plan.placements)) == len(plan.placements):
        say(f"{plan_file}: {of_another_problem(problem, plan.placements)}")
    breaches = check(problem, plan.placements)
    parts = cost(problem, plan.placements)
    if as_json:
        click.echo(json.dumps(_judgement(problem, breaches, parts), ensure_ascii=False, indent=1))
    else:
        _print_judgement(problem, breaches, parts)
    sys.exit(1 if breaches else 0)


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
