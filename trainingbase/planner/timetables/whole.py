"""Careers that were found: one taken over from somebody alike, and whether one is whole."""

from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.stay import Stay


def is_complete(careers: Careers, member: int, chosen: list) -> bool:
    """Whether every requirement still owed is placed in full, and what is fixed where it is."""
    career = careers.careers[member]
    if not _keeps_fixed(careers, career, chosen):
        return False
    placed: dict[int, int] = {}
    for task, stay in chosen:
        placed[task] = placed.get(task, 0) + stay.length
    taken = {career.tasks[k].requirement.id for k in placed}
    for k, task in enumerate(career.tasks):
        elective = task.requirement.id in career.is_elective
        if elective and task.requirement.id not in taken:
            continue
        if placed.get(k, 0) != task.length:
            return False
    return all(len(taken.intersection(of)) == count for count, of in career.choices)


def _keeps_fixed(careers: Careers, career: Career, chosen: list[tuple[int, Stay]]) -> bool:
    placed = {
        (career.tasks[task].requirement.id, stay.department, stay.start, stay.length)
        for task, stay in chosen
    }
    return all(
        (one.requirement, careers.department_number[one.department], one.start, one.length)
        in placed
        for one in career.resident.fixed
    )


def as_own(career: Career, chosen: list[tuple[int, Stay]]) -> list[tuple[int, Stay]]:
    """The same timetable with the stays, and so the prices, of this resident."""
    own = []
    for task, stay in chosen:
        for mine in career.tasks[task].stays:
            if (mine.department, mine.start, mine.length) == (
                stay.department,
                stay.start,
                stay.length,
            ):
                own.append((task, mine))
                break
    return own
