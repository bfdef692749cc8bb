"""Equipment, staff and yearly figures of a site."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.sites.models import EquipmentItem, Institution, StaffCount, YearlyFigures
from trainingbase.sites.queries.network import tended_by


def equipment_of(institution: Institution) -> Sequence[EquipmentItem]:
    return db.session.scalars(
        select(EquipmentItem)
        .where(EquipmentItem.institution_id == institution.id)
        .options(joinedload(EquipmentItem.department))
        .order_by(EquipmentItem.kind, EquipmentItem.name)
    ).all()


def item_tended(viewer: Person, item_id: int) -> EquipmentItem:
    return db.session.scalars(
        select(EquipmentItem)
        .join(EquipmentItem.institution)
        .where(EquipmentItem.id == item_id, tended_by(viewer))
        .options(contains_eager(EquipmentItem.institution))
    ).one()


def item_by_key(key: str | None) -> EquipmentItem | None:
    if not key:
        return None
    return db.session.scalar(select(EquipmentItem).where(EquipmentItem.request_key == key))


def staff_of(institution: Institution, year: int | None = None) -> Sequence[StaffCount]:
    """Of one year, or of all: newest first."""
    rows = select(StaffCount).where(StaffCount.institution_id == institution.id)
    if year is not None:
        rows = rows.where(StaffCount.year == year)
    return db.session.scalars(rows.order_by(StaffCount.year.desc(), StaffCount.id)).all()


def figures_of(institution: Institution) -> Sequence[YearlyFigures]:
    """Newest first, of the institution before those of its departments."""
    return db.session.scalars(
        select(YearlyFigures)
        .where(YearlyFigures.institution_id == institution.id)
        .options(joinedload(YearlyFigures.department))
        .order_by(YearlyFigures.year.desc(), YearlyFigures.department_id.nulls_first())
    ).all()


def figures_row(
    institution: Institution, department_id: int | None, year: int
) -> YearlyFigures | None:
    return db.session.scalar(
        select(YearlyFigures).where(
            YearlyFigures.institution_id == institution.id,
            YearlyFigures.department_id == department_id
            if department_id
            else YearlyFigures.department_id.is_(None),
            YearlyFigures.year == year,
        )
    )
