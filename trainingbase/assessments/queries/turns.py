"""What waits to be sent, for those who may see it: for what, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.assessments.models import PlannedRequest
from trainingbase.assessments.queries import waiting
from trainingbase.assessments.rules.pacing import Turn, sending_days
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Waits:
    """`on` is the day on which it will be sent, None where the placement has no supervisor;
    `why` is day, turn or supervisor."""

    row: PlannedRequest
    on: date | None
    why: str


def days_of(rows: Sequence[PlannedRequest], *, today: date) -> dict[int, date]:
    """The day on which each will be sent, by id; none for a placement without a supervisor."""
    turns = [
        Turn(row.id, row.placement.supervisor.person_id, row.wanted_on, row.due_on)
        for row in rows
        if row.placement.supervisor is not None
    ]
    taken = waiting.taken_on(today)
    return sending_days(turns, taken=taken, cap=whole("requests_a_day"), today=today)


def waits(*, today: date, teacher_id: int = 0) -> list[Waits]:
    """All of them, or those of one supervisor, in the order in which they are sent; those without
    a supervisor last."""
    rows = waiting.still_waiting(teacher_id=teacher_id)
    days = days_of(rows, today=today)
    found = [Waits(row, days.get(row.id), _why(row, days.get(row.id))) for row in rows]
    return sorted(found, key=lambda one: (one.on is None, one.on or today, one.row.id))


def _why(row: PlannedRequest, on: date | None) -> str:
    if on is None:
        return "supervisor"
    return "turn" if on > row.wanted_on else "day"


def waits_seen_by(
    viewer: Person, *, today: date, search: str = "", department_id: int = 0, why: str = ""
) -> list[Waits]:
    """Of the departments and institutions this person looks after; the office and the auditor see
    all."""
    found = [one for one in waits(today=today) if _sees(viewer, one.row)]
    if search:
        found = [one for one in found if any(search in name for name in _names(one.row))]
    if department_id:
        found = [one for one in found if one.row.placement.department_id == department_id]
    return [one for one in found if not why or one.why == why]


def _sees(viewer: Person, row: PlannedRequest) -> bool:
    place = row.placement.department
    return (
        viewer.holds(Role.OFFICE, Role.AUDITOR)
        or place.id in viewer.department_ids
        or place.institution_id in viewer.institution_ids
    )


def _names(row: PlannedRequest) -> list[str]:
    teacher = row.placement.supervisor
    return [row.placement.resident.name, teacher.name if teacher is not None else ""]


def coming_to(viewer: Person, *, today: date) -> list[Waits]:
    """What this teacher will be asked, and when."""
    return waits(today=today, teacher_id=viewer.id)
