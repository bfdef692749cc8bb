"""Whom somebody may assess: the one place that says so."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, false, or_, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.thresholds.queries import whole


def assessable_by(viewer: Person, today: date) -> Select[tuple[Placement]]:
    """Placements a faculty member may assess: as supervisor, as the resident's tutor, or with a
    post in the department; from the first day until some days after the last (`thresholds`)."""
    if not viewer.holds(Role.FACULTY):
        return select(Placement).where(false())
    me = FacultyMember.person_id == viewer.id
    posts = select(Post.department_id).join(Post.faculty_member).where(me)
    tutees = select(Resident.id).where(Resident.tutor_id == viewer.id)
    after = timedelta(days=whole("supervisor_sees_after_days"))
    return select(Placement).where(
        Placement.cancelled_at.is_(None),
        Placement.starts_on <= today,
        Placement.ends_on > today - after,
        or_(
            Placement.supervisor_id.in_(select(FacultyMember.id).where(me)),
            Placement.department_id.in_(posts),
            Placement.resident_id.in_(tutees),
        ),
    )


def placement_to_assess(viewer: Person, placement_id: int, *, today: date) -> Placement:
    """One of them, with its names.  Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        assessable_by(viewer, today).where(Placement.id == placement_id).options(*WITH_NAMES)
    ).one()


def placements_to_assess(viewer: Person, *, today: date) -> Sequence[Placement]:
    """All of them, with their names; who leaves first comes first, who has left comes last."""
    return db.session.scalars(
        assessable_by(viewer, today)
        .options(*WITH_NAMES)
        .order_by(Placement.ends_on <= today, Placement.ends_on, Placement.id)
    ).all()
