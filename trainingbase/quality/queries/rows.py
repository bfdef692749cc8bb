"""The rows behind the figures.  Who sees no names gets none: see `routes.rows`."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import ExamResult, Instrument, Request, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.quality.queries.assessing import MINI_CEX, observed_in
from trainingbase.quality.queries.base import counted_in
from trainingbase.quality.queries.placements import OUTCOMES, became, ending_in
from trainingbase.quality.queries.scope import Scope
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity

OF_PLACEMENT = (Placement.department, Department.institution)


def all_of(rows: Select) -> Sequence:
    return db.session.scalars(rows).all()


def ended_placements(scope: Scope) -> Select[tuple[Placement]]:
    return (
        select(Placement)
        .where(*ending_in(scope))
        .options(*WITH_NAMES)
        .order_by(Placement.ends_on.desc(), Placement.id)
    )


def states_of(placements: Sequence[Placement], *, today: date) -> dict[int, str]:
    """The part of `rules.Done` in which each counts, by id."""
    ids = [placement.id for placement in placements]
    passed = dict(
        db.session.execute(
            select(OUTCOMES.c.placement_id, OUTCOMES.c.passed).where(
                OUTCOMES.c.placement_id.in_(ids)
            )
        ).all()
    )
    return {one.id: became(one.ends_on, passed.get(one.id), today) for one in placements}


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


def stays(scope: Scope) -> Select[tuple[Placement]]:
    """Placements that share a day with the period."""
    return (
        select(Placement)
        .where(
            *scope.of_placements(),
            Placement.starts_on < scope.ends_on,
            Placement.ends_on > scope.starts_on,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on, Placement.id)
    )


def requests(scope: Scope) -> Select[tuple[Request]]:
    return (
        select(Request)
        .join(Request.placement)
        .where(
            *scope.of_placements(),
            Request.cancelled_at.is_(None),
            Request.asked_on >= scope.starts_on,
            Request.asked_on < scope.ends_on,
        )
        .options(
            contains_eager(Request.placement)
            .joinedload(Placement.department)
            .joinedload(Department.institution),
            joinedload(Request.instrument),
            joinedload(Request.assessor),
            joinedload(Request.resident).joinedload(Resident.person),
            joinedload(Request.resident).joinedload(Resident.cohort),
        )
        .order_by(Request.asked_on.desc(), Request.id)
    )


def submissions(scope: Scope) -> Select[tuple[Submission]]:
    """Mini-CEX observed in the period."""
    return (
        select(Submission)
        .join(Submission.placement)
        .join(Submission.instrument)
        .where(Instrument.code == MINI_CEX, *observed_in(scope))
        .options(
            contains_eager(Submission.placement)
            .joinedload(Placement.department)
            .joinedload(Department.institution),
            contains_eager(Submission.instrument),
            joinedload(Submission.assessor),
            joinedload(Submission.resident).joinedload(Resident.person),
            joinedload(Submission.resident).joinedload(Resident.cohort),
        )
        .order_by(Submission.observed_on.desc(), Submission.id)
    )


def graduation(year: int) -> Select[tuple[ExamResult]]:
    """First attempts of a year, those who failed first."""
    return (
        select(ExamResult)
        .where(
            ExamResult.kind == "graduation",
            ExamResult.year == year,
            ExamResult.is_first_attempt,
            ExamResult.attended,
        )
        .options(
            joinedload(ExamResult.resident).joinedload(Resident.person),
            joinedload(ExamResult.resident).joinedload(Resident.cohort),
        )
        .order_by(ExamResult.passed, ExamResult.id)
    )


def activities(scope: Scope) -> Select[tuple[Activity]]:
    return (
        select(Activity)
        .where(*counted_in(scope))
        .options(
            joinedload(Activity.department).joinedload(Department.institution),
            joinedload(Activity.speaker),
        )
        .order_by(Activity.held_on.desc(), Activity.id)
    )
