"""Changes to a problem that an office can decide on, as data; applying them gives a new problem.

    {"add_places": {"department": id, "periods": [..], "count": n}}  also opens a closed month
    {"extend": {"resident": id, "periods": n}}                      a longer training
    {"loosen": {"programme": id, "requirement": id, "earlier": n, "later": n}}  a wider window
    {"release": {"resident": id, "requirement": id, "start": p}}    what the office had fixed
    {"without": {"residents": [id, ..]}}                            not admitted, or planned by hand

Further ones of the same remedy stand under "also".
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from trainingbase.planner.problem import (
    Problem,
    Programme,
    Requirement,
    Resident,
    UnknownId,
    blocks_met,
)

Change = dict[str, Any]


def joined(changes: Iterable[Change]) -> Change:
    """Several changes as one: the first, with the others under `also`."""
    changes = list(changes)
    return {**changes[0], "also": changes[1:]} if len(changes) > 1 else dict(changes[0])


def parts_of(change: Change) -> list[Change]:
    """The changes joined in it, each alone."""
    alone = {key: value for key, value in change.items() if key != "also"}
    return [alone, *(part for other in change.get("also", ()) for part in parts_of(other))]


def add_places(department: str, periods: Iterable[int], count: int) -> Change:
    return {"add_places": {"department": department, "periods": sorted(periods), "count": count}}


def extend(resident: str, periods: int) -> Change:
    return {"extend": {"resident": resident, "periods": periods}}


def loosen(programme: str, requirement: str, *, earlier: int = 0, later: int = 0) -> Change:
    what = {"programme": programme, "requirement": requirement}
    return {"loosen": what | {"earlier": earlier, "later": later}}


def release(resident: str, requirement: str, start: int) -> Change:
    return {"release": {"resident": resident, "requirement": requirement, "start": start}}


def without(residents: Iterable[str]) -> Change:
    return {"without": {"residents": sorted(residents)}}


def changed(problem: Problem, change: Change) -> Problem:
    """Raises UnknownId when the change names what the problem has not."""
    for part in parts_of(change):
        for kind, apply in KINDS.items():
            if kind in part:
                problem = apply(problem, part[kind])
    return problem


def _known(things: dict[str, Any], key: str) -> Any:
    if key not in things:
        raise UnknownId(key)
    return things[key]


def _add_places(problem: Problem, what: dict[str, Any]) -> Problem:
    old = _known(problem.department_by_id, what["department"])
    periods = set(what["periods"])
    places = tuple(
        max(0, n + what["count"]) if p in periods else n for p, n in enumerate(old.places)
    )
    new = replace(old, places=places)
    return replace(
        problem, departments=tuple(new if one is old else one for one in problem.departments)
    )


def _extend(problem: Problem, what: dict[str, Any]) -> Problem:
    old = _known(problem.resident_by_id, what["resident"])
    new = replace(old, until=min(problem.periods, old.until + what["periods"]))
    return with_resident(problem, new)


def _loosen(problem: Problem, what: dict[str, Any]) -> Problem:
    programme: Programme = _known(problem.programmes, what["programme"])
    old: Requirement = _known(programme.by_id, what["requirement"])
    new = wider(old, what["earlier"], what["later"])
    requirements = tuple(new if one is old else one for one in programme.requirements)
    programmes = problem.programmes | {programme.id: replace(programme, requirements=requirements)}
    return replace(problem, programmes=programmes)


def wider(one: Requirement, earlier: int, later: int) -> Requirement:
    """The same requirement, whose window opens so many periods earlier and closes later."""
    latest = None if one.latest_end is None else one.latest_end + later
    return replace(one, earliest=one.earliest - earlier, latest_end=latest)


def _release(problem: Problem, what: dict[str, Any]) -> Problem:
    old: Resident = _known(problem.resident_by_id, what["resident"])
    that = (what["requirement"], what["start"])
    fixed = tuple(one for one in old.fixed if (one.requirement, one.start) != that)
    return with_resident(problem, replace(old, fixed=fixed))


def _without(problem: Problem, what: dict[str, Any]) -> Problem:
    gone = {_known(problem.resident_by_id, key).id for key in what["residents"]}
    return replace(
        problem,
        residents=tuple(one for one in problem.residents if one.id not in gone),
        previous=tuple(one for one in problem.previous if one.resident not in gone),
    )


KINDS = {
    "add_places": _add_places,
    "extend": _extend,
    "loosen": _loosen,
    "release": _release,
    "without": _without,
}


def with_resident(problem: Problem, new: Resident) -> Problem:
    """The problem with this resident instead of the one of the same id."""
    return replace(
        problem, residents=tuple(new if one.id == new.id else one for one in problem.residents)
    )


def effort(problem: Problem, change: Change) -> int:
    """Residents × periods that the change asks for, to put the least first."""
    total = 0
    for part in parts_of(change):
        if "add_places" in part:
            total += len(part["add_places"]["periods"]) * part["add_places"]["count"]
        if "extend" in part:
            total += part["extend"]["periods"]
        if "loosen" in part:
            total += part["loosen"]["earlier"] + part["loosen"]["later"]
        if "release" in part:
            total += 1
        for key in part.get("without", {}).get("residents", ()):
            total += _owed(problem, problem.resident_by_id[key])
    return total


def _owed(problem: Problem, resident: Resident) -> int:
    """Periods of the requirements not yet met, electives only as many as are chosen."""
    programme, met = problem.programme_of(resident), blocks_met(resident)
    sure = [one for one in programme.requirements if one.id not in programme.elective_ids]
    total = sum(one.length for one in sure if one.id not in met)
    for choice in programme.choose:
        open_ones = sorted(programme.by_id[of].length for of in choice.of if of not in met)
        total += sum(open_ones[: max(0, choice.count - len(met.intersection(choice.of)))])
    return total
