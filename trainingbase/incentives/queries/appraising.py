"""Monthly appraisals, and what the programme asks of the money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives.models import Appraisal, Line, Run
from trainingbase.people.models import Person
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import value_of

ZERO = Decimal(0)


def appraisals(month_on: date | None) -> Select[tuple[Appraisal]]:
    rows = (
        select(Appraisal)
        .options(joinedload(Appraisal.department), joinedload(Appraisal.person))
        .order_by(Appraisal.month_on.desc(), Appraisal.id.desc())
    )
    return rows.where(Appraisal.month_on == month_on) if month_on else rows


def appraisal(appraisal_id: int) -> Appraisal:
    return db.session.scalars(select(Appraisal).where(Appraisal.id == appraisal_id)).one()


def people_appraised() -> Sequence[tuple[int, str]]:
    """Faculty and residents, by name."""
    ids = select(FacultyMember.person_id).union(select(Resident.person_id))
    return db.session.execute(
        select(Person.id, Person.name).where(Person.id.in_(ids)).order_by(Person.name)
    ).all()


def departments() -> Sequence[Department]:
    return db.session.scalars(select(Department).order_by(Department.name)).all()


@dataclass(frozen=True)
class Part:
    """A share against its target, both in per cent; `share` None where nothing is known."""

    name: str
    part: Decimal
    whole: Decimal
    target: Decimal

    @property
    def share(self) -> Decimal | None:
        return self.part * 100 / self.whole if self.whole else None

    @property
    def is_met(self) -> bool:
        return self.share is not None and self.share >= self.target


def subsidy_split(source_id: int, year: int) -> Part:
    """What locked months of a year paid residents out of a source, of all they paid from it."""
    is_resident = Line.payee_id.in_(select(Resident.person_id))
    residents, whole = db.session.execute(
        select(func.sum(case((is_resident, Line.amount), else_=0)), func.sum(Line.amount))
        .join(Line.run)
        .where(
            Line.source_id == source_id,
            Run.approved_at.is_not(None),
            Run.month_on >= date(year, 1, 1),
            Run.month_on < date(year + 1, 1, 1),
        )
    ).one()
    return Part("", residents or ZERO, whole or ZERO, value_of("subsidy_resident_share"))


def teaching_shares(year: int) -> list[Part]:
    """Teaching in the appraisals of each department in a year, the smallest share first."""
    rows = db.session.execute(
        select(
            Department.name, func.sum(Appraisal.teaching_points), func.sum(Appraisal.total_points)
        )
        .join(Appraisal, Appraisal.department_id == Department.id)
        .where(
            Appraisal.person_id.is_(None),
            Appraisal.total_points > 0,
            Appraisal.month_on >= date(year, 1, 1),
            Appraisal.month_on < date(year + 1, 1, 1),
        )
        .group_by(Department.id, Department.name)
    )
    target = value_of("teaching_appraisal_share")
    parts = [Part(name, part or ZERO, whole or ZERO, target) for name, part, whole in rows]
    return sorted(parts, key=lambda one: (one.share or ZERO, one.name))
