"""What people were in a month: posted to a site, secretaries, appraised."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.incentives.models import Appraisal
from trainingbase.incentives.rules import Appraised, Duty, Posted
from trainingbase.months import months_later
from trainingbase.network.queries.posting import hours_confirmed
from trainingbase.people.models import Grant
from trainingbase.roles import Role
from trainingbase.sites.models import Department


def moment_at(day: date) -> datetime:
    """The first moment of a day of the base."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def posted(month_on: date):
    return (Posted(*row) for row in hours_confirmed(month_on, months_later(month_on, 1)))


def duties(month_on: date):
    """Secretaries, with the roles as they are."""
    rows = db.session.execute(
        select(Grant.id, Grant.person_id, Grant.department_id, Department.institution_id)
        .join(Department, Department.id == Grant.department_id)
        .where(
            Grant.role == Role.SECRETARY,
            Grant.granted_at < moment_at(months_later(month_on, 1)),
        )
        .order_by(Grant.id)
    )
    return (Duty(*row) for row in rows)


def appraised(month_on: date):
    rows = db.session.execute(
        select(
            Appraisal.id, Appraisal.person_id, Appraisal.department_id,
            Department.institution_id, Appraisal.quality, Appraisal.efficiency,
            Appraisal.reward, Appraisal.deduction,
        )
        .join(Department, Department.id == Appraisal.department_id)
        .where(Appraisal.month_on == month_on)
        .order_by(Appraisal.id)
    )  # fmt: skip
    return (Appraised(*row) for row in rows)
