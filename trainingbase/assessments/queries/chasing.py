"""Requests that wait, with what was done about them, and whom to tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.assessments.models import Request
from trainingbase.assessments.queries.requests import WITH_PLACEMENT
from trainingbase.assessments.rules.chasing import TOLD_OF_EXPIRY
from trainingbase.db import db
from trainingbase.people.models import Grant
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement


def unanswered(*, today: date, before: int) -> Sequence[Request]:
    """That are due within so many days, or late, or have expired lately; with their steps."""
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(
            Request.answered_at.is_(None),
            Request.cancelled_at.is_(None),
            Request.due_on <= today + timedelta(days=before),
            Request.expires_on > today - TOLD_OF_EXPIRY,
            Placement.cancelled_at.is_(None),
        )
        .options(*WITH_PLACEMENT, selectinload(Request.steps))
        .order_by(Request.id)
        .with_for_update(of=Request)
        .execution_options(populate_existing=True)
    ).all()


def secretaries_of(department_ids: Iterable[int]) -> dict[int, list[int]]:
    """By department: who is secretary of it."""
    rows = db.session.execute(
        select(Grant.department_id, Grant.person_id).where(
            Grant.role == Role.SECRETARY, Grant.department_id.in_(list(department_ids))
        )
    )
    found: dict[int, list[int]] = defaultdict(list)
    for department_id, person_id in rows:
        found[department_id].append(person_id)
    return found
