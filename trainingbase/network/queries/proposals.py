"""What sites have asked for."""

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.network.models import Proposal
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department, Institution

SEE_ALL = (Role.OFFICE, Role.AUDITOR)


def seen_by(viewer: Person) -> ColumnElement[bool]:
    if viewer.holds(*SEE_ALL):
        return true()
    return or_(
        Department.id.in_(viewer.department_ids),
        Department.institution_id.in_(viewer.institution_ids),
    )


def listed(viewer: Person, *, state: str = "", search: str = "") -> Select[tuple[Proposal]]:
    """Newest first; `state` is waiting, granted, refused or empty for all."""
    rows = (
        select(Proposal)
        .join(Proposal.department)
        .join(Department.institution)
        .where(seen_by(viewer))
        .options(
            contains_eager(Proposal.department).contains_eager(Department.institution),
            joinedload(Proposal.proposed_by),
            joinedload(Proposal.decided_by),
        )
    )
    rows = rows.where(
        *{
            "waiting": [Proposal.granted.is_(None)],
            "granted": [Proposal.granted.is_(True)],
            "refused": [Proposal.granted.is_(False)],
        }.get(state, [])
    )
    if search:
        rows = rows.where(
            or_(
                Department.name.contains(search, autoescape=True),
                Institution.name.contains(search, autoescape=True),
                Proposal.why.contains(search, autoescape=True),
            )
        )
    return rows.order_by(Proposal.id.desc())


def proposal_for(viewer: Person, proposal_id: int) -> Proposal:
    return db.session.scalars(
        listed(viewer)
        .where(Proposal.id == proposal_id)
        .options(
            contains_eager(Proposal.department)
            .contains_eager(Department.institution)
            .selectinload(Institution.agreements),
            contains_eager(Proposal.department).selectinload(Department.closures),
            contains_eager(Proposal.department).selectinload(Department.changes),
        )
    ).one()


def proposal_by_key(key: str | None) -> Proposal | None:
    if not key:
        return None
    return db.session.scalar(select(Proposal).where(Proposal.request_key == key))
