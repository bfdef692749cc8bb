"""What may happen to a base, as data; applying it to a problem and its plan gives a new problem.

    {"close": {"department": id, "periods": [..]}}      no places
    {"open": {"department": id, "periods": [..]}}       as many places as it has at most elsewhere
    {"add_places": {"department": id, "periods": [..], "count": n}}    n may be negative
    {"length": {"requirement": id, "length": n}}        in every programme that has it
    {"admit": {"programme": id, "count": n}}            like the cohort that begins last
    {"away": {"resident": id, "periods": [..]}}         leave: the training ends that much later
    {"repeat": {"resident": id, "requirement": id}}     once more, after the first time
    {"leaves": {"resident": id, "period": p}}           gone from period p on

and the changes of `change`. Applied in the order given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from trainingbase.planner import change
from trainingbase.planner.problem import (
    Block,
    Placement,
    Problem,
    Programme,
    Requirement,
    Resident,
    UnknownId,
    blocks_met,
)

Event = dict[str, Any]
AGAIN = "/again"  # id suffix of a requirement that is done once more


def happened(problem: Problem, present: Sequence[Placement], events: Iterable[Event]) -> Problem:
    """Raises UnknownId when an event names what the problem has not, ValueError for no event."""
    for event in events:
        for kind, what in event.items():
            if kind == "leaves":
                problem = _leaves(problem, present, what)
            elif kind in _KINDS:
                problem = _KINDS[kind](problem, what)
            elif kind in change.KINDS:
                problem = change.changed(problem, {kind: what})
            else:
                raise ValueError(f"there is no event {kind!r}")
    return problem


def concerned(events: Iterable[Event]) -> frozenset[str]:
    """Residents to whom something happens themselves."""
    found: set[str] = set()
    for event in events:
        for what in event.values():
            found.update([what["resident"]] if "resident" in what else what.get("residents", ()))
    return frozenset(found)


def _known(things: dict[str, Any], key: str) -> Any:
    if key not in things:
        raise UnknownId(key)
    return things[key]


def _with_places(problem: Problem, key: str, places: dict[int, int]) -> Problem:
    old = _known(problem.department_by_id, key)
    new = replace(old, places=tuple(places.get(p, n) for p, n in enumerate(old.places)))
    return replace(
        problem, departments=tuple(new if one is old else one for one in problem.departments)
    )


def _close(problem: Problem, what: dict[str, Any]) -> Problem:
    """A minimum nobody can meet there is not asked for either."""
    shut = dict.fromkeys(what["periods"], 0)
    problem = _with_places(problem, what["department"], shut)
    old = problem.department_by_id[what["department"]]
    new = replace(old, minimum=tuple(shut.get(p, n) for p, n in enumerate(old.minimum)))
    return replace(
        problem, departments=tuple(new if one is old else one for one in problem.departments)
    )


def _open(problem: Problem, what: dict[str, Any]) -> Problem:
    most = max(1, *_known(problem.department_by_id, what["department"]).places)
    return _with_places(problem, what["department"], dict.fromkeys(what["periods"], most))


def _length(problem: Problem, what: dict[str, Any]) -> Problem:
    """Who still owes it has as much more time as it is longer, as far as the problem reaches."""
    key, length = what["requirement"], what["length"]
    owing = [one for one in problem.programmes.values() if key in one.by_id]
    if not owing:
        raise UnknownId(key)
    programmes = dict(problem.programmes)
    longer = {}
    for programme in owing:
        old = programme.by_id[key]
        longer[programme.id] = max(0, length - old.length)
        programmes[programme.id] = _with_requirement(programme, old, _of_length(old, length))
    residents = tuple(
        one
        if one.programme not in longer or key in blocks_met(one)
        else replace(one, until=min(problem.periods, one.until + longer[one.programme]))
        for one in problem.residents
    )
    return replace(problem, programmes=programmes, residents=residents)


def _of_length(old: Requirement, length: int) -> Requirement:
    """The last stretches take up the difference."""
    if length < 1:
        raise ValueError(f"{old.id} cannot take {length} periods")
    if old.stretches is None:
        return replace(old, length=length, min_stretch=min(old.min_stretch or 1, length))
    stretches = list(old.stretches)
    while sum(stretches) > length:
        stretches[-1] -= 1
        if not stretches[-1]:
            stretches.pop()
    stretches[-1] += length - sum(stretches)
    return replace(old, length=length, stretches=tuple(stretches))


def _with_requirement(programme: Programme, old: Requirement, new: Requirement) -> Programme:
    requirements = tuple(new if one is old else one for one in programme.requirements)
    return replace(programme, requirements=requirements)


def _admit(problem: Problem, what: dict[str, Any]) -> Problem:
    """Beginners without wishes, like the one of the programme who began last."""
    _known(problem.programmes, what["programme"])
    alike = [one for one in problem.residents if one.programme == what["programme"]]
    if not alike:
        raise UnknownId(what["programme"])
    model = max(alike, key=lambda one: (one.training_start, one.until))
    start = max(0, model.training_start)
    taken = set(problem.resident_by_id)
    names = (f"new-{number}" for number in range(1, len(taken) + what["count"] + 1))
    free = [name for name in names if name not in taken][: what["count"]]
    length = model.until - min(model.training_start, model.from_period)
    newcomers = tuple(
        Resident(
            name,
            model.programme,
            from_period=start,
            until=min(problem.periods, start + length),
            training_start=start,
            institutions=model.institutions,
        )
        for name in free
    )
    return replace(problem, residents=problem.residents + newcomers)


def _away(problem: Problem, what: dict[str, Any]) -> Problem:
    old: Resident = _known(problem.resident_by_id, what["resident"])
    new = set(what["periods"]) - old.away
    lost = sum(old.from_period <= period < old.until for period in new)
    until = min(problem.periods, old.until + lost)
    return change.with_resident(problem, replace(old, away=old.away | new, until=until))


def _repeat(problem: Problem, what: dict[str, Any]) -> Problem:
    old: Resident = _known(problem.resident_by_id, what["resident"])
    programme = problem.programme_of(old)
    first: Requirement = _known(programme.by_id, what["requirement"])
    key = first.id + AGAIN
    while key in programme.by_id:
        key += AGAIN
    again = replace(first, id=key, earliest=0, latest_end=None)
    own = replace(
        programme,
        id=f"{programme.id}/{old.id}",
        requirements=(*programme.requirements, again),
        before=(*programme.before, (first.id, key)),
    )
    until = min(problem.periods, old.until + first.length)
    problem = replace(problem, programmes=problem.programmes | {own.id: own})
    return change.with_resident(problem, replace(old, programme=own.id, until=until))


def _leaves(problem: Problem, present: Sequence[Placement], what: dict[str, Any]) -> Problem:
    """What the present plan has before that stands, cut off there; nothing more is owed."""
    old: Resident = _known(problem.resident_by_id, what["resident"])
    period = what["period"]
    stays = tuple(
        Block(one.requirement, one.department, one.start, min(one.length, period - one.start))
        for one in sorted(present)
        if one.resident == old.id and one.start < period and one.requirement
    )
    if not stays:
        return change.changed(problem, change.without([old.id]))
    programme = problem.programme_of(old)
    done = frozenset(programme.by_id) - {one.requirement for one in stays}
    own = replace(programme, id=f"{programme.id}/{old.id}", choose=())
    problem = replace(problem, programmes=problem.programmes | {own.id: own})
    gone = replace(
        old, programme=own.id, until=period, done=done, in_progress=stays, fixed=(), wishes=()
    )
    return change.with_resident(problem, gone)


_KINDS = {
    "close": _close,
    "open": _open,
    "length": _length,
    "admit": _admit,
    "away": _away,
    "repeat": _repeat,
}
