"""A plan as an office makes it by hand: first come, first served, and nothing taken back.

The longest in training come first. Each takes what they owe in the programme's order, what has to
end early first, at the earliest time that is free and has a place, in the first department that
has one. What fits nowhere is left out, to be argued about.
"""

from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.timetables.careers import Career, Careers, careers_of
from trainingbase.planner.timetables.state import State
from trainingbase.planner.timetables.stay import Stay


def first_fit(problem: Problem) -> list[Placement]:
    careers = careers_of(problem)
    state = State(careers)
    ordered = sorted(careers.careers, key=lambda one: (one.resident.training_start, one.number))
    for career in ordered:
        state.put({career.number: _fixed(careers, career)})
    for career in ordered:
        state.put({career.number: _of_one(career, state)})
    return state.placements()


def _fixed(careers: Careers, career: Career) -> list[tuple[int, Stay]]:
    """What was decided long ago: those stays are taken before all others."""
    found = []
    for block in career.resident.fixed:
        there = (careers.department_number[block.department], block.start, block.length)
        for k in career.tasks_of.get(block.requirement, ()):
            same = [s for s in career.tasks[k].stays if (s.department, s.start, s.length) == there]
            if same:
                found.append((k, same[0]))
                break
    return found


def _of_one(career: Career, state: State) -> list[tuple[int, Stay]]:
    chosen = dict(state.chosen[career.number])
    taken = {career.tasks[k].requirement.id for k in chosen}
    for k in _order(career):
        task = career.tasks[k]
        if k in chosen:
            continue
        if task.requirement.id in career.is_elective and not _is_wanted(career, taken, k):
            continue
        left = task.length
        while left > 0:
            fitting = [
                stay
                for stay in task.stays
                if stay.length <= left and _fits(career, state, chosen, k, stay)
            ]
            if task.in_pieces:
                least = task.requirement.min_stretch or 1
                fitting = [s for s in fitting if left - s.length == 0 or left - s.length >= least]
            if not fitting:
                break
            best = min(fitting, key=lambda stay: (stay.start, -stay.length, stay.served))
            chosen[_key(k, chosen)] = best
            left -= best.length
        taken.add(task.requirement.id)
    return [(key % 1000, stay) for key, stay in chosen.items()]


def _key(k: int, chosen: dict[int, Stay]) -> int:
    """Pieces of one task after the first count on by thousands."""
    while k in chosen:
        k += 1000
    return k


def _order(career: Career) -> list[int]:
    """Tasks in the programme's order, but first what others wait for and what must end early."""
    waits = dict.fromkeys(range(len(career.tasks)), 0)
    for _ in career.tasks:
        for first, second in career.pairs:
            for a in career.tasks_of.get(first, ()):
                for b in career.tasks_of.get(second, ()):
                    waits[b] = min(len(career.tasks), max(waits[b], waits[a] + 1))
    latest = {k: max((s.end for s in task.stays), default=0) for k, task in enumerate(career.tasks)}
    return sorted(waits, key=lambda k: (waits[k], latest[k], k))


def _is_wanted(career: Career, taken: set[str], k: int) -> bool:
    requirement = career.tasks[k].requirement.id
    return any(
        requirement in of and len(taken.intersection(of) - {requirement}) < count
        for count, of in career.choices
    )


def _fits(career: Career, state: State, chosen: dict[int, Stay], k: int, stay: Stay) -> bool:
    mine = career.tasks[k].requirement
    places, load = state.places[stay.department], state.load[stay.department]
    if any(load[p] >= places[p] for p in range(stay.start, stay.end)):
        return False
    for key, other in chosen.items():
        if stay.start < other.end and other.start < stay.end:
            return False
        requirement = career.tasks[key % 1000].requirement
        if requirement.id == mine.id:
            if other.end > stay.start and not career.tasks[k].in_pieces:
                return False
            touching = other.end == stay.start or stay.end == other.start
            if other.department == stay.department and touching and not career.tasks[k].in_pieces:
                return False
            if mine.same_department and other.department != stay.department:
                return False
        if (requirement.id, mine.id) in career.pairs and stay.start < other.end:
            return False
        if (mine.id, requirement.id) in career.pairs and other.start < stay.end:
            return False
    return True
