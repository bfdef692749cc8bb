"""Forms and hours one by one: what sums cannot tell (medians, trust in means)."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from trainingbase.assessments.models import Instrument, Request, Submission
from trainingbase.assessments.queries import figures
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.queries.doings import hours_taken
from trainingbase.quality.indicators.competency_scores import MINI_CEX
from trainingbase.quality.rules.numbers import median
from trainingbase.quality.scope import Scope
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department


def of_placements(scope: Scope) -> list:
    """Conditions on live placements, but for the period."""
    conditions = [Placement.cancelled_at.is_(None)]
    if scope.cohort_id:
        members = select(Resident.id).where(Resident.cohort_id == scope.cohort_id)
        conditions.append(Placement.resident_id.in_(members))
    if scope.department_id:
        conditions.append(Placement.department_id == scope.department_id)
    if scope.site_id:
        there = select(Department.id).where(Department.institution_id == scope.site_id)
        conditions.append(Placement.department_id.in_(there))
    return conditions


def observed_in(scope: Scope) -> list:
    """Conditions on submissions joined with their placements."""
    return [
        *of_placements(scope),
        Submission.observed_on >= scope.starts_on,
        Submission.observed_on < scope.ends_on,
    ]


def judgements(scope: Scope) -> list[figures.Judgement]:
    """The Mini-CEXs observed in the period."""
    return figures.judgements(MINI_CEX, *observed_in(scope))


def forms_judged(scope: Scope) -> int:
    """How many Mini-CEXs that would be, without reading them."""
    return figures.how_many(MINI_CEX, *observed_in(scope))


def waiting_rows(scope: Scope) -> list[tuple[int, Decimal]]:
    """(department_id, hours from being asked to submitting) of each answered request."""
    rows = db.session.execute(
        select(
            Placement.department_id, Request.asked_on, Request.created_at, Submission.submitted_at
        )
        .select_from(Submission)
        .join(Submission.request)
        .join(Request.placement)
        .where(
            *of_placements(scope),
            Request.cancelled_at.is_(None),
            Request.asked_on >= scope.starts_on,
            Request.asked_on < scope.ends_on,
        )
    )
    return [(place, hours) for place, *row in rows if (hours := hours_taken(*row)) is not None]


def median_hours(scope: Scope) -> tuple[Decimal | None, int]:
    """From being asked to submitting, and of how many forms."""
    taken = [hours for _place, hours in waiting_rows(scope)]
    return median(taken), len(taken)


def rated_residents(scope: Scope) -> Select[tuple[Resident]]:
    """Those with a Mini-CEX observed in the period."""
    rated = (
        select(Submission.resident_id)
        .join(Submission.placement)
        .join(Submission.instrument)
        .where(Instrument.code == MINI_CEX, *observed_in(scope))
    )
    return (
        select(Resident)
        .where(Resident.id.in_(rated))
        .options(joinedload(Resident.person), joinedload(Resident.cohort))
        .order_by(Resident.cohort_id, Resident.id)
    )


def all_of(rows: Select) -> Sequence:
    return db.session.scalars(rows).all()
