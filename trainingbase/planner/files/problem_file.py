"""Format `trainingbase-problem/1`: reading with the JSON path of every fault."""

import datetime as dt
from pathlib import Path
from typing import Any

from trainingbase.planner.files.json_reading import At, FormatError, parsed
from trainingbase.planner.problem import (
    UNITS,
    Block,
    Choice,
    Department,
    Placement,
    Problem,
    Programme,
    Requirement,
    Resident,
    Weights,
    Wish,
)
from trainingbase.planner.problem_json import FORMAT

MOST_PERIODS = 1040  # twenty years of weeks
MOST_DEPARTMENTS = 5_000
MOST_RESIDENTS = 20_000
MOST_PLACES = 100_000
MOST_WEIGHT = 1_000_000
MOST_COST = 1e14  # a thousandth of a unit of it is still a whole number of 64 bits
YEARS = range(1900, 3000)


def read_problem(path: str | Path) -> Problem:
    """Raises FormatError for a file that is no problem, OSError for one that cannot be read."""
    return problem_from_json(parsed(path))


def problem_from_json(document: Any) -> Problem:
    root = At(document)
    found = root.get("format").text()
    if found != FORMAT:
        raise root.get("format").fault(f"is {found!r}, expected {FORMAT!r}")
    periods = root.get("periods").integer(least=1, most=MOST_PERIODS)
    departments = _departments(root.get("departments"), periods)
    programmes = {key: _programme(key, value) for key, value in root.get("programmes").entries()}
    by_id = {department.id: department for department in departments}
    residents = _residents(root.get("residents"), programmes, by_id, periods)
    problem = Problem(
        unit=root.get("unit", "month").one_of(UNITS, "unit"),
        starts_on=_date(root.get("starts_on")),
        periods=periods,
        departments=departments,
        programmes=programmes,
        residents=residents,
        previous=_previous(root.get("previous", []), by_id),
        weights=_weights(root.get("weights", {})),
        name=root.get("name", "").text(),
        notes=root.get("notes", []).texts(),
        notice=root.get("notice", 0).integer(least=0, most=MOST_PERIODS),
    )
    if _dearest(problem) > MOST_COST:
        raise root.get("weights", {}).fault("with these weights costs are too large to be counted")
    return problem


def _dearest(problem: Problem) -> float:
    """More than any plan can cost."""
    weights, count = problem.weights, len(problem.residents)
    total = worst = 0.0
    for resident in problem.residents:
        most = len(problem.programme_of(resident).requirements) + len(resident.in_progress)
        served = weights.wish * sum(wish.weight for wish in resident.wishes)
        served += weights.rank * max(resident.rank.values(), default=0) * problem.periods * most
        total += served + weights.unplaced * problem.periods * most
        worst = max(worst, served)
    total += weights.minimum * sum(sum(one.minimum) for one in problem.departments)
    return total + weights.moved * len(problem.previous) + weights.worst_resident * count * worst


def _date(at: At) -> str:
    try:
        day = dt.date.fromisoformat(at.text())
    except ValueError as error:
        raise at.fault(f"is no date: {at.value!r}") from error
    if day.year not in YEARS:
        raise at.fault(f"is {day}, must lie between the years {YEARS[0]} and {YEARS[-1]}")
    return day.isoformat()


def _unique(items: list[At], what: str, most: int) -> list[At]:
    if len(items) > most:
        raise FormatError(items[0].path[: items[0].path.rfind("[")], f"more than {most} {what}s")
    seen: set[str] = set()
    for item in items:
        at = item.get("id")
        if at.name() in seen:
            raise at.fault(f"{what} {at.value!r} appears twice")
        seen.add(at.text())
    return items


def _departments(at: At, periods: int) -> tuple[Department, ...]:
    items = _unique(at.items(), "department", MOST_DEPARTMENTS)
    return tuple(_department(item, periods) for item in items)


def _department(at: At, periods: int) -> Department:
    standards = at.get("standards", []).texts()
    if at.has("standard"):
        standards = tuple(dict.fromkeys((at.get("standard").text(), *standards)))
    if not standards:
        raise at.get("standard", "").fault("is missing")
    return Department(
        id=at.get("id").text(),
        standards=standards,
        institution=at.get("institution", "").text(),
        places=_per_period(at.get("places"), periods),
        minimum=_per_period(at.get("minimum", [0] * periods), periods),
        primary_care=at.get("primary_care", False).truth(),
    )


def _per_period(at: At, periods: int) -> tuple[int, ...]:
    items = at.items()
    if len(items) != periods:
        raise at.fault(f"has {len(items)} entries, expected one for each of {periods} periods")
    return tuple(item.integer(least=0, most=MOST_PLACES) for item in items)


def _programme(key: str, at: At) -> Programme:
    items = _unique(at.get("requirements").items(), "requirement", 500)
    requirements = tuple(_requirement(item) for item in items)
    known = {requirement.id for requirement in requirements}
    before: list[tuple[str, str]] = []
    for item in at.get("before", []).items():
        pair = item.items()
        if len(pair) != 2:
            raise item.fault("expected two requirements: the first ends before the second starts")
        first, second = (one.one_of(known, "requirement") for one in pair)
        before.append((first, second))
    return Programme(key, requirements, tuple(before), _choices(at.get("choose", []), known))


