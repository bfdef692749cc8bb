"""How a resident stands: the state of the records, and the steps that led to it."""

from collections.abc import Sequence

from sqlalchemy import select

from trainingbase.courses.models import Course
from trainingbase.courses.rules.states import Enrolled, Step, standing
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.suspension import open_suspension


def decided_of(resident_id: int) -> Sequence[Course]:
    """Everything that was decided about a resident, counter-entries included, oldest first."""
    return db.session.scalars(
        select(Course)
        .where(Course.resident_id == resident_id, Course.decided_at.is_not(None))
        .order_by(Course.decided_at, Course.id)
    ).all()


def steps_of(courses: Sequence[Course]) -> list[Step]:
    """In the order in which they were decided."""
    number = {one.id: n for n, one in enumerate(courses)}
    return [
        Step(
            number[one.id],
            one.kind,
            one.starts_on,
            one.ends_on,
            number[one.undoes_id] if one.undoes_id is not None else None,
        )
        for one in courses
    ]


def enrolled(resident: Resident, courses: Sequence[Course]) -> Enrolled:
    gone = ("withdrawal", "transfer_out")
    left = [one for one in standing(steps_of(courses)) if one.kind in gone]
    return Enrolled(
        starts_on=resident.starts_on,
        ends_on=resident.ends_on,
        finished_on=resident.finished_on,
        withdrawn_on=resident.withdrawn_on,
        is_suspended=open_suspension(resident.id) is not None,
        is_elsewhere=bool(left) and left[-1].kind == "transfer_out",
        certificate_number=resident.certificate_number,
    )


def last_standing(courses: Sequence[Course]) -> Course | None:
    """The newest decision that no counter-entry has taken back: the one that may be."""
    left = standing(steps_of(courses))
    return courses[left[-1].id] if left else None
