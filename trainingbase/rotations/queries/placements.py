"""Questions about the placements that people act on."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from trainingbase.db import columns, db
from trainingbase.enrolment.models import Credit, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

SEE_ALL = (Role.OFFICE, Role.AUDITOR)

WITH_NAMES = (
    joinedload(Placement.resident).joinedload(Resident.person),
    joinedload(Placement.resident).joinedload(Resident.cohort),
    joinedload(Placement.department).joinedload(Department.institution),
    joinedload(Placement.standard_department),
    joinedload(Placement.supervisor).joinedload(FacultyMember.person),
)
"""Everything a list of placements shows, in one statement."""


def seen_by(viewer: Person, today: date) -> ColumnElement[bool]:
    """Which live placements this person may see on this day, over all their roles.

    A resident: their own.  A supervisor: theirs, until some days after (`thresholds`); a tutor:
    all of their tutees'.  A secretary: of the department; a coordinator: of the institution.
    """
    if viewer.holds(*SEE_ALL):
        return true()
    ways: list[ColumnElement[bool]] = []
    if viewer.holds(Role.RESIDENT):
        ways.append(Placement.resident_id.in_(_resident_ids(Resident.person_id == viewer.id)))
    if viewer.holds(Role.FACULTY):
        after = timedelta(days=whole("supervisor_sees_after_days"))
        mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
        ways.append(Placement.supervisor_id.in_(mine) & (Placement.ends_on > today - after))
        ways.append(Placement.resident_id.in_(_resident_ids(Resident.tutor_id == viewer.id)))
    if viewer.department_ids:
        ways.append(Placement.department_id.in_(viewer.department_ids))
    if viewer.institution_ids:
        inside = select(Department.id).where(Department.institution_id.in_(viewer.institution_ids))
        ways.append(Placement.department_id.in_(inside))
    return or_(*ways) if ways else false()


def _resident_ids(which: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(Resident.id).where(which)


def visible_to(viewer: Person, today: date) -> Select[tuple[Placement]]:
    """Live placements this person may see."""
    return select(Placement).where(Placement.cancelled_at.is_(None), seen_by(viewer, today))


def placement_for(viewer: Person, placement_id: int, *, today: date) -> Placement:
    """One of them, with its names.  Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        visible_to(viewer, today).where(Placement.id == placement_id).options(*WITH_NAMES)
    ).one()


def timetable_of(resident_id: int) -> Sequence[Placement]:
    """All live placements of one resident, in order of time, with their names."""
    return db.session.scalars(
        select(Placement)
        .where(Placement.resident_id == resident_id, Placement.cancelled_at.is_(None))
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on)
    ).all()


def present_with(viewer: Person, *, today: date) -> Sequence[Placement]:
    """Placements this faculty member supervises today, with their names."""
    mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.supervisor_id.in_(mine),
            Placement.starts_on <= today,
            Placement.ends_on > today,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.ends_on, Placement.id)
    ).all()


def touching(starts_on: date, ends_on: date) -> Select[tuple[Placement]]:
    """Live placements that share a day with [starts_on, ends_on)."""
    return select(Placement).where(
        Placement.cancelled_at.is_(None),
        Placement.starts_on < ends_on,
        Placement.ends_on > starts_on,
    )


def timetable_seen_by(viewer: Person, resident_id: int, *, today: date) -> Sequence[Placement]:
    """Of one resident's placements those this person may see, in order of time."""
    return db.session.scalars(
        visible_to(viewer, today)
        .where(Placement.resident_id == resident_id)
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on)
    ).all()


class Called(NamedTuple):
    """What a department is called."""

    name: str
    name_en: str | None


class SeenStay(NamedTuple):
    """A placement, as far as a list of somebody's stays shows it."""

    id: int
    starts_on: date
    ends_on: date
    standard_department_id: int
    department: Called


def stays_seen_by(viewer: Person, resident_id: int, *, today: date) -> list[SeenStay]:
    """As `timetable_seen_by`, without the records."""
    rows = (
        visible_to(viewer, today)
        .where(Placement.resident_id == resident_id)
        .join(Department, Department.id == Placement.department_id)
        .with_only_columns(
            Placement.id,
            Placement.starts_on,
            Placement.ends_on,
            Placement.standard_department_id,
            Department.name,
            Department.name_en,
        )
        .order_by(Placement.starts_on)
    )
    return [
        SeenStay(id_, starts_on, ends_on, standard_id, Called(name, name_en))
        for id_, starts_on, ends_on, standard_id, name, name_en in columns(rows)
    ]


def sees_resident(viewer: Person, resident_id: int, *, today: date) -> bool:
    """Whether `resident_seen_by` finds them."""
    found = select(Resident.id).where(Resident.id == resident_id, _sees(viewer, resident_id, today))
    return db.session.scalar(found) is not None


def _sees(viewer: Person, resident_id: int, today: date) -> ColumnElement[bool]:
    if viewer.holds(*SEE_ALL):
        return true()
    return visible_to(viewer, today).where(Placement.resident_id == resident_id).exists()


def resident_seen_by(viewer: Person, resident_id: int, *, today: date) -> Resident:
    """A resident of whom this person may see at least one placement."""
    return db.session.scalars(
        select(Resident)
        .where(Resident.id == resident_id, _sees(viewer, resident_id, today))
        .options(
            joinedload(Resident.person),
            joinedload(Resident.tutor),
            joinedload(Resident.cohort),
            joinedload(Resident.programme),
        )
    ).one()


def months_done(resident: Resident, *, today: date) -> tuple[Decimal, Decimal]:
    """Months of training behind this resident (credits and ended placements, half months as
    halves), and the months of their programme."""
    credited = db.session.scalar(
        select(func.sum(Credit.months)).where(Credit.resident_id == resident.id)
    )
    # Months done here that were credited stand for the stays before that day.
    since = db.session.scalar(
        select(func.max(Credit.until_on)).where(
            Credit.resident_id == resident.id,
            Credit.kind == "done",
            Credit.standard_department_id.is_not(None),
        )
    )
    ended = db.session.execute(
        select(Placement.starts_on, Placement.ends_on).where(
            Placement.resident_id == resident.id,
            Placement.cancelled_at.is_(None),
            Placement.ends_on <= today,
            Placement.starts_on >= since if since is not None else true(),
        )
    )
    halves = sum(round((ends_on - starts_on).days / 15.22) for starts_on, ends_on in ended)
    return (credited or Decimal(0)) + Decimal(halves) / 2, resident.programme.months
