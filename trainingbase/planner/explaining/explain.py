"""Why there is no lawful plan, with people, departments and periods, and what would help.

Causes come from each person's own time, from counting, from the smallest part that CP-SAT proves
impossible, and else from the plan that comes closest. Every proven cause is a smallest one: with
any one person, or any one fact, left out of it there is no such cause.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from trainingbase.planner.explaining.person import personal_causes
from trainingbase.planner.explaining.remedies import remedies
from trainingbase.planner.explaining.together import joint_cause
from trainingbase.planner.plan import Explanation, Remedy
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.search.repair import Repair
from trainingbase.planner.search.search import Search
from trainingbase.planner.timetables.careers import Careers, careers_of
from trainingbase.planner.timetables.counting import Shortage, shortages
from trainingbase.planner.timetables.limits import Limits, never
from trainingbase.planner.timetables.state import Chosen, State
from trainingbase.planner.words import explanation_in_words

MOST_CAUSES = 12
SHARE = 0.4  # of the time, for causes; the rest is for remedies


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
    begun = time.monotonic()
    limits = Limits(begun + seconds, should_stop or never, seed=seed)
    for_causes = Limits(begun + SHARE * seconds, should_stop or never, seed=seed)
    careers = careers_of(problem)
    if closest is None or lonely is None:
        closest, lonely = _sought(careers, for_causes)
    lonely = set(lonely)
    with for_causes.watched():
        causes = personal_causes(careers, lonely, for_causes)
        causes += [_of_places(problem, one) for one in shortages(careers, lonely)]
        if not causes:
            causes = _of_the_closest(careers, closest, proven, for_causes)
    if not causes:
        return ()
    with limits.watched():
        helping = remedies(problem, _placements(careers, closest), lonely, limits)
    return tuple(
        _worded(problem, cause, helping if number == 0 else ())
        for number, cause in enumerate(causes[:MOST_CAUSES])
    )


def _sought(careers: Careers, limits: Limits) -> tuple[Chosen, set[int]]:
    search = Search(careers, limits)
    search.construct()
    if not search.lonely and not shortages(careers):
        for seed in (1, 2, 3):
            work = Repair(search, zeal=0.1, seed=seed)
            work.run(300 + 100 * len(careers.careers), lambda over: None, limits.reached)
            if not search.state.overfull():
                break
    return search.state.chosen, search.lonely


def _placements(careers: Careers, chosen: Chosen) -> Sequence[Placement]:
    state = State(careers)
    state.put(chosen)
    return state.placements()


def _worded(problem: Problem, cause: Explanation, helping: tuple[Remedy, ...]) -> Explanation:
    zh, en = (explanation_in_words(problem, cause, language) for language in ("zh", "en"))
    return replace(cause, zh=zh, en=en, remedies=helping)


def _of_places(problem: Problem, short: Shortage) -> Explanation:
    return Explanation(
        rules=("places",),
        residents=tuple(problem.residents[member].id for member in short.members),
        departments=tuple(problem.departments[number].id for number in short.departments),
        periods=tuple(range(short.first, short.last)),
        needed=short.needed,
        available=short.available,
        needed_by_all=short.needed_by_all,
        proven=True,
    )


def _of_the_closest(
    careers: Careers, closest: Chosen, proven: bool, limits: Limits
) -> list[Explanation]:
    """Where the plan that comes closest is over its places: the cause there, or just that."""
    state = State(careers)
    state.put(closest)
    over = state.overfull()
    if not over:
        return []
    cause = joint_cause(careers, closest, set(), limits)
    if cause is not None:
        return [cause]
    problem = careers.problem
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
