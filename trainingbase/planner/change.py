"""Changes to a problem that an office can decide on, as data; applying them gives a new problem.

{"add_places": {"department": id, "periods": [..], "count": n}} and
{"extend": {"resident": id, "periods": n}}; further ones of the same remedy stand under "also".
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from trainingbase.planner.problem import Problem

Change = dict[str, Any]


def joined(changes: Iterable[Change]) -> Change:
    """Several changes as one: the first, with the others under `also`."""
    changes = list(changes)
    return {**changes[0], "also": changes[1:]} if len(changes) > 1 else dict(changes[0])


def add_places(department: str, periods: Iterable[int], count: int) -> Change:
    return {"add_places": {"department": department, "periods": sorted(periods), "count": count}}


def extend(resident: str, periods: int) -> Change:
    return {"extend": {"resident": resident, "periods": periods}}


def changed(problem: Problem, change: Change) -> Problem:
    """Raises KeyError when the change names what the problem has not."""
    if "add_places" in change:
        what = change["add_places"]
        problem = _with_places(problem, what["department"], set(what["periods"]), what["count"])
    if "extend" in change:
        problem = _extended(problem, change["extend"]["resident"], change["extend"]["periods"])
    for other in change.get("also", ()):
        problem = changed(problem, other)
    return problem


def _with_places(problem: Problem, key: str, periods: set[int], count: int) -> Problem:
    old = problem.department_by_id[key]
    places = tuple(n + count if p in periods else n for p, n in enumerate(old.places))
    new = replace(old, places=places)
    return replace(
        problem, departments=tuple(new if one is old else one for one in problem.departments)
    )


def _extended(problem: Problem, key: str, periods: int) -> Problem:
    old = problem.resident_by_id[key]
    new = replace(old, until=min(problem.periods, old.until + periods))
    return replace(
        problem, residents=tuple(new if one is old else one for one in problem.residents)
    )


def places_added(change: Change) -> int:
    """Person-periods of new places and of longer training in all, to put the smallest first."""
    total = 0
    if "add_places" in change:
        total += len(change["add_places"]["periods"]) * change["add_places"]["count"]
    if "extend" in change:
        total += change["extend"]["periods"]
    return total + sum(places_added(other) for other in change.get("also", ()))
