"""Agreements with sites."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.sites.models import Agreement, Institution
from trainingbase.sites.queries.network import seen_by


def agreements_of(institution: Institution) -> Sequence[Agreement]:
    """Newest first, with their files."""
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.institution_id == institution.id)
        .options(joinedload(Agreement.file))
        .order_by(Agreement.starts_on.desc(), Agreement.id.desc())
    ).all()


def agreement_for(viewer: Person, agreement_id: int) -> Agreement:
    """Raises `NoResultFound` for one of a site this person may not see."""
    return db.session.scalars(
        select(Agreement)
        .join(Agreement.institution)
        .where(Agreement.id == agreement_id, seen_by(viewer))
        .options(contains_eager(Agreement.institution), joinedload(Agreement.file))
    ).one()


def agreement_by_key(key: str | None) -> Agreement | None:
    if not key:
        return None
    return db.session.scalar(select(Agreement).where(Agreement.request_key == key))


def agreements_ending(*, before: date, today: date) -> Sequence[Institution]:
    """Sites in use whose last agreement has ended, or ends before that day: soonest first."""
    return db.session.scalars(
        select(Institution)
        .where(
            Institution.agreement_ends_on.is_not(None),
            Institution.agreement_ends_on <= before,
            Institution.retired_on.is_(None) | (Institution.retired_on > today),
        )
        .order_by(Institution.agreement_ends_on)
    ).all()
