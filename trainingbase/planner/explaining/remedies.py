"""Changes that would let a lawful plan be: each was solved with, and its plan judged by the rules.

Several kinds are tried: places where they lack, places anywhere, wider windows, longer training,
fewer people. The one that asks for least comes first.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from trainingbase.planner.change import (
    Change,
    add_places,
    changed,
    effort,
    extend,
    joined,
    loosen,
    without,
)
from trainingbase.planner.cost import cost
from trainingbase.planner.explaining.person_remedies import person_remedies
from trainingbase.planner.plan import Remedy
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.rules import check
from trainingbase.planner.search.repair import Repair
from trainingbase.planner.search.search import Search
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.counting import Shortage, shortages
from trainingbase.planner.timetables.limits import Limits
from trainingbase.planner.timetables.state import State, chosen_from

MOST_LEFT_OUT = 0.2  # of the residents: leaving out more would be no help
STEPS = 5  # of making a change larger until counting finds no shortage
GOES = 3
SHARE = 0.5  # of the time that is left, for each but the last
STEPS_TO_SPARE = 150  # of repair to do without one place more


@dataclass(frozen=True)
class _Trial:
    """Changes to begin with, and the departments (numbers) that may be over their places."""

    changes: tuple[Change, ...] = ()
    forgiven: frozenset[int] = field(default=frozenset())


def remedies(
    problem: Problem, closest: Sequence[Placement], lonely: set[int], limits: Limits
) -> tuple[Remedy, ...]:
    """`closest`: a plan over its places; `lonely`: careers without a timetable even alone."""
    personal = tuple(person_remedies(problem, sorted(lonely), limits))
    found: list[Remedy] = []
    trials = _trials(problem, personal, lonely)
    for number, trial in enumerate(trials):
        if limits.reached():
            break
        share = 1.0 if number == len(trials) - 1 else SHARE
        until = time.monotonic() + share * max(0.0, limits.left())
        remedy = _tried(problem, trial, closest, limits, until)
        if remedy is not None and all(remedy.change != one.change for one in found):
            found.append(remedy)
    return tuple(sorted(found, key=lambda one: (one.effort or 0, one.cost or 0)))


def _trials(problem: Problem, personal: tuple[Change, ...], lonely: set[int]) -> list[_Trial]:
    """Those likely to succeed first: time may run out."""
    better = changed(problem, joined(personal)) if personal else problem
    short = shortages(careers_of(better))
    lacking = frozenset(number for one in short for number in one.departments)
    found = [_Trial(personal, lacking)]
    if lacking:
        for change in (_fewer_people, _wider_windows, _longer_training):
            more = change(better, short)
            if more:
                found.append(_Trial((*personal, *more)))
        found.append(_Trial(personal))
    if lonely:
        alone = without(problem.residents[member].id for member in lonely)
        rest = shortages(careers_of(changed(problem, alone)))
        found.append(_Trial((alone,), frozenset(n for one in rest for n in one.departments)))
    return found


def _tried(
    problem: Problem, trial: _Trial, closest: Sequence[Placement], limits: Limits, until: float
) -> Remedy | None:
    """The changes, and a place wherever the plan found is still over; None when it is unlawful."""
    better = changed(problem, joined(trial.changes)) if trial.changes else problem
    opened = _opened(better, trial.forgiven)
    search = Search(careers_of(opened), limits)
    search.state.places = [department.places for department in better.departments]
    search.adopt(chosen_from(search.careers, closest))
    if search.lonely:
        return None

    def is_over() -> bool:
        return limits.reached() or time.monotonic() > until

    _within_places(search, trial.forgiven, is_over)
    _with_fewer_places(search, is_over)
    every = [*trial.changes, *_places_for(better, search.state)]
    if not every:
        return None
    change = joined(every)
    best, placements = changed(problem, change), search.state.placements()
    if check(best, placements):
        return None
    return Remedy(change, "feasible", cost(best, placements).total, effort(problem, change))


def _opened(problem: Problem, departments: frozenset[int]) -> Problem:
    """With a place in every period: closed months too may be part of a remedy."""
    for number in sorted(departments):
        department = problem.departments[number]
        closed = [period for period, places in enumerate(department.places) if not places]
        problem = changed(problem, add_places(department.id, closed, 1))
    return problem


def _within_places(search: Search, forgiven: frozenset[int], until: Callable[[], bool]) -> None:
    """A few goes from the same start, until only forgiven departments are over."""
    steps = 300 + 100 * len(search.careers.careers)
    start = dict(search.state.chosen)
    best, least = start, 10**9
    for go in range(GOES):
        search.state.put(start)
        zeal = 0.0 if forgiven else 0.1
        work = Repair(search, zeal=zeal, seed=search.limits.seed + go, forgiven=forgiven)
        work.run(steps, lambda over: None, until)
        if work.best_over < least:
            best, least = dict(search.state.chosen), work.best_over
        if until() or all(number in forgiven for number, *_ in search.state.overfull()):
            break
    search.state.put(best)


def _with_fewer_places(search: Search, until: Callable[[], bool]) -> None:
    """One place after the other that seemed wanting is withheld, to see whether it is."""
    state = search.state
    given = state.places
    asked: set[tuple[int, int, int]] = set()
    while not until():
        over = [one for one in state.overfull() if one not in asked]
        if not over:
            break
        asked.add(over[0])
        before = dict(state.chosen)
        wanted = [list(row) for row in given]
        for number, period, count in state.overfull():
            wanted[number][period] += count
        number, period, _ = over[0]
        wanted[number][period] -= 1
        state.places = [tuple(row) for row in wanted]
        work = Repair(search, seed=search.limits.seed)
        work.run(STEPS_TO_SPARE, lambda over: None, until)
        if state.overfull():
            state.put(before)
        state.places = given


def _places_for(problem: Problem, state: State) -> Iterator[Change]:
    wanted: dict[tuple[int, int], list[int]] = {}
    for number, period, count in state.overfull():
        wanted.setdefault((number, count), []).append(period)
    for (number, count), periods in sorted(wanted.items()):
        yield add_places(problem.departments[number].id, periods, count)


# changes that make an end of what counting finds short; none where there is no such change


def _until_enough(
    problem: Problem, short: list[Shortage], larger: Callable[[int, list[Shortage]], list[Change]]
) -> list[Change]:
    for step in range(1, STEPS + 1):
        changes = larger(step, short)
        if not changes:
            return []
        short = shortages(careers_of(changed(problem, joined(changes))))
        if not short:
            return changes
    return []


def _fewer_people(problem: Problem, short: list[Shortage]) -> list[Change]:
    """Those who come last and must be there are not admitted: as few as will do."""
    gone: list[str] = []

    def larger(step: int, still: list[Shortage]) -> list[Change]:
        for one in still:
            share = max(1, round(one.needed / len(one.members)))
            people = [problem.residents[m] for m in one.members] if step == 1 else []
            people += sorted(problem.residents, key=lambda resident: -resident.training_start)
            rest = [resident.id for resident in people if resident.id not in gone]
            gone.extend(list(dict.fromkeys(rest))[: max(1, one.missing // share)])
        if len(gone) > max(1, MOST_LEFT_OUT * len(problem.residents)):
            return []
        return [without(gone)]

    return _until_enough(problem, short, larger)


def _wider_windows(problem: Problem, short: list[Shortage]) -> list[Change]:
    """What must be done in the departments that are short may be done later, or earlier."""

    def larger(step: int, _: list[Shortage]) -> list[Change]:
        changes = []
        lacking = {d for one in short for n in one.departments for d in _standards(problem, n)}
        for programme in problem.programmes.values():
            for one in programme.requirements:
                if not lacking.intersection(one.standard):
                    continue
                earlier = min(step, one.earliest) if one.earliest > 0 else 0
                later = step if one.latest_end is not None else 0
                if earlier or later:
                    changes.append(loosen(programme.id, one.id, earlier=earlier, later=later))
        return changes

    return _until_enough(problem, short, larger)


def _standards(problem: Problem, number: int) -> tuple[str, ...]:
    return problem.departments[number].standards


def _longer_training(problem: Problem, short: list[Shortage]) -> list[Change]:
    """Those who must be there have longer for it, as far as the problem reaches."""

    def larger(step: int, still: list[Shortage]) -> list[Change]:
        people = {
            member for one in (short if step == 1 else [*short, *still]) for member in one.members
        }
        room = [problem.residents[m] for m in sorted(people)]
        return [
            extend(one.id, min(2 * step - 1, problem.periods - one.until))
            for one in room
            if one.until < problem.periods
        ]

    return _until_enough(problem, short, larger)