def _choices(at: At, known: set[str]) -> tuple[Choice, ...]:
    choices = []
    taken: set[str] = set()
    for item in at.items():
        of = tuple(one.one_of(known, "requirement") for one in item.get("of").items())
        if taken.intersection(of) or len(set(of)) < len(of):
            raise item.get("of").fault("a requirement stands in two choices")
        taken.update(of)
        count = item.get("count").integer(least=0, most=len(of))
        choices.append(Choice(item.get("id", "").text(), of, count))
    return tuple(choices)


def _requirement(at: At) -> Requirement:
    length = at.get("length").integer(least=1, most=MOST_PERIODS)
    stretches, min_stretch = None, None
    if at.has("stretches"):
        stretches = tuple(item.integer(least=1) for item in at.get("stretches").items())
        if sum(stretches) != length:
            raise at.get("stretches").fault(f"sum to {sum(stretches)}, length is {length}")
    elif at.has("min_stretch"):
        min_stretch = at.get("min_stretch").integer(least=1, most=length)
    else:
        stretches = (length,)
    latest_end = at.get("latest_end", None)
    standard = at.get("standard")
    return Requirement(
        id=at.get("id").text(),
        standard=(standard.value,) if isinstance(standard.value, str) else standard.texts(),
        length=length,
        stretches=stretches,
        min_stretch=min_stretch,
        earliest=at.get("earliest", 0).integer(),
        latest_end=None if latest_end.value is None else latest_end.integer(),
        same_department=at.get("same_department", False).truth(),
        align=at.get("align", 1).integer(least=1, most=MOST_PERIODS),
    )


def _residents(
    at: At, programmes: dict[str, Programme], departments: dict[str, Department], periods: int
) -> tuple[Resident, ...]:
    items = _unique(at.items(), "resident", MOST_RESIDENTS)
    return tuple(_resident(item, programmes, departments, periods) for item in items)


def _resident(
    at: At, programmes: dict[str, Programme], departments: dict[str, Department], periods: int
) -> Resident:
    programme = programmes[at.get("programme").one_of(programmes, "programme")]
    known = programme.by_id
    first = at.get("from", 0).integer(least=0, most=periods)
    until = at.get("until", periods).integer(least=0, most=periods)
    institutions = at.get("institutions", None)
    return Resident(
        id=at.get("id").text(),
        programme=programme.id,
        from_period=first,
        until=until,
        training_start=at.get("training_start", 0).integer(),
        away=frozenset(_period(item) for item in at.get("away", []).items()),
        done=frozenset(item.one_of(known, "requirement") for item in at.get("done", []).items()),
        in_progress=_begun(at.get("in_progress", []), known, departments),
        fixed=_blocks(at.get("fixed", []), known, departments),
        institutions=None if institutions.value is None else frozenset(institutions.texts()),
        wishes=tuple(_wish(item, known) for item in at.get("wishes", []).items()),
        rank={
            key: value.number(least=0, most=MOST_WEIGHT)
            for key, value in at.get("rank", {}).entries()
        },
    )


def _blocks(
    at: At, requirements: dict[str, Requirement], departments: dict[str, Department]
) -> tuple[Block, ...]:
    return tuple(_block(item, requirements, departments) for item in at.items())


def _block(
    item: At, requirements: dict[str, Requirement], departments: dict[str, Department]
) -> Block:
    return Block(
        item.get("requirement").one_of(requirements, "requirement"),
        item.get("department").one_of(departments, "department"),
        _period(item.get("start")),
        item.get("length").integer(least=1, most=MOST_PERIODS),
    )


def _begun(
    at: At, requirements: dict[str, Requirement], departments: dict[str, Department]
) -> tuple[Block, ...]:
    """Blocks of which no two go on at the same time."""
    blocks = _blocks(at, requirements, departments)
    for number, (item, block) in enumerate(zip(at.items(), blocks, strict=True)):
        for other, earlier in enumerate(blocks[:number]):
            if block.start < earlier.end and earlier.start < block.end:
                raise item.fault(f"goes on at the same time as {at.path}[{other}]")
    return blocks


def _wish(at: At, requirements: dict[str, Requirement]) -> Wish:
    return Wish(
        at.get("requirement").one_of(requirements, "requirement"),
        at.get("from").integer(),
        at.get("to").integer(),
        at.get("weight", 1).number(least=0, most=MOST_WEIGHT),
    )


def _previous(at: At, departments: dict[str, Department]) -> tuple[Placement, ...]:
    """Residents, requirements or departments no longer there are let pass: they have moved."""
    return tuple(placement_from_json(item) for item in at.items())


def placement_from_json(at: At) -> Placement:
    return Placement(
        at.get("resident").text(),
        at.get("requirement", "").text(),
        at.get("department").text(),
        _period(at.get("start")),
        at.get("length").integer(least=1, most=MOST_PERIODS),
    )


def _period(at: At) -> int:
    """Also long before the first one or after the last."""
    return at.integer(least=-2 * MOST_PERIODS, most=2 * MOST_PERIODS)


def _weights(at: At) -> Weights:
    names = Weights.__dataclass_fields__
    return Weights(
        **{
            key: value.number(least=0, most=MOST_WEIGHT)
            for key, value in at.entries()
            if key in names
        }
    )
