"""Questions about the curriculum."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.programmes.models import (
    Minimum,
    OrderRule,
    Programme,
    Requirement,
    StandardDepartment,
)


def programmes() -> Sequence[Programme]:
    return db.session.scalars(select(Programme).order_by(Programme.id)).all()


def programme_by_id(programme_id: int) -> Programme:
    """A programme with all that its page shows."""
    requirements = selectinload(Programme.requirements)
    rules = selectinload(Programme.order_rules)
    return db.session.scalars(
        select(Programme)
        .where(Programme.id == programme_id)
        .options(
            requirements.joinedload(Requirement.standard_department),
            requirements.joinedload(Requirement.elective_group),
            selectinload(Programme.elective_groups),
            rules.joinedload(OrderRule.standard_department),
            rules.selectinload(OrderRule.predecessors),
        )
    ).one()


def minimums(programme: Programme) -> Sequence[Minimum]:
    """The minimums of every standard department of the programme."""
    wanted = [requirement.standard_department_id for requirement in programme.requirements]
    return db.session.scalars(
        select(Minimum)
        .where(Minimum.standard_department_id.in_(wanted))
        .options(joinedload(Minimum.standard_department))
        .order_by(Minimum.standard_department_id, Minimum.id)
    ).all()


def standard_departments() -> Sequence[StandardDepartment]:
    return db.session.scalars(select(StandardDepartment).order_by(StandardDepartment.id)).all()
