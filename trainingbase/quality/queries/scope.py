"""What the figures are about: a period, and perhaps a cohort and a department."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_from
from trainingbase.quality.rules import Place
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department, Institution, ShortName


@dataclass(frozen=True)
class Scope:
    """[starts_on, ends_on), whole months; `cohort_id` and `department_id` 0 for all."""

    starts_on: date
    ends_on: date
    cohort_id: int = 0
    department_id: int = 0

    @property
    def months(self) -> list[date]:
        return months_from(self.starts_on, self.ends_on)

    def of_placements(self) -> list:
        """Conditions on live placements, but for the period."""
        conditions = [Placement.cancelled_at.is_(None)]
        if self.cohort_id:
            members = select(Resident.id).where(Resident.cohort_id == self.cohort_id)
            conditions.append(Placement.resident_id.in_(members))
        if self.department_id:
            conditions.append(Placement.department_id == self.department_id)
        return conditions


def months_known() -> Sequence[date]:
    """The months from the first placement to the last."""
    first, after = db.session.execute(
        select(func.min(Placement.starts_on), func.max(Placement.ends_on)).where(
            Placement.cancelled_at.is_(None)
        )
    ).one()
    return months_from(first, after + timedelta(days=1)) if first else []


def places() -> dict[int, Place]:
    """Every department, in the order of the network."""
    short = (
        select(ShortName.department_id, func.min(ShortName.name).label("name"))
        .group_by(ShortName.department_id)
        .having(func.count() == 1)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Department.id,
            Department.name,
            Department.name_en,
            Institution.id,
            Institution.name,
            Institution.name_en,
            Institution.level,
            short.c.name,
        )
        .join(Department.institution)
        .outerjoin(short, short.c.department_id == Department.id)
        .order_by(Institution.id, Department.id)
    )
    return {
        number: Place(number, name, name_en, site_id, site, site_en, level == "lead", called)
        for number, name, name_en, site_id, site, site_en, level, called in rows
    }
