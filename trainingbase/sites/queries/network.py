"""Questions about the network of sites."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.sites.models import Department, Institution


def institutions() -> Sequence[Institution]:
    """All of them with their departments: a county has a few dozen at most."""
    return db.session.scalars(
        select(Institution).options(selectinload(Institution.departments)).order_by(Institution.id)
    ).all()


def institution_by_id(institution_id: int) -> Institution:
    departments = selectinload(Institution.departments)
    return db.session.scalars(
        select(Institution)
        .where(Institution.id == institution_id)
        .options(
            departments.selectinload(Department.standards),
            departments.selectinload(Department.closures),
        )
    ).one()


def departments() -> Select[tuple[Department]]:
    """Every department with its institution, in the order of the network."""
    return (
        select(Department)
        .join(Department.institution)
        .options(contains_eager(Department.institution))
        .order_by(Institution.id, Department.id)
    )


def department_by_id(department_id: int) -> Department:
    return db.session.scalars(
        select(Department)
        .where(Department.id == department_id)
        .options(joinedload(Department.institution), selectinload(Department.standards))
    ).one()
