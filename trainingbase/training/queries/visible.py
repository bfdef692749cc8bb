"""Whose activities somebody sees, and which of them they may change."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true

from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.training.models import (
    Activity,
    activity_departments,
    activity_speakers,
    attendances,
)

SEE_ALL = (Role.OFFICE, Role.AUDITOR)


def speaks_at(person_id: int) -> ColumnElement[bool]:
    others = select(activity_speakers.c.activity_id).where(
        activity_speakers.c.person_id == person_id
    )
    return or_(Activity.speaker_id == person_id, Activity.id.in_(others))


def held_by(departments: Select[tuple[int]]) -> ColumnElement[bool]:
    """By one of these departments, alone or together with others."""
    joint = select(activity_departments.c.activity_id).where(
        activity_departments.c.department_id.in_(departments)
    )
    return or_(Activity.department_id.in_(departments), Activity.id.in_(joint))


def is_invited(resident_id: int, cohort_year: int | None) -> ColumnElement[bool]:
    """Whether this resident is among those an activity is for, on its day."""
    there = exists().where(
        Placement.resident_id == resident_id,
        Placement.cancelled_at.is_(None),
        Placement.starts_on <= Activity.held_on,
        Placement.ends_on > Activity.held_on,
        or_(
            Placement.department_id == Activity.department_id,
            exists().where(
                activity_departments.c.activity_id == Activity.id,
                activity_departments.c.department_id == Placement.department_id,
            ),
        ),
    )
    return or_(
        Activity.audience == "all",
        and_(Activity.audience == "year", Activity.audience_year == cohort_year),
        and_(Activity.audience == "department", there),
    )


def attended_by(resident_id: int) -> ColumnElement[bool]:
    return Activity.id.in_(
        select(attendances.c.activity_id).where(attendances.c.resident_id == resident_id)
    )


def concerns(person: Person) -> ColumnElement[bool]:
    """What a resident attended or is invited to, and what somebody speaks at."""
    mine = select(Resident.id).where(Resident.person_id == person.id).scalar_subquery()
    year = (
        select(Cohort.year)
        .join(Resident, Resident.cohort_id == Cohort.id)
        .where(Resident.person_id == person.id)
        .scalar_subquery()
    )
    if not person.holds(Role.RESIDENT):
        return speaks_at(person.id)
    came = Activity.id.in_(
        select(attendances.c.activity_id)
        .join(Resident, Resident.id == attendances.c.resident_id)
        .where(Resident.person_id == person.id)
    )
    in_training = exists().where(
        Resident.person_id == person.id,
        or_(Resident.starts_on.is_(None), Resident.starts_on <= Activity.held_on),
        or_(Resident.finished_on.is_(None), Resident.finished_on >= Activity.held_on),
        or_(Resident.withdrawn_on.is_(None), Resident.withdrawn_on > Activity.held_on),
    )
    invited = and_(Activity.audience.is_not(None), in_training, is_invited(mine, year))
    return or_(speaks_at(person.id), came, invited)


def visible_to(viewer: Person) -> Select[tuple[Activity]]:
    """The office and the auditor see all, a secretary those of the department, a coordinator
    those of the institution, faculty what they speak at and what is held where they teach, a
    resident what they attended and what they are invited to."""
    rows = select(Activity)
    if viewer.holds(*SEE_ALL):
        return rows
    ways = [concerns(viewer)]
    if viewer.department_ids or viewer.institution_ids:
        ways.append(held_by(_of_scope(viewer)))
    if viewer.holds(Role.FACULTY):
        ways.append(held_by(_taught_in(viewer)))
    return rows.where(or_(*ways))


def _of_scope(viewer: Person) -> Select[tuple[int]]:
    return select(Department.id).where(
        or_(
            Department.id.in_(viewer.department_ids),
            Department.institution_id.in_(viewer.institution_ids),
        )
    )


def _taught_in(viewer: Person) -> Select[tuple[int]]:
    return (
        select(Post.department_id)
        .join(FacultyMember, FacultyMember.id == Post.faculty_member_id)
        .where(FacultyMember.person_id == viewer.id)
    )


def planned_by(viewer: Person, today: date) -> ColumnElement[bool]:
    """Departments for which this person may plan: all, those of the scope, or where they teach."""
    open_ = or_(Department.retired_on.is_(None), Department.retired_on > today)
    if viewer.holds(Role.OFFICE):
        return open_
    ways = []
    if viewer.department_ids or viewer.institution_ids:
        ways.append(Department.id.in_(_of_scope(viewer)))
    if viewer.holds(Role.FACULTY):
        ways.append(Department.id.in_(_taught_in(viewer)))
    return and_(open_, or_(*ways)) if ways else false()


def may_arrange(viewer: Person, activity: Activity) -> bool:
    """The office all, secretary and coordinator those of their own departments, a speaker their
    own."""
    if viewer.holds(Role.OFFICE) or viewer.id in activity.speaker_ids:
        return True
    place = activity.department
    return place is not None and (
        place.id in viewer.department_ids or place.institution_id in viewer.institution_ids
    )


def watched_by(viewer: Person) -> ColumnElement[bool]:
    """Departments whose roster this person reads."""
    if viewer.holds(*SEE_ALL, Role.LEADER):
        return true()
    ways = []
    if viewer.department_ids or viewer.institution_ids:
        ways.append(Department.id.in_(_of_scope(viewer)))
    if viewer.holds(Role.FACULTY):
        ways.append(Department.id.in_(_taught_in(viewer)))
    return or_(*ways) if ways else false()
