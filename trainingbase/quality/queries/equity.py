"""What each site has and does."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on
from trainingbase.sites.models import Department, EquipmentItem, Institution


@dataclass(frozen=True)
class Holding:
    """`catchment` is how many people a site serves, where it is known."""

    site_id: int
    catchment: int | None
    places: int
    teachers: int
    equipment: int


def holdings(today: date) -> list[Holding]:
    """Of the sites in use, in four statements."""
    open_ = or_(Department.retired_on.is_(None), Department.retired_on > today)
    places = _counted(
        select(Department.institution_id, func.sum(Department.most))
        .where(open_)
        .group_by(Department.institution_id)
    )
    teachers = _counted(
        select(Department.institution_id, func.count(Post.faculty_member_id.distinct()))
        .join(Post, Post.department_id == Department.id)
        .join(FacultyMember, FacultyMember.id == Post.faculty_member_id)
        .where(
            active_on(today),
            or_(Post.starts_on.is_(None), Post.starts_on <= today),
            or_(Post.ends_on.is_(None), Post.ends_on > today),
        )
        .group_by(Department.institution_id)
    )
    equipment = _counted(
        select(EquipmentItem.institution_id, func.sum(EquipmentItem.count)).group_by(
            EquipmentItem.institution_id
        )
    )
    rows = db.session.execute(
        select(Institution.id, Institution.catchment)
        .where(or_(Institution.retired_on.is_(None), Institution.retired_on > today))
        .order_by(Institution.id)
    )
    return [
        Holding(key, catchment, places.get(key, 0), teachers.get(key, 0), equipment.get(key, 0))
        for key, catchment in rows
    ]


def _counted(rows) -> dict[int, int]:
    return {key: int(Decimal(number or 0)) for key, number in db.session.execute(rows)}
