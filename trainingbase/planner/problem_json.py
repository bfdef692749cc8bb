"""Format `trainingbase-problem/1`: writing. Reading it again gives an equal problem."""

import json
from pathlib import Path
from typing import Any

from trainingbase.planner.problem import (
    Block,
    Department,
    Placement,
    Problem,
    Programme,
    Requirement,
    Resident,
    Weights,
    Wish,
)

FORMAT = "trainingbase-problem/1"


def write_problem(problem: Problem, path: str | Path) -> None:
    text = json.dumps(problem_to_json(problem), ensure_ascii=False)
    Path(path).write_text(text + "\n", encoding="utf-8")


def problem_to_json(problem: Problem) -> dict[str, Any]:
    document: dict[str, Any] = {
        "format": FORMAT,
        "unit": problem.unit,
        "starts_on": problem.starts_on,
        "periods": problem.periods,
        "departments": [_department_json(one) for one in problem.departments],
        "programmes": {key: _programme_json(one) for key, one in problem.programmes.items()},
        "residents": [_resident_json(one) for one in problem.residents],
        "weights": {key: getattr(problem.weights, key) for key in Weights.__dataclass_fields__},
    }
    if problem.previous:
        document["previous"] = [placement_to_json(one) for one in problem.previous]
    if problem.notice:
        document["notice"] = problem.notice
    if problem.name:
        document["name"] = problem.name
    if problem.notes:
        document["notes"] = list(problem.notes)
    return document


def _department_json(department: Department) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": department.id,
        "standard": department.standards[0],
        "institution": department.institution,
        "primary_care": department.primary_care,
        "places": list(department.places),
        "minimum": list(department.minimum),
    }
    if len(department.standards) > 1:
        document["standards"] = list(department.standards)
    return document


def _programme_json(programme: Programme) -> dict[str, Any]:
    return {
        "requirements": [_requirement_json(one) for one in programme.requirements],
        "before": [list(pair) for pair in programme.before],
        "choose": [
            {"id": one.id, "of": list(one.of), "count": one.count} for one in programme.choose
        ],
    }


def _requirement_json(requirement: Requirement) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": requirement.id,
        "standard": list(requirement.standard),
        "length": requirement.length,
        "earliest": requirement.earliest,
        "latest_end": requirement.latest_end,
        "same_department": requirement.same_department,
    }
    if requirement.stretches is not None:
        document["stretches"] = list(requirement.stretches)
    else:
        document["min_stretch"] = requirement.min_stretch
    if requirement.align > 1:
        document["align"] = requirement.align
    return document


def _resident_json(resident: Resident) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": resident.id,
        "programme": resident.programme,
        "training_start": resident.training_start,
        "from": resident.from_period,
        "until": resident.until,
        "away": sorted(resident.away),
        "done": sorted(resident.done),
        "in_progress": [_block_json(one) for one in resident.in_progress],
        "fixed": [_block_json(one) for one in resident.fixed],
        "wishes": [_wish_json(one) for one in resident.wishes],
        "rank": dict(resident.rank),
    }
    if resident.institutions is not None:
        document["institutions"] = sorted(resident.institutions)
    return document


def _block_json(block: Block) -> dict[str, Any]:
    return {
        "requirement": block.requirement,
        "department": block.department,
        "start": block.start,
        "length": block.length,
    }


def _wish_json(wish: Wish) -> dict[str, Any]:
    return {
        "requirement": wish.requirement,
        "from": wish.start_from,
        "to": wish.start_to,
        "weight": wish.weight,
    }


def placement_to_json(placement: Placement) -> dict[str, Any]:
    return {
        "resident": placement.resident,
        "requirement": placement.requirement,
        "department": placement.department,
        "start": placement.start,
        "length": placement.length,
    }
