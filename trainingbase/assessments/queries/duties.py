"""What of assessments waits for those who look after a department, a site, or the base."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select

from trainingbase.assessments.models import Request
from trainingbase.assessments.queries.course import to_ask_again
from trainingbase.assessments.queries.requests import in_state
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Duties:
    """`declined`: whom nobody else was asked about yet; `late`: long late, as they are told."""

    declined: int
    late: int


def waiting_for(viewer: Person, *, today: date) -> Duties:
    """One statement beside the base's number; each count has an index of its own."""
    office = viewer.holds(Role.OFFICE)
    after = whole("request_office_after_days" if office else "request_secretary_after_days")
    since = today - timedelta(days=after)
    questions = (to_ask_again(today), in_state("late", today) & (Request.due_on <= since))
    counts = [_count(viewer, which, everywhere=office).scalar_subquery() for which in questions]
    return Duties(*db.session.execute(select(*counts)).one())


def _count(viewer: Person, which: ColumnElement[bool], *, everywhere: bool) -> Select[tuple[int]]:
    rows = (
        select(func.count())
        .select_from(Request)
        .join(Request.placement)
        .join(Placement.department)
        .where(Placement.cancelled_at.is_(None), which)
    )
    if everywhere:
        return rows
    return rows.where(
        or_(
            Placement.department_id.in_(viewer.department_ids),
            Department.institution_id.in_(viewer.institution_ids),
        )
    )
