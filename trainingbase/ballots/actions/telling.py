"""Telling those who may read it that a batch was released.  The caller commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from trainingbase.ballots.models import BallotSubject, Batch
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.notices.actions import leave
from trainingbase.people.models import Grant
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


def tell(batches: Sequence[Batch], *, at: datetime) -> None:
    office = [one.id for one in holders_of(Role.OFFICE)] if batches else []
    for batch in batches:
        subject = db.session.get_one(BallotSubject, batch.subject_id)
        leave(
            "ballots-released",
            to_ids=_readers(subject) or office,
            at=at,
            path=f"/ballots/released/{subject.id}",
            answers=batch.answers,
        )


def _readers(subject: BallotSubject) -> list[int]:
    """The teacher; the secretaries of the department; nobody in particular of the base."""
    if subject.faculty_member_id is not None:
        rows = select(FacultyMember.person_id).where(FacultyMember.id == subject.faculty_member_id)
    elif subject.department_id is not None:
        rows = select(Grant.person_id).where(
            Grant.role == Role.SECRETARY, Grant.department_id == subject.department_id
        )
    else:
        return []
    return list(db.session.scalars(rows))
