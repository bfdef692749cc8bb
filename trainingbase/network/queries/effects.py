"""Who stands where, and who is hit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.network.rules.effects import Effect, Stay, effect
from trainingbase.people.models import Grant
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Closure, Department, Institution, PlaceChange
from trainingbase.sites.queries.places import opening_of
from trainingbase.sites.rules.places import Opening, Span


@dataclass(frozen=True)
class Affected:
    """An effect with its placements by id."""

    effect: Effect
    placements: dict[int, Placement]


def staying(department_ids: Sequence[int], from_on: date) -> Sequence[Placement]:
    """Live placements there that have not ended by that day, with their names."""
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.department_id.in_(department_ids),
            Placement.cancelled_at.is_(None),
            Placement.ends_on > from_on,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on, Placement.id)
    ).all()


def affected(
    department: Department,
    after: Opening,
    *,
    today: date,
    days: Span | None = None,
    before: Opening | None = None,
) -> Affected:
    """Who is hit when `after` holds instead of what holds now, or of `before`."""
    placements = {one.id: one for one in staying([department.id], today)}
    stays = [Stay(key, one.starts_on, one.ends_on) for key, one in placements.items()]
    now = before or opening_of(department)
    return Affected(effect(now, after, stays, today=today, days=days), placements)


def without(one: Opening, span: Span) -> Opening:
    """The opening as it would be without one of its closures."""
    spans = list(one.closed)
    if span in spans:
        spans.remove(span)
    return replace(one, closed=tuple(spans))


def without_change(one: Opening, from_on: date) -> Opening:
    """The opening as it would be without the change of that month."""
    return replace(one, changes=tuple(two for two in one.changes if two[0] != from_on))


def people_concerned(department: Department) -> list[int]:
    """The office, the secretaries of the department and the coordinators of its site."""
    return list(
        db.session.scalars(
            select(Grant.person_id).where(
                or_(
                    Grant.role == Role.OFFICE,
                    Grant.department_id == department.id,
                    Grant.institution_id == department.institution_id,
                )
            )
        )
    )


def _with_department(model):
    return (
        select(model)
        .join(model.department)
        .join(Department.institution)
        .options(
            contains_eager(model.department).contains_eager(Department.institution),
            contains_eager(model.department)
            .contains_eager(Department.institution)
            .selectinload(Institution.agreements),
            contains_eager(model.department).selectinload(Department.closures),
            contains_eager(model.department).selectinload(Department.changes),
        )
    )


def closure_by_id(closure_id: int) -> Closure:
    return db.session.scalars(_with_department(Closure).where(Closure.id == closure_id)).one()


def change_by_id(change_id: int) -> PlaceChange:
    return db.session.scalars(
        _with_department(PlaceChange).where(PlaceChange.id == change_id)
    ).one()
