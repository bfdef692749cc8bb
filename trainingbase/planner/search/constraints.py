"""Rules about one person's career, as the solver keeps them: each of the name it has in `rules`.

`variables[k]` are the booleans of the stays of task `k`, None for a stay that is not open.
"""

from itertools import pairwise

from ortools.sat.python.cp_model import CpModel, IntVar

from trainingbase.planner.timetables.careers import Career


def before(model: CpModel, career: Career, variables: list[list]) -> None:
    for first, second in career.pairs:
        if first in career.tasks_of and second in career.tasks_of:
            _one_before_other(
                model, career, variables, career.tasks_of[first][-1], career.tasks_of[second][0]
            )
    for those in career.tasks_of.values():
        for earlier, later in pairwise(those):
            _one_before_other(model, career, variables, earlier, later)


def _one_before_other(
    model: CpModel, career: Career, variables: list[list], first: int, second: int
) -> None:
    """Of all late ends of the first and early starts of the second at most one is chosen."""
    ends = [
        (s.end, v)
        for s, v in zip(career.tasks[first].stays, variables[first], strict=True)
        if v is not None
    ]
    starts = [
        (s.start, v)
        for s, v in zip(career.tasks[second].stays, variables[second], strict=True)
        if v is not None
    ]
    in_pieces = career.tasks[first].in_pieces or career.tasks[second].in_pieces
    for cut in sorted({start for start, _ in starts}):
        late = [v for end, v in ends if end > cut]
        early = [v for start, v in starts if start <= cut]
        if not late:
            break
        if in_pieces:
            done = model.new_bool_var("")
            for variable in late:
                model.add_implication(variable, ~done)
            for variable in early:
                model.add_implication(variable, done)
        else:
            model.add_at_most_one([*late, *early])


def stretches_apart(model: CpModel, career: Career, variables: list[list]) -> None:
    for those in career.tasks_of.values():
        for earlier, later in pairwise(those):
            ends: dict[tuple[int, int], list] = {}
            for s, v in zip(career.tasks[earlier].stays, variables[earlier], strict=True):
                if v is not None:
                    ends.setdefault((s.department, s.end), []).append(v)
            for s, v in zip(career.tasks[later].stays, variables[later], strict=True):
                touching = ends.get((s.department, s.start), [])
                if v is not None and touching:
                    model.add_at_most_one([v, *touching])


def same_department(model: CpModel, career: Career, variables: list[list]) -> None:
    for those in career.tasks_of.values():
        task = career.tasks[those[0]]
        if not task.requirement.same_department or (len(those) < 2 and not task.in_pieces):
            continue
        chosen: dict[int, IntVar] = {}
        for k in those:
            for stay, variable in zip(career.tasks[k].stays, variables[k], strict=True):
                if variable is not None:
                    if stay.department not in chosen:
                        chosen[stay.department] = model.new_bool_var("")
                    model.add_implication(variable, chosen[stay.department])
        model.add_at_most_one(chosen.values())
