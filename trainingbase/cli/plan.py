"""`trainingbase plan` and `trainingbase check-plan`: problem and plan files, no database."""

import json
import sys
from pathlib import Path

import click

from trainingbase.planner.cost import cost
from trainingbase.planner.json_reading import FormatError
from trainingbase.planner.plan import Cost
from trainingbase.planner.plan_file import read_plan
from trainingbase.planner.problem import Problem
from trainingbase.planner.problem_file import read_problem
from trainingbase.planner.problem_json import placement_to_json
from trainingbase.planner.rules import check
from trainingbase.planner.situation import Breach
from trainingbase.planner.words import breach_in_words

A_FILE = click.Path(dir_okay=False, path_type=Path)


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


def _read(reader, path: Path):
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
