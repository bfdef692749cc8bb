"""Why there is no lawful plan, with people, departments and periods, and what would help.

Causes come from each person's own time, from counting, and else from the plan that comes closest.
Every remedy has been solved with: its plan was judged lawful by the rules on the changed problem.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from trainingbase.planner.careers import Careers, careers_of
from trainingbase.planner.change import Change, add_places, changed, extend, joined, places_added
from trainingbase.planner.cost import cost
from trainingbase.planner.counting import Hopeless, Shortage, hopeless, shortages
from trainingbase.planner.limits import Limits, never
from trainingbase.planner.plan import Explanation, Remedy
from trainingbase.planner.problem import Block, Problem, eligible_departments
from trainingbase.planner.repair import Repair
from trainingbase.planner.rules import check, window_of
from trainingbase.planner.search import Search
from trainingbase.planner.state import Chosen, State
from trainingbase.planner.words import explanation_in_words

MOST_CAUSES = 12


def explain(
    problem: Problem,
    *,
    seconds: float = 10,
    should_stop: Callable[[], bool] | None = None,
    closest: Chosen | None = None,
    lonely: Iterable[int] | None = None,
    proven: bool = False,
    seed: int = 1,
) -> tuple[Explanation, ...]:
    """`closest`: timetables over their places, as the solver left them; else they are sought.

    Empty when a lawful plan is found meanwhile.
    """
    limits = Limits(time.monotonic() + seconds, should_stop or never, seed=seed)
    careers = careers_of(problem)
    if closest is None or lonely is None:
        search = Search(careers, limits)
        search.construct()
        if not search.lonely and not shortages(careers):
            _within_places(search, set(), limits)
        closest, lonely = search.state.chosen, search.lonely
    lonely = set(lonely)
    causes = [_of_one_person(problem, careers, one) for one in hopeless(careers, lonely)]
    causes += [_of_places(problem, one) for one in shortages(careers, lonely)]
    if not causes:
        causes = _of_the_closest(problem, careers, closest, proven)
    remedies = _remedies(problem, closest, lonely, limits) if causes else ()
    return tuple(
        _worded(problem, cause, remedies if number == 0 else ())
        for number, cause in enumerate(causes[:MOST_CAUSES])
    )


def _worded(problem: Problem, cause: Explanation, remedies: tuple[Remedy, ...]) -> Explanation:
    zh, en = (explanation_in_words(problem, cause, language) for language in ("zh", "en"))
    return replace(cause, zh=zh, en=en, remedies=remedies)


def _of_places(problem: Problem, short: Shortage) -> Explanation:
    return Explanation(
        rules=("places",),
        residents=tuple(problem.residents[member].id for member in short.members),
        departments=tuple(problem.departments[number].id for number in short.departments),
        periods=tuple(range(short.first, short.last)),
        needed=short.needed,
        available=short.available,
        proven=True,
    )


def _of_one_person(problem: Problem, careers: Careers, one: Hopeless) -> Explanation:
    career = careers.careers[one.member]
    base = Explanation(rules=(), residents=(career.resident.id,), proven=True)
    free = tuple(sorted(career.free))
    if one.fixed is not None:
        block = one.fixed
        return replace(
            base,
            rules=("fixed",),
            requirements=(block.requirement,),
            departments=(block.department,),
            periods=tuple(range(block.start, block.start + block.length)),
        )
    if one.missing:
        owed = len(free) + one.missing
        rules = ("one_place_at_a_time",)
        return replace(base, rules=rules, needed=owed, available=len(free), periods=free)
    if not one.requirement:
        return replace(base, rules=("before", "window", "away"), periods=free)
    requirement = problem.programme_of(career.resident).by_id[one.requirement]
    departments = eligible_departments(problem, career.resident, requirement)
    first, last = window_of(career.resident, requirement)
    rule = "window"
    if not departments:
        rule = "eligible"
    elif _fits(careers, one, first, last):
        rule = "places"
    return replace(
        base,
        rules=(rule,),
        requirements=(one.requirement,),
        departments=tuple(department.id for department in departments),
        periods=tuple(range(max(0, first), max(0, last))),
    )


def _fits(careers: Careers, one: Hopeless, first: int, last: int) -> bool:
    """Whether the window would do, were the departments open."""
    career = careers.careers[one.member]
    requirement = careers.problem.programme_of(career.resident).by_id[one.requirement]
    length = requirement.min_stretch or max(requirement.stretches or (1,))
    return any(
        start % requirement.align == 0
        and all(period in career.free for period in range(start, start + length))
        for start in range(first, last - length + 1)
    )


def _of_the_closest(
    problem: Problem, careers: Careers, closest: Chosen, proven: bool
) -> list[Explanation]:
    """No cause was proven: where the plan that comes closest is still over its places."""
    state = State(careers)
    state.put(closest)
    over = state.overfull()
    if not over:
        return []
    members = {
        member for number, period, _ in over for member in state.there(number, period, period + 1)
    }
    return [
        Explanation(
            rules=("places",),
            residents=tuple(problem.residents[member].id for member in sorted(members)),
            departments=tuple(dict.fromkeys(problem.departments[number].id for number, *_ in over)),
            periods=tuple(sorted({period for _, period, _ in over})),
            proven=proven,
        )
    ]


def _remedies(
    problem: Problem, closest: Chosen, lonely: set[int], limits: Limits
) -> tuple[Remedy, ...]:
    """Those that work, the smallest first: places where they lack, or where the closest is over."""
    personal = _personal(problem, careers_of(problem), lonely)
    if lonely and not personal:
        return ()
    better = changed(problem, joined(personal)) if personal else problem
    lacking = {number for one in shortages(careers_of(better)) for number in one.departments}
    found = []
    for forgiven in (lacking, set()) if lacking else (set(),):
        search = Search(careers_of(_opened(better, forgiven)), limits)
        search.state.places = [department.places for department in better.departments]
        search.adopt(closest)
        if search.lonely:
            return ()
        _within_places(search, forgiven, limits)
        remedy = _with_places_for(problem, better, personal, search.state)
        if remedy is not None and remedy not in found:
            found.append(remedy)
    return tuple(sorted(found, key=lambda one: (places_added(one.change), one.cost or 0)))


def _opened(problem: Problem, departments: set[int]) -> Problem:
    """With a place in every period: closed months too may be part of a remedy."""
    for number in sorted(departments):
        department = problem.departments[number]
        closed = [period for period, places in enumerate(department.places) if not places]
        problem = changed(problem, add_places(department.id, closed, 1))
    return problem


def _within_places(search: Search, forgiven: set[int], limits: Limits) -> None:
    """Up to three goes from the same start, until only forgiven departments are over."""
    until = time.monotonic() + 0.6 * max(0.0, limits.left())
    steps = 300 + 100 * len(search.careers.careers)
    start = dict(search.state.chosen)
    best, least = start, 10**9
    for go in range(3):
        search.state.put(start)
        zeal = 0.0 if forgiven else 0.1
        work = Repair(search, zeal=zeal, seed=limits.seed + go, forgiven=forgiven)
        work.run(steps, lambda over: None, lambda: limits.reached() or time.monotonic() > until)
        if work.best_over < least:
            best, least = dict(search.state.chosen), work.best_over
        if all(number in forgiven for number, *_ in search.state.overfull()):
            break
    search.state.put(best)


def _personal(problem: Problem, careers: Careers, lonely: set[int]) -> list[Change]:
    """For each person without a timetable a longer training or an open department."""
    changes: list[Change] = []
    for one in hopeless(careers, lonely):
        career = careers.careers[one.member]
        if one.fixed is not None:
            changes += _room_for(problem, one.fixed)
            continue
        if one.requirement:
            requirement = problem.programme_of(career.resident).by_id[one.requirement]
            departments = eligible_departments(problem, career.resident, requirement)
            first, last = window_of(career.resident, requirement)
            if not departments:
                return []
            if _fits(careers, one, first, last):
                closed = [
                    period
                    for period in range(max(0, first), last)
                    if not departments[0].places[period]
                ]
                changes.append(add_places(departments[0].id, closed, 1))
                continue
        room = problem.periods - career.resident.until
        if room < max(1, one.missing):
            return []
        changes.append(extend(career.resident.id, max(1, one.missing)))
    return changes


def _room_for(problem: Problem, block: Block) -> list[Change]:
    places = problem.department_by_id[block.department].places
    closed = [p for p in range(block.start, block.start + block.length) if not places[p]]
    return [add_places(block.department, closed, 1)] if closed else []


def _with_places_for(
    problem: Problem, better: Problem, changes: list[Change], state: State
) -> Remedy | None:
    """The changes, and a place wherever the plan at hand is still over; judged by the rules."""
    wanted: dict[tuple[int, int], list[int]] = {}
    for number, period, count in state.overfull():
        wanted.setdefault((number, count), []).append(period)
    every = changes + [
        add_places(better.departments[number].id, periods, count)
        for (number, count), periods in sorted(wanted.items())
    ]
    if not every:
        return None
    change = joined(every)
    best = changed(problem, change)
    placements = state.placements()
    if check(best, placements):
        return None
    return Remedy(change, "feasible", cost(best, placements).total)
