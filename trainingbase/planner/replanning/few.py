"""Stays that nobody can take while few stays of the earlier plan are lost."""

from bisect import bisect_left, bisect_right

from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.stay import Stay

Barred = dict[tuple[int, int], frozenset[Stay]]  # (career, task)


def could_keep(career: Career) -> int:
    """How many stays of the earlier plan it could keep at most, were there no rules."""
    return len(
        {
            (task.requirement.id, stay.department, stay.start)
            for task in career.tasks
            for stay in task.stays
            if stay.kept
        }
    )


def barred_below(careers: Careers, least: dict[int, int]) -> Barred:
    """Those with which a career could not keep as many stays as `least` says it must."""
    barred: Barred = {}
    for career in careers.careers:
        earlier = _earlier(career)
        most_lost = len(earlier) - least[career.number]
        starts = sorted(start for _, _, start, _ in earlier)
        ends = sorted(end for *_, end in earlier)
        of_task: dict[int, list[tuple[int, int]]] = {}
        for k, _, start, end in earlier:
            of_task.setdefault(k, []).append((start, end))
        for k, task in enumerate(career.tasks):
            mine = of_task.get(k, [])
            those = []
            for stay in task.stays:
                lost = bisect_left(starts, stay.end) - bisect_right(ends, stay.start)
                lost -= stay.kept > 0
                if not task.in_pieces and not stay.kept:
                    lost += sum(end <= stay.start or start >= stay.end for start, end in mine)
                if lost > most_lost:
                    those.append(stay)
            if those:
                barred[career.number, k] = frozenset(those)
    return barred


def _earlier(career: Career) -> set[tuple[int, int, int, int]]:
    """(task, department, start, end) of stays that can be kept; of several lengths the shortest."""
    found: dict[tuple[int, int, int], int] = {}
    for k, task in enumerate(career.tasks):
        for stay in task.stays:
            if stay.kept:
                key = (k, stay.department, stay.start)
                found[key] = min(stay.end, found.get(key, stay.end))
    return {(*key, end) for key, end in found.items()}
