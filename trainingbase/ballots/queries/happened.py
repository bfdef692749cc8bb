"""Who lived through what in the time of a round: from placements, assessments and attendance."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED


@dataclass(frozen=True)
class Happened:
    """That a person could say something about it; the columns of `BallotSubject`."""

    person_id: int
    kind: str
    faculty_member_id: int | None = None
    department_id: int | None = None
    activity_kind: str | None = None

    @property
    def key(self) -> str:
        parts = (self.kind, self.faculty_member_id, self.department_id, self.activity_kind)
        return "/".join(str(part) for part in parts if part is not None)


def stays(starts_on: date, ends_on: date, *, least_days: int) -> set[Happened]:
    """Of placements that ended in the time: the department, and whoever supervised."""
    rows = db.session.execute(
        select(
            Resident.person_id,
            Placement.department_id,
            Placement.supervisor_id,
            Placement.starts_on,
            Placement.ends_on,
            FacultyMember.person_id.label("teacher"),
        )
        .join(Placement.resident)
        .outerjoin(Placement.supervisor)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on > starts_on,
            Placement.ends_on <= ends_on,
        )
    )
    found = set()
    for row in rows:
        if row.ends_on - row.starts_on < timedelta(days=least_days):
            continue
        found.add(Happened(row.person_id, "department", department_id=row.department_id))
        if row.supervisor_id is not None and row.teacher != row.person_id:
            found.add(Happened(row.person_id, "teacher", faculty_member_id=row.supervisor_id))
    return found


def assessors(starts_on: date, ends_on: date) -> set[Happened]:
    """Whoever watched a resident closely enough to fill in a form about them."""
    rows = db.session.execute(
        select(Resident.person_id, FacultyMember.id)
        .select_from(Submission)
        .join(Submission.resident)
        .join(FacultyMember, FacultyMember.person_id == Submission.assessor_id)
        .where(
            Submission.observed_on >= starts_on,
            Submission.observed_on < ends_on,
            FacultyMember.person_id != Resident.person_id,
        )
        .distinct()
    )
    return {Happened(person, "teacher", faculty_member_id=member) for person, member in rows}


def attended(starts_on: date, ends_on: date, *, most: int) -> set[Happened]:
    """Activities by kind and department, at most so many of each resident: those that a hash of
    them chooses, so that nobody's choice tells anything."""
    rows = db.session.execute(
        select(Resident.person_id, Activity.department_id, Activity.kind)
        .select_from(Activity)
        .join(attendances, attendances.c.activity_id == Activity.id)
        .join(Resident, Resident.id == attendances.c.resident_id)
        .where(
            COUNTED,
            Activity.held_on >= starts_on,
            Activity.held_on < ends_on,
            Activity.department_id.is_not(None),
        )
        .distinct()
    )
    by_person: dict[int, list[Happened]] = defaultdict(list)
    for person, department, kind in rows:
        by_person[person].append(
            Happened(person, "activity", department_id=department, activity_kind=kind)
        )
    return {
        one
        for some in by_person.values()
        for one in sorted(some, key=lambda one: _drawn(one, starts_on))[:most]
    }


def _drawn(one: Happened, starts_on: date) -> bytes:
    return hashlib.sha256(f"{starts_on} {one.person_id} {one.key}".encode()).digest()


def in_training(starts_on: date, ends_on: date, *, every: int) -> set[Happened]:
    """Of the base as a whole each resident is asked once in `every` months, a part each month."""
    people = db.session.scalars(
        select(Resident.person_id)
        .join(Placement, Placement.resident_id == Resident.id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on < ends_on,
            Placement.ends_on > starts_on,
        )
        .distinct()
    )
    turn = starts_on.year * 12 + starts_on.month
    return {Happened(person, "base") for person in people if (person + turn) % max(1, every) == 0}
